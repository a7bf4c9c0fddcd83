//! Annotates every xlsx and xlsm file of some folders, with findings forced on cells of every kind, and compares what
//! came out with what went in, part by part:
//!
//! ```sh
//! cargo run --release --example annotate_corpus -- OUT FOLDER…
//! python tests/annotate/compare.py OUT        # the same cells as openpyxl reads them
//! ```
//!
//! OUT gets the annotated workbooks, and `pairs.tsv` with the source of each. A row a file that was not annotated, and
//! the sums. Ends with 1 where anything was lost.

#[path = "../../tests/annotate/kept.rs"]
mod kept;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use avstam::annotate;
use avstam::book::Book;
use avstam::check::{self, Report};
use avstam::finding::{Finding, Language, Role, Severity, Text};
use avstam::grid::{At, Cell, Grid, Value};
use avstam::read;

fn main() -> ExitCode {
    let mut arguments = std::env::args_os().skip(1).map(PathBuf::from);
    let Some(out) = arguments.next() else {
        eprintln!("annotate_corpus OUT FOLDER…");
        return ExitCode::from(2);
    };
    let mut files = Vec::new();
    arguments.for_each(|folder| walk(&folder, &mut files));
    files.sort();
    fs::create_dir_all(&out).expect("the folder for what is written");
    let mut pairs = String::new();
    let (mut annotated, mut refused, mut lost, mut cells) = (0, 0, 0, 0);
    for file in &files {
        match annotate_one(file) {
            Err(why) => {
                refused += 1;
                println!("refused\t{}\t{why}", file.display());
            }
            Ok(made) => {
                annotated += 1;
                cells += made.flagged;
                let name = format!("{annotated:04}.{}", made.ending);
                fs::write(out.join(&name), &made.bytes).expect("the annotated workbook");
                pairs.push_str(&format!("{}\t{name}\n", file.display()));
                lost += usize::from(!made.faults.is_empty());
                made.faults.iter().for_each(|fault| println!("LOST\t{}\t{fault}", file.display()));
            }
        }
    }
    fs::write(out.join("pairs.tsv"), pairs).expect("the list of pairs");
    println!("{} files: {annotated} annotated ({cells} cells), {refused} refused, {lost} with losses", files.len());
    ExitCode::from(u8::from(lost > 0))
}

fn walk(path: &Path, files: &mut Vec<PathBuf>) {
    if path.is_dir() {
        let entries = fs::read_dir(path).expect("a folder");
        entries.for_each(|entry| walk(&entry.expect("an entry").path(), files));
    } else if path.extension().is_some_and(|ending| {
        let ending = ending.to_ascii_lowercase();
        ["xlsx", "xlsm", "xltx", "xltm"].iter().any(|known| ending == *known)
    }) {
        files.push(path.to_path_buf());
    }
}

struct Made {
    bytes: Vec<u8>,
    ending: &'static str,
    flagged: usize,
    faults: Vec<String>,
}

fn annotate_one(file: &Path) -> Result<Made, String> {
    let (input, grids) = read::read(file, 0, &read::Options::default());
    if let Some(error) = &input.error {
        return Err(error.to_string());
    }
    let book = Book::of(vec![input], grids);
    let mut report = check::check(&book, &check::Options::default());
    force(&book, &mut report);
    let number = annotate::source(&book).map_err(|error| error.to_string())?;
    let bytes = fs::read(file).map_err(|error| error.to_string())?;
    let once =
        || annotate::annotate(&book, &report, number, &bytes, Language::Swedish).map_err(|error| error.to_string());
    let annotated = once()?;
    let (mut faults, _) = kept::lost(&bytes, &annotated.bytes);
    if once()?.bytes != annotated.bytes {
        faults.push("two runs differ".into());
    }
    let ending = annotate::ending(&bytes).map_err(|error| error.to_string())?;
    Ok(Made { bytes: annotated.bytes, ending, flagged: annotated.flagged, faults })
}

/// A finding on a figure, a text, a formula, and on blank cells within, beside and below each sheet.
fn force(book: &Book, report: &mut Report) {
    let severities = [Severity::Error, Severity::Warning, Severity::Info];
    for (i, grid) in book.grids.iter().enumerate().filter(|(_, grid)| grid.line.is_none()) {
        for (n, (row, col)) in places(grid).into_iter().enumerate() {
            let message = Text::new("Prövning: <celler> & ”tecken”", "A trial: <cells> & “signs”");
            let mut finding = Finding::new("TX01", severities[n % 3], message);
            let at = At { grid: i as u32, row, col };
            finding.cells = vec![(at, Role::Total)];
            report.findings.push(finding);
        }
    }
}

fn places(grid: &Grid) -> Vec<(u32, u32)> {
    let first = |is: &dyn Fn(&Cell) -> bool| grid.cells().iter().find(|cell| is(cell)).map(|cell| (cell.row, cell.col));
    let mut places = vec![
        first(&|cell| matches!(cell.value, Value::Number(_)) && cell.formula().is_none()),
        first(&|cell| cell.text().is_some()),
        first(&|cell| cell.formula().is_some()),
    ];
    if let Some((row, col)) = grid.last().filter(|(row, col)| *row < 1_000_000 && *col < 16_000) {
        places.extend([Some((row, col + 1)), Some((row + 3, 30)), Some((row, 0)), Some((row / 2, col / 2))]);
    }
    let mut places: Vec<(u32, u32)> = places.into_iter().flatten().collect();
    places.sort_unstable();
    places.dedup();
    places
}
