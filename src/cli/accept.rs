//! `avstam accept`: marks a finding as accepted, as long as the values that it rests on stand.

use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use avstam::book::Book;
use avstam::check::{self, Report};
use avstam::finding::{Finding, Sign, Text};
use avstam::marks::{self, Entry};
use avstam::period::Date;
use avstam::report::{place, primary};

use super::inputs::{self, Paths};
use super::save::save;
use super::settings::shown;
use super::{Exit, Out};

#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Flaggor")]
pub struct Args {
    /// Regelns kod, till exempel NO02
    #[arg(value_name = "KOD", help_heading = "Argument", display_order = 1)]
    code: String,
    /// Cellen, som `check --format short` skriver den: bokslut.xlsx:KF!B9, eller KF!B9 om filerna anges
    #[arg(value_name = "PLATS", help_heading = "Argument", display_order = 2)]
    place: String,
    /// Filerna som granskas; utan dem den fil som PLATS anger
    #[arg(value_name = "SÖKVÄG", help_heading = "Argument", display_order = 3)]
    paths: Vec<PathBuf>,
    /// Varför avvikelsen godkänns
    #[arg(long, value_name = "TEXT", required = true)]
    reason: String,
    /// Vem som godkänner; annars de som avstam.toml anger
    #[arg(long, value_name = "XX")]
    initials: Option<String>,
    /// Dagen; annars i dag
    #[arg(long, value_name = "ÅÅÅÅ-MM-DD", value_parser = date)]
    date: Option<Date>,
    /// Inställningar ur FIL, i stället för närmaste avstam.toml vid den första sökvägen eller ovanför
    #[arg(long, value_name = "FIL")]
    config: Option<PathBuf>,
}

pub fn run(args: &Args, out: &mut Out) -> Exit {
    let paths = match (args.paths.as_slice(), file_of(&args.place)) {
        ([], Some(file)) => vec![file],
        ([], None) => {
            let place = &args.place;
            return out.fail(&Text::new(
                format!("{place} anger ingen fil: skriv bokslut.xlsx:{place}, eller filerna efter platsen"),
                format!("{place} names no file: write bokslut.xlsx:{place}, or the files after the place"),
            ));
        }
        (paths, _) => paths.to_vec(),
    };
    let Some(read) = inputs::read(&Paths::together(paths, args.config.clone()), out) else { return Exit::Failed };
    if read.failed {
        return Exit::Failed;
    }
    let config = &read.settings.config;
    let Some(initials) = args.initials.clone().or(config.marks.initials.clone()) else {
        return out.fail(&Text::new(
            "vem godkänner? Ange --initials, eller initials under [marks] i avstam.toml",
            "who accepts? Give --initials, or initials below [marks] in avstam.toml",
        ));
    };
    let Some(entries) = read.settings.marks(out) else { return Exit::Failed };
    let Some(book) = read.books.first() else { return Exit::Failed };
    let mut report = check::check(book, &config.options());
    marks::apply(book, &mut report, &entries);
    let finding = match find(book, &report, &args.code.to_uppercase(), &args.place) {
        Ok(finding) => finding,
        Err(text) => return out.fail(&text),
    };
    if let Some(sign) = finding.accepted() {
        return out.fail(&Text::new(
            format!("den är redan godkänd ({} {}: {})", sign.initials, sign.date, sign.reason),
            format!("it is accepted already ({} {}: {})", sign.initials, sign.date, sign.reason),
        ));
    }
    let date = args.date.or_else(today).map(|day| day.to_string()).unwrap_or_default();
    let sign = Sign {
        reason: args.reason.split_whitespace().collect::<Vec<_>>().join(" "),
        initials: initials.trim().into(),
        date,
    };
    let entry = Entry::of(book, finding, sign, finding.message.get(out.language()));
    let sources: Vec<&Path> = book.inputs.iter().map(|input| input.path.as_path()).collect();
    if let Err(exit) = append(&read.settings.marks, &entry, &sources, out) {
        return exit;
    }
    let file = shown(&read.settings.marks);
    let (message, values) = (finding.message.get(out.language()), entry.grounds.len());
    out.report(&format!("{}: {message}\n", finding.rule));
    out.remark(&Text::new(
        format!(
            "godkänd i {file}: gäller så länge {} står kvar",
            if values == 1 { "värdet".into() } else { format!("alla {values} värden") }
        ),
        format!(
            "accepted in {file}: holds as long as {} stand",
            if values == 1 { "the value".into() } else { format!("all {values} values") }
        ),
    ));
    Exit::Holds
}

/// Adds the mark below those that are there; the rest of the file is left as it is.
fn append(path: &Path, entry: &Entry, sources: &[&Path], out: &Out) -> Result<(), Exit> {
    let before = if path.is_file() {
        std::fs::read_to_string(path).map_err(|error| {
            let (path, error) = (path.display(), error.to_string());
            out.fail(&Text::new(
                format!("{path}: går inte att läsa ({error})"),
                format!("{path}: cannot be read ({error})"),
            ))
        })?
    } else {
        marks::HEADING.to_owned()
    };
    let gap = if before.is_empty() || before.ends_with('\n') { "" } else { "\n" };
    let text = format!("{before}{gap}{}", marks::entry(entry));
    let saved = save(text.as_bytes(), path, sources);
    saved.map_err(|error| out.fail(&Text::new(error.swedish(), error.to_string())))
}

/// The finding of a rule at a place: the one that is shown there, else the only one that rests on the cell.
fn find<'a>(book: &Book, report: &'a Report, code: &str, asked: &str) -> Result<&'a Finding, Text> {
    let own: Vec<&Finding> = report.findings.iter().filter(|finding| finding.rule == code).collect();
    let is_there = |at| {
        let full = place(book, at);
        full == asked || full.strip_suffix(asked).is_some_and(|before| before.ends_with([':', '/', '\\']))
    };
    let shown: Vec<&Finding> = own.iter().copied().filter(|finding| primary(finding).is_some_and(is_there)).collect();
    let resting = || own.iter().copied().filter(|finding| finding.cells.iter().any(|(at, _)| is_there(*at))).collect();
    let found: Vec<&Finding> = if shown.is_empty() { resting() } else { shown };
    if let [one] = found.as_slice() {
        return Ok(one);
    }
    let several = !found.is_empty();
    let listed = if several { found } else { own };
    let mut places: Vec<String> =
        listed.iter().filter_map(|finding| primary(finding)).map(|at| place(book, at)).collect();
    places.dedup();
    let places = places.join(", ");
    Err(match (places.is_empty(), several) {
        (true, _) => Text::new(
            format!("{code} anmärker inte på något här: kör `avstam check --format short` och se vad som finns"),
            format!("{code} finds nothing here: run `avstam check --format short` and see what there is"),
        ),
        (false, true) => Text::new(
            format!("flera avvikelser av {code} rör {asked}: välj bland {places}"),
            format!("several findings of {code} are about {asked}: choose among {places}"),
        ),
        (false, false) => Text::new(
            format!("{code} anmärker inte på {asked}: välj bland {places}"),
            format!("{code} finds nothing at {asked}: choose among {places}"),
        ),
    })
}

/// The file that a place begins with: `bokslut.xlsx` of `bokslut.xlsx:KF!B9`.
fn file_of(place: &str) -> Option<PathBuf> {
    let ends = place.match_indices(':').map(|(i, _)| &place[..i]);
    ends.map(PathBuf::from).rfind(|path| path.exists())
}

fn date(text: &str) -> Result<Date, String> {
    Date::iso(text.trim()).ok_or_else(|| "skriv dagen som 2024-03-17".into())
}

/// The day by the clock, in UTC.
fn today() -> Option<Date> {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).ok()?;
    Date::of_days(i64::try_from(since.as_secs() / 86_400).ok()?)
}
