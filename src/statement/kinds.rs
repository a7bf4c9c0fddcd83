//! The kinds of statement as data: which lines they have and which lines their totals add.
//!
//! Forms: LKBR (2018:597) 5 kap. 2 § (income statement), 6 kap. 2 § (balance sheet), RKR R13 (cash flow), and the
//! practice of samordningsförbund, whose member contributions are the income of the activities.

use super::Kind;
use crate::words::Concept::{self, *};

/// Which of the lines above a total adds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// Everything that no total has taken yet: a running result.
    Running,
    /// The lines since its heading, or since the last total.
    Block,
    /// What stands on the stack after the last line of one of these concepts.
    After(&'static [Concept]),
    /// Just these lines, wherever they stand, each with its sign (costs as they are signed in the table).
    Formula(&'static [Concept]),
    /// The opening equity and the income that no total has taken yet, which goes on to the result.
    Opened,
}

/// A total of a kind of statement.
#[derive(Clone, Copy, Debug)]
pub struct Total {
    pub kind: Kind,
    pub concept: Concept,
    pub reach: Reach,
    /// The form leaves no choice: a total that holds only without some of its lines is wrong, not another form.
    pub strict: bool,
}

const fn total(kind: Kind, concept: Concept, reach: Reach) -> Total {
    Total { kind, concept, reach, strict: false }
}

const fn strict(kind: Kind, concept: Concept, reach: Reach) -> Total {
    Total { kind, concept, reach, strict: true }
}

const SHORT_RESULT: Reach = Reach::Formula(&[
    OperatingIncome,
    OperatingCosts,
    Depreciation,
    FinancialIncome,
    FinancialCosts,
    FinancialNet,
    ExtraordinaryIncome,
    ExtraordinaryCosts,
    Extraordinary,
    TaxRevenue,
    StateGrants,
    Equalisation,
    ItemsAffectingComparability,
    Appropriations,
    Tax,
    MinorityInterest,
]);

pub const TOTALS: &[Total] = &[
    total(Kind::IncomeStatement, NetCosts, Reach::Running),
    total(Kind::IncomeStatement, TaxesAndGrants, Reach::Block),
    total(Kind::IncomeStatement, OperatingResult, Reach::Running),
    total(Kind::IncomeStatement, FinancialNet, Reach::Block),
    total(Kind::IncomeStatement, ResultAfterFinancial, Reach::Running),
    total(Kind::IncomeStatement, Appropriations, Reach::Block),
    total(Kind::IncomeStatement, Result, Reach::Running),
    total(Kind::IncomeStatement, AdjustedResult, Reach::Running),
    total(Kind::IncomeStatement, BalanceRequirementResult, Reach::Running),
    total(Kind::BalanceRequirement, AdjustedResult, Reach::Running),
    total(Kind::BalanceRequirement, BalanceRequirementResult, Reach::Running),
    total(Kind::Budget, NetCosts, Reach::Running),
    total(Kind::Budget, AdjustedResult, Reach::Running),
    total(Kind::Budget, BalanceRequirementResult, Reach::Running),
    total(Kind::Budget, TaxesAndGrants, Reach::Block),
    total(Kind::Budget, OperatingResult, Reach::Running),
    total(Kind::Budget, ResultAfterFinancial, Reach::Running),
    total(Kind::Budget, Result, Reach::Running),
    total(Kind::Budget, AvailableFunds, Reach::Opened),
    total(Kind::Summary, Result, SHORT_RESULT),
    total(Kind::MultiYear, Result, SHORT_RESULT),
    total(Kind::BalanceSheet, FixedAssets, Reach::Block),
    total(Kind::BalanceSheet, CurrentAssets, Reach::Block),
    total(Kind::BalanceSheet, TotalAssets, Reach::Running),
    total(Kind::BalanceSheet, Equity, Reach::After(&[TotalAssets])),
    total(Kind::BalanceSheet, Provisions, Reach::After(&[TotalAssets, Equity])),
    total(Kind::BalanceSheet, LongTermLiabilities, Reach::Block),
    total(Kind::BalanceSheet, CurrentLiabilities, Reach::Block),
    total(Kind::BalanceSheet, Liabilities, Reach::After(&[TotalAssets, Equity, Provisions])),
    total(Kind::BalanceSheet, TotalEquityAndLiabilities, Reach::After(&[TotalAssets])),
    total(Kind::Note, Equity, Reach::Block),
    strict(Kind::CashFlow, BeforeWorkingCapital, Reach::Running),
    total(Kind::CashFlow, ChangeInWorkingCapital, Reach::Block),
    strict(Kind::CashFlow, OperatingCashFlow, Reach::Running),
    total(Kind::CashFlow, InvestingCashFlow, Reach::Block),
    total(Kind::CashFlow, FinancingCashFlow, Reach::Block),
    total(Kind::CashFlow, InfrastructureCashFlow, Reach::Block),
    total(Kind::CashFlow, FreeCashFlow, Reach::Running),
    strict(Kind::CashFlow, NetCashFlow, Reach::Running),
    strict(Kind::CashFlow, ClosingCash, Reach::Formula(&[OpeningCash, NetCashFlow, CashDifference])),
];

/// The form of a total, where the kind of statement has one.
pub fn total_of(kind: Kind, concept: Concept) -> Option<&'static Total> {
    TOTALS.iter().find(|total| total.kind == kind && total.concept == concept)
}

/// Lines that stand among others and are parts of no running sum.
pub fn stands_apart(kind: Kind, concept: Concept) -> bool {
    match kind {
        Kind::CashFlow => matches!(concept, OpeningCash | ClosingCash | CashDifference | CashControl | LiquidFunds),
        Kind::BalanceSheet => matches!(concept, PledgedAssets | ContingentLiabilities),
        Kind::Summary | Kind::MultiYear | Kind::IncomeStatement | Kind::Budget => {
            matches!(
                concept,
                Equity
                    | OpeningEquity
                    | AvailableFunds
                    | AccumulatedResult
                    | LiquidFunds
                    | EquityRatio
                    | Employees
                    | TotalAssets
            )
        }
        _ => false,
    }
}

/// Lines whose figures are costs: subtracted where they are written as positive figures.
pub fn is_cost(concept: Concept) -> bool {
    matches!(
        concept,
        OperatingCosts
            | Depreciation
            | FinancialCosts
            | ExtraordinaryCosts
            | PersonnelCosts
            | OtherCosts
            | AdministrationCosts
            | ActivityCosts
            | IndividualActivities
            | StructuralActivities
    )
}

/// Assets that are no part of the current ones.
pub fn is_fixed_asset(concept: Concept) -> bool {
    matches!(
        concept,
        FixedAssets
            | IntangibleAssets
            | TangibleAssets
            | LandAndBuildings
            | FinancialAssets
            | SharesHeld
            | LongTermReceivables
            | InfrastructureGrant
    )
}

/// Lines of equity and liabilities that are no part of the current liabilities.
pub fn is_long_term(concept: Concept) -> bool {
    matches!(
        concept,
        Equity
            | MinorityInterest
            | Provisions
            | PensionProvisions
            | OtherProvisions
            | DeferredTax
            | LongTermLiabilities
    )
}

/// What stands above the liabilities and is no part of them.
pub fn is_above_liabilities(concept: Concept) -> bool {
    matches!(concept, TotalAssets | Equity)
}

/// Lines of balances and ratios, which stand beside income and costs only in overviews.
pub fn is_of_overviews(concept: Concept) -> bool {
    matches!(concept, Equity | TotalAssets | LiquidFunds | EquityRatio | Employees)
}

/// What a member of the förbund gives.
pub fn is_contribution(concept: Concept) -> bool {
    matches!(
        concept,
        ContributionState
            | ContributionInsuranceAgency
            | ContributionEmploymentService
            | ContributionRegion
            | ContributionMunicipality
    )
}

/// Lines whose figures are income: added whatever the table's sign of costs.
pub fn is_income(concept: Concept) -> bool {
    matches!(
        concept,
        OperatingIncome
            | FinancialIncome
            | ExtraordinaryIncome
            | TaxRevenue
            | StateGrants
            | TaxesAndGrants
            | ContributionState
            | ContributionInsuranceAgency
            | ContributionEmploymentService
            | ContributionRegion
            | ContributionMunicipality
            | Cofinancing
    )
}

/// Lines that mean all of a section: their parts may stand below them.
pub fn is_whole(concept: Concept) -> bool {
    matches!(
        concept,
        OperatingIncome
            | OperatingCosts
            | FixedAssets
            | IntangibleAssets
            | TangibleAssets
            | FinancialAssets
            | CurrentAssets
            | TotalAssets
            | Equity
            | Provisions
            | Liabilities
            | CurrentLiabilities
            | TotalEquityAndLiabilities
            | PersonnelCosts
            | AdministrationCosts
            | ActivityCosts
            | IndividualActivities
            | StructuralActivities
    )
}

/// Lines that are a difference of income and costs.
pub fn is_result(concept: Concept) -> bool {
    matches!(
        concept,
        NetCosts
            | OperatingResult
            | FinancialNet
            | ResultAfterFinancial
            | Result
            | AdjustedResult
            | BalanceRequirementResult
    )
}

/// Lines of a balance sheet: they stand together in the vocabulary.
pub fn is_balance(concept: Concept) -> bool {
    (Assets..=ContingentLiabilities).contains(&concept)
}

/// Lines that the net of financial items adds.
pub fn is_financial(concept: Concept) -> bool {
    matches!(concept, FinancialIncome | FinancialCosts)
}

/// Lines of an income statement that stand below the result of the activities.
pub fn is_after_operations(concept: Concept) -> bool {
    matches!(
        concept,
        FinancialIncome
            | FinancialCosts
            | FinancialNet
            | ResultAfterFinancial
            | Extraordinary
            | ExtraordinaryIncome
            | ExtraordinaryCosts
            | Appropriations
            | Tax
            | MinorityInterest
            | Result
    )
}

/// The lines that a total of the form adds, where its wording may be that of a line without parts
/// (`Långfristiga skulder`): where one of them stands above it, it is a total.
pub fn is_part(total: Concept, part: Concept) -> bool {
    match total {
        Equity => matches!(part, RetainedEquity | OpeningEquity | Result | EqualisationReserve | ShareCapital),
        TotalAssets => part == CurrentAssets || is_fixed_asset(part),
        CurrentLiabilities => matches!(part, AccountsPayable | AccruedExpenses | OtherLiabilities),
        CurrentAssets => matches!(part, Receivables | CashAndBank | ShortTermInvestments | PrepaidExpenses),
        FixedAssets => {
            matches!(part, IntangibleAssets | TangibleAssets | LandAndBuildings | FinancialAssets | LongTermReceivables)
        }
        _ => false,
    }
}

/// Lines by which a table without a title is known, with how much each says.
pub const MARKS: &[(Kind, &[Concept])] = &[
    (
        Kind::IncomeStatement,
        &[
            OperatingIncome,
            OperatingCosts,
            Depreciation,
            NetCosts,
            OperatingResult,
            FinancialIncome,
            FinancialCosts,
            ResultAfterFinancial,
            Extraordinary,
            Result,
        ],
    ),
    (
        Kind::BalanceSheet,
        &[
            FixedAssets,
            Receivables,
            ShortTermInvestments,
            CashAndBank,
            CurrentAssets,
            TotalAssets,
            Equity,
            RetainedEquity,
            AccountsPayable,
            AccruedExpenses,
            CurrentLiabilities,
            Liabilities,
            TotalEquityAndLiabilities,
        ],
    ),
    (
        Kind::CashFlow,
        &[
            NonCashItems,
            BeforeWorkingCapital,
            ChangeInReceivables,
            ChangeInInventories,
            ChangeInLiabilities,
            OperatingCashFlow,
            InvestingCashFlow,
            FinancingCashFlow,
            NetCashFlow,
            OpeningCash,
            ClosingCash,
        ],
    ),
];
