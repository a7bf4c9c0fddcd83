//! Which lines are insatser, and whether an insats is for individuals or for structures.

use std::collections::HashMap;

use crate::book::Book;
use crate::statement::{Kind, Statement};
use crate::table::{Line, Role};
use crate::words::{self, Concept};

/// What an insats is for (2 § lagen om finansiell samordning).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ActivityKind {
    Individual,
    Structural,
}

impl ActivityKind {
    pub const ALL: [ActivityKind; 2] = [ActivityKind::Individual, ActivityKind::Structural];

    pub fn code(self) -> &'static str {
        match self {
            ActivityKind::Individual => "individual",
            ActivityKind::Structural => "structural",
        }
    }

    fn of(concept: Concept) -> Option<ActivityKind> {
        match concept {
            Concept::IndividualActivities => Some(ActivityKind::Individual),
            Concept::StructuralActivities => Some(ActivityKind::Structural),
            _ => None,
        }
    }
}

/// The lines of a book that are about insatser: whether the line is one insats, and its kind where that is told.
#[derive(Debug, Default)]
pub struct Activities {
    lines: HashMap<(usize, usize), (bool, Option<ActivityKind>)>,
}

impl Activities {
    pub fn of(book: &Book) -> Activities {
        let mut found = Activities::default();
        for (i, statement) in book.statements.iter().enumerate() {
            match statement.kind {
                Kind::Activities => found.walk(i, statement, true),
                Kind::Budget | Kind::Note | Kind::IncomeStatement | Kind::Summary => found.walk(i, statement, false),
                _ => {}
            }
        }
        found.recognise(book);
        found
    }

    /// Whether the line is an insats of its own, and of which kind; `None` where it is not about insatser.
    pub fn of_line(&self, statement: usize, line: usize) -> Option<(bool, Option<ActivityKind>)> {
        self.lines.get(&(statement, line)).copied()
    }

    /// Lines below a heading of insatser, up to the total that closes it; of a table of insatser, all lines.
    fn walk(&mut self, index: usize, statement: &Statement, all: bool) {
        let mut under: Option<Option<ActivityKind>> = all.then_some(None);
        for (i, line) in statement.lines().iter().enumerate() {
            let concept = line.concept.map(|found| found.concept);
            let kind = concept.and_then(ActivityKind::of);
            let about = kind.is_some() || concept == Some(Concept::ActivityCosts);
            match line.role {
                Role::Heading if about => under = Some(kind),
                // A heading of something else ends it; one of no known meaning parts it.
                Role::Heading if concept.is_some() => under = all.then_some(None),
                Role::Heading => {}
                Role::Subtotal | Role::Total => {
                    if let Some(kind) = kind.or(under.flatten()).filter(|_| about || under.is_some()) {
                        self.lines.insert((index, i), (false, Some(kind)));
                    }
                    under = all.then_some(None);
                }
                Role::Line | Role::OfWhich if about => {
                    self.lines.insert((index, i), (false, kind));
                }
                Role::Line | Role::OfWhich => {
                    if let (Some(kind), true) = (under, is_name(line)) {
                        self.lines.insert((index, i), (true, kind));
                    }
                }
            }
        }
    }

    /// Lines elsewhere that name an insats of the book, and insatser whose kind another table tells.
    fn recognise(&mut self, book: &Book) {
        let mut known: HashMap<Vec<String>, Option<ActivityKind>> = HashMap::new();
        for (&(statement, line), &(named, kind)) in &self.lines {
            if let (true, Some(name)) = (named, words::activity(&book.statements[statement].lines()[line].wording)) {
                let told = known.entry(name).or_default();
                *told = told.or(kind);
            }
        }
        for (i, statement) in book.statements.iter().enumerate() {
            let told = matches!(statement.kind, Kind::Note | Kind::Activities | Kind::Budget | Kind::Summary);
            for (line, about) in statement.lines().iter().enumerate().filter(|(_, line)| told && is_name(line)) {
                let Some(&kind) = words::activity(&about.wording).and_then(|name| known.get(&name)) else { continue };
                let entry = self.lines.entry((i, line)).or_insert((true, kind));
                entry.1 = entry.1.or(kind);
            }
        }
    }
}

/// Whether a label can be the name of an insats: what is a line of a statement is not.
fn is_name(line: &Line) -> bool {
    matches!(line.role, Role::Line | Role::OfWhich) && line.concept.is_none()
}
