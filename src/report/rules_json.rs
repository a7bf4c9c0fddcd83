//! The rules for machines, schema `avstam/rules/1`.

use std::io::{self, Write};

use serde::Serialize;

use super::first_sentence;
use super::json::{Layout, TOOL, Tool, write};
use crate::finding::Language;
use crate::rules::Rule;

#[derive(Serialize)]
struct Rules {
    schema: &'static str,
    tool: Tool,
    rules: Vec<Described>,
}

#[derive(Serialize)]
struct Described {
    rule: &'static str,
    name: &'static str,
    severity: &'static str,
    summary: String,
    /// The whole story, as Markdown.
    story: &'static str,
}

pub fn rules(out: &mut dyn Write, rules: &[Rule], language: Language) -> io::Result<()> {
    let described = |rule: &Rule| {
        let story = match language {
            Language::Swedish => rule.swedish,
            Language::English => rule.story,
        };
        Described {
            rule: rule.code,
            name: rule.name,
            severity: rule.severity.code(),
            summary: first_sentence(story),
            story: story.trim(),
        }
    };
    let rules = Rules { schema: "avstam/rules/1", tool: TOOL, rules: rules.iter().map(described).collect() };
    write(out, &rules, Layout::Pretty)
}
