//! What was not tested, and why: silence is worth something only where it is counted.

use super::markup::Markup;
use super::{Paper, evidence, table};
use crate::relation::{Outcome, Relation, Untestable};
use crate::report::matrix;
use crate::report::place;
use crate::report::wording::{count, kind, name, place_in, whereabouts};
use crate::rules::RULES;
use crate::statement::Kind;

pub fn write(page: &mut Markup, paper: &Paper<'_>) {
    let reasons = matrix::untestable(paper.report, paper.language);
    page.leaf("h3", &[], paper.say("Samband som inte kunde prövas", "Relations that could not be tested"));
    match reasons.is_empty() {
        true => page.leaf("p", &[], paper.say("Inga.", "None.")),
        false => list(page, reasons.iter().map(|(number, why)| format!("{number} {why}"))),
    }
    relations(page, paper);
    amounts(page, paper);
    tables(page, paper);
    rules(page, paper);
}

fn list(page: &mut Markup, items: impl Iterator<Item = String>) {
    page.element("ul", &[], |page| items.for_each(|item| page.leaf("li", &[], item)));
}

/// Each relation that could not be tested, for those who want to know which.
fn relations(page: &mut Markup, paper: &Paper<'_>) {
    let untested = paper.report.checks.iter().filter_map(|check| match check.outcome {
        Outcome::Untestable(why) => Some((&check.relation, why)),
        _ => None,
    });
    let mut untested: Vec<(&Relation, Untestable)> = untested.collect();
    if untested.is_empty() {
        return;
    }
    untested.sort_by_key(|(relation, _)| (relation.table, relation.result.at));
    let heads = [
        ("", paper.say("Regel", "Rule")),
        ("", paper.say("Plats", "Place")),
        ("", paper.say("Tabell", "Table")),
        ("", paper.say("Rad", "Line")),
        ("", paper.say("Kolumn", "Column")),
        ("", paper.say("Varför", "Why")),
    ];
    page.element("details", &[], |page| {
        page.leaf("summary", &[], paper.say("Visa dem ett för ett", "Show them one by one"));
        let caption = paper.say("Samband som inte kunde prövas", "Relations that could not be tested");
        table(page, "untested", caption, &heads, |page| {
            for (relation, why) in untested {
                let at = relation.result.at;
                let label = paper.evidence.spot(at).map_or("", |spot| paper.book.label(spot));
                page.element("tr", &[], |page| {
                    page.leaf("td", &[], relation.rule);
                    page.leaf("td", &[], place_in(paper.book, at));
                    page.leaf("td", &[], name(&paper.book.statements[relation.table], paper.language));
                    page.leaf("td", &[], label);
                    page.leaf("td", &[], evidence::column(paper, at));
                    page.leaf("td", &[], matrix::reason(why, paper.language));
                });
            }
        });
    });
}

fn amounts(page: &mut Markup, paper: &Paper<'_>) {
    page.leaf("h3", &[], paper.say("Belopp som inte är knutna till något", "Amounts that are tied to nothing"));
    let untied = &paper.report.coverage.untied;
    if untied.is_empty() {
        return page.leaf("p", &[], paper.say("Inga.", "None."));
    }
    let why = paper.say(
        "Inget samband som reglerna känner når dessa belopp. Stäm av dem för hand mot bokföringen.",
        "No relation that the rules know reaches these amounts. Reconcile them by hand with the books.",
    );
    page.leaf("p", &[], why);
    let heads = [
        ("", paper.say("Plats", "Place")),
        ("", paper.say("Rad", "Line")),
        ("", paper.say("Kolumn", "Column")),
        ("n", paper.say("Belopp", "Amount")),
    ];
    let caption = paper.say("Belopp som inte är knutna till något", "Amounts that are tied to nothing");
    table(page, "untied", caption, &heads, |page| {
        for &spot in untied {
            let at = paper.book.at(spot);
            page.element("tr", &[], |page| {
                page.element("th", &[("scope", "row")], |page| {
                    let to = paper.evidence.spot(at).unwrap_or(spot);
                    page.leaf("a", &[("href", &format!("#{}", evidence::id(to)))], place(paper.book, at));
                });
                page.leaf("td", &[], paper.book.label(spot));
                page.leaf("td", &[], evidence::column(paper, at));
                page.leaf("td", &[("class", "n")], evidence::figure(paper, at));
            });
        }
    });
}

/// Tables of no known kind: only their own sums can be tested.
fn tables(page: &mut Markup, paper: &Paper<'_>) {
    let unknown = |kind: Kind| matches!(kind, Kind::Other | Kind::Contents);
    let others: Vec<usize> =
        (0..paper.book.statements.len()).filter(|&i| unknown(paper.book.statements[i].kind)).collect();
    if others.is_empty() {
        return;
    }
    page.leaf("h3", &[], paper.say("Tabeller av okänt slag", "Tables of an unknown kind"));
    let why = paper.say("I dem prövas bara de egna summorna.", "Of these only their own sums are tested.");
    page.leaf("p", &[], why);
    page.element("ul", &[], |page| {
        for i in others {
            let statement = &paper.book.statements[i];
            page.element("li", &[], |page| {
                page.leaf("a", &[("href", &format!("#t{i}"))], name(statement, paper.language));
                page.text(format_args!(", {}", whereabouts(paper.book, statement, paper.language)));
            });
        }
    });
}

/// Rules that found nothing to look at, and those that were not asked for.
fn rules(page: &mut Markup, paper: &Paper<'_>) {
    let ran = &paper.report.by_rule;
    let idle = ran.iter().filter(|(_, tally)| tally.tested == 0).map(|(code, _)| *code);
    let idle: Vec<&str> = idle.collect();
    let left: Vec<&str> =
        RULES.iter().map(|rule| rule.code).filter(|code| !ran.iter().any(|(other, _)| other == code)).collect();
    let missing: Vec<&str> = [Kind::IncomeStatement, Kind::BalanceSheet, Kind::CashFlow, Kind::Note, Kind::Budget]
        .into_iter()
        .filter(|kind| paper.book.of_kind(*kind).next().is_none())
        .map(|missing| kind(missing, paper.language))
        .collect();
    if idle.is_empty() && left.is_empty() && missing.is_empty() {
        return;
    }
    page.leaf("h3", &[], paper.say("Regler utan underlag", "Rules without anything to test"));
    if !missing.is_empty() {
        let text = paper.say("Fanns inte i det som lästes", "Not in what was read");
        page.leaf("p", &[], format_args!("{text}: {}.", missing.join(", ")));
    }
    if !idle.is_empty() {
        let of = count(paper.language, idle.len(), ["regel", "regler"], ["rule", "rules"]);
        let text = paper.say("fann inget att pröva", "found nothing to test");
        page.leaf("p", &[], format_args!("{of} {text}: {}.", idle.join(", ")));
    }
    if !left.is_empty() {
        let text = paper.say("Valdes bort eller körs bara på begäran", "Left out, or run only on request");
        page.leaf("p", &[], format_args!("{text}: {}.", left.join(", ")));
    }
}
