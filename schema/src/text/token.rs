//! Tokens that own their text, so that a definition can be kept, edited by ALTER and read again.

use super::Span;
use std::sync::Arc;
use tablature_lexer::{Quote, TokenKind};

/// A token of a statement. White space and comments are not among them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// What it is.
    pub kind: TokenKind,
    /// Its text as written, or as the last ALTER rewrote it.
    pub text: Arc<str>,
    /// The white space and comments between the token before it and it; the engine keeps them in what it reports as the
    /// text of a type, a default or a result column.
    pub before: Arc<str>,
    /// Where it was written. A token that an ALTER rewrote keeps the place of the one it replaced.
    pub span: Span,
}

/// The position of a token in the list that a statement was parsed from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TokenIndex(pub u32);

/// A name as the user wrote it, unquoted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ident {
    /// The name without its quotes, in the user's letter case.
    pub name: Arc<str>,
    /// How it was quoted.
    pub quote: IdentQuote,
    /// Where it was written.
    pub span: Span,
    /// Which token of the statement it is, so that a rename can rewrite it.
    pub token: TokenIndex,
}

/// How a name was quoted. SQLite also accepts a string literal where the grammar wants a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum IdentQuote {
    /// A bare word.
    None,
    /// A quoted name.
    Name(Quote),
    /// A string literal that stands for a name.
    String,
}

impl Ident {
    /// Whether the name was not written as a bare word.
    #[must_use]
    pub fn is_quoted(&self) -> bool {
        self.quote != IdentQuote::None
    }

    /// Whether the name was written as `"name"`, which SQLite may take for a string literal.
    #[must_use]
    pub fn is_double_quoted(&self) -> bool {
        self.quote == IdentQuote::Name(Quote::Double)
    }
}

/// Returns the source text of some tokens that follow each other, with what stands between them.
#[must_use]
pub fn text_of(tokens: &[Token]) -> String {
    let mut text = String::new();
    for (position, token) in tokens.iter().enumerate() {
        if position > 0 {
            text.push_str(&token.before);
        }
        text.push_str(&token.text);
    }
    text
}
