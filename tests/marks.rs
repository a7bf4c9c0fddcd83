//! Accepted findings: they hold wherever their cells move, and no longer than their values stand.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use rust_xlsxwriter::Workbook;
use serde_json::Value;

/// A sheet: its name, and rows of a label and figures.
type Sheet = (&'static str, Vec<(&'static str, Vec<&'static str>)>);

const ACCEPT: [&str; 6] = ["--reason", "Avrundning enligt huvudboken", "--initials", "AB", "--date", "2024-03-17"];

/// A balance sheet whose note differs from its line, and whose assets do not add up.
fn accounts() -> Vec<Sheet> {
    vec![
        (
            "BR",
            vec![
                ("Balansräkning", vec!["2023-12-31", "2022-12-31"]),
                ("Belopp i kr", vec![]),
                ("Kortfristiga fordringar (not 1)", vec!["379906.00", "667878.00"]),
                ("Kortfristiga placeringar", vec!["40000.00", "30000.00"]),
                ("Kassa och bank", vec!["858376.50", "606299.00"]),
                ("Summa tillgångar", vec!["1278182.50", "1304177.00"]),
                ("Eget kapital", vec!["700000.00", "600000.00"]),
                ("Kortfristiga skulder", vec!["578182.50", "704177.00"]),
                ("Summa eget kapital och skulder", vec!["1278182.50", "1304177.00"]),
            ],
        ),
        (
            "Not 1",
            vec![
                ("Not 1 Fordringar", vec!["2023-12-31", "2022-12-31"]),
                ("Momsfordran", vec!["300000.00", "600000.00"]),
                ("Övriga fordringar", vec!["79906.00", "67878.00"]),
                ("Summa", vec!["379906.00", "667878.00"]),
            ],
        ),
    ]
}

fn write(path: &Path, sheets: &[Sheet]) {
    let mut workbook = Workbook::new();
    for (name, rows) in sheets {
        let sheet = workbook.add_worksheet();
        sheet.set_name(*name).expect("a name");
        for (row, (label, figures)) in (0..).zip(rows) {
            sheet.write(row, 0, *label).expect("a label");
            for (col, figure) in (1..).zip(figures) {
                match figure.parse::<rust_decimal::Decimal>() {
                    Ok(number) => sheet.write(row, col, number).expect("a figure"),
                    Err(_) => sheet.write(row, col, *figure).expect("a heading"),
                };
            }
        }
    }
    workbook.save(path).expect("a workbook");
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

fn check(folder: &Path, file: &str) -> (Output, Value) {
    let output = avstam(folder, &["check", file, "--format", "json"]);
    let report = json(&output);
    (output, report)
}

fn findings(report: &Value) -> &[Value] {
    report["findings"].as_array().expect("findings")
}

/// A folder with a bokslut, and its one finding accepted.
fn accepted() -> (tempfile::TempDir, Vec<Sheet>) {
    let folder = tempfile::tempdir().expect("a folder");
    let sheets = accounts();
    write(&folder.path().join("bokslut.xlsx"), &sheets);
    let (output, report) = check(folder.path(), "bokslut.xlsx");
    assert_eq!(output.status.code(), Some(1), "{report:#}");
    let [finding] = findings(&report) else { panic!("one finding: {report:#}") };
    let at = &finding["cells"][0];
    let place = format!("bokslut.xlsx:{}!{}", at["sheet"].as_str().unwrap(), at["cell"].as_str().unwrap());
    let code = finding["rule"].as_str().expect("a code");
    let output = avstam(folder.path(), &[&["accept", code, &place], &ACCEPT[..]].concat());
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    (folder, sheets)
}

#[test]
fn an_accepted_finding_is_told_as_accepted_and_does_not_count() {
    let (folder, _) = accepted();
    let (output, report) = check(folder.path(), "bokslut.xlsx");
    assert_eq!((output.status.code(), stderr(&output).as_str()), (Some(0), ""));
    assert_eq!(findings(&report)[0]["severity"], "error", "the severity is as it was");
    let mark = serde_json::json!({
        "state": "accepted", "reason": "Avrundning enligt huvudboken", "initials": "AB", "date": "2024-03-17", "changes": []
    });
    assert_eq!(findings(&report)[0]["mark"], mark);
    assert_eq!(report["marks"], serde_json::json!({"accepted": 1, "expired": 0, "unused": []}));
    let text = String::from_utf8(avstam(folder.path(), &["check", "bokslut.xlsx"]).stdout).expect("utf-8");
    assert!(text.contains("AB 2024-03-17: Avrundning enligt huvudboken"), "{text}");
    assert!(text.ends_with("1 godkänd avvikelse\n"), "{text}");
    let again = avstam(folder.path(), &[&["accept", "BR01", "bokslut.xlsx:BR!B5"], &ACCEPT[..]].concat());
    assert_eq!(again.status.code(), Some(2), "nothing is accepted twice");
}

#[test]
fn a_mark_holds_when_rows_are_moved_and_sheets_and_files_renamed() {
    let (folder, mut sheets) = accepted();
    sheets[0].0 = "Balans";
    sheets[1].0 = "Noter";
    sheets[0].1.swap(2, 4);
    sheets[0].1.insert(1, ("", vec![]));
    sheets[1].1.swap(1, 2);
    sheets.swap(0, 1);
    fs::remove_file(folder.path().join("bokslut.xlsx")).expect("removed");
    write(&folder.path().join("bokslut version 2.xlsx"), &sheets);
    let (output, report) = check(folder.path(), "bokslut version 2.xlsx");
    assert_eq!((output.status.code(), stderr(&output).as_str()), (Some(0), ""), "{report:#}");
    assert_eq!(report["marks"]["accepted"], 1);
    assert_eq!(findings(&report)[0]["cells"][0]["sheet"], "Balans");
}

#[test]
fn a_mark_expires_when_a_value_changes_by_an_ore() {
    let (folder, mut sheets) = accepted();
    sheets[0].1[4].1[0] = "858376.51";
    write(&folder.path().join("bokslut.xlsx"), &sheets);
    let (output, report) = check(folder.path(), "bokslut.xlsx");
    assert_eq!(output.status.code(), Some(1), "the finding is back");
    let mark = &findings(&report)[0]["mark"];
    assert_eq!(mark["state"], "expired");
    let change =
        serde_json::json!({"cell": "balance-sheet, Kassa och bank, 2023", "from": "858376.5", "to": "858376.51"});
    assert_eq!(mark["changes"], serde_json::json!([change]));
    let told = stderr(&output);
    assert!(told.contains("gäller inte längre") && told.contains("858376.5 → 858376.51"), "{told}");
    assert_eq!(report["marks"], serde_json::json!({"accepted": 0, "expired": 1, "unused": []}));
}

#[test]
fn a_mark_that_answers_to_nothing_is_remarked_on() {
    let (folder, mut sheets) = accepted();
    sheets[0].1[5].1[0] = "1278282.50";
    sheets[0].1[8].1[0] = "1278282.50";
    sheets[0].1[7].1[0] = "578282.50";
    write(&folder.path().join("bokslut.xlsx"), &sheets);
    let (output, report) = check(folder.path(), "bokslut.xlsx");
    assert_eq!((output.status.code(), findings(&report).len()), (Some(0), 0), "{report:#}");
    let unused = &report["marks"]["unused"][0];
    assert_eq!((&unused["initials"], &unused["date"]), (&"AB".into(), &"2024-03-17".into()));
    assert!(stderr(&output).contains("svarar inte mot något längre"), "{}", stderr(&output));
    // A rule that was not run says nothing of its marks.
    let other = avstam(folder.path(), &["check", "bokslut.xlsx", "--select", "KF"]);
    assert_eq!(stderr(&other), "");
}

#[test]
fn accepting_keeps_what_stands_in_the_file_and_tells_where_it_cannot() {
    let (folder, _) = accepted();
    let path = folder.path().join("avstam.marks.toml");
    let mut text = fs::read_to_string(&path).expect("marks");
    assert!(text.starts_with('#'));
    text.push_str("# Ett eget ord, utan radslut");
    fs::write(&path, &text).expect("written");
    fs::write(folder.path().join("avstam.toml"), "[marks]\ninitials = \"CD\"\n").expect("settings");
    let budget = "Budget 2024\n\n| Belopp i kr | Budget 2024 |\n|:--|--:|\n| Försäkringskassan | 1 200 |\n| Region Norr | 600 |\n\
                  | Storby kommun | 600 |\n| Summa intäkter | 2 500 |\n| Personal | -1 000 |\n| Insatser | -1 400 |\n| Summa kostnader | -2 400 |\n";
    fs::write(folder.path().join("budget.md"), budget).expect("a budget");
    let short =
        String::from_utf8(avstam(folder.path(), &["check", "budget.md", "--format", "short"]).stdout).expect("utf-8");
    let (place, rest) = short.lines().next().and_then(|line| line.split_once(": ")).expect(&short);
    let code = rest.split([' ', ':']).nth(1).expect("a code");
    let output = avstam(folder.path(), &["accept", code, place, "--reason", "Beslut \"23 §\"\\4"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let after = fs::read_to_string(&path).expect("marks");
    assert!(after.starts_with(&text) && after.contains("initials = \"CD\""), "{after}");
    let (_, report) = check(folder.path(), "budget.md");
    assert_eq!(findings(&report)[0]["mark"]["reason"], "Beslut \"23 §\"\\4");

    let told = |arguments: &[&str]| {
        let output = avstam(folder.path(), &[&["godkänn"], arguments, &ACCEPT[..]].concat());
        assert_eq!(output.status.code(), Some(2));
        stderr(&output)
    };
    assert!(told(&["BR01", "bokslut.xlsx:BR!B99"]).contains("välj bland bokslut.xlsx:BR!B5"));
    assert!(told(&["BR01", "BR!B5"]).contains("skriv bokslut.xlsx:BR!B5"));
    assert!(told(&["KF02", "BR!B5", "bokslut.xlsx"]).contains("avstam check --format short"));
    assert_eq!(fs::read_to_string(&path).expect("marks"), after, "a refusal writes nothing");
}

#[test]
fn a_file_of_marks_is_as_strict_as_the_settings() {
    let (folder, _) = accepted();
    let path = folder.path().join("avstam.marks.toml");
    let text = fs::read_to_string(&path).expect("marks").replace("reason =", "resaon =");
    fs::write(&path, text).expect("written");
    let output = avstam(folder.path(), &["check", "bokslut.xlsx"]);
    assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0));
    let told = stderr(&output);
    assert!(told.contains("avstam.marks.toml:6: mark.resaon: nyckeln finns inte: menar du reason?"), "{told}");
}
