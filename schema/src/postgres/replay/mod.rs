//! Statements applied to the catalog, in order: a file for each kind of statement, its checks and its effect together.
//!
//! A statement that is wrong has the effect that is left of it without the mistake, so that the statements after it are
//! not wrong as well: a table is there without the constraint that the engine refuses, a column without a known type.

mod maintenance;
mod relations;
pub mod store;
mod transaction;

pub use relations::Wanted;
pub(crate) use transaction::Around;

use super::ast::{Statement, StatementKind};
use super::catalog::Catalog;
use super::types::Oid;
use crate::diagnostic::Diagnostic;
use transaction::Transaction;

/// A history being replayed, migration by migration.
#[derive(Debug, Clone)]
pub struct Replay {
    /// What the migrations so far have built.
    pub catalog: Catalog,
    /// What is wrong with them, in the order in which it was found.
    pub diagnostics: Vec<Diagnostic>,
    transaction: Transaction,
    /// The enums with labels that are of no use before the transaction ends.
    uncommitted_enums: Vec<Oid>,
}

impl Replay {
    /// Starts on an empty database of a server of a major version.
    #[must_use]
    pub fn new(version: u16) -> Replay {
        Replay {
            catalog: Catalog::new(version),
            diagnostics: Vec::new(),
            transaction: Transaction::default(),
            uncommitted_enums: Vec::new(),
        }
    }

    /// Applies the statements of one file.
    ///
    /// `transaction` says whether the runner wraps the file in a transaction of its own.
    pub fn file<'a>(
        &mut self,
        statements: impl IntoIterator<Item = &'a Statement>,
        transaction: bool,
    ) {
        let first = self.diagnostics.len();
        self.begin_file(transaction);
        for statement in statements {
            self.apply(statement);
        }
        self.end_file(first);
    }

    /// Adds a diagnostic.
    pub(crate) fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// Applies one statement.
    pub(crate) fn apply(&mut self, statement: &Statement) {
        match &statement.kind {
            StatementKind::Transaction(kind) => self.transaction(kind, statement.span),
            StatementKind::Vacuum(vacuum) => self.vacuum(vacuum),
            StatementKind::Reindex(reindex) => self.reindex(reindex),
            StatementKind::Cluster(cluster) => self.cluster(cluster),
            StatementKind::Lock(lock) => self.lock(lock),
            _ => {}
        }
    }
}
