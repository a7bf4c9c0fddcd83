//! `avstam clean`: writes the cleaned workbook. The sources are only read.

use std::fs;
use std::path::{Path, PathBuf};

use avstam::annotate::{self, AnnotateError};
use avstam::book::Book;
use avstam::check::{self, Report};
use avstam::diff::{self, Version};
use avstam::finding::Text;
use avstam::read;
use avstam::suggestion;
use avstam::workbook::{self, SaveError, Settled, Since, With};

use super::inputs::{self, Paths};
use super::save::save;
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
    /// Visa på ett eget blad vad som har ändrats sedan GAMMAL; är den en städad arbetsbok följer status och kommentarer med
    #[arg(long, value_name = "GAMMAL")]
    since: Option<PathBuf>,
    /// Skriv i stället i din egen arbetsbok (xlsx, xlsm): allt i den behålls, celler att se på färgas och får en
    /// anteckning, och avvikelserna läggs på blad sist
    #[arg(long, conflicts_with_all = ["apply", "since"])]
    annotate: bool,
}

pub fn run(args: &Args, out: &mut Out) -> Exit {
    if !args.annotate && !has_ending(&args.output, "xlsx") {
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
    if args.annotate {
        return match annotate(&book, &report, args, out) {
            Ok(_) if read.failed => Exit::Failed,
            Ok(_) => Exit::Holds,
            Err(told) => out.fail(&told),
        };
    }
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
    let Ok(earlier) = args.since.as_ref().map(|since| earlier(since, &args.paths, out)).transpose() else {
        return Exit::Failed;
    };
    // The newer word counts: what stands in the workbook that is cleaned, before what the earlier one has.
    let settled: Vec<Settled> =
        earlier.iter().flat_map(|earlier| &earlier.settled).chain(&read.settled).cloned().collect();
    let diff = earlier.as_ref().map(|earlier| {
        let diff = diff::diff(earlier.version(), Version { book: &book, report: &report });
        (earlier, diff)
    });
    let since = diff.as_ref().map(|(earlier, diff)| Since { name: &earlier.name, old: earlier.version(), diff });
    let with = With { applied: &applied, since, settled: &settled };
    let bytes = match workbook::write_with(&book, &report, &with, out.language()) {
        Ok(bytes) => bytes,
        Err(error) => return out.fail(&Text::new(error.swedish(), error.to_string())),
    };
    // A source within a cleaned workbook is in that file.
    let sources: Vec<&Path> =
        book.inputs.iter().flat_map(|input| input.path.ancestors().take(2)).chain(args.since.as_deref()).collect();
    if let Err(error) = save(&bytes, &args.output, &sources) {
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
        format!(
            "Skrev {path}: {}, {}{}",
            counted(statements, "räkning", "räkningar"),
            counted(findings, "avvikelse", "avvikelser"),
            changed[0]
        ),
        format!(
            "Wrote {path}: {}, {}{}",
            counted(statements, "statement", "statements"),
            counted(findings, "finding", "findings"),
            changed[1]
        ),
    ));
    match workbook::lapsed(&book, &report, &settled) {
        0 => {}
        1 => out.remark(&Text::new(
            "1 status eller kommentar följde inte med: det som den gällde är borta eller ändrat",
            "1 status or comment did not come along: what it was about is gone or changed",
        )),
        count => out.remark(&Text::new(
            format!("{count} statusar eller kommentarer följde inte med: det som de gällde är borta eller ändrat"),
            format!("{count} statuses or comments did not come along: what they were about is gone or changed"),
        )),
    }
    if read.failed { Exit::Failed } else { Exit::Holds }
}

/// The version that what is cleaned is compared with.
struct Earlier {
    name: String,
    book: Book,
    report: Report,
    settled: Vec<Settled>,
}

impl Earlier {
    fn version(&self) -> Version<'_> {
        Version { book: &self.book, report: &self.report }
    }
}

fn earlier(path: &Path, paths: &Paths, out: &mut Out) -> Result<Earlier, Exit> {
    let read = inputs::read(&paths.instead(path), out).filter(|read| !read.failed).ok_or(Exit::Failed)?;
    let book = read.books.into_iter().next().ok_or(Exit::Failed)?;
    let report = check::check(&book, &read.settings.config.options());
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
    Ok(Earlier { name, book, report, settled: read.settled })
}

fn counted(count: usize, one: &str, several: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { several })
}

/// Writes the user's own workbook with what was found in it, and says so.
fn annotate(book: &Book, report: &Report, args: &Args, out: &mut Out) -> Result<(), Text> {
    let input = annotate::source(book).map_err(|error| Text::new(error.swedish(), error.to_string()))?;
    let (source, target) = (&book.inputs[input], args.output.display());
    let of_source = |error: AnnotateError| {
        let path = source.path.display();
        Text::new(format!("{path}: {}", error.swedish()), format!("{path}: {error}"))
    };
    let bytes = fs::read(&source.path).map_err(|_| of_source(AnnotateError::Changed))?;
    if read::sha256(&bytes) != source.sha256 {
        return Err(of_source(AnnotateError::Changed));
    }
    let ending = annotate::ending(&bytes).map_err(of_source)?;
    if !has_ending(&args.output, ending) {
        return Err(Text::new(
            format!("{target}: arbetsboken är av slaget {ending}, ge den ett namn som slutar på .{ending}"),
            format!("{target}: the workbook is of the kind {ending}, give it a name that ends with .{ending}"),
        ));
    }
    let annotated = annotate::annotate(book, report, input, &bytes, out.language()).map_err(of_source)?;
    let sources: Vec<&Path> = book.inputs.iter().map(|input| input.path.as_path()).collect();
    save(&annotated.bytes, &args.output, &sources).map_err(|error| told(&error))?;
    let (findings, flagged) = (report.findings.len(), annotated.flagged);
    out.remark(&Text::new(
        format!(
            "Skrev {target}: din arbetsbok med {}, {}",
            counted(findings, "avvikelse", "avvikelser"),
            counted(flagged, "cell märkt", "celler märkta")
        ),
        format!(
            "Wrote {target}: your workbook with {}, {}",
            counted(findings, "finding", "findings"),
            counted(flagged, "cell marked", "cells marked")
        ),
    ));
    if !annotated.without_note.is_empty() {
        let cells = annotated.without_note.join(", ");
        out.remark(&Text::new(
            format!("Utan anteckning, för det finns en kommentarstråd på cellen: {cells}"),
            format!("Without a note, for there is a conversation on the cell: {cells}"),
        ));
    }
    if annotated.signatures_left_out {
        out.remark(&Text::new(
            "Den digitala signaturen följde inte med: den gäller bara arbetsboken som den var",
            "The digital signature was left out: it is of the workbook as it was",
        ));
    }
    Ok(())
}

fn has_ending(path: &Path, wanted: &str) -> bool {
    path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case(wanted))
}

fn told(error: &SaveError) -> Text {
    Text::new(error.swedish(), error.to_string())
}
