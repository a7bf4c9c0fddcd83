//! Grid → tables.

pub mod formula;
pub mod unmarked;
