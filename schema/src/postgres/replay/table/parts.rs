//! What a table is made of while its statement is read: columns whose defaults are still to be resolved, and constraints
//! that are made after the table.

use crate::postgres::ast::{
    ConstraintAttributes, ExclusionElement, Expr, ForeignKeyReference, Ident, IndexParameters,
    SequenceOption,
};
use crate::postgres::catalog::{Column, Generated, Relation, Sequence};
use crate::postgres::tree;
use crate::postgres::types::Oid;
use crate::text::Span;
use std::sync::Arc;

/// A column of a table that is being made or changed.
#[derive(Debug, Clone)]
pub(crate) struct NewColumn<'a> {
    /// All but its default.
    pub column: Column,
    /// What becomes its default.
    pub default: Option<NewDefault<'a>>,
    /// Its identity, with what its sequence begins as.
    pub identity: Option<(NewIdentity<'a>, Span)>,
    /// Its name.
    pub span: Span,
}

/// The sequence of an identity column that is to be made.
#[derive(Debug, Clone)]
pub(crate) enum NewIdentity<'a> {
    /// By its options.
    Written(&'a [SequenceOption]),
    /// As that of another column.
    Copied(Sequence),
}

/// What becomes the default of a column.
#[derive(Debug, Clone)]
pub(crate) enum NewDefault<'a> {
    /// DEFAULT.
    Written(&'a Expr),
    /// GENERATED ALWAYS AS (…).
    Generated(&'a Expr, Generated),
    /// The next value of the sequence of a serial column, which is still to be made.
    Serial(Oid),
    /// That of another table's column.
    Copied(Arc<tree::Expr>, Option<Generated>, Arc<Relation>),
}

/// A CHECK to be made.
#[derive(Debug, Clone)]
pub(crate) struct NewCheck<'a> {
    /// Its name, if it was given one.
    pub name: Option<&'a Ident>,
    /// The condition.
    pub expression: &'a Expr,
    /// NO INHERIT.
    pub no_inherit: bool,
    /// NOT VALID, NOT ENFORCED.
    pub attributes: ConstraintAttributes,
    /// From CONSTRAINT or CHECK on.
    pub span: Span,
}

/// A PRIMARY KEY, UNIQUE or EXCLUDE to be made.
#[derive(Debug, Clone)]
pub(crate) struct NewKey<'a> {
    /// Its name, if it was given one.
    pub name: Option<&'a Ident>,
    /// What it is.
    pub kind: NewKeyKind<'a>,
    /// INCLUDE, WITH, USING INDEX TABLESPACE.
    pub index: &'a IndexParameters,
    /// DEFERRABLE.
    pub attributes: ConstraintAttributes,
    /// From CONSTRAINT or its first word on.
    pub span: Span,
}

impl NewKey<'_> {
    /// Whether it is a primary key.
    pub(crate) fn is_primary(&self) -> bool {
        matches!(self.kind, NewKeyKind::Primary(_))
    }
}

/// The kinds of keys.
#[derive(Debug, Clone)]
pub(crate) enum NewKeyKind<'a> {
    /// PRIMARY KEY.
    Primary(Vec<Ident>),
    /// UNIQUE, and whether NULLs are equal.
    Unique(Vec<Ident>, bool),
    /// EXCLUDE.
    Exclude {
        /// USING.
        method: Option<&'a Ident>,
        /// What is compared.
        elements: &'a [ExclusionElement],
        /// WHERE.
        filter: Option<&'a Expr>,
    },
}

/// A FOREIGN KEY to be made.
#[derive(Debug, Clone)]
pub(crate) struct NewForeignKey<'a> {
    /// Its name, if it was given one.
    pub name: Option<&'a Ident>,
    /// The referencing columns.
    pub columns: Vec<Ident>,
    /// What is referenced.
    pub reference: &'a ForeignKeyReference,
    /// DEFERRABLE, NOT VALID.
    pub attributes: ConstraintAttributes,
    /// From CONSTRAINT or FOREIGN KEY or REFERENCES on.
    pub span: Span,
}

/// A column definition with the constraints that it brings.
#[derive(Debug, Clone)]
pub(crate) struct ColumnParts<'a> {
    /// The column.
    pub column: NewColumn<'a>,
    /// CHECK.
    pub checks: Vec<NewCheck<'a>>,
    /// PRIMARY KEY and UNIQUE.
    pub keys: Vec<NewKey<'a>>,
    /// REFERENCES.
    pub foreign_keys: Vec<NewForeignKey<'a>>,
}
