use super::ledgers::{Fault, shown, tell, year_name};
use super::{Observed, rule};
use crate::book::Book;
use crate::finding::Text;

rule! {
    /// The changes of the periods do not add up to the balances of the year.
    ///
    /// Opening balance + the changes of all periods = closing balance, and the changes of an account of the income statement are its
    /// result. Where it is not so, a period is missing from the file or was changed after the balances were taken.
    ///
    /// What to do: export the file again for the whole year.
    ///
    /// Changes of objects only, without the account's own, are not judged, nor is a file that says that it covers a part of the year.
    "HB10" "periods-do-not-follow" Warning, Observations(observe),
    "Periodernas förändringar summerar inte till årets saldon.

Ingående balans + alla perioders förändringar = utgående balans, och ett resultatkontos förändringar är dess resultat. Där det inte är så saknas en period i filen eller har ändrats efter att saldona togs.

Gör så här: exportera filen igen för hela året.

Enbart objekts förändringar, utan kontots egna, bedöms inte, och inte heller en fil som säger sig omfatta en del av året."
}

fn observe(book: &Book) -> Observed {
    let mut observed = Observed::default();
    for ledger in &book.ledgers {
        for year in &ledger.years {
            let partial = year.index == 0 && ledger.header.covers.is_some_and(|day| day < year.to);
            let Some(followed) = ledger.by_periods(year).filter(|_| !partial) else {
                observed.untestable += 1;
                continue;
            };
            let all = || followed.closings.iter().chain(&followed.results);
            observed.tested += all().count();
            let faults = all().filter(|found| !found.holds()).map(|found| {
                let (number, expected) = (&found.account.number, shown(found.expected));
                let (stated, off) = (shown(found.stated()), shown(found.stated() - found.expected));
                let message = Text::new(
                    format!("Konto {number}: periodernas förändringar ger {expected}, men årets saldo är {stated} (skillnad {off})."),
                    format!("Account {number}: the changes of the periods make {expected}, but the year's balance is {stated} (difference {off})."),
                );
                Fault::of(found, message)
            });
            let faults: Vec<Fault> = faults.collect();
            let (count, year) = (faults.len(), year_name(year));
            tell(&mut observed, &RULE, ledger, faults, count, |count| {
                Text::new(
                    format!("{count} kontons saldo {year} följer inte av periodernas förändringar."),
                    format!(
                        "The balances of {count} accounts in {year} do not follow from the changes of the periods."
                    ),
                )
            });
        }
    }
    observed
}
