//! The settings file that applies: named, or looked for beside the first path and upwards.

use std::path::{Path, PathBuf};

use avstam::config::{self, Config, Fault};
use avstam::finding::{Language, Text};
use avstam::marks;

use super::Out;

/// The settings that apply to a run, and where they came from.
pub struct Settings {
    pub config: Config,
    /// Where accepted findings are kept, or would be.
    pub marks: PathBuf,
}

impl Settings {
    /// Without a file they are empty; `None` where the file is wrong, which has then been told.
    pub fn read(named: Option<&Path>, first: &Path, out: &Out) -> Option<Settings> {
        let path = named.map(PathBuf::from).or_else(|| config::find(first));
        let config = match &path {
            Some(path) => parsed(path, Config::parse, out)?,
            None => Config::default(),
        };
        let beside = |file: &Path| file.parent().map(Path::to_path_buf);
        let folder = path.as_deref().and_then(beside);
        let own = if first.is_dir() { Some(first.to_path_buf()) } else { beside(first) };
        let marks = match &config.marks.file {
            Some(file) => folder.unwrap_or_default().join(file),
            None => config::find_named(first, marks::NAME)
                .unwrap_or_else(|| folder.or(own).unwrap_or_default().join(marks::NAME)),
        };
        Some(Settings { config, marks })
    }

    /// The accepted findings; `None` where their file is wrong, which has then been told.
    pub fn marks(&self, out: &Out) -> Option<Vec<marks::Entry>> {
        if self.marks.is_file() { parsed(&self.marks, marks::parse, out) } else { Some(Vec::new()) }
    }
}

/// What a file of ours says.
fn parsed<T>(path: &Path, parse: impl Fn(&str) -> Result<T, Vec<Fault>>, out: &Out) -> Option<T> {
    let shown = shown(path);
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) => {
            out.fail(&Text::new(
                format!("{shown}: filen går inte att läsa ({error}): kontrollera sökvägen, eller skriv en ny med `avstam init`"),
                format!("{shown}: the file cannot be read ({error}): check the path, or write a new one with `avstam init`"),
            ));
            return None;
        }
    };
    let faults = match parse(&text) {
        Ok(found) => return Some(found),
        Err(faults) => faults,
    };
    for Fault { line, key, text } in faults {
        let key = if key.is_empty() { key } else { format!("{key}: ") };
        let told = |language| format!("{shown}:{line}: {key}{}", text.get(language));
        out.fail(&Text::new(told(Language::Swedish), told(Language::English)));
    }
    None
}

/// A file as people see it: from where they stand.
pub fn shown(path: &Path) -> String {
    let here = std::env::current_dir().ok();
    let below = here.and_then(|here| path.strip_prefix(here).ok());
    let below = below.unwrap_or(path);
    below.strip_prefix(".").unwrap_or(below).display().to_string()
}
