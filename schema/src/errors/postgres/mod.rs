//! The wording of every diagnostic that only PostgreSQL's migrations can have.

pub(crate) mod alter;
pub(crate) mod changes;
pub(crate) mod departed;
pub(crate) mod expressions;
pub(crate) mod extensions;
pub(crate) mod grammar;
pub(crate) mod habits;
pub(crate) mod indexes;
pub(crate) mod lints;
pub(crate) mod objects;
pub(crate) mod operators;
pub(crate) mod plpgsql;
pub(crate) mod privileges;
pub(crate) mod queries;
pub(crate) mod relations;
pub(crate) mod routines;
pub(crate) mod sequences;
pub(crate) mod session;
pub(crate) mod settings;
pub(crate) mod syntax;
pub(crate) mod tables;
pub(crate) mod transactions;
pub(crate) mod triggers;
pub(crate) mod types;
pub(crate) mod values;
pub(crate) mod views;
