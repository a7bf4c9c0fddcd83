//! The forms for machines: JSON against its schemas over all fixtures, and what SARIF, JUnit and GitHub ask of theirs.

mod schema;

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use avstam::money::Money;
use quick_xml::Reader;
use quick_xml::events::Event;
use serde_json::Value;

const BOKSLUT: &str = "fixtures/workbooks/arsredovisning-2019.xlsx";
const VERKSAMHETSPLAN: &str = "fixtures/seeds/pyramis-vp-2020.txt";

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn avstam(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_avstam")).args(arguments).current_dir(folder).output().expect("the program starts")
}

fn stdout(arguments: &[&str]) -> String {
    String::from_utf8(avstam(&root(), arguments).stdout).expect("utf-8")
}

fn schema_of(name: &str) -> Value {
    let text = fs::read_to_string(root().join("schemas").join(name)).expect(name);
    serde_json::from_str(&text).expect(name)
}

/// Every document of the fixtures, a book each.
fn conforms(command: &str, name: &str) {
    let folders = ["fixtures/workbooks", "fixtures/seeds", "fixtures/rules", "fixtures/read", "saknas.xlsx"];
    let text = stdout(&[&[command, "--each", "--format", "json"], &folders[..]].concat());
    let schema = schema_of(name);
    let mut faults = Vec::new();
    for line in text.lines() {
        let report: Value = serde_json::from_str(line).expect("an object a line");
        let path = report["inputs"][0]["path"].clone();
        faults.extend(schema::faults(&schema, &report).into_iter().map(|fault| format!("{path}: {fault}")));
    }
    assert!(text.lines().count() > 60, "{} documents", text.lines().count());
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn check_conforms_to_its_schema() {
    conforms("check", "check.schema.json");
}

/// What each amount rests on is told once for each, adds up to what is counted, and its equations are as they are said.
#[test]
fn evidence_conforms_and_adds_up() {
    let schema = schema_of("check.schema.json");
    for path in [BOKSLUT, "fixtures/folder"] {
        let report: Value = serde_json::from_str(&stdout(&["check", path, "-v", "--format", "json"])).expect("JSON");
        assert_eq!(schema::faults(&schema, &report).first(), None, "{path}");
        let (evidence, coverage) = (&report["evidence"], &report["coverage"]);
        let amounts = evidence["amounts"].as_array().expect("amounts");
        let cells: HashSet<String> =
            amounts.iter().map(|a| format!("{} {} {}", a["input"], a["sheet"], a["cell"])).collect();
        assert_eq!((cells.len(), coverage["amounts"].as_u64()), (amounts.len(), Some(amounts.len() as u64)));
        for tie in ["tied", "summed", "untied"] {
            let count = amounts.iter().filter(|amount| amount["tie"] == tie).count() as u64;
            assert_eq!(coverage[tie].as_u64(), Some(count), "{path} {tie}");
        }
        let relations = evidence["relations"].as_array().expect("relations");
        let money = |text: &Value| text.as_str().and_then(Money::parse).unwrap_or_default();
        for relation in relations.iter().filter(|relation| relation["kind"] != "ratio") {
            let value = |term: &Value| money(&term["coefficient"]) * money(&term["amount"]);
            let sum: Money = relation["terms"].as_array().expect("terms").iter().map(value).sum();
            assert_eq!(value(&relation["result"]) == sum, relation["outcome"] == "holds", "{relation}");
        }
        let rests = |amount: &&Value| amount["relations"].as_array().is_some_and(|numbers| !numbers.is_empty());
        assert!(amounts.iter().all(|amount| rests(&amount) || amount["tie"] == "untied"));
    }
    // Only who asks for all of it gets it.
    let report: Value = serde_json::from_str(&stdout(&["check", BOKSLUT, "--format", "json"])).expect("JSON");
    assert!(report.get("evidence").is_none());
}

#[test]
fn inspect_conforms_to_its_schema() {
    conforms("inspect", "inspect.schema.json");
}

/// The same accounts in other forms, another year's, and another kind of document.
#[test]
fn diff_conforms_to_its_schema() {
    let schema = schema_of("diff.schema.json");
    let versions = [
        (BOKSLUT, "fixtures/workbooks/arsredovisning-2019.ods"),
        (BOKSLUT, "fixtures/workbooks/arsredovisning-2019-text.xlsx"),
        (BOKSLUT, "fixtures/workbooks/verksamhetsplan-2020-pyramis.xlsx"),
        ("fixtures/folder/bokslut-2023.xlsx", "fixtures/folder/bokslut-2024.xlsx"),
        ("fixtures/folder", "fixtures/folder/bokslut-2024.xlsx"),
    ];
    let mut lines = 0;
    for (old, new) in versions {
        let diff: Value = serde_json::from_str(&stdout(&["diff", old, new, "--format", "json"])).expect("JSON");
        assert_eq!(schema::faults(&schema, &diff), Vec::<String>::new(), "{old}, {new}");
        let statements = diff["statements"].as_array().expect("statements").iter();
        lines += statements.filter_map(|statement| statement["lines"].as_array()).flatten().count();
    }
    assert!(lines > 50, "{lines} lines");
}

#[test]
fn the_schema_finds_what_is_wrong() {
    let schema = schema_of("check.schema.json");
    let good: Value = serde_json::from_str(&stdout(&["check", BOKSLUT, "--format", "json"])).expect("JSON");
    let faults = |change: fn(&mut Value)| {
        let mut report = good.clone();
        change(&mut report);
        schema::faults(&schema, &report)
    };
    assert!(faults(|_| {}).is_empty());
    assert_eq!(faults(|report| report["findings"][0]["severity"] = "fatal".into()).len(), 1);
    assert_eq!(faults(|report| report["findings"][0]["extra"] = 1.into()).len(), 1);
    assert_eq!(faults(|report| report["findings"][1]["cells"][0]["sheet"] = Value::Null).len(), 1);
    assert_eq!(faults(|report| _ = report.as_object_mut().map(|fields| fields.remove("tool"))).len(), 1);
}

#[test]
fn sarif_has_what_its_readers_need() {
    let text = stdout(&["check", BOKSLUT, VERKSAMHETSPLAN, "saknas.xlsx", "--format", "sarif"]);
    let log: Value = serde_json::from_str(&text).expect("one JSON document");
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    let (rules, artifacts) = (&run["tool"]["driver"]["rules"], &run["artifacts"]);
    let ids: HashSet<&str> = rules.as_array().expect("rules").iter().filter_map(|rule| rule["id"].as_str()).collect();
    assert_eq!(ids.len(), rules.as_array().map_or(0, Vec::len), "no rule stands twice");
    assert_eq!(artifacts[0]["location"]["uri"], BOKSLUT);
    assert_eq!(artifacts[0]["hashes"]["sha-256"].as_str().map(str::len), Some(64));
    assert_eq!(run["invocations"][0]["executionSuccessful"], false);
    let refused = &run["invocations"][0]["toolExecutionNotifications"][0];
    assert_eq!(refused["locations"][0]["physicalLocation"]["artifactLocation"]["uri"], "saknas.xlsx");

    let results = run["results"].as_array().expect("results");
    let short = stdout(&["check", BOKSLUT, VERKSAMHETSPLAN, "saknas.xlsx", "--format", "short"]);
    assert_eq!(results.len(), short.lines().count(), "one result a finding");
    let levels = ["error", "warning", "note"];
    for (result, line) in results.iter().zip(short.lines()) {
        let index = result["ruleIndex"].as_u64().expect("an index") as usize;
        assert_eq!(rules[index]["id"], result["ruleId"]);
        assert!(levels.iter().any(|level| result["level"] == *level), "{result}");
        assert!(result["message"]["text"].as_str().is_some_and(|text| !text.is_empty()));
        assert_eq!(result["partialFingerprints"]["avstam/v1"].as_str().map(str::len), Some(16));
        let place = &result["locations"][0]["physicalLocation"];
        let file = &place["artifactLocation"];
        let artifact = &artifacts[file["index"].as_u64().expect("an index") as usize];
        assert_eq!(artifact["location"]["uri"], file["uri"]);
        let lines = file["uri"] == VERKSAMHETSPLAN;
        assert_eq!(place["region"]["startLine"].is_u64(), lines, "only a text has lines");
        let cell = result["locations"][0]["logicalLocations"][0]["fullyQualifiedName"].as_str().expect("a cell");
        assert!(line.contains(&format!(":{cell}: ")), "{line}: {cell}");
    }
}

#[test]
fn accepted_findings_are_suppressed_and_skipped() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::copy(root().join(BOKSLUT), folder.path().join("års bokslut.xlsx")).expect("a copy");
    let said = |arguments: &[&str]| String::from_utf8(avstam(folder.path(), arguments).stdout).expect("utf-8");
    let place = "års bokslut.xlsx:KF!B10";
    let accept = avstam(folder.path(), &["accept", "KF02", place, "--reason", "Mallens form", "--initials", "AB"]);
    assert_eq!(accept.status.code(), Some(0));
    let check = |form| said(&["check", "års bokslut.xlsx", "--select", "KF02", "--format", form]);
    let log: Value = serde_json::from_str(&check("sarif")).expect("JSON");
    let result = &log["runs"][0]["results"][0];
    assert_eq!(result["suppressions"][0]["justification"], "Mallens form");
    let file = &result["locations"][0]["physicalLocation"]["artifactLocation"];
    assert_eq!(file["uri"], "%C3%A5rs%20bokslut.xlsx");
    assert!(check("junit").contains("skipped=\"1\""));
    assert!(check("short").contains("(godkänd "));
    assert!(!check("github").contains("B10"));
}

#[test]
fn junit_parses_and_counts_its_cases() {
    let text = stdout(&["check", "--each", BOKSLUT, VERKSAMHETSPLAN, "saknas.xlsx", "--format", "junit"]);
    let mut reader = Reader::from_str(&text);
    let (mut suites, mut cases, mut failures, mut errors, mut skipped) = (0, 0, 0, 0, 0);
    loop {
        match reader.read_event().expect("XML") {
            Event::Start(tag) | Event::Empty(tag) => {
                for attribute in tag.attributes() {
                    attribute.expect("an attribute");
                }
                match tag.name().as_ref() {
                    "testsuite" => suites += 1,
                    "testcase" => cases += 1,
                    "failure" => failures += 1,
                    "error" => errors += 1,
                    "skipped" => skipped += 1,
                    _ => {}
                }
            }
            Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!((suites, errors), (3, 1));
    let counts = format!("tests=\"{cases}\" failures=\"{failures}\" errors=\"{errors}\" skipped=\"{skipped}\"");
    assert!(text.contains(&format!("<testsuites name=\"avstam\" {counts}>")), "{counts}");
    let serious = stdout(&["check", "--each", BOKSLUT, VERKSAMHETSPLAN, "--format", "short"]);
    let serious = serious.lines().filter(|line| line.contains(": error ") || line.contains(": warning "));
    assert_eq!(failures, serious.count());
}

#[test]
fn github_gets_one_line_a_finding() {
    let arguments = ["check", BOKSLUT, VERKSAMHETSPLAN, "--format"];
    let lines = stdout(&[&arguments[..], &["github"]].concat());
    let short = stdout(&[&arguments[..], &["short"]].concat());
    assert_eq!(lines.lines().count(), short.lines().count());
    for line in lines.lines() {
        let rest =
            ["::error file=", "::warning file=", "::notice file="].iter().find_map(|lead| line.strip_prefix(lead));
        let (properties, message) = rest.and_then(|rest| rest.split_once("::")).expect(line);
        assert!(properties.contains(",title=") && !message.is_empty(), "{line}");
        assert_eq!(properties.contains(",line="), properties.starts_with(VERKSAMHETSPLAN), "{line}");
    }
}

#[test]
fn a_baseline_leaves_what_is_new_and_counts_what_is_gone() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("budget.md");
    let budget = |region: &str, sum: &str| {
        format!(
            "Budget 2024\n\n| Belopp i kr | Budget 2024 |\n|:--|--:|\n| Försäkringskassan | 1 200 |\n| Region Norr | {region} |\n\
             | Storby kommun | 600 |\n| Summa intäkter | {sum} |\n"
        )
    };
    let check = |arguments: &[&str]| avstam(folder.path(), &[&["check", "budget.md"], arguments].concat());
    fs::write(&path, budget("600", "2 500")).expect("a budget");
    let first = check(&["--format", "json"]);
    let found =
        serde_json::from_slice::<Value>(&first.stdout).expect("JSON")["findings"].as_array().map_or(0, Vec::len);
    assert!(found > 0 && first.status.code() == Some(1));
    fs::write(folder.path().join("förra.json"), &first.stdout).expect("a report");

    let since = |report: &Output| serde_json::from_slice::<Value>(&report.stdout).expect("JSON")["baseline"].clone();
    let same = check(&["--format", "json", "--baseline", "förra.json"]);
    assert_eq!(same.status.code(), Some(0), "nothing is new");
    assert_eq!(since(&same), serde_json::json!({"known": found, "gone": 0}));
    let text = String::from_utf8(check(&["--baseline", "förra.json"]).stdout).expect("utf-8");
    assert!(text.contains(&format!("Sedan förra körningen: {found} avvikelser")), "{text}");
    assert!(text.ends_with("Inget nytt sedan förra körningen.\n"), "{text}");

    fs::write(&path, budget("600", "2 600")).expect("a budget");
    let changed = check(&["--format", "json", "--baseline", "förra.json"]);
    assert_eq!(changed.status.code(), Some(1), "another amount is another finding");
    assert_eq!(since(&changed)["gone"], found);
    fs::write(&path, budget("600", "2 400")).expect("a budget");
    let mended = check(&["--format", "json", "--baseline", "förra.json"]);
    assert_eq!((mended.status.code(), since(&mended)), (Some(0), serde_json::json!({"known": 0, "gone": found})));

    let wrong = check(&["--baseline", "budget.md"]);
    let told = String::from_utf8(wrong.stderr).expect("utf-8");
    assert_eq!((wrong.status.code(), told.lines().count()), (Some(2), 1));
    assert!(told.contains("avstam check --format json"), "{told}");
}
