//! PostgreSQL: its grammar, its catalog, and what its statements do to it.

pub mod ast;
pub mod builtin;
pub mod catalog;
pub(crate) mod constant;
pub(crate) mod lints;
pub mod parse;
pub mod plpgsql;
pub mod print;
pub mod replay;
pub mod resolve;
pub mod script;
pub mod split;
pub mod tree;
pub mod types;
