//! The rules, for people: the list, and one rule's whole story.

use super::Look;
use super::page::{BOLD, ITALIC, Ink, PLAIN, Page, left, of, paint, width, wrap};
use crate::finding::Language;
use crate::report::first_sentence;
use crate::report::wording::severity;
use crate::rules::Rule;

/// A lead is no longer than this.
const LEAD: usize = 24;

/// The list: code, severity, name, and what it finds.
pub fn list(rules: &[Rule], look: &Look) -> String {
    let mut page = Page::new(look.width);
    let wide = rules.iter().map(|rule| width(severity(rule.severity, look.language))).max().unwrap_or(0);
    let name = rules.iter().map(|rule| width(rule.name)).max().unwrap_or(0);
    for rule in rules {
        let grave = left(severity(rule.severity, look.language), wide);
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
    let head = format!("{} {} ({})", rule.code, rule.name, severity(rule.severity, look.language));
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
    page.finish().trim_end().to_string() + "\n"
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
    if let Some((_, text)) = items.first_mut() {
        *text = led(text);
    }
    for (lead, text) in items {
        let wide = page.width.saturating_sub(lead.len());
        let mut style = PLAIN;
        for (i, line) in wrap(&text.replace('`', ""), wide).into_iter().enumerate() {
            let before = if i == 0 { lead.to_string() } else { " ".repeat(lead.len()) };
            page.line(format!("{before}{}", emphasised(&line, &mut style)));
        }
    }
}

/// The few words before a colon that say what a paragraph is (`What to do:`) made bold.
fn led(text: &str) -> String {
    match text.split_once(": ") {
        Some((lead, rest)) if lead.len() <= LEAD && !lead.contains(['*', '`', '.']) => format!("**{lead}:** {rest}"),
        _ => text.to_string(),
    }
}

/// `**bold**` and `*italic*` as such, `` `code` `` as it is. What a line leaves open goes on in the next.
fn emphasised(line: &str, ink: &mut Ink) -> String {
    let mut shown = String::new();
    let mut rest = line;
    while let Some(at) = rest.find('*') {
        shown.push_str(&paint(*ink, &rest[..at]));
        let (mark, after) = if rest[at..].starts_with("**") { (BOLD, at + 2) } else { (ITALIC, at + 1) };
        *ink = if *ink == mark { PLAIN } else { mark };
        rest = &rest[after..];
    }
    shown.push_str(&paint(*ink, rest));
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lead_is_short() {
        assert_eq!(led("Gör så här: rätta raden."), "**Gör så här:** rätta raden.");
        assert_eq!(
            led("Raden efter tar ändå med dem: slutraden blir rätt."),
            "Raden efter tar ändå med dem: slutraden blir rätt."
        );
    }

    #[test]
    fn emphasis_goes_on_over_lines() {
        let mut ink = PLAIN;
        assert_eq!(emphasised("så *är", &mut ink), format!("så {}", paint(ITALIC, "är")));
        assert_eq!(emphasised("det* nu", &mut ink), format!("{} nu", paint(ITALIC, "det")));
        assert_eq!(emphasised("**fet**", &mut ink), paint(BOLD, "fet"));
    }
}
