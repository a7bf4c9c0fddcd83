use std::collections::HashMap;

use super::ledgers::{Fault, tell};
use super::{Observed, rule};
use crate::book::Book;
use crate::finding::{Role, Text};
use crate::ledger::{Ledger, Place, RowKind};
use crate::money::Money;
use crate::period::Date;

rule! {
    /// Two vouchers of a series have the same number.
    ///
    /// The number is what ties an entry to its document. A number that is used twice is most often a voucher that was
    /// exported twice, and then its amounts count twice.
    ///
    /// What to do: compare the two vouchers. If they are the same, leave one out; else give one of them a number of its own.
    "HB03" "voucher-number-used-twice" Warning, Observations(observe),
    "Två verifikationer i en serie har samma nummer.

Numret knyter posten till sitt underlag. Ett nummer som används två gånger är oftast en verifikation som exporterats två gånger, och då räknas beloppen dubbelt.

Gör så här: jämför de två verifikationerna. Är de lika, ta bort den ena; annars ge den ena ett eget nummer."
}

fn observe(book: &Book) -> Observed {
    let mut observed = Observed::default();
    for ledger in &book.ledgers {
        let uses = uses(book, ledger);
        for series in &ledger.journal.series {
            let numbered = series.vouchers - series.unnumbered;
            observed.tested += numbered as usize;
            observed.untestable += usize::from(numbered == 0);
            let name = &series.name;
            let faults = series.repeated_first.iter().map(|(number, place)| {
                let own = uses.get(&(name.clone(), *number)).map_or(&[][..], Vec::as_slice);
                let first = own.first().filter(|first| first.place != *place);
                let second = own.iter().find(|used| used.place == *place);
                let (mut swedish, mut english) = (String::new(), String::new());
                if let (Some(first), Some(second)) = (first, second) {
                    (swedish, english) = compared(first, second);
                }
                let message = Text::new(
                    format!("Numret {number} i serie {name} används igen{swedish}."),
                    format!("The number {number} of series {name} is used again{english}."),
                );
                let mut fault = Fault::new(message, vec![(*place, Role::Label)]);
                fault.cells.extend(first.map(|first| (first.place, Role::Term)));
                fault
            });
            let count = series.repeated as usize;
            tell(&mut observed, &RULE, ledger, faults.collect(), count, |count| {
                Text::new(
                    format!("{count} nummer i serie {name} används igen."),
                    format!("{count} numbers of series {name} are used again."),
                )
            });
        }
    }
    observed
}

/// One use of a number.
struct Use {
    place: Place,
    date: Option<Date>,
    rows: Vec<(String, Money)>,
}

/// Every use of the numbers that are used again, in the order of the file.
fn uses(book: &Book, ledger: &Ledger) -> HashMap<(String, u64), Vec<Use>> {
    let again = ledger.journal.series.iter().flat_map(|series| {
        series.repeated_first.iter().map(|(number, _)| ((series.name.clone(), *number), Vec::new()))
    });
    let mut uses: HashMap<(String, u64), Vec<Use>> = again.collect();
    if uses.is_empty() {
        return uses;
    }
    book.transactions(ledger, &mut |voucher, rows| {
        let Ok(number) = voucher.number.parse() else { return };
        if let Some(found) = uses.get_mut(&(voucher.series.clone(), number)) {
            let rows = rows.iter().filter(|row| row.kind == RowKind::Counts);
            let rows = rows.map(|row| (row.account.clone(), row.amount)).collect();
            found.push(Use { place: voucher.place, date: voucher.date, rows });
        }
    });
    uses
}

/// Where the number was used first, and whether the two are the same voucher.
fn compared(first: &Use, second: &Use) -> (String, String) {
    let day = |used: &Use| used.date.map_or_else(String::new, |date| format!(" ({date})"));
    let (one, other, line) = (day(first), day(second), first.place.row + 1);
    let (swedish, english) = match first.rows == second.rows {
        true => (
            ": raderna är desamma, så den räknas troligen dubbelt",
            ": the rows are the same, so it probably counts twice",
        ),
        false => (": raderna är olika", ": the rows differ"),
    };
    (format!("{other}, först på rad {line}{one}{swedish}"), format!("{other}, first in line {line}{one}{english}"))
}
