//! The settings file that applies: named, or looked for beside the first path and upwards.

use std::path::{Path, PathBuf};

use avstam::config::{self, Config};
use avstam::finding::Text;

use super::Out;

/// Reads the settings; without a file they are empty. `None` where the file is wrong, which has then been told.
pub fn read(named: Option<&Path>, first: Option<&Path>, out: &Out) -> Option<Config> {
    let Some(path) = named.map(PathBuf::from).or_else(|| config::find(first?)) else {
        return Some(Config::default());
    };
    // A file that was found is told of as people see it: from where they stand.
    let here = std::env::current_dir().ok();
    let shown = here.and_then(|here| Some(path.strip_prefix(here).ok()?.display().to_string()));
    let shown = shown.unwrap_or_else(|| path.display().to_string());
    let text = match std::fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) => {
            out.fail(&Text::new(
                format!("{shown}: inställningsfilen går inte att läsa ({error}): kontrollera --config"),
                format!("{shown}: the settings file cannot be read ({error}): check --config"),
            ));
            return None;
        }
    };
    let faults = match Config::parse(&text) {
        Ok(config) => return Some(config),
        Err(faults) => faults,
    };
    for fault in faults {
        let (line, key) = (fault.line, if fault.key.is_empty() { String::new() } else { format!("{}: ", fault.key) });
        let told = |language| format!("{shown}:{line}: {key}{}", fault.text.get(language));
        out.fail(&Text::new(told(avstam::finding::Language::Swedish), told(avstam::finding::Language::English)));
    }
    None
}
