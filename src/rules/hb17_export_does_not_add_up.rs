use super::books::{plans, ties};
use super::ledgers::{Fault, shown, tell, total_of};
use super::{Observed, rule};
use crate::book::Book;
use crate::finding::{Role, Text};
use crate::ledger::{Figure, Ledger, Place, Stated};
use crate::money::{Interval, Money};

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
        let vouchers = &ledger.journal.unbalanced_first;
        let is_told = |stated: &&Stated| vouchers.iter().any(|v| total_of(ledger, v).is_some_and(|own| own == *stated));
        let broken = ledger.stated.iter().filter(|stated| !stated.holds());
        let mut broken: Vec<&Stated> = broken.filter(|stated| !is_told(stated)).collect();
        let mut faults = Vec::new();
        while let Some((figure, mended)) = crossing(ledger, &broken) {
            let (told, rest) = broken.into_iter().partition(|stated| stated.mended_by(figure.place) == Some(mended));
            broken = rest;
            faults.push(slip(book, ledger, figure, mended, &told));
        }
        faults.extend(broken.into_iter().map(alone));
        let count = faults.len();
        tell(&mut observed, &RULE, ledger, faults, count, |count| {
            Text::new(
                format!("{count} saldon eller summor följer inte av listans belopp."),
                format!("{count} balances or totals do not follow from the figures of the list."),
            )
        });
    }
    observed
}

/// The figure that, changed by an amount, mends most of what is broken and breaks nothing that holds; of broken
/// equations at least two, or one whose other figures all stand in one that holds.
fn crossing(ledger: &Ledger, broken: &[&Stated]) -> Option<(Figure, Money)> {
    let held = |place: Place| {
        let holding = ledger.stated.iter().filter(|stated| stated.holds());
        holding.flat_map(Stated::figures).any(|figure| figure.place == place)
    };
    let mut best: Option<(usize, Figure, Money)> = None;
    for stated in broken {
        for figure in stated.figures() {
            let Some(mended) = stated.mended_by(figure.place) else { continue };
            let count = broken.iter().filter(|other| other.mended_by(figure.place) == Some(mended)).count();
            if count > best.map_or(0, |(most, ..)| most) && !held(figure.place) {
                best = Some((count, figure, mended));
            }
        }
    }
    let (count, figure, mended) = best?;
    let certain = count > 1 || {
        let own = broken.iter().find(|stated| stated.mended_by(figure.place) == Some(mended))?;
        own.figures().filter(|figure| !held(figure.place)).count() == 1
    };
    certain.then_some((figure, mended))
}

/// A figure that is wrong, and what else says so.
fn slip(book: &Book, ledger: &Ledger, figure: Figure, mended: Money, told: &[&Stated]) -> Fault {
    let right = figure.value + mended;
    let (is, should) = (shown(figure.value), shown(right));
    let names: Vec<&str> = told.iter().map(|stated| stated.label.as_str()).collect();
    let by = names.join(", ");
    let (mut swedish, mut english) = (String::new(), String::new());
    let mut cells = vec![(figure.place, Role::Total)];
    let others = told.iter().flat_map(|stated| stated.figures()).filter(|other| other.place != figure.place);
    cells.extend(others.take(12).map(|other| (other.place, Role::Term)));
    let mut ties_to = Vec::new();
    if let Some((label, at)) = confirmed(book, ledger, figure, mended) {
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

/// The line of a statement that the account comes to once its figure is mended.
fn confirmed(book: &Book, ledger: &Ledger, figure: Figure, mended: Money) -> Option<(String, crate::grid::At)> {
    let (_, plan) = plans(book).find(|(other, _)| other.grid == ledger.grid)?;
    let (plan, _) = plan?;
    for statement in 0..book.statements.len() {
        for tie in ties(book, ledger, plan, statement) {
            let Some((_, own)) = tie.accounts.iter().find(|(_, own)| own.place == figure.place) else { continue };
            // Figures may be written with the other sign than the ledger's.
            let turned = if own.value == figure.value { Money::ONE } else { -Money::ONE };
            let booked = tie.booked + Money::from(i64::from(tie.sign)) * turned * mended;
            let stated = book.interval(tie.spot)?;
            if stated.closeness(Interval::exact(booked)) != crate::money::Closeness::Off {
                return Some((book.label(tie.spot).trim().to_owned(), book.at(tie.spot)));
            }
        }
    }
    None
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
