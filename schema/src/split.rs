//! From the text of a file to its statements: what is the same for every engine.

use crate::checksum::Checksum;
use crate::diagnostic::Diagnostic;
use crate::text::Span;

/// A file's statements and comments.
#[derive(Debug, Clone, PartialEq)]
pub struct SplitFile<Statement> {
    /// In order; a bare semicolon is none.
    pub statements: Vec<Statement>,
    /// Every comment, in order.
    pub comments: Vec<Span>,
    /// Characters that begin no token, at most one a statement and a thousand in all.
    pub diagnostics: Vec<Diagnostic>,
}

impl<Statement> Default for SplitFile<Statement> {
    fn default() -> SplitFile<Statement> {
        SplitFile {
            statements: Vec::new(),
            comments: Vec::new(),
            diagnostics: Vec::new(),
        }
    }
}

/// A statement that is not parsed yet.
pub(crate) trait Statement {
    /// From its first to its last token, without the semicolon.
    fn span(&self) -> Span;

    /// With the comments before it that declare what it does to the schema.
    fn whole(&self) -> Span {
        self.span()
    }

    /// The hash of its tokens.
    fn checksum(&self) -> Checksum;

    /// Whether it can do what only a directive before it tells.
    fn takes_effect(&self) -> bool;
}
