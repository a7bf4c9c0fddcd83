//! The order of the lines: that of LKBR's forms for the income statement, the balance sheet and the cash flow.

use crate::statement::{Kind, Statement};
use crate::table::Role;
use crate::words::Concept::{self, *};

/// The lines of a form in order; `Head` is the heading of the part that ends with the line of the same name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Row {
    Head(Concept),
    Line(Concept),
}
use Row::{Head, Line};

/// LKBR 5 kap. 2 §, and what KRL had besides.
const INCOME_STATEMENT: &[Row] = &[
    Head(OperatingIncome),
    Line(OperatingIncome),
    Line(OperatingCosts),
    Line(Depreciation),
    Line(NetCosts),
    Line(TaxRevenue),
    Line(StateGrants),
    Line(OperatingResult),
    Line(FinancialIncome),
    Line(FinancialCosts),
    Line(FinancialNet),
    Line(ResultAfterFinancial),
    Line(ExtraordinaryIncome),
    Line(ExtraordinaryCosts),
    Line(Extraordinary),
    Line(Result),
];

/// LKBR 6 kap. 2 §.
const BALANCE_SHEET: &[Row] = &[
    Head(Assets),
    Head(TotalAssets),
    Head(FixedAssets),
    Line(IntangibleAssets),
    Line(TangibleAssets),
    Line(FinancialAssets),
    Line(FixedAssets),
    Line(InfrastructureGrant),
    Head(CurrentAssets),
    Line(Inventories),
    Line(Receivables),
    Line(PrepaidExpenses),
    Line(ShortTermInvestments),
    Line(CashAndBank),
    Line(CurrentAssets),
    Line(TotalAssets),
    Head(TotalEquityAndLiabilities),
    Head(Equity),
    Line(OpeningEquity),
    Line(Result),
    Line(EqualisationReserve),
    Line(RetainedEquity),
    Line(Equity),
    Head(Provisions),
    Line(PensionProvisions),
    Line(OtherProvisions),
    Line(Provisions),
    Head(Liabilities),
    Head(LongTermLiabilities),
    Line(LongTermLiabilities),
    Head(CurrentLiabilities),
    Line(AccountsPayable),
    Line(OtherLiabilities),
    Line(AccruedExpenses),
    Line(CurrentLiabilities),
    Line(Liabilities),
    Line(TotalEquityAndLiabilities),
    Head(PledgedAssets),
    Line(PledgedAssets),
    Line(ContingentLiabilities),
];

/// RKR R13, the indirect form.
const CASH_FLOW: &[Row] = &[
    Head(OperatingCashFlow),
    Line(Result),
    Line(NonCashItems),
    Line(BeforeWorkingCapital),
    Line(ChangeInReceivables),
    Line(ChangeInInventories),
    Line(ChangeInLiabilities),
    Line(ChangeInWorkingCapital),
    Line(OperatingCashFlow),
    Head(InvestingCashFlow),
    Line(InvestingCashFlow),
    Head(FinancingCashFlow),
    Line(FinancingCashFlow),
    Head(InfrastructureCashFlow),
    Line(InfrastructureCashFlow),
    Line(NetCashFlow),
    Line(OpeningCash),
    Line(ClosingCash),
    Line(CashControl),
];

fn form(kind: Kind) -> Option<&'static [Row]> {
    match kind {
        Kind::IncomeStatement => Some(INCOME_STATEMENT),
        Kind::BalanceSheet => Some(BALANCE_SHEET),
        Kind::CashFlow => Some(CASH_FLOW),
        _ => None,
    }
}

/// The statement's lines in the order of its form. A line without a sure place stays after the one it followed.
/// Where the form would put a part after its sum, the source's order is kept.
pub fn lines(statement: &Statement) -> Vec<usize> {
    let source: Vec<usize> = (0..statement.lines().len()).collect();
    let Some(form) = form(statement.kind) else { return source };
    let mut rank = 0;
    let mut ranked: Vec<(usize, usize)> = Vec::with_capacity(source.len());
    for &i in &source {
        rank = place(form, statement, i).unwrap_or(rank);
        ranked.push((rank, i));
    }
    ranked.sort();
    let ordered: Vec<usize> = ranked.into_iter().map(|(_, line)| line).collect();
    if keeps_sums(statement, &ordered) { ordered } else { source }
}

/// Counted from 1: what comes before any known line stays first.
fn place(form: &[Row], statement: &Statement, i: usize) -> Option<usize> {
    let line = &statement.lines()[i];
    let concept = line.concept.filter(|found| found.sure)?.concept;
    let at = |row: Row| form.iter().position(|other| *other == row).map(|at| at + 1);
    match line.role {
        Role::OfWhich => None,
        Role::Heading => at(Head(concept)).or_else(|| at(Line(concept))),
        _ => at(Line(concept)),
    }
}

/// Whether every part that stood above its sum still does.
fn keeps_sums(statement: &Statement, ordered: &[usize]) -> bool {
    let mut place = vec![0; ordered.len()];
    for (at, &line) in ordered.iter().enumerate() {
        place[line] = at;
    }
    let kept = |part: usize, sum: usize| (part < sum) == (place[part] < place[sum]);
    statement.sums.iter().all(|sum| sum.terms.iter().all(|(part, _)| kept(*part, sum.result)))
}

/// The lines that were moved: the fewest that must be, for the others to stand as they stood.
pub fn moved(ordered: &[usize]) -> Vec<usize> {
    // The longest run that keeps its order, by the last line of each length and what came before each.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = vec![None; ordered.len()];
    for &line in ordered {
        let length = ends.partition_point(|end| *end < line);
        before[line] = length.checked_sub(1).map(|shorter| ends[shorter]);
        match ends.get_mut(length) {
            Some(end) => *end = line,
            None => ends.push(line),
        }
    }
    let mut kept = vec![false; ordered.len()];
    let mut next = ends.last().copied();
    while let Some(line) = next {
        kept[line] = true;
        next = before[line];
    }
    ordered.iter().copied().filter(|line| !kept[*line]).collect()
}

#[cfg(test)]
mod tests {
    use super::moved;

    #[test]
    fn the_fewest_lines_are_moved() {
        assert_eq!(moved(&[0, 1, 2, 3]), [0usize; 0]);
        assert_eq!(moved(&[0, 3, 1, 2]), [3]);
        assert_eq!(moved(&[2, 3, 4, 0, 1]), [0, 1]);
    }
}
