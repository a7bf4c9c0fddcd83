//! What must hold whatever the figures are and however a book is laid out.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use avstam::book::Book;
use avstam::check::{self, Options};
use avstam::finding::Finding;
use avstam::grid::{Cell, Grid, Source, Value};
use avstam::money::{Money, Swedish};
use avstam::read::{self, Input};
use avstam::written::{DecimalSign, Written, read_written};

const BOOKS: [&str; 9] = [
    "workbooks/arsredovisning-2019.xlsx",
    "workbooks/verksamhetsplan-2017-skelleftea.xlsx",
    "workbooks/budget-2024-sodra-norrbotten.xlsx",
    // Running text beside its tables, copied pages, and a budget in which no row says that it is a total.
    "seeds/pyramis-ar-2019.txt",
    "seeds/sodra-norrbotten-vp-2024.txt",
    "texts/bokslut-2023-sidor.txt",
    "texts/bokslut-2023-kopierad.txt",
    "texts/bokslut-2023-ritad.md",
    UNMARKED,
];

const UNMARKED: &str = "budget.md";

const BUDGET: &str = "\
# Budget 2024

| Belopp i tkr | 2023 | 2024 |
|:--|--:|--:|
| Medlemsbidrag | 4 000 | 4 200 |
| Övriga intäkter | 250 | 100 |
| Verksamhetens intäkter | 4 250 | 4 300 |
| | | |
| Personal | 1 310 | 1 405 |
| Lokaler | 240 | 255 |
| Insatser | 2 600 | 2 705 |
| Verksamhetens kostnader | 4 150 | 4 635 |
| | | |
| Årets resultat | 100 | -65 |
";

/// A fixture; copied pages with a slip, so that there is something to find.
fn fixture(name: &str) -> (Input, Vec<Grid>) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(name);
    let (input, mut grids) = match name {
        UNMARKED => written("budget.md", BUDGET),
        _ if name.starts_with("texts/") => {
            let text = std::fs::read_to_string(&path).expect("a text");
            written(&name.replace('/', "-"), &text.replacen("492 656", "462 956", 1))
        }
        _ => read::read(&path, 0, &read::Options::default()),
    };
    assert!(input.error.is_none(), "{name}: {:?}", input.error);
    // Formulas name places, which these tests move.
    for grid in &mut grids {
        let cells = grid.cells().iter().map(|cell| cell.clone().with(cell.value.clone())).collect();
        *grid = with(grid, cells);
        grid.formulas_complete = false;
    }
    (input, grids)
}

/// What is read of a text in a file of that name.
fn written(name: &str, text: &str) -> (Input, Vec<Grid>) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join(name);
    std::fs::write(&path, text).expect("a text");
    read::read(&path, 0, &read::Options::default())
}

/// The grid with other cells.
fn with(grid: &Grid, cells: Vec<Cell>) -> Grid {
    let mut new = Grid::new(grid.input, grid.sheet.clone(), grid.source, cells);
    (new.hidden, new.styled, new.formulas_complete) = (grid.hidden, grid.styled, grid.formulas_complete);
    (new.hidden_cols, new.hidden_rows) = (grid.hidden_cols.clone(), grid.hidden_rows.clone());
    new.merged = grid.merged.clone();
    new
}

/// What was found, by rule and by the cells that it rests on: sheet, row and column, as they were before they moved.
fn found(input: &Input, grids: &[Grid], was: impl Fn(&str, u32) -> u32) -> Vec<String> {
    let book = Book::of(vec![input.clone()], grids.to_vec());
    let report = check::check(&book, &Options::default());
    let told = |finding: &Finding| {
        let place = |grid: u32, row, col| {
            let sheet = &book.grids[grid as usize].sheet;
            format!("{sheet}!{}:{col}", was(sheet, row))
        };
        let mut cells: Vec<String> = finding.cells.iter().map(|(at, _)| place(at.grid, at.row, at.col)).collect();
        cells.sort();
        format!("{} {:?} {:?} {}", finding.rule, finding.severity, finding.difference(), cells.join(" "))
    };
    let mut found: Vec<String> = report.findings.iter().map(told).collect();
    found.sort();
    found
}

/// Numbers that look random and are the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }
}

#[test]
fn what_is_shown_is_read_as_the_same_amount() {
    let mut dice = Dice(2024);
    for round in 0..200_000 {
        let digits = 10i64.pow(dice.roll(16) as u32 + 1);
        let value = (dice.roll(u64::from(u32::MAX)) as i64 * 0x1000_0000 + dice.roll(0x1000_0000) as i64) % digits;
        let value = if dice.roll(2) == 0 { value } else { -value };
        let amount = Money::new(value, dice.roll(5) as u32);
        assert_eq!(Money::parse(&amount.to_string()), Some(amount), "round {round}");
        let shown = Swedish(amount).to_string();
        let plain = shown.replace('\u{a0}', "");
        let minus_sign = shown.replace('-', "\u{2212}");
        let behind = shown.strip_prefix('-').map_or_else(|| shown.clone(), |rest| format!("{rest}-"));
        let parentheses = shown.strip_prefix('-').map_or_else(|| shown.clone(), |rest| format!("({rest})"));
        for text in [&shown, &plain, &shown.replace('\u{a0}', " "), &minus_sign, &behind, &parentheses] {
            match read_written(text, DecimalSign::Comma) {
                Written::Figure(figure) => {
                    assert_eq!((figure.amount.value, figure.malformed), (amount, false), "{text} of {amount}");
                }
                other => panic!("{text}: {other:?}"),
            }
        }
        assert_eq!(shown.matches(',').count(), usize::from(plain.contains(',')));
    }
}

#[test]
fn sheets_without_tables_change_nothing() {
    for name in BOOKS {
        let (input, mut grids) = fixture(name);
        let before = found(&input, &grids, |_, row| row);
        let note = |text: &str| Cell::new(3, 1, Value::Text(text.into()));
        for sheet in ["Blad9", "Anteckningar"] {
            grids.push(Grid::new(0, sheet, Source::Workbook, vec![note("Att göra: ring revisorn.")]));
        }
        grids.push(Grid::new(0, "Tomt", Source::Workbook, Vec::new()));
        assert_eq!(found(&input, &grids, |_, row| row), before, "{name}");
    }
}

#[test]
fn blank_rows_move_the_findings_and_change_none() {
    for name in BOOKS {
        let (input, grids) = fixture(name);
        let before = found(&input, &grids, |_, row| row);
        assert!(!before.is_empty(), "{name}");
        // Two above all, and every blank row twice.
        let mut was: BTreeMap<String, BTreeMap<u32, u32>> = BTreeMap::new();
        let mut moved = Vec::new();
        for grid in &grids {
            let rows = was.entry(grid.sheet.clone()).or_default();
            let (mut shift, mut last) = (2, None);
            let mut cells = Vec::new();
            for (row, own) in grid.rows() {
                shift += u32::from(last.is_some_and(|last| row > last + 1));
                last = Some(row);
                rows.insert(row + shift, row);
                cells.extend(own.iter().cloned().map(|mut cell| {
                    cell.row += shift;
                    cell
                }));
            }
            let to = |row: u32| rows.iter().find(|(_, was)| **was >= row).map_or(row + shift, |(now, _)| *now);
            let mut new = with(grid, cells);
            new.hidden_rows = grid.hidden_rows.iter().map(|row| to(*row)).collect();
            for area in &mut new.merged {
                (area.first_row, area.last_row) = (to(area.first_row), to(area.last_row));
            }
            moved.push(new);
        }
        assert_eq!(found(&input, &moved, |sheet, row| was[sheet][&row]), before, "{name}");
    }
}

#[test]
fn capitals_change_nothing() {
    for name in BOOKS {
        let (input, grids) = fixture(name);
        let before = found(&input, &grids, |_, row| row);
        let capital = |cell: &Cell| match &cell.value {
            Value::Text(text) => cell.clone().with(Value::Text(text.to_uppercase().into())),
            _ => cell.clone(),
        };
        let loud: Vec<Grid> = grids.iter().map(|grid| with(grid, grid.cells().iter().map(capital).collect())).collect();
        assert_eq!(found(&input, &loud, |_, row| row), before, "{name}");
    }
}

const LINES: [(&str, i64, i64); 4] = [
    ("Personalkostnader", 412_345, 398_210),
    ("Lokalkostnader", 120_500, 118_900),
    ("Köpta tjänster", 2_245_130, 2_310_400),
    ("Övriga kostnader", 37_215, 31_117),
];

/// How the same costs are told: whether a word says which row is their sum, or only the result below it; as rows of a
/// table, or as lines of a copied page; with text that names one of them.
#[derive(Clone, Copy, Debug)]
enum Form {
    Marked,
    Unmarked,
    Copied,
    Prose,
}

const FORMS: [Form; 4] = [Form::Marked, Form::Unmarked, Form::Copied, Form::Prose];

/// Costs in an order and their sum below them, off by so many kronor in the first year; as prose, the text is off.
fn note(order: [usize; 4], off: i64, unit: &str, form: Form) -> (Input, Vec<Grid>) {
    // Every krona is written in either unit, so that the rounding is the same.
    let shown = |kronor: i64| match unit {
        "tkr" => format!("{},{:03}", Swedish(Money::from(kronor / 1_000)), kronor % 1_000),
        _ => Swedish(Money::from(kronor)).to_string(),
    };
    let sum = |of: fn(&(&str, i64, i64)) -> i64| LINES.iter().map(of).sum::<i64>();
    let (now, before) = (sum(|line| line.1), sum(|line| line.2));
    let (above, below) = match form {
        Form::Unmarked => (
            vec![("Verksamhetens intäkter", 3_000_000, 2_900_000)],
            vec![
                ("Verksamhetens kostnader", now + off, before),
                ("Årets resultat", 3_000_000 - now, 2_900_000 - before),
            ],
        ),
        Form::Prose => (Vec::new(), vec![("Summa", now, before)]),
        Form::Marked | Form::Copied => (Vec::new(), vec![("Summa", now + off, before)]),
    };
    let lines = above.into_iter().chain(order.iter().map(|i| LINES[*i])).chain(below);
    let row = |(label, now, before): (&str, i64, i64)| match form {
        Form::Copied => format!("{label} {} {}\n", shown(now), shown(before)),
        _ => format!("| {label} | {} | {} |\n", shown(now), shown(before)),
    };
    let heading = match form {
        Form::Copied => format!("Belopp i {unit} 2023 2022\n"),
        _ => format!("| Belopp i {unit} | 2023 | 2022 |\n|:--|--:|--:|\n"),
    };
    let text = match form {
        Form::Prose => format!("Lokalkostnaderna uppgick 2023 till {} {unit}.\n\n", shown(120_500 + off)),
        _ => String::new(),
    };
    let rows: String = lines.map(row).collect();
    let title = if matches!(form, Form::Unmarked) { "Budget" } else { "Not 1 Verksamhetens kostnader" };
    let name = if matches!(form, Form::Copied) { "not.txt" } else { "not.md" };
    written(name, &format!("{text}{title}\n\n{heading}{rows}"))
}

#[test]
fn the_order_of_terms_does_not_matter() {
    for (form, off) in FORMS.into_iter().flat_map(|form| [0, 900, 36].map(|off| (form, off))) {
        let told = |order| {
            let (input, grids) = note(order, off, "kr", form);
            let book = Book::of(vec![input], grids);
            let report = check::check(&book, &Options::default());
            let told = |finding: &Finding| (finding.rule, finding.stated, finding.expected, finding.difference());
            report.findings.iter().map(told).collect::<Vec<_>>()
        };
        let first = told([0, 1, 2, 3]);
        assert_eq!(first.is_empty(), off == 0, "{form:?}: {first:?}");
        for order in [[3, 2, 1, 0], [1, 0, 3, 2], [2, 0, 1, 3], [0, 3, 1, 2]] {
            assert_eq!(told(order), first, "{form:?}: {order:?}");
        }
    }
}

/// The same figures in thousands, with the decimals that keep every krona. Slips within the rounding of the terms are
/// another matter: whole kronor are expected to be exact, and thousands are not.
#[test]
fn the_unit_does_not_matter() {
    for (form, off) in FORMS.into_iter().flat_map(|form| [0, 900, 36].map(|off| (form, off))) {
        let places = |unit: &str| {
            let (input, grids) = note([0, 1, 2, 3], off, unit, form);
            let book = Book::of(vec![input], grids);
            let report = check::check(&book, &Options::default());
            let mut places: Vec<_> = report
                .findings
                .iter()
                .map(|finding| (finding.rule, finding.severity, finding.suspect, finding.cells.len()))
                .collect();
            places.sort_by_key(|(rule, _, suspect, cells)| (*rule, *suspect, *cells));
            places
        };
        assert_eq!(places("tkr"), places("kr"), "{form:?}: off by {off}");
    }
}

#[test]
fn the_same_bytes_every_time_and_on_any_number_of_threads() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let run = |threads: &str, form: &str| {
        let books = [
            "fixtures/workbooks/arsredovisning-2019.xlsx",
            "fixtures/folder",
            "fixtures/seeds/sodra-norrbotten-vp-2024.txt",
            "fixtures/texts",
        ];
        let output = Command::new(env!("CARGO_BIN_EXE_avstam"))
            .args(["check", "--each", "--format", form])
            .args(books)
            .env("RAYON_NUM_THREADS", threads)
            .current_dir(root)
            .output()
            .expect("avstam");
        (output.status.code(), output.stdout, output.stderr)
    };
    for form in ["json", "text"] {
        let first = run("1", form);
        assert!(!first.1.is_empty());
        for threads in ["1", "2"] {
            assert!(run(threads, form) == first, "{form} on {threads} threads");
        }
    }
}
