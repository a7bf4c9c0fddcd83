//! The forms in which the documents are there, read and checked once for all tests.

use std::collections::HashMap;
use std::path::Path;
use std::sync::LazyLock;

use avstam::book::Book;
use avstam::check::{self, Report};
use avstam::finding::Finding;
use avstam::grid::{At, a1};

use crate::expectation::{self, Expectation};

/// One form of a document: the stem of its expectations, the name of its place map, its file.
pub struct Variant {
    pub document: &'static str,
    pub map: &'static str,
    pub file: &'static str,
}

const fn variant(document: &'static str, map: &'static str, file: &'static str) -> Variant {
    Variant { document, map, file }
}

pub const REPORT: &str = "arsredovisning-2019";
const ORNSKOLDSVIK: &str = "budget-2020-ornskoldsvik";
const PYRAMIS: &str = "verksamhetsplan-2020-pyramis";
const SODRA: &str = "budget-2024-sodra-norrbotten";
const SKELLEFTEA: &str = "verksamhetsplan-2017-skelleftea";

pub const VARIANTS: &[Variant] = &[
    variant(REPORT, REPORT, "workbooks/arsredovisning-2019.xlsx"),
    variant(REPORT, REPORT, "workbooks/arsredovisning-2019.xls"),
    variant(REPORT, REPORT, "workbooks/arsredovisning-2019.ods"),
    variant(REPORT, "arsredovisning-2019-ett-blad", "workbooks/arsredovisning-2019-ett-blad.xlsx"),
    variant(REPORT, "arsredovisning-2019-text", "workbooks/arsredovisning-2019-text.xlsx"),
    variant(REPORT, "pyramis-ar-2019", "seeds/pyramis-ar-2019.txt"),
    variant(ORNSKOLDSVIK, ORNSKOLDSVIK, "workbooks/budget-2020-ornskoldsvik.xlsx"),
    variant(ORNSKOLDSVIK, "budget-2020-ornskoldsvik.csv", "workbooks/budget-2020-ornskoldsvik.csv"),
    variant(ORNSKOLDSVIK, "ornskoldsvik-vp-2020", "seeds/ornskoldsvik-vp-2020.txt"),
    variant(PYRAMIS, PYRAMIS, "workbooks/verksamhetsplan-2020-pyramis.xlsx"),
    variant(PYRAMIS, "pyramis-vp-2020", "seeds/pyramis-vp-2020.txt"),
    variant(SODRA, SODRA, "workbooks/budget-2024-sodra-norrbotten.xlsx"),
    variant(SODRA, "sodra-norrbotten-vp-2024", "seeds/sodra-norrbotten-vp-2024.txt"),
    variant(SKELLEFTEA, SKELLEFTEA, "workbooks/verksamhetsplan-2017-skelleftea.xlsx"),
    variant(SKELLEFTEA, "skelleftea-norsjo-vp-2017", "seeds/skelleftea-norsjo-vp-2017.txt"),
];

/// A variant that was read and checked, with the cells of its places.
pub struct Checked {
    pub variant: &'static Variant,
    pub book: Book,
    pub report: Report,
    places: HashMap<String, At>,
}

pub static CHECKED: LazyLock<Vec<Checked>> = LazyLock::new(|| VARIANTS.iter().map(Checked::of).collect());

impl Checked {
    fn of(variant: &'static Variant) -> Checked {
        let root = root();
        let (input, grids) = avstam::read::read(&root.join(variant.file), 0, &Default::default());
        assert!(input.error.is_none(), "{}: {:?}", variant.file, input.error);
        let sheet = |name: &str| grids.iter().position(|grid| grid.sheet == name);
        let place = |(place, (name, cell)): (String, (String, String))| {
            let grid = sheet(&name).unwrap_or_else(|| panic!("{}: no sheet {name}", variant.file));
            let (row, col) = address(&cell).unwrap_or_else(|| panic!("{}: no cell {cell}", variant.map));
            (place, At { grid: grid as u32, row, col })
        };
        let places: HashMap<String, At> = expectation::places(&root, variant.map).into_iter().map(place).collect();
        let book = Book::of(vec![input], grids);
        let places = places.into_iter().map(|(place, at)| (laid_out(&book, &place, at).unwrap_or(at), place));
        let places = places.map(|(at, place)| (place, at)).collect();
        let report = check::check(&book, &check::Options { counts: true, ..Default::default() });
        Checked { variant, book, report, places }
    }

    pub fn expected(&self, list: &str) -> Vec<Expectation> {
        Expectation::read(&root(), self.variant.document, list)
    }

    /// The cell of a place, where this form has it.
    pub fn at(&self, place: &str) -> Option<At> {
        self.places.get(place).copied()
    }

    pub fn shown(&self, at: At) -> String {
        let cell = a1(at.row, at.col);
        match self.book.grids[at.grid as usize].sheet.as_str() {
            "" => cell,
            sheet => format!("{sheet}!{cell}"),
        }
    }
}

/// A place of a table that stands on one line: its cell in the grid that the table was laid out in. The columns of
/// such tables are named by their years, with a word more where a year has two.
fn laid_out(book: &Book, place: &str, at: At) -> Option<At> {
    const COLUMNS: [&str; 6] = ["2015", "2016-budget", "2016-revised", "2017", "2018", "2019"];
    let grid = book.grids.iter().position(|grid| grid.line == Some(at.row))?;
    let (rest, column) = place.rsplit_once('/')?;
    let (_, row) = rest.split_once('/')?;
    let (label, nth) = row.split_once('#').map_or((row, 1), |(label, nth)| (label, nth.parse().unwrap_or(1)));
    let label = if label == "(blank)" { "" } else { label };
    let own = |cells: &[avstam::grid::Cell]| {
        let first = cells.first().filter(|cell| cell.col == 0).and_then(|cell| cell.text()).unwrap_or("");
        first == label || (!label.is_empty() && first.ends_with(&format!(" {label}")))
    };
    let (row, _) = book.grids[grid].rows().filter(|(row, cells)| *row > 2 && own(cells)).nth(nth - 1)?;
    let col = COLUMNS.iter().position(|name| *name == column).map_or(0, |col| col as u32 + 1);
    Some(At { grid: grid as u32, row, col })
}

/// Every cell that a finding names, also through its consequences.
pub fn named(finding: &Finding) -> impl Iterator<Item = At> + '_ {
    let consequences = finding.consequences.iter().flat_map(|consequence| &consequence.cells);
    let cells = finding.cells.iter().chain(consequences).map(|(at, _)| *at);
    finding.suspect.into_iter().chain(cells)
}

fn root() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures")
}

/// `B9` as row and column from 0.
fn address(cell: &str) -> Option<(u32, u32)> {
    let (letters, digits) = cell.split_at(cell.find(|c: char| c.is_ascii_digit())?);
    let col = letters.bytes().fold(0, |col, letter| col * 26 + u32::from(letter - b'A') + 1);
    Some((digits.parse::<u32>().ok()?.checked_sub(1)?, col.checked_sub(1)?))
}
