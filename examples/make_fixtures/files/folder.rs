//! The folder of a made-up förbund: two years' accounts, the adopted budget, the ledger and a trial balance.

use std::fs;
use std::path::Path;

use super::document::{Book, Form, Sheet};
use super::formula::Formulas;
use super::layout::Layout;
use super::place::Places;
use super::twin::Twin;
use super::{Made, Result, csv, paint};

const ACCOUNTS: &[Sheet] = &[
    Sheet { name: "Sammanfattning", tables: &["summary"] },
    Sheet { name: "RR", tables: &["rr"] },
    Sheet { name: "BR", tables: &["br"] },
    Sheet { name: "KF", tables: &["kf"] },
    Sheet { name: "Noter", tables: &["note1", "note2", "note3", "note4", "note5"] },
    Sheet { name: "Insatser", tables: &["insatser"] },
];

/// Each with its twin in `twins/folder/`.
const BOOKS: &[(&str, Book)] = &[
    ("bokslut-2023", Book { file: "bokslut-2023.xlsx", form: Form::Typed, sheets: ACCOUNTS }),
    ("bokslut-2024", Book { file: "bokslut-2024.xlsx", form: Form::Typed, sheets: ACCOUNTS }),
    (
        "budget-2024",
        Book {
            file: "budget-2024.xlsx",
            form: Form::Typed,
            sheets: &[Sheet { name: "Budget", tables: &["budget"] }, Sheet { name: "Insatser", tables: &["insatser"] }],
        },
    ),
    (
        "saldobalans-2024",
        Book { file: "saldobalans-2024.csv", form: Form::Csv, sheets: &[Sheet { name: "", tables: &[] }] },
    ),
];

pub fn all(root: &Path) -> Result<Vec<Made>> {
    let read = |file: &str| fs::read_to_string(root.join("twins/folder").join(file));
    let mut made = Vec::new();
    for (twin, book) in BOOKS {
        let twin = Twin::parse(&read(&format!("{twin}.md"))?)?;
        let layout = Layout::of(&twin, book)?;
        let bytes = match book.form {
            Form::Csv => csv::file(&twin, &layout)?,
            _ => paint::workbook(&twin, &layout, &Formulas::default(), &Places::of_layout(&twin, &layout))?,
        };
        made.push(Made { path: format!("folder/{}", book.file), bytes });
    }
    let ledger = read("bokforing-2024.sie.txt")?;
    made.push(Made { path: "folder/bokforing-2024.se".into(), bytes: pc8(&ledger)? });
    Ok(made)
}

/// The text in CP437, which the SIE specification asks for, with CRLF.
fn pc8(text: &str) -> Result<Vec<u8>> {
    const LETTERS: &[(char, u8)] =
        &[('å', 0x86), ('ä', 0x84), ('ö', 0x94), ('Å', 0x8f), ('Ä', 0x8e), ('Ö', 0x99), ('é', 0x82)];
    let mut bytes = Vec::new();
    for c in text.chars() {
        match LETTERS.iter().find(|(letter, _)| *letter == c) {
            Some((_, byte)) => bytes.push(*byte),
            None if c == '\n' => bytes.extend(b"\r\n"),
            None if c.is_ascii() => bytes.push(c as u8),
            None => return Err(format!("no {c} in CP437").into()),
        }
    }
    Ok(bytes)
}
