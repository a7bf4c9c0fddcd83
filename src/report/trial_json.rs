//! What a trial came to, for machines: schema `avstam/trial/1`.

use std::io::{self, Write};

use serde::Serialize;

use super::json::{Input, Layout, Place, inputs, place, write};
use crate::book::Book;
use crate::trial::{self, Count};

#[derive(Serialize)]
struct Trial<'a> {
    schema: &'static str,
    inputs: Vec<Input>,
    injected: usize,
    caught: usize,
    kinds: Vec<Kind>,
    statements: Vec<Statement<'a>>,
    rules: Vec<Rule>,
    unseen: Vec<Unseen<'a>>,
}

#[derive(Serialize)]
struct Kind {
    kind: &'static str,
    #[serde(flatten)]
    count: Counted,
}

#[derive(Serialize)]
struct Counted {
    injected: usize,
    caught: usize,
}

#[derive(Serialize)]
struct Statement<'a> {
    input: usize,
    sheet: &'a str,
    range: String,
    kind: &'static str,
    title: String,
    #[serde(flatten)]
    count: Counted,
}

#[derive(Serialize)]
struct Rule {
    rule: &'static str,
    caught: usize,
}

#[derive(Serialize)]
struct Unseen<'a> {
    #[serde(flatten)]
    place: Place<'a>,
    reason: &'static str,
    /// One for each slip: two of a kind where both the middle and the last digit pass.
    kinds: Vec<&'static str>,
}

pub fn trial(out: &mut dyn Write, book: &Book, found: &trial::Trial, layout: Layout) -> io::Result<()> {
    let counted = |count: &Count| Counted { injected: count.injected, caught: count.caught };
    let statement = |&(i, ref count): &(usize, Count)| {
        let statement = &book.statements[i];
        let grid = &book.grids[statement.table.grid as usize];
        Statement {
            input: grid.input,
            sheet: &grid.sheet,
            range: statement.table.area.a1(),
            kind: statement.kind.code(),
            title: statement.name(),
            count: counted(count),
        }
    };
    let unseen = |unseen: &trial::Unseen| Unseen {
        place: place(book, book.at(unseen.spot)),
        reason: unseen.reason.code(),
        kinds: unseen.slips.iter().map(|slip| slip.code()).collect(),
    };
    let total = found.total();
    let trial = Trial {
        schema: "avstam/trial/1",
        inputs: inputs(book),
        injected: total.injected,
        caught: total.caught,
        kinds: found.slips.iter().map(|(slip, count)| Kind { kind: slip.code(), count: counted(count) }).collect(),
        statements: found.statements.iter().map(statement).collect(),
        rules: found.rules.iter().map(|&(rule, caught)| Rule { rule, caught }).collect(),
        unseen: found.unseen.iter().map(unseen).collect(),
    };
    write(out, &trial, layout)
}
