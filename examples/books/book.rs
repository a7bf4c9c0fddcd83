//! A generated book: the förbund, its tables, their sheets.

use std::path::PathBuf;

use avstam::book::Book;
use avstam::check::{self, Options, Report};
use avstam::grid::Grid;
use avstam::read::{self, Input};

use crate::expected::{Expected, expected};
use crate::forbund;
use crate::notes;
use crate::random::Random;
use crate::sheet::{Placed, render};
use crate::style::{self, NoteForm, Style};
use crate::table::{Maker, Part, Table};
use crate::write;

pub struct Generated {
    pub style: Style,
    pub grids: Vec<Grid>,
    pub placed: Vec<Placed>,
    pub expected: Vec<Expected>,
}

pub fn generate(seed: u64) -> Generated {
    let mut random = Random::new(seed);
    let forbund = forbund::new(&mut random);
    let style = style::new(&mut random, &forbund);
    let mut maker = Maker { forbund: &forbund, style: &style, random: random.clone() };
    let mut tables: Vec<Table> = vec![maker.income(), maker.balance()];
    let chance = |maker: &mut Maker, percent| maker.random.chance(percent);
    if chance(&mut maker, 85) {
        tables.push(maker.cash_flow());
    }
    let mut noted = if chance(&mut maker, 75) { maker.notes() } else { Vec::new() };
    let mut settling = maker.random.clone();
    notes::settle(&mut noted, &mut tables, &forbund, &mut settling);
    if style.parts {
        notes::add_parts(&mut noted, &mut settling);
    }
    if noted.is_empty() || style.note_form == NoteForm::None {
        tables.iter_mut().flat_map(|table| &mut table.rows).for_each(|row| row.note = None);
    }
    if chance(&mut maker, 60) {
        tables.push(maker.multi_year());
    }
    if chance(&mut maker, 60) {
        tables.push(maker.summary());
    }
    if chance(&mut maker, 50) {
        tables.push(maker.activities());
    }
    if chance(&mut maker, 40) {
        tables.push(maker.budget());
    }
    let notes_title = maker.word("title.notes");
    let mut order: Vec<Table> = tables;
    if chance(&mut maker, 40) {
        let at = maker.random.below(order.len());
        order.rotate_left(at);
    }
    let beside = |table: &Table| table.part == Part::Balance;
    if style.side_by_side
        && let (Some(income), Some(balance)) =
            (order.iter().position(|table| table.part == Part::Income), order.iter().position(beside))
        && balance != income + 1
    {
        let table = order.remove(balance);
        let income = order.iter().position(|table| table.part == Part::Income).unwrap_or(income);
        order.insert(income + 1, table);
    }
    order.extend(noted);
    let rendering = maker.random.clone();
    let (grids, mut placed) = render(&style, rendering, &order, &notes_title);
    // Without references, a note is tied to nothing.
    let referred = style.note_form != NoteForm::None;
    placed.sort_by_key(|placed| placed.at);
    let mut expected = expected(&placed);
    expected.retain(|relation| referred || relation.rule != "NO02");
    Generated { style, grids, placed, expected }
}

/// How a book comes to the program: as it is, or through files of a folder and the readers of their formats.
#[derive(Clone, Debug, Default)]
pub struct Way {
    pub folder: Option<PathBuf>,
}

impl Way {
    /// The book and what is found in it; its file is called so.
    pub fn check(&self, name: &str, grids: Vec<Grid>) -> (Book, Report) {
        let Some(folder) = &self.folder else { return check(vec![input()], grids) };
        let path = write::write(folder, name, &grids).expect("a book as a file");
        let (input, grids) = read::read(&path, 0, &read::Options::default());
        assert!(input.error.is_none(), "{}: {:?}", path.display(), input.error);
        check(vec![input], grids)
    }
}

fn check(inputs: Vec<Input>, grids: Vec<Grid>) -> (Book, Report) {
    let book = Book::of(inputs, grids);
    let report = check::check(&book, &Options::default());
    (book, report)
}

/// The one file that the whole book is in.
fn input() -> Input {
    let (sha256, remarks) = Default::default();
    Input { path: "bok.xlsx".into(), sha256, format: None, error: None, remarks, ledger: None }
}
