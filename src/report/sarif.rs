//! SARIF 2.1.0, which code scanning and editors read. A cell of a workbook has no line, so it is a logical location
//! (`KF!B9`) in the file; a cell of a text file has both.

use std::collections::{BTreeMap, HashSet};
use std::io::{self, Write};
use std::path::Path;

use serde::Serialize;

use super::json::{Layout, write};
use super::order::findings;
use super::{first_sentence, line, place, place_in_file, primary};
use crate::book::Book;
use crate::check::Report;
use crate::finding::{self, Language, Severity};
use crate::grid::At;
use crate::marks::fingerprint;
use crate::read;
use crate::rules::{RULES, Rule};

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

#[derive(Serialize)]
struct Log<'a> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: Vec<Run<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<'a> {
    tool: Tool,
    language: &'static str,
    column_kind: &'static str,
    invocations: [Invocation; 1],
    artifacts: Vec<Artifact>,
    results: Vec<Finding<'a>>,
}

#[derive(Serialize)]
struct Tool {
    driver: Driver,
}

#[derive(Serialize)]
struct Driver {
    name: &'static str,
    version: &'static str,
    rules: Vec<Descriptor>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Descriptor {
    id: &'static str,
    name: &'static str,
    short_description: Message,
    help: Help,
    default_configuration: Configuration,
}

#[derive(Serialize)]
struct Help {
    text: &'static str,
    markdown: &'static str,
}

#[derive(Serialize)]
struct Configuration {
    level: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Invocation {
    execution_successful: bool,
    tool_execution_notifications: Vec<Notification>,
}

#[derive(Serialize)]
struct Notification {
    level: &'static str,
    message: Message,
    locations: Vec<Location>,
}

#[derive(Serialize)]
struct Message {
    text: String,
}

#[derive(Serialize)]
struct Artifact {
    location: ArtifactLocation,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    hashes: BTreeMap<&'static str, String>,
}

#[derive(Serialize)]
struct ArtifactLocation {
    uri: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    index: Option<usize>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location {
    physical_location: PhysicalLocation,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    logical_locations: Vec<LogicalLocation>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PhysicalLocation {
    artifact_location: ArtifactLocation,
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<Region>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: u32,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct LogicalLocation {
    fully_qualified_name: String,
    kind: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Finding<'a> {
    rule_id: &'static str,
    rule_index: usize,
    level: &'static str,
    message: Message,
    locations: Vec<Location>,
    related_locations: Vec<Location>,
    partial_fingerprints: BTreeMap<&'static str, String>,
    suppressions: Vec<Suppression<'a>>,
}

#[derive(Serialize)]
struct Suppression<'a> {
    kind: &'static str,
    status: &'static str,
    justification: &'a str,
}

/// Writes all books of a run as one log, a run for each book.
pub fn check(out: &mut dyn Write, books: &[(&Book, &Report)], language: Language) -> io::Result<()> {
    let runs = books.iter().map(|(book, report)| run(book, report, language)).collect();
    write(out, &Log { schema: SCHEMA, version: "2.1.0", runs }, Layout::Pretty)
}

fn run<'a>(book: &'a Book, report: &'a Report, language: Language) -> Run<'a> {
    let rules = RULES.iter().map(|rule| descriptor(rule, language)).collect();
    let driver = Driver { name: env!("CARGO_PKG_NAME"), version: env!("CARGO_PKG_VERSION"), rules };
    let refused = |(i, input): (usize, &read::Input)| Some(notification(book, i, input.error.as_ref()?, language));
    let notifications: Vec<Notification> = book.inputs.iter().enumerate().filter_map(refused).collect();
    Run {
        tool: Tool { driver },
        language: match language {
            Language::Swedish => "sv",
            Language::English => "en",
        },
        column_kind: "unicodeCodePoints",
        invocations: [Invocation {
            execution_successful: notifications.is_empty(),
            tool_execution_notifications: notifications,
        }],
        artifacts: book.inputs.iter().map(artifact).collect(),
        results: findings(book, report).into_iter().map(|(_, finding)| result(book, finding, language)).collect(),
    }
}

fn descriptor(rule: &Rule, language: Language) -> Descriptor {
    let story = match language {
        Language::Swedish => rule.swedish,
        Language::English => rule.story,
    };
    Descriptor {
        id: rule.code,
        name: rule.name,
        short_description: Message { text: first_sentence(story) },
        help: Help { text: story.trim(), markdown: story.trim() },
        default_configuration: Configuration { level: level(rule.severity) },
    }
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

fn notification(book: &Book, input: usize, error: &read::ReadError, language: Language) -> Notification {
    let text = match language {
        Language::Swedish => error.swedish(),
        Language::English => error.to_string(),
    };
    Notification { level: "error", message: Message { text }, locations: vec![file(book, input)] }
}

fn artifact(input: &read::Input) -> Artifact {
    let known = (!input.sha256.is_empty()).then(|| ("sha-256", input.sha256.clone()));
    Artifact { location: ArtifactLocation { uri: uri(&input.path), index: None }, hashes: known.into_iter().collect() }
}

fn result<'a>(book: &'a Book, finding: &'a finding::Finding, language: Language) -> Finding<'a> {
    let at = primary(finding);
    // Cells of a table that stands on one line are all that line, and SARIF wants each place once.
    let mut told: HashSet<String> = at.map(|at| place(book, at)).into_iter().collect();
    let others = finding.cells.iter().map(|(at, _)| *at).filter(|at| told.insert(place(book, *at)));
    let related_locations = others.map(|at| location(book, at)).collect();
    let suppression = finding.accepted().map(|sign| Suppression {
        kind: "external",
        status: "accepted",
        justification: &sign.reason,
    });
    Finding {
        rule_id: finding.rule,
        rule_index: RULES.iter().position(|rule| rule.code == finding.rule).unwrap_or_default(),
        level: level(finding.severity),
        message: Message { text: message(finding, language) },
        locations: match at {
            Some(at) => vec![location(book, at)],
            None => book.inputs.first().map(|_| file(book, 0)).into_iter().collect(),
        },
        related_locations,
        partial_fingerprints: BTreeMap::from([("avstam/v1", fingerprint(book, finding))]),
        suppressions: suppression.into_iter().collect(),
    }
}

/// What is wrong, and the most plausible reason.
fn message(finding: &finding::Finding, language: Language) -> String {
    let message = finding.message.get(language);
    match finding.causes.first().map(|cause| cause.text.get(language)) {
        Some(cause) if !cause.is_empty() && cause != message => format!("{message} {cause}"),
        _ => message.to_owned(),
    }
}

fn file(book: &Book, input: usize) -> Location {
    let artifact_location = ArtifactLocation { uri: uri(&book.inputs[input].path), index: Some(input) };
    Location { physical_location: PhysicalLocation { artifact_location, region: None }, logical_locations: Vec::new() }
}

fn location(book: &Book, at: At) -> Location {
    let input = book.grids[at.grid as usize].input;
    let cell = place_in_file(book, at);
    let mut location = file(book, input);
    location.physical_location.region = line(book, at).map(|(start_line, _)| Region { start_line });
    location.logical_locations.push(LogicalLocation { fully_qualified_name: cell, kind: "cell" });
    location
}

/// A path as a relative URI reference, or as a file URI where it is absolute.
fn uri(path: &Path) -> String {
    let text = path.display().to_string().replace('\\', "/");
    let root = if path.is_absolute() { "file://" } else { "" };
    let lead = if path.is_absolute() && !text.starts_with('/') { "/" } else { "" };
    let mut uri = format!("{root}{lead}");
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => uri.push(char::from(byte)),
            byte => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}
