//! Bodies of functions and DO blocks in PL/pgSQL: their grammar, the names in them, and what they do to the catalog.

pub mod ast;
mod body;
pub mod check;
pub mod conditions;
mod evaluate;
mod facts;
mod functions;
pub mod parse;
mod query;
pub mod run;
pub mod states;
pub mod value;
