//! avstam reconciles the budgets and annual accounts of Swedish samordningsförbund.

pub mod grid;
pub mod money;
pub mod period;
pub mod read;
pub mod table;
pub mod words;
pub mod written;
