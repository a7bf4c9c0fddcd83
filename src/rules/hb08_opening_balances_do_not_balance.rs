use super::ledgers::{Fault, shown, tell, year_name};
use super::{Observed, rule};
use crate::book::Book;
use crate::finding::{Role, Text};

rule! {
    /// The opening balances of a year do not sum to zero.
    ///
    /// Assets are debit, liabilities and equity credit, so opening balances sum to zero once the result of the year before is part of
    /// equity. Until it is carried forward the opening balances are out by that result, and some programs export them so.
    ///
    /// What to do: carry last year's result forward to equity. If the difference is another amount, an opening balance is missing.
    "HB08" "opening-balances-do-not-balance" Info, Observations(observe),
    "Årets ingående balanser summerar inte till noll.

Tillgångar är debet, skulder och eget kapital kredit, så ingående balanser summerar till noll när föregående års resultat är en del av eget kapital. Innan det har förts om är ingående balans i obalans med just det resultatet, och vissa program exporterar den så.

Gör så här: för om föregående års resultat till eget kapital. Är skillnaden ett annat belopp saknas någon ingående balans."
}

fn observe(book: &Book) -> Observed {
    let mut observed = Observed::default();
    for ledger in &book.ledgers {
        for year in &ledger.years {
            let Some(sum) = ledger.totals(year.index).opening else { continue };
            if !ledger.can_balance(sum) {
                observed.untestable += 1;
                continue;
            }
            observed.tested += 1;
            if sum.is_zero() {
                continue;
            }
            let (name, off) = (year_name(year), shown(sum));
            let result = ledger.totals(year.index - 1).result;
            let carried = result.is_some_and(|result| (result + sum).is_zero() || (result - sum).is_zero());
            let message = match carried {
                true => Text::new(
                    format!(
                        "Ingående balans {name} är obalanserad med {off}, som är föregående års resultat: det har inte förts om."
                    ),
                    format!(
                        "The opening balances of {name} are out by {off}, last year's result: it was not carried forward."
                    ),
                ),
                false => Text::new(
                    format!("Ingående balans {name} är obalanserad med {off}."),
                    format!("The opening balances of {name} are out by {off}."),
                ),
            };
            let mut fault = Fault::new(message.clone(), vec![(year.place, Role::Header)]);
            (fault.stated, fault.expected) = (Some(sum), Some(0.into()));
            tell(&mut observed, &RULE, ledger, vec![fault], 1, |_| message.clone());
        }
    }
    observed
}
