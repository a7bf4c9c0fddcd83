use super::ledgers::{Fault, shown, tell, year_name};
use super::{Observed, rule};
use crate::book::Book;
use crate::finding::{Severity, Text};
use crate::ledger::Expected;
use crate::money::Money;

rule! {
    /// An account's opening balance is not its closing balance of the year before.
    ///
    /// Opening balances are last year's closing balances. A difference is a year that was changed after the next
    /// was opened, or an opening balance entered by hand.
    ///
    /// What to do: carry the balances forward again in the bookkeeping program. If the closing balance is the wrong one, last year was
    /// changed after it was closed.
    ///
    /// Where the differences cancel out (last year's result moved within equity, tax accounts settled) they are reported as info.
    "HB09" "opening-balance-differs" Warning, Observations(observe),
    "Ett kontos ingående balans är inte föregående års utgående balans.

Ingående balanser är föregående års utgående. En skillnad är ett år som ändrats efter att nästa öppnats, eller en ingående balans som lagts in för hand.

Gör så här: överför saldona igen i bokföringsprogrammet. Är det den utgående balansen som är fel har föregående år ändrats efter att det stängts.

Där skillnaderna tar ut varandra (föregående års resultat förs om inom eget kapital, skattekonton regleras) rapporteras de som upplysning."
}

fn observe(book: &Book) -> Observed {
    let mut observed = Observed::default();
    for ledger in &book.ledgers {
        let tested: Vec<_> = ledger.years.iter().map(|year| (year, ledger.carried_forward(year.index))).collect();
        observed.untestable += usize::from(tested.iter().all(|(_, carried)| carried.is_empty()));
        for (year, carried) in tested {
            observed.tested += carried.len();
            let broken: Vec<&Expected> = carried.iter().filter(|found| !found.holds()).collect();
            let off: Money = broken.iter().map(|found| found.stated() - found.expected).sum();
            let fault = |found: &&Expected| {
                let (number, stated) = (&found.account.number, shown(found.stated()));
                let (expected, off) = (shown(found.expected), shown(found.stated() - found.expected));
                let message = Text::new(
                    format!(
                        "Konto {number}: ingående balans {stated}, men utgående balans året före {expected} (skillnad {off})."
                    ),
                    format!(
                        "Account {number}: opening balance {stated}, but closing balance the year before {expected} (difference {off})."
                    ),
                );
                Fault::of(found, message)
            };
            let faults: Vec<Fault> = broken.iter().map(fault).collect();
            let (count, year, first) = (faults.len(), year_name(year), observed.findings.len());
            tell(&mut observed, &RULE, ledger, faults, count, |count| {
                let off = shown(off);
                Text::new(
                    format!(
                        "{count} kontons ingående balans {year} skiljer sig från utgående balans året före, sammanlagt {off}."
                    ),
                    format!(
                        "The opening balances of {count} accounts in {year} differ from last year's closing balances, by {off} in all."
                    ),
                )
            });
            if off.is_zero() {
                observed.findings[first..].iter_mut().for_each(|finding| finding.severity = Severity::Info);
            }
        }
    }
    observed
}
