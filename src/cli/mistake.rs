//! A command line that does not say what is meant: one line, in the language that it asks for, and what to do.

use std::error::Error as _;
use std::ffi::OsString;
use std::io::Write;
use std::process::ExitCode;

use avstam::finding::{Language, Text};
use clap::error::{ContextKind, ContextValue, Error, ErrorKind};

use super::Exit;

/// Help and version are answers; the rest is told and ends the run.
pub fn answer(error: &Error, arguments: &[OsString]) -> ExitCode {
    match told(error) {
        Some(text) => {
            _ = writeln!(std::io::stderr().lock(), "avstam: {}", text.get(language(arguments)));
            Exit::Failed.into()
        }
        None => {
            _ = error.print();
            ExitCode::from(error.exit_code() as u8)
        }
    }
}

fn told(error: &Error) -> Option<Text> {
    let argument = context(error, ContextKind::InvalidArg);
    let value = context(error, ContextKind::InvalidValue);
    let (swedish, english) = match error.kind() {
        ErrorKind::UnknownArgument => {
            (format!("flaggan {argument} finns inte"), format!("there is no option {argument}"))
        }
        ErrorKind::InvalidSubcommand => {
            let command = context(error, ContextKind::InvalidSubcommand);
            (format!("kommandot {command} finns inte"), format!("there is no command {command}"))
        }
        ErrorKind::MissingRequiredArgument => (format!("{argument} saknas"), format!("{argument} is missing")),
        ErrorKind::ArgumentConflict => {
            let other = context(error, ContextKind::PriorArg);
            (format!("{argument} och {other} går inte ihop"), format!("{argument} and {other} exclude each other"))
        }
        ErrorKind::InvalidValue if value.is_empty() => {
            (format!("{argument} behöver ett värde"), format!("{argument} needs a value"))
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            (format!("{value} duger inte till {argument}"), format!("{value} does not do for {argument}"))
        }
        _ => return None,
    };
    // Why a value does not do is told by what reads it.
    if let Some(why) = error.source() {
        return Some(Text::new(format!("{swedish}: {why}"), format!("{english}: see `avstam --help`")));
    }
    let valid = context(error, ContextKind::ValidValue);
    let near = [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue]
        .into_iter()
        .map(|kind| context(error, kind))
        .find(|near| !near.is_empty());
    Some(match (near, valid.is_empty()) {
        (Some(near), _) => Text::new(format!("{swedish}: menar du {near}?"), format!("{english}: do you mean {near}?")),
        (None, false) => Text::new(format!("{swedish}: välj {valid}"), format!("{english}: choose {valid}")),
        (None, true) => Text::new(format!("{swedish}: se `avstam --help`"), format!("{english}: see `avstam --help`")),
    })
}

fn context(error: &Error, kind: ContextKind) -> String {
    match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join(", ").replace("...", ""),
        _ => String::new(),
    }
}

/// The command line was not understood, so its language is looked for by hand.
fn language(arguments: &[OsString]) -> Language {
    let arguments: Vec<_> = arguments.iter().map(|argument| argument.to_string_lossy()).collect();
    let english = arguments.iter().any(|argument| argument == "--lang=en")
        || arguments.windows(2).any(|pair| pair[0] == "--lang" && pair[1] == "en");
    if english { Language::English } else { Language::Swedish }
}
