//! Every statement in full, with a mark on every amount that leads to its evidence.

use std::collections::BTreeSet;

use super::evidence::{self, marks};
use super::markup::Markup;
use super::{Paper, table};
use crate::book::Spot;
use crate::report::bodies;
use crate::report::shown::shown;
use crate::report::wording::{count, kind, name, whereabouts};
use crate::statement::Statement;
use crate::table::{Entry, Line, Role};

pub fn write(page: &mut Markup, paper: &Paper<'_>) {
    legend(page, paper);
    let untied: BTreeSet<Spot> = paper.report.coverage.untied.iter().copied().collect();
    let mut all: Vec<(usize, &Statement)> = paper.book.statements.iter().enumerate().collect();
    if paper.book.is_of_several() {
        all.sort_by_key(|(_, statement)| paper.book.group(paper.book.input(statement)));
    }
    for (i, statement) in all {
        let language = paper.language;
        page.element("section", &[("id", &format!("t{i}")), ("class", "statement")], |page| {
            let body = bodies::of_statement(paper.book, i, language);
            page.leaf("h3", &[], bodies::before(body, &name(statement, language)));
            if let Some(original) = statement.copy_of {
                page.element("p", &[("class", "about")], |page| {
                    page.text(paper.say("Upprepar ", "Repeats "));
                    let text = whereabouts(paper.book, &paper.book.statements[original], language);
                    page.leaf("a", &[("href", &format!("#t{original}"))], text);
                    page.text(paper.say(" belopp för belopp.", " amount by amount."));
                });
            }
            drawn(page, paper, i, statement, &untied);
        });
    }
}

fn legend(page: &mut Markup, paper: &Paper<'_>) {
    let meanings = [
        ("✓", "stämmer med ett belopp i en annan tabell", "agrees with an amount of another table"),
        ("Σ", "del av en summa som stämmer, eller summan själv", "part of a sum that holds, or the sum itself"),
        ("✗", "ingår i ett samband som inte stämmer", "part of a relation that does not hold"),
        ("–", "inte knutet till något annat belopp", "tied to no other amount"),
    ];
    page.element("dl", &[("class", "legend")], |page| {
        for (mark, swedish, english) in meanings {
            page.element("div", &[], |page| {
                page.leaf("dt", &[("class", super::cover::class(mark))], mark);
                page.leaf("dd", &[], paper.say(swedish, english));
            });
        }
    });
    let text = paper.say(
        "Siffran efter märket är numret på det första sambandet under Prövade samband.",
        "The number after the mark is that of the first relation under Relations tested.",
    );
    page.leaf("p", &[], text);
}

fn drawn(page: &mut Markup, paper: &Paper<'_>, i: usize, statement: &Statement, untied: &BTreeSet<Spot>) {
    let notes = statement.lines().iter().any(|line| line.note.is_some());
    let place = whereabouts(paper.book, statement, paper.language);
    let caption = format!("{}, {}, {place}", kind(statement.kind, paper.language), statement.unit.code());
    // Room for the marks beside each amount: as much as the table's own amounts need.
    let spots = (0..statement.lines().len()).flat_map(|line| (0..statement.columns().len()).map(move |c| (line, c)));
    let most = spots.map(|(line, column)| marks(paper, statement.table.at(line, column)).len()).max().unwrap_or(0);
    let class_of_table = ["full marks-1", "full marks-1", "full marks-2", "full marks-3"][most.min(3)];
    let mut heads = vec![("", paper.say("Rad", "Line"))];
    if notes {
        heads.push(("n", paper.say("Not", "Note")));
    }
    let headers: Vec<String> = statement.columns().iter().map(|column| header(&column.header, column.col)).collect();
    heads.extend(headers.iter().map(|header| ("n ticked", header.as_str())));
    table(page, class_of_table, &caption, &heads, |page| {
        for (l, line) in statement.lines().iter().enumerate() {
            page.element("tr", &[("class", class(line))], |page| {
                let indent = format!("in{}", line.indent.min(4));
                page.leaf("th", &[("scope", "row"), ("class", &indent)], &line.label);
                if notes {
                    page.leaf("td", &[("class", "n")], line.note.map_or(String::new(), |note| note.number.to_string()));
                }
                for column in 0..statement.columns().len() {
                    amount(page, paper, Spot { statement: i, line: l, column }, untied);
                }
            });
        }
    });
}

fn header(words: &str, col: u32) -> String {
    match words.trim() {
        "" => crate::grid::column_name(col),
        words => words.to_string(),
    }
}

fn class(line: &Line) -> &'static str {
    match line.role {
        Role::Heading => "heading",
        Role::Subtotal => "subtotal",
        Role::Total => "total",
        Role::OfWhich => "of-which",
        Role::Line => "line",
    }
}

fn amount(page: &mut Markup, paper: &Paper<'_>, spot: Spot, untied: &BTreeSet<Spot>) {
    let (at, line) = (paper.book.at(spot), &paper.book.statements[spot.statement].lines()[spot.line]);
    let text = match &line.entries[spot.column] {
        Entry::Figure(figure) if !figure.percent => crate::report::shown::written(figure.amount),
        Entry::Blank => String::new(),
        _ => paper.book.cell(at).map(shown).unwrap_or_default(),
    };
    // Where two tables share a cell, the links lead to the first.
    let id = evidence::id(spot);
    let mut attributes = vec![("class", "n ticked")];
    if paper.evidence.spot(at) == Some(spot) {
        attributes.push(("id", &id));
    }
    page.element("td", &attributes, |page| {
        page.leaf("span", &[("class", "amount")], text);
        page.element("span", &[("class", "ticks")], |page| {
            if untied.contains(&spot) {
                let title = paper.say("inte knutet till något", "tied to nothing");
                return page.leaf("span", &[("class", "none"), ("role", "img"), ("aria-label", title)], "–");
            }
            for (mark, numbers) in marks(paper, at) {
                let meaning = match mark {
                    "✗" => paper.say("stämmer inte", "does not hold"),
                    "✓" => paper.say("stämmer med en annan tabell", "agrees with another table"),
                    _ => paper.say("del av summa", "part of a sum"),
                };
                let listed: Vec<String> = numbers.iter().take(8).map(ToString::to_string).collect();
                let of = count(paper.language, numbers.len(), ["samband", "samband"], ["relation", "relations"]);
                let title = format!("{meaning}: {of} ({})", listed.join(", "));
                let attributes = [
                    ("class", super::cover::class(mark)),
                    ("href", &format!("#e{}", numbers[0])),
                    ("title", &title),
                    ("aria-label", &format!("{mark}{} {title}", numbers[0])),
                ];
                page.leaf("a", &attributes, format_args!("{mark}{}", numbers[0]));
            }
        });
    });
}
