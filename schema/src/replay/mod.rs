//! Statements applied to the catalog, in order.

use crate::catalog::Catalog;
use crate::config::Rules;
use crate::diagnostic::Diagnostic;
use crate::split::RawStatement;

/// A history being replayed, migration by migration.
#[derive(Debug, Clone)]
pub struct Replay {
    /// What the migrations so far have built.
    pub catalog: Catalog,
    /// What is wrong with them, in the order in which it was found. Lints are among them, whatever their level.
    pub diagnostics: Vec<Diagnostic>,
    #[expect(dead_code, reason = "replay follows")]
    rules: Rules,
}

impl Replay {
    /// Starts on an empty database.
    #[must_use]
    pub fn new(rules: &Rules) -> Replay {
        Replay {
            catalog: Catalog::default(),
            diagnostics: Vec::new(),
            rules: rules.clone(),
        }
    }

    /// Applies the statements of one file, and judges what the file leaves behind: broken views and triggers.
    ///
    /// `transaction` says whether the runner wraps the file in a transaction of its own.
    pub fn migration(&mut self, _statements: &[RawStatement], _transaction: bool) {}

    /// Judges what can be judged only when the last migration is done: foreign keys without a parent.
    pub fn finish(&mut self) {}
}
