//! avstam reconciles the budgets and annual accounts of Swedish samordningsförbund.

pub mod book;
pub mod cause;
pub mod check;
pub mod coverage;
pub mod finding;
pub mod grid;
pub mod money;
pub mod period;
pub mod prose;
pub mod read;
pub mod relation;
pub mod report;
pub mod rules;
pub mod statement;
pub mod table;
pub mod words;
pub mod workbook;
pub mod written;
