//! A draft of the settings file for what could not be placed: lines to choose among, to be kept for the next year.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::{Record, Unplaced};
use crate::finding::Language;
use crate::statement::Kind;
use crate::words::Concept;

/// The draft, as TOML. Every line of it is a comment until somebody decides.
pub fn mapping(records: &[Record], unplaced: &[Unplaced], language: Language) -> String {
    let say = |swedish: &'static str, english: &'static str| match language {
        Language::Swedish => swedish,
        Language::English => english,
    };
    let mut text = String::new();
    _ = writeln!(
        text,
        "# {}",
        say(
            "Utkast till avstam.toml: det som inte kunde placeras.",
            "A draft of avstam.toml: what could not be placed."
        )
    );
    let told = say(
        "Ta bort # framför en rad när den är rätt, och lägg filen bredvid bokslutet. Den gäller även nästa år.",
        "Take away # before a line when it is right, and put the file beside the accounts. It holds next year, too.",
    );
    _ = writeln!(text, "# {told}\n\n[labels]");
    let title = |concept: &Concept| match language {
        Language::Swedish => concept.swedish(),
        Language::English => concept.code(),
    };
    for found in unplaced {
        let (file, sheet, cell) = &found.first;
        let place = if sheet.is_empty() { format!("{file}:{cell}") } else { format!("{file}:{sheet}!{cell}") };
        let names: Vec<&str> = found.guesses.iter().map(title).collect();
        let guess = match names.is_empty() {
            true => say("ingen gissning", "no guess").to_owned(),
            false => format!("{} {}", say("kanske", "perhaps"), names.join(", ")),
        };
        _ = writeln!(text, "# {}: {guess}", one_line(&place));
        let code = found.guesses.first().map_or("…", |concept| concept.code());
        _ = writeln!(text, "# {} = \"{code}\"", quoted(&found.label));
    }
    _ = writeln!(text, "\n[sheets]");
    for (sheet, count) in unknown_sheets(records) {
        let tables = say("belopp i tabeller av okänt slag", "amounts in tables of no known kind");
        _ = writeln!(text, "# {count} {tables}");
        _ = writeln!(text, "# {} = \"note\"", quoted(sheet));
    }
    let kinds: Vec<&str> = Kind::ALL.iter().filter(|kind| **kind != Kind::Contents).map(|kind| kind.code()).collect();
    _ = writeln!(text, "# {}: {}", say("Välj bland", "Choose among"), kinds.join(", "));
    text
}

/// Sheets with amounts in tables of no known kind, with how many.
fn unknown_sheets(records: &[Record]) -> BTreeMap<&str, usize> {
    let mut sheets = BTreeMap::new();
    let unknown = |r: &&Record| r.statement == Kind::Other && r.amount.is_some() && r.account.is_none();
    for record in records.iter().filter(unknown).filter(|r| !r.sheet.is_empty()) {
        *sheets.entry(record.sheet.as_str()).or_default() += 1;
    }
    sheets
}

fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// A basic string of TOML.
fn quoted(text: &str) -> String {
    format!("\"{}\"", one_line(text).replace('\\', "\\\\").replace('"', "\\\""))
}
