//! A mark as it stands in its file.

use std::fmt::Write;

use super::Entry;

/// What a new file of marks begins with.
pub const HEADING: &str = "# Godkända avvikelser (klarmarkeringar). Varje märke gäller så länge värdena under rests-on står kvar,\n\
                           # var raderna än flyttas. `avstam accept` lägger till ett; ta bort ett genom att radera det.\n";

/// The lines of a mark, with an empty line before them.
pub fn entry(entry: &Entry) -> String {
    let sign = &entry.sign;
    let mut lines = String::from("\n[[mark]]\n");
    let mut line = |key: &str, value: &str| _ = writeln!(lines, "{key} = {}", quoted(value));
    line("rule", &entry.rule);
    line("reason", &sign.reason);
    line("initials", &sign.initials);
    line("date", &sign.date);
    if !entry.about.is_empty() {
        line("about", &entry.about);
    }
    lines.push_str("rests-on = [\n");
    for ground in &entry.grounds {
        _ = writeln!(lines, "    {{ cell = {}, value = {} }},", quoted(&ground.cell), quoted(&ground.value));
    }
    lines.push_str("]\n");
    lines
}

/// A text as a basic string of TOML.
fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            c if c.is_control() => _ = write!(quoted, "\\u{:04X}", c as u32),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}
