//! SQLite: its grammar, its catalog, and what its statements do to it.

pub mod ast;
pub mod catalog;
pub(crate) mod constant;
pub(crate) mod lints;
pub mod parse;
pub mod replay;
pub mod resolve;
pub mod split;
