//! Indexes.

use super::Definition;
use crate::catalog::{Key, Provenance};
use crate::sqlite::ast::SortOrder;
use crate::text::Span;
use std::sync::Arc;

/// An index that CREATE INDEX made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Index {
    /// In its creator's letter case.
    pub name: Arc<str>,
    /// The table, in the same database.
    pub table: Key,
    /// UNIQUE.
    pub unique: bool,
    /// Its terms.
    pub columns: Vec<IndexColumn>,
    /// The normal form of WHERE of a partial index.
    pub filter: Option<String>,
    /// As the engine keeps it.
    pub definition: Definition,
    /// Its name, where it was last written.
    pub span: Span,
    /// Where it came from.
    pub provenance: Provenance,
    /// Its place among the objects of its database by creation.
    pub place: u32,
}

/// A term of an index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IndexColumn {
    /// What is indexed.
    pub kind: IndexKind,
    /// COLLATE; none means the column's own.
    pub collation: Option<Arc<str>>,
    /// ASC or DESC.
    pub order: SortOrder,
}

/// What a term of an index indexes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum IndexKind {
    /// A column, by its position.
    Column(usize),
    /// The rowid of a table that has no column of that name.
    Rowid,
    /// An expression, in its normal form.
    Expression(String),
}
