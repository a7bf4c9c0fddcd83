//! The vocabulary: every line that a statement can have, by its standard name.

use super::constant::same;

/// A line of a statement. The Swedish term is that of LKBR (2018:597) where the law has one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Concept {
    OperatingIncome,
    OperatingCosts,
    Depreciation,
    NetCosts,
    TaxRevenue,
    StateGrants,
    Equalisation,
    TaxesAndGrants,
    OperatingResult,
    FinancialIncome,
    FinancialCosts,
    FinancialNet,
    ResultAfterFinancial,
    Extraordinary,
    ExtraordinaryIncome,
    ExtraordinaryCosts,
    ItemsAffectingComparability,
    Appropriations,
    Tax,
    MinorityInterest,
    Result,
    CapitalGains,
    AdjustedResult,
    ReserveTransfer,
    BalanceRequirementResult,
    ContributionState,
    ContributionInsuranceAgency,
    ContributionEmploymentService,
    ContributionRegion,
    ContributionMunicipality,
    Cofinancing,
    OpeningEquityAsIncome,
    AvailableFunds,
    PersonnelCosts,
    OtherCosts,
    AdministrationCosts,
    ActivityCosts,
    IndividualActivities,
    StructuralActivities,
    Assets,
    FixedAssets,
    IntangibleAssets,
    TangibleAssets,
    LandAndBuildings,
    FinancialAssets,
    SharesHeld,
    LongTermReceivables,
    InfrastructureGrant,
    Inventories,
    Receivables,
    PrepaidExpenses,
    ShortTermInvestments,
    CashAndBank,
    CurrentAssets,
    TotalAssets,
    Equity,
    RetainedEquity,
    EqualisationReserve,
    ShareCapital,
    Provisions,
    PensionProvisions,
    OtherProvisions,
    DeferredTax,
    Liabilities,
    LongTermLiabilities,
    AccountsPayable,
    AccruedExpenses,
    OtherLiabilities,
    CurrentLiabilities,
    TotalEquityAndLiabilities,
    PledgedAssets,
    ContingentLiabilities,
    NonCashItems,
    BeforeWorkingCapital,
    ChangeInReceivables,
    ChangeInInventories,
    ChangeInLiabilities,
    ChangeInWorkingCapital,
    OperatingCashFlow,
    Investments,
    InvestmentGrants,
    SalesOfAssets,
    InvestingCashFlow,
    FreeCashFlow,
    Borrowing,
    Repayment,
    ChangeInLongTermReceivables,
    FinancingCashFlow,
    InfrastructureCashFlow,
    NetCashFlow,
    OpeningCash,
    CashDifference,
    ClosingCash,
    CashControl,
    LiquidFunds,
    OpeningEquity,
    AccumulatedResult,
    EquityRatio,
    Employees,
}

/// Every concept with its code and its Swedish term.
#[rustfmt::skip]
pub const CONCEPTS: &[(Concept, &str, &str)] = &[
    (Concept::OperatingIncome, "operating-income", "Verksamhetens intäkter"),
    (Concept::OperatingCosts, "operating-costs", "Verksamhetens kostnader"),
    (Concept::Depreciation, "depreciation", "Avskrivningar"),
    (Concept::NetCosts, "net-costs", "Verksamhetens nettokostnader"),
    (Concept::TaxRevenue, "tax-revenue", "Skatteintäkter"),
    (Concept::StateGrants, "state-grants", "Generella statsbidrag och utjämning"),
    (Concept::Equalisation, "equalisation", "Kommunalekonomisk utjämning"),
    (Concept::TaxesAndGrants, "taxes-and-grants", "Skatter och generella statsbidrag"),
    (Concept::OperatingResult, "operating-result", "Verksamhetens resultat"),
    (Concept::FinancialIncome, "financial-income", "Finansiella intäkter"),
    (Concept::FinancialCosts, "financial-costs", "Finansiella kostnader"),
    (Concept::FinancialNet, "financial-net", "Finansnetto"),
    (Concept::ResultAfterFinancial, "result-after-financial", "Resultat efter finansiella poster"),
    (Concept::Extraordinary, "extraordinary", "Extraordinära poster"),
    (Concept::ExtraordinaryIncome, "extraordinary-income", "Extraordinära intäkter"),
    (Concept::ExtraordinaryCosts, "extraordinary-costs", "Extraordinära kostnader"),
    (Concept::ItemsAffectingComparability, "items-affecting-comparability", "Jämförelsestörande poster"),
    (Concept::Appropriations, "appropriations", "Bokslutsdispositioner"),
    (Concept::Tax, "tax", "Skatt på årets resultat"),
    (Concept::MinorityInterest, "minority-interest", "Minoritetsintresse"),
    (Concept::Result, "result", "Årets resultat"),
    (Concept::CapitalGains, "capital-gains", "Avgår: realisationsvinster"),
    (Concept::AdjustedResult, "adjusted-result", "Årets resultat efter balanskravsjusteringar"),
    (Concept::ReserveTransfer, "reserve-transfer", "Reservering av medel till resultatutjämningsreserv"),
    (Concept::BalanceRequirementResult, "balance-requirement-result", "Balanskravsresultat"),
    (Concept::ContributionState, "contribution-state", "Driftbidrag från staten"),
    (Concept::ContributionInsuranceAgency, "contribution-insurance-agency", "Försäkringskassan"),
    (Concept::ContributionEmploymentService, "contribution-employment-service", "Arbetsförmedlingen"),
    (Concept::ContributionRegion, "contribution-region", "Driftbidrag från region"),
    (Concept::ContributionMunicipality, "contribution-municipality", "Driftbidrag från kommun"),
    (Concept::Cofinancing, "cofinancing", "Medfinansiering"),
    (Concept::OpeningEquityAsIncome, "opening-equity-as-income", "Överfört kapital"),
    (Concept::AvailableFunds, "available-funds", "Disponibla medel"),
    (Concept::PersonnelCosts, "personnel-costs", "Personalkostnader"),
    (Concept::OtherCosts, "other-costs", "Övriga kostnader"),
    (Concept::AdministrationCosts, "administration-costs", "Administration"),
    (Concept::ActivityCosts, "activity-costs", "Insatser"),
    (Concept::IndividualActivities, "individual-activities", "Individinriktade insatser"),
    (Concept::StructuralActivities, "structural-activities", "Strukturinriktade insatser"),
    (Concept::Assets, "assets", "Tillgångar"),
    (Concept::FixedAssets, "fixed-assets", "Summa anläggningstillgångar"),
    (Concept::IntangibleAssets, "intangible-assets", "Immateriella anläggningstillgångar"),
    (Concept::TangibleAssets, "tangible-assets", "Materiella anläggningstillgångar"),
    (Concept::LandAndBuildings, "land-and-buildings", "Mark, byggnader och tekniska anläggningar"),
    (Concept::FinancialAssets, "financial-assets", "Finansiella anläggningstillgångar"),
    (Concept::SharesHeld, "shares-held", "Aktier och andelar"),
    (Concept::LongTermReceivables, "long-term-receivables", "Långfristiga fordringar"),
    (Concept::InfrastructureGrant, "infrastructure-grant", "Bidrag till statlig infrastruktur"),
    (Concept::Inventories, "inventories", "Förråd m.m."),
    (Concept::Receivables, "receivables", "Kortfristiga fordringar"),
    (Concept::PrepaidExpenses, "prepaid-expenses", "Förutbetalda kostnader och upplupna intäkter"),
    (Concept::ShortTermInvestments, "short-term-investments", "Kortfristiga placeringar"),
    (Concept::CashAndBank, "cash-and-bank", "Kassa och bank"),
    (Concept::CurrentAssets, "current-assets", "Summa omsättningstillgångar"),
    (Concept::TotalAssets, "total-assets", "Summa tillgångar"),
    (Concept::Equity, "equity", "Summa eget kapital"),
    (Concept::RetainedEquity, "retained-equity", "Övrigt eget kapital"),
    (Concept::EqualisationReserve, "equalisation-reserve", "Resultatutjämningsreserv"),
    (Concept::ShareCapital, "share-capital", "Aktiekapital"),
    (Concept::Provisions, "provisions", "Summa avsättningar"),
    (Concept::PensionProvisions, "pension-provisions", "Avsättningar för pensioner"),
    (Concept::OtherProvisions, "other-provisions", "Andra avsättningar"),
    (Concept::DeferredTax, "deferred-tax", "Uppskjuten skatteskuld"),
    (Concept::Liabilities, "liabilities", "Summa skulder"),
    (Concept::LongTermLiabilities, "long-term-liabilities", "Långfristiga skulder"),
    (Concept::AccountsPayable, "accounts-payable", "Leverantörsskulder"),
    (Concept::AccruedExpenses, "accrued-expenses", "Upplupna kostnader och förutbetalda intäkter"),
    (Concept::OtherLiabilities, "other-liabilities", "Övriga skulder"),
    (Concept::CurrentLiabilities, "current-liabilities", "Summa kortfristiga skulder"),
    (Concept::TotalEquityAndLiabilities, "total-equity-and-liabilities", "Summa eget kapital, avsättningar och skulder"),
    (Concept::PledgedAssets, "pledged-assets", "Ställda panter"),
    (Concept::ContingentLiabilities, "contingent-liabilities", "Ansvarsförbindelser"),
    (Concept::NonCashItems, "non-cash-items", "Justering för ej likviditetspåverkande poster"),
    (Concept::BeforeWorkingCapital, "before-working-capital", "Medel från verksamheten före förändring av rörelsekapital"),
    (Concept::ChangeInReceivables, "change-in-receivables", "Ökning/minskning kortfristiga fordringar"),
    (Concept::ChangeInInventories, "change-in-inventories", "Ökning/minskning förråd och varulager"),
    (Concept::ChangeInLiabilities, "change-in-liabilities", "Ökning/minskning kortfristiga skulder"),
    (Concept::ChangeInWorkingCapital, "change-in-working-capital", "Förändring av rörelsekapital"),
    (Concept::OperatingCashFlow, "operating-cash-flow", "Kassaflöde från den löpande verksamheten"),
    (Concept::Investments, "investments", "Investering i anläggningstillgångar"),
    (Concept::InvestmentGrants, "investment-grants", "Investeringsbidrag"),
    (Concept::SalesOfAssets, "sales-of-assets", "Försäljning av anläggningstillgångar"),
    (Concept::InvestingCashFlow, "investing-cash-flow", "Kassaflöde från investeringsverksamheten"),
    (Concept::FreeCashFlow, "free-cash-flow", "Kassaflöde efter investeringar"),
    (Concept::Borrowing, "borrowing", "Nyupptagna lån"),
    (Concept::Repayment, "repayment", "Amortering av skuld"),
    (Concept::ChangeInLongTermReceivables, "change-in-long-term-receivables", "Ökning/minskning av långfristiga fordringar"),
    (Concept::FinancingCashFlow, "financing-cash-flow", "Kassaflöde från finansieringsverksamheten"),
    (Concept::InfrastructureCashFlow, "infrastructure-cash-flow", "Kassaflöde från utbetalning av bidrag till statlig infrastruktur"),
    (Concept::NetCashFlow, "net-cash-flow", "Årets kassaflöde"),
    (Concept::OpeningCash, "opening-cash", "Likvida medel vid årets början"),
    (Concept::CashDifference, "cash-difference", "Kursdifferens i likvida medel"),
    (Concept::ClosingCash, "closing-cash", "Likvida medel vid årets slut"),
    (Concept::CashControl, "cash-control", "Kontroll av årets kassaflöde"),
    (Concept::LiquidFunds, "liquid-funds", "Likvida medel"),
    (Concept::OpeningEquity, "opening-equity", "Ingående eget kapital"),
    (Concept::AccumulatedResult, "accumulated-result", "Resultat inklusive överfört från föregående år"),
    (Concept::EquityRatio, "equity-ratio", "Soliditet"),
    (Concept::Employees, "employees", "Antal anställda"),
];

impl Concept {
    /// The code of machine output: `operating-income`.
    pub fn code(self) -> &'static str {
        self.entry().1
    }

    pub fn swedish(self) -> &'static str {
        self.entry().2
    }

    pub const fn of_code(code: &str) -> Option<Concept> {
        let mut at = 0;
        while at < CONCEPTS.len() {
            if same(CONCEPTS[at].1, code) {
                return Some(CONCEPTS[at].0);
            }
            at += 1;
        }
        None
    }

    fn entry(self) -> &'static (Concept, &'static str, &'static str) {
        &CONCEPTS[self as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_in_the_order_of_the_enum() {
        for (i, &(concept, code, _)) in CONCEPTS.iter().enumerate() {
            assert_eq!(concept as usize, i);
            assert_eq!(Concept::of_code(code), Some(concept));
        }
    }
}
