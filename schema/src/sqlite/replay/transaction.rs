//! BEGIN, COMMIT, ROLLBACK and savepoints.
//!
//! A file runs in a transaction of the runner's unless it opts out with `-- no-transaction`. Both kinds of file know at
//! most one transaction of their own at a time, as the engine does, and differ in what is around it:
//!
//! - an ordinary file's own is nested in the runner's, which it never leaves. COMMIT without one of its own is passed
//!   over, as authors end other runners' transactions to get at `PRAGMA foreign_keys`; ROLLBACK without one is an error,
//!   as it would undo the files before. What is open at the end of the file is committed with it.
//! - around the own one of a file that opts out there is nothing: it is as in the engine outside of a transaction, and
//!   must be closed by the end of the file.
//!
//! The runtime does the same with the engine.

use super::Replay;
use super::bodies::Bodies;
use super::rows::Rows;
use super::seeds::Seeds;
use crate::diagnostic::Code;
use crate::errors::lints;
use crate::errors::sqlite::transactions as errors;
use crate::sqlite::catalog::{Catalog, Database};
use crate::text::{Ident, Span};

/// The state of the connection.
#[derive(Debug, Clone, Default)]
pub(super) struct Transaction {
    /// How many databases were attached when the runner's transaction began; none if the file opts out.
    runner: Option<usize>,
    /// The file's own.
    own: Option<Open>,
    /// The statement that last ended one of the file's own, or was passed over.
    ended: Option<Span>,
    /// The first COMMIT without one of the file's own, which was passed over.
    passed_over: Option<Span>,
}

/// The transaction that a statement runs in.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Around {
    /// The file's own, begun here.
    File(Span),
    /// The runner's, which a COMMIT or ROLLBACK may seem to end.
    Runner {
        /// That statement.
        seems_ended: Option<Span>,
    },
}

/// An open transaction of the file's own.
#[derive(Debug, Clone)]
struct Open {
    before: Snapshot,
    savepoints: Vec<Savepoint>,
    /// The statement that began it.
    begun: Span,
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
    rows: Rows,
    seeds: Seeds,
    /// How much had been made.
    named: usize,
}

impl Replay {
    /// The outermost transaction that is open: the one that keeps a statement from running outside of any.
    pub(super) fn transaction_around(&self) -> Option<Around> {
        let transaction = &self.transaction;
        match (transaction.runner, &transaction.own) {
            (Some(_), _) => Some(Around::Runner {
                seems_ended: transaction.ended,
            }),
            (None, Some(open)) => Some(Around::File(open.begun)),
            (None, None) => None,
        }
    }

    /// Whether a database was attached since the outermost transaction began.
    pub(super) fn is_attached_since(&self, database: usize) -> bool {
        let own = self.transaction.own.as_ref();
        let databases = self.transaction.runner.or(own.map(|open| open.databases));
        databases.is_none_or(|databases| database >= databases)
    }

    pub(super) fn snapshot(&self) -> Snapshot {
        Snapshot {
            catalog: self.catalog.clone(),
            bodies: self.bodies.clone(),
            rows: self.rows.clone(),
            seeds: self.seeds.clone(),
            named: self.named.len(),
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
        self.rows = snapshot.rows;
        self.seeds = snapshot.seeds;
    }

    fn roll_back(&mut self, before: Snapshot, span: Span) {
        let named = before.named;
        self.restore(before);
        self.rolled_back(named, span);
    }

    /// Whether a ROLLBACK would undo a part of the file.
    pub(super) fn is_in_own_transaction(&self) -> bool {
        self.transaction.own.is_some()
    }

    pub(super) fn begin_file(&mut self, transaction: bool) {
        self.transaction = Transaction {
            runner: transaction.then_some(self.catalog.databases.len()),
            ..Transaction::default()
        };
    }

    /// `first` is the position of the file's first diagnostic.
    pub(super) fn end_file(&mut self, first: usize) {
        let transaction = std::mem::take(&mut self.transaction);
        let unbalanced = match (transaction.runner, transaction.own) {
            (None, Some(open)) => return self.report(errors::open_transaction(open.begun)),
            (None, None) => None,
            // What follows a COMMIT that was meant to end the runner's is meant to begin the next.
            (Some(_), own) => match (transaction.passed_over, own) {
                (Some(commit), _) => Some(lints::commit_without_begin(commit)),
                (None, Some(open)) => Some(lints::begin_without_commit(open.begun)),
                (None, None) => None,
            },
        };
        let mut news = self.diagnostics.iter().skip(first);
        let is_told = news.any(|told| {
            matches!(
                told.code,
                Code::TransactionState | Code::UnknownSavepoint | Code::NeedsNoTransaction
            )
        });
        self.diagnostics.extend(unbalanced.filter(|_| !is_told));
    }

    fn open(&mut self, begun: Span, is_savepoint: bool) {
        self.transaction.own = Some(Open {
            before: self.snapshot(),
            savepoints: Vec::new(),
            begun,
            is_savepoint,
            databases: self.catalog.databases.len(),
        });
    }

    pub(super) fn begin(&mut self, span: Span) {
        match &self.transaction.own {
            Some(open) => {
                let diagnostic = errors::nested_transaction(span, open.begun);
                self.report(diagnostic);
            }
            None => self.open(span, false),
        }
    }

    pub(super) fn commit(&mut self, span: Span) {
        let transaction = &mut self.transaction;
        match (transaction.own.take(), transaction.runner) {
            (Some(_), _) => {}
            (None, Some(_)) => {
                transaction.passed_over.get_or_insert(span);
            }
            (None, None) => {
                let ended = transaction.ended;
                self.report(errors::no_transaction("commit", span, ended));
            }
        }
        self.transaction.ended = Some(span);
    }

    pub(super) fn rollback(&mut self, span: Span) {
        let ended = self.transaction.ended.replace(span);
        let is_nested = self.transaction.runner.is_some();
        match self.transaction.own.take() {
            // The engine would undo the runner's transaction: a savepoint does not begin one inside it.
            Some(open) if is_nested && open.is_savepoint => {
                self.report(errors::undoes_files(span, Some(open.begun)));
            }
            Some(open) => self.roll_back(open.before, span),
            None if is_nested => self.report(errors::undoes_files(span, None)),
            None => self.report(errors::no_transaction("roll back", span, ended)),
        }
    }

    pub(super) fn savepoint(&mut self, name: &Ident, span: Span) {
        if self.transaction.own.is_none() {
            self.open(span, true);
        }
        let before = self.snapshot();
        if let Some(open) = &mut self.transaction.own {
            open.savepoints.push(Savepoint {
                name: name.name.clone(),
                before,
            });
        }
    }

    pub(super) fn release(&mut self, name: &Ident, span: Span) {
        let Some(position) = self.savepoint_position(name) else {
            return self.unknown_savepoint(name);
        };
        let Some(open) = &mut self.transaction.own else {
            return;
        };
        open.savepoints.truncate(position);
        if position == 0 && open.is_savepoint {
            self.transaction.own = None;
            self.transaction.ended = Some(span);
        }
    }

    pub(super) fn rollback_to(&mut self, name: &Ident, span: Span) {
        let Some(position) = self.savepoint_position(name) else {
            return self.unknown_savepoint(name);
        };
        let Some(open) = &mut self.transaction.own else {
            return;
        };
        open.savepoints.truncate(position + 1);
        let before = open.savepoints.last().map(|last| last.before.clone());
        if let Some(before) = before {
            self.roll_back(before, span);
        }
    }

    /// The innermost savepoint of a name.
    fn savepoint_position(&self, name: &Ident) -> Option<usize> {
        let open = self.transaction.own.as_ref()?;
        let mut savepoints = open.savepoints.iter();
        savepoints.rposition(|savepoint| savepoint.name.eq_ignore_ascii_case(&name.name))
    }

    fn unknown_savepoint(&mut self, name: &Ident) {
        let open = self.transaction.own.as_ref();
        let names = open.map(|open| open.savepoints.as_slice());
        let names = names.unwrap_or_default().iter();
        let names: Vec<&str> = names.map(|savepoint| savepoint.name.as_ref()).collect();
        let diagnostic = errors::unknown_savepoint(name, &names);
        self.report(diagnostic);
    }
}
