//! `avstam diff`: what changed between two versions of the same accounts.

use std::path::PathBuf;

use avstam::check;
use avstam::diff::{self, Version};
use avstam::report::{diff_json, terminal};
use clap::ValueEnum;

use super::inputs::{self, Paths};
use super::{Exit, Out};

pub const AFTER_HELP: &str = "Slutkoder: 0 ingen skillnad · 1 skillnader · 2 något gick inte att läsa\nFlyttade rader och \
                              omdöpta blad är ingen skillnad. Löpande text jämförs inte.\nExempel:   avstam diff \
                              utkast.xlsx bokslut.xlsx";

#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Flaggor")]
pub struct Args {
    /// Den äldre versionen: en fil, eller en mapp som ett underlag
    #[arg(value_name = "GAMMAL", help_heading = "Argument", display_order = 1)]
    old: PathBuf,
    /// Den nyare versionen
    #[arg(value_name = "NY", help_heading = "Argument", display_order = 2)]
    new: PathBuf,
    /// Inställningar ur FIL, i stället för närmaste avstam.toml vid varje sökväg eller ovanför
    #[arg(long, value_name = "FIL")]
    config: Option<PathBuf>,
    /// Form: text (om inget sägs) eller json
    #[arg(long, value_name = "FORM", default_value = "text", hide_default_value = true, hide_possible_values = true)]
    format: Format,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
}

pub fn run(args: &Args, out: &mut Out) -> Exit {
    let Some(old) = inputs::read(&Paths::together(vec![args.old.clone()], args.config.clone()), out) else {
        return Exit::Failed;
    };
    let Some(new) = inputs::read(&Paths::together(vec![args.new.clone()], args.config.clone()), out) else {
        return Exit::Failed;
    };
    if old.failed || new.failed {
        // Half a version would be told as lines that are gone.
        return Exit::Failed;
    }
    let ([before], [after]) = (old.books.as_slice(), new.books.as_slice()) else { return Exit::Failed };
    let reports = [(before, &old.settings.config), (after, &new.settings.config)]
        .map(|(book, config)| check::check(book, &config.options()));
    let [was, is] = &reports;
    let (was, is) = (Version { book: before, report: was }, Version { book: after, report: is });
    let found = diff::diff(was, is);
    match args.format {
        Format::Text => out.report(&terminal::diff(was, is, &found, &out.look())),
        Format::Json => out.write(|to| diff_json::diff(to, was, is, &found)),
    }
    if found.is_empty() { Exit::Holds } else { Exit::Findings }
}
