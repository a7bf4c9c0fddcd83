//! Prose: which amounts running text tells, and which cells it tells them of.
//!
//! A sentence is read word by word. Where every word from its beginning to the amount is understood and they name one
//! thing, the amount is *firmly* tied to that thing's cell, and a difference is worth a finding. Where the words only
//! touch on a thing, the amount is tied to its cell if the two agree, and is otherwise counted as untied: a text may
//! speak of much that stands in no table.

mod candidates;
mod claims;
mod clause;
mod counts;
mod figures;
mod headings;
mod items;
mod labels;
mod linked;
mod passages;
mod peers;
mod places;
mod precision;
mod rows;
mod shares;
mod slips;
mod spans;
mod ties;
mod told;
mod versions;
mod when;

pub use claims::{Claim, Subject};
pub use clause::Mention;
pub use counts::{Count, counts};
pub use figures::{Figure, Mark, What, read as figures};
pub use labels::{Label, labels};
pub use passages::{Passage, each_passage, sentences};
pub use precision::Precision;
pub use rows::Rows;
pub use shares::{Share, shares};
pub use spans::{Span, spans};
pub use ties::{Tie, Tied, Verdict, ties};
pub use versions::{Differ, Version, versions};
