//! `avstam check`: reads, reconciles, reports.

use std::path::{Path, PathBuf};

use avstam::book::Book;
use avstam::check::{self, Materiality, Options, Report};
use avstam::finding::{Change, Language, Mark, Severity, Text};
use avstam::marks;
use avstam::money::Money;
use avstam::parallel;
use avstam::report::baseline::Earlier;
use avstam::report::{github, html, json, junit, sarif, short, terminal};
use avstam::rules::RULES;
use clap::ValueEnum;

use super::inputs::{Files, Paths};
use super::progress::Progress;
use super::save::save;
use super::settings::{self, Settings};
use super::{Exit, Out};

#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Flaggor")]
pub struct Args {
    #[command(flatten)]
    paths: Paths,
    /// Form: text (om inget sägs), html som arbetspapper i en enda fil, json, short med en rad per fynd, github, sarif
    /// eller junit
    #[arg(long, value_name = "FORM", default_value = "text", hide_default_value = true, hide_possible_values = true)]
    format: Format,
    /// Med --format html: skriv arbetspappret till filen
    #[arg(short, long, value_name = "UT.html")]
    output: Option<PathBuf>,
    /// Bara dessa regler, som koder eller början på koder: KF,BR01
    #[arg(long, value_name = "KOD", value_delimiter = ',')]
    select: Vec<String>,
    /// Inte dessa regler
    #[arg(long, value_name = "KOD", value_delimiter = ',')]
    ignore: Vec<String>,
    /// Skillnader under beloppet (i kronor) blir upplysningar
    #[arg(long, value_name = "BELOPP", value_parser = amount)]
    materiality: Option<Money>,
    /// Bara det som är nytt sedan en tidigare körning, sparad med --format json
    #[arg(long, value_name = "FIL")]
    baseline: Option<PathBuf>,
    /// Granska även antal personer i texten (regel PR10 och PR11)
    #[arg(long)]
    counts: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Html,
    Json,
    Short,
    Github,
    Sarif,
    Junit,
}

impl Format {
    /// How many files are held at a time, where each is a book. Forms that are one document need all.
    fn at_once(self) -> usize {
        match self {
            Format::Sarif | Format::Junit => usize::MAX,
            Format::Html => 2,
            Format::Text | Format::Json | Format::Short | Format::Github => 64,
        }
    }
}

/// An amount as people write it: `1000`, `1 000,50`.
fn amount(text: &str) -> Result<Money, String> {
    let plain: String = text.chars().filter(|c| !c.is_whitespace()).map(|c| if c == ',' { '.' } else { c }).collect();
    match Money::parse(&plain) {
        Some(amount) if !amount.is_negative() => Ok(amount),
        _ => Err("ange ett belopp i kronor, till exempel 1000 eller 1000,50".into()),
    }
}

impl Args {
    /// What the command line asks for goes before the settings.
    fn options(&self, settings: Options) -> Options {
        let or = |asked: &[String], set: Vec<String>| if asked.is_empty() { set } else { asked.to_vec() };
        Options {
            select: or(&self.select, settings.select),
            ignore: or(&self.ignore, settings.ignore),
            materiality: self.materiality.map(Materiality::Amount).or(settings.materiality),
            counts: self.counts || settings.counts,
        }
    }
}

pub fn run(args: &Args, out: &mut Out) -> Exit {
    if let Some(code) = args.select.iter().chain(&args.ignore).find(|code| !known(code)) {
        return out.fail(&Text::new(
            format!("ingen regel börjar på {code}: se `avstam rules`"),
            format!("no rule begins with {code}: see `avstam rules`"),
        ));
    }
    if args.output.is_some() && args.format != Format::Html {
        return out.fail(&Text::new(
            "-o skriver ett arbetspapper: lägg till --format html",
            "-o writes a working paper: add --format html",
        ));
    }
    let earlier = match args.baseline.as_deref().map(earlier).transpose() {
        Ok(earlier) => earlier,
        Err(text) => return out.fail(&text),
    };
    let Some(mut files) = Files::find(&args.paths, out) else { return Exit::Failed };
    let options = args.options(files.settings.config.options());
    let Some(marks) = files.settings.marks(out) else { return Exit::Failed };
    let mut exit = Exit::Holds;
    let mut used = vec![false; marks.len()];
    let mut first = true;
    loop {
        let books = files.next(args.format.at_once(), out);
        if args.format == Format::Html && books.len() > 1 {
            return out.fail(&Text::new(
                "--each ger flera arbetspapper: granska en fil i taget",
                "--each gives several working papers: check one file at a time",
            ));
        }
        let mut reports = reports(&books, &options, out);
        for (i, (book, report)) in books.iter().zip(&mut reports).enumerate() {
            let applied = marks::apply(book, report, &marks);
            used.iter_mut().zip(applied).for_each(|(used, now)| *used |= now);
            // A mark may be about a book that is still to come.
            if i + 1 == books.len() && files.all_read() {
                report.unused_marks = marks::unused(report, &marks, &used);
            }
            remarks(report, &files.settings, out);
            if let Some(earlier) = &earlier {
                earlier.subtract(book, report);
            }
            if files.each && args.format == Format::Text {
                let before = if first { "" } else { "\n" };
                out.report(&format!("{before}{}", terminal::divider(book)));
            }
            first = false;
            if args.format == Format::Html {
                let paper = html::check(book, report, &options, out.language());
                match &args.output {
                    None => out.write(|to| to.write_all(paper.as_bytes())),
                    Some(path) => {
                        if let Err(exit) = save_paper(&paper, path, book, out) {
                            return exit;
                        }
                    }
                }
            }
            tell(book, report, args.format, files.each, out);
            if report.gravest() >= Some(Severity::Warning) {
                exit = exit.max(Exit::Findings);
            }
        }
        tell_together(&books, &reports, args.format, out);
        if files.all_read() {
            // The process ends: a large book's memory need not be given back piece by piece.
            std::mem::forget((books, reports));
            break;
        }
    }
    if files.failed { Exit::Failed } else { exit }
}

/// The report of one book, in forms that have one for each.
fn tell(book: &Book, report: &Report, format: Format, each: bool, out: &mut Out) {
    let language = out.language();
    match format {
        Format::Text => out.report(&terminal::check(book, report, &out.look())),
        Format::Github => out.report(&github::check(book, report, language)),
        Format::Short => out.report(&short::check(book, report, language)),
        Format::Json => {
            let layout = if each { json::Layout::Line } else { json::Layout::Pretty };
            let full = out.verbose();
            out.write(|to| json::check(to, book, report, language, layout, full));
        }
        Format::Html | Format::Sarif | Format::Junit => {}
    }
}

/// The report of all books, in forms that are one document.
fn tell_together(books: &[Book], reports: &[Report], format: Format, out: &mut Out) {
    let all: Vec<(&Book, &Report)> = books.iter().zip(reports).collect();
    let language = out.language();
    match format {
        Format::Sarif => out.write(|to| sarif::check(to, &all, language)),
        Format::Junit => out.report(&junit::check(&all, language)),
        Format::Text | Format::Html | Format::Json | Format::Short | Format::Github => {}
    }
}

/// The report of an earlier run.
fn earlier(path: &Path) -> Result<Earlier, Text> {
    let file = path.display();
    let text = std::fs::read_to_string(path).map_err(|error| {
        Text::new(format!("{file}: går inte att läsa ({error})"), format!("{file}: cannot be read ({error})"))
    })?;
    let told = |why: &Text, language| format!("{file}: {}", why.get(language));
    Earlier::parse(&text).map_err(|why| Text::new(told(&why, Language::Swedish), told(&why, Language::English)))
}

/// What is to be said of the marks, beside the report.
fn remarks(report: &Report, settings: &Settings, out: &Out) {
    let file = settings::shown(&settings.marks);
    for finding in &report.findings {
        let Some(Mark::Expired(sign, changes)) = &finding.mark else { continue };
        let change = |change: &Change| format!("{}: {} → {}", change.cell, change.was, change.is);
        let changes = changes.iter().map(change).collect::<Vec<_>>().join("; ");
        let (rule, initials, date) = (finding.rule, &sign.initials, &sign.date);
        out.remark(&Text::new(
            format!("{file}: {rule} godkändes {date} av {initials}, men gäller inte längre: {changes}"),
            format!("{file}: {rule} was accepted {date} by {initials}, but holds no longer: {changes}"),
        ));
    }
    for mark in &report.unused_marks {
        let (rule, about, date) = (&mark.rule, &mark.about, &mark.sign.date);
        out.remark(&Text::new(
            format!("{file}: märket för {rule} från {date} svarar inte mot något längre, ta bort det: {about}"),
            format!("{file}: the mark for {rule} of {date} answers to nothing any longer, remove it: {about}"),
        ));
    }
}

/// What was found in each book, in their order.
pub fn reports(books: &[Book], options: &Options, out: &Out) -> Vec<Report> {
    let progress = Progress::new(books.len(), out);
    let reports = parallel::map(books.iter().collect(), |book| {
        let report = check::check(book, options);
        progress.step();
        report
    });
    progress.clear();
    reports
}

fn save_paper(paper: &str, path: &Path, book: &Book, out: &Out) -> Result<(), Exit> {
    let sources: Vec<&Path> = book.inputs.iter().map(|input| input.path.as_path()).collect();
    save(paper.as_bytes(), path, &sources).map_err(|error| out.fail(&Text::new(error.swedish(), error.to_string())))?;
    let path = path.display();
    out.remark(&Text::new(format!("Skrev {path}"), format!("Wrote {path}")));
    Ok(())
}

fn known(code: &str) -> bool {
    !code.is_empty() && RULES.iter().any(|rule| rule.code.starts_with(code.to_uppercase().as_str()))
}
