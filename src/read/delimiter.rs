//! Which character parts the fields of a delimited text.

use super::delimited::{Records, body, named_delimiter};

/// The delimiter found, and how many of the non-blank records it parts into equally many fields.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Found {
    pub delimiter: u8,
    /// In hundredths.
    pub share: u32,
}

/// In the order of trust where several part the text as well: a comma also stands in amounts and in prose.
const CANDIDATES: [u8; 4] = [b';', b'\t', b'|', b','];

/// The first records say what the rest are like.
const SAMPLE_BYTES: usize = 512 << 10;
const SAMPLE_RECORDS: usize = 2_000;

pub(super) fn find(text: &str) -> Found {
    let rows = body(text);
    let sample = &rows[..rows.floor_char_boundary(SAMPLE_BYTES)];
    if let Some(delimiter) = named_delimiter(text) {
        return Found { delimiter, share: 100 };
    }
    let shapes = CANDIDATES.map(|delimiter| (delimiter, Shape::of(sample, delimiter)));
    let others = shapes.iter().any(|(delimiter, shape)| *delimiter != b',' && shape.score() >= 2);
    let apart = spaces_part(sample);
    let score = |delimiter: u8, shape: &Shape| match delimiter {
        // `Revision – 614 – 9 1,6 %`: the cells of a page that was copied run together.
        b',' if commas_are_decimal_signs(sample) => 0,
        // Nothing but spaces holds the columns apart.
        b',' if apart && commas_in_figures(sample) => 0,
        // Commas within figures are decimal signs, where anything else parts the text.
        b',' if others && commas_in_figures(sample) => shape.score() / 3,
        _ => shape.score(),
    };
    let best = shapes.iter().map(|(delimiter, shape)| score(*delimiter, shape)).max().unwrap_or(0);
    let found = shapes.iter().find(|(delimiter, shape)| score(*delimiter, shape) * 5 >= best * 4);
    match found {
        Some((delimiter, shape)) if best > 0 => Found { delimiter: *delimiter, share: shape.share() },
        _ => Found { delimiter: b';', share: 0 },
    }
}

/// How regularly a delimiter parts a text.
#[derive(Default)]
struct Shape {
    records: u32,
    parted: u32,
    /// The longest run of records with equally many fields; titles and blank lines within it do not end it.
    block: u32,
}

impl Shape {
    fn of(sample: &str, delimiter: u8) -> Shape {
        let mut shape = Shape::default();
        let mut fields = Vec::new();
        let mut records = Records::new(sample, delimiter);
        let (mut width, mut run) = (0, 0);
        while (shape.records as usize) < SAMPLE_RECORDS && records.next_into(&mut fields) {
            if fields.iter().all(|field| field.trim().is_empty()) && fields.len() < 2 {
                continue;
            }
            shape.records += 1;
            if fields.len() < 2 {
                continue;
            }
            shape.parted += 1;
            run = if fields.len() == width { run + 1 } else { 1 };
            width = fields.len();
            shape.block = shape.block.max(run);
        }
        shape
    }

    /// Ragged tables have short blocks; that most records are parted at all speaks for them.
    fn score(&self) -> u32 {
        self.block.max(self.parted / 2)
    }

    fn share(&self) -> u32 {
        100 * self.block / self.records.max(1)
    }
}

/// Whether most lines are parted by wide spaces, at least twice.
fn spaces_part(sample: &str) -> bool {
    let (mut lines, mut apart) = (0usize, 0usize);
    for line in sample.lines().filter(|line| !line.trim().is_empty()).take(SAMPLE_RECORDS) {
        lines += 1;
        let pieces = line.trim().split("   ").filter(|piece| !piece.trim().is_empty()).count();
        apart += usize::from(pieces > 2);
    }
    apart * 2 > lines
}

fn commas_in_figures(sample: &str) -> bool {
    let bytes = sample.as_bytes();
    let digit = |i: Option<usize>| i.and_then(|i| bytes.get(i)).is_some_and(u8::is_ascii_digit);
    let (mut all, mut within) = (0usize, 0usize);
    for (i, _) in bytes.iter().enumerate().filter(|&(_, &b)| b == b',') {
        all += 1;
        within += usize::from(digit(i.checked_sub(1)) && digit(Some(i + 1)));
    }
    within * 2 > all
}

/// Whether nearly every comma stands between a digit and one or two more that end a figure, in lines with words.
fn commas_are_decimal_signs(sample: &str) -> bool {
    let (mut all, mut decimal, mut lines, mut labelled) = (0usize, 0usize, 0usize, 0usize);
    for line in sample.lines().filter(|line| line.contains(',')).take(SAMPLE_RECORDS) {
        lines += 1;
        labelled += usize::from(line.contains(char::is_alphabetic));
        for (at, _) in line.match_indices(',') {
            let (before, after) = (&line[..at], &line[at + 1..]);
            let digits = after.bytes().take_while(u8::is_ascii_digit).count();
            let ends = after[digits..].chars().next().is_none_or(|c| c.is_whitespace() || matches!(c, '%' | ')'));
            all += 1;
            decimal += usize::from(before.ends_with(|c: char| c.is_ascii_digit()) && (1..=2).contains(&digits) && ends);
        }
    }
    10 * decimal >= 9 * all && 2 * labelled >= lines && all > 0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn delimiter(text: &str) -> char {
        char::from(find(text).delimiter)
    }

    #[test]
    fn decimal_commas_in_copied_rows_do_not_part() {
        let found = find("Revision 614 9 1,6 %\nResor 819 50 5,7 %\nLokaler 4 646 76 1,7 %\nSumma 6 079 135 2,2 %\n");
        assert_eq!(found, Found { delimiter: b';', share: 0 });
        assert_eq!(delimiter("Revision,614,9\nResor,819,50\nLokaler,4646,76\n"), ',');
        assert_eq!(delimiter("Revision,61\nResor,81\nLokaler,46\n"), ',');
    }

    #[test]
    fn decimal_commas_do_not_part() {
        assert_eq!(delimiter("Intäkter;1 234,50;2 345,60\nKostnader;-1 000,00;-2 000,00\n"), ';');
        assert_eq!(delimiter("Intäkter\t1 234,50\nKostnader\t-1 000,00\nSumma\t234,50\n"), '\t');
    }

    #[test]
    fn columns_that_spaces_hold_apart_have_no_delimiter() {
        let text = "tkr           2023      2022\nIntäkter     361,5     904,9\nKostnader   −121,5     −25,6\n";
        assert_eq!(find(text).share, 0);
    }

    #[test]
    fn titles_above_the_table_are_passed_over() {
        let text = "Samordningsförbundet Exempel\nResultaträkning, belopp i kr\n\nPost;2019;2018\nIntäkter;1;2\nKostnader;3;4\n";
        assert_eq!(delimiter(text), ';');
        assert_eq!(delimiter("A report, of 2019\n\nx,y,z\n1,2,3\n4,5,6\n7,8,9\n"), ',');
    }

    #[test]
    fn the_delimiters_of_plain_tables() {
        assert_eq!(delimiter("a|b\n1|2\n"), '|');
        assert_eq!(delimiter("name,note\nA,\"x; y\"\nB,\"z; w\"\n"), ',');
        assert_eq!(delimiter("sep=|\na;b;c\n"), '|');
        assert_eq!(find("bara text"), Found { delimiter: b';', share: 0 });
    }
}
