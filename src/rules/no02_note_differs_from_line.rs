use super::lookup::{own_columns, tie};
use super::notes::{References, is_namesake, references, row_of, totals, whole_named};
use super::rule;
use crate::book::{Book, Spot};
use crate::relation::{Confidence, Relation};
use crate::statement::kinds;
use crate::statement::{Kind, Statement};

rule! {
    /// A note does not come to the amount of the line that refers to it.
    ///
    /// The note specifies the line (LKBR 9 kap.), so its total and the line are one figure. Where the note adds up and the line agrees with
    /// other statements, a row is missing in the note, or one too many is there.
    ///
    /// What to do: look in the ledger for the amount of the difference. When the note is of another thing than the line, change the reference.
    "NO02" "note-differs-from-line" Error, Relations(relate),
    "Noten kommer inte till samma belopp som raden som hänvisar till den.

Noten specificerar raden (LKBR 9 kap.), så notens summa och raden är samma belopp. Om noten summerar rätt och raden stämmer med andra räkningar saknas en rad i noten, eller så finns en för mycket.

Gör så här: sök skillnadens belopp i bokföringen. Om noten handlar om något annat än raden, ändra hänvisningen."
}

fn relate(book: &Book) -> Vec<Relation> {
    let mut relations = Vec::new();
    for (note, statement) in book.statements.iter().enumerate().filter(|(_, s)| s.kind == Kind::Note) {
        let lines = references(book, statement);
        relations.extend(match lines {
            References::One(line) if shared(book, line) => {
                let tied = together(book, note, line);
                let alone = || best_total(book, &parts(book, note), &[line]);
                if tied.is_empty() { Some(alone()).filter(|tied| held(tied) > 0).unwrap_or_default() } else { tied }
            }
            References::One(line) => {
                let whole = best_total(book, &parts(book, note), &specified(book, note, line));
                let row = if is_titled_as(book, note, line) { Vec::new() } else { same_row(book, note, line) };
                if !row.is_empty() && held(&row) >= held(&whole) { row } else { whole }
            }
            References::Several(lines) => lines.iter().flat_map(|&line| same_row(book, note, line)).collect(),
            // What a section comes to need not be what the note does.
            References::Section(total) => {
                let tied = total.map(|line| best_total(book, &parts(book, note), &[line])).unwrap_or_default();
                if held(&tied) > 0 { likely(tied) } else { Vec::new() }
            }
            References::None => by_name(book, note),
        });
    }
    relations
}

fn shared(book: &Book, (statement, line): (usize, usize)) -> bool {
    !book.statements[statement].lines()[line].further_notes.is_empty()
}

/// A line that refers to several notes is what they come to together, where that holds of some year: they may as well
/// tell of other things, too.
fn together(book: &Book, note: usize, (statement, line): (usize, usize)) -> Vec<Relation> {
    let refers = &book.statements[statement];
    let of = |number: u32| {
        let one = |s: &Statement| {
            s.note.as_ref().is_some_and(|(own, _)| *own == number) && book.together(book.input(s), book.input(refers))
        };
        book.of_kind(Kind::Note).find(|(_, s)| one(s)).map(|(i, _)| i)
    };
    let Some(notes) = refers.lines()[line].notes().map(of).collect::<Option<Vec<usize>>>() else { return Vec::new() };
    if notes.first() != Some(&note) {
        return Vec::new();
    }
    let rows: Option<Vec<(usize, usize)>> =
        notes.iter().map(|&note| Some((note, totals(&book.statements[note]).pop()?))).collect();
    let Some(rows) = rows else { return Vec::new() };
    let relations = own_columns(refers).filter_map(|(column, period, measure)| {
        let part = |&(note, row): &(usize, usize)| {
            let there = Spot { statement: note, line: row, column: book.statements[note].column(period, measure)? };
            let sign = side(&book.statements[note], row, refers, line, true);
            book.interval(there).map(|_| (there, sign))
        };
        let terms = rows.iter().map(part).collect::<Option<Vec<_>>>()?;
        Some(tie(book, &RULE, Spot { statement, line, column }, &terms))
    });
    let relations: Vec<Relation> = relations.collect();
    if relations.iter().any(|relation| relation.test().held()) { relations } else { Vec::new() }
}

/// In a document without references a note and a line of one name are one thing, where they agree in some year.
fn by_name(book: &Book, note: usize) -> Vec<Relation> {
    let own = &book.statements[note];
    let Some((_, title)) = own.note.as_ref().filter(|(_, title)| !title.is_empty()) else { return Vec::new() };
    let beside = || book.of_input(book.input(own)).filter(|(_, s)| s.kind != Kind::Note && s.copy_of.is_none());
    if own.copy_of.is_some() || beside().flat_map(|(_, s)| s.lines()).any(|line| line.note.is_some()) {
        return Vec::new();
    }
    let mut tied: Vec<Vec<Relation>> = Vec::new();
    for (i, statement) in beside().filter(|(_, s)| s.kind.has_form()) {
        for (l, line) in statement.lines().iter().enumerate() {
            if line.has_figures() && !line.wording.is_empty() && is_namesake(title, statement, line) {
                tied.push(best_total(book, &[note], &[(i, l)]));
            }
        }
    }
    let best = tied.into_iter().filter(|ties| held(ties) > 0).max_by_key(|ties| held(ties)).unwrap_or_default();
    likely(best)
}

/// In how many columns a tie holds that shows something.
fn held(ties: &[Relation]) -> usize {
    let shown = |tie: &&Relation| tie.result.figure.is_some_and(|figure| !figure.middle.is_zero());
    ties.iter().filter(shown).filter(|tie| tie.test().held()).count()
}

fn likely(mut ties: Vec<Relation>) -> Vec<Relation> {
    ties.iter_mut().for_each(|tie| tie.doubt(Confidence::LIKELY));
    ties
}

/// The tables of one note, the first of them last; none for a later part, which its first one speaks for.
fn parts(book: &Book, note: usize) -> Vec<usize> {
    let statement = &book.statements[note];
    if statement.copy_of.is_some() {
        return vec![note];
    }
    let input = |s: &Statement| book.grids[s.table.grid as usize].input;
    let number = |s: &Statement| s.note.as_ref().map(|(number, _)| *number);
    let one = |s: &Statement| input(s) == input(statement) && number(s) == number(statement);
    let mut parts: Vec<usize> = book.of_kind(Kind::Note).filter(|(_, s)| one(s)).map(|(i, _)| i).collect();
    parts.reverse();
    if parts.last() == Some(&note) { parts } else { Vec::new() }
}

/// What a note may specify: the line that refers to it, or, where its title names the whole that the line is a part of
/// (`Not 5 Eget kapital` at `Övrigt eget kapital`), that whole.
fn specified(book: &Book, note: usize, (statement, line): (usize, usize)) -> Vec<(usize, usize)> {
    let refers = &book.statements[statement];
    let whole = book.statements[note].note.as_ref().and_then(|(_, title)| whole_named(title, refers, line));
    let whole = whole.and_then(|whole| refers.line(whole)).filter(|&whole| whole != line);
    std::iter::once(line).chain(whole).map(|line| (statement, line)).collect()
}

/// Whether a note is called what the line that refers to it is: a row of that name in another note (the year's
/// depreciation in the note of the inventories) is what the line is of.
fn is_titled_as(book: &Book, note: usize, (statement, line): (usize, usize)) -> bool {
    let refers = &book.statements[statement];
    let title = book.statements[note].note.as_ref().map(|(_, title)| title.as_str());
    title.is_some_and(|title| title.is_empty() || is_namesake(title, refers, &refers.lines()[line]))
}

/// The line against the note's total; where there are several of either, the two that agree in most columns.
fn best_total(book: &Book, parts: &[usize], lines: &[(usize, usize)]) -> Vec<Relation> {
    let candidates = parts.iter().flat_map(|&note| totals(&book.statements[note]).into_iter().map(move |l| (note, l)));
    let pairs = candidates.flat_map(|total| lines.iter().map(move |&line| (total, line)));
    let tied = pairs.map(|(total, line)| ties(book, total, line));
    tied.max_by_key(|relations| relations.iter().filter(|r| r.test().held()).count()).unwrap_or_default()
}

/// Several lines share a note: each against the row that is named as it is.
fn same_row(book: &Book, note: usize, line: (usize, usize)) -> Vec<Relation> {
    let row = row_of(&book.statements[note], &book.statements[line.0], line.1);
    row.map(|row| ties(book, (note, row), line)).unwrap_or_default()
}

fn ties(book: &Book, (note, row): (usize, usize), (other, line): (usize, usize)) -> Vec<Relation> {
    let (note_statement, statement) = (&book.statements[note], &book.statements[other]);
    // A note writes costs as it likes: as positive figures, or signed as in the statement.
    let concept = statement.lines()[line].concept.map(|found| found.concept);
    let sign = side(note_statement, row, statement, line, concept.is_none_or(kinds::is_cost));
    let columns = own_columns(note_statement).filter_map(|(column, period, measure)| {
        let there = Spot { statement: other, line, column: statement.column(period, measure)? };
        book.interval(there)?;
        Some(tie(book, &RULE, Spot { statement: note, line: row, column }, &[(there, sign)]))
    });
    columns.collect()
}

/// With which sign a line enters a tie to a note's row, where the one may be written with the sign that the other lacks:
/// a tie turns what is written as a ledger signs it, which the note need not be.
fn side(note: &Statement, row: usize, statement: &Statement, line: usize, free: bool) -> i32 {
    let turned = note.is_credit(row) != statement.is_credit(line);
    let opposite = (free || turned) && opposite(note, row, statement, line);
    if opposite != turned { -1 } else { 1 }
}

/// Whether the figures of two lines mostly have opposite signs. Where a line has as many of each, one of them is a
/// slip, and the sign of costs in its statement tells which is right.
fn opposite(a: &Statement, row: usize, b: &Statement, line: usize) -> bool {
    let signs = |s: &Statement, line: usize| -> i32 {
        let amounts = (0..s.columns().len()).filter_map(|column| s.amount(line, column)).filter(|a| !a.value.is_zero());
        match amounts.map(|amount| if amount.value.is_negative() { -1 } else { 1 }).sum() {
            0 if s.lines()[line].concept.is_some_and(|found| kinds::is_cost(found.concept)) => -s.cost_sign,
            balance => balance,
        }
    };
    signs(a, row).signum() * signs(b, line).signum() < 0
}
