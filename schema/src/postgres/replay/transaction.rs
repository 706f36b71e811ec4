//! BEGIN, COMMIT, ROLLBACK and savepoints.
//!
//! A file runs in a transaction of the runner's unless it opts out with `-- no-transaction`. What a file begins in the
//! runner's transaction is nested in it: its COMMIT ends only its own, and COMMIT without BEGIN is passed over, as authors
//! end other runners' transactions. ROLLBACK without BEGIN would undo the files before, and is an error.
//!
//! Around the transactions of a file that opts out there is nothing. There the engine warns of a second BEGIN, and of
//! COMMIT and ROLLBACK without one, and goes on.

use super::Replay;
use crate::diagnostic::Code;
use crate::errors::lints;
use crate::errors::postgres::transactions as errors;
use crate::postgres::ast::{Ident, TransactionStatement};
use crate::postgres::catalog::{Catalog, TypeDetails};
use crate::postgres::types::Oid;
use crate::text::Span;
use std::sync::Arc;

/// The state of the connection.
#[derive(Debug, Clone, Default)]
pub(super) struct Transaction {
    /// Whether the runner has begun one.
    runner: bool,
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
    before: Catalog,
    savepoints: Vec<Savepoint>,
    /// The statement that began it.
    begun: Span,
}

#[derive(Debug, Clone)]
struct Savepoint {
    name: Arc<str>,
    before: Catalog,
}

impl Replay {
    /// The outermost transaction that is open: the one that keeps a statement from running outside of any.
    pub(crate) fn transaction_around(&self) -> Option<Around> {
        let transaction = &self.transaction;
        match (transaction.runner, &transaction.own) {
            (true, _) => Some(Around::Runner {
                seems_ended: transaction.ended,
            }),
            (false, Some(open)) => Some(Around::File(open.begun)),
            (false, None) => None,
        }
    }

    /// Refuses a statement that cannot run in a transaction (`PreventInTransactionBlock`); says whether one is open.
    pub(crate) fn refuse_in_transaction(&mut self, what: &str, span: Span) -> bool {
        match self.transaction_around() {
            Some(around) => {
                self.report(errors::needs_no_transaction(what, span, around));
                true
            }
            None => false,
        }
    }

    pub(super) fn begin_file(&mut self, transaction: bool) {
        self.transaction = Transaction {
            runner: transaction,
            ..Transaction::default()
        };
    }

    /// `first` is the position of the file's first diagnostic.
    pub(super) fn end_file(&mut self, first: usize) {
        let transaction = std::mem::take(&mut self.transaction);
        self.committed();
        let unbalanced = match (transaction.runner, transaction.own) {
            (false, Some(open)) => return self.report(errors::open_transaction(open.begun)),
            (false, None) => None,
            (true, own) => match (transaction.passed_over, own) {
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

    pub(super) fn transaction(&mut self, statement: &TransactionStatement, span: Span) {
        match statement {
            TransactionStatement::Begin(_) => self.begin(span),
            TransactionStatement::Commit { chain } => {
                self.commit(span);
                if *chain {
                    self.begin(span);
                }
            }
            TransactionStatement::Rollback { chain } => {
                self.rollback(span);
                if *chain {
                    self.begin(span);
                }
            }
            TransactionStatement::Savepoint(name) => self.savepoint(name, span),
            TransactionStatement::Release(name) => {
                let position = self.savepoint_position(name, "RELEASE SAVEPOINT", span);
                if let (Some(position), Some(open)) = (position, &mut self.transaction.own) {
                    open.savepoints.truncate(position);
                }
            }
            TransactionStatement::RollbackTo(name) => {
                let what = "ROLLBACK TO SAVEPOINT";
                let position = self.savepoint_position(name, what, span);
                if let (Some(position), Some(open)) = (position, &mut self.transaction.own) {
                    open.savepoints.truncate(position + 1);
                    let before = open.savepoints.last().map(|last| last.before.clone());
                    if let Some(before) = before {
                        self.roll_back(before);
                    }
                }
            }
            TransactionStatement::PrepareTransaction(_)
            | TransactionStatement::CommitPrepared(_)
            | TransactionStatement::RollbackPrepared(_) => self.report(errors::prepared(span)),
            // The modes of a transaction change no schema.
            TransactionStatement::Set(_)
            | TransactionStatement::SetSession(_)
            | TransactionStatement::SetSnapshot(_) => {}
        }
    }

    fn begin(&mut self, span: Span) {
        // The engine only warns of a second one.
        if self.transaction.own.is_none() {
            self.transaction.own = Some(Open {
                before: self.catalog.clone(),
                savepoints: Vec::new(),
                begun: span,
            });
        }
    }

    fn commit(&mut self, span: Span) {
        let transaction = &mut self.transaction;
        if transaction.own.take().is_none() && transaction.runner {
            transaction.passed_over.get_or_insert(span);
        }
        self.transaction.ended = Some(span);
        if !self.transaction.runner {
            self.committed();
        }
    }

    fn rollback(&mut self, span: Span) {
        self.transaction.ended = Some(span);
        match self.transaction.own.take() {
            Some(open) => self.roll_back(open.before),
            None if self.transaction.runner => self.report(errors::undoes_files(span)),
            None => {}
        }
    }

    fn savepoint(&mut self, name: &Ident, span: Span) {
        if self.transaction.own.is_none() {
            if !self.transaction.runner {
                return self.report(errors::needs_transaction("SAVEPOINT", span));
            }
            self.begin(span);
        }
        let before = self.catalog.clone();
        if let Some(open) = &mut self.transaction.own {
            open.savepoints.push(Savepoint {
                name: Arc::clone(&name.name),
                before,
            });
        }
    }

    /// The innermost savepoint of a name.
    fn savepoint_position(&mut self, name: &Ident, what: &str, span: Span) -> Option<usize> {
        let Some(open) = &self.transaction.own else {
            let diagnostic = match self.transaction.runner {
                true => errors::unknown_savepoint(name, &[]),
                false => errors::needs_transaction(what, span),
            };
            self.report(diagnostic);
            return None;
        };
        let names: Vec<&str> = open.savepoints.iter().map(|it| &*it.name).collect();
        let position = names.iter().rposition(|other| **other == *name.name);
        if position.is_none() {
            let diagnostic = errors::unknown_savepoint(name, &names);
            self.report(diagnostic);
        }
        position
    }

    fn roll_back(&mut self, before: Catalog) {
        // Numbers that were given are not given again.
        let made = self.catalog.made();
        self.catalog = before;
        self.catalog.skip_to(made);
    }

    /// What was made can be used now: labels of enums.
    fn committed(&mut self) {
        for oid in std::mem::take(&mut self.uncommitted_enums) {
            self.catalog.types.change(oid, |it| {
                if let TypeDetails::Enum(labels) = &mut it.more {
                    for label in labels {
                        label.uncommitted = false;
                    }
                }
            });
        }
    }

    /// Remembers that an enum has a label which is of no use before the transaction ends; says whether one is open.
    pub fn label_is_uncommitted(&mut self, enumeration: Oid) -> bool {
        let is_open = self.transaction_around().is_some();
        if is_open {
            self.uncommitted_enums.push(enumeration);
        }
        is_open
    }
}
