//! Bodies of functions and DO blocks in PL/pgSQL: their grammar, the names in them, and what they do to the catalog.

pub mod ast;
mod body;
pub mod check;
pub mod conditions;
pub(crate) mod effects;
pub(crate) mod evaluate;
mod facts;
mod functions;
pub mod parse;
mod query;
pub mod run;
pub mod states;
mod system_facts;
pub mod value;
