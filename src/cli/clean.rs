//! `avstam clean`: writes the cleaned workbook. The sources are only read.

use std::path::{Path, PathBuf};

use avstam::check;
use avstam::finding::Text;
use avstam::suggestion;
use avstam::workbook::{self, SaveError};

use super::inputs::{self, Paths};
use super::{Exit, Out};

#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Flaggor")]
pub struct Args {
    #[command(flatten)]
    paths: Paths,
    /// Den städade arbetsboken
    #[arg(short, long, value_name = "UT.xlsx", required = true)]
    output: PathBuf,
    /// Lägg in ett förslag: KF02, eller KF02-1b av flera (visas av check -v); kan anges flera gånger
    #[arg(long, value_name = "KOD|FÖRSLAG")]
    apply: Vec<String>,
}

pub fn run(args: &Args, out: &mut Out) -> Exit {
    if !is_xlsx(&args.output) {
        let path = args.output.display();
        return out.fail(&Text::new(
            format!("{path}: arbetsboken skrivs som xlsx, ge den ett namn som slutar på .xlsx"),
            format!("{path}: the workbook is written as xlsx, give it a name that ends with .xlsx"),
        ));
    }
    let Some(mut read) = inputs::read(&args.paths, out) else { return Exit::Failed };
    let (1, Some(book)) = (read.books.len(), read.books.pop()) else {
        return out.fail(&Text::new(
            "--each ger flera arbetsböcker: städa en fil i taget",
            "--each gives several workbooks: clean one file at a time",
        ));
    };
    if book.inputs.iter().all(|input| input.error.is_some()) && book.grids.is_empty() {
        return Exit::Failed;
    }
    let options = read.settings.config.options();
    let report = check::check(&book, &options);
    let (book, report, applied) = match args.apply.is_empty() {
        true => (book, report, Vec::new()),
        false => match suggestion::apply(book, &report, &args.apply) {
            Ok((book, applied)) => {
                let report = check::check(&book, &options);
                (book, report, applied)
            }
            Err(error) => return out.fail(&Text::new(error.swedish(), error.to_string())),
        },
    };
    let bytes = match workbook::write_applied(&book, &report, &applied, out.language()) {
        Ok(bytes) => bytes,
        Err(error) => return out.fail(&Text::new(error.swedish(), error.to_string())),
    };
    // A source within a cleaned workbook is in that file.
    let sources: Vec<&Path> = book.inputs.iter().flat_map(|input| input.path.ancestors().take(2)).collect();
    if let Err(error) = workbook::save(&bytes, &args.output, &sources) {
        return out.fail(&told(&error));
    }
    let (path, findings) = (args.output.display(), report.findings.len());
    let statements = book.statements.iter().filter(|statement| statement.copy_of.is_none()).count();
    let changed = match applied.len() {
        0 => [String::new(), String::new()],
        1 => [", 1 belopp ändrat".into(), ", 1 amount changed".into()],
        count => [format!(", {count} belopp ändrade"), format!(", {count} amounts changed")],
    };
    out.remark(&Text::new(
        format!("Skrev {path}: {statements} räkningar, {findings} avvikelser{}", changed[0]),
        format!("Wrote {path}: {statements} statements, {findings} findings{}", changed[1]),
    ));
    if read.failed { Exit::Failed } else { Exit::Holds }
}

fn is_xlsx(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("xlsx"))
}

fn told(error: &SaveError) -> Text {
    Text::new(error.swedish(), error.to_string())
}
