use super::lookup::{result_concept, sums};
use super::rule;
use crate::book::Book;
use crate::relation::Relation;
use crate::statement::Kind;
use crate::words::Concept;

rule! {
    /// Verksamhetens resultat (or nettokostnad) is not what the lines above it give.
    ///
    /// The income statement is a running sum (LKBR 5 kap. 2 §): income of the activities, less their costs and depreciation. In a
    /// samordningsförbund the member contributions are that income, so the first result often comes right after the costs. Costs may be
    /// written as positive or as negative figures; which of them is found from the table itself.
    ///
    /// What to do: compare each line with its note and with the ledger. A small difference that both notes agree on is often interest
    /// or an öresutjämning that was booked but stands on no line.
    "RR01" "operating-result-does-not-follow" Error, Relations(relate),
    "Verksamhetens resultat (eller nettokostnad) är inte vad raderna ovanför ger.

Resultaträkningen är en löpande summa (LKBR 5 kap. 2 §): verksamhetens intäkter minus kostnader och avskrivningar. I ett samordningsförbund är medlemmarnas bidrag intäkten. Kostnader kan vara skrivna som positiva eller negativa tal; vilket det är läses ur tabellen.

Gör så här: stäm av varje rad mot sin not och mot bokföringen. En liten differens trots att båda noterna stämmer är ofta en ränta eller öresutjämning som är bokförd men inte står på någon rad."
}

fn relate(book: &Book) -> Vec<Relation> {
    sums(book, &RULE, Kind::IncomeStatement, |statement, sum| {
        matches!(result_concept(statement, sum), Some(Concept::NetCosts | Concept::OperatingResult))
    })
}
