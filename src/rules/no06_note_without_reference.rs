use super::lookup::own_columns;
use super::notes::{References, is_namesake, references, totals};
use super::{Observed, rule};
use crate::book::Book;
use crate::finding::{Finding, Role, Severity, Text};
use crate::money::{Closeness, Interval};
use crate::statement::{Kind, Statement};
use crate::table::{Entry, Line};
use crate::words;

rule! {
    /// A note that no line refers to.
    ///
    /// Where a line without a reference has the note's name and amount, its number is missing there: the reader does not see that there is
    /// more to read, and nothing ties the two. A note of what no line shows (the cost of the audit, leasing, the number of employees) needs no
    /// reference and is only mentioned.
    ///
    /// What to do: put the number of the note on the line that it belongs to.
    "NO06" "note-without-reference" Warning, Observations(observe),
    "En not som ingen rad hänvisar till.

Om en rad utan hänvisning har notens namn och belopp saknas notens nummer där: läsaren ser inte att det finns mer att läsa, och inget knyter ihop de två. En not om något som ingen rad visar (kostnaden för revisionen, leasing, antalet anställda) behöver ingen hänvisning och nämns bara.

Gör så här: sätt notens nummer på raden som den hör till."
}

fn observe(book: &Book) -> Observed {
    let mut observed = Observed::default();
    let refers = |s: &&Statement| s.lines().iter().any(|line| line.note.is_some());
    let referring: Vec<usize> = book.statements.iter().filter(refers).map(|s| book.input(s)).collect();
    for (_, note) in book.of_kind(Kind::Note) {
        // Without one reference to any note, the notes are tied in a way that is not written.
        let undecided = book.of_input(book.input(note)).any(|(_, s)| may_refer(s));
        if undecided || !referring.iter().any(|input| book.together(*input, book.input(note))) {
            observed.untestable += 1;
            continue;
        }
        observed.tested += 1;
        let disclosed = note.note.as_ref().is_some_and(|(_, title)| words::says_disclosure(title));
        if disclosed || !matches!(references(book, note), References::None) {
            continue;
        }
        let message = Text::new(
            format!("Ingen rad hänvisar till {}.", note.name()),
            format!("No line refers to {}.", note.name()),
        );
        let of_audit = note.note.as_ref().is_some_and(|(_, title)| words::says_audit(title));
        let severity = if !of_audit && is_missed(book, note) { RULE.severity } else { Severity::Info };
        let mut finding = Finding::new(RULE.code, severity, message);
        finding.cells = note.table.title.iter().map(|title| (title.at, Role::Header)).collect();
        observed.findings.push(finding);
    }
    observed
}

/// Whether a row whose figures could not be told apart may begin with the number of a note.
fn may_refer(statement: &Statement) -> bool {
    let lines = statement.lines();
    statement.kind != Kind::Note
        && lines.iter().any(|line| line.note.is_some())
        && lines.iter().any(|line| line.note.is_none() && line.entries.contains(&Entry::Unknown))
}

/// Whether a line without a reference, of a statement that has some, has the note's amounts: in a year where it has its
/// name too, else in all.
fn is_missed(book: &Book, note: &Statement) -> bool {
    let Some((_, title)) = &note.note else { return false };
    let refers = |s: &&Statement| {
        let noted = s.kind != Kind::Note && s.copy_of.is_none() && s.lines().iter().any(|line| line.note.is_some());
        noted && book.together(book.input(s), book.input(note))
    };
    let size = |figure: Interval| Interval { middle: figure.middle.abs(), half: figure.half };
    let own = |total: usize| own_columns(note).filter_map(move |(c, p, m)| Some((note.interval(total, c)?, p, m)));
    book.statements.iter().filter(refers).any(|statement| {
        let named = |line: &Line| !title.is_empty() && !line.wording.is_empty() && is_namesake(title, statement, line);
        let lines = statement.lines().iter().enumerate().filter(|(_, line)| line.note.is_none() && line.has_figures());
        let agrees = |line: usize, total: usize| {
            let beside = own(total).filter_map(|(figure, period, measure)| {
                let there = statement.interval(line, statement.column(period, measure)?)?;
                let agree = size(figure).closeness(size(there)) != Closeness::Off;
                Some(agree && !there.middle.is_zero())
            });
            let agree: Vec<bool> = beside.collect();
            let count = agree.iter().filter(|agree| **agree).count();
            if named(&statement.lines()[line]) { count > 0 } else { count > 1 && count == agree.len() }
        };
        totals(note).into_iter().any(|total| lines.clone().any(|(line, _)| agrees(line, total)))
    })
}
