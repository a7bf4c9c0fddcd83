//! `avstam rules`: the list of rules.

use avstam::report::{rules_json, terminal};
use avstam::rules::RULES;
use clap::ValueEnum;

use super::{Exit, Out};

#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Flaggor")]
pub struct Args {
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
    match args.format {
        Format::Text => out.report(&terminal::list(RULES, &out.look())),
        Format::Json => {
            let language = out.language();
            out.write(|to| rules_json::rules(to, RULES, language));
        }
    }
    Exit::Holds
}
