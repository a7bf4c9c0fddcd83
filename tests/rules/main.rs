//! Every rule against its fixture in `fixtures/rules`: where it fires, where it is silent, and where it cannot tell.
//!
//! `UPDATE=1 cargo test --test rules` writes what the rules say into the fixtures; the diff is the review.

mod document;
#[path = "../told/finding.rs"]
mod finding;
mod fixture;

use std::collections::BTreeSet;
use std::sync::LazyLock;

use avstam::check::{self, Options, Tally};
use avstam::finding::Language;
use avstam::rules::RULES;
use rayon::prelude::*;

use finding::Told;
use fixture::{Case, FIRES, Fixture, SECTIONS, SILENT, UNTESTABLE};

/// Kinds of faults in sentences that PR01 counts: they speak of no others.
const ONLY_FAULTS: [&str; 2] = ["PR02", "PR03"];

/// What a case gives: the findings of all rules in full, those of the rule alone as they are when it runs alone, and
/// how often the rule was tested.
struct Given {
    all: Vec<Vec<String>>,
    alone: Vec<String>,
    tally: Tally,
}

impl Given {
    fn of(code: &str, case: &Case) -> Given {
        let book = document::book(&case.input);
        let report = check::check(&book, &Options { counts: true, ..Options::default() });
        let alone = check::check(&book, &Options { select: vec![code.to_owned()], counts: true, ..Options::default() });
        let tally = alone.by_rule.iter().find(|(rule, _)| *rule == code).expect("the rule ran").1;
        let among = report.by_rule.iter().find(|(rule, _)| *rule == code).map(|found| found.1);
        assert_eq!(among, Some(tally), "{code}: the tally depends on the other rules");
        let told = Told { book: &book, language: Language::Swedish };
        let first = |lines: Vec<String>| lines.into_iter().next();
        let alone = told.findings(&alone).into_iter().filter_map(first).collect();
        Given { all: told.findings(&report), alone, tally }
    }

    /// Findings a line, or `inget`; where the rule alone says something else than among the others, that too.
    fn shown(&self, code: &str) -> String {
        let heads = self.all.iter().filter_map(|lines| lines.first());
        let own: Vec<&String> = heads.filter(|line| line.contains(&format!(" {code} "))).collect();
        let mut lines = if self.all.is_empty() { vec!["inget".to_owned()] } else { self.all.concat() };
        if !own.iter().copied().eq(&self.alone) {
            lines.push("ensam:".to_owned());
            lines.extend(self.alone.iter().cloned());
        }
        let Tally { tested, held, broke, untestable } = self.tally;
        lines.push(format!("prövat {tested}, stämmer {held}, brister {broke}, går ej {untestable}"));
        lines.join("\n")
    }
}

fn report(faults: Vec<String>) {
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults.join("\n"));
}

/// Every fixture, and what its cases give.
static GIVEN: LazyLock<Vec<(Fixture, Vec<Given>)>> = LazyLock::new(|| {
    let given = |fixture: Fixture| {
        let code = fixture.code();
        let given = fixture.cases.iter().map(|case| Given::of(&code, case)).collect();
        (fixture, given)
    };
    fixture::all().into_par_iter().map(given).collect()
});

#[test]
fn rules_say_what_their_fixtures_expect() {
    let mut faults = Vec::new();
    for (fixture, given) in GIVEN.iter() {
        let code = fixture.code();
        let shown: Vec<String> = given.iter().map(|given| given.shown(&code)).collect();
        if std::env::var_os("UPDATE").is_some() {
            fixture.update(&shown);
            continue;
        }
        for (case, shown) in fixture.cases.iter().zip(&shown) {
            if case.expected.as_ref() != Some(shown) {
                let expected = case.expected.as_deref().unwrap_or("(no expected block)");
                faults.push(format!("{code}, {}, {}\n- {expected}\n+ {shown}", case.section, case.name));
            }
        }
    }
    report(faults);
}

#[test]
fn the_cases_are_what_their_headings_say() {
    let mut faults = Vec::new();
    let cases = GIVEN.iter().flat_map(|(fixture, given)| fixture.cases.iter().zip(given).map(move |of| (fixture, of)));
    for (fixture, (case, Given { all, alone, tally })) in cases {
        let fault = match case.section.as_str() {
            FIRES if alone.is_empty() => "the rule says nothing",
            SILENT if !all.is_empty() => "something is found",
            SILENT if tally.tested == 0 && !ONLY_FAULTS.contains(&fixture.code().as_str()) => "nothing was tested",
            UNTESTABLE if !alone.is_empty() || tally.tested > 0 => "the rule could test something",
            section if !SECTIONS.contains(&section) => "is no section",
            _ => continue,
        };
        faults.push(format!("{}, {}, {}: {fault}", fixture.code(), case.section, case.name));
    }
    report(faults);
}

#[test]
fn every_rule_has_its_fixture_and_every_fixture_its_rule() {
    let fixtures = fixture::all();
    let there: BTreeSet<String> = fixtures.iter().map(Fixture::code).collect();
    let codes: BTreeSet<String> = RULES.iter().map(|rule| rule.code.to_owned()).collect();
    let mut faults: Vec<String> =
        codes.symmetric_difference(&there).map(|code| format!("{code}: one of two")).collect();
    for fixture in &fixtures {
        let code = fixture.code();
        let name = RULES.iter().find(|rule| rule.code == code).map_or("", |rule| rule.name);
        if fixture.title != format!("{code} {name}") {
            faults.push(format!("{code}: the title is not '{code} {name}'"));
        }
        for section in SECTIONS.iter().filter(|section| !fixture.cases.iter().any(|case| case.section == **section)) {
            faults.push(format!("{code}: no case under {section}"));
        }
    }
    report(faults);
}
