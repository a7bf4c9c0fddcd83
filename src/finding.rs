//! Findings: what is wrong, where, why, and what the figure should most likely be.

use crate::grid::At;
use crate::money::{Money, Unit};
use crate::period::Period;

/// How grave a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    Info,
    /// Should be explained or mended: two places disagree, or a label is doubtful.
    Warning,
    /// Cannot be right: a statement is false.
    Error,
}

impl Severity {
    pub fn code(self) -> &'static str {
        match self {
            Severity::Info => "info",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }
}

/// The language that people read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    #[default]
    Swedish,
    English,
}

/// One text in both languages, so that none can be forgotten.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text {
    swedish: String,
    english: String,
}

impl Text {
    pub fn new(swedish: impl Into<String>, english: impl Into<String>) -> Text {
        Text { swedish: swedish.into(), english: english.into() }
    }

    pub fn get(&self, language: Language) -> &str {
        match language {
            Language::Swedish => &self.swedish,
            Language::English => &self.english,
        }
    }
}

/// What a cell has to do with a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// The figure that others add up to.
    Total,
    Term,
    /// The other place that should say the same.
    Tie,
    Label,
    Header,
}

impl Role {
    pub fn code(self) -> &'static str {
        match self {
            Role::Total => "total",
            Role::Term => "term",
            Role::Tie => "tie",
            Role::Label => "label",
            Role::Header => "header",
        }
    }
}

/// The kind of slip behind a finding; names after Scholtus (2008, 2009) and DART where they have one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Slip {
    SignFlipped,
    DigitsTransposed,
    DigitReplaced,
    DigitAdded,
    DigitOmitted,
    Scaled,
    SwappedCells,
    WrongRow,
    RowLeftOut,
    RowCountedTwice,
    RowMissing,
    StaleValue,
    Rounded,
    UnitMislabelled,
    Copied,
    Unknown,
}

impl Slip {
    pub fn code(self) -> &'static str {
        match self {
            Slip::SignFlipped => "sign-flipped",
            Slip::DigitsTransposed => "digits-transposed",
            Slip::DigitReplaced => "digit-replaced",
            Slip::DigitAdded => "digit-added",
            Slip::DigitOmitted => "digit-omitted",
            Slip::Scaled => "scaled",
            Slip::SwappedCells => "swapped-cells",
            Slip::WrongRow => "wrong-row",
            Slip::RowLeftOut => "row-left-out",
            Slip::RowCountedTwice => "row-counted-twice",
            Slip::RowMissing => "row-missing",
            Slip::StaleValue => "stale-value",
            Slip::Rounded => "rounded",
            Slip::UnitMislabelled => "unit-mislabelled",
            Slip::Copied => "copied",
            Slip::Unknown => "unknown",
        }
    }
}

/// A change of one cell that would mend what broke, in the unit of the cell's table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Edit {
    pub at: At,
    pub from: Option<Money>,
    pub to: Money,
}

/// One explanation of a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cause {
    pub slip: Slip,
    pub text: Text,
    pub edits: Vec<Edit>,
}

/// A broken relation that the first cause of a finding also explains.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Consequence {
    pub rule: &'static str,
    pub message: Text,
    pub cells: Vec<(At, Role)>,
}

/// Who has accepted a finding, when and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sign {
    pub reason: String,
    pub initials: String,
    pub date: String,
}

/// What people have said of a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mark {
    Accepted(Sign),
    /// It was accepted as long as these values stood.
    Expired(Sign, Vec<Change>),
}

/// A value that a mark rested on and that is another now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The words for its cell: kind of statement, label, period.
    pub cell: String,
    pub was: String,
    pub is: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    pub rule: &'static str,
    pub severity: Severity,
    pub message: Text,
    pub period: Option<Period>,
    /// The unit of `stated`, `expected` and `difference`.
    pub unit: Option<Unit>,
    pub stated: Option<Money>,
    /// What would make the relation hold if only the stated figure were wrong.
    pub expected: Option<Money>,
    /// The one cell most likely wrong, where there is one.
    pub suspect: Option<At>,
    /// Every cell that the finding rests on, and last those that only its causes name.
    pub cells: Vec<(At, Role)>,
    /// How many of the last cells only the causes name: which causes there are depends on what else was tested.
    pub only_in_causes: usize,
    /// All explanations with equally few edits, the most plausible first.
    pub causes: Vec<Cause>,
    pub consequences: Vec<Consequence>,
    pub mark: Option<Mark>,
    /// The group of files of one body that it is about.
    pub group: usize,
}

impl Finding {
    /// A finding without amounts; the rest is filled in by whoever knows it.
    pub fn new(rule: &'static str, severity: Severity, message: Text) -> Finding {
        Finding {
            rule,
            severity,
            message,
            period: None,
            unit: None,
            stated: None,
            expected: None,
            suspect: None,
            cells: Vec::new(),
            only_in_causes: 0,
            causes: Vec::new(),
            consequences: Vec::new(),
            mark: None,
            group: 0,
        }
    }

    /// Who has accepted it, where somebody has.
    pub fn accepted(&self) -> Option<&Sign> {
        match &self.mark {
            Some(Mark::Accepted(sign)) => Some(sign),
            _ => None,
        }
    }

    /// Stated less expected.
    pub fn difference(&self) -> Option<Money> {
        Some(self.stated? - self.expected?)
    }
}
