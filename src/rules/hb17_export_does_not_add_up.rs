use super::books::{Tie, plans, ties};
use super::crossing::{Crossing, crossings};
use super::ledgers::{Fault, TOLD, shown, tell, total_of};
use super::{Observed, rule};
use crate::book::Book;
use crate::finding::{Role, Text};
use crate::grid::At;
use crate::ledger::{Figure, Ledger, Stated};
use crate::money::{Closeness, Interval, Money};

rule! {
    /// A balance or a total of an exported ledger does not follow from its own figures.
    ///
    /// In a list of accounts opening balance and change make the closing balance of every row, and the accounts of a group make its total. A
    /// figure whose row and group are off by the same amount is wrong itself, and what it should be follows.
    ///
    /// What to do: export the list again. Where a figure was changed in the sheet, put back what the bookkeeping has.
    ///
    /// Rows and totals whose makeup the figures do not show are not judged.
    "HB17" "export-does-not-add-up" Error, Observations(observe),
    "Ett saldo eller en summa i en exporterad lista följer inte av listans egna belopp.

I en kontolista ger ingående balans och förändring den utgående balansen på varje rad, och kontona i en grupp ger gruppens summa. Ett belopp vars rad och grupp skiljer sig med samma belopp är självt fel, och vad det borde vara följer.

Gör så här: exportera listan igen. Om ett belopp har ändrats i arket, skriv tillbaka det som bokföringen har.

Rader och summor vars sammansättning inte framgår av beloppen bedöms inte."
}

fn observe(book: &Book) -> Observed {
    let mut observed = Observed::default();
    for ledger in book.ledgers.iter().filter(|ledger| ledger.form == crate::ledger::Form::Export) {
        observed.tested += ledger.stated.len();
        observed.untestable += usize::from(ledger.stated.is_empty());
        let told_of_vouchers: Vec<&Stated> =
            ledger.journal.unbalanced_first.iter().filter_map(|voucher| total_of(ledger, voucher)).collect();
        let is_told = |stated: &&Stated| told_of_vouchers.iter().any(|told| std::ptr::eq(*told, *stated));
        let broken = ledger.stated.iter().filter(|stated| !stated.holds() && !is_told(stated)).collect();
        let (found, rest) = crossings(ledger, broken);
        let count = found.len() + rest.len();
        let ties = Ties::of(book, ledger);
        // What is not told one by one is only counted.
        let slips = found.iter().take(TOLD).map(|crossing| slip(book, &ties, crossing));
        let faults = slips.chain(rest.into_iter().take(TOLD).map(alone)).collect();
        tell(&mut observed, &RULE, ledger, faults, count, |count| {
            Text::new(
                format!("{count} saldon eller summor följer inte av listans belopp."),
                format!("{count} balances or totals do not follow from the figures of the list."),
            )
        });
    }
    observed
}

/// A figure that is wrong, and what else says so.
fn slip(book: &Book, ties: &Ties, crossing: &Crossing) -> Fault {
    let Crossing { figure, mended, told } = crossing;
    let right = figure.value + *mended;
    let (is, should) = (shown(figure.value), shown(right));
    let names: Vec<&str> = told.iter().map(|stated| stated.label.as_str()).collect();
    let by = names.join(", ");
    let (mut swedish, mut english) = (String::new(), String::new());
    let mut cells = vec![(figure.place, Role::Total)];
    let others = told.iter().flat_map(|stated| stated.figures()).filter(|other| other.place != figure.place);
    cells.extend(others.take(12).map(|other| (other.place, Role::Term)));
    let mut ties_to = Vec::new();
    if let Some((label, at)) = ties.confirmed(book, *figure, *mended) {
        swedish = format!(" {label} i räkningen säger detsamma.");
        english = format!(" {label} of the statement says the same.");
        ties_to.push((at, Role::Tie));
    }
    let message = Text::new(
        format!("Beloppet {is} borde vara {should}: det följer av {by}.{swedish}"),
        format!("The figure {is} should be {should}: that follows from {by}.{english}"),
    );
    let mut fault = Fault::new(message, cells);
    (fault.stated, fault.expected, fault.suspect, fault.elsewhere) = (Some(figure.value), Some(right), true, ties_to);
    fault
}

/// The lines of the statements that the accounts of a list come to.
struct Ties<'a> {
    all: Vec<Tie<'a>>,
}

impl<'a> Ties<'a> {
    fn of(book: &'a Book, ledger: &'a Ledger) -> Ties<'a> {
        let plan = plans(book).find(|(other, _)| other.grid == ledger.grid).and_then(|(_, plan)| plan);
        let of = |plan| (0..book.statements.len()).flat_map(move |statement| ties(book, ledger, plan, statement));
        Ties { all: plan.map_or_else(Vec::new, |(plan, _)| of(plan).collect()) }
    }

    /// The line that the account comes to once its figure is mended.
    fn confirmed(&self, book: &Book, figure: Figure, mended: Money) -> Option<(String, At)> {
        self.all.iter().find_map(|tie| {
            let (_, own) = tie.accounts.iter().find(|(_, own)| own.place == figure.place)?;
            // Figures may be written with the other sign than the ledger's.
            let turned = if own.value == figure.value { Money::ONE } else { -Money::ONE };
            let booked = tie.booked + Money::from(i64::from(tie.sign)) * turned * mended;
            let agrees = book.interval(tie.spot)?.closeness(Interval::exact(booked)) != Closeness::Off;
            agrees.then(|| (book.label(tie.spot).trim().to_owned(), book.at(tie.spot)))
        })
    }
}

/// An equation that does not hold, without a sign of which figure is wrong.
fn alone(stated: &Stated) -> Fault {
    let (is, should, by) = (shown(stated.result.value), shown(stated.expected()), shown(stated.difference()));
    let label = &stated.label;
    let (rows, rows_en) = match stated.terms.len() {
        1 => ("raden".to_string(), "row above makes".to_string()),
        count => (format!("de {count} raderna"), format!("{count} rows above make")),
    };
    let message = match stated.of {
        crate::ledger::Of::Row => Text::new(
            format!("{label}: utgående är {is}, men raden ger {should} (skillnad {by})."),
            format!("{label}: closing is {is}, but the row makes {should} (difference {by})."),
        ),
        crate::ledger::Of::Group => Text::new(
            format!("{label} är {is}, men {rows} ovanför ger {should} (skillnad {by})."),
            format!("{label} is {is}, but the {rows_en} {should} (difference {by})."),
        ),
    };
    let mut cells = vec![(stated.result.place, Role::Total)];
    cells.extend(stated.terms.iter().take(12).map(|(figure, _)| (figure.place, Role::Term)));
    let mut fault = Fault::new(message, cells);
    (fault.stated, fault.expected) = (Some(stated.result.value), Some(stated.expected()));
    fault
}
