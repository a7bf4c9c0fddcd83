use super::{Observed, rule};
use crate::book::Book;
use crate::finding::{Finding, Role, Severity, Text};
use crate::money::{Closeness, Interval, Money, Swedish};
use crate::period::Measure;
use crate::statement::{Kind, Statement, kinds};
use crate::table;
use crate::words::{self, Concept};

rule! {
    /// A part that a row is said to hold (`varav`) is larger than the row itself, or the parts do not come to the row where they do in
    /// another column.
    ///
    /// Such parts are never added. What the row is the net of (a result, equity, a cash flow) may be smaller than a part of it and is not
    /// tried. Only mentioned where no other column shows that the rows belong together.
    ///
    /// What to do: look for a slip in the part or in the row that it is a part of.
    "SU03" "part-exceeds-whole" Warning, Observations(observe),
    "En del av en rad (`varav`) är större än raden själv, eller så ger delarna inte raden fast de gör det i en annan kolumn.

Sådana delar läggs aldrig till någon summa. En rad som är ett netto (resultat, eget kapital, kassaflöde) kan vara mindre än en del av den och prövas inte. Nämns bara där ingen annan kolumn visar att raderna hör ihop.

Gör så här: leta efter ett skrivfel i delen eller i raden som den är en del av."
}

/// A row and the parts of it that stand below it.
struct Whole<'a> {
    statement: &'a Statement,
    line: usize,
    parts: Vec<usize>,
}

/// How parts with signs of their own make up the whole: an inflow among outlays is taken from them, but some tables give
/// the parts of a cost another sign than the cost.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Signs {
    Kept,
    Dropped,
}

fn observe(book: &Book) -> Observed {
    let mut observed = Observed::default();
    for statement in book.statements.iter().filter(|s| s.copy_of.is_none() && s.kind != Kind::CashFlow) {
        for whole in wholes(statement) {
            let columns: Vec<usize> = columns(statement).filter(|&column| whole.interval(column).is_some()).collect();
            // A part that another is taken from may be larger.
            let netted = |column: &&usize| whole.comes_out(**column, Signs::Kept);
            let too_large: Vec<(usize, usize)> = columns
                .iter()
                .filter(|column| !netted(column))
                .flat_map(|&column| whole.too_large(column).map(move |part| (part, column)))
                .collect();
            let is_sound = |column: &&usize| !too_large.iter().any(|(_, at)| at == *column);
            let sound = columns.iter().filter(is_sound).count();
            // Where it is so in every year, the row below speaks of something else.
            if sound == 0 && columns.len() > 1 {
                observed.untestable += columns.len();
                continue;
            }
            observed.tested += columns.len();
            let severity = if sound > 0 { RULE.severity } else { Severity::Info };
            observed.findings.extend(too_large.iter().map(|&(part, column)| whole.exceeded(part, column, severity)));
            if let Some(signs) = whole.made_of_parts(&columns) {
                let is_told = |column: &&usize| whole.is_known(**column) && !whole.comes_out(**column, signs);
                let broken = columns.iter().filter(is_sound).filter(is_told);
                observed.findings.extend(broken.map(|&column| whole.missed(column, signs)));
            }
        }
    }
    observed
}

/// Columns in which a part cannot be larger than the whole: a variance of the one may be.
fn columns(statement: &Statement) -> impl Iterator<Item = usize> + '_ {
    statement.table.amount_columns().filter(|(_, c)| c.measure != Some(Measure::Variance)).map(|(column, _)| column)
}

fn wholes(statement: &Statement) -> Vec<Whole<'_>> {
    let mut wholes: Vec<Whole<'_>> = Vec::new();
    let mut open = None;
    for (line, read) in statement.lines().iter().enumerate() {
        match read.role {
            table::Role::OfWhich => match (open, wholes.last_mut()) {
                (Some(above), Some(whole)) if whole.line == above => whole.parts.push(line),
                (Some(above), _) => wholes.push(Whole { statement, line: above, parts: vec![line] }),
                (None, _) => {}
            },
            // `Varav` on a row of its own.
            table::Role::Heading if words::says_only_of_which(&read.label) => {}
            table::Role::Heading => open = None,
            _ => open = Some(line),
        }
    }
    wholes.retain(|whole| whole.parts.iter().chain([&whole.line]).all(|&line| !is_net(statement, line)));
    wholes
}

/// Whether a row is what is left when something was taken away.
fn is_net(statement: &Statement, line: usize) -> bool {
    let concept = statement.lines()[line].concept.map(|found| found.concept);
    concept.is_some_and(|concept| kinds::is_result(concept) || concept == Concept::Equity)
}

impl Whole<'_> {
    fn interval(&self, column: usize) -> Option<Interval> {
        self.statement.interval(self.line, column).filter(|whole| !whole.middle.is_zero())
    }

    /// Whether every part is known, be it as blank, and the row below them, which may be one more.
    fn is_known(&self, column: usize) -> bool {
        let below = self.parts.last().map(|last| last + 1);
        let rows = self.parts.iter().copied().chain(below).filter_map(|line| self.statement.lines().get(line));
        rows.into_iter().all(|row| row.entries[column] != table::Entry::Unknown)
    }

    fn too_large(&self, column: usize) -> impl Iterator<Item = usize> + '_ {
        let whole = self.interval(column);
        let exceeds = move |part: &usize| {
            let (Some(whole), Some(part)) = (whole, self.statement.interval(*part, column)) else { return false };
            let (whole, part) = (positive(whole), positive(part));
            part.middle > whole.middle && part.closeness(whole) == Closeness::Off
        };
        self.parts.iter().copied().filter(exceeds)
    }

    /// The parts together.
    fn sum(&self, column: usize, signs: Signs) -> Interval {
        let parts = self.parts.iter().filter_map(|&part| self.statement.interval(part, column));
        let signed = |part| if signs == Signs::Dropped { positive(part) } else { part };
        positive(parts.fold(Interval::exact(Money::ZERO), |sum, part| sum.plus(1, signed(part))))
    }

    fn comes_out(&self, column: usize, signs: Signs) -> bool {
        self.interval(column).is_none_or(|whole| positive(whole).closeness(self.sum(column, signs)) != Closeness::Off)
    }

    /// Whether two parts or more come to the whole in some column: then it has no others. Read as they come out in most
    /// columns.
    fn made_of_parts(&self, columns: &[usize]) -> Option<Signs> {
        let several = |column: &&usize| {
            let figures = self.parts.iter().filter_map(|&part| self.statement.interval(part, **column));
            figures.filter(|part| !part.middle.is_zero()).count() > 1
        };
        let held = |signs| columns.iter().filter(several).filter(|&&column| self.comes_out(column, signs)).count();
        let (kept, dropped) = (held(Signs::Kept), held(Signs::Dropped));
        // One part whose sign is a slip leaves the other columns as they are.
        let signs = if 2 * kept >= dropped { Signs::Kept } else { Signs::Dropped };
        (kept.max(dropped) > 0).then_some(signs)
    }

    fn exceeded(&self, part: usize, column: usize, severity: Severity) -> Finding {
        let (own, of) = (self.label(part), self.label(self.line));
        let (stated, whole) = (self.shown(part, column), self.shown(self.line, column));
        let message = Text::new(
            format!("{own} är {stated}, mer än {of}, {whole}, som det är en del av."),
            format!("{own} is {stated}, more than {of}, {whole}, of which it is a part."),
        );
        self.finding(message, &[part], column, severity)
    }

    fn missed(&self, column: usize, signs: Signs) -> Finding {
        let (of, whole) = (self.label(self.line), self.shown(self.line, column));
        let sum = self.sum(column, signs).middle.divide(self.statement.unit.factor()).unwrap_or_default().normalize();
        let sum = Swedish(sum);
        let message = Text::new(
            format!("{of} är {whole}, men raderna varav är tillsammans {sum}, fast de är hela raden i andra kolumner."),
            format!("{of} is {whole}, but its parts come to {sum}, though they are all of it in other columns."),
        );
        self.finding(message, &self.parts, column, RULE.severity)
    }

    fn finding(&self, message: Text, parts: &[usize], column: usize, severity: Severity) -> Finding {
        let table = &self.statement.table;
        let mut finding = Finding::new(RULE.code, severity, message);
        finding.period = self.statement.columns()[column].period;
        finding.cells = vec![(table.at(self.line, column), Role::Total)];
        finding.cells.extend(parts.iter().map(|&part| (table.at(part, column), Role::Term)));
        finding
    }

    fn label(&self, line: usize) -> &str {
        &self.statement.lines()[line].label
    }

    fn shown(&self, line: usize, column: usize) -> String {
        self.statement.amount(line, column).map_or(String::new(), |amount| Swedish(amount.value).to_string())
    }
}

fn positive(figure: Interval) -> Interval {
    Interval { middle: figure.middle.abs(), ..figure }
}
