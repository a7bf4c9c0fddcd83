use super::books::{Tie, plans, ties};
use super::crossing::{Crossing, crossings};
use super::ledgers::{Fault, TOLD, shown, tell, total_of};
use super::{Observed, rule};
use crate::book::Book;
use crate::finding::{Language, Role, Text};
use crate::grid::At;
use crate::ledger::{Figure, Ledger, Of, Stated};
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
        let broken = ledger.stated.iter().filter(|stated| !stated.holds() && !is_told(stated));
        let (lacking, broken): (Vec<&Stated>, Vec<&Stated>) = broken.partition(|stated| stated.of == Of::Lacking);
        let lacking: Vec<&[&Stated]> =
            lacking.chunk_by(|one, other| one.result.place.row == other.result.place.row).collect();
        let (found, rest) = crossings(ledger, broken);
        let rest = nested(rest);
        let count = found.len() + rest.len() + lacking.len();
        let ties = Ties::of(book, ledger);
        // What is not told one by one is only counted.
        let slips = found.iter().take(TOLD).map(|crossing| slip(book, &ties, crossing));
        let rest = rest.iter().take(TOLD).map(|(stated, over)| alone(stated, over));
        let faults = slips.chain(rest).chain(lacking.iter().take(TOLD).map(|columns| without_row(columns))).collect();
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

/// So many of the last groups are looked at for one that is a part of another.
const INNER: usize = 16;

/// What is broken, and beside each the totals over it that are off by just as much: they say nothing of their own.
fn nested(broken: Vec<&Stated>) -> Vec<(&Stated, Vec<&Stated>)> {
    let mut told: Vec<(&Stated, Vec<&Stated>)> = Vec::new();
    for stated in broken {
        let has = |figure: &Figure| stated.terms.iter().any(|(own, _)| own.place == figure.place);
        let is_over = |inner: &Stated| {
            let groups = inner.of == Of::Group && stated.of == inner.of;
            groups && inner.difference() == stated.difference() && inner.terms.iter().all(|(figure, _)| has(figure))
        };
        match told.iter_mut().rev().take(INNER).find(|(inner, _)| is_over(inner)) {
            Some((_, over)) => over.push(stated),
            None => told.push((stated, Vec::new())),
        }
    }
    told
}

/// An equation that does not hold, without a sign of which figure is wrong.
fn alone(stated: &Stated, over: &[&Stated]) -> Fault {
    let (is, should, by) = (shown(stated.result.value), shown(stated.expected()), shown(stated.difference()));
    let label = &stated.label;
    let (rows, rows_en) = match stated.terms.len() {
        1 => ("raden".to_string(), "row above makes".to_string()),
        count => (format!("de {count} raderna"), format!("{count} rows above make")),
    };
    let names = over.iter().map(|over| over.label.as_str()).collect::<Vec<_>>().join(", ");
    let also = match names.as_str() {
        "" => Text::new("", ""),
        names => Text::new(format!(" Lika mycket skiljer {names}."), format!(" So much is off in {names}, too.")),
    };
    let (also_sv, also_en) = (also.get(Language::Swedish), also.get(Language::English));
    let message = match stated.of {
        Of::Row => Text::new(
            format!("{label}: utgående är {is}, men raden ger {should} (skillnad {by})."),
            format!("{label}: closing is {is}, but the row makes {should} (difference {by})."),
        ),
        Of::Group | Of::Lacking => Text::new(
            format!("{label} är {is}, men {rows} ovanför ger {should} (skillnad {by}).{also_sv}"),
            format!("{label} is {is}, but the {rows_en} {should} (difference {by}).{also_en}"),
        ),
    };
    let mut cells = vec![(stated.result.place, Role::Total)];
    cells.extend(over.iter().map(|over| (over.result.place, Role::Term)));
    cells.extend(stated.terms.iter().take(12).map(|(figure, _)| (figure.place, Role::Term)));
    let mut fault = Fault::new(message, cells);
    (fault.stated, fault.expected) = (Some(stated.result.value), Some(stated.expected()));
    fault
}

/// A group without one of its rows, by the columns of its total.
fn without_row(columns: &[&Stated]) -> Fault {
    let amounts = columns.iter().map(|total| shown(total.difference())).collect::<Vec<_>>().join("; ");
    let Some(last) = columns.last() else { return Fault::new(Text::default(), Vec::new()) };
    let (label, is, should) = (&last.label, shown(last.result.value), shown(last.expected()));
    let message = Text::new(
        format!(
            "{label} är {is}, men raderna i gruppen ger {should}: ett konto saknas i listan, med {amounts}. Summorna efteråt har det med."
        ),
        format!(
            "{label} is {is}, but the rows of the group make {should}: an account is missing in the list, with {amounts}. The totals after it have it."
        ),
    );
    let mut cells = vec![(last.result.place, Role::Total)];
    cells.extend(last.terms.iter().take(12).map(|(figure, _)| (figure.place, Role::Term)));
    let mut fault = Fault::new(message, cells);
    (fault.stated, fault.expected) = (Some(last.result.value), Some(last.expected()));
    fault
}
