//! Constraints of tables and domains: what the engine keeps in `pg_constraint`.

use super::objects::object;
use crate::catalog::Provenance;
use crate::postgres::tree;
use crate::postgres::types::Oid;
use std::sync::Arc;

/// A constraint.
#[derive(Debug, Clone)]
pub struct Constraint {
    /// Its number.
    pub oid: Oid,
    /// Its name, which no other constraint of its table or domain has.
    pub name: Arc<str>,
    /// The schema of its table.
    pub namespace: Oid,
    /// The table, or the type of the domain.
    pub on: ConstraintOn,
    /// What it demands.
    pub kind: ConstraintKind,
    /// When it is checked.
    pub timing: Timing,
    /// Whether the rows that are there are known to satisfy it.
    pub validated: bool,
    /// From version 18 on: whether it is checked at all.
    pub enforced: bool,
    /// Whether it was declared on its own table, whatever it inherits.
    pub local: bool,
    /// From how many parents it is inherited.
    pub inherited: u16,
    /// Whether those that inherit from its table do not get it.
    pub no_inherit: bool,
    /// The one of the partitioned table that it comes from.
    pub parent: Option<Oid>,
    /// Where it came from.
    pub provenance: Option<Provenance>,
}

object!(
    Constraint,
    |constraint| Some(constraint.on.oid()),
    |constraint| Some(constraint.namespace)
);

/// What a constraint belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ConstraintOn {
    /// A table.
    Table(Oid),
    /// A domain, by the number of its type.
    Domain(Oid),
}

/// What a constraint demands.
#[derive(Debug, Clone)]
pub enum ConstraintKind {
    /// CHECK.
    Check {
        /// The condition; of a domain, over its value. Nothing where a mistake keeps from knowing it.
        condition: Option<Arc<tree::Expr>>,
        /// The columns that it reads, by number, in the order in which it first reads them.
        columns: Vec<i16>,
    },
    /// NOT NULL of a column; a constraint of its own from version 18 on, and of domains from 17 on.
    NotNull {
        /// The column.
        column: i16,
    },
    /// PRIMARY KEY.
    PrimaryKey(KeyConstraint),
    /// UNIQUE.
    Unique(KeyConstraint),
    /// EXCLUDE.
    Exclude {
        /// The index.
        key: KeyConstraint,
        /// The operator of each column.
        operators: Vec<Oid>,
    },
    /// FOREIGN KEY.
    ForeignKey(ForeignKey),
    /// CREATE CONSTRAINT TRIGGER.
    Trigger,
}

/// A constraint that an index keeps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyConstraint {
    /// The index.
    pub index: Oid,
    /// The columns, by number; 0 for an expression of EXCLUDE.
    pub columns: Vec<i16>,
}

/// FOREIGN KEY.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ForeignKey {
    /// The referencing columns.
    pub columns: Vec<i16>,
    /// The referenced table.
    pub table: Oid,
    /// The referenced columns.
    pub referenced: Vec<i16>,
    /// The unique index of the referenced columns.
    pub index: Oid,
    /// MATCH FULL; SIMPLE otherwise.
    pub full: bool,
    /// ON UPDATE.
    pub on_update: ForeignKeyAction,
    /// ON DELETE.
    pub on_delete: ForeignKeyAction,
    /// The columns of ON DELETE SET NULL (…) and SET DEFAULT (…).
    pub set_columns: Vec<i16>,
    /// For each column: the operator that compares the referenced value with the referencing one.
    pub operators: Vec<Oid>,
}

/// What becomes of a referencing row.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "the variants are the words of the language")]
pub enum ForeignKeyAction {
    #[default]
    NoAction,
    Restrict,
    Cascade,
    SetNull,
    SetDefault,
}

/// When a constraint or a constraint trigger is checked.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Timing {
    /// DEFERRABLE.
    pub deferrable: bool,
    /// INITIALLY DEFERRED.
    pub deferred: bool,
}

impl ConstraintOn {
    /// The number of the table or type.
    #[must_use]
    pub fn oid(self) -> Oid {
        match self {
            ConstraintOn::Table(oid) | ConstraintOn::Domain(oid) => oid,
        }
    }

    /// The table, if it belongs to one.
    #[must_use]
    pub fn table(self) -> Option<Oid> {
        match self {
            ConstraintOn::Table(oid) => Some(oid),
            ConstraintOn::Domain(_) => None,
        }
    }
}

impl ConstraintKind {
    /// The index constraint, if it is one.
    #[must_use]
    pub fn key(&self) -> Option<&KeyConstraint> {
        match self {
            ConstraintKind::PrimaryKey(key)
            | ConstraintKind::Unique(key)
            | ConstraintKind::Exclude { key, .. } => Some(key),
            ConstraintKind::Check { .. }
            | ConstraintKind::NotNull { .. }
            | ConstraintKind::ForeignKey(_)
            | ConstraintKind::Trigger => None,
        }
    }

    /// The index constraint, to be changed.
    pub fn key_mut(&mut self) -> Option<&mut KeyConstraint> {
        match self {
            ConstraintKind::PrimaryKey(key)
            | ConstraintKind::Unique(key)
            | ConstraintKind::Exclude { key, .. } => Some(key),
            ConstraintKind::Check { .. }
            | ConstraintKind::NotNull { .. }
            | ConstraintKind::ForeignKey(_)
            | ConstraintKind::Trigger => None,
        }
    }

    /// The foreign key, if it is one.
    #[must_use]
    pub fn foreign_key(&self) -> Option<&ForeignKey> {
        match self {
            ConstraintKind::ForeignKey(key) => Some(key),
            ConstraintKind::Check { .. }
            | ConstraintKind::NotNull { .. }
            | ConstraintKind::PrimaryKey(_)
            | ConstraintKind::Unique(_)
            | ConstraintKind::Exclude { .. }
            | ConstraintKind::Trigger => None,
        }
    }
}
