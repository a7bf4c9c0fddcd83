//! Tables whose lines are lines still, but whose cells run together or stand one a line: what copying out of a page
//! leaves of them.
//!
//! `Verksamhetens intäkter 1 7 666 358 7 332 000` under `Belopp i kr Not 2019 2018`. The heading, of one line or of many,
//! says which columns there may be; which digits are one figure, and how many columns there are where the heading can be
//! parted in several ways, is told by the rows that can be read in one way only, and by the totals, as on a line that
//! holds a whole table. What nothing tells is read so that the figures of the row are of about one size, and otherwise
//! left as not known. Where few rows have a figure in each column, the totals must prove the reading.
//!
//! The cells stay in the document: row for row where their labels were, each in a column of its own.

mod head;
pub(super) mod items;
mod lay;
mod lines;
mod parting;
pub(super) mod run_on;
mod ways;
pub(super) mod weigh;
pub(super) mod whole;

use super::block::Effort;
use super::lay::Remark;
use crate::grid::{Grid, Source};
use crate::words::titles;
use head::Head;
use lay::Laid;
use lines::About;
pub(super) use lines::Line;
use weigh::{Document, Read};

/// More columns than these have too many ways to weigh, and fewer rows are no table.
const MOST_COLUMNS: usize = 8;
const LEAST_ROWS: usize = 2;
/// A heading of names alone has no more words.
const MOST_NAME_WORDS: usize = 20;
/// A title stands no further above the heading of its table.
const TITLE_LINES: usize = 3;
/// Fewer figures that are sums may be so by chance.
const LEAST_PROOF: usize = 3;

/// A table in the making.
struct Block<'a> {
    /// The lines of its heading.
    heading: Vec<Line<'a>>,
    read: Read<'a>,
}

/// Parts the cells that run together; says what could not be told of them.
pub fn part(grid: &mut Grid, effort: &Effort) -> Vec<Remark> {
    if grid.source != Source::Text {
        return Vec::new();
    }
    let alone = grid.rows().filter_map(|(row, cells)| match cells {
        // What begins so is a record of bookkeeping, or a heading of its own.
        [only] if only.col == 0 => Some(Line { row, text: only.text().filter(|text| !text.starts_with('#'))? }),
        _ => None,
    });
    let lines: Vec<About> = alone.map(About::new).collect();
    let titled = note_numbers(&lines);
    let of = Document { titled: &titled, effort, short: true };
    let mut reader = Reader { lines: &lines, of, above: Vec::new() };
    let mut laid = Laid::default();
    let mut at = 0;
    while at < lines.len() {
        let (block, next) = reader.block(at);
        if let Some(block) = block {
            laid.lay(grid, &block);
        }
        at = next;
    }
    laid.into_grid(grid)
}

/// The numbers of the notes that have titles.
fn note_numbers(lines: &[About<'_>]) -> Vec<u32> {
    let number = |about: &About| match titles::title(about.line.text.trim(), false)? {
        titles::Heading::Note { number, .. } => Some(number),
        titles::Heading::Statement { .. } => None,
    };
    lines.iter().filter_map(number).collect()
}

/// Goes through the lines of a document.
struct Reader<'l, 'a> {
    lines: &'l [About<'a>],
    of: Document<'l>,
    /// The heading that may stand for the notes below it, too.
    above: Vec<(usize, Head)>,
}

impl<'a> Reader<'_, 'a> {
    /// The table that begins at a line, if one does, and where to look for the next.
    fn block(&mut self, at: usize) -> (Option<Block<'a>>, usize) {
        let found = match head::collect(self.lines, at) {
            Some(heading) => self.under_heading(at, heading),
            None => self.under_title(at),
        };
        match found.or_else(|| self.under_names(at)) {
            Some((block, next)) => (Some(block), next),
            None => (None, at + 1),
        }
    }

    fn under_heading(&mut self, at: usize, heading: head::Lines<'a>) -> Option<(Block<'a>, usize)> {
        let ends = |line: usize| self.repeats(line, at) || self.ends_table(line, at);
        if let Some((text, word)) = head::without_remarks(&heading.text)
            && let Some(found) = self.with_remarks(&heading, (text, word), ends)
        {
            return Some(found);
        }
        let heads = parting::parted(&heading.text, 1..=MOST_COLUMNS);
        let (rows, next) = lines::rows(self.lines, heading.next, ends);
        if let Some(read) = weigh::headed(&rows, heads.clone(), self.of) {
            self.above = vec![(read.head.columns.len(), read.head.clone())];
            return Some((Block { heading: heading.lines, read }, next));
        }
        // `2019 2018` once, above the titles of all notes.
        let next = self.lines.get(heading.next).map(|about| about.line.text);
        if rows.is_empty() && next.is_some_and(|text| is_note_title(text) || head::is_title(text)) {
            self.above = heads;
        }
        None
    }

    /// A table with remarks after the figures of its rows, under a last word that heads them.
    fn with_remarks(
        &self,
        heading: &head::Lines<'a>,
        (text, word): (&str, &str),
        ends: impl Fn(usize) -> bool,
    ) -> Option<(Block<'a>, usize)> {
        let (bare, remarks) = lines::without_remarks(self.lines, heading.next);
        let (mut rows, next) = lines::rows(&bare, heading.next, ends);
        let mut read = weigh::headed(&rows, parting::parted(text, 1..=MOST_COLUMNS), self.of)?;
        for row in read.rows.iter_mut().chain(&mut rows) {
            row.remark = remarks.iter().find(|remark| row.lines.contains(&remark.row)).copied();
        }
        read.head.remarks = Some(word.to_string());
        Some((Block { heading: heading.lines.clone(), read }, next))
    }

    /// Whether a line is the heading again, on the next page.
    fn repeats(&self, line: usize, heading: usize) -> bool {
        self.lines[line].line.text.trim() == self.lines[heading].line.text.trim()
    }

    /// Whether a line ends the table under a heading. In an overview over several years the name of a statement heads a
    /// section.
    fn ends_table(&self, line: usize, heading: usize) -> bool {
        let about = &self.lines[line];
        let has_own = || self.lines.get(line + 1).is_some() && head::collect(self.lines, line + 1).is_some();
        let overview = || {
            self.lines[heading.saturating_sub(TITLE_LINES)..=heading].iter().any(|above| is_overview(above.line.text))
        };
        about.said().ends_table && !(is_statement_title(about.line.text) && overview() && !has_own())
    }

    /// A note or a statement whose columns are those of the table above it.
    fn under_title(&self, at: usize) -> Option<(Block<'a>, usize)> {
        let title = self.lines[at].line;
        let is_title = is_note_title(title.text) || head::is_title(title.text);
        let has_own = || self.lines.get(at + 1).is_some() && head::collect(self.lines, at + 1).is_some();
        if !is_title || self.above.is_empty() || has_own() {
            return None;
        }
        let (rows, next) = lines::rows(self.lines, at + 1, |line| self.lines[line].said().ends_table);
        let mut read = weigh::headed(&rows, self.above.clone(), self.of)?;
        read.head.corner = title.text.trim().to_string();
        Some((Block { heading: vec![title], read }, next))
    }

    /// A table under words that may be the names of its columns.
    fn under_names(&self, at: usize) -> Option<(Block<'a>, usize)> {
        let line = self.lines[at].line;
        if line.text.split_whitespace().count() > MOST_NAME_WORDS {
            return None;
        }
        let names = |columns| head::by_words(line.text, columns).or_else(|| head::by_names(line.text, columns));
        let heads: Vec<(usize, Head)> =
            (2..=MOST_COLUMNS).filter_map(|columns| Some((columns, names(columns)?))).collect();
        if heads.is_empty() {
            return None;
        }
        let (rows, next) =
            lines::rows(self.lines, at + 1, |below| self.repeats(below, at) || self.lines[below].said().ends_table);
        let read = weigh::named(&rows, heads, self.of)?;
        Some((Block { heading: vec![line], read }, next))
    }
}

/// Whether a text names an overview over several years.
fn is_overview(text: &str) -> bool {
    matches!(titles::title(text, false), Some(titles::Heading::Statement { kind: "multi-year", .. }))
}

fn is_statement_title(text: &str) -> bool {
    matches!(titles::title(text, false), Some(titles::Heading::Statement { weak: false, .. }))
}

/// Whether a line is the title of a note, and not a reference to one.
fn is_note_title(text: &str) -> bool {
    let is_note = matches!(titles::title(text.trim(), false), Some(titles::Heading::Note { .. }));
    is_note && text.split_whitespace().count() > 2
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grid::{Cell, Value};

    /// The rows of a text as they are parted, and the rows about which nothing is known.
    fn shown(text: &str) -> (Vec<String>, Vec<Remark>) {
        let cell = |(row, line): (u32, &str)| Cell::new(row, 0, Value::Text(line.into()));
        let mut grid = Grid::new(0, "", Source::Text, (0..).zip(text.lines()).map(cell).collect());
        let remarks = part(&mut grid, &Effort::default());
        let row = |(_, cells): (u32, &[Cell])| {
            let texts = cells.iter().map(|cell| format!("{}:{}", cell.col, cell.text().unwrap_or_default()));
            texts.collect::<Vec<_>>().join("|")
        };
        (grid.rows().map(row).collect(), remarks)
    }

    #[test]
    fn cells_that_run_together_are_parted() {
        let (rows, remarks) = shown(
            "Resultaträkning\nBelopp i kr Not 2019 2018\nVerksamhetens intäkter 1 7 666 358 332 000\n\
             Verksamhetens kostnader 2 -7 146 542 -17 293\nAvskrivningar - -14 000\nVerksamhetens resultat 519 816 300 707\n\
             Not 1 Verksamhetens intäkter\nNot 2 Verksamhetens kostnader",
        );
        let expected = [
            "0:Resultaträkning",
            "0:Belopp i kr|1:not|2:2019|3:2018",
            "0:Verksamhetens intäkter|1:1|2:7 666 358|3:332 000",
            "0:Verksamhetens kostnader|1:2|2:-7 146 542|3:-17 293",
            "0:Avskrivningar|2:-|3:-14 000",
            "0:Verksamhetens resultat|2:519 816|3:300 707",
            "0:Not 1 Verksamhetens intäkter",
            "0:Not 2 Verksamhetens kostnader",
        ];
        assert_eq!((rows, remarks), (expected.map(String::from).to_vec(), Vec::new()));
    }

    #[test]
    fn totals_tell_a_note_from_a_million() {
        let table = |total: &str| {
            format!(
                "Tkr Not 2019 2018\nFordringar 3 112 100\nKassa och bank 2 312 456 358 376\nSumma tillgångar {total}"
            )
        };
        let bank = |total: &str| shown(&table(total)).0[2].clone();
        assert_eq!(bank("312 568 358 476"), "0:Kassa och bank|1:2|2:312 456|3:358 376");
        assert_eq!(bank("2 312 568 358 476"), "0:Kassa och bank|2:2 312 456|3:358 376");
    }

    #[test]
    fn signs_stand_apart_and_totals_place_what_is_blank() {
        let (rows, remarks) = shown(
            "Tkr Not 2019 2018\nIntäkter 1 270 300\nKostnader 2 – 260 – 275\nAvskrivningar 3 – 4\nRörelsens kostnader 4\n\
             Årets resultat\n10 21",
        );
        let expected = [
            "0:Tkr|1:not|2:2019|3:2018",
            "0:Intäkter|1:1|2:270|3:300",
            "0:Kostnader|1:2|2:– 260|3:– 275",
            "0:Avskrivningar|1:3|3:– 4",
            "0:Rörelsens kostnader|1:4",
            "0:Årets resultat|2:10|3:21",
        ];
        assert_eq!((rows, remarks), (expected.map(String::from).to_vec(), Vec::new()));
    }

    #[test]
    fn a_percentage_before_figures_is_the_labels() {
        let (rows, remarks) = shown(
            "Finansiering (kr) 2020 2021 2022\nStaten 50 % 3 109 000 3 211 000 3 195 000\n\
             Storby kommun 15 % 932 700 963 300 958 500\nLillby kommun 35 % 2 176 300 2 247 700 2 236 500\n\
             Summa bidrag 6 218 000 6 422 000 6 390 000\nAndel kvinnor 50 % 48 % 49 %",
        );
        let expected = [
            "0:Finansiering (kr)|1:2020|2:2021|3:2022",
            "0:Staten 50 %|1:3 109 000|2:3 211 000|3:3 195 000",
            "0:Storby kommun 15 %|1:932 700|2:963 300|3:958 500",
            "0:Lillby kommun 35 %|1:2 176 300|2:2 247 700|3:2 236 500",
            "0:Summa bidrag|1:6 218 000|2:6 422 000|3:6 390 000",
            "0:Andel kvinnor|1:50 %|2:48 %|3:49 %",
        ];
        assert_eq!((rows, remarks), (expected.map(String::from).to_vec(), Vec::new()));
    }

    #[test]
    fn one_whole_number_among_decimals_is_a_note() {
        let (rows, _) = shown(
            "Mnkr Not 2018 2017 2016\nInköp 10 – 60,5 – 55,9 – 50,0\nFörsäljning 11 – 0,1 0,0 – 0,1\nAndelar 12 0,1 0,2\n\
             Kassaflöde från investeringsverksamheten – 60,6 – 55,8 – 49,9",
        );
        assert_eq!(rows[2], "0:Försäljning|1:11|2:– 0,1|3:0,0|4:– 0,1");
        assert_eq!(rows[3], "0:Andelar|1:12|3:0,1|4:0,2");
        let kronor =
            shown("Mkr Not 2018 2017\nÅrets kassaflöde 31 -6\nKursdifferens 3 0\nKassa vid årets slut 34 -6").0;
        assert_eq!(kronor[2], "0:Kursdifferens|2:3|3:0");
    }

    #[test]
    fn uneven_rows_may_have_blanks_where_totals_say_so() {
        let (rows, _) = shown(
            "Tkr 2020 2021 2022 2023\nBidrag 6 218 6 422 6 390 6 640\nRäntor 120 1 450 20 300\n\
             Summa intäkter 6 338 6 422 7 840 26 940",
        );
        assert_eq!(rows[2], "0:Räntor|1:120|3:1 450|4:20 300");
    }

    #[test]
    fn a_closing_balance_follows_from_the_opening_one_and_the_result() {
        let (rows, remarks) = shown(
            "Tkr 2022 2023 2024\nIngående eget kapital 1 310 1 500 1 705\nIntäkter 4 800 4 800 4 900\n\
             Kostnader 4 610 4 595 6 470\nÅrets resultat 190 205 -1 570\nUtgående eget kapital 1 500 1 705 135",
        );
        assert_eq!(rows[5], "0:Utgående eget kapital|1:1 500|2:1 705|3:135");
        assert_eq!(remarks, []);
    }

    #[test]
    fn a_title_of_measures_heads_no_columns() {
        let rows = shown(
            "Budget och utfall\nBelopp i kr Utfall 2008 Budget 2008 Avvikelse\nHyra -210 981 -230 000 -19 019\n\
             Resor -350 562 -350 000 562\nSumma kostnader -561 543 -580 000 -18 457",
        );
        assert_eq!(rows.0[1], "0:Belopp i kr|1:Utfall 2008|2:Budget 2008|3:Avvikelse");
        assert_eq!(rows.0[3], "0:Resor|1:-350 562|2:-350 000|3:562");
    }

    #[test]
    fn a_total_refers_to_a_note_where_the_sums_say_so() {
        let table = |total: &str| {
            let text = "Tkr Not 2023 2022\nLeverantörsskulder 334 152\nÖvriga skulder 462 200\nSumma skulder";
            shown(&format!("{text} {total}")).0.pop()
        };
        assert_eq!(table("5 796 352").as_deref(), Some("0:Summa skulder|1:5|2:796|3:352"));
        assert_eq!(table("796 352").as_deref(), Some("0:Summa skulder|2:796|3:352"));
    }

    #[test]
    fn amounts_that_look_like_years_head_no_table() {
        let (rows, _) = shown(
            "Belopp i tkr 2017 2016\nStaten 4088 4080\nRegionen 2044 2040\nKommunerna 2043 2041\nSumma intäkter 8175 8161",
        );
        assert_eq!(rows[2], "0:Regionen|1:2044|2:2040");
    }

    #[test]
    fn a_title_with_the_words_of_headings_is_no_part_of_the_heading() {
        for title in ["Budget och utfall 2019", "Ekonomiskt utfall", "Prognos 2019"] {
            let (rows, _) = shown(&format!(
                "{title}\ntkr Utfall 2019 Budget 2019 Avvikelse\nLokaler -156 -149 -7\nRevision -1 217 -1 205 -12\n\
                 Summa -1 373 -1 354 -19"
            ));
            assert_eq!(rows[1], "0:tkr|1:Utfall 2019|2:Budget 2019|3:Avvikelse", "{title}");
            assert_eq!(rows[3], "0:Revision|1:-1 217|2:-1 205|3:-12", "{title}");
        }
    }

    #[test]
    fn remarks_stand_after_the_figures() {
        let (rows, remarks) = shown(
            "Insats Budget 2025 Utfall 2025 Avvikelse Kommentar\nSamsyn 336 000 297 000 39 000\n\
             Våga växa 410 000 478 000 -68 000 enligt beslut\nIPS 100 000 83 000 17 000 2 nya deltagare per månad\n\
             Totalt 846 000 858 000 -12 000",
        );
        let expected = [
            "0:Insats|1:Budget 2025|2:Utfall 2025|3:Avvikelse|4:Kommentar",
            "0:Samsyn|1:336 000|2:297 000|3:39 000",
            "0:Våga växa|1:410 000|2:478 000|3:-68 000|4:enligt beslut",
            "0:IPS|1:100 000|2:83 000|3:17 000|4:2 nya deltagare per månad",
            "0:Totalt|1:846 000|2:858 000|3:-12 000",
        ];
        assert_eq!((rows, remarks), (expected.map(String::from).to_vec(), Vec::new()));
    }

    #[test]
    fn cells_that_are_glued_together_are_left_alone() {
        let glued = "Mnkr 2016 2015\nÅrets resultat321 187\nAvskrivning346 337\nAvsättning141 89\nSumma808 613";
        assert_eq!(shown(glued).0, glued.lines().map(|line| format!("0:{line}")).collect::<Vec<_>>());
    }

    #[test]
    fn prose_and_records_are_left_alone() {
        let text = "Under 2019 och 2018 deltog 12\nAntalet blev 12 personer\n#UB 0 1930 100\n#UB 0 2010 200\nRedovisning av budget 2019\nSida 3";
        assert_eq!(shown(text).0, text.lines().map(|line| format!("0:{line}")).collect::<Vec<_>>());
    }
}
