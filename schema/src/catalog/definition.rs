//! The statement that an object was defined by, as the engine keeps it.

use crate::text::Token;
use std::sync::Arc;
use tablature_lexer::{Quote, TokenKind};

/// The tokens of a CREATE statement as SQLite keeps it in `sqlite_schema.sql`.
///
/// As there, TEMP, IF NOT EXISTS and the database before the name are left out, and every ALTER edits it; what the
/// catalog says of the object is read from it again after each edit. Tokens keep the place where they were written, so
/// that a diagnostic of a later statement can point into them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Definition {
    /// The tokens, from CREATE to the last.
    pub tokens: Arc<[Token]>,
    /// Whether there is a name in double quotes, which the engine may take for a string.
    double_quoted: bool,
}

impl Definition {
    /// The definition of some tokens.
    #[must_use]
    pub fn new(tokens: impl Into<Arc<[Token]>>) -> Definition {
        let tokens = tokens.into();
        let is_quoted = |token: &Token| token.kind == TokenKind::QuotedName(Quote::Double);
        Definition {
            double_quoted: tokens.iter().any(is_quoted),
            tokens,
        }
    }

    /// Whether there is a name in double quotes, which the engine may take for a string.
    #[must_use]
    pub fn may_hold_strings(&self) -> bool {
        self.double_quoted
    }

    /// The text with one space between tokens.
    #[must_use]
    pub fn to_sql(&self) -> String {
        let mut sql = String::new();
        for token in self.tokens.iter() {
            if !sql.is_empty() {
                sql.push(' ');
            }
            sql.push_str(&token.text);
        }
        sql
    }
}
