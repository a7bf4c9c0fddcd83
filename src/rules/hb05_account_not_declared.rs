use super::ledgers::{Fault, tell};
use super::{Observed, rule};
use crate::book::Book;
use crate::finding::{Role, Text};

rule! {
    /// An account is used that the chart of accounts does not have.
    ///
    /// Every account with an amount is to be declared, or nobody knows what it is: the amount falls outside every sum of a statement. Most
    /// often the number is mistyped.
    ///
    /// What to do: look at the number. If it is right, declare the account and export the file again.
    ///
    /// A file made to be imported need not declare its accounts and is not judged.
    "HB05" "account-not-declared" Warning, Observations(observe),
    "Ett konto används som inte finns i kontoplanen.

Varje konto med belopp ska finnas i kontoplanen, annars vet ingen vad det är: beloppet hamnar utanför alla summor i räkningarna. Oftast är numret felskrivet.

Gör så här: se på numret. Om det är rätt, lägg upp kontot och exportera filen igen.

En fil för inläsning behöver inte ange sina konton och bedöms inte."
}

fn observe(book: &Book) -> Observed {
    let mut observed = Observed::default();
    for ledger in &book.ledgers {
        let declared = ledger.accounts.iter().any(|account| account.declared.is_some());
        if !declared || ledger.form.is_choice() {
            observed.untestable += 1;
            continue;
        }
        let used = ledger.accounts.iter().filter_map(|account| account.used.map(|place| (account, place)));
        observed.tested += used.clone().count();
        let faults = used.filter(|(account, _)| account.declared.is_none()).map(|(account, place)| {
            let number = &account.number;
            let message = match number.is_empty() {
                true => Text::new("Ett belopp saknar kontonummer.", "An amount has no account."),
                false => Text::new(
                    format!("Konto {number} används men finns inte i kontoplanen."),
                    format!("Account {number} is used but not in the chart of accounts."),
                ),
            };
            Fault::new(message, vec![(place, Role::Label)])
        });
        let faults: Vec<Fault> = faults.collect();
        let count = faults.len();
        tell(&mut observed, &RULE, ledger, faults, count, |count| {
            Text::new(
                format!("{count} konton används men finns inte i kontoplanen."),
                format!("{count} accounts are used but not in the chart of accounts."),
            )
        });
    }
    observed
}
