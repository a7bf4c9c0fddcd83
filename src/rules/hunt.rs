//! Where a difference between a line and its accounts comes from: vouchers, accounts and months of just that amount.

use std::collections::BTreeMap;

use super::books::Tie;
use crate::book::Book;
use crate::chart;
use crate::finding::{Cause, Slip, Text};
use crate::ledger::{Account, Ledger, Place, Transaction};
use crate::money::{Closeness, Interval, Money, Swedish};
use crate::period::Date;

/// So many vouchers of an amount are named; more of them say nothing.
const NAMED: usize = 3;

/// The explanations of a difference, the most telling first, and the places of the ledger that they name.
pub fn hunt(book: &Book, ledger: &Ledger, tie: &Tie, off: Interval) -> (Vec<Cause>, Vec<Place>) {
    let mut found = Found { causes: Vec::new(), places: Vec::new() };
    let difference = off.middle;
    if difference.is_zero() {
        return (found.causes, found.places);
    }
    if tie.year == 0 {
        vouchers(book, ledger, tie, off, &mut found);
    }
    accounts(book, ledger, tie, difference, &mut found);
    if tie.year == 0 {
        since(book, ledger, tie, &mut found);
    }
    if found.causes.is_empty() {
        months(ledger, tie, difference, &mut found);
    }
    if found.causes.is_empty() && off.half < Money::ONE && is_divisible_by_nine(difference) {
        let by = Swedish(difference.abs());
        found.tell(
            Slip::DigitsTransposed,
            Text::new(
                format!("Skillnaden {by} är jämnt delbar med nio: två siffror kan ha bytt plats."),
                format!("The difference {by} is divisible by nine: two digits may have changed places."),
            ),
            None,
        );
    }
    (found.causes, found.places)
}

struct Found {
    causes: Vec<Cause>,
    places: Vec<Place>,
}

impl Found {
    fn tell(&mut self, slip: Slip, text: Text, place: Option<Place>) {
        self.causes.push(Cause { slip, text, edits: Vec::new() });
        self.places.extend(place);
    }
}

/// Whole kronor that are a multiple of nine, as any interchange of digits leaves.
fn is_divisible_by_nine(difference: Money) -> bool {
    let ninth = difference.divide(Money::from(9));
    difference.is_integer() && ninth.is_some_and(|ninth| ninth.is_integer())
}

/// A row of a voucher that may be what differs.
struct Row {
    turned: bool,
    outside: bool,
    amount: Money,
    name: String,
    place: Place,
}

/// Rows of vouchers on the line's accounts of the difference, or of half of it where the sign was turned. Of a rounded
/// line the difference is known no better than its rounding.
fn vouchers(book: &Book, ledger: &Ledger, tie: &Tie, off: Interval, found: &mut Found) {
    let (whole, half) = (off.middle.abs(), off.middle.abs().divide(Money::from(2)));
    let year = ledger.year(tie.year).copied();
    let is_own = |number: &str| tie.accounts.iter().any(|(account, _)| account.number == number);
    let mut rows: Vec<Row> = Vec::new();
    book.transactions(ledger, &mut |voucher, transactions| {
        for row in transactions.iter().filter(|row| ledger.counts(row) && is_own(&row.account)) {
            let amount = row.amount.abs();
            let turned = Some(amount) == half;
            if (amount - whole).abs() > off.half && !turned {
                continue;
            }
            let date = row.date.or(voucher.date);
            let outside = date.is_some_and(|date| year.is_some_and(|year| !year.holds(date)));
            let day = date.map(|date| format!(" ({date})")).unwrap_or_default();
            let line = row.place.row + 1;
            let name = format!("{} {}{day}, konto {}, rad {line}", voucher.series, voucher.number, row.account);
            rows.push(Row { turned, outside, amount, name: name.trim().to_owned(), place: row.place });
        }
    });
    if rows.iter().any(|row| row.amount == whole) {
        rows.retain(|row| row.amount == whole || row.turned);
    }
    for turned in [false, true] {
        let of: Vec<&Row> = rows.iter().filter(|row| row.turned == turned).collect();
        let amounts: Vec<String> = of.iter().map(|row| Swedish(row.amount.normalize()).to_string()).collect();
        let apart = amounts.iter().any(|amount| *amount != amounts[0]);
        // Rounding reaches far: of several rows of other amounts none is more likely.
        if of.is_empty() || of.len() > NAMED || apart {
            continue;
        }
        let names = of.iter().map(|row| row.name.as_str()).collect::<Vec<_>>().join("; ");
        let (by, amount) = (Swedish(whole), &amounts[0]);
        let late = of.iter().any(|row| row.outside);
        let (sv, en) = if late { (" Dagen ligger utanför året.", " The day is outside the year.") } else { ("", "") };
        let (slip, text) = match turned {
            false if of[0].amount == whole => (
                Slip::RowMissing,
                Text::new(
                    format!("Verifikation {names} är på just {by}.{sv}"),
                    format!("Voucher {names} is of just {by}.{en}"),
                ),
            ),
            false => (
                Slip::RowMissing,
                Text::new(
                    format!("Verifikation {names} är på {amount}, vilket är skillnaden inom avrundningen.{sv}"),
                    format!("Voucher {names} is of {amount}, which is the difference within rounding.{en}"),
                ),
            ),
            true => (
                Slip::SignFlipped,
                Text::new(
                    format!("Verifikation {names} är på hälften av {by}: beloppet kan ha fått fel tecken.{sv}"),
                    format!("Voucher {names} is of half of {by}: its sign may be turned.{en}"),
                ),
            ),
        };
        found.tell(slip, text, None);
        found.places.extend(of.iter().map(|row| row.place));
    }
}

/// Accounts whose balance is the difference: of the line, of another line, or of none.
fn accounts(book: &Book, ledger: &Ledger, tie: &Tie, difference: Money, found: &mut Found) {
    let plan = chart::plan(ledger, &book.chart).map(|(plan, _)| plan);
    let of = ledger.counted().iter().filter_map(|account| {
        let balance = account.balance(tie.year)?;
        let figure = balance.result.or(balance.closing)?;
        (figure.value.abs() == difference.abs()).then_some((account, figure.place))
    });
    let of: Vec<(&Account, Place)> = of.collect();
    if of.is_empty() || of.len() > NAMED {
        return;
    }
    let is_own = |account: &Account| tie.accounts.iter().any(|(own, _)| own.number == account.number);
    let is_mapped = |account: &Account| {
        let has = |plan| chart::ways(plan).iter().any(|way| way.has(&account.number, plan, &book.chart));
        plan.is_some_and(has)
    };
    // What belongs to another line is the other side of something more often than it is the cause.
    let telling = of.iter().any(|(account, _)| is_own(account) || !is_mapped(account)) || !found.causes.is_empty();
    for (account, place) in of {
        let (number, name, by) = (&account.number, &account.name, Swedish(difference.abs()));
        let (own, mapped) = (is_own(account), is_mapped(account));
        if telling && !own && mapped {
            continue;
        }
        let (swedish, english) = match (own, mapped) {
            (true, _) => ("kan saknas i raden", "may be missing in the line"),
            (false, true) => ("hör till en annan rad enligt kontoplanen", "belongs to another line by the chart"),
            (false, false) => ("hör inte till någon rad enligt kontoplanen", "belongs to no line by the chart"),
        };
        let slip = if own { Slip::RowLeftOut } else { Slip::WrongRow };
        let text = Text::new(
            format!("Konto {number} {name} är på just {by} och {swedish}."),
            format!("Account {number} {name} is of just {by} and {english}."),
        );
        found.tell(slip, text, Some(place));
    }
}

/// What the accounts of a line move on a day, or in a month of a ledger that tells no vouchers.
#[derive(Default)]
struct Step {
    sum: Money,
    vouchers: usize,
}

/// The last day, or month, at whose end the accounts came to what the statement has.
fn since(book: &Book, ledger: &Ledger, tie: &Tie, found: &mut Found) {
    let (Some(stated), Some(year)) = (book.interval(tie.spot), ledger.year(tie.year)) else { return };
    let by_day = ledger.has_vouchers();
    let steps = if by_day { days(book, ledger, tie) } else { months_told(ledger, tie) };
    let opening = tie.accounts.iter().filter_map(|(account, _)| account.balance(tie.year)?.opening);
    let mut balance: Money = opening.map(|figure| figure.value).sum();
    let mut balances: Vec<(Date, Money)> = Vec::with_capacity(steps.len());
    for (date, step) in &steps {
        balance = balance + step.sum;
        balances.push((*date, Money::from(i64::from(tie.sign)) * balance));
    }
    let agrees = |line: Money| stated.closeness(Interval::exact(line)) != Closeness::Off;
    let Some(last) = balances.iter().rposition(|(_, line)| agrees(*line)) else { return };
    let (date, vouchers) = (balances[last].0, steps.values().skip(last + 1).map(|step| step.vouchers).sum::<usize>());
    // Of one voucher it is told that it is of the difference. A rounded figure is passed by sooner or later.
    let alone = last + 1 == balances.len() || (by_day && vouchers < 2) || !year.holds(date);
    if alone || stated.middle.is_zero() || is_passed_by(&balances, stated) {
        return;
    }
    let upto = if by_day { date.to_string() } else { format!("{}-{:02}", date.year, date.month) };
    let (swedish, english) = match by_day {
        true => (
            format!("därefter bokfördes {vouchers} verifikationer på kontona"),
            format!("after that {vouchers} vouchers were booked on the accounts"),
        ),
        false => ("därefter har kontona rört sig".to_owned(), "after that the accounts have moved".to_owned()),
    };
    found.tell(
        Slip::StaleValue,
        Text::new(
            format!("Raden stämmer med bokföringen till och med {upto}; {swedish}."),
            format!("The line agrees with the ledger up to and including {upto}; {english}."),
        ),
        None,
    );
}

/// What the vouchers move on the line's accounts, day by day.
fn days(book: &Book, ledger: &Ledger, tie: &Tie) -> BTreeMap<Date, Step> {
    let mut steps: BTreeMap<Date, Step> = BTreeMap::new();
    book.transactions(ledger, &mut |voucher, transactions| {
        let counts = |row: &&Transaction| ledger.counts(row);
        let own = |row: &&Transaction| tie.accounts.iter().any(|(account, _)| account.number == row.account);
        let mut counted = None;
        for row in transactions.iter().filter(counts).filter(own) {
            let Some(date) = row.date.or(voucher.date) else { continue };
            let step = steps.entry(date).or_default();
            step.sum = step.sum + row.amount;
            step.vouchers += usize::from(counted.replace(date) != Some(date));
        }
    });
    steps
}

/// What the periods of the file move on them, each at the last day of its month.
fn months_told(ledger: &Ledger, tie: &Tie) -> BTreeMap<Date, Step> {
    let mut steps: BTreeMap<Date, Step> = BTreeMap::new();
    for period in tie.accounts.iter().flat_map(|(account, _)| &account.periods) {
        let own = period.index == tie.year && !period.budget && (ledger.part.is_some() || period.objects.is_empty());
        // The 28th is in every month.
        if let Some(date) = Date::new(period.year, period.month, 28).filter(|_| own) {
            let step = steps.entry(date).or_default();
            step.sum = step.sum + period.figure.value;
        }
    }
    steps
}

/// Whether so many balances lie so close that a figure of this rounding would agree with one of them by chance.
fn is_passed_by(balances: &[(Date, Money)], stated: Interval) -> bool {
    const HALF_STEPS: i64 = 40;
    let lines = balances.iter().map(|(_, line)| *line);
    let (Some(least), Some(most)) = (lines.clone().min(), lines.max()) else { return true };
    let near = Money::from(HALF_STEPS * balances.len() as i64) * stated.half;
    most - least < near
}

/// The one month whose movement on the line's accounts is the difference.
fn months(ledger: &Ledger, tie: &Tie, difference: Money, found: &mut Found) {
    let Some(year) = ledger.year(tie.year) else { return };
    let of = (1..=12u8).filter(|month| {
        let movements = tie.accounts.iter().flat_map(|(account, _)| &account.movements);
        let own = movements.filter(|moved| (moved.year, moved.month) == (year.from.year, *month));
        own.map(|moved| moved.sum).sum::<Money>().abs() == difference.abs()
    });
    let of: Vec<u8> = of.collect();
    if let [month] = of.as_slice() {
        let (month, by) = (format!("{}-{month:02}", year.from.year), Swedish(difference.abs()));
        found.tell(
            Slip::RowMissing,
            Text::new(
                format!("Kontona rör sig med just {by} i {month}: månaden kan saknas."),
                format!("The accounts move by just {by} in {month}: the month may be missing."),
            ),
            None,
        );
    }
}
