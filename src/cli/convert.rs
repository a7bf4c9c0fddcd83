//! `avstam convert`: the common format as long data. Many files in, one table out.

use std::path::{Path, PathBuf};

use avstam::book::Book;
use avstam::finding::Text;
use avstam::parallel;
use avstam::records::{self, Record, Unplaced};
use avstam::workbook;

use super::inputs::{self, Paths};
use super::save::save;
use super::{Exit, Out, check};

#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Flaggor")]
pub struct Args {
    #[command(flatten)]
    paths: Paths,
    /// Filen som skrivs; ändelsen säger formen: .xlsx, .csv, .json eller .parquet
    #[arg(short, long, value_name = "UT", required_unless_present = "write_mapping")]
    output: Option<PathBuf>,
    /// Skriv i stället ett utkast till avstam.toml för det som inte kunde placeras, på standard ut
    #[arg(long, conflicts_with = "output")]
    write_mapping: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Xlsx,
    Csv,
    Json,
    Parquet,
}

impl Form {
    fn of(path: &Path) -> Option<Form> {
        match path.extension()?.to_str()?.to_lowercase().as_str() {
            "xlsx" => Some(Form::Xlsx),
            "csv" => Some(Form::Csv),
            "json" => Some(Form::Json),
            "parquet" => Some(Form::Parquet),
            _ => None,
        }
    }
}

pub fn run(args: &Args, out: &mut Out) -> Exit {
    let target = match &args.output {
        Some(path) => match Form::of(path) {
            Some(form) => Some((path, form)),
            None => {
                let path = path.display();
                return out.fail(&Text::new(
                    format!("{path}: ge filen ett namn som slutar på .xlsx, .csv, .json eller .parquet"),
                    format!("{path}: give the file a name that ends with .xlsx, .csv, .json or .parquet"),
                ));
            }
        },
        None => None,
    };
    let Some(read) = inputs::read_folders(&args.paths, out) else { return Exit::Failed };
    if read.books.iter().all(|book| book.grids.is_empty()) {
        return Exit::Failed;
    }
    let reports = check::reports(&read.books, &read.settings.config.options(), out);
    let told: Vec<Vec<Record>> =
        parallel::map(read.books.iter().zip(&reports).collect(), |(book, report)| records::records(book, report));
    let records: Vec<Record> = told.into_iter().flatten().collect();
    let unplaced = records::unplaced(&records);
    let Some((target, form)) = target else {
        out.report(&records::mapping(&records, &unplaced, out.language()));
        return if read.failed { Exit::Failed } else { Exit::Holds };
    };
    let path = target.display();
    let bytes = match bytes(form, &records, out) {
        Ok(bytes) => bytes,
        Err(why) => return out.fail(&why),
    };
    let sources = read.books.iter().flat_map(|book: &Book| &book.inputs).map(|input| input.path.as_path());
    if let Err(error) = save(&bytes, target, &sources.collect::<Vec<_>>()) {
        return out.fail(&Text::new(error.swedish(), error.to_string()));
    }
    let files = read.books.iter().map(|book| book.inputs.len()).sum::<usize>();
    out.remark(&Text::new(
        format!("Skrev {path}: {} poster ur {files} filer", records.len()),
        format!("Wrote {path}: {} records from {files} files", records.len()),
    ));
    tell_unplaced(&unplaced, out);
    if read.failed { Exit::Failed } else { Exit::Holds }
}

fn bytes(form: Form, records: &[Record], out: &Out) -> Result<Vec<u8>, Text> {
    let mut bytes = Vec::new();
    let written = match form {
        Form::Xlsx => {
            return workbook::records(records, out.language())
                .map_err(|error| Text::new(error.swedish(), error.to_string()));
        }
        Form::Csv => records::csv(&mut bytes, records),
        Form::Json => records::json(&mut bytes, records),
        #[cfg(feature = "parquet")]
        Form::Parquet => return records::parquet(records).map_err(|error| not_made(&error)),
        #[cfg(not(feature = "parquet"))]
        Form::Parquet => {
            return Err(Text::new(
                "det här programmet är byggt utan parquet: skriv .csv eller .json, eller bygg med --features parquet",
                "this program is built without parquet: write .csv or .json, or build with --features parquet",
            ));
        }
    };
    written.map(|()| bytes).map_err(|error| not_made(&error))
}

fn not_made(error: &std::io::Error) -> Text {
    Text::new(format!("filen går inte att göra ({error})"), format!("the file cannot be made ({error})"))
}

/// What could not be placed, and what it may be. A few are listed, all of them when asked for more.
fn tell_unplaced(unplaced: &[Unplaced], out: &Out) {
    const LISTED: usize = 10;
    if unplaced.is_empty() {
        return;
    }
    let count = unplaced.len();
    out.remark(&Text::new(
        match count {
            1 => "1 rubrik kunde inte placeras i sin räkning; dess poster har inget begrepp".to_string(),
            _ => format!("{count} rubriker kunde inte placeras i sin räkning; deras poster har inget begrepp"),
        },
        match count {
            1 => "1 label could not be placed in its statement; its records have no concept".to_string(),
            _ => format!("{count} labels could not be placed in their statement; their records have no concept"),
        },
    ));
    let listed = if out.verbose() { count } else { count.min(LISTED) };
    for found in &unplaced[..listed] {
        let (file, sheet, cell) = &found.first;
        let place = if sheet.is_empty() { format!("{file}:{cell}") } else { format!("{file}:{sheet}!{cell}") };
        let label = &found.label;
        let guesses = |name: fn(&avstam::words::Concept) -> &'static str| {
            found.guesses.iter().map(name).collect::<Vec<_>>().join(", ")
        };
        let (swedish, english) = match found.guesses.is_empty() {
            true => (String::new(), String::new()),
            false => (
                format!(": kanske {}", guesses(|concept| concept.swedish())),
                format!(": perhaps {}", guesses(|concept| concept.code())),
            ),
        };
        out.remark(&Text::new(format!("  {place} \"{label}\"{swedish}"), format!("  {place} \"{label}\"{english}")));
    }
    if listed < count {
        let rest = count - listed;
        out.remark(&Text::new(
            format!("  och {rest} till (-v visar alla)"),
            format!("  and {rest} more (-v shows all)"),
        ));
    }
}
