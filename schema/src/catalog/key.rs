//! Names as the engine compares them.

use std::sync::Arc;

/// A name in the form in which two names are equal when the engine takes them for the same.
///
/// SQLite folds the ASCII letters and no others (`sqlite3StrICmp`).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key(Arc<str>);

impl Key {
    /// Folds a name that carries no quotes.
    #[must_use]
    pub fn new(name: &str) -> Key {
        Key(name.to_ascii_lowercase().into())
    }

    /// The folded name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}
