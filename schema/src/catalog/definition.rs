//! The statement that an object was defined by, as the engine keeps it.

use crate::text::Token;
use std::sync::Arc;

/// The tokens of a CREATE statement as SQLite keeps it in `sqlite_schema.sql`.
///
/// As there, TEMP, IF NOT EXISTS and the database before the name are left out, and every ALTER edits it; what the
/// catalog says of the object is read from it again after each edit. Tokens keep the place where they were written, so
/// that a diagnostic of a later statement can point into them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Definition {
    /// The tokens, from CREATE to the last.
    pub tokens: Arc<[Token]>,
}

impl Definition {
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
