//! The rules. One file a rule, its whole story in it; [`RULES`] is the one list, and everything derives from it.

mod lookup;

use crate::book::Book;
use crate::finding::{Finding, Severity};
use crate::relation::Relation;

/// A rule: what it finds, why that matters, and the function that looks for it.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// Two letters of its family and two digits; it never changes its meaning.
    pub code: &'static str,
    /// The defect, never the deed.
    pub name: &'static str,
    /// How grave its findings are at most.
    pub severity: Severity,
    /// The whole story in English, as Markdown: what it finds, why it matters, what to do, when not to.
    pub story: &'static str,
    /// The same in Swedish.
    pub swedish: &'static str,
    pub test: Test,
}

/// How a rule looks.
#[derive(Clone, Copy, Debug)]
pub enum Test {
    /// It claims equations between cells; one runner tests them all.
    Relations(fn(&Book) -> Vec<Relation>),
    /// It looks at the book itself.
    Observations(fn(&Book) -> Observed),
}

/// What a rule that is no equation saw.
#[derive(Debug, Default)]
pub struct Observed {
    pub findings: Vec<Finding>,
    /// How often it could look.
    pub tested: usize,
    /// How often it could not, for want of something to look at.
    pub untestable: usize,
}

/// A rule of its doc comment: the English story is the comment, the Swedish one is given.
macro_rules! rule {
    ($(#[doc = $line:literal])+ $code:literal $name:literal $severity:ident, $test:ident($function:path), $swedish:literal) => {
        $(#[doc = $line])+
        pub const RULE: crate::rules::Rule = crate::rules::Rule {
            code: $code,
            name: $name,
            severity: crate::finding::Severity::$severity,
            story: concat!($($line, "\n"),+),
            swedish: $swedish,
            test: crate::rules::Test::$test($function),
        };
    };
}
use rule;

macro_rules! rules {
    ($($module:ident)*) => {
        /// Every rule, in the order of the codes.
        pub const RULES: &[Rule] = &[$($module::RULE),*];
    };
}

rules! {}
