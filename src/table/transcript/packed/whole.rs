//! Whole tables on one line, under words that say what their columns are: `Insats Budget 2021 Utfall 2021 Avvikelse
//! Arena Arbete 529 000 488 402 40 598 …`.
//!
//! Where the heading ends and the first label begins, only words tell, and where one row ends and the next begins, only
//! the change from figures to words; so such a table is read only where its totals prove the reading.

use super::lines::{Line, Packed};
use super::weigh::{self, Document};
use super::{Block, MOST_COLUMNS};
use super::{parting, run_on};
use crate::grid::{Cell, Grid, Source, Value};
use crate::table::heading;
use crate::table::transcript::lay::Remark;
use crate::table::transcript::packed::lay::Laid;
use crate::table::transcript::{Transcript, equations};
use crate::words::{self, Concept};

/// No shorter line holds a table.
const LEAST_BYTES: usize = 80;
/// So few words that end with digits are no table.
const LEAST_FIGURES: usize = 12;
/// So many headings are tried on a line.
const MOST_RUNS: usize = 8;
/// A heading of columns has no more words.
const MOST_WORDS: usize = 24;
/// The title before it has no more.
const TITLE_WORDS: usize = 8;

/// What heads sections of the tables that förbund have.
const SECTIONS: [Concept; 16] = [
    Concept::OperatingIncome,
    Concept::OperatingCosts,
    Concept::PersonnelCosts,
    Concept::AdministrationCosts,
    Concept::ActivityCosts,
    Concept::IndividualActivities,
    Concept::StructuralActivities,
    Concept::Assets,
    Concept::FixedAssets,
    Concept::CurrentAssets,
    Concept::Receivables,
    Concept::Equity,
    Concept::Provisions,
    Concept::Liabilities,
    Concept::CurrentLiabilities,
    Concept::TotalEquityAndLiabilities,
];

/// Words in a row that say what columns are: from one byte of the line to another.
#[derive(Clone, Copy, Debug)]
struct Run {
    start: usize,
    end: usize,
}

/// The tables of a line that their totals prove.
pub fn read(input: usize, line: Line<'_>, of: Document<'_>) -> Vec<Transcript> {
    let figures = || line.text.split(' ').filter(|word| word.ends_with(|c: char| c.is_ascii_digit())).count();
    if line.text.len() < LEAST_BYTES || figures() < LEAST_FIGURES {
        return Vec::new();
    }
    let runs = runs(line.text);
    let mut tables = Vec::new();
    let mut from = 0;
    for (i, run) in runs.iter().enumerate() {
        let next = runs.get(i + 1).map_or(line.text.len(), |next| next.start);
        if run.start < from {
            continue;
        }
        if let Some((transcript, end)) = table(input, line, (from, *run, next), of) {
            tables.push(transcript);
            from = end;
        }
    }
    tables
}

/// Where words in a row say what columns are, and no more than that; a label follows them.
fn runs(text: &str) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut open: Vec<(usize, &str)> = Vec::new();
    for word in text.split([' ', '\t']).filter(|word| !word.is_empty()) {
        let start = word.as_ptr() as usize - text.as_ptr() as usize;
        if heading::read(word).rest.is_empty() {
            open.push((start, word));
            // What stands before a comma is of the title.
            if word.ends_with([',', ':', '.']) && !word.ends_with("v.") {
                open.clear();
            }
            continue;
        }
        // `Plan 2024 Ingående eget kapital`: the label has begun.
        let label = word.starts_with(char::is_lowercase);
        if label && open.last().is_some_and(|(_, last)| last.starts_with(char::is_uppercase)) {
            open.pop();
        }
        if let (Some((first, _)), Some((last, said))) = (open.first(), open.last())
            && word.starts_with(|c: char| c.is_alphabetic() || matches!(c, '-' | '\u{2013}'))
            && open.len() <= MOST_WORDS
        {
            let run = Run { start: *first, end: last + said.len() };
            runs.extend(Some(run).filter(|run| heads(&text[run.start..run.end])));
        }
        open.clear();
        if runs.len() == MOST_RUNS {
            break;
        }
    }
    runs
}

/// Whether words head columns: they say a year, or more than one thing that is measured. `Årets resultat` does not.
fn heads(text: &str) -> bool {
    let measures = text.split_whitespace().filter(|word| heading::read(word).measure.is_some()).count();
    measures > 1 || !heading::read(text).years.is_empty()
}

/// The table under a heading, and where it ends; its rows end before the next heading.
fn table(
    input: usize,
    line: Line<'_>,
    (from, run, next): (usize, Run, usize),
    of: Document<'_>,
) -> Option<(Transcript, usize)> {
    let within = Line { text: &line.text[..next], ..line };
    let (rows, end) = run_on::rows(within, run.end);
    let figures = rows.iter().filter(|row| !row.items.is_empty()).count();
    let adds = |row: &Packed| equations::is_total(&row.label) || equations::is_result(&row.label);
    if !run_on::ROWS.contains(&figures) || !rows.iter().any(adds) {
        return None;
    }
    let rows = headed(rows);
    let read = weigh::headed(&rows, parting::parted(&line.text[run.start..run.end], 1..=MOST_COLUMNS), of)?;
    if !read.weighed.is_proved() {
        return None;
    }
    let title = title(&line.text[from..run.start]);
    let before = line.text[from..run.start - title.len()].trim();
    // Rows of the document are not laid out: the title and the heading stand below the line's own.
    let (at, below) = (line.row + 1, line.row + 2);
    let titled = (!title.trim().is_empty()).then(|| Cell::new(at, 0, Value::Text(title.trim().into())));
    let mut grid = Grid::new(input, "", Source::Text, titled.into_iter().collect());
    let mut laid = Laid::default();
    laid.lay(&grid, &Block { heading: vec![Line { row: below, text: "" }], read });
    let remarks: Vec<Remark> = laid.into_grid(&mut grid);
    grid.line = Some(line.row);
    grid.moved.clear();
    let prose = if before.is_empty() { Vec::new() } else { vec![before.to_string()] };
    Some((Transcript { grid, remarks, prose }, end))
}

/// The last words of a text that may be a title: those after its last sentence.
fn title(text: &str) -> &str {
    let sentence = text.trim_end().rfind(['.', '!', '?']).map_or(0, |at| at + 1);
    let own = &text[sentence..];
    let words: Vec<&str> = own.split_whitespace().collect();
    match words.len() {
        0 => "",
        count if count <= TITLE_WORDS => own,
        count => {
            let first = words[count - TITLE_WORDS];
            &text[first.as_ptr() as usize - text.as_ptr() as usize..]
        }
    }
}

/// Takes headings off the labels that they are glued to: `Kostnader Kansli`, where no other label begins so.
fn headed(rows: Vec<Packed<'_>>) -> Vec<Packed<'_>> {
    let labels: Vec<String> = rows.iter().map(|row| row.label.clone()).collect();
    let mut headed = Vec::with_capacity(rows.len());
    for mut row in rows {
        while let Some(at) = heading_of(&row.label, &labels) {
            let label = row.label.split_off(at);
            let heading = std::mem::replace(&mut row.label, label.trim_start().to_string());
            headed.push(Packed::new(row.lines.clone(), heading.trim_end().to_string(), Vec::new()));
        }
        headed.push(row);
    }
    headed
}

/// Where a label goes on after words that head a section.
fn heading_of(label: &str, labels: &[String]) -> Option<usize> {
    const KINDS: [&str; 2] = ["budget", "balance-sheet"];
    let heads = |text: &str| {
        let is_whole = |kind: &&str| words::sure_concept(text, kind).is_some_and(|concept| SECTIONS.contains(&concept));
        heading::says_unit_only(text) || KINDS.iter().any(is_whole)
    };
    let others = |text: &str| labels.iter().filter(|other| other.starts_with(text)).count();
    let begins = |c: char| c.is_uppercase() || c.is_ascii_digit();
    let opens = |at: usize| {
        label[at..].trim_start().starts_with(begins) && !label[..at].ends_with(|c| matches!(c, '0'..='9' | '.'))
    };
    let mut cuts = label.match_indices(' ').map(|(at, _)| at).filter(|&at| opens(at));
    let heads = |at: &usize| heads(&label[..*at]) && others(&label[..*at]) < 2 && !words::says_total(&label[..*at]);
    cuts.rfind(heads)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::transcript::block::Effort;

    /// The rows of the tables on a line.
    fn shown(text: &str) -> Vec<String> {
        let effort = Effort::default();
        let tables = read(0, Line { row: 4, text }, Document { titled: &[], effort: &effort, short: false });
        let row = |(_, cells): (u32, &[Cell])| {
            let texts = cells.iter().map(|cell| format!("{}:{}", cell.col, cell.text().unwrap_or_default()));
            texts.collect::<Vec<_>>().join("|")
        };
        tables.iter().flat_map(|table| table.grid.rows().map(row).collect::<Vec<_>>()).collect()
    }

    #[test]
    fn words_head_the_columns_of_a_table_on_one_line() {
        let expected = [
            "0:Insatser per kommun 2021 Insats",
            "1:Budget 2021|2:Utfall 2021|3:Avvikelse",
            "0:Arena Arbete|1:529 000|2:488 402|3:40 598",
            "0:Unga 16-29 år|1:219 000|2:175 492|3:43 508",
            "0:Steget|1:530 000|2:534 199|3:-4 199",
            "0:Summa|1:1 278 000|2:1 198 093|3:79 907",
        ];
        let line = "Här redovisas året. Insatser per kommun 2021 Insats Budget 2021 Utfall 2021 Avvikelse Arena Arbete \
                    529 000 488 402 40 598 Unga 16-29 år 219 000 175 492 43 508 Steget 530 000 534 199 -4 199 Summa \
                    1 278 000 1 198 093 79 907";
        assert_eq!(shown(line), expected);
    }

    #[test]
    fn headings_are_parted_from_the_labels_that_follow_them() {
        let line = "Budget, tkr Budget 2024 Plan 2025 Intäkter Staten 2 000 2 100 Regionen 1 000 1 050 Summa intäkter 3 000 \
                    3 150 Kostnader 1.1 Kansli 900 950 1.2 Insatser 2 000 2 150 Summa kostnader 2 900 3 100 Årets resultat \
                    100 50";
        let expected = [
            "0:Budget,",
            "0:tkr|1:Budget 2024|2:Plan 2025",
            "0:Intäkter",
            "0:Staten|1:2 000|2:2 100",
            "0:Regionen|1:1 000|2:1 050",
            "0:Summa intäkter|1:3 000|2:3 150",
            "0:Kostnader",
            "0:1.1 Kansli|1:900|2:950",
            "0:1.2 Insatser|1:2 000|2:2 150",
            "0:Summa kostnader|1:2 900|2:3 100",
            "0:Årets resultat|1:100|2:50",
        ];
        assert_eq!(shown(line), expected);
    }

    #[test]
    fn a_year_or_two_measures_head_columns() {
        let texts = ["Budget Utfall Avvikelse", "Insats 2021", "Årets resultat", "Budget", "Insats"];
        assert_eq!(texts.map(heads), [true, true, false, false, false]);
    }

    #[test]
    fn a_title_is_short_and_no_sentence() {
        let words = "ett två tre fyra fem sex sju åtta nio tio";
        assert_eq!(title(words), "tre fyra fem sex sju åtta nio tio");
        assert_eq!(title("Så gick det. Insatser 2021 "), " Insatser 2021 ");
        assert_eq!(title("Så gick det."), "");
        assert_eq!(title(""), "");
    }

    #[test]
    fn what_totals_do_not_prove_is_left_alone() {
        let line =
            "Insatser Budget 2021 Utfall 2021 Arena 529 488 Unga 219 175 Steget 530 534 Café 12 13 Summa 1 278 1 200";
        assert_eq!(shown(line), Vec::<String>::new());
        let prose = "Under 2021 var budget och utfall 529 000 kr för Arena, 219 000 kr för Unga och totalt 748 000 kr, mot \
                     budget 2020 om 700 000 kr. Förbundet har 4 medlemmar och 12 insatser under 2021.";
        assert_eq!(shown(prose), Vec::<String>::new());
    }
}
