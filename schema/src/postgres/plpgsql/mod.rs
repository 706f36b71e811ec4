//! Bodies of functions and DO blocks in PL/pgSQL: their grammar, the names in them, and what they do to the catalog.

pub mod ast;
mod body;
pub mod conditions;
pub mod parse;
