//! The body of a run-on table as rows: a label, and the groups of digits after it.

use super::LABEL_WORDS;
use super::figures::{self, Group};
use super::heading::between;
use super::pieces::{Mark, Piece};
use crate::words;

/// A row of the table that was.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    pub label: String,
    /// Groups of digits; which of them are one figure is not known yet. None in a row that heads others.
    pub groups: Vec<Group>,
    /// Texts that stand where figures could, after the figures: `* eget kapital`.
    pub texts: Vec<String>,
}

/// The rows, and the text after the last of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Body {
    pub rows: Vec<Row>,
    pub after: String,
}

/// A label has no more words than this; a longer one is prose.
/// Fewer rows with figures than this are no table, and more are too many to weigh.
const ROWS: std::ops::RangeInclusive<usize> = 4..=300;
/// So many groups of digits in a row are no row of a table.
const MOST_GROUPS: usize = 48;

/// Reads the pieces after a heading of so many columns; `None` where they are no table.
pub fn read(line: &str, pieces: &[Piece<'_>], columns: usize) -> Option<Body> {
    let mut body = Body::default();
    let mut at = 0;
    while at < pieces.len() {
        let Some((label, digits, next)) = row(pieces, at) else { break };
        if label.len() > LABEL_WORDS || digits.len() > MOST_GROUPS || body.rows.len() == *ROWS.end() {
            break;
        }
        let groups = digits.iter().map(|piece| Group::read(piece.text)).collect::<Option<Vec<Group>>>()?;
        let (texts, next) = texts(line, pieces, next);
        body.rows.push(Row { label: between(line, label).to_string(), groups, texts });
        at = next;
    }
    body.after = between(line, &pieces[at..]).to_string();
    is_table(&body.rows, &pieces[..at], columns).then(|| {
        body.rows = headed(parted(body.rows, columns));
        body
    })
}

/// The label and the digits of the row that begins at a piece, and where the next begins.
fn row<'a, 'b>(pieces: &'b [Piece<'a>], from: usize) -> Option<(&'b [Piece<'a>], &'b [Piece<'a>], usize)> {
    let mut at = from;
    loop {
        let first = at + pieces[at..].iter().position(|piece| piece.mark == Mark::Digits)?;
        let count = pieces[first..].iter().take_while(|piece| piece.mark == Mark::Digits).count();
        at = first + count;
        // "unga 20-25 år 87 220": digits inside the label, for the label goes on.
        let inside = count <= 2 && first > from && pieces.get(at).is_some_and(Piece::goes_on);
        if !inside {
            return Some((&pieces[from..first], &pieces[first..at], at));
        }
    }
}

/// Stars with words after the figures of a row, and where they end.
fn texts(line: &str, pieces: &[Piece<'_>], from: usize) -> (Vec<String>, usize) {
    let (mut texts, mut at) = (Vec::new(), from);
    while pieces.get(at).is_some_and(|piece| piece.mark == Mark::Star) {
        let words = pieces[at + 1..].iter().take_while(|piece| piece.goes_on()).count();
        if words == 0 {
            break;
        }
        texts.push(between(line, &pieces[at..=at + words]).to_string());
        at += words + 1;
    }
    (texts, at)
}

/// Whether rows are those of a table: enough of them, more digits than prose has, some with a figure for each
/// column, and none with figures for two and a half.
fn is_table(rows: &[Row], pieces: &[Piece<'_>], columns: usize) -> bool {
    let digits = pieces.iter().filter(|piece| piece.mark == Mark::Digits).count();
    let full = rows.iter().filter(|row| row.texts.is_empty() && figures::could_be(&row.groups, columns)).count();
    let fits = rows.iter().filter(|row| figures::fewest(&row.groups) <= columns + 1).count();
    let sentences = rows.iter().filter(|row| row.label.contains(". ") && row.label.ends_with('.')).count();
    ROWS.contains(&rows.len())
        && full >= 2
        && fits * 5 >= rows.len() * 4
        && digits * 3 >= pieces.len()
        && sentences * 4 <= rows.len()
}

/// Parts the rows that hold two: a labelled one, and a total without a label right after it.
fn parted(rows: Vec<Row>, columns: usize) -> Vec<Row> {
    let mut parted = Vec::with_capacity(rows.len());
    for mut row in rows {
        let whole = |groups: &[Group]| figures::could_be(groups, columns) && figures::starts(groups);
        let cuts: Vec<usize> =
            (1..row.groups.len()).filter(|&cut| whole(&row.groups[..cut]) && whole(&row.groups[cut..])).collect();
        match cuts[..] {
            [cut] if figures::fewest(&row.groups) > columns + 1 => {
                let total =
                    Row { groups: row.groups.split_off(cut), texts: std::mem::take(&mut row.texts), ..Row::default() };
                parted.extend([row, total]);
            }
            _ => parted.push(row),
        }
    }
    parted
}

/// Takes headings off the labels that they are glued to: `Kostnader - Arvoden` in a table with such dashes.
fn headed(rows: Vec<Row>) -> Vec<Row> {
    let opens = |row: &&Row| row.label.starts_with("- ");
    let listed = rows.iter().any(|row| opens(&row)) && rows.iter().filter(|row| row.label.contains("- ")).count() >= 2;
    let mut headed = Vec::with_capacity(rows.len());
    for mut row in rows {
        if let Some(at) = row.label.find(" - ").filter(|_| listed && !row.label.starts_with("- ")) {
            let label = row.label.split_off(at + 1);
            let heading = std::mem::replace(&mut row.label, label);
            headed.extend(names(heading.trim()).map(|label| Row { label: label.to_string(), ..Row::default() }));
        }
        headed.push(row);
    }
    headed
}

/// The headings of a text: two, where both are known by themselves (`Kostnader Verksamhetskostnader`).
fn names(text: &str) -> impl Iterator<Item = &str> {
    const KIND: &str = "budget";
    let known = |text: &str| words::concept(text, KIND).is_some();
    let cut = text
        .match_indices(' ')
        .map(|(at, _)| at)
        .find(|&at| text[at + 1..].starts_with(char::is_uppercase) && known(&text[..at]) && known(&text[at + 1..]));
    let (first, rest) = text.split_at(cut.unwrap_or(text.len()));
    [first, rest.trim()].into_iter().filter(|part| !part.is_empty())
}

#[cfg(test)]
mod tests {
    use super::super::pieces::pieces;
    use super::*;

    fn shown(line: &str, columns: usize) -> Option<Vec<String>> {
        let body = read(line, &pieces(line), columns)?;
        let groups = |row: &Row| row.groups.iter().map(Group::shown).collect::<Vec<_>>().join(" ");
        let show = |row: &Row| format!("{}|{}|{}", row.label, groups(row), row.texts.join(";"));
        Some(body.rows.iter().map(show).chain((!body.after.is_empty()).then_some(body.after.clone())).collect())
    }

    #[test]
    fn labels_digits_and_texts_are_told_apart() {
        let line = "Intäkter - Staten 1 050 1 100 - Unga 16-29 år 50 60 Övrigt 7 8 1 107 1 168 \
                    Kostnader Personal - Lön 100 % av 1 2 Resultat 3-4 Ackumulerat 7 * eget kapital Se vidare nedan";
        let expected = [
            "Intäkter||",
            "- Staten|1 050 1 100|",
            "- Unga 16-29 år|50 60|",
            "Övrigt|7 8|",
            "|1 107 1 168|",
            "Kostnader||",
            "Personal||",
            "- Lön 100 % av|1 2|",
            "Resultat|3 -4|",
            "Ackumulerat|7|* eget kapital",
            "Se vidare nedan",
        ];
        assert_eq!(shown(line, 2), Some(expected.map(String::from).to_vec()));
    }

    #[test]
    fn prose_with_figures_is_no_table() {
        let line = "Fortsatt arbete för unga, vuxna 16 29 år utvecklas. Under 2017 ska en överenskommelse om 3 066 tkr \
                    tas fram som reglerar varje parts del av de 12 arenorna, och 14 personer deltar i 3 av dem. 18";
        assert_eq!(shown(line, 2), None);
    }
}
