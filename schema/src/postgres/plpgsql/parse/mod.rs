//! The grammar of PL/pgSQL (`pl_gram.y`).
//!
//! As in the engine, a statement of SQL or an expression is what stands between the words of PL/pgSQL: its end is found by
//! its terminator outside of parentheses, and what is between is given to the grammar of SQL. Names of tables and columns are
//! not looked at.

mod block;
mod loops;
mod reader;
mod scope;
mod simple;
mod statement;

use super::ast::Block;
use super::body;
use crate::diagnostic::Diagnostic;
use crate::text::Span;
use reader::Reader;
use scope::Scopes;

/// Whether a token is a bare word or a symbol of this text, in any letter case.
pub(super) use reader::is as is_word;

/// What is known of the routine whose body is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Routine {
    /// Its name, by which its arguments may be qualified; none of a DO block.
    pub name: Option<Box<str>>,
    /// The names of its arguments and of the columns of its result.
    pub arguments: Vec<Box<str>>,
    /// How many arguments there are: `$1` and so on are names, too.
    pub argument_count: usize,
    /// What it returns.
    pub returns: Returning,
    /// Whether it is the function of a trigger, which has NEW and OLD.
    pub trigger: bool,
}

/// What a routine returns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Returning {
    /// Nothing, or its arguments that go out: RETURN has no value.
    Nothing,
    /// A value.
    Value,
    /// Rows.
    Rows,
}

impl Routine {
    /// A DO block.
    #[must_use]
    pub fn anonymous() -> Routine {
        Routine {
            name: None,
            arguments: Vec::new(),
            argument_count: 0,
            returns: Returning::Nothing,
            trigger: false,
        }
    }
}

/// Reads a body. `literal` is the string that holds it, `verbatim` the place of the text itself if the file has it as it is.
///
/// # Errors
///
/// The first syntax error, where the engine would report it when the routine is created or the block is run.
pub fn parse(
    text: &str,
    literal: Span,
    verbatim: Option<Span>,
    routine: &Routine,
    version: u32,
) -> Result<Block, Box<Diagnostic>> {
    let tokens = body::tokens(text, literal, verbatim)?;
    let end = verbatim.unwrap_or(literal).after();
    let scopes = Scopes::new(routine);
    let mut reader = Reader::new(&tokens, end, version, routine, scopes);
    reader.body()
}
