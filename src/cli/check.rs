//! `avstam check`: reads, reconciles, reports.

use std::path::{Path, PathBuf};

use avstam::book::Book;
use avstam::check::{self, Materiality, Options};
use avstam::finding::{Severity, Text};
use avstam::money::Money;
use avstam::report::{html, json, short, terminal};
use avstam::rules::RULES;
use avstam::workbook;
use clap::ValueEnum;

use super::inputs::{self, Paths};
use super::{Exit, Out};

#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Flaggor")]
pub struct Args {
    #[command(flatten)]
    paths: Paths,
    /// Form: text (om inget sägs), html som arbetspapper i en enda fil, json, eller short med en rad per fynd
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
    /// Granska även antal personer i texten (regel PR10)
    #[arg(long)]
    counts: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Html,
    Json,
    Short,
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
    let Some(read) = inputs::read(&args.paths, out) else { return Exit::Failed };
    let options = args.options(read.config.options());
    if args.format == Format::Html && read.books.len() > 1 {
        return out.fail(&Text::new(
            "--each ger flera arbetspapper: granska en fil i taget",
            "--each gives several working papers: check one file at a time",
        ));
    }
    let mut exit = Exit::Holds;
    for (i, book) in read.books.iter().enumerate() {
        let report = check::check(book, &options);
        match args.format {
            Format::Text => {
                if read.each {
                    let before = if i > 0 { "\n" } else { "" };
                    out.report(&format!("{before}{}", terminal::divider(book)));
                }
                out.report(&terminal::check(book, &report, &out.look()));
            }
            Format::Html => {
                let paper = html::check(book, &report, &options, out.language());
                match &args.output {
                    None => out.write(|to| to.write_all(paper.as_bytes())),
                    Some(path) => {
                        if let Err(exit) = save(&paper, path, book, out) {
                            return exit;
                        }
                    }
                }
            }
            Format::Short => out.report(&short::check(book, &report, out.language())),
            Format::Json => {
                let layout = if read.each { json::Layout::Line } else { json::Layout::Pretty };
                let language = out.language();
                out.write(|to| json::check(to, book, &report, language, layout));
            }
        }
        if report.gravest() >= Some(Severity::Warning) {
            exit = exit.max(Exit::Findings);
        }
    }
    if read.failed { Exit::Failed } else { exit }
}

fn save(paper: &str, path: &Path, book: &Book, out: &Out) -> Result<(), Exit> {
    let sources: Vec<&Path> = book.inputs.iter().map(|input| input.path.as_path()).collect();
    workbook::save(paper.as_bytes(), path, &sources)
        .map_err(|error| out.fail(&Text::new(error.swedish(), error.to_string())))?;
    let path = path.display();
    out.remark(&Text::new(format!("Skrev {path}"), format!("Wrote {path}")));
    Ok(())
}

fn known(code: &str) -> bool {
    !code.is_empty() && RULES.iter().any(|rule| rule.code.starts_with(code.to_uppercase().as_str()))
}
