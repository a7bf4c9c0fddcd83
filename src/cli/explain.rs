//! `avstam explain`: one rule's whole story.

use avstam::finding::Text;
use avstam::report::{rule, terminal};
use avstam::rules::RULES;
use avstam::words::slips;

use super::{Exit, Out};

#[derive(Debug, clap::Args)]
pub struct Args {
    /// Regelns kod, till exempel KF02, eller dess namn
    #[arg(value_name = "KOD", help_heading = "Argument")]
    code: String,
}

pub fn run(args: &Args, out: &mut Out) -> Exit {
    let asked = args.code.trim();
    let by_name = || RULES.iter().find(|rule| rule.name.eq_ignore_ascii_case(asked));
    match rule(&asked.to_uppercase()).or_else(by_name) {
        Some(rule) => {
            out.report(&terminal::story(rule, &out.look()));
            Exit::Holds
        }
        None => {
            let near = nearest(asked).join(", ");
            let (swedish, english) = match near.is_empty() {
                true => ("se `avstam rules`".to_string(), "see `avstam rules`".to_string()),
                false => (
                    format!("menar du {near}? Alla finns i `avstam rules`"),
                    format!("do you mean {near}? All are in `avstam rules`"),
                ),
            };
            out.fail(&Text::new(
                format!("det finns ingen regel {asked}: {swedish}"),
                format!("there is no rule {asked}: {english}"),
            ))
        }
    }
}

/// The codes that lie nearest: of the same family first, then by how little differs.
fn nearest(asked: &str) -> Vec<&'static str> {
    let asked = asked.to_uppercase();
    let mut codes: Vec<(usize, &'static str)> =
        RULES.iter().map(|rule| (slips(&asked, rule.code), rule.code)).filter(|(far, _)| *far <= 2).collect();
    codes.sort();
    codes.into_iter().take(4).map(|(_, code)| code).collect()
}
