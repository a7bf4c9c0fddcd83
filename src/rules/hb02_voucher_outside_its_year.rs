use super::ledgers::{Fault, tell, year_name};
use super::{Observed, rule};
use crate::book::Book;
use crate::finding::{Role, Text};

rule! {
    /// A voucher is dated in none of the years that its ledger tells.
    ///
    /// The vouchers of a file belong to its financial year. One with another date is entered with the wrong year, or belongs to another
    /// file; either way its amounts are in the balances of the wrong year or of none.
    ///
    /// What to do: look at the date of the voucher. If it is right, move the voucher to its year.
    "HB02" "voucher-outside-its-year" Warning, Observations(observe),
    "En verifikation är daterad utanför de räkenskapsår som huvudboken anger.

Filens verifikationer hör till dess räkenskapsår. En med annat datum har fått fel årtal eller hör till en annan fil; då ligger beloppen i fel års saldon eller inte i några.

Gör så här: se på verifikationens datum. Om det är rätt, flytta verifikationen till sitt år."
}

fn observe(book: &Book) -> Observed {
    let mut observed = Observed::default();
    for ledger in &book.ledgers {
        let journal = &ledger.journal;
        if ledger.years.is_empty() {
            observed.untestable += usize::from(ledger.has_vouchers());
            continue;
        }
        observed.tested += (journal.vouchers - journal.undated) as usize;
        let outside = || journal.days.iter().filter(|day| !ledger.years.iter().any(|year| year.holds(day.date)));
        let years = ledger.years.iter().map(year_name).collect::<Vec<_>>().join(", ");
        let (year_sv, year_en) = match ledger.years.len() {
            1 => ("räkenskapsåret", "the financial year"),
            _ => ("räkenskapsåren", "the financial years"),
        };
        let faults = outside().map(|day| {
            let (date, count) = (day.date, day.vouchers);
            let message = match count {
                1 => Text::new(
                    format!("En verifikation är daterad {date}, utanför {year_sv} {years}."),
                    format!("One voucher is dated {date}, outside {year_en} {years}."),
                ),
                _ => Text::new(
                    format!("{count} verifikationer är daterade {date}, utanför {year_sv} {years}."),
                    format!("{count} vouchers are dated {date}, outside {year_en} {years}."),
                ),
            };
            Fault::new(message, vec![(day.place, Role::Label)])
        });
        let faults: Vec<Fault> = faults.collect();
        let count = faults.len();
        let vouchers: u32 = outside().map(|day| day.vouchers).sum();
        observed.untold += (vouchers as usize).saturating_sub(count);
        tell(&mut observed, &RULE, ledger, faults, count, |days| {
            Text::new(
                format!("{vouchers} verifikationer på {days} dagar är daterade utanför {year_sv} {years}."),
                format!("{vouchers} vouchers of {days} days are dated outside {year_en} {years}."),
            )
        });
    }
    observed
}
