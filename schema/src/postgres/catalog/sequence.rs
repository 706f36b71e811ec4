//! What only sequences have: what the engine keeps in `pg_sequence`.

use crate::postgres::types::Oid;

/// What only a sequence has. Which column owns it is in the dependency graph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sequence {
    /// `smallint`, `integer` or `bigint`.
    pub type_oid: Oid,
    /// START WITH.
    pub start: i64,
    /// INCREMENT BY.
    pub increment: i64,
    /// MINVALUE.
    pub minimum: i64,
    /// MAXVALUE.
    pub maximum: i64,
    /// CACHE.
    pub cache: i64,
    /// CYCLE.
    pub cycle: bool,
}
