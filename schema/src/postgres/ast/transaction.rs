//! Transactions.

use super::Ident;
use crate::text::Span;

/// A mode of a transaction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the variants are the clauses of the language")]
pub enum TransactionMode {
    ReadUncommitted,
    ReadCommitted,
    RepeatableRead,
    Serializable,
    ReadOnly,
    ReadWrite,
    Deferrable,
    NotDeferrable,
}

/// BEGIN, COMMIT and their kin.
#[derive(Debug, Clone, PartialEq)]
#[expect(
    missing_docs,
    reason = "the variants are the statements of the language"
)]
pub enum TransactionStatement {
    /// BEGIN or START TRANSACTION.
    Begin(Vec<(TransactionMode, Span)>),
    /// COMMIT or END.
    Commit {
        chain: bool,
    },
    /// ROLLBACK or ABORT.
    Rollback {
        chain: bool,
    },
    Savepoint(Ident),
    Release(Ident),
    RollbackTo(Ident),
    PrepareTransaction(Box<str>),
    CommitPrepared(Box<str>),
    RollbackPrepared(Box<str>),
    /// SET TRANSACTION.
    Set(Vec<(TransactionMode, Span)>),
    /// SET SESSION CHARACTERISTICS AS TRANSACTION.
    SetSession(Vec<(TransactionMode, Span)>),
    /// SET TRANSACTION SNAPSHOT.
    SetSnapshot(Box<str>),
}

impl TransactionStatement {
    /// Whether it only sets modes of transactions, and neither begins nor ends one.
    #[must_use]
    pub fn only_sets(&self) -> bool {
        match self {
            TransactionStatement::Set(_)
            | TransactionStatement::SetSession(_)
            | TransactionStatement::SetSnapshot(_) => true,
            TransactionStatement::Begin(_)
            | TransactionStatement::Commit { .. }
            | TransactionStatement::Rollback { .. }
            | TransactionStatement::Savepoint(_)
            | TransactionStatement::Release(_)
            | TransactionStatement::RollbackTo(_)
            | TransactionStatement::PrepareTransaction(_)
            | TransactionStatement::CommitPrepared(_)
            | TransactionStatement::RollbackPrepared(_) => false,
        }
    }
}
