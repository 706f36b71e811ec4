//! What is wrong with the statements of SQLite.

pub(crate) mod alter;
pub(crate) mod definitions;
pub(crate) mod departed;
pub(crate) mod habits;
pub(crate) mod lints;
pub(crate) mod names;
pub(crate) mod objects;
pub(crate) mod queries;
pub(crate) mod rebuilds;
pub(crate) mod rows;
pub(crate) mod syntax;
pub(crate) mod transactions;
pub(crate) mod virtual_tables;
