//! Book: everything that was read and understood in one run; what rules look at.

pub mod accounts;
mod bodies;
mod figures;
pub mod identity;
pub mod parts;
mod traces;

use std::ffi::OsStr;
use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use crate::chart;
use crate::export::{self, Packed};
use crate::grid::{At, Cell, Grid, Source};
use crate::ledger::{Form, Ledger, Transaction, Voucher};
use crate::money::Interval;
use crate::period::{Measure, Period};
use crate::profile::Profile;
use crate::read::{self, Encoding, Input};
use crate::relation::Operand;
use crate::statement::{self, Glossary, Kind, Statement};
use crate::table::transcript::{self, Remark, Unread, Why};
use crate::table::{self, Prose};
use crate::words::Concept;

use identity::{Document, Standing};

#[derive(Debug, Default)]
pub struct Book {
    pub inputs: Vec<Input>,
    /// What each input is, of whom and of when.
    pub documents: Vec<Document>,
    /// The inputs by the body that they are of: each group is reconciled by itself.
    pub groups: Vec<Vec<usize>>,
    pub grids: Vec<Grid>,
    pub statements: Vec<Statement>,
    pub prose: Vec<Prose>,
    pub ledgers: Vec<Ledger>,
    /// What could not be told of tables that stand on one line, with the grids that they were laid out in.
    pub remarks: Vec<(u32, Remark)>,
    /// What looks like a table in a text document and was not read, with its grid.
    pub unread: Vec<(u32, Unread)>,
    /// What its own people say of the förbund.
    pub profile: Profile,
    /// What they say of the chart of accounts.
    pub chart: chart::Settings,
    /// How much may be read of a file that is read again.
    pub limits: read::Limits,
    /// What the user says that labels and sheets mean.
    pub glossary: Glossary,
    names: OnceLock<Vec<String>>,
}

/// A line of a statement in one column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Spot {
    pub statement: usize,
    pub line: usize,
    pub column: usize,
}

impl Book {
    /// Finds and understands the tables of what was read.
    pub fn of(inputs: Vec<Input>, grids: Vec<Grid>) -> Book {
        Book::told(inputs, grids, &Glossary::default())
    }

    /// The same, with what the user says that labels and sheets mean.
    pub fn told(inputs: Vec<Input>, grids: Vec<Grid>, glossary: &Glossary) -> Book {
        let mut book = Book { inputs, glossary: glossary.clone(), ..Book::default() };
        let mut tables = Vec::new();
        for mut grid in grids {
            if grid.source == Source::Ledger {
                if let Some(ledger) = book.inputs.get_mut(grid.input).and_then(|input| input.ledger.take()) {
                    book.ledgers.push(Ledger { grid: book.grids.len() as u32, ..*ledger });
                }
                book.grids.push(grid);
                continue;
            }
            match export::packed(&grid) {
                Some(Packed::LaidOut(laid)) if export::ledger(0, &laid).is_some() => grid = laid,
                Some(Packed::Undecided { first, last, rows, amounts }) => {
                    let unread = Unread { first, last, rows, amounts, why: Why::Rows };
                    book.unread.push((book.grids.len() as u32, unread));
                    book.grids.push(grid);
                    continue;
                }
                _ => {}
            }
            if let Some(ledger) = export::ledger(book.grids.len() as u32, &grid) {
                book.ledgers.push(ledger);
                book.grids.push(grid);
                continue;
            }
            let effort = transcript::Effort::default();
            let remarks = transcript::packed::part(&mut grid, &effort);
            book.remarks.extend(remarks.into_iter().map(|remark| (book.grids.len() as u32, remark)));
            let transcripts = transcript::lay_out(&grid, &effort);
            let (found, mut prose) = table::find(book.grids.len() as u32, &grid);
            let own = tables.len()..tables.len() + found.len();
            tables.extend(found);
            let laid_out: Vec<u32> = transcripts.iter().filter_map(|laid| laid.grid.line).collect();
            prose.retain(|prose| !laid_out.contains(&prose.at.row));
            let index = book.grids.len() as u32;
            book.grids.push(grid);
            for laid in transcripts {
                let at = At { grid: index, row: laid.grid.line.unwrap_or_default(), col: 0 };
                prose.extend(laid.prose.into_iter().map(|text| Prose { at, text }));
                let index = book.grids.len() as u32;
                tables.extend(table::find(index, &laid.grid).0);
                book.remarks.extend(laid.remarks.into_iter().map(|remark| (index, remark)));
                book.grids.push(laid.grid);
            }
            let unread = transcript::unread(&book.grids[index as usize], &tables[own], &laid_out, &prose);
            book.unread.extend(unread.into_iter().map(|unread| (index, unread)));
            prose.sort_by_key(|prose| prose.at);
            book.prose.extend(prose);
        }
        book.statements = statement::understand(&book.grids, tables, glossary);
        debug_assert!(book.statements.is_sorted_by_key(|s| s.table.grid), "a grid's statements stand together");
        book.tell_apart();
        book
    }

    /// How many cells its sheets have.
    pub fn cells(&self) -> usize {
        self.grids.iter().map(|grid| grid.cells().len()).sum()
    }

    /// Takes what the settings say of the chart of accounts, and of the ledgers only what they say is the förbund's.
    pub fn follow(&mut self, chart: chart::Settings) {
        self.chart = chart;
        if self.chart.objects.is_empty() {
            return;
        }
        for i in 0..self.ledgers.len() {
            let ledger = &self.ledgers[i];
            let part = ledger.part_of(ledger.objects_of(&self.chart.objects), |each| {
                self.transactions(ledger, each);
            });
            self.ledgers[i].part = part;
        }
        // The books of a kommun name the kommun, and no longer tell whose they are.
        self.tell_apart();
    }

    /// Gives every voucher of a ledger with its rows: those that were kept, else the file is read again. False where
    /// neither can be had.
    pub fn transactions(&self, ledger: &Ledger, each: &mut dyn FnMut(&Voucher, &[Transaction])) -> bool {
        if let Some(kept) = &ledger.transactions {
            kept.iter().for_each(|(voucher, rows)| each(voucher, rows));
            return true;
        }
        let input = &self.inputs[self.grids[ledger.grid as usize].input];
        let encoding = Encoding::named(ledger.header.encoding).unwrap_or(Encoding::Cp437);
        ledger.form != Form::Export && read::transactions(&input.path, encoding, &self.limits, each).is_ok()
    }

    /// How many amounts, at least, stand in what looks like tables and was not read.
    pub fn unread_amounts(&self) -> usize {
        self.unread.iter().map(|(_, unread)| unread.amounts).sum()
    }

    pub fn cell(&self, at: At) -> Option<&Cell> {
        self.grids[at.grid as usize].get(at.row, at.col)
    }

    /// The statements of a kind, copies left out, with their indices.
    pub fn of_kind(&self, kind: Kind) -> impl Iterator<Item = (usize, &Statement)> {
        self.statements.iter().enumerate().filter(move |(_, s)| s.kind == kind && s.copy_of.is_none())
    }

    /// Whether a statement is a second print within its own file. In another file it is a part of that file, whose
    /// notes and references are its own.
    pub fn is_reprint(&self, statement: &Statement) -> bool {
        statement.copy_of.is_some_and(|original| self.input(&self.statements[original]) == self.input(statement))
    }

    /// The name of a file, or its path where another one is called the same.
    pub fn file_name(&self, input: usize) -> &str {
        let names = self.names.get_or_init(|| {
            let mut alike: FxHashMap<&OsStr, usize> = FxHashMap::default();
            let names = || self.inputs.iter().map(|input| input.path.file_name());
            names().flatten().for_each(|name| *alike.entry(name).or_default() += 1);
            let own = names().map(|name| name.filter(|name| alike[name] == 1));
            let shown = |(input, own): (&Input, Option<&OsStr>)| match own {
                Some(name) => name.to_string_lossy().into_owned(),
                None => input.path.display().to_string(),
            };
            self.inputs.iter().zip(own).map(shown).collect()
        });
        names.get(input).map_or("", String::as_str)
    }

    /// The input that a statement stands in.
    pub fn input(&self, statement: &Statement) -> usize {
        self.grids[statement.table.grid as usize].input
    }

    /// The statements of a file, copies too, with their indices.
    pub fn of_input(&self, input: usize) -> impl Iterator<Item = (usize, &Statement)> {
        let first = self.statements.partition_point(|s| self.input(s) < input);
        self.statements.iter().enumerate().skip(first).take_while(move |(_, s)| self.input(s) == input)
    }

    /// Whether a file is reconciled with the others of its body.
    pub fn is_together(&self, input: usize) -> bool {
        self.documents.get(input).is_none_or(|document| document.standing == Standing::Together)
    }

    /// Whether two files are reconciled with each other.
    pub fn together(&self, a: usize, b: usize) -> bool {
        a == b || (self.is_together(a) && self.is_together(b) && self.group(a) == self.group(b))
    }

    /// The group of files of one body that a file is in.
    pub fn group(&self, input: usize) -> usize {
        self.documents.get(input).map_or(0, |document| document.group)
    }

    /// Whether a file has statements of its own.
    pub fn has_statements(&self, input: usize) -> bool {
        self.of_input(input).any(|(_, s)| !matches!(s.kind, Kind::Contents | Kind::Other))
    }

    /// The statements that what a file says is about: its own, or, where it has none, those of the other files.
    pub fn reached(&self, input: usize) -> impl Iterator<Item = (usize, &Statement)> {
        let others = self.is_together(input) && !self.has_statements(input);
        let all = self.statements.iter().enumerate().take(if others { self.statements.len() } else { 0 });
        let others = all.filter(move |(_, s)| self.input(s) != input && self.is_together(self.input(s)));
        self.of_input(input).chain(others)
    }

    /// Whether what a file says is about a statement: one of its own, or, where it has none, one of another file.
    pub fn reaches(&self, input: usize, statement: usize) -> bool {
        let there = self.input(&self.statements[statement]);
        input == there || (self.together(input, there) && !self.has_statements(input))
    }

    /// Where a statement of a kind has a concept's figure of a period and measure: on the sheet that `near` stands on,
    /// which may be one of many bodies' (a förbund a sheet), else in its file, or else in another one.
    pub fn find(
        &self,
        near: &Statement,
        kind: Kind,
        concept: Concept,
        period: Period,
        measure: Measure,
    ) -> Option<Spot> {
        let home = self.input(near);
        let spot = |(statement, s): (usize, &Statement)| {
            let (line, column) = (s.line(concept)?, s.column(period, measure)?);
            let told = !matches!(s.lines()[line].entries[column], table::Entry::Blank);
            told.then_some(Spot { statement, line, column })
        };
        // What a group has is no part of what one of its bodies has.
        let of_group = near.is_of_group();
        let alike = |s: &Statement| s.is_of_group() == of_group;
        let fits = |s: &Statement| s.kind == kind && s.copy_of.is_none() && alike(s);
        let here = |wanted: &dyn Fn(&Statement) -> bool| {
            self.of_input(home).filter(|(_, s)| wanted(s) && fits(s)).find_map(spot)
        };
        let elsewhere = || {
            let mut others = self
                .statements
                .iter()
                .enumerate()
                .filter(|(_, s)| fits(s) && self.input(s) != home && self.together(home, self.input(s)));
            others.find_map(spot)
        };
        // A second print of a statement tells of itself.
        let own = self.of_input(home).filter(|(_, s)| s.kind == kind && std::ptr::eq(*s, near)).find_map(spot);
        own.or_else(|| here(&|s| s.table.grid == near.table.grid))
            .or_else(|| here(&|_| true))
            .or_else(|| if self.is_together(home) { elsewhere() } else { None })
    }

    pub fn at(&self, spot: Spot) -> At {
        self.statements[spot.statement].table.at(spot.line, spot.column)
    }

    pub fn interval(&self, spot: Spot) -> Option<Interval> {
        self.statements[spot.statement].interval(spot.line, spot.column)
    }

    pub fn operand(&self, spot: Spot, coefficient: i32) -> Operand {
        self.statements[spot.statement].operand(spot.line, spot.column, coefficient)
    }

    pub fn label(&self, spot: Spot) -> &str {
        &self.statements[spot.statement].lines()[spot.line].label
    }
}
