//! BEGIN, COMMIT, ROLLBACK and savepoints.
//!
//! A file runs in a transaction of the runner's unless it opts out. The engine accepts a COMMIT there and a BEGIN after
//! it, and so does the replay; what must hold is that the file ends where the runner expects it: inside a transaction
//! that the runner can commit, or, if the file opted out, outside of any.

use super::Replay;
use super::bodies::Bodies;
use super::read::Read;
use crate::catalog::{Catalog, Database};
use crate::errors::transactions as errors;
use crate::split::RawStatement;
use crate::text::{Ident, Span};

/// The state of the connection.
#[derive(Debug, Clone, Default)]
pub(super) struct Transaction {
    open: Option<Open>,
    /// The statement that ended the runner's transaction.
    ended: Option<Span>,
}

/// An open transaction.
#[derive(Debug, Clone)]
struct Open {
    before: Snapshot,
    savepoints: Vec<Savepoint>,
    /// The statement that began it; none for the runner.
    begun: Option<Span>,
    /// Whether the first savepoint is the transaction.
    is_savepoint: bool,
    /// How many databases were attached when it began.
    databases: usize,
}

#[derive(Debug, Clone)]
struct Savepoint {
    name: std::sync::Arc<str>,
    before: Snapshot,
}

/// What a rollback brings back.
#[derive(Debug, Clone)]
pub(super) struct Snapshot {
    catalog: Catalog,
    bodies: Bodies,
    read: Read,
}

impl Replay {
    /// Whether a transaction is open.
    pub(super) fn in_transaction(&self) -> bool {
        self.transaction.open.is_some()
    }

    /// Where the transaction that is open was begun: none for the runner's.
    pub(super) fn begun_at(&self) -> Option<Span> {
        self.transaction.open.as_ref()?.begun
    }

    /// Whether a database was attached since the transaction began.
    pub(super) fn is_attached_since(&self, database: usize) -> bool {
        let open = self.transaction.open.as_ref();
        open.is_none_or(|open| database >= open.databases)
    }

    pub(super) fn snapshot(&self) -> Snapshot {
        Snapshot {
            catalog: self.catalog.clone(),
            bodies: self.bodies.clone(),
            read: self.read.clone(),
        }
    }

    /// Goes back to an earlier state. ATTACH is not undone: a database that came since stays, without what is in it.
    pub(super) fn restore(&mut self, snapshot: Snapshot) {
        let attached: Vec<Database> = self
            .catalog
            .databases
            .iter()
            .skip(snapshot.catalog.databases.len())
            .map(|database| Database::new(&database.name))
            .collect();
        self.catalog = snapshot.catalog;
        self.catalog.databases.extend(attached);
        self.bodies = snapshot.bodies;
        self.read = snapshot.read;
    }

    pub(super) fn begin_file(&mut self, transaction: bool) {
        self.transaction = Transaction::default();
        if transaction {
            self.open(None, false);
        }
    }

    pub(super) fn end_file(&mut self, statements: &[RawStatement], transaction: bool) {
        let last = statements.last().map(|statement| statement.span);
        match (&self.transaction.open, last) {
            (None, Some(last)) if transaction => {
                let span = self.transaction.ended.unwrap_or(last);
                self.report(errors::ended_transaction(span));
            }
            (Some(open), Some(last)) if !transaction => {
                let span = open.begun.unwrap_or(last);
                self.report(errors::open_transaction(span));
            }
            (Some(_) | None, _) => {}
        }
        self.transaction = Transaction::default();
    }

    fn open(&mut self, begun: Option<Span>, is_savepoint: bool) {
        self.transaction.open = Some(Open {
            before: self.snapshot(),
            savepoints: Vec::new(),
            begun,
            is_savepoint,
            databases: self.catalog.databases.len(),
        });
    }

    pub(super) fn begin(&mut self, span: Span) {
        match &self.transaction.open {
            Some(open) => {
                let diagnostic = errors::nested_transaction(span, open.begun);
                self.report(diagnostic);
            }
            None => self.open(Some(span), false),
        }
    }

    pub(super) fn commit(&mut self, span: Span) {
        if self.transaction.open.take().is_none() {
            let diagnostic = errors::no_transaction("commit", span, self.transaction.ended);
            self.report(diagnostic);
        }
        self.transaction.ended = Some(span);
    }

    pub(super) fn rollback(&mut self, span: Span) {
        match self.transaction.open.take() {
            Some(open) => self.restore(open.before),
            None => {
                let diagnostic = errors::no_transaction("roll back", span, self.transaction.ended);
                self.report(diagnostic);
            }
        }
        self.transaction.ended = Some(span);
    }

    pub(super) fn savepoint(&mut self, name: &Ident, span: Span) {
        if !self.in_transaction() {
            self.open(Some(span), true);
        }
        let before = self.snapshot();
        if let Some(open) = &mut self.transaction.open {
            open.savepoints.push(Savepoint {
                name: name.name.clone(),
                before,
            });
        }
    }

    pub(super) fn release(&mut self, name: &Ident) {
        let Some(position) = self.savepoint_position(name) else {
            return self.unknown_savepoint(name);
        };
        let Some(open) = &mut self.transaction.open else {
            return;
        };
        open.savepoints.truncate(position);
        if position == 0 && open.is_savepoint {
            self.transaction.open = None;
            self.transaction.ended = Some(name.span);
        }
    }

    pub(super) fn rollback_to(&mut self, name: &Ident) {
        let Some(position) = self.savepoint_position(name) else {
            return self.unknown_savepoint(name);
        };
        let Some(open) = &mut self.transaction.open else {
            return;
        };
        open.savepoints.truncate(position + 1);
        let before = open.savepoints.last().map(|last| last.before.clone());
        if let Some(before) = before {
            self.restore(before);
        }
    }

    /// The innermost savepoint of a name.
    fn savepoint_position(&self, name: &Ident) -> Option<usize> {
        let open = self.transaction.open.as_ref()?;
        let mut savepoints = open.savepoints.iter();
        savepoints.rposition(|savepoint| savepoint.name.eq_ignore_ascii_case(&name.name))
    }

    fn unknown_savepoint(&mut self, name: &Ident) {
        let open = self.transaction.open.as_ref();
        let names = open.map(|open| open.savepoints.as_slice());
        let names = names.unwrap_or_default().iter();
        let names: Vec<&str> = names.map(|savepoint| savepoint.name.as_ref()).collect();
        let diagnostic = errors::unknown_savepoint(name, &names);
        self.report(diagnostic);
    }
}
