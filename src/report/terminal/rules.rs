//! The rules, for people: the list, and one rule's whole story.

use super::Look;
use super::finding::severity;
use super::page::{BOLD, PLAIN, Page, left, of, paint, width, wrap};
use crate::finding::Language;
use crate::report::first_sentence;
use crate::rules::Rule;

/// The list: code, severity, name, and what it finds.
pub fn list(rules: &[Rule], look: &Look) -> String {
    let mut page = Page::new(look.width);
    let wide = rules.iter().map(|rule| width(severity(rule.severity, look))).max().unwrap_or(0);
    let name = rules.iter().map(|rule| width(rule.name)).max().unwrap_or(0);
    for rule in rules {
        let grave = left(severity(rule.severity, look), wide);
        page.line(format!(
            "{}  {}  {}",
            paint(BOLD, rule.code),
            paint(of(rule.severity), &grave),
            left(rule.name, name)
        ));
        for line in wrap(&first_sentence(text(rule, look)), look.width.saturating_sub(6)) {
            page.line(format!("      {line}"));
        }
    }
    page.finish()
}

fn text<'a>(rule: &'a Rule, look: &Look) -> &'a str {
    match look.language {
        Language::Swedish => rule.swedish,
        Language::English => rule.story,
    }
}

/// One rule's whole story, its Markdown shown simply.
pub fn story(rule: &Rule, look: &Look) -> String {
    let mut page = Page::new(look.width.min(88));
    let head = format!("{} {} ({})", rule.code, rule.name, severity(rule.severity, look));
    page.line(paint(of(rule.severity), &head));
    page.blank();
    for block in text(rule, look).trim().split("\n\n") {
        let block = block.trim_matches('\n');
        if block.starts_with("    ") || block.trim_start().starts_with("```") || block.trim_start().starts_with('|') {
            block
                .lines()
                .filter(|line| !line.trim_start().starts_with("```"))
                .for_each(|line| page.line(format!("  {line}")));
        } else if let Some(heading) = block.trim_start().strip_prefix('#') {
            let (heading, rest) = heading.split_once('\n').unwrap_or((heading, ""));
            page.line(paint(BOLD, heading.trim_start_matches('#').trim()));
            paragraph(&mut page, rest);
        } else {
            paragraph(&mut page, block);
        }
        page.blank();
    }
    page.finish()
}

/// A paragraph or a list of items.
fn paragraph(page: &mut Page, text: &str) {
    let mut items: Vec<(&str, String)> = Vec::new();
    for line in text.lines() {
        let line = line.trim();
        match (line.strip_prefix("- ").or(line.strip_prefix("* ")), items.last_mut()) {
            (Some(item), _) => items.push(("  - ", item.to_string())),
            (None, Some((_, last))) => {
                last.push(' ');
                last.push_str(line);
            }
            (None, None) => items.push(("", line.to_string())),
        }
    }
    for (lead, text) in items {
        let wide = page.width.saturating_sub(lead.len());
        for (i, line) in wrap(&text, wide).into_iter().enumerate() {
            let before = if i == 0 { lead.to_string() } else { " ".repeat(lead.len()) };
            page.line(format!("{before}{}", emphasised(&line)));
        }
    }
}

/// `**bold**` as bold, `` `code` `` as it is. A line break inside either leaves the marks' style to the line.
fn emphasised(line: &str) -> String {
    let mut shown = String::new();
    for (i, part) in line.split("**").enumerate() {
        shown.push_str(&paint(if i % 2 == 1 { BOLD } else { PLAIN }, &part.replace('`', "")));
    }
    shown
}
