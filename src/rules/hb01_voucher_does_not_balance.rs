use super::ledgers::{Fault, explained_by, shown, tell, total_of, voucher_name};
use super::{Observed, rule};
use crate::book::Book;
use crate::finding::{Role, Text};
use crate::ledger::{Expected, Ledger, Place, Voucher};

rule! {
    /// The rows of a voucher do not sum to zero.
    ///
    /// Debit and credit of every voucher must be equal; one that is not puts the whole ledger out of balance. Rows that were struck or
    /// added afterwards count as the format has it: what is struck counts for nothing, what is added counts once.
    ///
    /// What to do: correct the voucher in the bookkeeping program by a new voucher, and export the file again. If it balances there, the
    /// export has left a row out.
    ///
    /// A voucher with a row whose amount cannot be read is not judged.
    "HB01" "voucher-does-not-balance" Error, Observations(observe),
    "Raderna i en verifikation summerar inte till noll.

Debet och kredit ska vara lika i varje verifikation; annars är hela bokföringen i obalans. Rader som strukits eller lagts till i efterhand räknas som formatet säger: det strukna räknas inte, det tillagda en gång.

Gör så här: rätta verifikationen i bokföringsprogrammet med en ny verifikation och exportera filen igen. Balanserar den där har exporten tappat en rad.

En verifikation med en rad vars belopp inte går att läsa bedöms inte."
}

/// So many cells of a total are shown.
const CELLS: usize = 12;

fn observe(book: &Book) -> Observed {
    let mut observed = Observed::default();
    for ledger in &book.ledgers {
        let journal = &ledger.journal;
        observed.tested += journal.vouchers as usize;
        let faults = journal.unbalanced_first.iter().map(|voucher| {
            let (name, sum) = (voucher_name(voucher), shown(voucher.sum));
            let (rows, rows_en) = match voucher.rows {
                1 => ("en rad".to_string(), "one row sums".to_string()),
                rows => (format!("{rows} rader"), format!("{rows} rows sum")),
            };
            let date = voucher.date.map(|date| format!(" {date}")).unwrap_or_default();
            let (why, why_en, cells) = pointed_out(ledger, voucher);
            let message = Text::new(
                format!("Verifikation {name}{date} balanserar inte: {rows} summerar till {sum}.{why}"),
                format!("Voucher {name}{date} does not balance: {rows_en} to {sum}.{why_en}"),
            );
            let mut fault = Fault::new(message, vec![(voucher.place, Role::Total)]);
            fault.cells.extend(cells);
            (fault.stated, fault.expected) = (Some(voucher.sum), Some(0.into()));
            fault
        });
        let count = journal.unbalanced as usize;
        tell(&mut observed, &RULE, ledger, faults.collect(), count, |count| {
            Text::new(format!("{count} verifikationer balanserar inte."), format!("{count} vouchers do not balance."))
        });
    }
    observed
}

/// What else shows which row of the voucher is wrong: the balances that are off by as much, or the
/// voucher's own total in a list.
fn pointed_out(ledger: &Ledger, voucher: &Voucher) -> (String, String, Vec<(Place, Role)>) {
    let followed: Vec<_> = ledger.years.iter().filter_map(|year| ledger.by_vouchers(year)).collect();
    let all = followed.iter().flat_map(|followed| followed.closings.iter().chain(&followed.results));
    let off: Vec<&Expected> =
        all.filter(|found| !found.holds() && explained_by(ledger, found).is_some_and(|own| own == voucher)).collect();
    if !off.is_empty() {
        let numbers = off.iter().map(|found| found.account.number.as_str()).collect::<Vec<_>>().join(", ");
        let (by, is_debit) = (shown(voucher.sum.abs()), !voucher.sum.is_negative());
        let (sv, en) = if is_debit { ("lägre", "lower") } else { ("högre", "higher") };
        let cells = off.iter().filter_map(|found| found.stated).map(|figure| (figure.place, Role::Tie)).collect();
        return (
            format!(
                " Saldot på konto {numbers} avviker lika mycket från sina verifikationer: raden där bör vara {by} {sv}."
            ),
            format!(
                " The balance of account {numbers} is as much off from its vouchers: the row there should be {by} {en}."
            ),
            cells,
        );
    }
    let Some(total) = total_of(ledger, voucher) else { return Default::default() };
    let (stated, sum) = (shown(total.result.value), shown(total.expected()));
    let terms = total.terms.iter().map(|(figure, _)| figure.place).take(CELLS);
    let cells = std::iter::once(total.result.place).chain(terms);
    (
        format!(" Summan är angiven till {stated}, men raderna ger {sum}."),
        format!(" The total is given as {stated}, but the rows make {sum}."),
        cells.map(|place| (place, Role::Term)).collect(),
    )
}
