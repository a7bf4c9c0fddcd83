use super::ledgers::{Fault, opened_otherwise, shown, tell, year_name};
use super::{Observed, rule};
use crate::book::Book;
use crate::finding::{Role, Text};
use crate::ledger::{Account, Balance, Figure, Form, Ledger, Year};
use crate::money::Money;

rule! {
    /// An account has one balance in one file and another in another file of the same year.
    ///
    /// A SIE file and an exported list of balances are told by the same bookkeeping. Where most accounts agree and one does not, something was
    /// booked between the two, or a figure was changed in one of them.
    ///
    /// What to do: export both again, on the same day. Where a voucher was booked in between, see to it that the statements have it.
    ///
    /// Lists of which most accounts differ are of another time or another body, and are not judged; nor are figures that their own file
    /// contradicts, which is told by itself.
    "HB18" "balance-differs-between-files" Warning, Observations(observe),
    "Ett konto har olika saldon i två filer för samma år.

En SIE-fil och en exporterad saldolista kommer ur samma bokföring. Stämmer de flesta kontona men inte ett, har något bokförts mellan de två, eller så har ett belopp ändrats i en av dem.

Gör så här: exportera båda igen, samma dag. Om en verifikation har bokförts däremellan, se till att räkningarna har den med.

Listor där de flesta kontona skiljer sig är från en annan tid eller av något annat och bedöms inte; inte heller belopp som deras egen fil motsäger, för det sägs för sig."
}

/// So many accounts must be in both.
const SHARED: usize = 4;

fn observe(book: &Book) -> Observed {
    let mut observed = Observed::default();
    let input = |ledger: &Ledger| book.grids[ledger.grid as usize].input;
    for (i, one) in book.ledgers.iter().enumerate() {
        for other in &book.ledgers[i..] {
            if input(one) != input(other) && book.together(input(one), input(other)) {
                for (year, theirs) in years(one, other) {
                    judge(book, (one, year), (other, theirs), &mut observed);
                }
            }
        }
    }
    if observed.tested == 0 {
        observed.untestable += 1;
    }
    observed
}

/// The years that both tell of, in the words of each.
fn years<'l>(one: &'l Ledger, other: &'l Ledger) -> impl Iterator<Item = (&'l Year, &'l Year)> {
    let same = |year: &'l Year| {
        let found = other.years.iter().find(|theirs| (theirs.from, theirs.to) == (year.from, year.to))?;
        Some((year, found))
    };
    one.years.iter().filter_map(same)
}

/// A balance of an account in both files.
struct Pair<'l> {
    account: &'l Account,
    opening: bool,
    own: Figure,
    theirs: Figure,
}

fn judge(book: &Book, (one, year): (&Ledger, &Year), (other, theirs): (&Ledger, &Year), observed: &mut Observed) {
    let pairs: Vec<Pair> = pairs(one, year, other, theirs.index);
    let slack = if is_rounded(one) != is_rounded(other) { Money::new(5, 1) } else { Money::ZERO };
    let agrees = |pair: &&Pair| (pair.own.value - pair.theirs.value).abs() <= slack;
    let (same, differ): (Vec<&Pair>, Vec<&Pair>) = pairs.iter().partition(agrees);
    if pairs.len() < SHARED || same.len() < 2 * differ.len() {
        observed.untestable += pairs.len();
        return;
    }
    // Figures of a whole class with the other sign are written so, not booked so.
    let class = |pair: &Pair| pair.account.number.chars().next();
    let turned = |pair: &Pair| (pair.own.value + pair.theirs.value).is_zero();
    let is_written_so = |pair: &Pair| {
        let of_class = || pairs.iter().filter(|p| class(p) == class(pair) && !p.own.value.is_zero());
        turned(pair) && of_class().count() > 1 && of_class().all(turned)
    };
    observed.tested += pairs.len();
    let differ = differ.into_iter().filter(|pair| !is_written_so(pair));
    let wrong: Vec<&Pair> = differ
        .filter(|pair| !is_told(one, year, pair, pair.own) && !is_told(other, theirs, pair, pair.theirs))
        .collect();
    let (count, faults) = (wrong.len(), wrong.iter().map(|pair| fault(book, one, other, year, pair)).collect());
    tell(observed, &RULE, one, faults, count, |count| {
        let (own, theirs) = (file(book, one), file(book, other));
        Text::new(
            format!("{count} saldon är olika i {own} och {theirs}."),
            format!("{count} balances differ between {own} and {theirs}."),
        )
    });
}

fn pairs<'l>(one: &'l Ledger, year: &Year, other: &'l Ledger, index: i32) -> Vec<Pair<'l>> {
    let mut pairs = Vec::new();
    for account in one.counted() {
        let Ok(found) = other.counted().binary_search_by(|a| a.number.cmp(&account.number)) else { continue };
        let theirs = &other.counted()[found];
        let (Some(own), Some(told)) = (account.balance(year.index), theirs.balance(index)) else { continue };
        let closing = |balance: &Balance| balance.closing.or(balance.result);
        for (opening, of) in [(true, (|b: &Balance| b.opening) as fn(&Balance) -> Option<Figure>), (false, closing)] {
            if let (Some(own), Some(theirs)) = (of(own), of(told)) {
                pairs.push(Pair { account, opening, own, theirs });
            }
        }
    }
    pairs
}

/// Whether a list has whole kronor alone.
fn is_rounded(ledger: &Ledger) -> bool {
    let balances = ledger.counted().iter().flat_map(|account| &account.balances);
    let mut figures = balances.flat_map(|balance| [balance.opening, balance.closing, balance.result]).flatten();
    ledger.form == Form::Export && figures.all(|figure| figure.value.is_integer())
}

/// Whether the file itself contradicts a figure.
fn is_told(ledger: &Ledger, year: &Year, pair: &Pair, figure: Figure) -> bool {
    let by_sums = ledger.stated.iter().filter(|stated| !stated.holds()).flat_map(|stated| stated.figures());
    let followed = ledger.by_vouchers(year).filter(|_| !pair.opening);
    let by_vouchers = followed.is_some_and(|followed| {
        let mut all = followed.closings.iter().chain(&followed.results);
        all.any(|found| found.account.number == pair.account.number && !found.holds())
    });
    let by_closing = pair.opening && opened_otherwise(ledger, year, &pair.account.number).is_some();
    by_closing || by_vouchers || by_sums.into_iter().any(|other| other.place == figure.place)
}

fn fault(book: &Book, one: &Ledger, other: &Ledger, year: &Year, pair: &Pair) -> Fault {
    let (own, theirs) = (shown(pair.own.value), shown(pair.theirs.value));
    let (number, name, year) = (&pair.account.number, pair.account.name.trim(), year_name(year));
    let (here, there) = (file(book, one), file(book, other));
    let (sv, en) = match (pair.opening, pair.account.is_balance()) {
        (true, _) => ("ingående", "opens"),
        (false, true) => ("utgående", "closes"),
        (false, false) => ("resultat", "results"),
    };
    let message = Text::new(
        format!("Konto {number} {name}: {sv} {year} är {own} i {here} men {theirs} i {there}."),
        format!("Account {number} {name} {en} {year} with {own} in {here} but with {theirs} in {there}."),
    );
    let mut fault = Fault::new(message, vec![(pair.own.place, Role::Total)]);
    (fault.stated, fault.expected) = (Some(pair.own.value), Some(pair.theirs.value));
    fault.elsewhere = vec![(other.at(pair.theirs.place), Role::Tie)];
    fault
}

fn file(book: &Book, ledger: &Ledger) -> String {
    let name = book.inputs[book.grids[ledger.grid as usize].input].path.file_name();
    name.unwrap_or_default().to_string_lossy().into_owned()
}
