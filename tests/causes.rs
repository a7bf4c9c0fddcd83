//! The causes found in a real document are those that its readers found by hand.

use avstam::book::Book;
use avstam::cause;
use avstam::check;
use avstam::finding::{Cause, Finding, Language};

fn findings(path: &str) -> Vec<Finding> {
    let path = format!("{}/fixtures/{path}", env!("CARGO_MANIFEST_DIR"));
    let (input, grids) = avstam::read::read(path.as_ref(), 0, &Default::default());
    let book = Book::of(vec![input], grids);
    cause::findings(&book, &check::relate(&book, &Default::default()))
}

/// Rule, first cause, difference, number of consequences.
fn outline(path: &str) -> Vec<String> {
    let outline = |finding: &Finding| {
        let cause = finding.causes.first().map_or("-", |cause| cause.slip.code());
        let difference = finding.difference().map(|difference| difference.to_string()).unwrap_or_default();
        format!("{} {cause} {difference} +{}", finding.rule, finding.consequences.len())
    };
    findings(path).iter().map(outline).collect()
}

#[test]
fn each_root_of_the_annual_report_is_one_finding() {
    let found = outline("seeds/pyramis-ar-2019.txt");
    let roots = [
        ("R11", "RR01 row-missing -14 +2"),
        ("R12", "FA02 unknown -182 +0"),
        ("R13", "BU01 sign-flipped -476500 +1"),
        ("R14", "FA05 unknown 380600 +0"),
        ("R15", "FA04 digit-replaced 200 +1"),
        ("R16", "FA04 digit-replaced 3 +0"),
        ("R17", "KF02 row-left-out -5759 +3"),
        ("R18", "KF04 sign-flipped 504154 +3"),
        ("R19", "NO02 row-missing -795 +1"),
        ("R20", "SU01 rounded -1 +1"),
        ("R21", "IN01 unknown 17341 +1"),
        ("R22", "IN01 row-left-out 5200 +0"),
    ];
    for (root, line) in roots {
        assert!(found.iter().any(|found| found == line), "{root}: {line} is not in {found:#?}");
    }
    // The table of days in an insats, whose total has people without a row (R27).
    assert_eq!(found.len(), roots.len() + 1, "{found:#?}");
}

#[test]
fn each_cause_is_said_in_one_sentence() {
    let sentences = [
        ("R11", "En post om 14 ingår i resultatet men står inte på någon rad"),
        ("R13", "Tecknet på Resultat budget 2019 har tappats i uträkningen: Resultat avvikelse 2019 ska vara 244 009"),
        ("R15", "Siffran 3 har blivit 5: Nettokostnad 2018 ska vara 2 031 372, inte 2 031 572."),
        ("R16", "Siffran 6 har blivit 9: Likvida medel 2018 ska vara 858 376, inte 858 379."),
        (
            "R17",
            "är inte med i Kassaflöde för den löpande verksamheten, som ska vara 468 595 för 2019, inte 462 836 och -252 077 för 2018, inte 179 295.",
        ),
        ("R18", "Minustecknet har tappats: Årets kassaflöde 2018 ska vara -252 077, inte 252 077."),
        ("R19", "En rad om 795 saknas"),
        ("R22", "samma belopp som Övriga upplupna kostnader 2019"),
    ];
    // In the workbook formulas take the cost of the budget to its variance.
    let documents = [
        ("seeds/pyramis-ar-2019.txt", "Uppgifterna skiljer sig med 380 600"),
        ("workbooks/arsredovisning-2019.xlsx", "Nettokostnad budget 2019 kan vara fel: med 2 238 250"),
    ];
    for (path, r14) in documents {
        let plain = |cause: &Cause| cause.text.get(Language::Swedish).replace('\u{a0}', " ");
        let first = findings(path).iter().filter_map(|finding| finding.causes.first().map(plain)).collect::<Vec<_>>();
        for (root, sentence) in sentences.into_iter().chain([("R14", r14)]) {
            assert!(first.iter().any(|said| said.contains(sentence)), "{path}: {root} is not in {first:#?}");
        }
    }
}

#[test]
fn a_sum_says_which_rows_it_leaves_out_and_which_totals_took_that_further() {
    let path = "workbooks/verksamhetsplan-2020-pyramis.xlsx";
    let found = outline(path);
    for line in ["SU01 row-left-out -1250000 +1", "SU01 row-left-out -25000 +2", "SU01 row-left-out -151956 +2"] {
        assert!(found.iter().any(|found| found == line), "{line} is not in {found:#?}");
    }
    let plain = |text: &str| text.replace('\u{a0}', " ");
    let found = findings(path);
    let said: Vec<String> = found
        .iter()
        .flat_map(|finding| &finding.consequences)
        .map(|consequence| plain(consequence.message.get(Language::Swedish)))
        .collect();
    // A04, A02 (of both slips), A06, A07.
    for text in [
        "SUMMA KOSTNADER plan 2021 tar med det felaktiga beloppet: 4 588 591 i stället för 4 563 591.",
        "ÖVERSKOTT / UNDERSKOTT plan 2021 tar med det felaktiga beloppet: 411 409 i stället för -813 591.",
        "SUMMA KOSTNADER plan 2022 tar med det felaktiga beloppet: 1 953 102 i stället för 1 801 146.",
        "ÖVERSKOTT / UNDERSKOTT plan 2022 tar med det felaktiga beloppet: -1 953 102 i stället för -1 801 146.",
    ] {
        assert!(said.iter().any(|said| said == text), "{text} is not in {said:#?}");
    }
    // Four explanations of the first, all of the same total; the sum that begins below the first rows before the others.
    let first = found.iter().find(|finding| finding.causes.len() == 4).expect("four ways to lack 1 250 000");
    assert_eq!(first.suspect, first.causes[0].edits.first().map(|edit| edit.at));
    let cause = plain(first.causes[0].text.get(Language::Swedish));
    assert!(cause.starts_with("Intäkter Luleå kommun 62% plan 2021, Intäkter Piteå"), "{cause}");
}
