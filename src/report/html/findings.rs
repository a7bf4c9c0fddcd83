//! The findings, one article each: the cause, what is stated and what it should be, the piece of the sheet, what
//! follows from it, and what to do.

use super::markup::Markup;
use super::{Paper, excerpt};
use crate::finding::{Finding, Mark, Role, Severity};
use crate::money::Swedish;
use crate::report::evidence::parts;
use crate::report::wording::{advice, likelihood, name, place_in, severity, sheet, told, whereabouts};
use crate::report::{bodies, ledgers, order, primary};

/// How many pieces of sheets are drawn for a finding; the rest is named.
const PARTS: usize = 4;

pub fn write(page: &mut Markup, paper: &Paper<'_>) {
    let found = order::findings(paper.book, paper.report);
    if found.is_empty() {
        page.leaf("p", &[], paper.say("Inga.", "None."));
    }
    let mut last = None;
    for (i, (place, finding)) in found.into_iter().enumerate() {
        let group = (place.group, place.nowhere, place.grid, place.statement);
        if last != Some(group) {
            let first = last.is_none_or(|(body, ..)| body != place.group);
            last = Some(group);
            if let Some(body) = bodies::named(paper.book, place.group, paper.language).filter(|_| first) {
                page.leaf("p", &[("class", "body")], body);
            }
            page.element("h3", &[], |page| match place.statement.map(|i| (i, &paper.book.statements[i])) {
                Some((i, statement)) => {
                    page.leaf("a", &[("href", &format!("#t{i}"))], name(statement, paper.language));
                    let place = whereabouts(paper.book, statement, paper.language);
                    page.leaf("span", &[("class", "where")], format_args!(" {place}"));
                }
                None if let Some(i) = paper.book.ledgers.iter().position(|ledger| ledger.grid == place.grid) => {
                    let ledger = &paper.book.ledgers[i];
                    page.leaf(
                        "a",
                        &[("href", &format!("#{}", super::ledgers::id(i)))],
                        ledgers::name(paper.book, ledger),
                    );
                    let about = ledgers::about(ledger, paper.language);
                    page.leaf("span", &[("class", "where")], format_args!(" {about}"));
                }
                None if place.nowhere => page.text(paper.say("Hela underlaget", "The whole book")),
                None => {
                    page.text(paper.say("Utanför tabellerna", "Outside the tables"));
                    let sheet = sheet(paper.book, place.grid, paper.language);
                    page.leaf("span", &[("class", "where")], format_args!(" {sheet}"));
                }
            });
        }
        article(page, paper, i + 1, finding);
    }
    unused(page, paper);
}

fn article(page: &mut Markup, paper: &Paper<'_>, number: usize, finding: &Finding) {
    let (id, heading) = (format!("f{number}"), format!("f{number}-rubrik"));
    let class = match finding.severity {
        _ if finding.accepted().is_some() => "finding accepted",
        Severity::Error => "finding error",
        Severity::Warning => "finding warning",
        Severity::Info => "finding info",
    };
    page.element("article", &[("id", &id), ("class", class), ("aria-labelledby", &heading)], |page| {
        page.element("h4", &[("id", &heading)], |page| {
            let severity = match finding.accepted() {
                Some(_) => paper.say("godkänd", "accepted"),
                None => severity(finding.severity, paper.language),
            };
            let label = format!("{} {number}, {severity} {}:", paper.say("Avvikelse", "Finding"), finding.rule);
            page.leaf("span", &[("class", "label")], label);
            page.text(" ");
            page.text(finding.message.get(paper.language));
        });
        mark(page, paper, finding);
        figures(page, paper, finding);
        if finding.accepted().is_some() {
            return;
        }
        causes(page, paper, finding);
        let parts = parts(paper.book, paper.report, finding, paper.language);
        for part in parts.iter().take(PARTS) {
            excerpt::write(page, paper, finding, part);
        }
        if parts.len() > PARTS {
            let rest: Vec<String> = parts[PARTS..].iter().map(|part| place_in(paper.book, part.at())).collect();
            let also = paper.say("Även", "Also");
            page.leaf("p", &[("class", "about")], format_args!("{also}: {}.", rest.join(", ")));
        }
        consequences(page, paper, finding);
        if let Some(text) = advice(finding.rule, paper.language) {
            page.element("p", &[("class", "advice")], |page| {
                page.leaf("strong", &[], paper.say("Gör så här: ", "What to do: "));
                page.text(text);
            });
        }
    });
}

/// Who has looked at it and accepted it, when and why; and what has changed where that holds no longer.
fn mark(page: &mut Markup, paper: &Paper<'_>, finding: &Finding) {
    let (lead, sign, changes) = match &finding.mark {
        None => return,
        Some(Mark::Accepted(sign)) => (paper.say("Godkänd", "Accepted"), sign, &[][..]),
        Some(Mark::Expired(sign, changes)) => {
            (paper.say("Godkänd, men gäller inte längre", "Accepted, but holds no longer"), sign, &changes[..])
        }
    };
    page.element("p", &[("class", "mark")], |page| {
        page.leaf("strong", &[], format_args!("{lead} {} {}: ", sign.date, sign.initials));
        page.text(&sign.reason);
        for change in changes {
            page.text(format_args!("; {}: {} → {}", change.cell, change.was, change.is));
        }
        page.text(".");
    });
}

/// Marks that answer to no finding any longer.
fn unused(page: &mut Markup, paper: &Paper<'_>) {
    if paper.report.unused_marks.is_empty() {
        return;
    }
    let heading = paper.say("Godkännanden som inte svarar mot något längre", "Acceptances that answer to nothing");
    page.leaf("h3", &[], heading);
    page.element("ul", &[], |page| {
        for mark in &paper.report.unused_marks {
            let (rule, about, sign) = (&mark.rule, &mark.about, &mark.sign);
            let text = format!("{rule} {about}: {} {}, {}", sign.date, sign.initials, sign.reason);
            page.leaf("li", &[], text);
        }
    });
}

/// Stated, expected, difference.
fn figures(page: &mut Markup, paper: &Paper<'_>, finding: &Finding) {
    let (Some(stated), Some(expected), Some(difference)) = (finding.stated, finding.expected, finding.difference())
    else {
        return;
    };
    let unit = finding.unit.map_or("", |unit| unit.code());
    page.element("dl", &[("class", "figures")], |page| {
        for (name, amount) in [
            (paper.say("Står", "Stated"), stated),
            (paper.say("Väntat", "Expected"), expected),
            (paper.say("Skillnad", "Difference"), difference),
        ] {
            page.element("div", &[], |page| {
                page.leaf("dt", &[], name);
                page.leaf("dd", &[], format_args!("{}\u{a0}{unit}", Swedish(amount)));
            });
        }
        if let Some(at) = primary(finding) {
            page.element("div", &[], |page| {
                page.leaf("dt", &[], paper.say("Plats", "Place"));
                page.leaf("dd", &[("class", "place")], place_in(paper.book, at));
            });
        }
    });
}

fn causes(page: &mut Markup, paper: &Paper<'_>, finding: &Finding) {
    // A rule that sees the cause itself has told it already.
    let untold: Vec<usize> = (0..finding.causes.len()).filter(|&i| finding.causes[i].text != finding.message).collect();
    if untold.is_empty() {
        return;
    }
    page.element("ul", &[("class", "causes")], |page| {
        for i in untold {
            page.element("li", &[], |page| {
                let likely = likelihood(finding, i, paper.language);
                page.leaf("strong", &[], format_args!("{}: ", capital(likely)));
                page.text(told(paper.book, &finding.causes[i], paper.language));
            });
        }
    });
}

fn consequences(page: &mut Markup, paper: &Paper<'_>, finding: &Finding) {
    if finding.consequences.is_empty() {
        return;
    }
    page.element("div", &[("class", "consequences")], |page| {
        page.leaf("h5", &[], paper.say("Följer av detta", "Follows from this"));
        page.element("ul", &[], |page| {
            for found in &finding.consequences {
                let total = found.cells.iter().find(|(_, role)| *role == Role::Total).or(found.cells.first());
                page.element("li", &[], |page| {
                    page.leaf("span", &[("class", "label")], found.rule);
                    page.text(" ");
                    if let Some((at, _)) = total {
                        let place = place_in(paper.book, *at);
                        match paper.evidence.spot(*at) {
                            Some(spot) => {
                                page.leaf("a", &[("href", &format!("#{}", super::evidence::id(spot)))], place);
                            }
                            None => page.text(place),
                        }
                        page.text(": ");
                    }
                    page.text(found.message.get(paper.language));
                });
            }
        });
    });
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}
