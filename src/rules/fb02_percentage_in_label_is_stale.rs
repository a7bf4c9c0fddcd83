use super::members::{self, Members, members};
use super::{Observed, rule};
use crate::book::Book;
use crate::finding::{Cause, Consequence, Finding, Role, Slip, Text};
use crate::grid::At;
use crate::money::{Closeness, Interval, Money, Swedish};
use crate::period::Measure;
use crate::statement::{LineSum, Statement};
use crate::words;

rule! {
    /// A label names a municipality's share in per cent, or a column those of all members, and the amounts have another share.
    ///
    /// Shares between the municipalities are agreed locally and change when one joins; a label that was copied from last year's table is left
    /// behind. The share is that of the municipalities' contributions together, or of all contributions, whichever the labels fit.
    ///
    /// What to do: correct the label, or the amounts, after the agreement in force.
    "FB02" "percentage-in-label-is-stale" Warning, Observations(observe),
    "En benämning anger en kommuns andel i procent, eller en kolumn alla medlemmars, men beloppen har en annan andel.

Andelarna mellan kommunerna avtalas lokalt och ändras när en kommun kommer till; en benämning som är kopierad från förra årets tabell blir kvar. Andelen är av kommunernas bidrag tillsammans, eller av alla bidrag, vilket benämningarna passar till.

Gör så här: rätta benämningen, eller beloppen, efter gällande avtal."
}

/// A label with a percentage, and the share that its amount has.
struct Share {
    line: usize,
    at: At,
    amount: At,
    said: Money,
    real: Money,
    /// How far the rounding of the written amount can move it.
    half: Money,
}

impl Share {
    /// Within half a per cent, as labels are rounded.
    fn agrees(&self) -> bool {
        (self.said - self.real).abs() <= Money::new(5, 1) + self.half
    }
}

fn observe(book: &Book) -> Observed {
    let mut observed = Observed::default();
    for (_, statement) in members::statements(book) {
        let mut stale: Vec<Share> = Vec::new();
        for (column, _) in statement.table.amount_columns() {
            let Some(members) = members(statement, column) else { continue };
            let shares = best_base(statement, &members, column);
            // What does not add up has no shares: an amount is wrong, and is told as that.
            if sum_broke(statement, &members, column) {
                observed.untestable += shares.len();
                continue;
            }
            observed.tested += shares.len();
            stale.extend(shares.into_iter().filter(|share| !share.agrees()));
        }
        observed.findings.extend(finding(statement, &stale));
    }
    observed
}

/// Whether the total that the contributions enter does not come out in a column, so that some amount is wrong.
fn sum_broke(statement: &Statement, members: &Members, column: usize) -> bool {
    let has_all = |sum: &&LineSum| members.all().all(|line| sum.terms.iter().any(|&(term, _)| term == line));
    statement.sums.iter().filter(has_all).any(|sum| {
        let terms = sum.terms.iter().filter_map(|&(line, sign)| {
            Some(Interval::exact(Money::ZERO).plus(sign, statement.interval(line, column)?))
        });
        let parts = terms.fold(Interval::exact(Money::ZERO), |sum, term| sum.plus(1, term));
        let stated = statement.interval(sum.result, column);
        stated.is_some_and(|stated| stated.closeness(parts) == Closeness::Off)
    })
}

/// The shares of the labelled lines in the municipalities' contributions, or in all, whichever more labels fit.
fn best_base(statement: &Statement, members: &Members, column: usize) -> Vec<Share> {
    let all: Vec<usize> = members.all().collect();
    if let Some(said) = share_column(statement, &all) {
        let told = shares(statement, &all, &all, column, |line| {
            Some((percentage(statement, line, said)?, statement.table.at(line, said)))
        });
        // Per cent of something else, as of the budget, beside amounts: neither parts of one whole nor near to the shares.
        let whole: Money = told.iter().map(|share| share.said).sum();
        let is_whole = (whole - Money::from(100)).abs() <= Money::from(told.len() as i64);
        let fits = 2 * told.iter().filter(|share| share.agrees()).count() >= told.len();
        return if is_whole || fits { told } else { Vec::new() };
    }
    let labelled = |line: usize| {
        let label = &statement.lines()[line];
        Some((words::percentage(&label.label)?, label.at))
    };
    let of_municipalities = shares(statement, &members.municipalities, &members.municipalities, column, labelled);
    let of_all = shares(statement, &members.municipalities, &all, column, labelled);
    let agreeing = |shares: &[Share]| shares.iter().filter(|share| share.agrees()).count();
    if agreeing(&of_all) > agreeing(&of_municipalities) { of_all } else { of_municipalities }
}

/// The column that tells each member's share of all contributions, where there is one.
fn share_column(statement: &Statement, members: &[usize]) -> Option<usize> {
    let told = |&column: &usize| members.iter().all(|&line| percentage(statement, line, column).is_some());
    (0..statement.columns().len())
        .filter(|&column| statement.columns()[column].measure == Some(Measure::Share))
        .find(told)
}

fn percentage(statement: &Statement, line: usize, column: usize) -> Option<Money> {
    statement.lines()[line].entries[column].figure().filter(|figure| figure.percent).map(|figure| figure.amount.value)
}

/// The shares that lines have of `base`, of those whose share is said somewhere.
fn shares(
    statement: &Statement,
    lines: &[usize],
    base: &[usize],
    column: usize,
    said: impl Fn(usize) -> Option<(Money, At)>,
) -> Vec<Share> {
    let value = |line: usize| statement.amount(line, column).map(|amount| amount.value);
    let total: Money = base.iter().filter_map(|&line| value(line)).sum();
    let share = |&line: &usize| {
        let (said, at) = said(line)?;
        let real = (value(line)? * Money::from(100)).divide(total)?;
        let step = statement.lines()[line].entries[column].figure()?.amount.half_step();
        let rounding_of_all = Money::from(base.len() as i64) * step;
        let half = (step * Money::from(100) + real * rounding_of_all).divide(total)?.abs();
        Some(Share { half, line, at, amount: statement.table.at(line, column), said, real })
    };
    lines.iter().filter_map(share).collect()
}

/// One finding for the labels of one table: they were copied together.
fn finding(statement: &Statement, stale: &[Share]) -> Option<Finding> {
    let first = stale.first()?;
    let text = |share: &Share| {
        let (label, real) = (&statement.lines()[share.line].label, Swedish(share.real.round(1).normalize()));
        let said = Swedish(share.said.round(2).normalize());
        Text::new(
            match share.at == statement.lines()[share.line].at {
                true => format!("{label}: benämningen säger {said} %, men beloppets andel är {real} %."),
                false => format!("{label}: andelen sägs vara {said} %, men beloppets är {real} %."),
            },
            match share.at == statement.lines()[share.line].at {
                true => format!("{label}: the label says {said} %, but the amount's share is {real} %."),
                false => format!("{label}: the share is said to be {said} %, but the amount's is {real} %."),
            },
        )
    };
    let mut finding = Finding::new(RULE.code, RULE.severity, text(first));
    finding.suspect = Some(first.at);
    finding.cells = vec![(first.at, Role::Label), (first.amount, Role::Term)];
    let cause =
        Text::new("Procentsatserna är från en äldre fördelning.", "The percentages are from an older agreement.");
    finding.causes.push(Cause { slip: Slip::StaleValue, text: cause, edits: Vec::new() });
    let others = stale[1..].iter().map(|share| Consequence {
        rule: RULE.code,
        message: text(share),
        cells: vec![(share.at, Role::Label), (share.amount, Role::Term)],
    });
    finding.consequences = others.collect();
    Some(finding)
}
