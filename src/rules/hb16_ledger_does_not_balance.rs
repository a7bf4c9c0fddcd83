use super::ledgers::{Fault, shown, tell, year_name};
use super::{Observed, rule};
use crate::book::Book;
use crate::finding::{Role, Text};
use crate::money::Money;

rule! {
    /// Closing balances and results of a year do not sum to its opening balances.
    ///
    /// Every voucher moves as much debit as credit, so the sum of all accounts never changes: closing balances + results = opening
    /// balances, and all three are zero in books that balance. Where it is not so, an account is missing from the file or its balance is
    /// wrong.
    ///
    /// What to do: compare the file with the trial balance in the program, and export it again with all accounts.
    "HB16" "ledger-does-not-balance" Warning, Observations(observe),
    "Årets utgående balanser och resultat summerar inte till de ingående balanserna.

Varje verifikation flyttar lika mycket debet som kredit, så summan av alla konton ändras aldrig: utgående balanser + resultat = ingående balanser, och alla tre är noll i en bokföring som balanserar. Där det inte är så saknas ett konto i filen eller är dess saldo fel.

Gör så här: jämför filen med saldobalansen i programmet och exportera den igen med alla konton."
}

fn observe(book: &Book) -> Observed {
    let mut observed = Observed::default();
    for ledger in &book.ledgers {
        for year in &ledger.years {
            let totals = ledger.totals(year.index);
            let (Some(closing), Some(result)) = (totals.closing, totals.result) else {
                observed.untestable += 1;
                continue;
            };
            // Where a voucher or an account is known to be wrong, that is told, and this follows from it.
            let broken = ledger.by_vouchers(year).is_some_and(|followed| followed.any_broken());
            if broken || (year.index == 0 && ledger.journal.unbalanced > 0) {
                observed.untestable += 1;
                continue;
            }
            let opening = totals.opening.unwrap_or(Money::ZERO);
            if !ledger.can_balance(closing + result - opening) {
                observed.untestable += 1;
                continue;
            }
            // Without a single opening balance the file does not tell them, and they may have been out.
            observed.tested += 1;
            let sum = closing + result;
            if sum == opening || (totals.opening.is_none() && sum.is_zero()) {
                continue;
            }
            let (name, off) = (year_name(year), shown(sum - opening));
            let message = Text::new(
                format!("Saldobalansen {name} är i obalans med {off}."),
                format!("The trial balance of {name} is out by {off}."),
            );
            let mut fault = Fault::new(message.clone(), vec![(year.place, Role::Header)]);
            (fault.stated, fault.expected) = (Some(sum), Some(opening));
            tell(&mut observed, &RULE, ledger, vec![fault], 1, |_| message.clone());
        }
    }
    observed
}
