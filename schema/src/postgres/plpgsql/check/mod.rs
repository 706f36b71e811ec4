//! The names in a body, looked up as they will be when it runs.
//!
//! The engine looks up tables, columns and functions in a body when a statement of it runs for the first time. Here each
//! statement and expression is resolved with the variables that it sees. Where it is not sure that a statement is reached
//! with the catalog that is at hand, nothing is said of it: where the body itself makes what it names, asks the system
//! catalogs what there is, or handles that something is not there.

mod firing;
mod made;
mod walk;

pub use firing::Firing;
pub use made::Made;

use super::ast::Block;
use super::body;
use crate::diagnostic::Diagnostic;
use crate::postgres::resolve::Environment;
use crate::postgres::types::ValueType;
use crate::text::Span;

/// A body that is looked at.
pub struct Body<'a> {
    /// What it was read to.
    pub block: &'a Block,
    /// The columns of the rows that it returns, where they are known.
    pub rows: Option<&'a [ValueType]>,
    /// Its text.
    pub text: &'a str,
    /// The string that holds it.
    pub literal: Span,
    /// Where the text itself is, if the file has it as it is.
    pub verbatim: Option<Span>,
}

/// What is wrong with the names in a body, in the order in which they stand there. `firing` is the trigger that calls it, if
/// one does; `made` is what bodies make.
#[must_use]
pub fn names(
    environment: Environment<'_>,
    body: &Body<'_>,
    firing: Option<&Firing>,
    made: &Made,
) -> Vec<Diagnostic> {
    let Ok(tokens) = body::tokens(body.text, body.literal, body.verbatim) else {
        return Vec::new();
    };
    if made::asks_what_there_is(&tokens) {
        return Vec::new();
    }
    let mut walk = walk::Walk::new(environment, &tokens, body.rows, firing, made);
    walk.block(body.block);
    walk.found
}
