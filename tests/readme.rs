//! The README's table of rules is the list of rules: `UPDATE=1 cargo test --test readme` writes it.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;
use std::path::Path;

use avstam::report::first_sentence;
use avstam::rules::RULES;

const BEGIN: &str = "<!-- rules -->\n";
const END: &str = "<!-- /rules -->";

fn table() -> String {
    let mut table = "\n| code | name | severity | what it finds |\n|:--|:--|:--|:--|\n".to_owned();
    for rule in RULES {
        let (code, name, severity) = (rule.code, rule.name, rule.severity.code());
        let sentence = first_sentence(rule.story).replace('|', "\\|");
        _ = writeln!(table, "| [{code}](fixtures/rules/{code}.md) | {name} | {severity} | {sentence} |");
    }
    table + "\n"
}

#[test]
fn the_readme_lists_the_rules() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let readme = fs::read_to_string(&path).expect("README.md");
    let begin = readme.find(BEGIN).expect("a line <!-- rules -->") + BEGIN.len();
    let end = begin + readme[begin..].find(END).expect("a line <!-- /rules -->");
    if std::env::var_os("UPDATE").is_some() {
        let draft = path.with_extension("md.draft");
        fs::write(&draft, format!("{}{}{}", &readme[..begin], table(), &readme[end..])).expect("a draft");
        fs::rename(&draft, &path).expect("README.md");
    } else {
        assert!(readme[begin..end] == table(), "the table of rules is stale: run `UPDATE=1 cargo test --test readme`");
    }
}

#[test]
fn every_rule_has_a_name_and_a_sentence_of_its_own() {
    for rule in RULES {
        for story in [rule.story, rule.swedish] {
            let sentence = first_sentence(story);
            assert!(sentence.ends_with('.') && sentence.len() < 200, "{}: {sentence}", rule.code);
        }
    }
    let names: BTreeSet<&str> = RULES.iter().map(|rule| rule.name).collect();
    let sentences: BTreeSet<String> = RULES.iter().map(|rule| first_sentence(rule.story)).collect();
    assert_eq!((names.len(), sentences.len()), (RULES.len(), RULES.len()));
}
