//! What is known of the value of an expression.

use super::affinity::ValueAffinity;
use super::shape::Shape;
use crate::catalog::Key;
use crate::sqlite::catalog::Content;
use crate::text::Span;
use std::sync::Arc;

/// What is known of the value of a resolved expression.
#[derive(Debug, Clone)]
pub(super) struct Value {
    /// `sqlite3ExprAffinity`.
    pub(super) affinity: Option<ValueAffinity>,
    /// The declared type of the column that it shows unchanged.
    pub(super) declared_type: Option<Arc<str>>,
    /// `sqlite3ExprCollSeq`.
    pub(super) collation: Option<Collation>,
    /// Whether COLLATE stands somewhere in it (`EP_Collate`), which decides what collation a comparison takes.
    pub(super) collated: bool,
    /// Whether it may be NULL.
    pub(super) nullable: bool,
    /// Whether it is read from the current row of its query's FROM, which an aggregate query without GROUP BY may lack.
    pub(super) bare: bool,
    /// Whether it is a number that is certainly no infinity, so that adding to it never makes NULL out of two of them.
    pub(super) finite: bool,
    /// How many columns it has: more than one for rows and for subqueries of several columns.
    pub(super) width: Width,
    /// The values of a row.
    pub(super) parts: Vec<Value>,
    /// Which kinds of values it may have (`sqlite3ExprDataType`).
    pub(super) data: DataTypes,
    /// What it is, NULL aside.
    pub(super) content: Content,
    /// The column of a table that it shows unchanged: the database, the table and the column's position.
    pub(super) origin: Option<(usize, Key, usize)>,
    /// The name of the column, if it is nothing but a column.
    pub(super) column: Option<Arc<str>>,
    /// The same, also where COLLATE or a hint such as `likely` is around the column: the name that a view gives it.
    pub(super) shown: Option<Arc<str>>,
    /// Whether it is CAST, which changes how the affinity of a compound query's column is found.
    pub(super) cast: bool,
    /// Which expression it is.
    pub(super) shape: Shape,
}

/// How many columns a value has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Width {
    /// One.
    Scalar,
    /// A row of so many values in parentheses.
    Row(usize),
    /// A subquery of so many columns.
    Subquery(usize),
    /// It cannot be known after a mistake.
    Unknown,
}

/// A collation and where it comes from.
#[derive(Debug, Clone)]
pub(super) struct Collation {
    /// Its name.
    pub(super) name: Arc<str>,
    /// The name after COLLATE if the expression itself has one, which the engine looks up when it needs it.
    pub(super) written: Option<Span>,
}

/// The collation of everything that has no other one.
pub(super) const BINARY: &str = "BINARY";

/// A set of kinds of values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct DataTypes(u8);

impl DataTypes {
    /// Only NULL.
    pub(super) const NONE: DataTypes = DataTypes(0);
    /// Numbers.
    pub(super) const NUMERIC: DataTypes = DataTypes(1);
    /// Texts.
    pub(super) const TEXT: DataTypes = DataTypes(2);
    /// Blobs.
    pub(super) const BLOB: DataTypes = DataTypes(4);
    /// Anything.
    pub(super) const ANY: DataTypes = DataTypes(7);

    /// The kinds that are in one of the two sets.
    pub(super) fn or(self, other: DataTypes) -> DataTypes {
        DataTypes(self.0 | other.0)
    }

    /// Whether the sets have a kind in common.
    pub(super) fn overlaps(self, other: DataTypes) -> bool {
        self.0 & other.0 != 0
    }
}

impl Width {
    /// The number of columns, if it is known.
    pub(super) fn count(self) -> Option<usize> {
        match self {
            Width::Scalar => Some(1),
            Width::Row(count) | Width::Subquery(count) => Some(count),
            Width::Unknown => None,
        }
    }
}

impl Value {
    /// A value of which nothing more is known: it may be anything, NULL included.
    pub(super) fn new(shape: Shape) -> Value {
        Value {
            affinity: None,
            declared_type: None,
            collation: None,
            collated: false,
            nullable: true,
            bare: false,
            finite: false,
            width: Width::Scalar,
            parts: Vec::new(),
            data: DataTypes::ANY,
            content: Content::ANY,
            origin: None,
            column: None,
            shown: None,
            cast: false,
            shape,
        }
    }

    /// A value that a mistake has made unknown.
    pub(super) fn unknown(shape: Shape) -> Value {
        Value {
            width: Width::Unknown,
            ..Value::new(shape)
        }
    }

    /// What an operator makes of some values: a number, NULL if one of them is.
    pub(super) fn number(shape: Shape, operands: &[&Value]) -> Value {
        Value {
            nullable: operands.iter().any(|value| value.nullable),
            bare: operands.iter().any(|value| value.bare),
            data: DataTypes::NUMERIC,
            ..Value::new(shape)
        }
    }

    /// The value with the collation that it has from its operands: that of the first with COLLATE in it.
    pub(super) fn collated_by(self, operands: &[&Value]) -> Value {
        match operands.iter().find(|operand| operand.collated) {
            Some(operand) => Value {
                collation: operand.collation.clone(),
                collated: true,
                ..self
            },
            None => self,
        }
    }
}
