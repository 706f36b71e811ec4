//! Partitions: how the rows of a table are divided, and which of them a partition takes.

use super::IndexTerm;
use crate::postgres::tree;
use crate::postgres::types::{Oid, ValueType};
use std::sync::Arc;

/// PARTITION BY: how the rows of a table are divided.
#[derive(Debug, Clone)]
pub struct PartitionKey {
    /// LIST, RANGE or HASH.
    pub strategy: PartitionStrategy,
    /// The keys.
    pub terms: Vec<PartitionTerm>,
    /// The partition that takes what no other does.
    pub default_partition: Option<Oid>,
}

/// How rows are divided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the variants are the words of the language")]
pub enum PartitionStrategy {
    List,
    Range,
    Hash,
}

/// A key of PARTITION BY.
#[derive(Debug, Clone)]
pub struct PartitionTerm {
    /// What is compared.
    pub term: IndexTerm,
    /// Its type, modifier and collation.
    pub typed: ValueType,
    /// The operator class.
    pub class: Oid,
}

/// FOR VALUES: which rows a partition takes.
#[derive(Debug, Clone)]
pub enum PartitionBound {
    /// DEFAULT: what no other takes.
    Default,
    /// FOR VALUES IN.
    List(Vec<Arc<tree::Expr>>),
    /// FOR VALUES FROM … TO …: the first is in, the last is out.
    Range {
        /// FROM.
        from: Vec<BoundDatum>,
        /// TO.
        to: Vec<BoundDatum>,
    },
    /// FOR VALUES WITH.
    Hash {
        /// MODULUS.
        modulus: i32,
        /// REMAINDER.
        remainder: i32,
    },
}

/// A part of the bound of a range.
#[derive(Debug, Clone)]
pub enum BoundDatum {
    /// MINVALUE.
    Minimum,
    /// MAXVALUE.
    Maximum,
    /// A constant of the key's type.
    Value(Arc<tree::Expr>),
}
