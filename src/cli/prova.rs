//! `avstam prova`: puts slips into the user's own figures, in memory, and tells which would be caught.

use avstam::check;
use avstam::report::{json::Layout, terminal, trial_json};
use avstam::trial;
use clap::ValueEnum;

use super::inputs::{self, Paths};
use super::{Exit, Out};

#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Flaggor")]
pub struct Args {
    #[command(flatten)]
    paths: Paths,
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
    let Some(read) = inputs::read(&args.paths, out) else { return Exit::Failed };
    for (i, book) in read.books.iter().enumerate() {
        let found = trial::run(book, &check::relate(book, &read.settings.config.options()));
        match args.format {
            Format::Text => {
                if read.each {
                    let before = if i > 0 { "\n" } else { "" };
                    out.report(&format!("{before}{}", terminal::divider(book)));
                }
                out.report(&terminal::trial(book, &found, &out.look()));
            }
            Format::Json => {
                let layout = if read.each { Layout::Line } else { Layout::Pretty };
                out.write(|to| trial_json::trial(to, book, &found, layout));
            }
        }
    }
    if read.failed { Exit::Failed } else { Exit::Holds }
}
