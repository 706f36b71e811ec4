//! The grammar of PL/pgSQL (`pl_gram.y`).
//!
//! As in the engine, a statement of SQL or an expression is what stands between the words of PL/pgSQL: its end is found by
//! its terminator outside of parentheses, and what is between is given to the grammar of SQL. Of names, those of variables,
//! labels and types are looked up here, as the engine does when a routine is created; those in statements and expressions
//! when these run, with the variables that each of them keeps.

mod block;
mod cursor;
mod declaration;
mod loops;
mod reader;
mod routine;
mod scope;
mod simple;
mod statement;

use super::ast::Block;
use super::body;
use crate::diagnostic::Diagnostic;
use crate::postgres::resolve::Environment;
use crate::text::Span;
use reader::Reader;

/// Whether a token is a bare word or a symbol of this text, in any letter case.
pub(super) use reader::is as is_word;
pub use routine::{Argument, Fired, Returning, Routine};

/// Reads a body. `literal` is the string that holds it, `verbatim` the place of the text itself if the file has it as it is.
///
/// # Errors
///
/// The first mistake, where the engine would report it when the routine is created or the block is run.
pub fn parse(
    text: &str,
    literal: Span,
    verbatim: Option<Span>,
    routine: &Routine,
    environment: Environment<'_>,
) -> Result<Block, Box<Diagnostic>> {
    let tokens = body::tokens(text, literal, verbatim)?;
    let end = verbatim.unwrap_or(literal).after();
    let mut reader = Reader::new(&tokens, end, environment, routine);
    reader.body()
}
