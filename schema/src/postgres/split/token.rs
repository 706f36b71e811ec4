//! Tokens that own their text, so that a body can be kept and read again.

use crate::text::Span;
use std::sync::Arc;
use tablature_lexer::postgres::TokenKind;

/// A token of a statement. White space and comments are not among them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// What it is.
    pub kind: TokenKind,
    /// Its text as written, but for the layout between literals that continue each other, which says nothing.
    pub text: Arc<str>,
    /// Where it was written.
    pub span: Span,
}
