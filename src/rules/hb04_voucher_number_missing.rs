use super::ledgers::{Fault, tell};
use super::{Observed, rule};
use crate::book::Book;
use crate::finding::{Role, Text};

rule! {
    /// A series of vouchers lacks a number.
    ///
    /// Vouchers are numbered in order so that it shows when one is missing. A gap is a voucher that was taken away or not
    /// exported, or a number that was never used.
    ///
    /// Not to mend: a file made to be imported holds a choice of vouchers and is not judged; nor is a series whose numbers lie far apart,
    /// where the number is something else than a running one.
    "HB04" "voucher-number-missing" Info, Observations(observe),
    "Det saknas nummer i en verifikationsserie.

Verifikationer numreras i följd så att det märks om någon saknas. En lucka är en verifikation som tagits bort eller inte exporterats, eller ett nummer som aldrig använts.

Ska inte rättas: en fil för inläsning innehåller ett urval av verifikationer och bedöms inte; inte heller en serie vars nummer ligger glest, där numret är något annat än ett löpnummer."
}

fn observe(book: &Book) -> Observed {
    let mut observed = Observed::default();
    for ledger in &book.ledgers {
        for series in &ledger.journal.series {
            let there: u64 = series.runs.iter().map(|(first, last)| last - first + 1).sum();
            let gaps = series.runs.windows(2).map(|pair| (pair[0].1 + 1, pair[1].0 - 1));
            let missing: u64 = gaps.clone().map(|(first, last)| last - first + 1).sum();
            if ledger.form.is_choice() || there < 2 || missing >= there {
                observed.untestable += 1;
                continue;
            }
            observed.tested += 1;
            if missing == 0 {
                continue;
            }
            let name = &series.name;
            let span = |(first, last): (u64, u64)| match first == last {
                true => first.to_string(),
                false => format!("{first}–{last}"),
            };
            let mut listed: Vec<String> = gaps.take(LISTED).map(span).collect();
            if series.runs.len() > LISTED + 1 {
                listed.push("…".into());
            }
            let listed = listed.join(", ");
            let message = Text::new(
                format!("Serie {name} saknar {missing} nummer: {listed}."),
                format!("Series {name} lacks {missing} of its numbers: {listed}."),
            );
            let fault = Fault::new(message.clone(), vec![(series.place, Role::Label)]);
            tell(&mut observed, &RULE, ledger, vec![fault], 1, |_| message.clone());
        }
    }
    observed
}

/// So many gaps are listed.
const LISTED: usize = 8;
