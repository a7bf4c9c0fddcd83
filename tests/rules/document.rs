//! A case's Markdown as a book: a text document, or the sheets of a workbook where it says so.

use std::fs;

use avstam::book::Book;
use avstam::config::Config;
use avstam::grid::{Cell, Grid, NumberFormat, Source, Value};
use avstam::money::Amount;
use avstam::read::{self, Input, Options};
use avstam::written::{DecimalSign, Figure, Suffix, Written, read_written};

/// `<!-- workbook: RR -->` begins a sheet of that name.
const SHEET: &str = "<!-- workbook: ";

/// `<!-- file: bokslut-2022.md -->` begins a document of the same book.
const FILE: &str = "<!-- file: ";

/// What stands between these is the settings file.
const SETTINGS: (&str, &str) = ("```toml\n", "```\n");

pub fn book(input: &str) -> Book {
    let parts = input.split_once(SETTINGS.0).and_then(|(before, rest)| Some((before, rest.split_once(SETTINGS.1)?)));
    let (input, settings) = match parts {
        Some((before, (settings, after))) => (format!("{before}{after}"), settings),
        None => (input.to_owned(), ""),
    };
    let lines: Vec<&str> = input.lines().filter(|line| !line.starts_with('>')).collect();
    let mut book = match lines.iter().any(|line| line.starts_with(SHEET)) {
        true => workbook(&lines),
        false => text(&lines),
    };
    let config = Config::parse(settings).expect("settings");
    book.profile = config.profile;
    book.follow(config.chart);
    book
}

/// Read as the program reads Markdown files.
fn text(lines: &[&str]) -> Book {
    let folder = tempfile::tempdir().expect("a folder");
    let (mut inputs, mut grids) = (Vec::new(), Vec::new());
    for (i, (name, document)) in files(lines).into_iter().enumerate() {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(&path, document).expect("a document");
        let (input, found) = read::read(&path, i, &Options { keep_transactions: u64::MAX, ..Options::default() });
        assert!(input.error.is_none(), "{:?}", input.error);
        inputs.push(Input { path: name.into(), ..input });
        grids.extend(found);
    }
    Book::of(inputs, grids)
}

/// The documents with their names; what stands before the first mark is one of its own.
fn files<'a>(lines: &[&'a str]) -> Vec<(&'a str, String)> {
    let mut files: Vec<(&str, String)> = Vec::new();
    for line in lines {
        if let Some(name) = line.strip_prefix(FILE) {
            files.push((name.trim_end_matches("-->").trim(), String::new()));
            continue;
        }
        // A ledger's file stands in a block of its own, so that its lines are shown as they are.
        if let Some(language) = line.strip_prefix("```") {
            if language == "sie"
                && !files.last().is_some_and(|(name, _)| name.ends_with(".se") || name.ends_with(".si"))
            {
                files.push(("bok.se", String::new()));
            }
            continue;
        }
        if files.is_empty() {
            files.push(("fall.md", String::new()));
        }
        files.last_mut().expect("a file").1.extend([*line, "\n"]);
    }
    // Settings may stand before the first mark.
    if files.len() > 1 {
        files.retain(|(_, document)| !document.trim().is_empty());
    }
    files
}

/// A line is a row, but for the rules of Markdown tables.
fn workbook(lines: &[&str]) -> Book {
    let mut sheets: Vec<(&str, Vec<Cell>, u32)> = Vec::new();
    for line in lines {
        if let Some(name) = line.strip_prefix(SHEET) {
            sheets.push((name.trim_end_matches("-->").trim(), Vec::new(), 0));
            continue;
        }
        let Some((_, cells, row)) = sheets.last_mut() else { continue };
        let fields: Vec<&str> = match line.trim().strip_prefix('|').and_then(|rest| rest.strip_suffix('|')) {
            Some(rest) if rest.chars().all(|c| matches!(c, '-' | ':' | '|' | ' ')) && rest.contains('-') => continue,
            Some(rest) => rest.split('|').map(str::trim).collect(),
            None => vec![line.trim()],
        };
        cells.extend(fields.iter().zip(0..).filter(|(field, _)| !field.is_empty()).map(|(f, col)| cell(*row, col, f)));
        *row += 1;
    }
    let grid = |(name, cells, _): (&str, Vec<Cell>, u32)| {
        let mut grid = Grid::new(0, name, Source::Workbook, cells);
        grid.styled = true;
        grid
    };
    let input = Input {
        path: "fall.xlsx".into(),
        sha256: String::new(),
        format: Some(read::Format::Xlsx),
        error: None,
        remarks: Vec::new(),
        ledger: None,
    };
    Book::of(vec![input], sheets.into_iter().map(grid).collect())
}

/// `'1 234` is text, `#REF!` an error, `=?` a formula that was never calculated, `**Summa**` is bold; what is written
/// as a figure is a number.
fn cell(row: u32, col: u32, field: &str) -> Cell {
    let plain = field.trim_matches('*');
    let text = |text: &str| Cell::new(row, col, Value::Text(text.into()));
    let mut cell = match plain {
        "=?" => Cell::new(row, col, Value::Uncalculated),
        _ if plain.starts_with('#') => Cell::new(row, col, Value::Error(plain.into())),
        _ => match (plain.strip_prefix('\''), read_written(plain, DecimalSign::Comma)) {
            (Some(rest), _) => text(rest),
            (None, Written::Figure(Figure { amount, suffix: Suffix::Nothing, .. })) => {
                Cell::new(row, col, Value::Number(amount))
            }
            (None, Written::Figure(Figure { amount, suffix: Suffix::Percent, .. })) => percent(row, col, amount),
            _ => text(plain),
        },
    };
    cell.style.bold = plain != field;
    cell
}

/// Spreadsheets store 60 % as 0,60.
fn percent(row: u32, col: u32, amount: Amount) -> Cell {
    let part = amount.value.divide(100.into()).expect("a hundredth");
    let mut cell = Cell::new(row, col, Value::Number(Amount::new(part, amount.decimals + 2)));
    cell.style.format = NumberFormat::Percent { decimals: amount.decimals as u8 };
    cell
}
