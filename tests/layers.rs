//! The order of the modules and their other boundaries, held by reading the source. The order is the list in lib.rs.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Split at two nouns, or at 400 lines; this is where it is no longer a matter of taste.
const MOST_LINES: usize = 450;

/// A source file without its tests and comments.
struct Source {
    /// Below `src/`, with slashes.
    path: String,
    code: String,
    lines: usize,
}

impl Source {
    /// The module of the first level that a file belongs to.
    fn module(&self) -> &str {
        self.path.split('/').next().unwrap_or("").trim_end_matches(".rs")
    }

    fn names(&self, name: &str) -> bool {
        self.code.split(|c: char| !c.is_alphanumeric() && c != '_').any(|word| word == name)
    }
}

fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    walk(&root, &mut files);
    files.sort();
    let source = |path: PathBuf| {
        let text = fs::read_to_string(&path).expect("a source file");
        let short = path.strip_prefix(&root).expect("below src").to_string_lossy().replace('\\', "/");
        let code = text.split("#[cfg(test)]").next().unwrap_or("");
        let code = code.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
        Source { path: short, code, lines: text.lines().count() }
    };
    files.into_iter().map(source).collect()
}

fn walk(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        match path.is_dir() {
            true => walk(&path, files),
            false if path.extension().is_some_and(|ending| ending == "rs") => files.push(path),
            false => {}
        }
    }
}

/// The modules in the order of lib.rs.
fn layers(sources: &[Source]) -> Vec<String> {
    let map = sources.iter().find(|source| source.path == "lib.rs").expect("lib.rs");
    let modules = map.code.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'));
    modules.map(str::to_owned).collect()
}

/// The modules of the first level that `crate::…` paths name, also in groups: `crate::{grid, money::Money}`.
fn used(code: &str) -> BTreeSet<String> {
    let mut used = BTreeSet::new();
    for (at, path) in code.match_indices("crate::") {
        let rest = &code[at + path.len()..];
        let word =
            |text: &str| text.trim().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
        match rest.strip_prefix('{') {
            None => {
                used.insert(word(rest));
            }
            Some(group) => {
                let (mut depth, mut start) = (0, 0);
                for (i, c) in group.char_indices() {
                    match c {
                        '{' => depth += 1,
                        '}' if depth > 0 => depth -= 1,
                        ',' | '}' if depth == 0 => {
                            used.insert(word(&group[start..i]));
                            start = i + 1;
                        }
                        _ => {}
                    }
                    if depth == 0 && c == '}' && start == i + 1 {
                        break;
                    }
                }
            }
        }
    }
    used.remove("");
    used
}

fn report(faults: Vec<String>) {
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn modules_know_only_those_above_them() {
    let sources = sources();
    let layers = layers(&sources);
    assert!(layers.len() > 10, "lib.rs lists the modules");
    let rank = |module: &str| layers.iter().position(|layer| layer == module);
    let mut faults = Vec::new();
    for source in &sources {
        let Some(own) = rank(source.module()) else { continue };
        for other in used(&source.code).iter().filter(|other| *other != source.module()) {
            match rank(other) {
                Some(above) if above < own => {}
                Some(_) => faults.push(format!("{} uses {other}, which comes after it", source.path)),
                None => faults.push(format!("{} uses {other}, which lib.rs does not list", source.path)),
            }
        }
        // A way round the paths above: `super` out of the module of the first level.
        let depth = source.path.matches('/').count();
        if source.code.contains(&"super::".repeat(depth + 1)) {
            faults.push(format!("{} leaves its module by `super`", source.path));
        }
    }
    report(faults);
}

#[test]
fn the_list_names_every_module() {
    let sources = sources();
    let layers: BTreeSet<String> = layers(&sources).into_iter().collect();
    let there: BTreeSet<String> = sources.iter().map(|source| source.module().to_owned()).collect();
    let program = ["main", "lib", "cli"].map(str::to_owned);
    assert_eq!(there.difference(&layers).cloned().collect::<Vec<_>>(), {
        let mut program = program.to_vec();
        program.sort();
        program
    });
}

#[test]
fn foreign_types_stop_at_the_door() {
    const DOORS: &[(&str, &[&str])] = &[
        ("calamine", &["read"]),
        ("quick_xml", &["annotate", "read"]),
        ("zip", &["annotate", "read"]),
        ("csv", &["read", "records"]),
        ("parquet", &["records"]),
        ("encoding_rs", &["read"]),
        ("rust_xlsxwriter", &["workbook"]),
        ("toml", &["config"]),
        ("serde", &["report", "records"]),
        ("serde_json", &["report", "records"]),
        ("clap", &["cli", "main"]),
        ("anstream", &["cli", "main"]),
        ("f64", &["read", "workbook"]),
        // The likeness of two labels, which is no amount.
        ("f32", &["words"]),
        ("rust_decimal", &["money"]),
    ];
    let mut faults = Vec::new();
    for source in sources() {
        for (foreign, doors) in DOORS {
            let path = match *foreign {
                "f64" | "f32" => source.names(foreign),
                _ => source.code.contains(&format!("{foreign}::")) && source.names(foreign),
            };
            if path && !doors.contains(&source.module()) {
                faults.push(format!("{} names {foreign}, which belongs to {}", source.path, doors.join(", ")));
            }
        }
    }
    report(faults);
}

#[test]
fn only_the_program_prints() {
    let prints = |source: &Source| {
        ["print", "println", "eprint", "eprintln", "dbg"].iter().any(|m| source.code.contains(&format!("{m}!(")))
    };
    let faults = sources().into_iter().filter(|source| !["cli", "main"].contains(&source.module()) && prints(source));
    report(faults.map(|source| format!("{} prints", source.path)).collect());
}

#[test]
fn files_are_short() {
    let long = sources().into_iter().filter(|source| source.lines >= MOST_LINES);
    report(long.map(|source| format!("{} has {} lines", source.path, source.lines)).collect());
}

/// A literal that is compared outside `words` and is a Swedish wording: it holds å, ä or ö, or words.tsv knows it.
/// The formats that `read` reads and `annotate` edits have words of their own (`text`, `i`), and so have formulas (`SUM`).
#[test]
fn swedish_wording_is_compared_in_words_alone() {
    let table = include_str!("../src/words/words.tsv");
    let rows = table.lines().filter(|line| !line.starts_with('#')).map(|line| line.split('\t').collect::<Vec<_>>());
    let rows: Vec<Vec<&str>> = rows.filter(|row| row.len() >= 3).collect();
    let names: BTreeSet<&str> = rows.iter().map(|row| row[1]).collect();
    let wordings: BTreeSet<&str> = rows.iter().map(|row| row[2]).filter(|wording| !names.contains(wording)).collect();
    assert!(wordings.contains("summa"), "words.tsv was read");
    let is_swedish = |source: &Source, text: &str| {
        let folded = avstam::words::fold(text);
        // `SUM` and `#N/A` are of spreadsheets.
        let function = text.starts_with('#') || text.chars().all(|c| c.is_ascii_uppercase());
        let known =
            !["annotate", "read"].contains(&source.module()) && folded.contains(char::is_alphabetic) && !function;
        folded.contains(['å', 'ä', 'ö']) || (known && wordings.contains(folded.as_str()))
    };
    let mut faults = Vec::new();
    for source in sources().iter().filter(|source| !["words", "cli"].contains(&source.module())) {
        for line in source.code.lines() {
            for literal in compared(line).into_iter().filter(|literal| is_swedish(source, literal)) {
                faults.push(format!("{} compares {literal:?}: {}", source.path, line.trim()));
            }
        }
    }
    report(faults);
}

/// The string literals of a line that something is compared with: operands of `==`, arguments of `contains` and the
/// like, patterns of `match`.
fn compared(line: &str) -> Vec<&str> {
    const ASKS: &[&str] = &[
        "==",
        "!=",
        "contains(",
        "contains(&",
        "starts_with(",
        "ends_with(",
        "strip_prefix(",
        "strip_suffix(",
        "find(",
        "split_once(",
        "eq_ignore_ascii_case(",
        "matches(",
    ];
    let pieces: Vec<&str> = line.split('"').collect();
    let is_pattern = line.contains("matches!(") || line.contains("=>") || line.trim_start().starts_with('|');
    let literal = |i: usize| {
        let (before, text, after) = (pieces[i - 1].trim_end(), pieces[i], pieces.get(i + 1)?.trim_start());
        let asked = ASKS.iter().any(|ask| before.ends_with(ask)) || after.starts_with("==") || after.starts_with("!=");
        let arm = is_pattern && (after.starts_with("=>") || after.starts_with('|') || before.ends_with('|'));
        (asked || arm).then_some(text)
    };
    (1..pieces.len()).step_by(2).filter_map(literal).collect()
}

#[test]
fn paths_and_comparisons_are_seen() {
    let expected = ["grid", "money", "read"].map(str::to_owned);
    let code = "use crate::grid::{At, a1};\nuse crate::{money::{Money, Unit}, read};\n";
    assert_eq!(used(code).into_iter().collect::<Vec<_>>(), expected);
    assert_eq!(compared(r#"if label == "summa" || label.contains("ränta") { say("på") }"#), ["summa", "ränta"]);
    assert_eq!(compared(r#"    "kassa" | "bank" => cash("ja"),"#), ["kassa", "bank"]);
}
