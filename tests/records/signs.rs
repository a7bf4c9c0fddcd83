//! What a line is a part of, and its amount in the signs of the law's forms: the same whatever signs the source has.

use avstam::money::Money;
use avstam::records::Record;

use super::{fixture, of_file, text, workbooks};

/// Labels, what they are parts of and the signed amounts of a year.
fn placed(records: &[Record], year: i32) -> Vec<(&str, Option<&str>, Option<String>)> {
    let of_year = records.iter().filter(|record| record.period.is_some_and(|period| period.year == year));
    let shown = |record: &Record| record.signed_amount.map(|amount| amount.to_string());
    of_year.map(|r| (r.label.as_str(), r.part_of.map(|concept| concept.code()), shown(r))).collect()
}

#[test]
fn costs_are_below_zero_however_they_are_written() {
    let statement = |sign: &str| {
        of_file(&text(&format!(
            "Resultaträkning\n\t2023\nBidrag från medlemmar\t4000\nDiverse\t120\nSumma intäkter\t4120\n\
             Personalkostnader\t{sign}1500\nGoda råd\t{sign}2300\nSumma kostnader\t{sign}3800\n\
             Verksamhetens resultat\t320\nRäntekostnader\t{sign}5\nÅrets resultat\t315\n"
        )))
    };
    let positive = statement("");
    let expected = [
        ("Bidrag från medlemmar", Some("operating-income"), "4000"),
        ("Diverse", Some("operating-income"), "120"),
        ("Summa intäkter", Some("operating-result"), "4120"),
        ("Personalkostnader", Some("operating-costs"), "-1500"),
        ("Goda råd", Some("operating-costs"), "-2300"),
        ("Summa kostnader", Some("operating-result"), "-3800"),
        ("Verksamhetens resultat", Some("result"), "320"),
        ("Räntekostnader", Some("result"), "-5"),
        ("Årets resultat", None, "315"),
    ];
    let expected = expected.map(|(label, whole, amount)| (label, whole, Some(amount.to_owned())));
    assert_eq!(placed(&positive, 2023), expected);
    assert_eq!(placed(&statement("-"), 2023), expected);
}

#[test]
fn a_total_that_says_no_more_means_what_its_heading_does() {
    let records = of_file(&text(
        "Resultaträkning\n\t2023\nVerksamhetens intäkter\nGåvor\t4000\nDiverse\t120\nSumma\t4120\n\
         Summa kostnader\t3800\nÅrets resultat\t320\n",
    ));
    let placed = placed(&records, 2023);
    assert_eq!(placed[0], ("Gåvor", Some("operating-income"), Some("4000".to_owned())));
    assert_eq!(placed[2].1, Some("result"));
}

#[test]
fn a_note_has_the_signs_of_its_line_and_a_variance_has_none() {
    let records = fixture("arsredovisning-2019.xlsx");
    let placed = placed(&records, 2019);
    let of = |label: &str| {
        let found = placed.iter().find(|(own, ..)| *own == label).expect(label);
        (found.1, found.2.as_deref())
    };
    assert_eq!(of("Lokalhyra"), (Some("operating-costs"), Some("-128760")));
    assert_eq!(of("Upplupna hyreskostnader"), (Some("other-liabilities"), Some("32190")));
    assert_eq!(of("Arena Ungdom").0, Some("operating-costs"), "its note comes before the table of insatser");
    let variances = records.iter().filter(|r| r.measure.is_some_and(|measure| measure.code() == "variance"));
    assert!(variances.clone().count() > 5 && variances.clone().all(|r| r.signed_amount.is_none()));
}

/// What no word of theirs places.
#[test]
fn insatser_are_costs_whatever_signs_they_are_written_with() {
    let insatser = |sign: &str| {
        of_file(&text(&format!(
            "Insatser\n\t2023\nArena Ungdom\t{sign}410\nVägen Vidare\t{sign}520\nSumma insatser\t{sign}930\n"
        )))
    };
    for records in [insatser(""), insatser("-")] {
        let placed = placed(&records, 2023);
        let signed: Vec<&str> = placed.iter().filter_map(|(.., amount)| amount.as_deref()).collect();
        assert_eq!(signed, ["-410", "-520", "-930"], "{records:?}");
    }
}

/// Equity and liabilities that a list writes as the ledger does.
#[test]
fn a_balance_sheet_in_the_signs_of_a_ledger_has_those_of_the_form() {
    let records = of_file(&text(
        "Balansräkning\n\t2023\nFordringar\t300\nKassa och bank\t700\nSumma tillgångar\t1000\n\
         Eget kapital\t-800\nSkulder\t-200\nSumma eget kapital och skulder\t-1000\n",
    ));
    let placed = placed(&records, 2023);
    let signed: Vec<&str> = placed.iter().filter_map(|(.., amount)| amount.as_deref()).collect();
    assert_eq!(signed, ["300", "700", "1000", "800", "200", "1000"]);
}

#[test]
fn accounts_have_their_line_and_its_sign() {
    let path = super::root().join("fixtures/folder/bokforing-2024.se");
    let records = of_file(&path);
    let of = |account: &str| {
        let own = |r: &&Record| r.account.as_deref() == Some(account) && r.period.is_some_and(|p| p.year == 2024);
        let found = records.iter().find(own).expect(account);
        let sign = found.amount.zip(found.signed_amount).map(|(amount, signed)| signed == amount);
        (found.part_of.map(|concept| concept.code()), sign)
    };
    assert_eq!(of("1930"), (Some("cash-and-bank"), Some(true)));
    assert_eq!(of("2440"), (Some("accounts-payable"), Some(false)));
    let income = records.iter().filter(|r| r.account.as_ref().is_some_and(|account| account.starts_with('3')));
    let income: Vec<&Record> = income.collect();
    assert!(!income.is_empty());
    assert!(income.iter().all(|r| r.part_of.map(|concept| concept.code()) == Some("operating-income")));
    assert!(income.iter().all(|r| r.signed_amount >= Some(Money::ZERO)));
}

/// The lines of a year's income statement come to its result, whatever they are called: nothing is added twice.
#[test]
fn signed_lines_come_to_the_result() {
    let mut tested = 0;
    let folder = super::root().join("fixtures/folder");
    let clean = ["bokslut-2023.xlsx", "bokslut-2024.xlsx"].map(|name| folder.join(name));
    for path in workbooks().into_iter().chain(clean) {
        let records = of_file(&path);
        let own = records.iter().filter(|r| r.statement.code() == "income-statement");
        let mut own: Vec<&Record> = own.filter(|r| r.measure.is_some_and(|m| m.code() == "actual")).collect();
        own.sort_by_key(|r| r.period.map(|period| period.year));
        for year in own.chunk_by(|a, b| a.period == b.period) {
            let result = year.iter().find(|r| r.concept.is_some_and(|concept| concept.code() == "result"));
            let Some(result) = result.filter(|r| r.findings.is_empty()) else { continue };
            let broken = year.iter().any(|r| !r.findings.is_empty());
            let lines = year.iter().filter(|r| r.role.code() == "line").filter_map(|r| r.signed_amount);
            let sum = lines.fold(Money::ZERO, |sum, amount| sum + amount);
            if !broken {
                assert_eq!(Some(sum), result.signed_amount, "{} {:?}", path.display(), result.period);
                tested += 1;
            }
        }
    }
    assert!(tested > 2, "{tested} years");
}
