//! What the user says that labels and sheets mean, where their wording does not tell. It goes before everything that
//! is found out.

use super::Kind;
use crate::grid::Grid;
use crate::money::Unit;
use crate::table::Table;
use crate::words::{self, Concept};

/// Labels and sheets with what they are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Glossary {
    pub labels: Vec<Entry<Concept>>,
    pub sheets: Vec<Entry<Kind>>,
    pub units: Vec<Entry<Unit>>,
    /// Whether a sheet writes costs as negative figures.
    pub costs: Vec<Entry<CostSign>>,
}

/// A label or the name of a sheet, and what it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry<T> {
    /// As the user wrote it.
    pub name: String,
    pub is: T,
}

/// How costs are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CostSign {
    Positive,
    Negative,
}

impl CostSign {
    /// What turns a written cost into one that is added.
    pub fn factor(self) -> i32 {
        match self {
            CostSign::Positive => -1,
            CostSign::Negative => 1,
        }
    }
}

fn find<T: Copy>(entries: &[Entry<T>], name: &str) -> Option<T> {
    // Nearly nobody says anything of labels and sheets.
    if entries.is_empty() {
        return None;
    }
    let name = words::fold(name);
    entries.iter().find(|entry| words::fold(&entry.name) == name).map(|entry| entry.is)
}

impl Glossary {
    pub fn is_empty(&self) -> bool {
        *self == Glossary::default()
    }

    pub fn concept(&self, label: &str) -> Option<Concept> {
        find(&self.labels, label)
    }

    pub fn kind(&self, sheet: &str) -> Option<Kind> {
        find(&self.sheets, sheet)
    }

    pub fn unit(&self, sheet: &str) -> Option<Unit> {
        find(&self.units, sheet)
    }

    pub fn cost_sign(&self, sheet: &str) -> Option<i32> {
        find(&self.costs, sheet).map(CostSign::factor)
    }

    /// What none of these documents has: the section of the settings file and the name.
    pub fn unused<'a>(&'a self, grids: &[&Grid], tables: &[&Table]) -> Vec<(&'static str, &'a str)> {
        let sheet = |name: &str| grids.iter().any(|grid| words::fold(&grid.sheet) == words::fold(name));
        let line = |name: &str| {
            let wording = words::fold(name);
            tables.iter().flat_map(|table| &table.lines).any(|line| line.wording == wording)
        };
        let labels = self.labels.iter().map(|entry| ("labels", entry.name.as_str(), line(&entry.name)));
        let kinds = self.sheets.iter().map(|entry| ("sheets", entry.name.as_str(), sheet(&entry.name)));
        let units = self.units.iter().map(|entry| ("units", entry.name.as_str(), sheet(&entry.name)));
        let costs = self.costs.iter().map(|entry| ("costs", entry.name.as_str(), sheet(&entry.name)));
        let all = labels.chain(kinds).chain(units).chain(costs);
        all.filter(|(.., used)| !used).map(|(section, name, _)| (section, name)).collect()
    }
}
