//! Columns of relations: what the engine keeps in `pg_attribute`.

use crate::catalog::Provenance;
use crate::postgres::tree;
use crate::postgres::types::{Storage, ValueType};
use std::sync::Arc;

/// A column of a table, view or composite type, or a key of an index.
#[derive(Debug, Clone)]
pub struct Column {
    /// Its number: 1 for the first of its relation.
    pub number: i16,
    /// Its name; a dropped one has none that can be found.
    pub name: Arc<str>,
    /// Its type, modifier and collation; [`tree::UNKNOWN`] if a mistake keeps from knowing it.
    pub typed: ValueType,
    /// How many dimensions its array was declared with.
    pub dimensions: i16,
    /// Whether it refuses NULL.
    pub not_null: bool,
    /// The default, or the expression of a generated column.
    pub default: Option<Arc<tree::Expr>>,
    /// GENERATED ALWAYS AS (…).
    pub generated: Option<Generated>,
    /// GENERATED … AS IDENTITY.
    pub identity: Option<Identity>,
    /// Whether it is dropped: its number stays taken.
    pub dropped: bool,
    /// Whether it was declared in its own table, whatever it inherits.
    pub local: bool,
    /// From how many parents it is inherited.
    pub inherited: u16,
    /// STORAGE, if it is not that of the type.
    pub storage: Option<Storage>,
    /// COMPRESSION.
    pub compression: Option<Arc<str>>,
    /// SET STATISTICS.
    pub statistics: Option<i32>,
    /// Options of the column, or of a foreign table's column.
    pub options: Vec<(Arc<str>, Arc<str>)>,
    /// Where it came from.
    pub provenance: Option<Provenance>,
}

/// How a generated column gets its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Generated {
    /// When the row is written.
    Stored,
    /// When it is read; from version 18 on.
    Virtual,
}

/// Whether an identity column takes a value that the user gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Identity {
    /// Only with OVERRIDING SYSTEM VALUE.
    Always,
    /// It does.
    ByDefault,
}

impl Column {
    /// A column of a type, with everything else as it is where nothing is said.
    #[must_use]
    pub fn new(number: i16, name: Arc<str>, typed: ValueType) -> Column {
        Column {
            number,
            name,
            typed,
            dimensions: 0,
            not_null: false,
            default: None,
            generated: None,
            identity: None,
            dropped: false,
            local: true,
            inherited: 0,
            storage: None,
            compression: None,
            statistics: None,
            options: Vec::new(),
            provenance: None,
        }
    }
}
