//! A generated book: the förbund, its tables, their sheets.

use avstam::grid::Grid;

use crate::expected::{Expected, expected};
use crate::forbund;
use crate::notes;
use crate::random::Random;
use crate::sheet::{Placed, render};
use crate::style::{self, NoteForm, Style};
use crate::table::{Maker, Part, Table};

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
