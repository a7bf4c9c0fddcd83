//! `avstam inspect`: what was understood of the files.

use avstam::check;
use avstam::report::{inspect_json, json::Layout, terminal};
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
        match args.format {
            Format::Text => {
                if read.each {
                    let before = if i > 0 { "\n" } else { "" };
                    out.report(&format!("{before}{}", terminal::divider(book)));
                }
                out.report(&terminal::inspect(book, &out.look()));
            }
            Format::Json => {
                let layout = if read.each { Layout::Line } else { Layout::Pretty };
                let checks = check::relate(book, &read.settings.config.options());
                out.write(|to| inspect_json::inspect(to, book, &checks, layout));
            }
        }
    }
    if read.failed { Exit::Failed } else { Exit::Holds }
}
