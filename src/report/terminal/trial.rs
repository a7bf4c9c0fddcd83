//! What a trial came to: how many slips would be caught, by kind and by statement, and which figures nobody watches.

use super::Look;
use super::page::{BOLD, DIM, PLAIN, Page, cut, left, paint, right, width};
use crate::book::Book;
use crate::finding::Language;
use crate::money::Swedish;
use crate::report::wording::{name, place_in, sheet};
use crate::trial::{Count, Reason, Slip, Trial, Unseen};

/// How many figures are listed unless all are wanted.
const LISTED: usize = 10;

/// The width of a column of numbers.
const CELL: usize = 12;

pub fn trial(book: &Book, trial: &Trial, look: &Look) -> String {
    let mut page = Page::new(look.width);
    let total = trial.total();
    if total.injected == 0 {
        let text = look.say(
            "Inga fel kunde läggas in: ingen räkning av känt slag har belopp.",
            "No slips could be put in: no statement of a known kind has amounts.",
        );
        page.hang("", PLAIN, text, BOLD);
        return page.finish();
    }
    page.hang("", PLAIN, &lead(total, look), BOLD);
    page.blank();
    let slips: Vec<(String, Count)> =
        trial.slips.iter().map(|&(slip, count)| (slip_name(slip, look).to_string(), count)).collect();
    let statements: Vec<(String, Count)> = trial
        .statements
        .iter()
        .map(|&(i, count)| {
            let statement = &book.statements[i];
            let sheet = sheet(book, statement.table.grid, look.language);
            let name = name(statement, look.language);
            (if sheet.is_empty() { name } else { format!("{name}, {sheet}") }, count)
        })
        .collect();
    let sum = [(look.say("alla", "all").to_string(), total)];
    let names = slips.iter().chain(&statements).map(|(name, _)| width(name));
    let most = page.width.saturating_sub(3 * CELL + 2).max(16);
    let wide = names.max().unwrap_or(0).clamp(16, most);
    table(&mut page, look.say("Slag av fel", "Kind of slip"), &slips, wide, look);
    rows(&mut page, &sum, wide);
    page.blank();
    table(&mut page, look.say("Räkning", "Statement"), &statements, wide, look);
    page.blank();
    reasons(&mut page, trial, look);
    unseen(&mut page, book, trial, look);
    page.finish()
}

/// What was done, and what came of it.
fn lead(total: Count, look: &Look) -> String {
    let (caught, injected, share) = (total.caught, total.injected, share(total));
    match look.language {
        Language::Swedish => format!(
            "Skrivfel har lagts in i beloppen, ett i taget och bara i minnet: {caught} av {injected} skulle upptäckas ({share})."
        ),
        Language::English => format!(
            "Slips were put into the amounts, one at a time and in memory only: {caught} of {injected} would be caught ({share})."
        ),
    }
}

fn table(page: &mut Page, title: &str, counts: &[(String, Count)], wide: usize, look: &Look) {
    let heads = [look.say("inlagda", "injected"), look.say("upptäckta", "caught"), look.say("andel", "share")];
    let heads: String = heads.iter().map(|head| right(head, CELL)).collect();
    page.line(paint(BOLD, &format!("  {}{heads}", left(title, wide))));
    rows(page, counts, wide);
}

fn rows(page: &mut Page, counts: &[(String, Count)], wide: usize) {
    for (name, count) in counts {
        let numbers = [count.injected.to_string(), count.caught.to_string(), share(*count)];
        let numbers: String = numbers.iter().map(|number| right(number, CELL)).collect();
        page.line(format!("  {}{numbers}", left(&cut(name, wide), wide)));
    }
}

/// `97,3 %`, never rounded up to all.
fn share(count: Count) -> String {
    if count.injected == 0 {
        return "–".to_string();
    }
    let mille = count.caught * 1_000 / count.injected;
    format!("{},{} %", mille / 10, mille % 10)
}

fn slip_name(slip: Slip, look: &Look) -> &'static str {
    let (swedish, english) = match slip {
        Slip::SignFlipped => ("omvänt tecken", "sign flipped"),
        Slip::DigitsTransposed => ("två siffror omkastade", "two digits transposed"),
        Slip::DigitReplaced => ("utbytt siffra", "digit replaced"),
        Slip::DigitAdded => ("en siffra för mycket", "a digit too many"),
        Slip::DigitOmitted => ("en siffra saknas", "a digit missing"),
        Slip::Thousandfold => ("tusen gånger för stort", "a thousand times too large"),
        Slip::SwappedInRow => ("bytt plats med kolumnen intill", "swapped with the next column"),
        Slip::SwappedInColumn => ("bytt plats med raden under", "swapped with the row below"),
    };
    match look.language {
        Language::Swedish => swedish,
        Language::English => english,
    }
}

fn reason_name(reason: Reason, look: &Look) -> &'static str {
    let (swedish, english) = match reason {
        Reason::Untied => ("beloppet är inte knutet till något", "the amount is tied to nothing"),
        Reason::Broken => ("kontrollen är redan bruten", "its check is broken already"),
        Reason::Rounding => ("felet ryms i avrundningen", "the slip lies within the rounding"),
        Reason::Cancels => ("summan blir densamma", "the sum stays the same"),
    };
    match look.language {
        Language::Swedish => swedish,
        Language::English => english,
    }
}

fn reasons(page: &mut Page, trial: &Trial, look: &Look) {
    let counted = Reason::ALL.map(|reason| (reason, trial.unseen_for(reason)));
    let parts: Vec<String> = counted
        .into_iter()
        .filter(|(_, count)| *count > 0)
        .map(|(reason, count)| format!("{} ({count})", reason_name(reason, look)))
        .collect();
    if parts.is_empty() {
        let text = look.say("Alla inlagda fel upptäcks.", "All slips put in are caught.");
        return page.hang("", PLAIN, text, BOLD);
    }
    page.hang(look.say("Passerar osedda: ", "Pass unseen: "), BOLD, &parts.join(", "), PLAIN);
}

/// The figures in which most slips pass unseen first, those that are broken already last.
fn unseen(page: &mut Page, book: &Book, trial: &Trial, look: &Look) {
    let mut cells: Vec<&Unseen> = trial.unseen.iter().collect();
    // What is broken already is told by `check`, and is tested again once it is mended.
    cells.sort_by_key(|unseen| (unseen.reason == Reason::Broken, std::cmp::Reverse(unseen.slips.len())));
    let listed = if look.verbose { cells.len() } else { cells.len().min(LISTED) };
    for unseen in &cells[..listed] {
        let statement = &book.statements[unseen.spot.statement];
        let amount = statement.amount(unseen.spot.line, unseen.spot.column);
        let amount = amount.map(|amount| Swedish(amount.value).to_string()).unwrap_or_default();
        let slips = look.count(unseen.slips.len(), ["osett", "osedda"], ["unseen", "unseen"]);
        let (place, label) = (place_in(book, book.at(unseen.spot)), book.label(unseen.spot));
        let text = format!("{place}  {label}  {amount}: {slips}, {}", reason_name(unseen.reason, look));
        page.line(format!("  {}", paint(DIM, &cut(&text, page.width.saturating_sub(2)))));
    }
    if listed < cells.len() {
        let rest = cells.len() - listed;
        let text = match look.language {
            Language::Swedish => format!("  … och {rest} till (alla med -v)"),
            Language::English => format!("  … and {rest} more (all with -v)"),
        };
        page.line(paint(DIM, &text));
    }
}
