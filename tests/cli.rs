//! What users and scripts rely on: exit codes, what goes to which stream, the fields of the JSON.

use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

const BOKSLUT: &str = "fixtures/workbooks/arsredovisning-2019.xlsx";
const BUDGET: &str = "fixtures/workbooks/budget-2020-ornskoldsvik.xlsx";

fn avstam(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_avstam"))
        .args(arguments)
        .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")))
        .env_remove("COLUMNS")
        .output()
        .expect("the program starts")
}

fn code(output: &Output) -> i32 {
    output.status.code().unwrap_or(-1)
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("utf-8")
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("utf-8")
}

fn json(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).expect("one JSON document and nothing else")
}

#[test]
fn the_exit_code_tells_what_was_found() {
    assert_eq!(code(&avstam(&["check", BUDGET])), 0);
    assert_eq!(code(&avstam(&["check", BOKSLUT])), 1);
    assert_eq!(code(&avstam(&["check", "saknas.xlsx"])), 2);
    assert_eq!(code(&avstam(&["check", "--unknown", BUDGET])), 2);
    assert_eq!(code(&avstam(&["check", "--select", "XX", BUDGET])), 2);
    assert_eq!(code(&avstam(&["rules"])), 0);
    assert_eq!(code(&avstam(&["explain", "KF99"])), 2);
}

#[test]
fn a_missing_file_is_told_in_one_line_and_the_others_are_checked() {
    let output = avstam(&["check", "saknas.xlsx", BOKSLUT, "--format", "json"]);
    assert_eq!(code(&output), 2);
    assert_eq!(stderr(&output), "avstam: saknas.xlsx: filen finns inte: kontrollera sökvägen\n");
    let report = json(&output);
    assert_eq!(report["inputs"][0]["path"], "saknas.xlsx");
    assert!(report["inputs"][0]["error"].is_string());
    assert_eq!(report["inputs"][1]["error"], Value::Null);
    assert!(!report["findings"].as_array().expect("findings").is_empty());
    let finding = &report["findings"][0];
    assert_eq!(finding["cells"][0]["input"], 1, "places count the input that could not be read");

    let english = avstam(&["check", "saknas.xlsx", "--lang", "en"]);
    assert_eq!(stderr(&english), "avstam: saknas.xlsx: there is no such file: check the path\n");
}

#[test]
fn the_files_of_a_folder_that_are_not_read_are_told() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::copy(BUDGET, folder.path().join("budget.xlsx")).expect("a workbook");
    std::fs::write(folder.path().join("noter.docx"), "x").expect("a document");
    // The settings are read, as settings.
    std::fs::write(folder.path().join("avstam.toml"), "language = \"sv\"\n").expect("settings");
    let output = avstam(&["check", folder.path().to_str().expect("a path")]);
    assert_eq!(code(&output), 0);
    assert!(stderr(&output).contains("1 av mappens filer läses inte"), "{}", stderr(&output));
    assert!(stderr(&output).contains("noter.docx"));
    assert!(stderr(&avstam(&["check", "-q", folder.path().to_str().expect("a path")])).is_empty());
}

#[test]
fn the_json_has_the_promised_fields_in_their_order() {
    let output = avstam(&["check", BOKSLUT, "--format", "json"]);
    assert_eq!(stderr(&output), "");
    let report = json(&output);
    assert_eq!(report["schema"], "avstam/check/1");
    assert_eq!(report["tool"]["name"], "avstam");
    assert_eq!(report["inputs"][0]["path"], BOKSLUT);
    assert_eq!(report["inputs"][0]["sha256"].as_str().map(str::len), Some(64));
    assert_eq!(report["inputs"][0]["format"], "xlsx");
    let fields = [
        "rule",
        "name",
        "severity",
        "message",
        "period",
        "unit",
        "stated",
        "expected",
        "difference",
        "suspect",
        "cells",
        "causes",
        "consequences",
    ];
    for finding in report["findings"].as_array().expect("findings") {
        assert!(fields.iter().all(|field| finding.get(field).is_some()), "{finding}");
        for amount in ["stated", "expected", "difference"].map(|field| &finding[field]) {
            let decimal = |text: &str| text.trim_start_matches('-').chars().all(|c| c.is_ascii_digit() || c == '.');
            assert!(amount.is_null() || amount.as_str().is_some_and(decimal), "{amount}");
        }
    }
    let text = stdout(&output);
    let places: Vec<usize> = ["\"schema\"", "\"tool\"", "\"inputs\"", "\"findings\"", "\"checks\"", "\"coverage\""]
        .iter()
        .map(|field| text.find(field).expect(field))
        .collect();
    assert!(places.is_sorted());
    let (checks, coverage) = (&report["checks"], &report["coverage"]);
    let number = |value: &Value| value.as_u64().expect("a count");
    assert_eq!(number(&checks["tested"]), number(&checks["held"]) + number(&checks["broke"]));
    let covered = ["tied", "summed", "untied"].iter().map(|field| number(&coverage[field])).sum::<u64>();
    assert_eq!(number(&coverage["amounts"]), covered);
    assert_eq!(output.stdout, avstam(&["check", BOKSLUT, "--format", "json"]).stdout, "the same bytes each time");
}

#[test]
fn each_path_can_be_a_book_of_its_own() {
    let output = avstam(&["check", BUDGET, BOKSLUT, "--each", "--format", "json"]);
    let lines: Vec<Value> =
        stdout(&output).lines().map(|line| serde_json::from_str(line).expect("an object a line")).collect();
    assert_eq!(lines.len(), 2);
    assert_eq!(lines[1]["inputs"][0]["path"], BOKSLUT);
    assert!(lines[1]["findings"][0]["cells"][0]["input"] == 0);
}

#[test]
fn commands_have_swedish_names() {
    for (alias, command) in [("granska", "check"), ("visa", "inspect")] {
        assert_eq!(avstam(&[alias, BUDGET]).stdout, avstam(&[command, BUDGET]).stdout);
    }
    assert_eq!(avstam(&["regler"]).stdout, avstam(&["rules"]).stdout);
    assert_eq!(avstam(&["förklara", "kf02"]).stdout, avstam(&["explain", "KF02"]).stdout);
}

#[test]
fn the_short_form_is_one_line_a_finding() {
    let short = stdout(&avstam(&["check", BOKSLUT, "--format", "short"]));
    let findings = json(&avstam(&["check", BOKSLUT, "--format", "json"]))["findings"].as_array().map(Vec::len);
    assert_eq!(Some(short.lines().count()), findings);
    let severities = ["error", "warning", "info"];
    for line in short.lines() {
        let rest = line.strip_prefix(BOKSLUT).and_then(|rest| rest.strip_prefix(':')).expect(line);
        let (place, rest) = rest.split_once(": ").expect(line);
        assert!(place.contains('!'), "{line}");
        assert!(severities.iter().any(|severity| rest.starts_with(severity)), "{line}");
    }
}

#[test]
fn text_is_for_people_and_has_no_colours_in_a_pipe() {
    let output = avstam(&["check", BOKSLUT]);
    let text = stdout(&output);
    assert!(!text.contains('\u{1b}'));
    assert!(text.lines().all(|line| line.trim_end() == line), "no line ends with spaces");
    assert!(text.contains("Täckning:"));
    assert!(stdout(&avstam(&["check", BOKSLUT, "--color", "always"])).contains('\u{1b}'));
    assert!(stdout(&avstam(&["check", BOKSLUT, "--lang", "en"])).contains("Coverage:"));
    assert!(!stdout(&avstam(&["check", BOKSLUT, "-q"])).contains("Täckning:"));
}

#[test]
fn nothing_understood_is_never_all_fine() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("brev.txt");
    std::fs::write(&path, "Hej!\n\nVi ses i morgon.\n").expect("written");
    let output = avstam(&["check", path.to_str().expect("utf-8")]);
    assert!(stdout(&output).starts_with("Inget kunde prövas"), "{}", stdout(&output));
    assert!(!stdout(&output).contains("stämmer ("));
}

#[test]
fn inspect_tells_what_was_understood() {
    let output = avstam(&["inspect", BOKSLUT, "--format", "json"]);
    assert_eq!(code(&output), 0);
    let report = json(&output);
    assert_eq!(report["schema"], "avstam/inspect/1");
    let tables = report["tables"].as_array().expect("tables");
    let income = tables.iter().find(|table| table["kind"] == "income-statement").expect("an income statement");
    assert_eq!((&income["sheet"], &income["range"]), (&Value::from("RR"), &Value::from("A4:D13")));
    assert_eq!(income["columns"][0], serde_json::json!({"column": "C", "period": "2019", "measure": "actual"}));
    let row = serde_json::json!({
        "row": 5, "label": "Verksamhetens intäkter", "concept": "operating-income", "note": "1", "role": "line"
    });
    assert_eq!(income["rows"][0], row);
    let relations = report["relations"].as_array().expect("relations");
    let sum = relations.iter().find(|relation| relation["by"] == "KF02").expect("a relation of KF02");
    assert_eq!(sum["result"], serde_json::json!({"input": 0, "sheet": "KF", "cell": "B10"}));
    assert_eq!(sum["terms"][0]["coefficient"], "1");
    assert_eq!(sum["holds"], false);
}

/// The figures of a budget tell its sums by themselves; where a rule claims the same, it is named.
#[test]
fn inspect_names_the_rule_that_claims_what_the_figures_tell() {
    let output = avstam(&["inspect", "fixtures/workbooks/budget-2024-sodra-norrbotten.xlsx", "--format", "json"]);
    let report = json(&output);
    let relations = report["relations"].as_array().expect("relations");
    let by = |rule: &str| relations.iter().filter(|relation| relation["by"] == rule).count();
    assert_eq!((by("SU01"), by("BU03"), by("unmarked"), relations.len()), (21, 3, 3, 27));
}

#[test]
fn rules_are_listed_for_machines_too() {
    let list = json(&avstam(&["rules", "--format", "json"]));
    assert_eq!(list["schema"], "avstam/rules/1");
    let rules = list["rules"].as_array().expect("rules");
    assert!(rules.iter().any(|rule| rule["rule"] == "KF02" && rule["name"] == "subtotal-leaves-out-a-row"));
}

#[test]
fn mistakes_are_answered_in_the_language_asked_for() {
    let told = |arguments: &[&str]| stderr(&avstam(arguments));
    assert_eq!(told(&["chek", BUDGET]), "avstam: kommandot chek finns inte: menar du check?\n");
    assert_eq!(told(&["explain", "TX99", "--lang", "en"]).lines().count(), 1);
    assert!(told(&["explain", "KF0"]).contains("KF01"));
    assert!(told(&[]).contains("Användning:"));
}

#[test]
fn a_trial_tells_what_would_be_caught_and_what_would_not() {
    let output = avstam(&["prova", BOKSLUT, "--format", "json"]);
    assert_eq!(code(&output), 0, "what passes unseen is no fault of the book");
    let trial = json(&output);
    assert_eq!(trial["schema"], "avstam/trial/1");
    let number = |value: &Value| value.as_u64().expect("a number");
    let kinds = trial["kinds"].as_array().expect("kinds");
    let sum = |field: &str| kinds.iter().map(|kind| number(&kind[field])).sum::<u64>();
    assert_eq!((kinds.len(), sum("injected")), (8, number(&trial["injected"])));
    assert_eq!(sum("caught"), number(&trial["caught"]));
    assert!(sum("caught") * 10 > sum("injected") * 6, "{kinds:#?}");
    let statements = trial["statements"].as_array().expect("statements");
    assert_eq!(statements.iter().map(|one| number(&one["injected"])).sum::<u64>(), sum("injected"));
    let unseen = trial["unseen"].as_array().expect("unseen");
    let passed = unseen.iter().map(|cell| cell["kinds"].as_array().map_or(0, Vec::len) as u64).sum::<u64>();
    assert_eq!(passed, sum("injected") - sum("caught"));
    let reasons = ["untied", "broken-already", "within-rounding", "cancels"];
    assert!(unseen.iter().all(|cell| reasons.iter().any(|reason| cell["reason"] == *reason)));
    assert!(stdout(&avstam(&["trial", BOKSLUT, "--lang", "en"])).contains("sign flipped"));
    assert_eq!(output.stdout, avstam(&["prova", BOKSLUT, "--format", "json"]).stdout, "the same every time");
}

#[test]
fn help_fits_eighty_columns_and_gives_examples() {
    let help = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_avstam"));
        stdout(&command.args(arguments).env("COLUMNS", "80").output().expect("the program starts"))
    };
    let commands = ["check", "clean", "inspect", "prova", "accept", "init", "rules", "explain", "man", "completions"];
    let all = help(&["--help"]);
    for command in commands {
        assert!(all.contains(&format!("  {command} ")), "{command} is listed");
        let own = help(&[command, "--help"]);
        assert!(own.contains("Användning: avstam") && own.contains("Exempel:"), "{own}");
        let wide: Vec<&str> = own.lines().chain(all.lines()).filter(|line| line.chars().count() > 80).collect();
        assert!(wide.is_empty(), "{command}: {wide:#?}");
        let english = ["Print help", "Usage:", "Options:", "Arguments:", "[default", "[possible"];
        assert!(english.iter().all(|word| !own.contains(word)), "{own}");
    }
}

#[test]
fn the_manual_and_the_completions_name_every_command() {
    let manual = stdout(&avstam(&["man"]));
    let script = stdout(&avstam(&["completions", "bash"]));
    for command in ["check", "clean", "inspect", "prova", "accept", "init", "rules", "explain"] {
        assert!(manual.contains(&format!(".SH KOMMANDOT {}", command.to_uppercase())), "{command}");
        assert!(script.contains(&format!("avstam,{command})")), "{command}");
    }
    assert!(manual.starts_with(".ie") && script.contains("--baseline"));
    assert_eq!(code(&avstam(&["completions", "cmd"])), 2);
}
