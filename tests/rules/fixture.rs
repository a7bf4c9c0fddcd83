//! A rule's fixture: Markdown with three headings, cases below them, and what each case should give.

use std::fs;
use std::path::{Path, PathBuf};

pub const FIRES: &str = "Fires";
pub const SILENT: &str = "Does not fire";
pub const UNTESTABLE: &str = "Cannot be tested";
pub const SECTIONS: [&str; 3] = [FIRES, SILENT, UNTESTABLE];

const FENCE: &str = "```expected";

pub struct Fixture {
    pub path: PathBuf,
    /// `# CODE name`.
    pub title: String,
    pub cases: Vec<Case>,
    text: String,
}

/// A document and what is expected of it.
pub struct Case {
    pub section: String,
    pub name: String,
    pub input: String,
    /// The lines of its expected block; `None` where it has none.
    pub expected: Option<String>,
    /// The line of its heading and the one after its last, from 0.
    lines: (usize, usize),
}

pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/rules")
}

/// Every fixture, in the order of the codes.
pub fn all() -> Vec<Fixture> {
    let entries = fs::read_dir(folder()).expect("fixtures/rules");
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "md"));
    paths.sort();
    paths.into_iter().map(Fixture::read).collect()
}

impl Fixture {
    fn read(path: PathBuf) -> Fixture {
        let text = fs::read_to_string(&path).expect("a fixture");
        let lines: Vec<&str> = text.lines().collect();
        let title = lines.first().and_then(|line| line.strip_prefix("# ")).unwrap_or("").to_owned();
        let is_heading = |line: &str| line.starts_with("## ") || line.starts_with("### ");
        let headings: Vec<usize> = (0..lines.len()).filter(|&i| is_heading(lines[i])).collect();
        let (mut cases, mut section) = (Vec::new(), String::new());
        for (n, &start) in headings.iter().enumerate() {
            let end = headings.get(n + 1).copied().unwrap_or(lines.len());
            let name = lines[start].trim_start_matches('#').trim().to_owned();
            if lines[start].starts_with("## ") {
                section = name.clone();
                // What stands before the first case of a section is for the reader.
                if headings.get(n + 1).is_some_and(|&next| lines[next].starts_with("### ")) {
                    continue;
                }
            }
            cases.push(Case::of(&section, name, (start, end), &lines[start + 1..end]));
        }
        Fixture { path, title, cases, text }
    }

    /// The rule's code, by the file's name.
    pub fn code(&self) -> String {
        self.path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default()
    }

    /// The text with these lines in the expected blocks of its cases.
    pub fn with(&self, expected: &[String]) -> String {
        let lines: Vec<&str> = self.text.lines().collect();
        let mut written = String::new();
        let mut done = 0;
        let mut push = |lines: &[&str]| lines.iter().for_each(|line| written.extend([*line, "\n"]));
        for (case, expected) in self.cases.iter().zip(expected) {
            let own = &lines[case.lines.0..case.lines.1];
            let fence = own.iter().position(|line| *line == FENCE).unwrap_or(own.len());
            let body = own[..fence].iter().rposition(|line| !line.is_empty()).map_or(0, |last| last + 1);
            push(&lines[done..case.lines.0]);
            push(&own[..body]);
            push(&["", FENCE]);
            push(&expected.lines().collect::<Vec<_>>());
            push(&["```"]);
            if case.lines.1 < lines.len() {
                push(&[""]);
            }
            done = case.lines.1;
        }
        push(&lines[done..]);
        written
    }

    /// Writes beside the file and renames, so that no other test reads half of it.
    pub fn update(&self, expected: &[String]) {
        let text = self.with(expected);
        if text != self.text {
            let draft = self.path.with_extension(format!("{}.draft", std::process::id()));
            fs::write(&draft, text).expect("a draft");
            fs::rename(&draft, &self.path).expect("the fixture");
        }
    }
}

impl Case {
    fn of(section: &str, name: String, lines: (usize, usize), body: &[&str]) -> Case {
        let fence = body.iter().position(|line| *line == FENCE);
        let input = &body[..fence.unwrap_or(body.len())];
        let block = fence.map(|fence| body[fence + 1..].iter().take_while(|line| **line != "```").copied());
        Case {
            section: section.to_owned(),
            name,
            input: input.join("\n").trim_matches('\n').to_owned(),
            expected: block.map(|lines| lines.collect::<Vec<_>>().join("\n")),
            lines,
        }
    }
}
