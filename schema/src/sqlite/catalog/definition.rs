//! The statement that an object was defined by, as the engine keeps it.

use crate::config::Rules;
use crate::sqlite::ast::Statement;
use crate::sqlite::parse;
use crate::text::Token;
use std::sync::{Arc, OnceLock};
use tablature_lexer::{Quote, TokenKind};

/// The tokens of a CREATE statement as SQLite keeps it in `sqlite_schema.sql`.
///
/// As there, TEMP, IF NOT EXISTS and the database before the name are left out, and every ALTER edits it; what the
/// catalog says of the object is read from it again after each edit. Tokens keep the place where they were written, so
/// that a diagnostic of a later statement can point into them.
#[derive(Debug, Clone)]
pub struct Definition {
    /// The tokens, from CREATE to the last.
    pub tokens: Arc<[Token]>,
    /// Whether there is a name in double quotes, which the engine may take for a string.
    double_quoted: bool,
    /// What the tokens say; read from them once, when it is asked for, and shared by copies.
    statement: Arc<OnceLock<Option<Arc<Statement>>>>,
}

impl PartialEq for Definition {
    fn eq(&self, other: &Definition) -> bool {
        self.tokens == other.tokens
    }
}

impl Eq for Definition {}

impl Definition {
    /// The definition of some tokens.
    #[must_use]
    pub fn new(tokens: impl Into<Arc<[Token]>>) -> Definition {
        let tokens = tokens.into();
        let mut double_quoted = false;
        for token in tokens.iter() {
            double_quoted |= matches!(token.kind, TokenKind::QuotedName(Quote::Double));
        }
        Definition {
            double_quoted,
            tokens,
            statement: Arc::default(),
        }
    }

    /// The definition of tokens that were parsed already: each has the same position in the statement.
    #[must_use]
    pub(crate) fn of_statement(
        tokens: impl Into<Arc<[Token]>>,
        statement: &Arc<Statement>,
    ) -> Definition {
        Definition {
            statement: Arc::new(OnceLock::from(Some(Arc::clone(statement)))),
            ..Definition::new(tokens)
        }
    }

    /// What the tokens say; nothing of an object whose statement could not be read. They were parsed before, and edits
    /// keep them well formed.
    pub(crate) fn statement(&self, rules: &Rules) -> Option<&Statement> {
        let read = || {
            parse::statement(&self.tokens, rules)
                .statement
                .map(Arc::new)
        };
        self.statement.get_or_init(read).as_deref()
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
