//! What is said of several broken relations together: tables that are cut differently, rows that are missing.

use super::wording::{Names, both, listed};
use crate::finding::{Slip, Text};
use crate::grid::At;
use crate::money::{Money, Swedish};

/// An amount is missing, in the note where one takes part; unless some figure can, none can be wrong alone.
pub fn missing(slip: Slip, note: &str, amount: Money, some_can: bool) -> Text {
    let amount = Swedish(amount.abs());
    let in_note = |word: &str| if note.is_empty() { String::new() } else { format!(" {word} {note}") };
    let (swedish, english) = (in_note("i"), in_note("in"));
    match slip {
        Slip::RowMissing if some_can => {
            Text::new(format!("En rad om {amount} saknas{swedish}."), format!("A row of {amount} is missing{english}."))
        }
        Slip::RowMissing => Text::new(
            format!("En rad om {amount} saknas{swedish}: inget av beloppen kan vara fel utan att annat slutar stämma."),
            format!("A row of {amount} is missing{english}: no figure can be wrong without others ceasing to agree."),
        ),
        _ => Text::new(
            format!("Uppgifterna skiljer sig med {amount}, och inget av beloppen kan ensamt vara fel."),
            format!("The figures differ by {amount}, and none of them can be wrong alone."),
        ),
    }
}

/// The same where formulas give totals, which are right if their rows are.
pub fn behind(slip: Slip, totals: &Text, amount: Money) -> Text {
    let amount = Swedish(amount.abs());
    match slip {
        Slip::RowMissing => both(
            &[totals],
            |[a]| format!("En rad om {amount} saknas eller en rad är fel: {a} räknas ut av formler."),
            |[a]| format!("A row of {amount} is missing or a row is wrong: formulas give {a}."),
        ),
        _ => both(
            &[totals],
            |[a]| {
                format!(
                    "Uppgifterna skiljer sig med {amount}: {a} räknas ut av formler, så en rad är fel eller saknas."
                )
            },
            |[a]| format!("The figures differ by {amount}: formulas give {a}, so a row is wrong or missing."),
        ),
    }
}

/// The same of a result, which is income less costs and less what no line shows.
pub fn unlisted(amount: Money) -> Text {
    let amount = Swedish(amount.abs());
    Text::new(
        format!(
            "En post om {amount} ingår i resultatet men står inte på någon rad, till exempel ränta eller öresavrundning: inget av beloppen kan vara fel utan att annat slutar stämma."
        ),
        format!(
            "An item of {amount} is part of the result but stands on no line, interest or rounding for instance: no figure can be wrong without others ceasing to agree."
        ),
    )
}

/// The difference is a figure that stands elsewhere.
pub fn same_as(names: &Names, at: At, amount: Money) -> Text {
    let amount = Swedish(amount.abs());
    both(
        &[&names.full_name(at)],
        |[a]| {
            format!(
                "Skillnaden {amount} är samma belopp som {a}: det är troligen med på det ena stället men inte på det andra."
            )
        },
        |[a]| {
            format!(
                "The difference {amount} is the same amount as {a}: it is probably in one place and not in the other."
            )
        },
    )
}

pub fn different_cut() -> Text {
    Text::new(
        "Tabellerna har olika avgränsning: flera rader skiljer sig, med olika belopp.",
        "The tables are cut differently: several rows differ, by different amounts.",
    )
}

pub fn different_periods() -> Text {
    Text::new(
        "Tabellerna har olika avgränsning: samma rader skiljer sig i flera kolumner, med olika belopp.",
        "The tables are cut differently: the same lines differ in several columns, by different amounts.",
    )
}

/// The same two lines differ by one amount in several columns.
pub fn same_difference(amount: Money) -> Text {
    let amount = Swedish(amount.abs());
    Text::new(
        format!(
            "Skillnaden är {amount} i flera kolumner: en tabell har troligen ändrats med det beloppet utan att den andra följt med."
        ),
        format!(
            "The difference is {amount} in several columns: one table was probably changed by that amount and the other was not."
        ),
    )
}

/// A total is wrong in most of its columns: what the row that it lacks holds, by the name of each total.
pub fn missing_row(lacking: &[(Text, Money)]) -> Text {
    let told: Vec<Text> = lacking
        .iter()
        .map(|(total, amount)| {
            let amount = Swedish(*amount);
            both(&[total], |[a]| format!("{amount} i {a}"), |[a]| format!("{amount} in {a}"))
        })
        .collect();
    both(
        &[&listed(&told)],
        |[told]| format!("En rad saknas troligen bland delarna, med {told}."),
        |[told]| format!("A row is probably missing among the parts, of {told}."),
    )
}
