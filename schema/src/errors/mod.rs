//! The wording of every diagnostic, in one place: a function for each mistake, a file for each topic.

pub(crate) mod alter;
pub(crate) mod config;
pub(crate) mod definitions;
pub(crate) mod departed;
pub(crate) mod directives;
pub(crate) mod down_files;
pub(crate) mod files;
pub(crate) mod habits;
pub(crate) mod lints;
pub(crate) mod lock;
pub(crate) mod names;
pub(crate) mod objects;
#[cfg(feature = "postgres")]
pub(crate) mod postgres;
pub(crate) mod queries;
pub(crate) mod rebuilds;
pub(crate) mod rows;
pub(crate) mod snapshot;
pub(crate) mod syntax;
pub(crate) mod transactions;
pub(crate) mod virtual_tables;
