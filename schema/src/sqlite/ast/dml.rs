//! INSERT, UPDATE and DELETE.

use super::{Expr, FromItem, IndexHint, OrderTerm, QualifiedName, Query, ResultColumn, With};
use crate::text::{Ident, Span};

/// What happens to a row that breaks a constraint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the variants are the keywords of the language")]
pub enum ConflictResolution {
    Rollback,
    Abort,
    Fail,
    Ignore,
    Replace,
}

/// The table that a statement changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TargetTable {
    /// The table or view.
    pub name: QualifiedName,
    /// AS.
    pub alias: Option<Ident>,
    /// INDEXED BY or NOT INDEXED.
    pub hint: Option<IndexHint>,
}

/// INSERT or REPLACE.
#[derive(Debug, Clone, PartialEq)]
pub struct Insert {
    /// WITH.
    pub with: Option<With>,
    /// OR …; REPLACE is OR REPLACE.
    pub or: Option<ConflictResolution>,
    /// The table.
    pub target: TargetTable,
    /// The columns; empty means all that can be written.
    pub columns: Vec<Ident>,
    /// The rows.
    pub source: InsertSource,
    /// ON CONFLICT clauses, in order.
    pub upserts: Vec<Upsert>,
    /// RETURNING.
    pub returning: Vec<ResultColumn>,
}

/// Where the rows of an INSERT come from.
#[derive(Debug, Clone, PartialEq)]
pub enum InsertSource {
    /// VALUES or SELECT.
    Query(Box<Query>),
    /// DEFAULT VALUES.
    DefaultValues,
}

/// An ON CONFLICT clause.
#[derive(Debug, Clone, PartialEq)]
pub struct Upsert {
    /// The terms of the target; empty when there is none.
    pub target: Vec<OrderTerm>,
    /// WHERE of the target.
    pub target_filter: Option<Expr>,
    /// What to do.
    pub action: ConflictAction,
    /// From ON to the action's last token.
    pub span: Span,
}

/// What an ON CONFLICT clause does.
#[derive(Debug, Clone, PartialEq)]
pub enum ConflictAction {
    /// DO NOTHING.
    Nothing,
    /// DO UPDATE SET … WHERE ….
    Update {
        /// SET.
        assignments: Vec<Assignment>,
        /// WHERE.
        filter: Option<Expr>,
    },
}

/// `column = value` or `(columns) = value`.
#[derive(Debug, Clone, PartialEq)]
pub struct Assignment {
    /// One column, or the list in parentheses.
    pub columns: Vec<Ident>,
    /// Whether the columns were written in parentheses, which makes the value a row of that width. The parser reports
    /// another width, unless the value is a subquery.
    pub parenthesized: bool,
    /// The value.
    pub value: Expr,
}

/// UPDATE.
#[derive(Debug, Clone, PartialEq)]
pub struct Update {
    /// WITH.
    pub with: Option<With>,
    /// OR ….
    pub or: Option<ConflictResolution>,
    /// The table.
    pub target: TargetTable,
    /// SET.
    pub assignments: Vec<Assignment>,
    /// FROM.
    pub from: Vec<FromItem>,
    /// WHERE.
    pub filter: Option<Expr>,
    /// RETURNING.
    pub returning: Vec<ResultColumn>,
}

/// DELETE.
#[derive(Debug, Clone, PartialEq)]
pub struct Delete {
    /// WITH.
    pub with: Option<With>,
    /// The table.
    pub target: TargetTable,
    /// WHERE.
    pub filter: Option<Expr>,
    /// RETURNING.
    pub returning: Vec<ResultColumn>,
}
