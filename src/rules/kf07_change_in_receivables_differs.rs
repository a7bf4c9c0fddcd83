use super::lookup::{leaves, ties};
use super::rule;
use crate::book::{Book, Spot};
use crate::relation::Relation;
use crate::statement::Kind;
use crate::words::Concept;

rule! {
    /// The change of receivables in the cash flow is not the change of receivables in the balance sheet.
    ///
    /// More receivables take cash, so the row is last year's receivables less this year's. Receivables are the current assets other than
    /// cash, short-term investments and stock.
    ///
    /// What to do: look at which year's balance has changed. When receivables of another kind (an investment sold, say) belong elsewhere in the
    /// cash flow, say so in a note.
    "KF07" "change-in-receivables-differs" Warning, Relations(relate),
    "Förändringen av fordringar i kassaflödet är inte förändringen av fordringar i balansräkningen.

Större fordringar tar likviditet, så raden är förra årets fordringar minus årets. Fordringar är omsättningstillgångar utom kassa, kortfristiga placeringar och förråd.

Gör så här: se vilket års balans som har ändrats. Om fordringar av annat slag (till exempel en såld anläggning) hör hemma på annan plats i kassaflödet, skriv det i en not."
}

fn relate(book: &Book) -> Vec<Relation> {
    ties(book, &RULE, Kind::CashFlow, Concept::ChangeInReceivables, |own, period, measure| {
        let total = |period| {
            let find = |concept| book.find(own, Kind::BalanceSheet, concept, period, measure);
            find(Concept::CurrentAssets).or_else(|| find(Concept::TotalAssets))
        };
        let (now, before) = (total(period)?, total(period.before())?);
        let statement = &book.statements[now.statement];
        if now.statement != before.statement {
            return None;
        }
        let apart = [
            Concept::CashAndBank,
            Concept::ShortTermInvestments,
            Concept::Inventories,
            Concept::FixedAssets,
            Concept::IntangibleAssets,
            Concept::TangibleAssets,
            Concept::FinancialAssets,
            Concept::InfrastructureGrant,
        ];
        // Without a total of current assets, a line that is not known may be one of fixed assets; without parts,
        // the total says nothing of receivables.
        let parts = leaves(statement, now.line);
        if parts == [now.line] {
            return None;
        }
        let is_current = statement.lines()[now.line].concept.is_some_and(|c| c.concept == Concept::CurrentAssets);
        if !is_current && parts.iter().any(|line| statement.lines()[*line].concept.is_none()) {
            return None;
        }
        let is_receivable =
            |line: &usize| !statement.lines()[*line].concept.is_some_and(|c| apart.contains(&c.concept));
        let receivables: Vec<usize> = parts.into_iter().filter(is_receivable).collect();
        let at = |line: usize, column: usize| Spot { statement: now.statement, line, column };
        let old = receivables.iter().map(|&line| (at(line, before.column), 1));
        let new = receivables.iter().map(|&line| (at(line, now.column), -1));
        Some(old.chain(new).collect())
    })
}
