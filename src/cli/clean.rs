//! `avstam clean`: writes the cleaned workbook. The sources are only read.

use std::path::{Path, PathBuf};

use avstam::check;
use avstam::finding::Text;
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
}

pub fn run(args: &Args, out: &mut Out) -> Exit {
    if !is_xlsx(&args.output) {
        let path = args.output.display();
        return out.fail(&Text::new(
            format!("{path}: arbetsboken skrivs som xlsx, ge den ett namn som slutar på .xlsx"),
            format!("{path}: the workbook is written as xlsx, give it a name that ends with .xlsx"),
        ));
    }
    let Some(read) = inputs::read(&args.paths, out) else { return Exit::Failed };
    let [book] = read.books.as_slice() else {
        return out.fail(&Text::new(
            "--each ger flera arbetsböcker: städa en fil i taget",
            "--each gives several workbooks: clean one file at a time",
        ));
    };
    if book.inputs.iter().all(|input| input.error.is_some()) && book.grids.is_empty() {
        return Exit::Failed;
    }
    let report = check::check(book, &read.config.options());
    let bytes = match workbook::write(book, &report, out.language()) {
        Ok(bytes) => bytes,
        Err(error) => return out.fail(&Text::new(error.swedish(), error.to_string())),
    };
    let sources: Vec<&Path> = book.inputs.iter().map(|input| input.path.as_path()).collect();
    if let Err(error) = workbook::save(&bytes, &args.output, &sources) {
        return out.fail(&told(&error));
    }
    let (path, findings) = (args.output.display(), report.findings.len());
    let statements = book.statements.iter().filter(|statement| statement.copy_of.is_none()).count();
    out.remark(&Text::new(
        format!("Skrev {path}: {statements} räkningar, {findings} avvikelser"),
        format!("Wrote {path}: {statements} statements, {findings} findings"),
    ));
    if read.failed { Exit::Failed } else { Exit::Holds }
}

fn is_xlsx(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("xlsx"))
}

fn told(error: &SaveError) -> Text {
    Text::new(error.swedish(), error.to_string())
}
