//! The settings file: what it may say, what is said of what it may not, and that it is applied.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use avstam::check::{Base, Materiality};
use avstam::config::{self, Config, Mapping, NoteRow, Plan};
use avstam::finding::Language;
use avstam::money::{Amount, Money};
use avstam::profile::Share;
use avstam::read::Limits;
use avstam::words::Concept;
use serde_json::Value;

const BOKSLUT: &str = "fixtures/workbooks/arsredovisning-2019.xlsx";

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn fixture(name: &str) -> String {
    fs::read_to_string(root().join("fixtures/config").join(name)).expect(name)
}

fn avstam(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_avstam")).args(arguments).current_dir(folder).output().expect("the program starts")
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("utf-8")
}

fn json(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).expect("one JSON document")
}

/// A folder with the bokslut and a settings file beside it.
fn with_settings(settings: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    fs::copy(root().join(BOKSLUT), folder.path().join("bokslut.xlsx")).expect("a copy");
    fs::write(folder.path().join(config::NAME), settings).expect("settings");
    folder
}

fn percent(digits: i64, decimals: u32) -> Share {
    Share { percent: Amount::new(Money::new(digits, decimals), decimals) }
}

#[test]
fn every_key_is_read() {
    let config = Config::parse(&fixture("avstam.toml")).expect("no faults");
    assert_eq!(config.language, Some(Language::English));
    assert_eq!((config.select, config.ignore), (vec!["KF".into(), "BR03".into(), "FB".into()], vec!["KF07".into()]));
    assert!(config.counts);
    assert_eq!(config.materiality, Some(Materiality::Share(percent(5, 1), Base::Assets)));
    let profile = config.profile;
    assert_eq!(profile.name.as_deref(), Some("Samordningsförbundet Exempel"));
    assert_eq!(profile.organisation_number.as_deref(), Some("222000-1230"));
    assert_eq!(profile.members.len(), 4);
    assert_eq!((profile.members[2].name.as_str(), profile.members[2].share), ("Storby kommun", percent(167, 1)));
    assert_eq!((profile.staircase[1].from, profile.staircase[1].most), (Money::from(3_000_000), percent(20, 0)));
    assert_eq!(profile.goals.activities, Some(percent(75, 0)));
    assert_eq!(config.chart.plan, Some(Plan::KommunBas));
    let mapping = |first, last, concept| Mapping { first, last, concept };
    assert!(config.chart.mapping.contains(&mapping(5010, 5099, Concept::AdministrationCosts)));
    assert!(config.chart.mapping.contains(&mapping(1930, 1930, Concept::CashAndBank)));
    let objects = [("Ansvar", "4310"), ("6", "P2")].map(|(dimension, object)| (dimension.into(), object.into()));
    assert_eq!(config.chart.objects, objects);
    let label = "Personalskatt och sociala avgifter".to_owned();
    assert_eq!(config.chart.notes, [NoteRow { first: 2710, last: 2731, label }]);
    assert_eq!(config.marks.file, Some("godkanda.toml".into()));
    assert_eq!(config.marks.initials.as_deref(), Some("AB"));
    assert_eq!((config.limits.cells, config.limits.file_bytes), (8_000_000, 512 << 20));
    assert_eq!(config.limits.sheets, Limits::default().sheets);
}

#[test]
fn limits_are_set_by_the_file_and_before_it_by_the_command_line() {
    let folder = with_settings("[limits]\ncells = 10\n");
    let said = |arguments: &[&str]| {
        let output = avstam(folder.path(), &[&["check", "bokslut.xlsx", "--lang", "en", "-q"], arguments].concat());
        (output.status.code(), stderr(&output))
    };
    let (code, message) = said(&[]);
    assert_eq!((code, message.lines().count()), (Some(2), 1), "{message}");
    assert!(message.contains("more than 10 cells") && message.contains("--limit cells=20 allows more"), "{message}");
    assert_eq!(said(&["--limit", "cells=4000000"]).0, Some(1));
    let (code, message) = said(&["--limit", "cells=1M", "--limit", "file=1 KB"]);
    assert!(code == Some(2) && message.contains("where 1 KB is the limit"), "{message}");
    for wrong in ["celler=1", "cells=0", "cells", "cells=många"] {
        let (code, message) = said(&["--limit", wrong]);
        assert!(code == Some(2) && message.contains("--limit"), "{wrong}: {message}");
    }
}

#[test]
fn every_fault_is_told_with_its_line_its_key_and_what_was_meant() {
    let faults = Config::parse(&fixture("fel.toml")).expect_err("faults");
    let told: Vec<String> = faults
        .iter()
        .map(|fault| format!("{}: {}: {}", fault.line, fault.key, fault.text.get(Language::Swedish)))
        .collect();
    let expected = fixture("fel.expected.txt");
    if std::env::var_os("UPDATE").is_some() {
        let path = root().join("fixtures/config/fel.expected.txt");
        fs::write(path.with_extension("draft"), told.join("\n") + "\n").expect("a draft");
        fs::rename(path.with_extension("draft"), path).expect("expectations");
        return;
    }
    assert_eq!(told, expected.lines().collect::<Vec<_>>());
}

#[test]
fn shares_add_up_to_the_whole_within_the_rounding_of_their_decimals() {
    let faults = |shares: &[&str]| {
        let member = |share: &&str| format!("[[forbund.members]]\nname = \"A\"\nshare = \"{share}\"\n");
        Config::parse(&shares.iter().map(member).collect::<String>()).err().map_or(0, |faults| faults.len())
    };
    assert_eq!(faults(&["50 %", "25 %", "25 %"]), 0);
    assert_eq!(faults(&["33,3 %", "33,3 %", "33,3 %"]), 0);
    assert_eq!(faults(&["50 %", "25 %", "26 %"]), 1, "whole per cents are exact");
    assert_eq!(faults(&["33,3 %", "33,3 %", "33,0 %"]), 1);
}

#[test]
fn what_is_no_toml_is_told_with_its_line() {
    let fault = |text: &str| Config::parse(text).expect_err("a fault").remove(0);
    let told = |text: &str| (fault(text).line, fault(text).text.get(Language::Swedish).to_owned());
    assert_eq!(told("\nlanguage = sv\n"), (2, "texter ska stå inom citattecken".into()));
    assert_eq!(told("language = \"sv\"\nlanguage = \"en\"\n"), (2, "nyckeln står redan längre upp".into()));
    assert_eq!(told("[forbund\nname = \"x\"\n").0, 1);
    assert_eq!(told("språk = \"en\"\n"), (1, "språk: nyckeln finns inte: menar du language?".into()));
    assert_eq!(told("[forbund]\n[förbund.mål]\n"), (2, "förbund.mål: nyckeln finns inte: menar du goals?".into()));
}

#[test]
fn the_schema_has_the_keys_that_are_read() {
    fn walk(schema: &Value, path: &str, keys: &mut BTreeSet<String>) {
        for (key, value) in schema["properties"].as_object().into_iter().flatten() {
            keys.insert(format!("{path}{key}"));
            assert!(value["description"].is_string(), "{path}{key} has no description");
            walk(value, &format!("{path}{key}."), keys);
            walk(&value["items"], &format!("{path}{key}."), keys);
        }
        if schema["patternProperties"].is_object() {
            keys.insert(format!("{path}*"));
        }
    }
    let text = fs::read_to_string(root().join("schemas/config.schema.json")).expect("the schema");
    let mut keys = BTreeSet::new();
    walk(&serde_json::from_str(&text).expect("JSON"), "", &mut keys);
    assert_eq!(keys, config::keys());
}

/// What `init` writes is right, and is right when all of it holds.
#[test]
fn init_writes_every_key_with_the_members_that_were_found_and_never_over_a_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let note = "Not 1 Verksamhetens intäkter\n\n| Belopp i kr | 2023 | 2022 |\n|:--|--:|--:|\n| Försäkringskassan | 1 200 | 1 100 |\n\
                | Region Norr | 600 | 550 |\n| Storby kommun | 400 | 350 |\n| Lillby kommun | 200 | 200 |\n| **Summa** | 2 400 | 2 200 |\n";
    fs::write(folder.path().join("not.md"), note).expect("a note");
    let output = avstam(folder.path(), &["init"]);
    assert_eq!((output.status.code(), stderr(&output).lines().count()), (Some(0), 1), "{}", stderr(&output));
    let path = folder.path().join(config::NAME);
    let text = fs::read_to_string(&path).expect("settings");
    assert_eq!(Config::parse(&text), Ok(Config::default()), "it changes nothing until somebody wants it to");
    for key in config::keys() {
        let key = key.rsplit('.').next().expect("a key");
        assert!(key == "*" || text.contains(&format!("#{key} =")) || text.contains(&format!("{key}]")), "{key}");
    }
    let holds: String = text
        .lines()
        .map(|line| if line.starts_with("# ") { "" } else { line.trim_start_matches('#') }.to_owned() + "\n")
        .collect();
    // Two ways to tell the materiality, of which one is to be chosen, and a number that is no förbund's.
    let holds = holds.replace("share = \"0,5 %\"\n", "").replace("222000-0000", "222000-1230");
    let members = Config::parse(&holds).expect("all keys").profile.members;
    let names: Vec<&str> = members.iter().map(|member| member.name.as_str()).collect();
    assert_eq!(names, ["Försäkringskassan", "Region Norr", "Storby kommun", "Lillby kommun"]);
    assert_eq!((members[0].share, members[2].share), (percent(50, 0), percent(167, 1)));
    let again = avstam(folder.path(), &["börja", "."]);
    assert_eq!((again.status.code(), fs::read_to_string(&path).expect("settings")), (Some(2), text));
}

#[test]
fn a_wrong_file_ends_the_run_with_a_line_for_each_fault() {
    let folder = with_settings("langage = \"en\"\n\n[materiality]\namount = \"mycket\"\n");
    let output = avstam(folder.path(), &["check", "bokslut.xlsx"]);
    assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0));
    let expected = [
        "avstam: avstam.toml:1: langage: nyckeln finns inte: menar du language?",
        "avstam: avstam.toml:4: materiality.amount: ange ett belopp i kronor, till exempel 5000 eller \"5 000,50\"",
    ];
    assert_eq!(stderr(&output).lines().collect::<Vec<_>>(), expected);
    let english = avstam(folder.path(), &["check", "bokslut.xlsx", "--lang", "en"]);
    assert!(
        stderr(&english).starts_with("avstam: avstam.toml:1: langage: there is no such key: do you mean language?")
    );
    let missing = avstam(folder.path(), &["check", "bokslut.xlsx", "--config", "saknas.toml"]);
    assert_eq!((missing.status.code(), stderr(&missing).lines().count()), (Some(2), 1));
}

#[test]
fn the_nearest_file_above_the_first_path_applies_unless_another_is_named() {
    let folder = with_settings("language = \"en\"\nselect = [\"KF02\"]\n");
    let below = folder.path().join("2019/underlag");
    fs::create_dir_all(&below).expect("folders");
    fs::copy(root().join(BOKSLUT), below.join("bokslut.xlsx")).expect("a copy");
    let rules = |arguments: &[&str]| {
        let report = json(&avstam(folder.path(), &[&["check", "--format", "json"], arguments].concat()));
        let findings = report["findings"].as_array().expect("findings").clone();
        findings.iter().map(|finding| finding["rule"].as_str().expect("a code").to_owned()).collect::<BTreeSet<_>>()
    };
    let only = |code: &str| BTreeSet::from([code.to_owned()]);
    assert_eq!(rules(&["2019"]), only("KF02"));
    fs::write(below.join("annan.toml"), "select = \"EN\"\n").expect("settings");
    assert_eq!(rules(&["2019", "--config", "2019/underlag/annan.toml"]), only("EN01"));
    assert_eq!(rules(&["2019", "--select", "EN"]), only("EN01"), "the command line goes before the file");
    fs::write(below.join(config::NAME), "select = \"EN\"\n").expect("settings");
    assert_eq!(rules(&["2019/underlag/bokslut.xlsx"]), only("EN01"), "the nearest one");

    let english =
        |arguments: &[&str]| String::from_utf8_lossy(&avstam(folder.path(), arguments).stdout).contains("Coverage:");
    assert!(english(&["check", "bokslut.xlsx"]));
    assert!(!english(&["check", "bokslut.xlsx", "--lang", "sv"]));
}

#[test]
fn materiality_is_an_amount_or_a_share_of_the_newest_outcome() {
    // Verksamhetens kostnader 2019 are 2 436 829, summa tillgångar 1 047 063.
    let severities = |settings: &str| {
        let folder = with_settings(settings);
        let report =
            json(&avstam(folder.path(), &["check", "bokslut.xlsx", "--format", "json", "--select", "BR,RR,NO02"]));
        let findings = report["findings"].as_array().expect("findings").clone();
        let small = |finding: &&Value| {
            finding["difference"].as_str().is_some_and(|text| text.trim_start_matches('-').len() <= 3)
        };
        let small: Vec<Value> = findings.iter().filter(small).map(|finding| finding["severity"].clone()).collect();
        assert!(!small.is_empty(), "{findings:#?}");
        small.iter().all(|severity| severity == "info")
    };
    assert!(!severities(""));
    assert!(severities("[materiality]\namount = 1000\n"));
    assert!(!severities("[materiality]\namount = 5\n"));
    assert!(severities("[materiality]\nshare = \"1 %\"\n"));
    assert!(severities("[materiality]\nshare = \"1 %\"\nof = \"assets\"\n"));
    assert!(!severities("[materiality]\nshare = \"0,0001 %\"\nof = \"assets\"\n"));
}
