use super::ledgers::{Fault, tell, year_name};
use super::{Observed, rule};
use crate::book::Book;
use crate::finding::{Role, Text};

rule! {
    /// Two financial years of a ledger share days, or one ends before it begins.
    ///
    /// Every day belongs to one financial year. Where years overlap, it cannot be told which of them a voucher belongs to.
    ///
    /// What to do: correct the years in the settings of the bookkeeping program.
    "HB14" "years-overlap" Warning, Observations(observe),
    "Två räkenskapsår i huvudboken delar dagar, eller ett slutar innan det börjar.

Varje dag hör till ett räkenskapsår. Där åren överlappar går det inte att säga till vilket en verifikation hör.

Gör så här: rätta åren i bokföringsprogrammets inställningar."
}

fn observe(book: &Book) -> Observed {
    let mut observed = Observed::default();
    for ledger in &book.ledgers {
        observed.untestable += usize::from(ledger.years.is_empty());
        observed.tested += ledger.years.len();
        let mut faults = Vec::new();
        for (i, year) in ledger.years.iter().enumerate() {
            let name = year_name(year);
            if year.from > year.to {
                let message = Text::new(
                    format!("Räkenskapsåret {name} slutar innan det börjar."),
                    format!("The financial year {name} ends before it begins."),
                );
                faults.push(Fault::new(message, vec![(year.place, Role::Header)]));
            }
            let meets = ledger.years[i + 1..].iter().find(|other| year.from <= other.to && other.from <= year.to);
            if let Some(other) = meets {
                let other_name = year_name(other);
                let message = Text::new(
                    format!("Räkenskapsåren {name} och {other_name} delar dagar."),
                    format!("The financial years {name} and {other_name} share days."),
                );
                faults.push(Fault::new(message, vec![(year.place, Role::Header), (other.place, Role::Tie)]));
            }
        }
        let count = faults.len();
        tell(&mut observed, &RULE, ledger, faults, count, |count| {
            Text::new(format!("{count} räkenskapsår är orimliga."), format!("{count} financial years cannot be."))
        });
    }
    observed
}
