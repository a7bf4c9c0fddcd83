//! Texts that are kept beside the fixtures: compared, or written anew under `UPDATE=1`.

use std::path::Path;
use std::{env, fs};

/// Compares with the file of a name, or writes it under `UPDATE=1`: the diff is the review.
pub fn hold(name: &str, told: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/told").join(format!("{name}.txt"));
    if env::var_os("UPDATE").is_some() {
        fs::write(&path, told).expect("a file of what is told");
        return;
    }
    let expected = fs::read_to_string(&path).unwrap_or_default();
    let missing = |of: &str, from: &str, sign: &str| -> Vec<String> {
        let there = |line: &&str| from.lines().any(|other| other == *line);
        of.lines().filter(|line| !there(line)).map(|line| format!("{sign} {line}")).collect()
    };
    let (gone, new) = (missing(&expected, told, "-"), missing(told, &expected, "+"));
    assert!(expected == told, "{name}: another order, or\n{}", [gone, new].concat().join("\n"));
}
