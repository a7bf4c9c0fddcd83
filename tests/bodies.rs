//! Folders of several förbund: what is found in the whole folder is what is found in the files of each förbund alone.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use avstam::book::Book;
use avstam::book::identity::Standing;
use avstam::check::{self, Options, Report};
use avstam::finding::{Language, Severity};
use avstam::money::{Amount, Money};
use avstam::profile::{Profile, Share, Step};
use avstam::read::{self, Input};
use avstam::report::{json, place, terminal};

/// A förbund and the figures that its books are made from.
#[derive(Clone, Copy)]
struct Body {
    name: &'static str,
    number: &'static str,
    /// Equity at the end of 2022, and the results of 2022, 2023 and 2024.
    equity: i64,
    results: [i64; 3],
}

const BODIES: [Body; 3] = [
    Body { name: "Björkådalen", number: "222000-9993", equity: 812_004, results: [11_492, 88_413, 41_220] },
    Body { name: "Norra Granvik", number: "222000-2063", equity: 490_255, results: [20_805, -30_114, 55_031] },
    Body { name: "Norra Älvbro", number: "222000-1016", equity: 1_377_916, results: [-9_048, 61_377, -12_906] },
];

impl Body {
    fn head(self, named: bool) -> String {
        if named { format!("Samordningsförbundet {};;\n", self.name) } else { String::new() }
    }

    fn result(self, year: i32) -> i64 {
        self.results[(year - 2022) as usize]
    }

    fn closing(self, year: i32) -> i64 {
        self.equity + (2023..=year).map(|year| self.result(year)).sum::<i64>()
    }

    fn income(self, year: i32) -> i64 {
        4_000_000 + self.equity / 7 + 3 * self.result(year)
    }

    fn costs(self, year: i32) -> i64 {
        self.income(year) - self.result(year)
    }

    fn accounts(self, year: i32, named: bool) -> String {
        let both = |of: &dyn Fn(i32) -> i64| format!("{};{}", of(year), of(year - 1));
        let (now, before) = (year, year - 1);
        format!(
            "{}Årsredovisning {year};;\n\nResultaträkning;{now};{before}\nVerksamhetens intäkter;{}\nVerksamhetens kostnader;{}\n\
             Årets resultat;{}\n\nBalansräkning;{now};{before}\nKassa och bank;{}\nSumma tillgångar;{}\n\
             Ingående eget kapital;{}\nÅrets resultat;{}\nUtgående eget kapital;{}\nSumma eget kapital och skulder;{}\n",
            self.head(named),
            both(&|year| self.income(year)),
            both(&|year| -self.costs(year)),
            both(&|year| self.result(year)),
            both(&|year| self.closing(year)),
            both(&|year| self.closing(year)),
            both(&|year| self.closing(year) - self.result(year)),
            both(&|year| self.result(year)),
            both(&|year| self.closing(year)),
            both(&|year| self.closing(year)),
        )
    }

    /// The accounts of 2024 as a ledger has them, and their number instead of a name.
    fn ledger(self, named: bool) -> String {
        let number = if named { format!("#ORGNR {}\n", self.number) } else { String::new() };
        format!(
            "#FLAGGA 0\n#SIETYP 1\n{number}#RAR 0 20240101 20241231\n#KPTYP BAS2014\n#KONTO 1930 \"Bank\"\n\
             #KONTO 2067 \"Balanserat resultat\"\n#KONTO 3981 \"Medlemsbidrag\"\n#KONTO 4010 \"Insatser\"\n\
             #IB 0 1930 {}.00\n#UB 0 1930 {}.00\n#IB 0 2067 {}.00\n#UB 0 2067 {}.00\n#RES 0 3981 {}.00\n#RES 0 4010 {}.00\n",
            self.closing(2023),
            self.closing(2024),
            -self.closing(2023),
            -self.closing(2023),
            -self.income(2024),
            self.costs(2024),
        )
    }
}

/// Where a file lies and what it holds.
type File = (String, String);

/// Reads files, each with its place below a folder.
fn read(files: &[File]) -> (tempfile::TempDir, Book) {
    let folder = tempfile::tempdir().expect("a folder");
    let (mut inputs, mut grids) = (Vec::new(), Vec::new());
    for (i, (name, content)) in files.iter().enumerate() {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(&path, content).expect("a file");
        let (input, own) = read::read(&path, i, &Default::default());
        // Ledgers are read again from where they are.
        inputs.push(Input { path: path.strip_prefix(folder.path()).map(PathBuf::from).unwrap_or(path), ..input });
        grids.extend(own);
    }
    (folder, Book::of(inputs, grids))
}

/// Rule, severity, message and cells of every finding.
fn found(book: &Book, report: &Report) -> BTreeSet<String> {
    let told = |finding: &avstam::finding::Finding| {
        let cells: Vec<String> = finding.cells.iter().map(|(at, _)| place(book, *at)).collect();
        let (message, causes) = (finding.message.get(Language::Swedish), finding.causes.len());
        let suspect = finding.suspect.map(|at| place(book, at));
        format!("{} {:?} {message} {cells:?} {suspect:?} {causes}", finding.rule, finding.severity)
    };
    report.findings.iter().map(told).collect()
}

/// What each body's files are called and hold.
fn files(body: Body, path: impl Fn(&str, i32) -> String, named: [bool; 3]) -> Vec<File> {
    vec![
        (path("bokslut.csv", 2023), body.accounts(2023, named[0])),
        (path("bokslut.csv", 2024), body.accounts(2024, named[1])),
        (path("bok.se", 2024), body.ledger(named[2])),
    ]
}

/// The ways in which the files of several förbund lie, and which of them say whose they are.
fn shapes() -> Vec<(&'static str, Vec<Vec<File>>)> {
    let of = |path: fn(Body, &str, i32) -> String, named: [bool; 3]| {
        BODIES.map(|body| files(body, |file, year| path(body, file, year), named)).to_vec()
    };
    let flat = |body: Body, file: &str, year: i32| format!("{} {year} {file}", &body.number[7..]);
    let by_body = |body: Body, file: &str, year: i32| format!("{}/{year} {file}", body.name);
    let by_year = |body: Body, file: &str, year: i32| format!("{year}/{} {file}", &body.number[7..]);
    let both = |body: Body, file: &str, year: i32| format!("{}/{year}/{file}", body.name);
    let one = |named| BODIES.map(|body| vec![(format!("{}.csv", body.number), body.accounts(2024, named))]).to_vec();
    vec![
        ("flat", of(flat, [true; 3])),
        ("flat, the ledger silent", of(flat, [true, true, false])),
        ("flat, last year silent", of(flat, [false, true, true])),
        ("a folder each", of(by_body, [true, true, false])),
        ("a folder each, one file named", of(by_body, [false, true, false])),
        ("by year", of(by_year, [true; 3])),
        ("by year, the ledger silent", of(by_year, [true, true, false])),
        ("a folder each, by year", of(both, [true, false, true])),
        ("flat, all silent", of(flat, [false; 3])),
        ("one file each", one(true)),
        ("one file each, silent", one(false)),
    ]
}

/// Slips in the files of one body: which file, a text in it and what stands there instead.
fn slips(body: Body) -> [(usize, String, String); 4] {
    let row = |label: &str, year: i32, was: i64, is: i64, before: i64| {
        let (was, is) = (format!("{label};{was};{before}"), format!("{label};{is};{before}"));
        (usize::from(year == 2024), was, is)
    };
    let cash = [body.closing(2024), body.closing(2023)];
    let income = [body.income(2024), body.income(2023), body.income(2022)];
    [
        (
            1,
            format!("kapital;{};{}", cash[1], body.closing(2022)),
            format!("kapital;{};{}", cash[1] + 900, body.closing(2022)),
        ),
        (1, format!("intäkter;{};{}", income[0], income[1]), format!("intäkter;{};{}", income[0], income[1] + 270)),
        row("Verksamhetens intäkter", 2023, income[1], income[1] - 9_000, income[2]),
        (2, format!("#RES 0 4010 {}", body.costs(2024)), format!("#RES 0 4010 {}", body.costs(2024) + 5_400)),
    ]
}

#[test]
fn clean_folders_are_silent_and_each_förbund_is_a_group() {
    for (shape, bodies) in shapes() {
        let (_folder, book) = read(&bodies.concat());
        let report = check::check(&book, &Options::default());
        assert_eq!(found(&book, &report), BTreeSet::new(), "{shape}");
        let mut expected: Vec<Vec<usize>> = Vec::new();
        let mut next = 0..;
        bodies.iter().for_each(|files| expected.push(next.by_ref().take(files.len()).collect()));
        assert_eq!(book.groups, expected, "{shape}");
    }
}

#[test]
fn two_förbund_are_told_apart_as_three_are() {
    for (shape, bodies) in shapes() {
        let (_folder, book) = read(&bodies[1..].concat());
        let files = bodies[1].len();
        assert_eq!(book.groups, [Vec::from_iter(0..files), Vec::from_iter(files..2 * files)], "{shape}");
    }
}

#[test]
fn what_is_found_in_the_folder_is_what_is_found_in_each_förbund_alone() {
    for (shape, bodies) in shapes() {
        // Each slip in the files of another förbund.
        for (slip, i) in (0..4).zip([0, 1, 2, 0]) {
            let (file, was, is) = slips(BODIES[i])[slip].clone();
            let mut bodies = bodies.clone();
            let file = if bodies[i].len() == 1 { 0 } else { file };
            let (_, content) = &mut bodies[i][file];
            if !content.contains(&was) {
                assert_eq!(bodies[i].len(), 1, "{shape}: no {was}");
                continue;
            }
            *content = content.replacen(&was, &is, 1);
            let (_folder, whole) = read(&bodies.concat());
            let report = check::check(&whole, &Options::default());
            let grave = |finding: &&avstam::finding::Finding| finding.severity >= Severity::Warning;
            let mut alone = BTreeSet::new();
            let (mut tested, mut number) = (0, 0);
            for files in &bodies {
                let (_folder, book) = read(files);
                let report = check::check(&book, &Options::default());
                alone.extend(found(&book, &report));
                tested += report.tally.tested;
                number += report.findings.iter().filter(grave).count();
            }
            assert_eq!(found(&whole, &report), alone, "{shape}: {was} is {is}");
            assert_eq!(report.tally.tested, tested, "{shape}: {was} is {is}");
            assert!(bodies[i].len() == 1 || number > 0, "{shape}: nothing says that {was} is {is}");
            assert!(report.findings.iter().all(|finding| finding.group == i || !whole.is_of_several()), "{shape}");
        }
    }
}

#[test]
fn the_reports_say_whose_each_finding_is() {
    let (_, mut bodies) = shapes().swap_remove(0);
    let (file, was, is) = slips(BODIES[1])[1].clone();
    bodies[1][file].1 = bodies[1][file].1.replacen(&was, &is, 1);
    let (_folder, book) = read(&bodies.concat());
    let report = check::check(&book, &Options::default());
    let mut told = Vec::new();
    json::check(&mut told, &book, &report, Language::Swedish, json::Layout::Line, false).expect("json");
    let told: serde_json::Value = serde_json::from_slice(&told).expect("json");
    assert_eq!(told["bodies"].as_array().map(Vec::len), Some(3));
    assert_eq!(told["bodies"][1]["entity"]["name"], "Norra Granvik");
    assert_eq!(told["bodies"][1]["inputs"], serde_json::json!([3, 4, 5]));
    assert_eq!((&told["findings"][0]["body"], &told["inputs"][5]["body"]), (&1.into(), &1.into()));
    let look = terminal::Look { language: Language::Swedish, width: 100, quiet: false, verbose: false };
    let text = terminal::check(&book, &report, &look);
    assert!(text.contains("3 förbund: Björkådalen, Norra Granvik, Norra Älvbro"), "{text}");
    assert!(text.contains("═══ Norra Granvik") && !text.contains("═══ Björkådalen"), "{text}");
    assert!(text.contains("Björkådalen: allt som kunde prövas stämmer"), "{text}");
}

#[test]
fn what_the_settings_say_of_a_named_förbund_is_of_that_alone() {
    let (_, bodies) = shapes().swap_remove(0);
    let (_folder, mut book) = read(&bodies.concat());
    book.profile = Profile { name: Some("Samordningsförbundet Norra Granvik".into()), ..Profile::default() };
    let names: Vec<Option<&str>> = [0, 3, 6].map(|input| book.association(input)).to_vec();
    assert_eq!(names, [Some("Björkådalen"), Some("Samordningsförbundet Norra Granvik"), Some("Norra Älvbro")]);
    assert_eq!(book.part(0).book.profile, Profile::default());
    assert_eq!(book.part(1).book.profile, book.profile);
    // Its number names it as well; what names none is of all.
    let number = Profile { organisation_number: Some(BODIES[1].number.into()), ..Profile::default() };
    let share = Share { percent: Amount::new(Money::from(20), 0) };
    let nameless = Profile { staircase: vec![Step { from: Money::ZERO, most: share }], ..Profile::default() };
    for (profile, of) in [(number, [false, true, false]), (nameless, [true; 3])] {
        book.profile = profile;
        assert_eq!([0, 1, 2].map(|group| book.part(group).book.profile == book.profile), of);
    }
}

#[test]
fn a_file_that_may_be_anyones_stands_for_itself() {
    let (_, bodies) = shapes().swap_remove(0);
    let mut all = bodies.concat();
    all.push((
        "budget.csv".into(),
        "Budget 2024;\nVerksamhetens intäkter;7 700 000\nVerksamhetens kostnader;-7 700 000\n".into(),
    ));
    let (_folder, book) = read(&all);
    assert_eq!(book.documents[9].standing, Standing::Unnamed);
    assert_eq!(book.groups.last(), Some(&vec![9]));
    let remark = book.documents[9].remark(Path::new("budget.csv"), &book.inputs).expect("a remark");
    assert!(remark.get(Language::Swedish).contains("det framgår inte vilket av förbunden"), "{remark:?}");
}

#[test]
fn a_short_name_is_of_the_one_body_whose_name_begins_so() {
    let named = |names: &[&str]| {
        let file = |(i, name): (usize, &&str)| {
            let text = BODIES[0].accounts(2024, false);
            (format!("{i}.csv"), format!("Samordningsförbundet {name};;\n{text}"))
        };
        let files: Vec<File> = names.iter().enumerate().map(file).collect();
        read(&files).1.groups
    };
    assert_eq!(named(&["Granvik", "Granvik i Älvbro"]), [vec![0, 1]]);
    assert_eq!(named(&["Finsam Granvik", "Granvik"]), [vec![0, 1]]);
    assert_eq!(named(&["Norra", "Norra Granvik", "Norra Älvbro"]), [vec![0], vec![1], vec![2]]);
}
