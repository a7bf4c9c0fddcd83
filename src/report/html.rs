//! The report as one HTML file: a working paper that can be read on a screen, filed, and printed on A4. It loads
//! nothing, runs nothing, and holds the statements in full with the evidence of every figure.

mod cover;
mod evidence;
mod excerpt;
mod findings;
mod ledgers;
mod markup;
mod pictures;
mod statements;
mod untested;

use crate::book::Book;
use crate::check::{Options, Report};
use crate::finding::Language;
use crate::report::wording::say;
use evidence::Evidence;
use markup::Markup;
use pictures::Picture;

/// Nothing is loaded and nothing runs, whatever the names of sheets and files hold.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/// What the paper is made of.
struct Paper<'a> {
    book: &'a Book,
    report: &'a Report,
    options: &'a Options,
    language: Language,
    evidence: Evidence<'a>,
    pictures: Vec<Picture>,
}

impl Paper<'_> {
    fn say<'a>(&self, swedish: &'a str, english: &'a str) -> &'a str {
        say(self.language, swedish, english)
    }

    /// A book of bookkeeping alone, which has no statements to reconcile.
    fn only_ledgers(&self) -> bool {
        self.book.statements.is_empty() && !self.book.ledgers.is_empty()
    }

    /// Whether the book has something for a part.
    fn has(&self, part: &str) -> bool {
        match part {
            "bilder" => !self.pictures.is_empty(),
            "rakningar" => !self.book.statements.is_empty(),
            "bokforing" => !self.book.ledgers.is_empty(),
            "bevis" => !self.evidence.tested.is_empty(),
            _ => true,
        }
    }
}

/// The parts of the paper in their order: where a link leads, and what they are called.
const PARTS: &[(&str, &str, &str)] = &[
    ("sammanfattning", "Sammanfattning", "Summary"),
    ("avvikelser", "Avvikelser", "Findings"),
    ("bilder", "Bilder", "Pictures"),
    ("rakningar", "Räkningarna i sin helhet", "The statements in full"),
    ("bokforing", "Bokföringen", "The ledger"),
    ("ej-provat", "Vad som inte prövades", "What was not tested"),
    ("bevis", "Prövade samband", "Relations tested"),
];

/// The report of a book as an HTML document.
pub fn check(book: &Book, report: &Report, options: &Options, language: Language) -> String {
    let evidence = Evidence::of(book, report);
    let mut paper = Paper { book, report, options, language, evidence, pictures: Vec::new() };
    // One picture of several bodies would be of none.
    paper.pictures = if book.is_of_several() { Vec::new() } else { pictures::of(&paper) };
    let paper = &paper;
    let mut page = Markup::document();
    page.element("html", &[("lang", paper.say("sv", "en"))], |page| {
        page.element("head", &[], |page| {
            page.void("meta", &[("charset", "utf-8")]);
            page.void("meta", &[("http-equiv", "Content-Security-Policy"), ("content", POLICY)]);
            page.void("meta", &[("name", "viewport"), ("content", "width=device-width, initial-scale=1")]);
            page.void("meta", &[("name", "color-scheme"), ("content", "light dark")]);
            page.void("meta", &[("name", "generator"), ("content", concat!("avstam ", env!("CARGO_PKG_VERSION")))]);
            page.leaf("title", &[], cover::title(paper));
            page.style(include_str!("html/paper.css"));
        });
        page.element("body", &[], |page| {
            let skip = paper.say("Till innehållet", "Skip to the content");
            page.leaf("a", &[("class", "skip"), ("href", "#innehall")], skip);
            page.element("header", &[], |page| cover::write(page, paper));
            contents(page, paper);
            page.element("main", &[("id", "innehall"), ("tabindex", "-1")], |page| {
                part(page, paper, "sammanfattning", |page| cover::summary(page, paper));
                part(page, paper, "avvikelser", |page| findings::write(page, paper));
                part(page, paper, "bilder", |page| pictures::write(page, paper));
                part(page, paper, "rakningar", |page| statements::write(page, paper));
                part(page, paper, "bokforing", |page| ledgers::write(page, paper));
                part(page, paper, "ej-provat", |page| untested::write(page, paper));
                part(page, paper, "bevis", |page| evidence::write(page, paper));
            });
            page.element("footer", &[], |page| {
                page.leaf("p", &[], concat!("avstam ", env!("CARGO_PKG_VERSION")));
            });
        });
    });
    page.finish()
}

fn part(page: &mut Markup, paper: &Paper<'_>, part: &str, inner: impl FnOnce(&mut Markup)) {
    let Some((id, swedish, english)) = PARTS.iter().find(|(id, ..)| *id == part && paper.has(id)) else { return };
    let heading = format!("{id}-rubrik");
    page.element("section", &[("id", id), ("aria-labelledby", &heading)], |page| {
        page.leaf("h2", &[("id", &heading)], paper.say(swedish, english));
        inner(page);
    });
}

fn contents(page: &mut Markup, paper: &Paper<'_>) {
    page.element("nav", &[("aria-label", paper.say("Innehåll", "Contents"))], |page| {
        page.element("ol", &[], |page| {
            for (id, swedish, english) in PARTS.iter().filter(|(id, ..)| paper.has(id)) {
                page.element("li", &[], |page| {
                    page.leaf("a", &[("href", &format!("#{id}"))], paper.say(swedish, english));
                });
            }
        });
    });
}

/// A table that a narrow screen scrolls by itself, and whose heading a printer repeats.
fn table(page: &mut Markup, class: &str, caption: &str, heads: &[(&str, &str)], body: impl FnOnce(&mut Markup)) {
    let attributes = [("class", "wide"), ("role", "group"), ("aria-label", caption), ("tabindex", "0")];
    page.element("div", &attributes, |page| {
        page.element("table", &[("class", class)], |page| {
            page.leaf("caption", &[], caption);
            page.element("thead", &[], |page| {
                page.element("tr", &[], |page| {
                    for (class, head) in heads {
                        match head.is_empty() {
                            true => page.leaf("td", &[], ""),
                            false => page.leaf("th", &[("scope", "col"), ("class", class)], head),
                        }
                    }
                });
            });
            page.element("tbody", &[], body);
        });
    });
}
