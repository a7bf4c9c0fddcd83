//! The forms that bookkeeping programs give their lists: each is read as the same books.

use std::fs;

use avstam::book::Book;
use avstam::check::{self, Options};
use avstam::finding::{Finding, Language, Severity};
use avstam::ledger::Account;
use avstam::money::Money;
use avstam::period::Date;
use avstam::read;

fn read_all(files: &[(&str, &str)]) -> Book {
    let folder = tempfile::tempdir().expect("a folder");
    let (mut inputs, mut grids) = (Vec::new(), Vec::new());
    for (i, (name, text)) in files.iter().enumerate() {
        let path = folder.path().join(name);
        fs::write(&path, text).expect("a file");
        let (input, own) = read::read(&path, i, &Default::default());
        assert!(input.error.is_none(), "{:?}", input.error);
        inputs.push(input);
        grids.extend(own);
    }
    Book::of(inputs, grids)
}

fn list(name: &str, text: &str) -> Book {
    read_all(&[(name, text)])
}

/// What is told, graver than information.
fn told(book: &Book) -> Vec<String> {
    let findings = check::check(book, &Options::default()).findings;
    let grave = findings.iter().filter(|finding| finding.severity >= Severity::Warning);
    let text = |finding: &Finding| {
        format!("{} {}", finding.rule, finding.message.get(Language::Swedish).replace('\u{a0}', " "))
    };
    grave.map(text).collect()
}

fn account<'b>(book: &'b Book, number: &str) -> &'b Account {
    book.ledgers.first().and_then(|ledger| ledger.account(number)).unwrap_or_else(|| panic!("no account {number}"))
}

/// What an account closes a year with.
fn closes(book: &Book, number: &str, year: i32) -> Option<Money> {
    let balance = account(book, number).balance(year)?;
    balance.result.or(balance.closing).map(|figure| figure.value.normalize())
}

fn year(book: &Book) -> (Date, Date) {
    let year = book.ledgers[0].year(0).expect("a year");
    (year.from, year.to)
}

fn calendar() -> (Date, Date) {
    (Date::new(2024, 1, 1).expect("a day"), Date::new(2024, 12, 31).expect("a day"))
}

const GROUPS_FIRST: &str = "Saldobalans 2024\nExempelförbundet\nKonto;Benämning;IB;Periodens förändring;UB\n\
    19;Likvida medel;1 912 600,00;-35 133,00;1 877 467,00\n1930;Bank;1 912 600,00;-35 133,00;1 877 467,00\n\
    20;Eget kapital;-1 906 400,00;-6 200,00;-1 912 600,00\n2067;Balanserat resultat;-1 906 400,00;-6 200,00;-1 912 600,00\n\
    24;Skulder;-6 200,00;-54 431,00;-60 631,00\n2440;Leverantörsskulder;-6 200,00;-54 431,00;-60 631,00\n\
    39;Bidrag;0,00;-2 200 000,00;-2 200 000,00\n3981;Bidrag staten;0,00;-1 200 000,00;-1 200 000,00\n\
    3982;Bidrag regionen;0,00;-1 000 000,00;-1 000 000,00\n40;Insatser;0,00;1 635 764,00;1 635 764,00\n\
    4010;Insatser;0,00;1 635 764,00;1 635 764,00\n70;Löner;0,00;660 000,00;660 000,00\n\
    7010;Löner;0,00;660 000,00;660 000,00\n";

#[test]
fn totals_may_stand_before_their_accounts() {
    assert_eq!(told(&list("lista.csv", GROUPS_FIRST)), Vec::<String>::new());
    let told = told(&list("lista.csv", &GROUPS_FIRST.replacen("39;Bidrag;0,00;-2 200", "39;Bidrag;0,00;-2 210", 1)));
    assert!(told.len() == 1 && told[0].contains("-2 210 000"), "{told:?}");
}

const VOUCHERS: &str = "Verifikationslista\nExempelförbundet\nRäkenskapsår: 2024-01-01 - 2024-12-31\n\
    Vernr;Datum;Konto;Benämning;Debet;Kredit;Text\nA 1;2024-01-15;;;;;Bidrag\n;;1930;Bank;2 200 000,00;;\n\
    ;;3981;Bidrag;;2 200 000,00;\nVerifikationslista;;;;;;Sida 2\nVernr;Datum;Konto;Benämning;Debet;Kredit;Text\n\
    A 2;2024-01-20;;;;;Insats\n;;4010;Insats;90 000,00;;\n;;1930;Bank;;90 000,00;\nA 3;2024-01-25;;;;;Hyra\n\
    ;;5010;Hyra;24 000,00;;\n;;1930;Bank;;24 000,00;\nTotalt;;;;2 314 000,00;2 314 000,00;\n";

#[test]
fn a_total_of_all_vouchers_is_not_that_of_the_last() {
    assert_eq!(told(&list("lista.csv", VOUCHERS)), Vec::<String>::new());
    // What the voucher is off, the total is off as well.
    let told = told(&list("lista.csv", &VOUCHERS.replacen("Insats;90 000", "Insats;80 000", 1)));
    assert!(told.len() == 1 && told[0].starts_with("HB01") && told[0].contains("2 314 000"), "{told:?}");
}

#[test]
fn months_make_the_balance_of_the_year() {
    let text = "Resultatrapport månadsvis\nExempelförbundet\n2024-01-01 - 2024-12-31\nKonto;Benämning;jan;feb;mar;Totalt\n\
        3981;Bidrag;1 000 000,00;0,00;100 000,00;1 100 000,00\n4010;Insats;-20 000,00;-20 000,00;-30 000,00;-70 000,00\n\
        7010;Löner;-45 000,00;-45 000,00;-45 000,00;-135 000,00\n8999;Årets resultat;0,00;0,00;0,00;0,00\n";
    let book = list("lista.csv", text);
    assert_eq!((told(&book), closes(&book, "7010", 0)), (Vec::new(), Money::parse("135000")));
    let told = told(&list("lista.csv", &text.replace("-135 000,00", "-153 000,00")));
    assert!(told.len() == 1 && told[0].starts_with("HB17"), "{told:?}");
}

#[test]
fn a_title_may_name_the_day_and_a_column_its_side() {
    let text = "Råbalans per 2024-12-31\nExempelförbundet\nKonto;Kontonamn;Saldo debet;Saldo kredit\n1930;Bank;1 877 467,00;\n\
        2067;Balanserat resultat;;1 912 600,00\n2440;Leverantörsskulder;;60 631,00\n3981;Bidrag;;2 200 000,00\n\
        4010;Insatser;1 635 764,00;\n7010;Löner;660 000,00;\nSumma;;4 173 231,00;4 173 231,00\n";
    let book = list("lista.csv", text);
    assert_eq!((told(&book), year(&book)), (Vec::new(), calendar()));
    assert_eq!((closes(&book, "2440", 0), closes(&book, "7010", 0)), (Money::parse("-60631"), Money::parse("660000")));
}

const RESULTS: &str = "Resultatrapport\nExempelförbundet\nRäkenskapsår: 2024-01-01 - 2024-12-31\nPeriod: PERIOD\n\
    Konto;Benämning;Period;Ackumulerat;Period fg år\n3981;Bidrag;SOME;2 200 000,00;2 100 000,00\n\
    4010;Insatser;-1 635 764,00;-1 635 764,00;-1 500 000,00\n5010;Lokaler;-96 000,00;-96 000,00;-90 000,00\n\
    7010;Löner;-564 000,00;-564 000,00;-500 000,00\n";

#[test]
fn what_has_accumulated_is_of_the_year() {
    let whole = RESULTS.replace("PERIOD", "2024-01-01 - 2024-12-31").replace("SOME", "2 200 000,00");
    let book = list("lista.csv", &whole);
    assert_eq!((year(&book), closes(&book, "7010", -1)), (calendar(), Money::parse("500000")));
    // Of December the year so far is told, and of the year before only its December.
    let december = RESULTS.replace("PERIOD", "2024-12-01 - 2024-12-31").replace("SOME", "0,00");
    let book = list("lista.csv", &december);
    assert_eq!((year(&book), closes(&book, "3981", 0)), (calendar(), Money::parse("-2200000")));
    assert_eq!(closes(&book, "7010", -1), None);
}

#[test]
fn a_period_above_the_accounts_is_not_above_the_sides() {
    let text = "Saldobalans\nExempelförbundet\nPeriod: jan 2024 - dec 2024\nKto;Kontobenämning;Ing.bal.;Debet;Kredit;Saldo\n\
        1930;Bank;1 912 600,00;2 200 000,00;2 235 133,00;1 877 467,00\n2067;Eget kapital;-1 912 600,00;0,00;0,00;-1 912 600,00\n\
        2440;Skulder;0,00;0,00;60 631,00;-60 631,00\n3981;Bidrag;0,00;0,00;2 200 000,00;-2 200 000,00\n\
        4010;Insatser;0,00;1 635 764,00;0,00;1 635 764,00\n7010;Löner;0,00;660 000,00;0,00;660 000,00\n";
    let book = list("lista.csv", text);
    assert_eq!((told(&book), closes(&book, "1930", 0)), (Vec::new(), Money::parse("1877467")));
}

const PACKED: &str = "Balansrapport\nExempelförbundet\nPeriod: 2024-01-01 - 2024-12-31\n\
    TILLGÅNGAR Ing balans Ing saldo Period Utg balans\n1220 Inventarier 2 80 000,00 80 000,00 20 000,00 100 000,00\n\
    1930 Bank 1 912 600,00 1 912 600,00 -35 133,00 1 877 467,00\n\
    Summa tillgångar 1 992 600,00 1 992 600,00 -15 133,00 1 977 467,00\nBalansrapport Sida 2\n\
    EGET KAPITAL OCH SKULDER Ing balans Ing saldo Period Utg balans\n\
    2067 Balanserat resultat -1 906 400,00 -1 906 400,00 -6 200,00 -1 912 600,00\n\
    2440 Leverantörsskulder -86 200,00 -86 200,00 21 333,00 -64 867,00\n\
    Summa eget kapital och skulder -1 992 600,00 -1 992 600,00 15 133,00 -1 977 467,00\n";

#[test]
fn a_list_whose_cells_run_together_is_laid_out() {
    let book = list("lista.txt", PACKED);
    assert_eq!((told(&book), closes(&book, "1930", 0)), (Vec::new(), Money::parse("1877467")));
    // The digit that ends a name is none of the figure after it.
    let opening = account(&book, "1220").balance(0).and_then(|balance| balance.opening);
    assert_eq!(account(&book, "1220").name, "Inventarier 2");
    assert_eq!(opening.map(|figure| figure.value.normalize()), Money::parse("80000"));
    let told = told(&list("lista.txt", &PACKED.replace("1 877 467,00", "1 787 467,00")));
    assert!(told.len() == 1 && told[0].contains("1 877 467"), "{told:?}");
}

#[test]
fn a_list_whose_sides_are_lost_is_said_not_to_be_read() {
    let text = "Verifikationslista\nExempelförbundet\nVernr Datum Konto Benämning Debet Kredit Text\nA 1 2024-01-15 Bidrag\n\
        1930 Bank 2 200 000,00\n3981 Bidrag 2 200 000,00\nA 2 2024-01-31 Balanserat resultat\n2069 Årets resultat 9 000,00\n\
        2067 Balanserat resultat 9 000,00\nSumma 2 209 000,00 2 209 000,00\n";
    let book = list("lista.txt", text);
    assert_eq!((told(&book), book.statements.len(), book.unread_amounts()), (Vec::new(), 0, 6));
}

const STATEMENT: &str = "Exempelförbundet\nBalansräkning\nKr\t2024-12-31\nInventarier\t100 000\nKassa och bank\t1 877 467\n\
    Summa tillgångar\t1 977 467\nSumma eget kapital\t1 912 600\nLeverantörsskulder\t64 867\nSumma skulder\t64 867\n\
    Summa eget kapital och skulder\t1 977 467\n";

#[test]
fn balances_alone_need_no_chart() {
    let tested = |statement: &str| {
        let book = read_all(&[("bokslut.txt", statement), ("lista.txt", PACKED)]);
        let report = check::check(&book, &Options::default());
        let ties = report.checks.iter().filter(|check| check.relation.rule == "LB01");
        (ties.count(), told(&book))
    };
    let (ties, silent) = tested(STATEMENT);
    assert!(ties >= 3 && silent.is_empty(), "{ties} {silent:?}");
}

#[test]
fn an_account_that_a_list_lacks_is_told_at_its_total() {
    let whole = "Balansrapport\nExempelförbundet\n2024-01-01 - 2024-12-31\nKonto;Benämning;Ing balans;Period;Utg balans\n\
        1220;Inventarier;80 000,00;20 000,25;100 000,25\n1930;Bank;1 912 600,00;-35 133,00;1 877 467,00\n\
        ;Summa tillgångar;1 992 600,00;-15 132,75;1 977 467,25\n;Eget kapital\n\
        2067;Balanserat resultat;-1 906 400,00;-6 200,00;-1 912 600,00\n;Summa eget kapital;-1 906 400,00;-6 200,00;-1 912 600,00\n\
        ;Skulder\n2440;Leverantörsskulder;-80 000,00;21 000,00;-59 000,00\n2710;Personalskatt;-6 200,00;332,75;-5 867,25\n\
        ;Summa skulder;-86 200,00;21 332,75;-64 867,25\n\
        ;Summa eget kapital och skulder;-1 992 600,00;15 132,75;-1 977 467,25\n;BERÄKNAT RESULTAT;0,00;0,00;0,00\n";
    assert_eq!(told(&list("lista.csv", whole)), Vec::<String>::new());
    let told =
        told(&list("lista.csv", &whole.replace("2440;Leverantörsskulder;-80 000,00;21 000,00;-59 000,00\n", "")));
    assert!(told.len() == 1 && told[0].contains("Summa skulder") && told[0].contains("-59 000"), "{told:?}");
}

#[test]
fn totals_over_a_broken_one_say_nothing_of_their_own() {
    let text = "Resultatrapport\nExempelförbundet\n2024-01-01 - 2024-12-31\nKonto;Benämning;Period;Period fg år\nBidrag\n\
        3981;Bidrag;2 200 000,00;2 100 000,00\n;Summa bidrag;2 200 000,00;2 100 000,00\nKostnader\n\
        4010;Insatser;-1 635 764,00;-1 500 000,00\n5010;Lokaler;-96 000,00;-90 000,00\n7010;Löner;-464 000,00;-400 000,00\n\
        ;Summa kostnader;-2 195 764,00;-2 090 000,00\n;RÖRELSERESULTAT;4 236,00;10 000,00\n;BERÄKNAT RESULTAT;4 236,00;10 000,00\n";
    let told = told(&list("lista.csv", text));
    assert!(told.len() == 1 && told[0].contains("RÖRELSERESULTAT"), "{told:?}");
}
