//! What only indexes have: what the engine keeps in `pg_index`.

use crate::postgres::tree;
use crate::postgres::types::Oid;
use std::sync::Arc;

/// What only an index has.
#[derive(Debug, Clone)]
pub struct Index {
    /// The table, or materialized view.
    pub table: Oid,
    /// The access method: `btree`, …
    pub method: Oid,
    /// The keys, in order.
    pub keys: Vec<IndexKey>,
    /// The columns of INCLUDE, by number.
    pub included: Vec<i16>,
    /// WHERE.
    pub predicate: Option<Arc<tree::Expr>>,
    /// Whether it refuses equal keys.
    pub unique: bool,
    /// Whether NULLs are equal for that.
    pub nulls_not_distinct: bool,
    /// Whether it is the one of the primary key.
    pub primary: bool,
    /// Whether it is that of an EXCLUDE constraint.
    pub exclusion: bool,
    /// Whether uniqueness is checked at once: not so for a deferrable constraint.
    pub immediate: bool,
    /// Whether queries can use it: not so after a concurrent build that failed, or ON ONLY without all partitions.
    pub valid: bool,
    /// CLUSTER ON.
    pub clustered: bool,
    /// The constraint that it belongs to.
    pub constraint: Option<Oid>,
}

/// A key of an index.
#[derive(Debug, Clone)]
pub struct IndexKey {
    /// What is compared.
    pub term: IndexTerm,
    /// The operator class.
    pub class: Oid,
    /// The options of the operator class.
    pub class_options: Vec<(Arc<str>, Arc<str>)>,
    /// The collation; none for a type that has none.
    pub collation: Option<Oid>,
    /// DESC.
    pub descending: bool,
    /// NULLS FIRST, which is also what DESC means without it.
    pub nulls_first: bool,
}

/// What a key of an index or of partitions compares.
#[derive(Debug, Clone)]
pub enum IndexTerm {
    /// A column, by its number.
    Column(i16),
    /// An expression over the columns.
    Expression(Arc<tree::Expr>),
}

impl IndexTerm {
    /// The number of the column, if it is one.
    #[must_use]
    pub fn column(&self) -> Option<i16> {
        match self {
            IndexTerm::Column(number) => Some(*number),
            IndexTerm::Expression(_) => None,
        }
    }
}
