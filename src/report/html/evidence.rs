//! What each figure rests on: every relation that was tested, numbered, written out with its figures and its outcome.

use std::collections::HashMap;

use super::markup::Markup;
use super::{Paper, table};
use crate::book::{Book, Spot};
use crate::check::Report;
use crate::finding::{Language, Role};
use crate::grid::At;
use crate::ledger::Figure;
use crate::money::{Money, Swedish};
use crate::period::Measure;
use crate::relation::{Check, Kind, Operand, Outcome, Relation};
use crate::report::matrix::Tie;
use crate::report::shown::{shown, written};
use crate::report::wording::{name, whereabouts};
use crate::report::{ledgers, order, proof, stated};
use crate::table::Entry;

/// The tested relations of a book in its order: number n stands at n − 1.
pub struct Evidence<'a> {
    pub tested: Vec<&'a Check>,
    /// The numbers of the relations that a cell takes part in.
    by_cell: HashMap<At, Vec<usize>>,
    /// Where a cell is drawn.
    spots: HashMap<At, Spot>,
    /// The number of the finding that tells a break, by its rule and the cell of its total.
    findings: HashMap<(&'static str, At), usize>,
}

impl<'a> Evidence<'a> {
    pub fn of(book: &Book, report: &'a Report) -> Evidence<'a> {
        let tested = proof::tested(report);
        let by_cell = proof::by_cell(&tested);
        let mut spots = HashMap::new();
        for (statement, s) in book.statements.iter().enumerate() {
            for line in 0..s.lines().len() {
                for column in 0..s.columns().len() {
                    spots.entry(s.table.at(line, column)).or_insert(Spot { statement, line, column });
                }
            }
        }
        let mut findings = HashMap::new();
        for (i, (_, found)) in order::findings(book, report).into_iter().enumerate() {
            if let Some(at) = stated(found) {
                findings.entry((found.rule, at)).or_insert(i + 1);
            }
            for consequence in &found.consequences {
                let total = consequence.cells.iter().find(|(_, role)| *role == Role::Total);
                if let Some((at, _)) = total.or(consequence.cells.first()) {
                    findings.entry((consequence.rule, *at)).or_insert(i + 1);
                }
            }
        }
        Evidence { tested, by_cell, spots, findings }
    }

    pub fn spot(&self, at: At) -> Option<Spot> {
        self.spots.get(&at).copied()
    }

    /// The numbers of the relations that a cell takes part in.
    pub fn of_cell(&self, at: At) -> &[usize] {
        self.by_cell.get(&at).map_or(&[], Vec::as_slice)
    }

    /// The finding that tells of a broken relation.
    fn finding(&self, relation: &Relation) -> Option<usize> {
        self.findings.get(&(relation.rule, relation.result.at)).copied()
    }
}

/// The id of a drawn cell.
pub fn id(spot: Spot) -> String {
    format!("t{}-{}-{}", spot.statement, spot.line, spot.column)
}

pub fn write(page: &mut Markup, paper: &Paper<'_>) {
    let text = paper.say(
        "Varje samband mellan belopp som prövades, med beloppen som de står. Numren är de som står vid beloppen i räkningarna.",
        "Every relation between amounts that was tested, with the amounts as they stand. The numbers are those beside \
         the amounts in the statements.",
    );
    page.leaf("p", &[], text);
    let heads = [
        ("", paper.say("Nr", "No.")),
        ("", paper.say("Regel", "Rule")),
        ("", paper.say("Kolumn", "Column")),
        ("", paper.say("Samband", "Relation")),
        ("", paper.say("Utfall", "Outcome")),
    ];
    let numbered: Vec<(usize, &Check)> = paper.evidence.tested.iter().enumerate().map(|(i, c)| (i + 1, *c)).collect();
    for group in numbered.chunk_by(|a, b| a.1.relation.table == b.1.relation.table) {
        let statement = &paper.book.statements[group[0].1.relation.table];
        let (title, place) = (name(statement, paper.language), whereabouts(paper.book, statement, paper.language));
        page.leaf("h3", &[], &title);
        table(page, "evidence", &place, &heads, |page| {
            for &(number, check) in group {
                row(page, paper, number, check);
            }
        });
    }
}

fn row(page: &mut Markup, paper: &Paper<'_>, number: usize, check: &Check) {
    let relation = &check.relation;
    page.element("tr", &[("id", &format!("e{number}"))], |page| {
        page.leaf("th", &[("scope", "row"), ("class", "n")], number);
        page.leaf("td", &[], relation.rule);
        page.leaf("td", &[], column(paper, relation.result.at));
        page.element("td", &[], |page| equation(page, paper, relation));
        page.element("td", &[], |page| outcome(page, paper, check));
    });
}

/// `Årets resultat 5 759 = Verksamhetens intäkter 2 500 000 − Verksamhetens kostnader 2 494 227`.
fn equation(page: &mut Markup, paper: &Paper<'_>, relation: &Relation) {
    operand(page, paper, relation, &relation.result);
    let (between, first) = match relation.kind {
        Kind::Ratio => (" / ", ""),
        Kind::Average => (" ; ", paper.say("medelvärdet av ", "the mean of ")),
        Kind::Change => (" → ", paper.say("ändringen ", "the change ")),
        Kind::Sum | Kind::Difference | Kind::Equal => (" + ", ""),
    };
    page.text(" = ");
    page.text(first);
    for (i, term) in relation.terms.iter().enumerate() {
        match (i, term.coefficient < 0) {
            (0, true) => page.text("− "),
            (0, false) => {}
            (_, true) => page.text(" − "),
            (_, false) => page.text(between),
        }
        operand(page, paper, relation, term);
    }
    // Of several ledgers, which one has the accounts.
    let of = |term: &Operand| paper.book.ledgers.iter().find(|ledger| ledger.grid == term.at.grid);
    if let Some(ledger) = relation.terms.iter().find_map(of).filter(|_| paper.book.ledgers.len() > 1) {
        let input = &paper.book.inputs[paper.book.grids[ledger.grid as usize].input];
        page.text(format_args!(" ({})", input.path.file_name().unwrap_or_default().to_string_lossy()));
    }
}

fn operand(page: &mut Markup, paper: &Paper<'_>, relation: &Relation, operand: &Operand) {
    let at = operand.at;
    if operand.coefficient.abs() != 1 {
        page.text(format_args!("{} × ", operand.coefficient.abs()));
    }
    let Some(spot) = paper.evidence.spot(at) else {
        return match account(paper, at) {
            Some(text) => page.text(text),
            None => page.text(format_args!("{} {}", crate::report::place(paper.book, at), figure(paper, at))),
        };
    };
    let statement = &paper.book.statements[spot.statement];
    let mut words = vec![paper.book.label(spot).to_string()];
    let result = relation.result.at;
    if spot.statement != relation.table && at != result {
        words.push(format!("({})", name(statement, paper.language)));
    }
    let other_column = column(paper, at);
    if at != result && other_column != column(paper, result) {
        words.push(other_column);
    }
    words.retain(|word| !word.is_empty());
    page.text(format_args!("{} ", words.join(" ")));
    page.leaf("a", &[("href", &format!("#{}", id(spot))), ("class", "figure")], figure(paper, at));
    if statement.unit != relation.unit {
        page.text(format_args!(" {}", statement.unit.code()));
    }
}

/// The figure of a cell as it stands.
pub fn figure(paper: &Paper<'_>, at: At) -> String {
    let entry = paper
        .evidence
        .spot(at)
        .map(|spot| &paper.book.statements[spot.statement].lines()[spot.line].entries[spot.column]);
    match entry {
        Some(Entry::Figure(figure)) if !figure.percent => written(figure.amount),
        _ => match paper.book.cell(at).map(shown) {
            Some(text) if !text.is_empty() => text,
            _ => paper.say("tomt", "blank").to_string(),
        },
    }
}

/// A balance of a ledger: `konto 3981 Statsbidrag -2 100 000,00`.
fn account(paper: &Paper<'_>, at: At) -> Option<String> {
    let ledger = paper.book.ledgers.iter().find(|ledger| ledger.grid == at.grid)?;
    let stands = |figure: &Figure| (figure.place.row, figure.place.col) == (at.row, at.col);
    ledger.accounts.iter().find_map(|account| {
        let figures = account.balances.iter().flat_map(|balance| [balance.opening, balance.closing, balance.result]);
        let figure = figures.flatten().find(stands)?;
        let (word, amount) = (paper.say("konto", "account"), ledgers::written(figure.value));
        Some(format!("{word} {} {} {amount}", account.number, account.name))
    })
}

/// `2019`, `2019 budget`, else the words of the heading.
pub fn column(paper: &Paper<'_>, at: At) -> String {
    let Some(spot) = paper.evidence.spot(at) else { return String::new() };
    let column = &paper.book.statements[spot.statement].columns()[spot.column];
    let measure = match column.measure {
        None | Some(Measure::Actual) => "",
        Some(Measure::Budget) => "budget",
        Some(Measure::Plan) => "plan",
        Some(Measure::Forecast) => paper.say("prognos", "forecast"),
        Some(Measure::Variance) => paper.say("avvikelse", "variance"),
        Some(Measure::Share) => paper.say("andel", "share"),
    };
    match column.period {
        Some(period) => format!("{period} {measure}").trim_end().to_string(),
        None if !column.header.is_empty() => column.header.clone(),
        None => measure.to_string(),
    }
}

fn outcome(page: &mut Markup, paper: &Paper<'_>, check: &Check) {
    let relation = &check.relation;
    let in_unit = |kronor: Money| kronor.divide(relation.unit.factor()).unwrap_or(kronor).normalize();
    match check.outcome {
        Outcome::Holds => {
            page.leaf("span", &[("class", "good")], "✓");
            page.text(paper.say(" stämmer", " holds"));
        }
        Outcome::Rounded { expected } => {
            page.leaf("span", &[("class", "good")], "✓");
            page.text(match paper.language {
                Language::Swedish => format!(" inom avrundningen: räknat {}", Swedish(in_unit(expected))),
                Language::English => format!(" within rounding: computed {}", Swedish(in_unit(expected))),
            });
        }
        Outcome::Broke { expected } => {
            page.leaf("span", &[("class", "bad")], "✗");
            let stated = relation.result.figure.map(|figure| figure.middle);
            if relation.kind == Kind::Ratio {
                page.text(paper.say(" stämmer inte", " does not hold"));
            } else {
                let difference = stated.map_or(Money::ZERO, |stated| in_unit(stated - expected));
                let (expected, difference) = (Swedish(in_unit(expected)), Swedish(difference));
                page.text(match paper.language {
                    Language::Swedish => format!(" räknat {expected}, skillnad {difference}"),
                    Language::English => format!(" computed {expected}, difference {difference}"),
                });
            }
            if let Some(number) = paper.evidence.finding(relation) {
                page.text(", ");
                let text = format!("{} {number}", paper.say("avvikelse", "finding"));
                page.leaf("a", &[("href", &format!("#f{number}"))], text);
            }
        }
        Outcome::Untestable(_) => {}
    }
}

/// How a cell is marked in a statement: the mark, what it means, and the relations behind it.
pub fn marks(paper: &Paper<'_>, at: At) -> Vec<(&'static str, Vec<usize>)> {
    let mut marks = vec![("✗", Vec::new()), ("✓", Vec::new()), ("Σ", Vec::new())];
    for &number in paper.evidence.of_cell(at) {
        let check = paper.evidence.tested[number - 1];
        let i = match Tie::of(paper.book, check) {
            _ if check.broke() => 0,
            Tie::Sums => 2,
            _ => 1,
        };
        marks[i].1.push(number);
    }
    marks.retain(|(_, numbers)| !numbers.is_empty());
    marks
}
