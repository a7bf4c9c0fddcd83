//! Grid → tables.

pub mod unmarked;
