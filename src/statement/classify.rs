//! Which kind a table is: by its title, the headings above it, its lines, and last the sheet's name.

use std::hash::{Hash, Hasher};

use rustc_hash::{FxHashMap, FxHasher};

use super::{Glossary, Kind, Statement, carried, columns, kinds, sides, totals, units};
use crate::grid::Grid;
use crate::money::Money;
use crate::period::Measure;
use crate::table::{Line, Role, Table};
use crate::words::{self, Concept, titles};

/// Understands the tables of a book, with what the user says of them.
pub fn understand(grids: &[Grid], tables: Vec<Table>, glossary: &Glossary) -> Vec<Statement> {
    let mut statements: Vec<Statement> = tables
        .into_iter()
        .map(|table| {
            let sheet = &grids[table.grid as usize].sheet;
            let (found, note) = kind(&table, sheet);
            let unit = glossary.unit(sheet).or(table.unit);
            Statement {
                unit: unit.unwrap_or_default(),
                declared_unit: unit,
                table,
                kind: glossary.kind(sheet).unwrap_or(found),
                note,
                cost_sign: -1,
                credit_from: None,
                sums: Vec::new(),
                copy_of: None,
            }
        })
        .collect();
    for statement in statements.iter_mut().filter(|statement| statement.kind == Kind::Other) {
        statement.kind = kind_of_columns(statement);
    }
    go_on_with_overviews(&mut statements);
    columns::complete(grids, &mut statements);
    statements.iter_mut().for_each(|statement| name_lines(statement, glossary));
    units::settle(grids, &mut statements);
    let signs: Vec<Option<i32>> = statements.iter().map(totals::majority_sign).collect();
    let others = signs.iter().flatten().sum::<i32>().signum();
    for (i, statement) in statements.iter_mut().enumerate() {
        let sheet = &grids[statement.table.grid as usize].sheet;
        statement.unit = glossary.unit(sheet).unwrap_or(statement.unit);
        // As many costs with a sign as without: one of two years is a slip, and the other tables tell which.
        let divided = signs[i].is_none() && totals::has_costs(statement);
        let usual = Some(others).filter(|&sign| divided && sign != 0);
        totals::bare::settle(statement);
        carried::settle(statement);
        totals::find(statement, glossary.cost_sign(sheet).or(usual));
        sides::settle(statement);
    }
    mark_copies(&mut statements);
    statements
}

fn kind(table: &Table, sheet: &str) -> (Kind, Option<(u32, String)>) {
    let mut among_notes = words::title(sheet, false).is_some_and(|title| is(&title, "notes"));
    let titles: Vec<&str> = table.title.iter().chain(&table.context).map(|title| title.text.as_str()).collect();
    among_notes |= titles.iter().filter_map(|text| words::title(text, false)).any(|title| is(&title, "notes"));
    let by_lines = by_lines(table);
    let mut weak = None;
    for text in titles {
        match words::title(text, among_notes) {
            Some(titles::Heading::Note { number, title }) => return (Kind::Note, Some((number, title))),
            Some(titles::Heading::Statement { kind, weak: is_weak }) => {
                let Some(kind) = named(kind) else { continue };
                // A budget in the form of an income statement is a budget; elsewhere lines say more than a word that
                // is also one of ordinary lines.
                if !is_weak || kind == Kind::Budget {
                    return (kind, None);
                }
                weak = weak.or(Some(kind).filter(|kind| bears(table, *kind)));
            }
            None => {}
        }
    }
    let of_sheet = words::title(sheet, false);
    if let Some(titles::Heading::Note { number, title }) = of_sheet {
        return (Kind::Note, Some((number, title)));
    }
    // The lines of a budget may be those of an income statement: then the sheet's name tells.
    let either = by_lines.is_some_and(|kind| matches!(kind, Kind::IncomeStatement | Kind::Budget));
    if either && of_sheet.as_ref().is_some_and(|title| is(title, Kind::Budget.code())) {
        return (Kind::Budget, None);
    }
    let weak =
        weak.map(|kind| if kind == Kind::Activities && tells_result(table) { Kind::IncomeStatement } else { kind });
    if let Some(kind) = by_lines.or(weak) {
        return (kind, None);
    }
    match of_sheet {
        Some(titles::Heading::Statement { kind, weak }) => {
            (named(kind).filter(|kind| !weak || bears(table, *kind)).unwrap_or(Kind::Other), None)
        }
        _ => (Kind::Other, None),
    }
}

/// Whether a table has income, costs and what they come to, as headings or lines.
fn tells_result(table: &Table) -> bool {
    let means = |concept: Concept| {
        let code = Kind::IncomeStatement.code();
        move |line: &Line| words::sure_concept(&line.label, code) == Some(concept)
    };
    let has = |concept| table.lines.iter().any(means(concept));
    let result = table.lines.iter().filter(|line| line.role != Role::Heading).any(means(Concept::Result));
    result && has(Concept::OperatingIncome) && has(Concept::OperatingCosts)
}

/// Whether a table has a line of the kind that a mere abbreviation calls it (`KF` is a committee, too).
fn bears(table: &Table, kind: Kind) -> bool {
    let Some((_, marks)) = kinds::MARKS.iter().find(|(marked, _)| *marked == kind) else { return true };
    let means = |label: &str| words::concept(label, kind.code()).is_some_and(|m| marks.contains(&m.concept));
    table.lines.iter().any(|line| means(&line.label))
}

fn is(title: &titles::Heading, code: &str) -> bool {
    matches!(title, titles::Heading::Statement { kind, .. } if *kind == code)
}

fn named(code: &str) -> Option<Kind> {
    Kind::ALL.into_iter().find(|kind| kind.code() == code)
}

/// The kind whose lines the table has most of; at least three, and twice as many as of any other.
fn by_lines(table: &Table) -> Option<Kind> {
    // In large tables the same labels come again and again.
    let mut labels: FxHashMap<&str, usize> = FxHashMap::default();
    for line in table.lines.iter().filter(|line| line.role != Role::Heading) {
        *labels.entry(&line.label).or_default() += 1;
    }
    let count = |kind: Kind, marks: &[Concept]| -> usize {
        let means = |label: &str| words::sure_concept(label, kind.code()).is_some_and(|found| marks.contains(&found));
        labels.iter().filter(|(label, _)| means(label)).map(|(_, count)| count).sum()
    };
    let mut counts: Vec<(usize, Kind)> =
        kinds::MARKS.iter().map(|(kind, marks)| (count(*kind, marks), *kind)).collect();
    counts.sort_unstable_by(|a, b| b.cmp(a));
    let budgeted =
        table.columns.iter().filter(|column| matches!(column.measure, Some(Measure::Budget | Measure::Plan)));
    let kind = (counts[0].0 >= 3 && counts[0].0 >= 2 * counts[1].0).then_some(counts[0].1)?;
    // A few lines of several statements beside each other are an overview of them.
    let in_overviews = |label: &&str| words::sure_concept(label, "summary");
    let gathered = || labels.keys().filter_map(in_overviews).any(kinds::is_of_overviews);
    let of_the_year = |concept| matches!(concept, Concept::OperatingIncome | Concept::OperatingCosts);
    match kind {
        Kind::BalanceSheet if labels.keys().filter_map(in_overviews).any(of_the_year) => {
            Some(if budgeted.count() == 0 { Kind::MultiYear } else { Kind::Summary })
        }
        Kind::IncomeStatement if budgeted.clone().count() * 2 > table.columns.len() => Some(Kind::Budget),
        Kind::IncomeStatement if gathered() && budgeted.count() == 0 => Some(Kind::MultiYear),
        Kind::IncomeStatement if gathered() => Some(Kind::Summary),
        kind => Some(kind),
    }
}

/// The sections of an overview are named after the statements that they show some lines of: a table without a heading
/// row of its own, which goes on with the columns of the overview above, is a section of it.
fn go_on_with_overviews(statements: &mut [Statement]) {
    for i in 1..statements.len() {
        let (before, rest) = statements.split_at_mut(i);
        let (above, this) = (&before[i - 1].table, &rest[0].table);
        let heads = |table: &Table| table.columns.iter().map(|column| column.at).collect::<Vec<_>>();
        let continued =
            above.grid == this.grid && heads(this).iter().all(Option::is_some) && heads(above) == heads(this);
        if continued && before[i - 1].kind == Kind::MultiYear {
            rest[0].kind = Kind::MultiYear;
        }
    }
}

/// What the columns tell of a table that nothing else names.
fn kind_of_columns(statement: &Statement) -> Kind {
    let has = |measure| statement.columns().iter().any(|column| column.measure == Some(measure));
    let means = |label: &str| words::sure_concept(label, "summary");
    let concepts: Vec<Concept> = statement.lines().iter().filter_map(|line| means(&line.label)).collect();
    let result_lines = concepts.iter().filter(|c| kinds::MARKS[0].1.contains(c)).count();
    let is_outcome = |measure: Option<Measure>| measure.is_none_or(|measure| measure == Measure::Actual);
    let years = statement.columns().iter().filter(|c| c.period.is_some() && is_outcome(c.measure)).count();
    if years >= 3 && result_lines >= 2 {
        return Kind::MultiYear;
    }
    let budgets = statement.columns().iter().filter(|c| matches!(c.measure, Some(Measure::Budget | Measure::Plan)));
    if budgets.count() * 2 > statement.columns().len() && statement.columns()[0].period.is_some() {
        return Kind::Budget;
    }
    if has(Measure::Actual) && has(Measure::Budget) {
        return if result_lines >= 2 { Kind::Summary } else { Kind::Activities };
    }
    match () {
        _ if is_contents(statement) => Kind::Contents,
        _ if tells_result(&statement.table) => Kind::IncomeStatement,
        _ => Kind::Other,
    }
}

/// A table of contents: one column without a heading, page numbers that never fall.
fn is_contents(statement: &Statement) -> bool {
    let [column] = statement.columns() else { return false };
    let pages: Vec<Money> =
        (0..statement.lines().len()).filter_map(|i| statement.amount(i, 0)).map(|a| a.value).collect();
    let page = |page: &Money| page.is_integer() && *page > Money::ZERO && *page < Money::from(500);
    column.header.is_empty() && pages.len() >= 5 && pages.iter().all(page) && pages.is_sorted()
}

fn name_lines(statement: &mut Statement, glossary: &Glossary) {
    let kind = statement.kind;
    if matches!(kind, Kind::Activities | Kind::Contents) {
        return;
    }
    // Of a table of no known kind only the members are known.
    if kind == Kind::Other {
        name(statement, |label| {
            words::concept(label, kind.code()).filter(|found| kinds::is_contribution(found.concept))
        });
        name_costs(statement);
        return;
    }
    name(statement, |label| {
        let told = glossary.concept(label).map(|concept| words::Match { concept, sure: true });
        told.or_else(|| words::concept(label, kind.code()))
    });
    name_costs(statement);
    name_reckoning(statement);
    name_assets(statement);
    name_sides(statement);
    slide_labels(statement);
    name_working_capital(statement);
}

/// Below the heading of the balance requirement, a statement's result stands again, as what the reckoning begins with.
fn name_reckoning(statement: &mut Statement) {
    let lines = &mut statement.table.lines;
    let heads = |line: &Line| {
        line.role == Role::Heading
            && words::title(&line.label, false).is_some_and(|title| is(&title, Kind::BalanceRequirement.code()))
    };
    let Some(heading) = lines.iter().position(heads).filter(|_| statement.kind != Kind::BalanceRequirement) else {
        return;
    };
    for line in &mut lines[heading + 1..] {
        line.concept = line.concept.filter(|found| found.concept != Concept::Result);
    }
}

/// Gives the lines their concepts, those of one label the same.
fn name(statement: &mut Statement, meaning: impl Fn(&str) -> Option<words::Match>) {
    let mut known: FxHashMap<&str, Option<words::Match>> = FxHashMap::default();
    let labels = statement.table.lines.iter().map(|line| line.label.as_str());
    let meant: Vec<_> = labels.map(|label| *known.entry(label).or_insert_with(|| meaning(label))).collect();
    statement.table.lines.iter_mut().zip(meant).for_each(|(line, concept)| line.concept = concept);
}

/// Members stand among the income: below its total, and under a heading of costs, a label that names one says where the
/// money goes (`Redovisningstjänst kommunen`).
fn name_costs(statement: &mut Statement) {
    let mut among_costs = false;
    for line in &mut statement.table.lines {
        let heads = line.role == Role::Heading || words::says_total(&line.label);
        let meant = || words::sure_concept(&line.label, Kind::IncomeStatement.code());
        match heads.then(meant).flatten() {
            Some(Concept::OperatingIncome) => among_costs = line.role != Role::Heading,
            Some(Concept::OperatingCosts) => among_costs = line.role == Role::Heading,
            _ => {}
        }
        if among_costs {
            line.concept = line.concept.filter(|found| found.sure || !kinds::is_contribution(found.concept));
        }
    }
}

/// `Tillgångar` with figures below the lines of assets is their total.
fn name_assets(statement: &mut Statement) {
    let lines = &mut statement.table.lines;
    let means = |line: &Line, concept| line.concept.is_some_and(|found| found.concept == concept);
    if statement.kind != Kind::BalanceSheet || lines.iter().any(|line| means(line, Concept::TotalAssets)) {
        return;
    }
    let total = lines.iter().rposition(|line| means(line, Concept::Assets) && line.has_figures());
    let parts = |line: &Line| {
        line.has_figures() && line.concept.is_some_and(|found| kinds::is_part(Concept::TotalAssets, found.concept))
    };
    if let Some(total) = total.filter(|&total| lines[..total].iter().filter(|line| parts(line)).count() > 1) {
        lines[total].concept = Some(words::Match { concept: Concept::TotalAssets, sure: true });
    }
}

/// `Balansomslutning` on both sides of a balance sheet: the later one, below the equity, is what equity and liabilities
/// come to.
fn name_sides(statement: &mut Statement) {
    let lines = &mut statement.table.lines;
    let means = |line: &Line, concept| line.has_figures() && line.concept.is_some_and(|found| found.concept == concept);
    let of = |lines: &[Line], concept| lines.iter().position(|line| means(line, concept));
    let [Some(equity), None] = [Concept::Equity, Concept::TotalEquityAndLiabilities].map(|concept| of(lines, concept))
    else {
        return;
    };
    let totals: Vec<usize> = (0..lines.len()).filter(|&i| means(&lines[i], Concept::TotalAssets)).collect();
    if let [assets, other] = totals[..]
        && assets < equity
        && equity < other
    {
        lines[other].concept = Some(words::Match { concept: Concept::TotalEquityAndLiabilities, sure: false });
    }
}

/// Where a line's label stands one row too high, its amount has the label of the row below: a named line without
/// figures, then two lines of one concept. The first of the two is then what the empty one says.
fn slide_labels(statement: &mut Statement) {
    let lines = &mut statement.table.lines;
    for i in 1..lines.len() {
        let Some(own) = lines[i].concept else { continue };
        let again = lines[i + 1..].iter().any(|line| line.concept == Some(own) && line.has_figures());
        let empty = lines[i - 1].role == Role::Heading;
        if let Some(named) = lines[i - 1].concept
            && again
            && empty
            && lines[i].has_figures()
            && named.sure
            && named.concept == Concept::RetainedEquity
        {
            lines[i].concept = Some(words::Match { concept: named.concept, sure: false });
        }
    }
}

/// Among what the working capital has changed by, the change of cash is a part like those of receivables and
/// liabilities, and all have the signs of the balance sheet (finansieringsanalys as before R13).
fn name_working_capital(statement: &mut Statement) {
    if statement.kind != Kind::CashFlow {
        return;
    }
    let lines = &mut statement.table.lines;
    let is_part = |line: &Line| {
        let concept = line.concept.map(|found| found.concept);
        matches!(concept, Some(Concept::ChangeInReceivables | Concept::ChangeInLiabilities | Concept::NetCashFlow))
    };
    let mut end = 0;
    while let Some(first) = (end..lines.len()).find(|&i| is_part(&lines[i])) {
        end = (first..lines.len()).find(|&i| !is_part(&lines[i])).unwrap_or(lines.len());
        let cash = |line: &Line| line.concept.is_some_and(|found| found.concept == Concept::NetCashFlow);
        let is_whole = |line: &Line| words::says_working_capital(&line.label);
        let above = first > 0 && is_whole(&lines[first - 1]) && !cash(&lines[end - 1]);
        if lines[first..end].iter().any(cash) && (above || lines.get(end).is_some_and(is_whole)) {
            lines[first..end].iter_mut().for_each(|line| line.concept = None);
        }
    }
}

/// Marks a statement that repeats an earlier one of the same kind and title, cell for cell.
fn mark_copies(statements: &mut [Statement]) {
    let mut originals: FxHashMap<u64, Vec<usize>> = FxHashMap::default();
    for i in 0..statements.len() {
        let (before, rest) = statements.split_at_mut(i);
        let this = &mut rest[0];
        if matches!(this.kind, Kind::Other | Kind::Contents) {
            continue;
        }
        let alike = originals.entry(beginning(this)).or_default();
        this.copy_of = alike.iter().copied().find(|&other| same_content(&before[other], this));
        if this.copy_of.is_none() {
            alike.push(i);
        }
    }
}

/// What two statements have in common that are the same, told soon.
fn beginning(statement: &Statement) -> u64 {
    const LINES: usize = 12;
    let mut hash = FxHasher::default();
    (statement.kind, statement.lines().len(), statement.columns().len()).hash(&mut hash);
    for line in statement.lines().iter().take(LINES) {
        line.wording.hash(&mut hash);
        let figures = line.entries.iter().map(|entry| entry.figure().map(|figure| figure.amount.value));
        figures.for_each(|figure| figure.hash(&mut hash));
    }
    hash.finish()
}

fn same_content(a: &Statement, b: &Statement) -> bool {
    let number = |statement: &Statement| statement.note.as_ref().map(|(number, _)| *number);
    let headers =
        |s: &Statement| s.columns().iter().map(|c| (c.period, c.measure, c.entity.clone())).collect::<Vec<_>>();
    a.kind == b.kind
        && number(a) == number(b)
        && a.lines().len() == b.lines().len()
        && headers(a) == headers(b)
        && a.lines().iter().zip(b.lines()).all(|(x, y)| x.wording == y.wording && x.entries == y.entries)
}
