//! The real documents against what is known of them: what holds is tested, what is broken is found, one finding for
//! each cause, and nothing else is called an error.

#[allow(dead_code, reason = "another harness computes the terms")]
#[path = "../fixtures/expectation.rs"]
mod expectation;
mod marks;
mod variant;

use std::collections::{BTreeMap, BTreeSet, HashSet};

use avstam::finding::{Finding, Severity};
use avstam::grid::At;
use avstam::relation::Check;

use expectation::Expectation;
use marks::Mark;
use variant::{CHECKED, Checked, REPORT, named};

/// What failed, less what is marked; a mark that nothing needs fails too.
struct Judge {
    marks: &'static [Mark],
    used: HashSet<(usize, &'static str)>,
    failures: Vec<String>,
}

impl Judge {
    fn new(marks: &'static [Mark]) -> Judge {
        Judge { marks, used: HashSet::new(), failures: Vec::new() }
    }

    fn fail(&mut self, checked: &Checked, id: &str, what: String) {
        let mut marked = false;
        for (i, mark) in self.marks.iter().enumerate() {
            let fits = [checked.variant.map, checked.variant.document].contains(&mark.variant);
            if let Some(id) = mark.ids.iter().find(|marked| fits && **marked == id) {
                marked = true;
                self.used.insert((i, id));
            }
        }
        if !marked {
            self.failures.push(format!("{}: {id}: {what}", checked.variant.file));
        }
    }

    fn finish(mut self) {
        for (i, mark) in self.marks.iter().enumerate() {
            for id in mark.ids.iter().filter(|id| !self.used.contains(&(i, id))) {
                self.failures.push(format!("{}: {id} is marked ({}), but needs no mark", mark.variant, mark.reason));
            }
        }
        assert!(self.failures.is_empty(), "{} failures\n{}", self.failures.len(), self.failures.join("\n"));
    }
}

/// The result cell of a row and those of its terms that are there.
fn cells(checked: &Checked, row: &Expectation) -> Option<(At, Vec<At>)> {
    let terms = expectation::terms(row.get("terms"));
    Some((checked.at(&row.place())?, terms.into_iter().filter_map(|term| checked.at(term)).collect()))
}

#[test]
fn what_holds_is_tested_and_holds() {
    let mut judge = Judge::new(marks::UNTESTED);
    for checked in CHECKED.iter() {
        let held: Vec<&Check> = checked.report.checks.iter().filter(|check| check.held()).collect();
        for row in checked.expected("held").iter().filter(|row| row.get("kind") == "table") {
            let Some((result, terms)) = cells(checked, row).filter(|(_, terms)| !terms.is_empty()) else { continue };
            let beside = |check: &&&Check| check.relation.cells().any(|at| at == result);
            let mut tied: HashSet<At> = held.iter().filter(beside).flat_map(|check| check.relation.cells()).collect();
            tied.extend(below(&held, result));
            tied.remove(&result);
            if !terms.iter().any(|term| tied.contains(term)) {
                judge.fail(checked, row.get("id"), format!("{} is tied to none of its terms", row.place()));
            }
        }
    }
    judge.finish();
}

/// What a total adds in the end, through the subtotals of its own table.
fn below(held: &[&Check], total: At) -> HashSet<At> {
    let (mut found, mut waiting) = (HashSet::new(), vec![total]);
    while let Some(result) = waiting.pop() {
        let own = held.iter().filter(|check| check.relation.result.at == result);
        let terms = own.flat_map(|check| check.relation.terms.iter().map(|term| term.at));
        waiting.extend(terms.filter(|at| at.grid == total.grid && found.insert(*at)));
    }
    found
}

/// The rows of a document that are broken and that findings must name, with their cells.
fn broken(checked: &Checked) -> Vec<(Expectation, At)> {
    // What only the text contradicts, a workbook of the tables cannot know.
    let has_text = checked.variant.file.starts_with("seeds/");
    let named = |row: &Expectation| {
        let kind = row.get("kind");
        marks::SUPPORTED.contains(&kind) && (kind != "prose" || has_text)
    };
    let rows = checked.expected("broken").into_iter().filter(named);
    rows.filter_map(|row| checked.at(&row.place()).map(|at| (row, at))).collect()
}

#[test]
fn what_is_broken_is_named_by_a_finding() {
    let mut judge = Judge::new(marks::UNNAMED);
    for checked in CHECKED.iter() {
        let named: HashSet<At> = checked.report.findings.iter().flat_map(named).collect();
        for (row, at) in broken(checked).iter().filter(|(_, at)| !named.contains(at)) {
            judge.fail(checked, row.get("id"), format!("{} {} is in no finding", checked.shown(*at), row.place()));
        }
    }
    judge.finish();
}

#[test]
fn one_finding_for_each_cause() {
    let mut judge = Judge::new(marks::PARTED);
    for checked in CHECKED.iter() {
        let all: Vec<HashSet<At>> = checked.report.findings.iter().map(|finding| named(finding).collect()).collect();
        let found: HashSet<At> = all.iter().flatten().copied().collect();
        let mut roots: BTreeMap<String, BTreeSet<At>> = BTreeMap::new();
        for (row, at) in broken(checked).into_iter().filter(|(_, at)| found.contains(at)) {
            for root in row.get("root").split('+') {
                roots.entry(root.to_owned()).or_default().insert(at);
            }
        }
        let holds = |cells: &BTreeSet<At>| -> Vec<usize> {
            (0..all.len()).filter(|&i| cells.iter().all(|at| all[i].contains(at))).collect()
        };
        let choices: Vec<(&String, Vec<usize>)> = roots.iter().map(|(root, cells)| (root, holds(cells))).collect();
        for (root, _) in choices.iter().filter(|(_, choice)| choice.is_empty()) {
            let shown: Vec<String> = roots[*root].iter().map(|at| checked.shown(*at)).collect();
            judge.fail(checked, root, format!("no finding holds all of {}", shown.join(" ")));
        }
        for root in shared(&choices) {
            judge.fail(checked, root, "has no finding of its own".to_owned());
        }
    }
    judge.finish();
}

/// Roots that are left without a finding when each takes one of its own (augmenting paths).
fn shared<'a>(choices: &'a [(&'a String, Vec<usize>)]) -> Vec<&'a String> {
    fn take(
        root: usize,
        choices: &[(&String, Vec<usize>)],
        seen: &mut HashSet<usize>,
        taken: &mut BTreeMap<usize, usize>,
    ) -> bool {
        choices[root].1.iter().any(|&finding| {
            let free = seen.insert(finding)
                && taken.get(&finding).copied().is_none_or(|other| take(other, choices, seen, taken));
            if free {
                taken.insert(finding, root);
            }
            free
        })
    }
    let mut taken = BTreeMap::new();
    let left = (0..choices.len()).filter(|&root| !choices[root].1.is_empty());
    left.filter(|&root| !take(root, choices, &mut HashSet::new(), &mut taken)).map(|root| choices[root].0).collect()
}

#[test]
fn nothing_else_is_an_error_or_a_warning() {
    let mut judge = Judge::new(marks::FALSE_ALARMS);
    for checked in CHECKED.iter() {
        let expected: HashSet<At> =
            checked.expected("broken").iter().filter_map(|row| checked.at(&row.place())).collect();
        for finding in checked.report.findings.iter().filter(|finding| finding.severity >= Severity::Warning) {
            let own = finding.suspect.into_iter().chain(finding.cells.iter().map(|(at, _)| *at));
            let own: Vec<At> = own.collect();
            if !own.iter().any(|at| expected.contains(at)) {
                let cells: Vec<String> = own.iter().map(|at| checked.shown(*at)).collect();
                let what = format!("{} ({})", finding.message.get(Default::default()), cells.join(" "));
                judge.fail(checked, finding.rule, what);
            }
        }
    }
    judge.finish();
}

/// What a finding says, whatever the layout.
fn gist(finding: &Finding) -> String {
    let [stated, expected] = [finding.stated, finding.expected].map(|amount| amount.map(|amount| amount.to_string()));
    let period = finding.period.map(|period| period.to_string());
    let [period, stated, expected] = [period, stated, expected].map(|field| field.unwrap_or_else(|| "-".to_owned()));
    format!("{} {} {period} {stated} {expected}", finding.rule, finding.severity.code())
}

/// The annual report is there as workbooks of three formats, on one sheet, as text in cells, and as a document.
#[test]
fn the_form_of_a_document_changes_nothing() {
    let gists = |checked: &Checked| {
        let mut gists: Vec<String> = checked.report.findings.iter().map(gist).collect();
        gists.sort();
        // Only one form stores figures as text, and only the document itself has running text.
        gists.retain(|gist| !gist.starts_with("TX01") && !gist.starts_with("PR"));
        gists
    };
    let mut forms = CHECKED.iter().filter(|checked| checked.variant.document == REPORT);
    let first = gists(forms.next().expect("the report"));
    for checked in forms {
        assert_eq!(gists(checked).join("\n"), first.join("\n"), "{}", checked.variant.file);
    }
}
