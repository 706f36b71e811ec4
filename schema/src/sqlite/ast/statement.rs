//! A statement of any kind.

use super::{
    AlterTable, CreateIndex, CreateTable, CreateTrigger, CreateView, CreateVirtualTable, Delete,
    Expr, Insert, Query, Update,
};
use crate::text::{Ident, Span};

/// One statement.
#[derive(Debug, Clone, PartialEq)]
pub struct Statement {
    /// From its first to its last token, without the semicolon.
    pub span: Span,
    /// The span of `EXPLAIN` or `EXPLAIN QUERY PLAN` before it, which makes it a statement without effect.
    pub explain: Option<Span>,
    /// What it does.
    pub kind: StatementKind,
}

/// Every kind of statement that SQLite knows.
#[derive(Debug, Clone, PartialEq)]
#[expect(
    missing_docs,
    reason = "the variants are the statements of the language"
)]
pub enum StatementKind {
    Begin(TransactionKind),
    /// COMMIT or END.
    Commit,
    /// ROLLBACK, with the savepoint of `TO`.
    Rollback {
        to: Option<Ident>,
    },
    Savepoint(Ident),
    Release(Ident),
    CreateTable(CreateTable),
    CreateVirtualTable(CreateVirtualTable),
    CreateView(CreateView),
    CreateIndex(CreateIndex),
    CreateTrigger(Box<CreateTrigger>),
    AlterTable(AlterTable),
    Drop(Drop),
    Select(Query),
    Insert(Box<Insert>),
    Update(Box<Update>),
    Delete(Box<Delete>),
    Pragma {
        name: QualifiedName,
        value: Option<PragmaValue>,
    },
    Attach {
        file: Expr,
        name: Expr,
        key: Option<Expr>,
    },
    Detach {
        name: Expr,
    },
    Reindex {
        name: Option<QualifiedName>,
    },
    Analyze {
        name: Option<QualifiedName>,
    },
    Vacuum {
        database: Option<Ident>,
        into: Option<Expr>,
    },
}

/// How a transaction begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the variants are the keywords of the language")]
pub enum TransactionKind {
    Deferred,
    Immediate,
    Exclusive,
}

/// A name with an optional database (SQLite's word: schema) before it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QualifiedName {
    /// The database.
    pub database: Option<Ident>,
    /// The object.
    pub name: Ident,
}

impl QualifiedName {
    /// From the database, if it is there, to the end of the name.
    #[must_use]
    pub fn span(&self) -> Span {
        self.database
            .as_ref()
            .map_or(self.name.span, |database| database.span.to(self.name.span))
    }
}

/// DROP of any kind of object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drop {
    /// What is dropped.
    pub kind: DropKind,
    /// IF EXISTS.
    pub if_exists: bool,
    /// Its name.
    pub name: QualifiedName,
}

/// What DROP can drop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the variants are the keywords of the language")]
pub enum DropKind {
    Table,
    View,
    Index,
    Trigger,
}

/// The value of a pragma, `PRAGMA name = value` or `PRAGMA name(value)`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PragmaValue {
    /// Unquoted, with its sign if it is a number.
    pub text: String,
    /// Where it is.
    pub span: Span,
}
