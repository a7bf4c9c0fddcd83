//! The first page: whose accounts, which files, what they were tested with, and the verdict in one sentence.

use super::markup::Markup;
use super::{Paper, table};
use crate::book::identity::Standing;
use crate::check::Baseline;
use crate::finding::{Finding, Language, Severity};
use crate::money::Swedish;
use crate::period::{Measure, Period};
use crate::report::matrix::{self, Relations};
use crate::report::wording::{self, count, name, sheet};
use crate::report::{bodies, documents, ledgers};
use crate::rules::RULES;

/// `Samordningsförbundet Pyramis 2019`, or the files where no name stands anywhere.
pub fn title(paper: &Paper<'_>) -> String {
    let year = period(paper).map(|period| format!(" {period}")).unwrap_or_default();
    match body(paper) {
        Some(body) => format!("{}: {body}{year}", paper.say("Avstämning", "Reconciliation")),
        None => format!("{}{year}", paper.say("Avstämning", "Reconciliation")),
    }
}

/// Whose accounts these are: as its own people say, else as its files do, the accounts before the others.
fn body(paper: &Paper<'_>) -> Option<String> {
    if paper.book.is_of_several() {
        return Some(bodies::listed(paper.book, paper.language));
    }
    let told = paper.book.profile.name.as_deref();
    let together = paper.book.documents.iter().filter(|document| document.standing == Standing::Together);
    let named = together.filter_map(|document| Some((document.role, document.name.as_deref()?)));
    told.or_else(|| named.min_by_key(|(role, _)| *role).map(|(_, name)| name)).map(str::to_string)
}

fn number<'a>(paper: &Paper<'a>) -> Option<&'a str> {
    if paper.book.is_of_several() {
        return None;
    }
    let told = paper.book.profile.organisation_number.as_deref();
    let mut together = paper.book.documents.iter().filter(|document| document.standing == Standing::Together);
    told.or_else(|| together.find_map(|document| document.number.as_deref()))
}

/// The year that is closed: the last outcome, else the first year that is planned.
fn period(paper: &Paper<'_>) -> Option<Period> {
    let columns = || paper.book.statements.iter().flat_map(|statement| statement.columns());
    let of = |measure: Measure| columns().filter(move |c| c.measure == Some(measure)).filter_map(|c| c.period);
    of(Measure::Actual).max().or_else(|| of(Measure::Budget).chain(of(Measure::Plan)).min())
}

pub fn write(page: &mut Markup, paper: &Paper<'_>) {
    page.leaf("p", &[("class", "kind")], paper.say("Avstämning av räkenskaper", "Reconciliation of accounts"));
    let heading = match body(paper) {
        Some(body) => body,
        None => paper.say("Underlag utan angivet förbund", "Accounts that name no body").to_string(),
    };
    page.leaf("h1", &[], heading);
    page.leaf("p", &[("class", "verdict")], verdict(paper));
    if let Some(Baseline { known, gone }) = paper.report.baseline {
        let text = match paper.language {
            Language::Swedish => {
                format!(
                    "Jämfört med en tidigare körning: {known} avvikelser fanns redan då och visas inte, {gone} är borta."
                )
            }
            Language::English => {
                format!(
                    "Compared with an earlier run: {known} findings stood there already and are not shown, {gone} are gone."
                )
            }
        };
        page.leaf("p", &[], text);
    }
    page.element("dl", &[("class", "facts")], |page| {
        let mut fact = |name: &str, value: &str| {
            page.leaf("dt", &[], name);
            page.leaf("dd", &[], value);
        };
        if let Some(number) = number(paper) {
            fact(paper.say("Organisationsnummer", "Organisation number"), number);
        }
        if let Some(period) = period(paper) {
            fact(paper.say("Period", "Period"), &period.to_string());
        }
        fact(paper.say("Program", "Program"), concat!("avstam ", env!("CARGO_PKG_VERSION")));
        fact(paper.say("Regler", "Rules"), &rules(paper));
        fact(paper.say("Väsentlighet", "Materiality"), &materiality(paper));
    });
    files(page, paper);
    by_body(page, paper);
}

/// What came of each body, where there are several.
fn by_body(page: &mut Markup, paper: &Paper<'_>) {
    if !paper.book.is_of_several() {
        return;
    }
    let caption = paper.say("Per förbund", "By förbund");
    let heads = [("", "Förbund"), ("", paper.say("Utfall", "Outcome"))];
    table(page, "files", caption, &heads, |page| {
        for (body, outcome) in bodies::outcomes(paper.book, paper.report) {
            page.element("tr", &[], |page| {
                page.leaf("th", &[("scope", "row")], bodies::heading(paper.book, Some(body), paper.language));
                page.leaf("td", &[], outcome.told(paper.language));
            });
        }
    });
}

fn rules(paper: &Paper<'_>) -> String {
    let options = paper.options;
    let run = paper.report.by_rule.len();
    let mut text = match paper.language {
        Language::Swedish => format!("{run} av {} regler", RULES.len()),
        Language::English => format!("{run} of {} rules", RULES.len()),
    };
    for (what, codes) in [(paper.say("bara", "only"), &options.select), (paper.say("utan", "without"), &options.ignore)]
    {
        if !codes.is_empty() {
            text.push_str(&format!("; {what} {}", codes.join(", ")));
        }
    }
    text
}

fn materiality(paper: &Paper<'_>) -> String {
    if paper.options.materiality.is_some() && paper.report.materiality.is_none() && paper.book.is_of_several() {
        return paper.say("en andel av varje förbunds belopp", "a share of the amounts of each förbund").to_string();
    }
    match (paper.options.materiality.and_then(|limit| limit.limit(paper.book)), paper.language) {
        (None, Language::Swedish) => "ingen gräns: varje skillnad utöver avrundning redovisas".to_string(),
        (None, Language::English) => "no limit: every difference beyond rounding is reported".to_string(),
        (Some(limit), Language::Swedish) => {
            format!("{} kr; mindre skillnader redovisas som upplysningar", Swedish(limit))
        }
        (Some(limit), Language::English) => format!("{} kr; smaller differences are remarks", Swedish(limit)),
    }
}

fn files(page: &mut Markup, paper: &Paper<'_>) {
    let heads = [
        ("", paper.say("Fil", "File")),
        ("", paper.say("Vad den är", "What it is")),
        ("", paper.say("Format", "Format")),
        ("", "SHA-256"),
    ];
    let caption = paper.say("Filer som lästes", "Files that were read");
    table(page, "files", caption, &heads, |page| {
        for (i, _) in bodies::files(paper.book) {
            let input = &paper.book.inputs[i];
            page.element("tr", &[], |page| {
                page.leaf("th", &[("scope", "row")], input.path.display());
                page.leaf("td", &[], part(paper, i));
                let read = match (&input.error, paper.language) {
                    (None, _) => input.format.map_or(String::new(), |format| format.code().to_string()),
                    (Some(error), Language::Swedish) => error.swedish(),
                    (Some(error), Language::English) => error.to_string(),
                };
                page.leaf("td", &[], read);
                page.element("td", &[], |page| page.leaf("code", &[], &input.sha256));
            });
        }
    });
}

/// The part of a file in the book, and of whom it is where it is not reconciled with the others.
fn part(paper: &Paper<'_>, input: usize) -> String {
    let part = documents::part(paper.book, input, paper.language);
    match paper.book.documents.get(input).filter(|document| document.standing != Standing::Together) {
        None => match bodies::named(paper.book, paper.book.group(input), paper.language) {
            Some(body) => format!("{part}; {body}"),
            None => part,
        },
        Some(document) => {
            let apart = paper.say("stäms inte av mot de andra", "not reconciled with the others");
            let texts = [part, documents::whose(document), apart.to_string()];
            texts.iter().filter(|text| !text.is_empty()).map(String::as_str).collect::<Vec<_>>().join("; ")
        }
    }
}

/// What a reader takes along, in one sentence.
fn verdict(paper: &Paper<'_>) -> String {
    let (accepted, open): (Vec<&Finding>, Vec<&Finding>) =
        paper.report.findings.iter().partition(|finding| finding.accepted().is_some());
    let number = |severity| open.iter().filter(|finding| finding.severity == severity).count();
    let language = paper.language;
    let relations = Relations::of(paper.report);
    let mut parts = Vec::new();
    let counted = [
        (Severity::Error, ["fel", "fel"], ["error", "errors"]),
        (Severity::Warning, ["varning", "varningar"], ["warning", "warnings"]),
        (Severity::Info, ["upplysning", "upplysningar"], ["remark", "remarks"]),
    ];
    for (severity, swedish, english) in counted {
        match number(severity) {
            0 => {}
            n => parts.push(count(language, n, swedish, english)),
        }
    }
    if !accepted.is_empty() {
        let accepted = accepted.len();
        let (swedish, english) =
            (["godkänd avvikelse", "godkända avvikelser"], ["accepted finding", "accepted findings"]);
        parts.push(count(language, accepted, swedish, english));
    }
    let (held, of) = (relations.held, relations.tested);
    let found = match (parts.pop(), parts.is_empty()) {
        (None, _) => String::new(),
        (Some(last), true) => last,
        (Some(last), false) => format!("{} {} {last}", parts.join(", "), paper.say("och", "and")),
    };
    if paper.only_ledgers() {
        let tested = paper.report.tally.tested;
        return match (found.is_empty(), language) {
            (true, Language::Swedish) => format!("Allt som kunde prövas i bokföringen stämmer ({tested} prövningar)."),
            (true, Language::English) => format!("All that could be tested of the ledger holds ({tested} tests)."),
            (false, Language::Swedish) => format!("Granskningen av bokföringen gav {found} ({tested} prövningar)."),
            (false, Language::English) => format!("The review of the ledger gave {found} ({tested} tests)."),
        };
    }
    if of == 0 {
        let nothing = paper.say(
            "Inget samband mellan belopp kunde prövas, och det säger inget om räkenskaperna",
            "No relation between amounts could be tested, and that says nothing about the accounts",
        );
        return match (found.is_empty(), language) {
            (true, _) => format!("{nothing}."),
            (false, Language::Swedish) => format!("{nothing}; granskningen gav {found}."),
            (false, Language::English) => format!("{nothing}; the review gave {found}."),
        };
    }
    match (found.is_empty(), language) {
        (true, Language::Swedish) => format!("Allt som kunde prövas stämmer ({of} samband mellan belopp)."),
        (true, Language::English) => format!("All that could be tested holds ({of} relations between amounts)."),
        (false, Language::Swedish) => format!("{held} av {of} prövade samband stämmer; granskningen gav {found}."),
        (false, Language::English) => format!("{held} of {of} relations tested hold; the review gave {found}."),
    }
}

/// Statements × kinds of test, and how much of the book that is.
pub fn summary(page: &mut Markup, paper: &Paper<'_>) {
    let language = paper.language;
    let rows = matrix::rows(paper.book, paper.report);
    let mut heads = vec![("", paper.say("Tabell", "Table"))];
    let ties = matrix::ties(&rows);
    heads.extend(ties.iter().map(|tie| ("n", tie.name(language))));
    heads.push(("n", paper.say("oprövade", "untested")));
    heads.push(("", paper.say("Var", "Where")));
    let caption = paper.say(
        "Vad som prövades i varje tabell: ✓ stämmer, ✗ stämmer inte (så många av så många), ! bör förklaras, – inget att pröva",
        "What was tested in each table: ✓ holds, ✗ does not (so many of so many), ! should be explained, – nothing to test",
    );
    if paper.only_ledgers() {
        for (i, ledger) in paper.book.ledgers.iter().enumerate() {
            page.element("p", &[], |page| {
                let to = format!("#{}", super::ledgers::id(i));
                page.leaf("a", &[("href", &to)], ledgers::counted(paper.book, ledger, language));
            });
        }
        return;
    }
    if rows.is_empty() {
        let nothing = paper.say(
            "Ingen tabell med belopp kändes igen i det som lästes.",
            "No table of amounts was recognised in what was read.",
        );
        return page.leaf("p", &[], nothing);
    }
    table(page, "matrix", caption, &heads, |page| {
        for (i, row) in rows.iter().enumerate().filter(|(_, row)| !row.is_empty()) {
            let statement = &paper.book.statements[i];
            page.element("tr", &[], |page| {
                page.element("th", &[("scope", "row")], |page| {
                    page.leaf("span", &[("class", class(row.mark()))], row.mark());
                    page.text(" ");
                    page.leaf("a", &[("href", &format!("#t{i}"))], name(statement, language));
                });
                for &tie in &ties {
                    let text = row.scores[tie as usize].shown();
                    page.leaf("td", &[("class", &format!("n {}", class(&text)))], text);
                }
                let untied = if row.untied == 0 { "–".to_string() } else { row.untied.to_string() };
                page.leaf("td", &[("class", if row.untied == 0 { "n none" } else { "n" })], untied);
                page.leaf("td", &[], sheet(paper.book, statement.table.grid, language));
            });
        }
    });
    let coverage = &paper.report.coverage;
    let untied = coverage.untied.len();
    page.leaf(
        "p",
        &[],
        match language {
            Language::Swedish => format!(
                "Av {} belopp är {} knutna till en annan tabell, {} bara inom sin egen och {untied} inte knutna till något.",
                coverage.amounts, coverage.tied, coverage.summed
            ),
            Language::English => format!(
                "Of {} amounts {} are tied to another table, {} within their own only and {untied} to nothing.",
                coverage.amounts, coverage.tied, coverage.summed
            ),
        },
    );
    if let Some(text) = wording::unread(paper.book, language) {
        page.leaf("p", &[("class", "bad")], format!("{}: {text}.", paper.say("Inte läst", "Not read")));
    }
    if let Some(text) = wording::outside(paper.book, coverage, language) {
        page.leaf("p", &[], format!("{}: {text}.", paper.say("Inte prövat", "Not tested")));
    }
}

/// The class of what a mark says; the mark itself says it without colour.
pub fn class(shown: &str) -> &'static str {
    match shown.chars().next() {
        Some('✓') => "good",
        Some('✗') => "bad",
        Some('!') => "odd",
        _ => "none",
    }
}
