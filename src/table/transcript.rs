//! A whole table on one line of a text document: what is left of a table whose cell borders a transcript lost.
//!
//! `Tkr 2015 2016 2017 … - Staten 3 052 3 066 3 066 … Resultat 1 747-1 380 …`: years head the columns, and after them
//! come labels, each with its figures. Spaces part figures and thousands alike, and blank cells leave no trace, so
//! which figure stands in which column is found by arithmetic:
//!
//! - A row with a figure for each column is read so, whatever its totals say.
//! - The figures of other rows are placed so that the totals hold in the most columns, with the fewest blanks between
//!   the figures of a row. A place is believed only where all the best ways agree; where they do not, the cell is `?`.
//! - A figure that no total adds, wherever it is put, is `?` in every column where it could stand.
//!
//! The table becomes a grid of its own, laid out as it once was, and is found and understood like any other.

mod block;
mod body;
mod choices;
mod equations;
mod figures;
mod heading;
mod lay;
pub mod packed;
mod pieces;
mod settle;
mod solve;
mod unread;

use crate::grid::{Grid, Source};
use body::Row;
use heading::Heading;

pub use block::Effort;
pub use lay::Remark;
pub use unread::{Unread, Why, unread};

/// A table that stood on one line.
#[derive(Clone, Debug)]
pub struct Transcript {
    /// The table as it once was; its `line` is where it stands in the document.
    pub grid: Grid,
    /// What could not be told of it. Rows are those of the grid.
    pub remarks: Vec<Remark>,
    /// What the line has before and after the table.
    pub prose: Vec<String>,
}

/// More columns than these have too many sums to weigh.
const MOST_COLUMNS: usize = 8;

/// A label has no more words than this; a longer line is prose.
const LABEL_WORDS: usize = 14;
/// So many lines may be blank within a table.
const MOST_BLANK: u32 = 2;
/// A note has no larger number.
const MOST_NOTES: u32 = 60;

/// No line with a table is as long as this, in bytes, nor has so many years in a row in so many places.
const MOST_BYTES: usize = 30_000;
const MOST_HEADINGS: usize = 8;

/// The tables that stand on single lines of a document, in order.
pub fn lay_out(grid: &Grid, effort: &Effort) -> Vec<Transcript> {
    if grid.source != Source::Text {
        return Vec::new();
    }
    let lines: Vec<(u32, &str)> = grid
        .rows()
        .filter_map(|(row, cells)| match cells {
            [only] if only.col == 0 => Some((row, only.text().filter(|text| text.len() <= MOST_BYTES)?)),
            _ => None,
        })
        .collect();
    let mut headings: Vec<Heading> = Vec::new();
    let mut found = Vec::new();
    for (i, &(row, line)) in lines.iter().enumerate() {
        let near = |at: Option<usize>| at.and_then(|at| lines.get(at)).map(|(_, line)| *line);
        let text = without_page(line, near(i.checked_sub(1)), near(Some(i + 1)));
        let pieces = pieces::pieces(text);
        let noted = with_notes(grid.input, row, text, &pieces, effort);
        if !noted.is_empty() {
            found.extend(noted);
            continue;
        }
        let mut told = heading::headings(text, &pieces).take(MOST_HEADINGS).filter(|heading| !heading.says_note());
        let table = told.find_map(|heading| {
            let fits = heading.years.len() <= MOST_COLUMNS;
            let body = fits.then(|| body::read(text, &pieces[heading.end..], heading.years.len())).flatten()?;
            Some((heading, body))
        });
        // What the words over the columns say is weighed where years alone give no table, or one that is not understood.
        let wholly =
            |found: &Transcript| !found.remarks.iter().any(|remark| matches!(remark, Remark::Undecided { .. }));
        let whole = || {
            packed::whole::read(
                grid.input,
                packed::Line { row, text },
                packed::weigh::Document { titled: &[], effort, short: false },
            )
        };
        let Some((mut heading, body)) = table else {
            found.extend(whole());
            continue;
        };
        let words = heading.measures.len();
        complete(&mut heading, &headings);
        let mut transcript = understand(grid.input, row, &heading, &body.rows, effort);
        if !wholly(&transcript) && heading.measures.len() != heading.years.len() {
            let whole = whole();
            if !whole.is_empty() && whole.iter().all(wholly) {
                found.extend(whole);
                continue;
            }
        }
        if words > 0 && words < heading.years.len() {
            transcript.remarks.push(Remark::Headings { words, columns: heading.years.len() });
        }
        transcript.prose = [heading.before.clone(), body.after].into_iter().filter(|text| !text.is_empty()).collect();
        headings.push(heading);
        found.push(transcript);
    }
    found
}

/// The tables of a line that refer to notes, whose numbers look as thousands.
fn with_notes(input: usize, row: u32, text: &str, pieces: &[pieces::Piece<'_>], effort: &Effort) -> Vec<Transcript> {
    let noted = heading::headings(text, pieces).take(MOST_HEADINGS).filter(Heading::says_note);
    let from = |heading: &Heading| pieces.get(heading.end).map(|piece| piece.start);
    let line = packed::Line { row, text };
    noted.filter_map(|heading| packed::run_on::read(input, line, &heading, from(&heading)?, effort)).collect()
}

/// Takes the page number off the end of a line: the lines beside it end with the numbers before and after.
fn without_page<'a>(line: &'a str, above: Option<&str>, below: Option<&str>) -> &'a str {
    let last = |line: &str| -> Option<u32> { line.split_whitespace().next_back()?.parse().ok() };
    let Some(page) = last(line) else { return line };
    let follows = above.and_then(last).is_some_and(|above| above + 1 == page);
    if follows || below.and_then(last) == Some(page + 1) {
        line.trim_end().trim_end_matches(|c: char| c.is_ascii_digit()).trim_end()
    } else {
        line
    }
}

/// Words that do not say of each column what it is say nothing; then the columns are those of the table above, if it
/// has the same years.
fn complete(heading: &mut Heading, above: &[Heading]) {
    if heading.measures.len() != heading.years.len() {
        let same = above.iter().rfind(|other| other.years == heading.years);
        heading.measures = same.map(|other| other.measures.clone()).unwrap_or_default();
    }
}

fn understand(input: usize, line: u32, heading: &Heading, rows: &[Row], effort: &Effort) -> Transcript {
    let columns = heading.years.len();
    let decimals = rows.iter().flat_map(|row| &row.groups).map(|group| group.decimals()).max().unwrap_or(0);
    let bound = bound(rows, columns, decimals);
    let before: Vec<Vec<choices::Choice>> =
        rows.iter().map(|row| choices::choices(row, columns, decimals, bound)).collect();
    let equations = equations::equations(rows, &before);
    let mut solved = solve::solve(&before, &equations, effort);
    solve::roll_forward(rows, &mut solved);
    let settled = settle::settle(rows, &heading.years, solved, &equations, &before);
    lay::lay(input, line, heading, rows, &settled)
}

/// The largest figure that is believed: ten times the largest of those rows that can be read in one way only.
fn bound(rows: &[Row], columns: usize, decimals: usize) -> i64 {
    let sure = rows.iter().filter_map(|row| match &choices::choices(row, columns, decimals, i64::MAX)[..] {
        [only] => only.values().map(i64::abs).max(),
        _ => None,
    });
    sure.max().map_or(i64::MAX, |most| most.saturating_mul(10)).min(i64::MAX / 4_096)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grid::{Cell, Value};

    /// The rows of the table on a line, and what is said of it.
    fn shown(line: &str) -> (Vec<String>, Vec<Remark>) {
        let grid = Grid::new(0, "", Source::Text, vec![Cell::new(4, 0, Value::Text(line.into()))]);
        let mut found = lay_out(&grid, &Effort::default());
        assert_eq!(found.len(), 1, "{line}");
        let laid = found.remove(0);
        assert_eq!(laid.grid.address(7, 3), "A5");
        let rows = laid.grid.rows().filter(|(row, _)| *row >= 3);
        let text = |row, col| laid.grid.get(row, col).and_then(|cell| cell.text()).unwrap_or("_").to_string();
        let last = laid.grid.last().map_or(0, |(_, col)| col);
        (
            rows.map(|(row, _)| (0..=last).map(|col| text(row, col)).collect::<Vec<_>>().join("|")).collect(),
            laid.remarks,
        )
    }

    #[test]
    fn blanks_are_placed_by_the_totals() {
        let (rows, remarks) = shown(
            "Tkr 2015 2016 2017 - Arena 100 110 120 - Café 40 - Kurs 1 050 30 - Resa 7 8 9 \
             Summa 1 157 188 129",
        );
        assert_eq!(
            rows,
            ["- Arena|100|110|120", "- Café|_|40|_", "- Kurs|1 050|30|_", "- Resa|7|8|9", "Summa|1 157|188|129"]
        );
        assert_eq!(remarks, [Remark::Placed { rows: vec![4, 5] }]);
    }

    #[test]
    fn where_the_totals_do_not_decide_nothing_is_guessed() {
        let (rows, remarks) =
            shown("Tkr 2015 2016 2017 - Arena 100 110 120 - Café 40 - Bok 40 - Resa 7 8 9 Summa 147 158 129");
        assert_eq!(rows[1..3], ["- Café|?|?|_", "- Bok|?|?|_"]);
        assert_eq!(remarks, [Remark::Undecided { rows: vec![4, 5] }]);
        let (rows, _) = shown("Tkr 2015 2016 2017 - Arena 100 110 120 - Café 40 - Resa 7 8 9 Antal 1 2 3");
        assert_eq!(rows[1], "- Café|?|?|?", "no total, no answer");
    }

    #[test]
    fn full_rows_are_not_bent_to_a_wrong_total() {
        let (rows, remarks) =
            shown("Tkr 2015 2016 2017 - Arena 100 110 120 - Café 40 41 42 - Resa 7 8 9 Summa 147 159 999");
        assert_eq!(rows, ["- Arena|100|110|120", "- Café|40|41|42", "- Resa|7|8|9", "Summa|147|159|999"]);
        assert_eq!(remarks, []);
    }

    #[test]
    fn minuses_are_glued_and_results_have_blanks() {
        let (rows, _) = shown(
            "Tkr 2015 2016 2017 Intäkter 6 201 6 230 6 230 Kostnader 4 454 7 610 8 350 \
             Resultat före finansiella poster 1 747-1 380-2 120 Finansiella intäkter 0 0 0 \
             Resultat efter finansiella poster 1 747-2 120 Ackumulerat resultat 3 939 1 100 * eget kapital",
        );
        assert_eq!(rows[2], "Resultat före finansiella poster|1 747|-1 380|-2 120");
        assert_eq!(rows[4], "Resultat efter finansiella poster|1 747|_|-2 120");
        assert_eq!(rows[5], "Ackumulerat resultat|3 939|1 100|* eget kapital");
    }

    #[test]
    fn a_sum_is_carried_from_year_to_year() {
        let (rows, _) = shown(
            "Tkr 2015 2016 2016 2017 Utfall Budget rev. budget Plan Intäkter 6 201 6 230 6 230 6 230 \
             Kostnader 4 454 7 610 8 350 7 303 Årets resultat 1 747-1 380-2 120-1 073 \
             Resultat inkl. överf. fr. föreg. år 3 939 1 819 746 Egna medel 1 2 3 4",
        );
        assert_eq!(rows[3], "Resultat inkl. överf. fr. föreg. år|3 939|_|1 819|746");
    }

    #[test]
    fn a_figure_in_no_total_and_one_too_many() {
        let (rows, remarks) =
            shown("Tkr 2015 2016 2017 - Arena 100 110 120 - Café 13 10 - Resa 7 8 9 Summa 107 118 139 3 Antal 1 2 3");
        assert_eq!(rows[1], "- Café|?|?|10");
        assert_eq!(rows[3], "Summa|107|118|139");
        let left_out = Remark::LeftOut { row: 4, figure: "13".into() };
        assert_eq!(remarks, [left_out, Remark::Surplus { row: 6, figures: "3".into() }]);
    }

    #[test]
    fn totals_tell_the_numbers_of_notes_from_thousands() {
        let table = |total: &str| {
            let line = format!(
                "Balansräkning Belopp i kr Not 2020 2019 Fordringar 4 118 793 100 000 Bank 2, 3 400 000 300 000 \
                 Summa tillgångar {total} Eget kapital 5 300 000 - Skulder 6 218 793 400 000 \
                 Summa eget kapital och skulder 518 793 400 000 s i d a 1 2"
            );
            lay_out(
                &Grid::new(0, "", Source::Text, vec![Cell::new(4, 0, Value::Text(line.into()))]),
                &Effort::default(),
            )
        };
        let found = table("518 793 400 000");
        let row = |(_, cells): (u32, &[Cell])| cells.iter().filter_map(Cell::text).collect::<Vec<_>>().join("|");
        let rows: Vec<String> = found[0].grid.rows().map(row).collect();
        let expected = [
            "Balansräkning Belopp i kr|not|2020|2019",
            "Fordringar|4|118 793|100 000",
            "Bank|2, 3|400 000|300 000",
            "Summa tillgångar|518 793|400 000",
            "Eget kapital|5|300 000|-",
            "Skulder|6|218 793|400 000",
            "Summa eget kapital och skulder|518 793|400 000",
        ];
        assert_eq!(rows, expected);
        assert_eq!(found[0].grid.address(3, 2), "A5");
        assert_eq!(table("1 2").len(), 0, "too few totals hold");
    }

    #[test]
    fn page_numbers_follow_each_other() {
        assert_eq!(without_page("Summa 5 286 639 20", Some("sida 19"), None), "Summa 5 286 639");
        assert_eq!(without_page("Summa 5 286 639 20", None, Some("Bilaga 21")), "Summa 5 286 639");
        assert_eq!(without_page("Summa 5 286 639 20", Some("sida 18"), Some("22")), "Summa 5 286 639 20");
    }
}
