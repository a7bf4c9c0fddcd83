//! JUnit XML, which build servers show as tests: a suite for each book, a case for each finding, and one for each rule
//! that had nothing to say.

use std::fmt::{self, Write};

use super::order::findings;
use super::{place, primary, rule};
use crate::book::Book;
use crate::check::{Report, Tally};
use crate::finding::{Finding, Language, Severity};

/// What came of a case.
enum Outcome {
    Passed,
    Failed { kind: &'static str, message: String, text: String },
    Error(String),
    Skipped(String),
}

struct Case {
    name: String,
    class: &'static str,
    outcome: Outcome,
}

/// The report of all books of a run.
pub fn check(books: &[(&Book, &Report)], language: Language) -> String {
    let mut xml = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let suites: Vec<(String, Vec<Case>)> =
        books.iter().map(|(book, report)| (name(book), cases(book, report, language))).collect();
    let all = || suites.iter().flat_map(|(_, cases)| cases);
    _ = writeln!(xml, "<testsuites name=\"avstam\" {}>", Counts::of(all()));
    for (name, cases) in &suites {
        _ = writeln!(xml, "  <testsuite name=\"{}\" {}>", Escaped(name), Counts::of(cases.iter()));
        cases.iter().for_each(|case| write(&mut xml, case));
        xml.push_str("  </testsuite>\n");
    }
    xml.push_str("</testsuites>\n");
    xml
}

fn name(book: &Book) -> String {
    book.inputs.iter().map(|input| input.path.display().to_string()).collect::<Vec<_>>().join(", ")
}

fn cases(book: &Book, report: &Report, language: Language) -> Vec<Case> {
    let mut cases = Vec::new();
    for input in &book.inputs {
        let Some(error) = &input.error else { continue };
        let text = match language {
            Language::Swedish => error.swedish(),
            Language::English => error.to_string(),
        };
        cases.push(Case { name: input.path.display().to_string(), class: "read", outcome: Outcome::Error(text) });
    }
    let found = findings(book, report);
    cases.extend(found.iter().map(|(_, finding)| Case {
        name: match primary(finding) {
            Some(at) => format!("{} {}", finding.rule, place(book, at)),
            None => finding.rule.to_owned(),
        },
        class: class(finding.rule),
        outcome: outcome(finding, language),
    }));
    for (code, tally) in &report.by_rule {
        if found.iter().all(|(_, finding)| finding.rule != *code) {
            cases.push(Case { name: (*code).to_owned(), class: class(code), outcome: quiet(tally, language) });
        }
    }
    cases
}

fn class(code: &str) -> &'static str {
    rule(code).map_or("avstam", |rule| rule.name)
}

fn outcome(finding: &Finding, language: Language) -> Outcome {
    let message = finding.message.get(language).to_owned();
    if let Some(sign) = finding.accepted() {
        return Outcome::Skipped(format!("{message} ({} {}: {})", sign.initials, sign.date, sign.reason));
    }
    match finding.severity {
        Severity::Info => Outcome::Passed,
        severity => {
            let causes: Vec<&str> = finding.causes.iter().map(|cause| cause.text.get(language)).collect();
            Outcome::Failed { kind: severity.code(), message, text: causes.join("\n") }
        }
    }
}

/// A rule that found nothing: it held, it could not be tested, or what it broke is told by another.
fn quiet(tally: &Tally, language: Language) -> Outcome {
    if tally.tested > 0 {
        return Outcome::Passed;
    }
    Outcome::Skipped(
        match language {
            Language::Swedish => "inget att pröva",
            Language::English => "nothing to test",
        }
        .into(),
    )
}

fn write(xml: &mut String, case: &Case) {
    let (name, class) = (Escaped(&case.name), Escaped(case.class));
    _ = match &case.outcome {
        Outcome::Passed => writeln!(xml, "    <testcase name=\"{name}\" classname=\"{class}\"/>"),
        outcome => {
            _ = writeln!(xml, "    <testcase name=\"{name}\" classname=\"{class}\">");
            _ = match outcome {
                Outcome::Failed { kind, message, text } => writeln!(
                    xml,
                    "      <failure type=\"{kind}\" message=\"{}\">{}</failure>",
                    Escaped(message),
                    Escaped(text)
                ),
                Outcome::Error(text) => writeln!(xml, "      <error message=\"{}\"/>", Escaped(text)),
                Outcome::Skipped(why) => writeln!(xml, "      <skipped message=\"{}\"/>", Escaped(why)),
                Outcome::Passed => Ok(()),
            };
            writeln!(xml, "    </testcase>")
        }
    };
}

/// `tests="9" failures="2" errors="0" skipped="3"`.
#[derive(Default)]
struct Counts {
    tests: usize,
    failures: usize,
    errors: usize,
    skipped: usize,
}

impl Counts {
    fn of<'a>(cases: impl Iterator<Item = &'a Case>) -> Counts {
        cases.fold(Counts::default(), |mut counts, case| {
            counts.tests += 1;
            match case.outcome {
                Outcome::Passed => {}
                Outcome::Failed { .. } => counts.failures += 1,
                Outcome::Error(_) => counts.errors += 1,
                Outcome::Skipped(_) => counts.skipped += 1,
            }
            counts
        })
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Counts { tests, failures, errors, skipped } = self;
        write!(f, "tests=\"{tests}\" failures=\"{failures}\" errors=\"{errors}\" skipped=\"{skipped}\"")
    }
}

/// A text inside XML; characters that XML cannot hold are left out.
struct Escaped<'a>(&'a str);

impl fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for c in self.0.chars() {
            match c {
                '&' => f.write_str("&amp;")?,
                '<' => f.write_str("&lt;")?,
                '>' => f.write_str("&gt;")?,
                '"' => f.write_str("&quot;")?,
                '\n' => f.write_str("&#10;")?,
                '\t' => f.write_char(c)?,
                '\u{fffe}' | '\u{ffff}' => {}
                c if c.is_control() => {}
                c => f.write_char(c)?,
            }
        }
        Ok(())
    }
}
