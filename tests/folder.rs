//! A förbund's whole folder as one book: silent as it is, and after one slip in any file the finding names the cell and
//! what it was tied to in another file.

use std::path::Path;

use avstam::book::Book;
use avstam::book::identity::{Role, Standing};
use avstam::check::{self, Options};
use avstam::config::Config;
use avstam::finding::{Finding, Language, Severity};
use avstam::grid::{At, Cell, Grid, Value};
use avstam::money::{Amount, Money};
use avstam::read::{self, Input};
use avstam::report::place;

/// The files of the folder in the order of their names, each as it was read.
fn folder() -> Vec<(Input, Vec<Grid>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/folder");
    let files = read::expand(&[folder]).into_iter().map(|file| file.expect("a file that is read"));
    files.enumerate().map(|(i, path)| read_one(i, &path)).collect()
}

fn read_one(i: usize, path: &Path) -> (Input, Vec<Grid>) {
    let (input, grids) = read::read(path, i, &Default::default());
    assert!(input.error.is_none(), "{:?}", input.error);
    (Input { path: path.file_name().expect("a name").into(), ..input }, grids)
}

fn book(files: Vec<(Input, Vec<Grid>)>) -> Book {
    let (inputs, grids): (Vec<Input>, Vec<Vec<Grid>>) = files.into_iter().unzip();
    Book::of(inputs, grids.into_iter().flatten().collect())
}

/// The same grid with another figure in the row and column that are told.
fn with(grid: &Grid, (row, col): (u32, u32), value: i64) -> Grid {
    let change = |cell: &Cell| match (cell.row, cell.col) == (row, col) {
        true => cell.clone().with(Value::Number(Amount::new(Money::from(value), 0))),
        false => cell.clone(),
    };
    let mut changed = Grid::new(grid.input, grid.sheet.clone(), grid.source, grid.cells().iter().map(change).collect());
    changed.styled = grid.styled;
    changed
}

/// A figure by its label and the number of its column, from 1 after the label.
fn find(grid: &Grid, label: &str, col: u32) -> (u32, u32, Money) {
    let labelled = |cell: &&Cell| cell.col <= 1 && cell.text() == Some(label);
    let row = grid.cells().iter().find(labelled).unwrap_or_else(|| panic!("no row {label}")).row;
    match grid.get(row, col).map(|cell| &cell.value) {
        Some(Value::Number(amount)) => (row, col, amount.value),
        // A csv file has its figures as they are written.
        Some(Value::Text(text)) => (row, col, Money::parse(&text.replace([' ', '\u{a0}'], "")).expect("a figure")),
        other => panic!("{label}: {other:?}"),
    }
}

/// The findings after one figure was changed, and the place of the changed cell.
fn slip(file: &str, sheet: &str, label: &str, col: u32, value: i64) -> (Vec<Finding>, Vec<Vec<String>>, String) {
    let mut files = folder();
    let (input, grids) = files.iter_mut().find(|(input, _)| input.path == Path::new(file)).expect("the file");
    let grid = grids.iter_mut().find(|grid| grid.sheet.as_ref() as &str == sheet).expect("the sheet");
    let (row, col, was) = find(grid, label, col);
    assert_ne!(was, Money::from(value), "{}: nothing is changed", input.path.display());
    *grid = with(grid, (row, col), value);
    let book = book(files);
    let grid = book
        .grids
        .iter()
        .position(|grid| book.inputs[grid.input].path == Path::new(file) && grid.sheet.as_ref() as &str == sheet);
    let changed = place(&book, At { grid: grid.expect("the grid") as u32, row, col });
    let findings = check::check(&book, &Options::default()).findings;
    // What follows from a finding is told with it.
    let cells = |f: &Finding| -> Vec<At> {
        let following = f.consequences.iter().flat_map(|consequence| &consequence.cells);
        f.cells.iter().chain(following).map(|(at, _)| *at).collect()
    };
    let cells = findings.iter().map(|f| cells(f).into_iter().map(|at| place(&book, at)).collect()).collect();
    (findings, cells, changed)
}

#[test]
fn the_clean_folder_is_silent() {
    let report = check::check(&book(folder()), &Options::default());
    let told: Vec<&str> = report.findings.iter().map(|finding| finding.message.get(Language::Swedish)).collect();
    assert!(told.is_empty(), "{told:#?}");
    let tested = |code: &str| report.by_rule.iter().find(|(rule, _)| *rule == code).map(|(_, tally)| tally.held);
    assert!(tested("AR01") >= Some(50) && tested("AR02") >= Some(2) && tested("AR03") >= Some(10));
    assert!(tested("LB01") >= Some(50));
}

#[test]
fn every_file_is_known() {
    let book = book(folder());
    let known: Vec<(Role, i32)> = book.documents.iter().map(|d| (d.role, d.years[0])).collect();
    let expected = [
        (Role::Ledger, 2024),
        (Role::PriorAccounts, 2023),
        (Role::Accounts, 2024),
        (Role::Budget, 2024),
        (Role::TrialBalance, 2024),
    ];
    assert_eq!(known, expected);
    for document in &book.documents {
        assert_eq!(document.name.as_deref(), Some("Björkådalen"));
        assert_eq!(document.number.as_deref(), Some("222000-9993"));
        assert_eq!(document.standing, Standing::Together);
    }
}

/// One slip each: file, sheet, row, column, the wrong figure, and the file that it must be tied to.
const SLIPS: &[(&str, &str, &str, u32, i64, &str)] = &[
    // The comparatives of this year against last year's report.
    ("bokslut-2024.xlsx", "RR", "Verksamhetens kostnader", 3, -4_101_000, "bokslut-2023.xlsx"),
    ("bokslut-2024.xlsx", "BR", "Kassa och bank", 3, 1_921_600, "bokslut-2023.xlsx"),
    ("bokslut-2024.xlsx", "Noter", "Momsfordran", 2, 84_600, "bokslut-2023.xlsx"),
    // Last year's report against the comparatives of this year's.
    ("bokslut-2023.xlsx", "RR", "Finansiella intäkter", 2, 20_200, "bokslut-2024.xlsx"),
    ("bokslut-2023.xlsx", "BR", "Leverantörsskulder", 2, 286_500, "bokslut-2024.xlsx"),
    // Opening against closing.
    ("bokslut-2024.xlsx", "KF", "Likvida medel vid årets början", 1, 1_921_600, "bokslut-2023.xlsx"),
    ("bokslut-2024.xlsx", "BR", "Balanserat resultat", 2, 1_247_000, "bokslut-2023.xlsx"),
    // The budget column against the adopted budget, and the other way round.
    ("bokslut-2024.xlsx", "Sammanfattning", "Verksamhetens kostnader", 2, -4_303_000, "budget-2024.xlsx"),
    ("bokslut-2024.xlsx", "Insatser", "Arbetslinjen", 2, 1_050_000, "budget-2024.xlsx"),
    ("budget-2024.xlsx", "Budget", "Finansiella intäkter", 1, 2_000, "bokslut-2024.xlsx"),
    ("budget-2024.xlsx", "Insatser", "Grön rehab", 1, 501_000, "bokslut-2024.xlsx"),
];

#[test]
fn one_slip_is_found_in_its_file_and_tied_to_another() {
    let mut faults = Vec::new();
    for (file, sheet, label, col, value, other) in SLIPS {
        let (findings, cells, changed) = slip(file, sheet, label, *col, *value);
        let grave: Vec<usize> = (0..findings.len()).filter(|&i| findings[i].severity >= Severity::Warning).collect();
        let names = |i: &usize| cells[*i].contains(&changed) && cells[*i].iter().any(|at| at.starts_with(other));
        let told: Vec<String> = grave.iter().map(|&i| findings[i].message.get(Language::Swedish).to_owned()).collect();
        if grave.len() != 1 || !grave.iter().any(names) {
            faults.push(format!("{changed} ({label} {value}), tied to {other}:\n{told:#?}\n{cells:?}"));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn files_of_another_forbund_are_left_out() {
    let mut files = folder();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/workbooks/budget-2024-sodra-norrbotten.xlsx");
    files.push(read::read(&path, files.len(), &Default::default()));
    let book = book(files);
    let foreign = book.documents.last().expect("the last file");
    assert_eq!((foreign.standing, foreign.name.as_deref()), (Standing::Together, Some("Södra Norrbotten")));
    assert_eq!(book.groups, [vec![0, 1, 2, 3, 4], vec![5]]);
    let input = |at: At| book.grids[at.grid as usize].input;
    let checks = check::relate(&book, &Options::default());
    let across = checks.iter().filter(|check| {
        let inputs: Vec<bool> = check.relation.cells().map(|at| input(at) == book.inputs.len() - 1).collect();
        inputs.contains(&true) && inputs.contains(&false)
    });
    assert_eq!(across.count(), 0);
}

/// The accounts of a förbund that they do not name: two years with the equity that they begin with.
fn unnamed(name: &str, year: i32, equity: [i64; 2], results: [i64; 2]) -> String {
    let [income, before] = results.map(|result| 4_000_000 + 3 * result);
    let [costs, costs_before] = [income - results[0], before - results[1]];
    let [closing, opening] = [equity[0] + results[0], equity[1] + results[1]];
    format!(
        "<!-- file: {name} -->\n;{year};{}\nResultaträkning\nVerksamhetens intäkter;{income};{before}\n\
         Verksamhetens kostnader;-{costs};-{costs_before}\nÅrets resultat;{};{}\n\nBalansräkning;{year};{}\n\
         Bank;{closing};{opening}\nSumma tillgångar;{closing};{opening}\n\
         Ingående eget kapital;{};{}\nÅrets resultat;{};{}\nUtgående eget kapital;{closing};{opening}\n\
         Summa eget kapital och skulder;{closing};{opening}\n",
        year - 1,
        results[0],
        results[1],
        year - 1,
        equity[0],
        equity[1],
        results[0],
        results[1],
    )
}

/// The book of documents, each after its `<!-- file: NAME -->`, and the folder of its files: vouchers are read from
/// them again.
fn book_of(documents: &str) -> (tempfile::TempDir, Book) {
    let folder = tempfile::tempdir().expect("a folder");
    let mut files = Vec::new();
    for (i, document) in documents.split("<!-- file: ").skip(1).enumerate() {
        let (name, content) = document.split_once(" -->\n").expect("a name");
        let path = folder.path().join(name);
        std::fs::write(&path, content).expect("a document");
        files.push(read::read(&path, i, &Default::default()));
    }
    (folder, book(files))
}

#[test]
fn files_that_nothing_names_are_told_apart_by_their_figures() {
    let ours = [
        unnamed("a-2024.csv", 2024, [900_417, 812_004], [41_220, 88_413]),
        unnamed("a-2023.csv", 2023, [812_004, 800_512], [88_413, 11_492]),
    ];
    let theirs = unnamed("b-2024.csv", 2024, [511_060, 490_255], [-30_114, 20_805]);
    let (_files, book) = book_of(&[ours.join(""), theirs].concat());
    let standings: Vec<Standing> = book.documents.iter().map(|document| document.standing).collect();
    assert!(
        matches!(standings[..], [Standing::Together, Standing::Together, Standing::Contradicting(_)]),
        "{standings:?}"
    );
    let remark = book.documents[2].remark(Path::new("b"), &book.inputs).expect("a remark");
    let remark = remark.get(Language::Swedish);
    assert!(remark.starts_with("b: bara 0 av 16 belopp är desamma som i "), "{remark}");
    assert!(
        remark.ends_with("a-2024.csv (annat förbund, projekt eller period?); filen stäms inte av mot de andra"),
        "{remark}"
    );
    let findings = check::check(&book, &Options::default()).findings;
    assert!(findings.is_empty(), "{:?}", findings.iter().map(|f| &f.message).collect::<Vec<_>>());
}

#[test]
fn a_file_with_a_wrong_figure_is_still_of_the_same_body() {
    let ours = unnamed("a-2024.csv", 2024, [900_417, 812_004], [41_220, 88_413]);
    let before = unnamed("a-2023.csv", 2023, [812_004, 800_512], [88_413, 11_492]).replace("88413", "88431");
    let (_files, book) = book_of(&[ours, before].concat());
    assert!(book.documents.iter().all(|document| document.standing == Standing::Together));
    assert!(!check::check(&book, &Options::default()).findings.is_empty());
}

#[test]
fn a_statement_that_stands_in_two_files_says_that_they_are_of_one_body() {
    let ours = unnamed("a-2024.csv", 2024, [900_417, 812_004], [41_220, 88_413]);
    let other = unnamed("b-2024.csv", 2024, [511_060, 490_255], [-30_114, 20_805]);
    let (income, _) = other.split_once("\n\n").expect("an income statement");
    let (_, balance) = ours.split_once("\n\n").expect("a balance sheet");
    let (_files, book) = book_of(&format!("{ours}{income}\n\n{balance}"));
    assert!(book.documents.iter().all(|document| document.standing == Standing::Together));
}

/// The folder with its ledger changed: each text in it replaced by another, once.
fn with_ledger(changes: &[(&str, &str)]) -> Book {
    let mut files = folder();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/folder/bokforing-2024.se");
    let mut text: Vec<u8> = std::fs::read(path).expect("the ledger");
    for (from, to) in changes {
        let at = text.windows(from.len()).position(|part| part == from.as_bytes()).expect("the text");
        text.splice(at..at + from.len(), to.bytes());
    }
    let folder = tempfile::tempdir().expect("a folder");
    let changed = folder.path().join("bokforing-2024.se");
    std::fs::write(&changed, text).expect("the changed ledger");
    files[0] = read_one(0, &changed);
    book(files)
}

#[test]
fn a_slip_in_the_ledger_is_tied_to_the_statement() {
    // A balance with two digits interchanged: neither its vouchers nor the line of the statement say so.
    let book = with_ledger(&[("#RES 0 4020 1480000.00", "#RES 0 4020 1408000.00")]);
    let findings = check::check(&book, &Options::default()).findings;
    let told: Vec<&Finding> = findings.iter().filter(|finding| finding.rule == "HB07").collect();
    let [only] = told.as_slice() else { panic!("{findings:#?}") };
    assert!(findings.iter().all(|finding| finding.rule != "LB01"), "the line follows from the balance: {findings:#?}");
    let followed =
        only.consequences.iter().find(|followed| followed.rule == "LB01").expect("the line of the statement");
    let cells: Vec<String> = followed.cells.iter().map(|(at, _)| place(&book, *at)).collect();
    assert!(cells.iter().any(|cell| cell == "bokslut-2024.xlsx:RR!C6"), "{cells:?}");
    assert!(cells.iter().any(|cell| cell.starts_with("bokforing-2024.se:")), "{cells:?}");
}

#[test]
fn a_slip_in_the_trial_balance_is_tied_to_the_statement() {
    let (findings, cells, changed) = slip("saldobalans-2024.csv", "", "Bankkonto", 4, 1_877_476);
    let grave: Vec<usize> = (0..findings.len()).filter(|&i| findings[i].severity >= Severity::Warning).collect();
    let [only] = grave.as_slice() else { panic!("{findings:#?}") };
    assert_eq!(findings[*only].rule, "HB17");
    assert_eq!(changed, "saldobalans-2024.csv:E9");
    let names = |at: &str| cells[*only].iter().any(|cell| cell == at);
    assert!(names(&changed) && cells[*only].iter().any(|cell| cell.starts_with("bokslut-2024.xlsx:BR")), "{cells:?}");
}

/// A case of `LB01.md` with its settings.
fn book_of_case(case: &str) -> (tempfile::TempDir, Book) {
    let text = include_str!("../fixtures/rules/LB01.md");
    let (_, body) = text.split_once(&format!("### {case}")).expect("the case");
    let body = body.split("```expected").next().expect("its documents");
    let settings = body.split_once("```toml\n").and_then(|(_, rest)| rest.split_once("```")).map_or("", |(own, _)| own);
    let (folder, mut book) = book_of(body);
    book.follow(Config::parse(settings).expect("settings").chart);
    (folder, book)
}

/// What is said of the cause of the first difference between a line and its accounts.
fn hunted(case: &str) -> String {
    let (_files, book) = book_of_case(case);
    let findings = check::check(&book, &Options { select: vec!["LB".into()], ..Options::default() }).findings;
    let causes = findings[0].causes.iter().map(|cause| cause.text.get(Language::Swedish));
    causes.collect::<Vec<_>>().join(" ").replace('\u{a0}', " ")
}

#[test]
fn only_its_objects_count_of_a_kommuns_ledger() {
    let (_files, book) = book_of_case("Förbundet är ett ansvar i sin kommuns bokföring");
    let ledger = &book.ledgers[0];
    let part = ledger.part.as_ref().expect("a part");
    assert_eq!((part.objects.as_slice(), part.rows), ([("1".to_owned(), "4310".to_owned())].as_slice(), 7));
    assert_eq!((ledger.counted().len(), ledger.accounts.len()), (6, 9));
    // The file names the kommun, and is the förbund's all the same.
    assert!(book.documents.iter().all(|document| document.standing == Standing::Together));
}

/// The cases of `LB01.md`, and what is said there and in no other of them.
const HUNTS: &[(&str, &str)] = &[
    ("En verifikation saknas", "Verifikation A 3 (2024-05-20), konto 4010, rad "),
    ("Halva skillnaden", "på hälften av 75 400: beloppet kan ha fått fel tecken."),
    ("Två siffror har bytt plats", "Skillnaden 9 000 är jämnt delbar med nio"),
    ("Ett konto i klass 9", "Konto 9010 Intern fördelning är på just 12 500 och hör inte till någon rad"),
    ("Verifikationen är daterad ett annat år", "Dagen ligger utanför året."),
    ("En verifikation på förbundets ansvar", "Verifikation A 6 (2024-10-15), konto 6010, rad "),
    ("En hel månad saknas", "Kontona rör sig med just 4 050 i 2024-11"),
    (
        "Räkningen är från innan de sista verifikationerna",
        "stämmer med bokföringen till och med 2024-10-15; därefter bokfördes 2 verifikationer på kontona.",
    ),
    (
        "Räkningen är från en tidigare månad",
        "stämmer med bokföringen till och med 2024-10; därefter har kontona rört sig.",
    ),
];

#[test]
fn differences_are_hunted_down() {
    let told: Vec<String> = HUNTS.iter().map(|(case, _)| hunted(case)).collect();
    for (i, (case, expected)) in HUNTS.iter().enumerate() {
        let said: Vec<usize> = (0..told.len()).filter(|&other| told[other].contains(expected)).collect();
        assert_eq!(said, [i], "{case}: {}", told[i]);
    }
}

/// What is told of documents, remarks left out.
fn told(documents: &str) -> Vec<(&'static str, String)> {
    let (_files, book) = book_of(documents);
    let findings = check::check(&book, &Options::default()).findings;
    let told = findings.iter().filter(|finding| finding.severity > Severity::Info);
    told.map(|finding| (finding.rule, finding.message.get(Language::Swedish).to_owned())).collect()
}

/// A report in two files, the notes 1 and 4 in the one and 2 and 3 in the other: each line's note is there, and a figure
/// of a note is tied to the line of the other file.
#[test]
fn notes_of_one_report_stand_in_several_files() {
    let statements = "<!-- file: del1.csv -->\nResultaträkning\nBelopp i kr;Not;2024;2023\n\
         Verksamhetens intäkter;1;3687480;3614696\nVerksamhetens kostnader;2;-3602163;-3587615\n\
         Årets resultat;;85317;27081\n\nNot 1 Verksamhetens intäkter\nBelopp i kr;2024;2023\n\
         Försäkringskassan;1843740;1807348\nRegion Norr;921870;903674\nStorby kommun;921870;903674\n\
         Summa;3687480;3614696\n";
    let rest = "<!-- file: del2.csv -->\nBalansräkning\nBelopp i kr;Not;2024-12-31;2023-12-31\nFordringar;3;355563;94674\n\
         Kassa och bank;;770760;635261\nSumma tillgångar;;1126323;729935\nBalanserat resultat;;464423;437342\n\
         Årets resultat;;85317;27081\nSumma eget kapital;;549740;464423\nKortfristiga skulder;;576583;265512\n\
         Summa eget kapital och skulder;;1126323;729935\n\nNot 2 Verksamhetens kostnader\nBelopp i kr;2024;2023\n\
         Insatser;-2915366;-2990013\nPersonal;-686797;-597602\nSumma;-3602163;-3587615\n\n\
         Not 3 Fordringar\nBelopp i kr;2024;2023\nMomsfordran;204461;52173\nKundfordringar;151102;42501\n\
         Summa;355563;94674\n";
    assert_eq!(told(&[statements, rest].concat()), []);
    // What no file has is still missing, and a line is still held against its note.
    let missing = told(&[statements, rest].concat().replace("Fordringar;3;", "Fordringar;5;"));
    assert!(missing.iter().any(|(rule, text)| *rule == "NO03" && text.contains("not 5")), "{missing:?}");
    let note = rest.replace("Insatser;-2915366", "Insatser;-2915866").replace("Summa;-3602163", "Summa;-3602663");
    let slip = told(&[statements, &note].concat());
    assert!(slip.iter().any(|(rule, _)| *rule == "NO02"), "{slip:?}");
    // A report of another year has notes of its own.
    let before = statements
        .replace("2024", "2025")
        .replace("2023", "2024")
        .replace("del1", "del0")
        .replace("intäkter;1;", "intäkter;2;");
    let before = before.replace(";3687480;3614696", ";3712480;3687480").replace(";1843740;1807348", ";1868740;1843740");
    let other = told(&[before.as_str(), rest].concat());
    assert!(other.iter().any(|(rule, text)| *rule == "NO03" && text.contains("not 2")), "{other:?}");
}

/// Notes that say no unit are in that of the statements whose figures they have, in whichever file these stand; and a
/// file of notes is a part of the accounts also with the year's budget beside the outcome.
#[test]
fn notes_take_the_unit_of_statements_in_another_file() {
    let statements = "<!-- file: del1.csv -->\nResultaträkning, tkr\n;Not;2023;2024\nVerksamhetens intäkter;1;3615;3687\n\
         Verksamhetens kostnader;2;-3588;-3602\nÅrets resultat;;27;85\n";
    let notes = "<!-- file: del2.csv -->\nInsatser 2024, tkr\n;Budget 2024;Utfall 2024\n\
         Arena Ungdom;2000;1915\nVägen in;900;1000\nSumma;2900;2915\n\n\
         Not 1 Verksamhetens intäkter\n;Utfall 2023;Utfall 2024\n\
         Försäkringskassan;1807;1843\nRegion Norr;904;922\nStorby kommun;904;922\nSumma;3615;3687\n\n\
         Not 2 Verksamhetens kostnader\n;Utfall 2023;Utfall 2024\n\
         Insatser;-2990;-2915\nPersonal;-598;-687\nSumma;-3588;-3602\n";
    let both = [statements, notes].concat();
    assert_eq!(told(&both), []);
    assert_eq!(book_of(&both).1.documents[1].role, Role::Accounts);
    // A figure that is wrong is still told of, and by its own size.
    let wrong = notes.replace("Storby kommun;904;922\nSumma;3615;3687", "Storby kommun;904;942\nSumma;3615;3707");
    let wrong = told(&[statements, &wrong].concat());
    assert!(matches!(&wrong[..], [("NO02", text)] if text.contains("skillnaden är 20")), "{wrong:?}");
    // Figures that none of the statements has are taken as they stand.
    let other = notes.replace(";3687", ";3697").replace(";3615", ";3625").replace(";-3602", ";-3612");
    assert!(told(&[statements, &other.replace(";-3588", ";-3598")].concat()).iter().any(|(rule, _)| *rule == "NO02"));
}
