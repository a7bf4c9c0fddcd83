//! Tables whose columns only spaces hold apart, as text taken out of a page has them: where the fields of each line
//! are, and in which column each stands.

use super::text;
use crate::words::titles;
use crate::words::{self, Class};
use crate::written::{self, DecimalSign, Written};

/// A field and its column.
pub(super) type Field<'a> = (u32, &'a str);

/// So many lines with figures in columns are a table.
const LEAST: usize = 3;

/// No figure has more digits.
const MOST_DIGITS: usize = 13;

/// Longer lines are prose, or tables that lost their lines.
const MOST_BYTES: usize = 500;

/// A stretch of a line between two wide spaces, in characters from its beginning.
#[derive(Clone, Copy)]
struct Piece<'a> {
    start: usize,
    end: usize,
    text: &'a str,
    figure: bool,
}

/// The fields of each line that is a row of such a table.
pub(super) fn fields<'a>(lines: &[&'a str]) -> Vec<Option<Vec<Field<'a>>>> {
    let mut found = vec![None; lines.len()];
    let sign = DecimalSign::of(lines.iter().copied());
    let mut block: Vec<(usize, Vec<Piece>)> = Vec::new();
    for (row, line) in lines.iter().enumerate() {
        if text::is_drawn(line) {
            continue;
        }
        if parts_blocks(line) {
            lay(lines, &block, &mut found);
            block.clear();
        } else if !line.trim().is_empty() {
            block.push((row, pieces(line, sign)));
        }
    }
    lay(lines, &block, &mut found);
    found
}

/// Whether a line ends the table above it: running text, a title, or a line with fields of its own kind.
fn parts_blocks(line: &str) -> bool {
    let title = || titles::title(line.trim(), false).is_some_and(|title| title.is_strong());
    line.contains(['\t', '|'])
        || line.len() > MOST_BYTES
        || words::is_sentence(line)
        || (!line.trim().contains("  ") && title())
}

fn pieces(line: &str, sign: DecimalSign) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut from = 0;
    // Blanks of other kinds at the end would be a piece that never ends.
    let line = line.trim_end();
    while let Some(start) = line[from..].find(|c: char| c != ' ').map(|at| from + at) {
        let end = line[start..].find("  ").map_or(line.len(), |at| start + at);
        let text = &line[start..end];
        let figure = !matches!(written::read_written(text, sign), Written::Other);
        let chars = line[..start].chars().count();
        pieces.push(Piece { start: chars, end: chars + text.chars().count(), text, figure });
        from = end;
    }
    pieces
}

/// Gives each line of a block its fields. Where the tables of a block have columns that do not go together, each is
/// laid by itself.
fn lay<'a>(lines: &[&'a str], block: &[(usize, Vec<Piece<'a>>)], found: &mut [Option<Vec<Field<'a>>>]) {
    if lay_whole(lines, block, found) {
        return;
    }
    // What begins without a heading of columns goes on with the table above it.
    let is_headed = |at: usize| {
        let first = block[at..].iter().find(|(_, pieces)| pieces.len() > 1);
        first.is_some_and(|(_, pieces)| !pieces[1..].iter().any(|piece| piece.figure && !is_year(piece.text)))
    };
    let opens = |at: &usize| {
        let (row, pieces) = &block[*at];
        lines[row.saturating_sub(1)].trim().is_empty() && matches!(pieces[..], [only] if !only.figure) && is_headed(*at)
    };
    let mut from = 0;
    for at in (1..block.len()).filter(opens).chain([block.len()]) {
        if at - from < block.len() {
            lay_whole(lines, &block[from..at], found);
        }
        from = at;
    }
}

fn is_year(text: &str) -> bool {
    text.len() == 4 && text.parse().is_ok_and(|year: u16| (1990..2060).contains(&year))
}

/// Finds the columns of a block of lines; false where they were not understood.
fn lay_whole<'a>(lines: &[&'a str], block: &[(usize, Vec<Piece<'a>>)], found: &mut [Option<Vec<Field<'a>>>]) -> bool {
    // Lines whose cells run together in spite of some wide spaces.
    let runs_on = block.iter().filter(|(_, pieces)| pieces.iter().skip(1).any(runs_on)).count();
    if 4 * runs_on > block.iter().filter(|(_, pieces)| pieces.len() > 1).count() {
        return true;
    }
    let with_figures = |pieces: &[Piece]| pieces.len() > 1 && pieces.iter().any(|piece| piece.figure);
    if block.iter().filter(|(_, pieces)| with_figures(pieces)).count() < LEAST {
        return true;
    }
    // The number of a page stands in no column.
    let rows = block.iter().filter(|(_, pieces)| with_figures(pieces));
    let figures = columns(rows.flat_map(|(_, pieces)| pieces).filter(|piece| piece.figure));
    let placed: Vec<(usize, Vec<(usize, Piece)>)> = block
        .iter()
        .map(|(row, pieces)| {
            // `Not` heads a column even where nothing stands over the labels.
            let is_label = |i: usize| i == 0 && words::lookup(Class::Note, pieces[0].text).is_none();
            let placed = pieces.iter().enumerate().map(|(i, piece)| (place(piece, is_label(i), &figures), *piece));
            (*row, joined(lines[*row], placed))
        })
        .collect();
    // Two fields of one line in one column: the columns were not understood.
    if placed.iter().any(|(_, pieces)| pieces.windows(2).any(|pair| pair[0].0 >= pair[1].0)) {
        return false;
    }
    let mut used: Vec<usize> = placed.iter().flat_map(|(_, pieces)| pieces.iter().map(|(place, _)| *place)).collect();
    used.sort_unstable();
    used.dedup();
    let margin = block.iter().filter_map(|(_, pieces)| Some(pieces.first()?.start)).min().unwrap_or_default();
    let column = |place: usize| used.binary_search(&place).unwrap_or_default() as u32;
    for (row, pieces) in placed {
        let mut fields: Vec<Field> = pieces.iter().map(|(place, piece)| (column(*place), piece.text)).collect();
        // A label keeps the steps that it is set in.
        if let [(0, first), ..] = pieces[..] {
            fields[0].1 = &lines[row][margin..first.start + first.text.len()];
        }
        found[row] = Some(fields);
    }
    true
}

/// Whether a stretch is several figures, and not one.
fn runs_on(piece: &Piece<'_>) -> bool {
    let digits = piece.text.bytes().filter(u8::is_ascii_digit).count();
    let figures = piece.text.split(' ').all(|word| word.chars().all(|c| !c.is_alphabetic() && c != '/'));
    piece.figure && digits > MOST_DIGITS || !piece.figure && figures && piece.text.contains(' ') && digits > 3
}

/// Words that a wide space parts within one column are one field: a label and the reference to its note, a heading.
fn joined<'a>(line: &'a str, pieces: impl Iterator<Item = (usize, Piece<'a>)>) -> Vec<(usize, Piece<'a>)> {
    let byte = |text: &str| text.as_ptr() as usize - line.as_ptr() as usize;
    let mut joined: Vec<(usize, Piece)> = Vec::new();
    for (place, piece) in pieces {
        match joined.last_mut() {
            Some((last, before)) if *last == place && !(before.figure || piece.figure) => {
                before.text = &line[byte(before.text)..byte(piece.text) + piece.text.len()];
                before.end = piece.end;
            }
            _ => joined.push((place, piece)),
        }
    }
    joined
}

/// Stretches that figures stand in, from left to right: figures that overlap, in whatever lines, are of one column.
fn columns<'a, 'b: 'a>(figures: impl Iterator<Item = &'a Piece<'b>>) -> Vec<(usize, usize)> {
    let mut stretches: Vec<(usize, usize)> = figures.map(|piece| (piece.start, piece.end)).collect();
    stretches.sort_unstable();
    let mut columns: Vec<(usize, usize)> = Vec::new();
    for (start, end) in stretches {
        match columns.last_mut() {
            Some(last) if start < last.1 => last.1 = last.1.max(end),
            _ => columns.push((start, end)),
        }
    }
    columns
}

/// Where a piece stands: 2n + 1 in the n-th column of figures, 2n before it.
fn place(piece: &Piece<'_>, first: bool, columns: &[(usize, usize)]) -> usize {
    let overlap = |column: &(usize, usize)| piece.end.min(column.1).saturating_sub(piece.start.max(column.0));
    let (at, most) =
        columns.iter().map(overlap).enumerate().max_by_key(|(at, most)| (*most, usize::MAX - at)).unwrap_or((0, 0));
    // A label may reach in under a wide figure; a heading stands over its column.
    let least = if first { (piece.end - piece.start).div_ceil(2) } else { 1 };
    if most >= least {
        return 2 * at + 1;
    }
    2 * columns.iter().filter(|column| column.1 <= piece.start).count()
}

#[cfg(test)]
mod tests {
    use super::fields;

    fn shown(text: &str) -> Vec<String> {
        let lines: Vec<&str> = text.lines().collect();
        let fields = fields(&lines).into_iter().map(|fields| match fields {
            Some(fields) => fields.iter().map(|(col, text)| format!("{col}:{text}")).collect::<Vec<_>>().join("|"),
            None => "-".to_string(),
        });
        fields.collect()
    }

    #[test]
    fn blanks_of_every_kind_end() {
        assert_eq!(shown("\u{a0}\n  \u{a0}  \n1  \u{b}\n\u{a0}  2"), ["-", "-", "-", "-"]);
    }

    #[test]
    fn columns_that_spaces_hold_apart() {
        let text = "\
Belopp i kr                Not        2024        2023
Verksamhetens intäkter       1   5 689 170   5 746 301
Verksamhetens kostnader      2  −4 357 707  −4 797 653
  varav personal                   −12 000           -
Årets resultat                   1 331 463     948 648";
        assert_eq!(
            shown(text),
            [
                "0:Belopp i kr|1:Not|2:2024|3:2023",
                "0:Verksamhetens intäkter|1:1|2:5 689 170|3:5 746 301",
                "0:Verksamhetens kostnader|1:2|2:−4 357 707|3:−4 797 653",
                "0:  varav personal|2:−12 000|3:-",
                "0:Årets resultat|2:1 331 463|3:948 648"
            ]
        );
    }

    #[test]
    fn tables_whose_columns_do_not_go_together_are_laid_each_by_itself() {
        let text = "\
År          2024     2023
Intäkter    5 000    4 000
Kostnader  -4 000   -3 000
Resultat    1 000    1 000

Deltagare
Insats   Män  Kvinnor  Alla
Arena     12       23    35
Café       1        2     3
Summa     13       25    38";
        assert_eq!(shown(text)[1], "0:Intäkter|1:5 000|2:4 000");
        assert_eq!(shown(text)[7], "0:Arena|1:12|2:23|3:35");
    }

    #[test]
    fn what_has_no_heading_goes_on_with_the_table_above() {
        let text = "\
kr              Not        2024        2023
Tillgångar
Fordringar        5      72 269     816 805
Bank                  7 735 341   7 474 271

Skulder
Eget kapital          7 001 165   6 018 152
Leverantörer            430 076     628 136

Kassaflöde
kr                                 2024        2023
Årets kassaflöde                261 070     120 000
Vid årets början              7 474 271   7 354 271
Vid årets slut                7 735 341   7 474 271";
        assert_eq!(shown(text)[6], "0:Eget kapital|2:7 001 165|3:6 018 152");
        assert_eq!(shown(text)[11], "0:Årets kassaflöde|1:261 070|2:120 000");
    }

    #[test]
    fn words_of_one_column_are_one_field() {
        let text = "\
Belopp i kr             2024    2023
Medlemsbidrag  Not 1   5 000   4 000
-----------------------------------
Räntor                    12      11
Resultat               5 012   4 011";
        assert_eq!(shown(text)[1], "0:Medlemsbidrag  Not 1|1:5 000|2:4 000");
        assert_eq!(shown(text)[2], "-");
    }

    #[test]
    fn prose_with_wide_spaces_is_prose() {
        assert_eq!(shown("Resultatet blev 12.  Det är bra.\nNästa rad 13.  Slut."), ["-", "-"]);
    }
}
