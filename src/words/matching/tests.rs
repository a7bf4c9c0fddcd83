use super::*;

fn code(label: &str, kind: &str) -> &'static str {
    concept(label, kind).map_or("-", |found| found.concept.code())
}

#[test]
fn a_total_tells_its_level() {
    let level = |label| total_level(label);
    assert_eq!(level("Subsubtotalt"), Some(2));
    assert_eq!(level("Subtotal"), Some(1));
    assert_eq!(level("Delsumma intäkter"), Some(1));
    assert_eq!(level("Summa delprojekt"), Some(0));
    assert_eq!(level("Subventioner"), None);
}

#[test]
fn some_notes_tell_what_no_line_has() {
    let cases = ["Upplysning om räkenskapsrevision", "Kostnader för räkenskapsrevision", "Framtida leasingavgifter"];
    assert_eq!(cases.map(says_disclosure), [true, false, false]);
    assert_eq!(cases.map(says_audit), [true, true, false]);
}

#[test]
fn a_label_may_end_with_its_unit() {
    let cases = [
        ("Årets resultat, tkr", Some("tkr")),
        ("Eget kapital (mkr)", Some("mkr")),
        ("Intäkter i kr", Some("kr")),
        ("Inköp under 5 000 kr", None),
        ("Kronor", None),
    ];
    for (label, unit) in cases {
        assert_eq!(unit_at_end(label), unit, "{label}");
    }
    assert_eq!(code("Intäkter i tkr", "multi-year"), code("Intäkter", "multi-year"));
    assert_eq!(code("Eget kapital (mkr)", "multi-year"), "equity");
}

#[test]
fn wordings_of_real_statements_are_understood() {
    let cases = [
        ("Verksamhetens Intäkter (not 1)", "income-statement", "operating-income"),
        ("SUMMA ERHÅLLNA BIDRAG", "budget", "operating-income"),
        ("1. MEDEL FRÅN DEN LÖPANDE VERKSAMHETEN", "cash-flow", "operating-cash-flow"),
        ("Kassaflöde fråån investeringsverksamheten", "cash-flow", "investing-cash-flow"),
        ("Ökning(-)/minskning(+) kortfristiga fordringar", "cash-flow", "change-in-receivables"),
        ("+/- Minskning/ökning kortfristiga fordringar", "cash-flow", "change-in-receivables"),
        ("Resultat efter finasiella poster", "income-statement", "result-after-financial"),
        ("Bank och kassa", "balance-sheet", "cash-and-bank"),
        ("Summa oms.tillgångar", "balance-sheet", "current-assets"),
        ("Uppl. kostn. o förutbet. intäkter", "balance-sheet", "accrued-expenses"),
        ("Verks. kostnader", "income-statement", "operating-costs"),
        ("Långfristiga skulder", "balance-sheet", "long-term-liabilities"),
        ("Nettokostnad", "summary", "operating-costs"),
        ("Nettokostnad", "income-statement", "net-costs"),
        ("Summa tillgångar:", "balance-sheet", "total-assets"),
        ("Årets resultat 2019", "note", "result"),
        ("Årets resultat (förändring av eget kapital)", "note", "result"),
        ("Driftbidrag från Luleå kommun", "note", "contribution-municipality"),
        ("Medfinansiering insats Luleå kommun", "note", "cofinancing"),
        ("Försäkringskassan/Arbetsförmedlingen", "budget", "contribution-state"),
        ("Rehabteam 30+", "activities", "-"),
        ("Momsfordran 2017", "note", "-"),
    ];
    for (label, kind, expected) in cases {
        assert_eq!(code(label, kind), expected, "{label}");
    }
}

#[test]
fn what_labels_carry_beside_their_wording_is_taken_off() {
    let cases = [
        ("s a kostnader", "kostnader"),
        ("s a", "s a"),
        ("likvida medel not 3", "likvida medel"),
        ("not 3", "not"),
        ("kostnader not enligt ovan", "kostnader not enligt ovan"),
        ("resultat 2019 före skatt", "resultat före skatt"),
        ("2 500 personer", "personer"),
        ("intäkter i tkr", "intäkter"),
    ];
    for (folded, bare) in cases {
        assert_eq!(strip(folded), bare, "{folded}");
    }
}

#[test]
fn a_row_in_per_cent_says_so_at_its_end() {
    for label in ["Soliditet, %", "Soliditet (%)", "Aktualiseringsgrad i procent"] {
        assert!(says_per_cent(label), "{label}");
    }
    for label in ["Utgående moms 25 %", "%", "Procent", "Soliditet"] {
        assert!(!says_per_cent(label), "{label}");
    }
}

#[test]
fn an_insats_is_the_same_without_words_that_say_little() {
    let same = [("Övriga Lotsen", "Projekt Lotsen"), ("Lotsen i Storby", "Storby, Lotsen"), ("Fyra", "Projektet Fyra")];
    let other = [("Lotsen", "Lotsen 2"), ("ABC", "ABC"), ("Projekt", "Projektet")];
    assert!(same.into_iter().all(|(a, b)| same_activity(a, b)));
    for (a, b) in other {
        assert!(!same_activity(a, b), "{a}, {b}");
    }
}

#[test]
fn members_are_named_at_the_end_of_a_word() {
    let member = |label: &str| member(&fold(label)).map(Concept::code);
    assert_eq!(member("Bidrag från Västra Götalandsregionen"), member("Regionen"));
    assert_eq!(member("Bidrag från Försäkringskassan"), Some("contribution-insurance-agency"));
    assert_eq!(member("Lotsen"), None);
}

#[test]
fn totals_say_so() {
    assert!(
        says_total("Summa") && says_total("S:a kostnader") && says_total("Kostnader totalt") && says_total("TOTALT")
    );
    assert!(!says_total("Årets resultat"));
}
