//! A book of several bodies: each part of it is understood and checked as if it had been given alone.

use std::collections::HashMap;
use std::ops::Range;

use super::identity::{self, Contradiction, Document, Standing};
use super::{Book, bodies};
use crate::finding::Text;
use crate::grid::{At, Source};
use crate::ledger::Ledger;
use crate::parallel;
use crate::profile::Profile;
use crate::statement::{self, Statement};
use crate::table::{self, Prose};
use crate::words::body;

/// The files of one body as a book of their own, and where they stand in the whole.
pub struct Part {
    pub book: Book,
    /// By their numbers in the part.
    pub grids: Vec<u32>,
    pub statements: Vec<usize>,
}

impl Book {
    /// Finds whose each file is. What is of several bodies is understood body by body.
    pub(super) fn tell_apart(&mut self) {
        if self.inputs.is_empty() {
            return;
        }
        if self.groups.len() > 1 {
            let all = (0..self.inputs.len()).collect();
            self.understand_by_body(&[all]);
        }
        self.documents = identity::documents(self);
        let mut found = bodies::bodies(self);
        if found.groups.len() > 1 {
            self.understand_by_body(&found.groups);
            self.documents = identity::documents(self);
        } else {
            found.apart.clear();
        }
        let mut documents = std::mem::take(&mut self.documents);
        self.groups = identity::settle(self, &mut documents, found);
        self.documents = documents;
    }

    /// Understands the tables anew, those of each body by themselves: what a sign or a unit is, and what is printed
    /// twice, is told by the other tables of the same body.
    fn understand_by_body(&mut self, groups: &[Vec<usize>]) {
        let mut group_of = vec![0; self.inputs.len()];
        for (group, files) in groups.iter().enumerate() {
            files.iter().for_each(|&input| group_of[input] = group);
        }
        let mut tables = vec![Vec::new(); groups.len()];
        let exports: Vec<u32> = self.ledgers.iter().map(|ledger| ledger.grid).collect();
        for (i, grid) in (0..).zip(&self.grids) {
            if grid.source != Source::Ledger && !exports.contains(&i) {
                tables[group_of[grid.input]].extend(table::find(i, grid).0);
            }
        }
        let of = |tables| statement::understand(&self.grids, tables, &self.glossary);
        let understood = parallel::map(tables, of);
        let mut all: Vec<((usize, usize), Statement)> = Vec::new();
        for (group, statements) in understood.into_iter().enumerate() {
            all.extend(statements.into_iter().enumerate().map(|(i, statement)| ((group, i), statement)));
        }
        all.sort_by_key(|(_, statement)| statement.table.grid);
        let place: HashMap<(usize, usize), usize> = all.iter().enumerate().map(|(to, (from, _))| (*from, to)).collect();
        let moved = |((group, _), statement): ((usize, usize), Statement)| {
            let copy_of = statement.copy_of.and_then(|original| place.get(&(group, original)).copied());
            Statement { copy_of, ..statement }
        };
        self.statements = all.into_iter().map(moved).collect();
    }

    /// The files of a group as a book of their own.
    pub fn part(&self, group: usize) -> Part {
        let files = &self.groups[group];
        let mut part = Part { book: self.bare(group), grids: Vec::new(), statements: Vec::new() };
        for (input, &file) in files.iter().enumerate() {
            let first = self.grids.partition_point(|grid| grid.input < file);
            let end = self.grids.partition_point(|grid| grid.input <= file);
            let (from, to) = (first as u32, end as u32);
            let base = part.grids.len() as u32;
            let moved = |grid: u32| grid - from + base;
            part.grids.extend(from..to);
            part.book.grids.extend(self.grids[first..end].iter().cloned());
            part.book.grids[base as usize..].iter_mut().for_each(|grid| grid.input = input);
            let own = within(&self.statements, from..to, |statement| statement.table.grid);
            part.statements.extend(own.clone());
            for statement in &self.statements[own] {
                let mut statement = statement.clone();
                statement.table.lay_in(moved(statement.table.grid));
                statement.copy_of = statement.copy_of.and_then(|first| part.statements.binary_search(&first).ok());
                part.book.statements.push(statement);
            }
            let prose = &self.prose[within(&self.prose, from..to, |prose| prose.at.grid)];
            let moved_prose =
                |prose: &Prose| Prose { at: At { grid: moved(prose.at.grid), ..prose.at }, text: prose.text.clone() };
            part.book.prose.extend(prose.iter().map(moved_prose));
            let ledgers = &self.ledgers[within(&self.ledgers, from..to, |ledger| ledger.grid)];
            part.book.ledgers.extend(ledgers.iter().map(|own| Ledger { grid: moved(own.grid), ..own.clone() }));
            let remarks = &self.remarks[within(&self.remarks, from..to, |remark| remark.0)];
            part.book.remarks.extend(remarks.iter().map(|(at, remark)| (moved(*at), remark.clone())));
            let unread = &self.unread[within(&self.unread, from..to, |unread| unread.0)];
            part.book.unread.extend(unread.iter().map(|(at, unread)| (moved(*at), unread.clone())));
        }
        part
    }

    /// What a part has beside what was read: its files and what is known of them.
    fn bare(&self, group: usize) -> Book {
        let files = &self.groups[group];
        let alone = |standing: Standing| match standing {
            Standing::Contradicting(found) => match files.binary_search(&found.with) {
                Ok(with) => Standing::Contradicting(Contradiction { with, ..found }),
                Err(_) => Standing::Together,
            },
            Standing::Unnamed if files.len() == 1 => Standing::Together,
            standing => standing,
        };
        let documents = files.iter().map(|&file| &self.documents[file]);
        Book {
            inputs: files.iter().map(|&file| self.inputs[file].clone()).collect(),
            documents: documents
                .map(|own| Document { group: 0, standing: alone(own.standing), ..own.clone() })
                .collect(),
            groups: vec![(0..files.len()).collect()],
            profile: if self.is_described(group) { self.profile.clone() } else { Profile::default() },
            chart: self.chart.clone(),
            limits: self.limits.clone(),
            glossary: self.glossary.clone(),
            ..Book::default()
        }
    }

    /// Whether what its own people say is of the body of a group: where they name a förbund, of that alone.
    pub(super) fn is_described(&self, group: usize) -> bool {
        let Profile { name, organisation_number, .. } = &self.profile;
        if (name.is_none() && organisation_number.is_none()) || !self.is_of_several() {
            return true;
        }
        self.groups[group].iter().map(|&input| &self.documents[input]).any(|document| {
            let is_name = name.as_ref().zip(document.name.as_ref()).is_some_and(|(a, b)| body::same_association(a, b));
            is_name || (document.number.is_some() && document.number == *organisation_number)
        })
    }

    /// The groups that are of a body, with their numbers: a file that stands for itself is of none.
    pub fn bodies(&self) -> impl Iterator<Item = usize> + '_ {
        let together = |input: &usize| self.documents[*input].standing == Standing::Together;
        (0..self.groups.len()).filter(move |&group| self.groups[group].iter().any(together))
    }

    /// Whether its files are of several bodies.
    pub fn is_of_several(&self) -> bool {
        self.bodies().nth(1).is_some()
    }

    /// What a body is called: by its files, the accounts before the others, or else by the first of these.
    pub fn called(&self, group: usize) -> Text {
        let files = || self.groups[group].iter().map(|&input| (input, &self.documents[input]));
        let named = files().filter_map(|(_, document)| Some((document.role, document.name.as_deref()?)));
        let name = named.min_by_key(|(role, _)| *role).map(|(_, name)| name);
        if let Some(name) = name.or_else(|| files().find_map(|(_, document)| document.number.as_deref())) {
            return Text::new(name, name);
        }
        let first = self.groups[group].first().and_then(|&input| self.inputs[input].path.file_name());
        let file = first.map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        Text::new(format!("Onämnt förbund ({file})"), format!("Unnamed förbund ({file})"))
    }
}

/// Those of things in the order of their grids that are of some of them.
fn within<T>(all: &[T], grids: Range<u32>, grid: impl Fn(&T) -> u32) -> Range<usize> {
    all.partition_point(|one| grid(one) < grids.start)..all.partition_point(|one| grid(one) < grids.end)
}
