//! What changed between two versions, for people: by statement, a line a change.

use super::Look;
use super::inspect::measure;
use super::page::{BAD, DIM, GOOD, PART, PLAIN, Page, TITLE, paint, width};
use crate::book::{Book, Spot};
use crate::diff::{AmountChange, Diff, LineChange, StatementChange, Version};
use crate::money::{Money, Swedish};
use crate::report::wording::{name, whereabouts};

pub fn diff(old: Version<'_>, new: Version<'_>, diff: &Diff, look: &Look) -> String {
    let mut page = Page::new(look.width);
    let teller = Teller { old: old.book, new: new.book, look };
    for change in &diff.statements {
        page.blank();
        teller.statement(&mut page, change);
    }
    if !look.quiet {
        page.blank();
        not_compared(&mut page, [old, new], look);
        sum(&mut page, diff, look);
    }
    page.finish()
}

/// The files in which nothing was looked for.
fn not_compared(page: &mut Page, versions: [Version<'_>; 2], look: &Look) {
    let file = |book: &Book, input: usize| {
        let path = book.inputs[input].path.display().to_string();
        let role = book.documents.get(input).map(|document| document.role.name().get(look.language).to_string());
        role.map_or(path.clone(), |role| format!("{path} ({role})"))
    };
    let of = |version: Version<'_>| version.not_compared().map(|input| file(version.book, input)).collect::<Vec<_>>();
    let files = versions.map(of).concat();
    if !files.is_empty() {
        let lead = look.say("Jämförs inte, för de har inga räkningar: ", "Not compared, for they have no statements: ");
        page.hang(lead, PLAIN, &files.join(", "), PLAIN);
    }
}

struct Teller<'a> {
    old: &'a Book,
    new: &'a Book,
    look: &'a Look,
}

impl Teller<'_> {
    fn statement(&self, page: &mut Page, change: &StatementChange) {
        let look = self.look;
        let was = change.old.map(|i| (self.old, &self.old.statements[i]));
        let is = change.new.map(|i| (self.new, &self.new.statements[i]));
        let Some((book, statement)) = is.or(was) else { return };
        let fate = match (was, is) {
            (None, _) => look.say(" är ny", " is new"),
            (_, None) => look.say(" är borttagen", " is gone"),
            _ => "",
        };
        let title = paint(TITLE, &name(statement, look.language));
        page.line(format!("{title}{fate}  {}", paint(DIM, &whereabouts(book, statement, look.language))));
        if let Some((was, is)) = change.renumbered {
            let told = look.say("Noten hade nummer", "The note had number");
            page.line(format!("  {told} {was}, {} {is}", look.say("har nu", "now has")));
        }
        if let Some((was, is)) = change.unit {
            let (was, is) = (was.code(), is.code());
            page.line(format!(
                "  {} {was}, {} {is}",
                look.say("Skrevs i", "Was written in"),
                look.say("nu i", "now in")
            ));
        }
        let columns = |spots: &[usize], book: &Book, statement: Option<usize>| {
            let column = |&column: &usize| self.column(book, Spot { statement: statement?, line: 0, column });
            spots.iter().filter_map(column).collect::<Vec<_>>().join(", ")
        };
        for (spots, book, statement, told) in [
            (&change.columns_added, self.new, change.new, look.say("Ny kolumn", "New column")),
            (&change.columns_removed, self.old, change.old, look.say("Borttagen kolumn", "Column gone")),
        ] {
            if !spots.is_empty() {
                page.line(format!("  {told}: {}", columns(spots, book, statement)));
            }
        }
        for line in &change.lines {
            self.line(page, change, line);
        }
    }

    fn line(&self, page: &mut Page, statement: &StatementChange, change: &LineChange) {
        let look = self.look;
        let was = statement.old.zip(change.old).map(|(s, i)| &self.old.statements[s].lines()[i]);
        let is = statement.new.zip(change.new).map(|(s, i)| &self.new.statements[s].lines()[i]);
        let (mark, label) = match (was, is) {
            (Some(was), Some(is)) if change.renamed => {
                let told = look.say("heter nu", "is now called");
                (" ", format!("{} {told} {}", was.label.trim(), is.label.trim()))
            }
            (Some(_), Some(is)) => (" ", is.label.trim().to_owned()),
            (None, Some(is)) => ("+", is.label.trim().to_owned()),
            (Some(was), None) => ("−", was.label.trim().to_owned()),
            (None, None) => return,
        };
        let style = match mark {
            "+" => GOOD,
            "−" => BAD,
            _ => PART,
        };
        page.line(format!("  {} {}", paint(style, mark), paint(style, &label)));
        if let Some((was, is)) = change.note {
            let note = |number: Option<u32>| match number {
                Some(number) => format!("not {number}"),
                None => look.say("ingen not", "no note").to_owned(),
            };
            page.line(format!("      {} → {}", note(was), note(is)));
        }
        let heads: Vec<String> = change.amounts.iter().map(|amount| self.head(amount)).collect();
        let wide = heads.iter().map(|head| width(head)).max().unwrap_or(0);
        for (amount, head) in change.amounts.iter().zip(&heads) {
            page.line(format!("      {}{}", super::page::left(head, wide + 2), self.amount(amount)));
        }
    }

    fn head(&self, amount: &AmountChange) -> String {
        let new = amount.new.and_then(|spot| self.column(self.new, spot));
        new.or_else(|| amount.old.and_then(|spot| self.column(self.old, spot))).unwrap_or_default()
    }

    fn column(&self, book: &Book, spot: Spot) -> Option<String> {
        let column = book.statements[spot.statement].columns().get(spot.column)?;
        let mut words: Vec<String> = column.period.map(|period| period.to_string()).into_iter().collect();
        words.extend(column.measure.map(|found| measure(found, self.look).to_string()));
        words.extend(column.entity.clone());
        if words.is_empty() {
            words.push(column.header.clone());
        }
        Some(words.join(" "))
    }

    /// `2 494 227 → 2 500 000 kr (+5 773)`, and what that did to relations.
    fn amount(&self, change: &AmountChange) -> String {
        let unit = if change.money { " kr" } else { "" };
        let told = |amount: Option<Money>| amount.map_or("–".to_owned(), |amount| Swedish(amount).to_string());
        let mut text = match (change.was, change.is) {
            (Some(only), None) if change.new.is_none() => format!("{}{unit}", Swedish(only)),
            (None, Some(only)) if change.old.is_none() => format!("{}{unit}", Swedish(only)),
            (was, is) => format!("{} → {}{unit}", told(was), told(is)),
        };
        if let (Some(was), Some(is)) = (change.was, change.is) {
            let sign = if (is - was).is_negative() { "" } else { "+" };
            text += &format!(" ({sign}{})", Swedish(is - was));
        }
        if !change.mended.is_empty() {
            let told = self.look.say("stämmer nu", "now holds");
            text += &format!("  {}", paint(GOOD, &format!("{told}: {}", change.mended.join(", "))));
        }
        if !change.broken.is_empty() {
            let told = self.look.say("stämmer inte längre", "no longer holds");
            text += &format!("  {}", paint(BAD, &format!("{told}: {}", change.broken.join(", "))));
        }
        text
    }
}

/// The changes counted.
fn sum(page: &mut Page, diff: &Diff, look: &Look) {
    if diff.is_empty() {
        return page.line(look.say("Inget belopp och ingen rad har ändrats.", "No amount and no line has changed."));
    }
    let lines = |fits: fn(&LineChange) -> bool| diff.lines().filter(|line| fits(line)).count();
    let counts = [
        look.count(diff.amounts().count(), ["belopp ändrat", "belopp ändrade"], ["amount changed", "amounts changed"]),
        look.count(lines(|line| line.old.is_none()), ["rad tillagd", "rader tillagda"], ["line added", "lines added"]),
        look.count(lines(|line| line.new.is_none()), ["rad borttagen", "rader borttagna"], ["line gone", "lines gone"]),
        look.count(lines(|line| line.renamed), ["rad omdöpt", "rader omdöpta"], ["line renamed", "lines renamed"]),
    ];
    page.line(counts.join(", "));
    let relations = diff.relations;
    let samband = ["samband", "samband"];
    page.line(format!(
        "{} {}, {} {}, {} {}",
        look.count(relations.mended, samband, ["relation", "relations"]),
        look.say("stämmer nu", "mended"),
        relations.broken,
        look.say("stämmer inte längre", "broken"),
        relations.still,
        look.say("stämmer fortfarande inte", "still broken"),
    ));
}
