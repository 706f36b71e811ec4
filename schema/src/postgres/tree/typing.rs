//! The type of every expression.

use super::expr::{Expr, SubLinkKind};
use crate::postgres::types::{Oid, ValueType, well_known};

/// The type of what a mistake has left unknown: no type has this number.
pub const UNKNOWN: ValueType = ValueType::plain(Oid(0));

impl Expr {
    /// The type of the value: `exprType`, `exprTypmod` and `exprCollation`.
    ///
    /// The type of a subquery as an array is kept in the node; what a mistake has left unknown is [`UNKNOWN`].
    #[must_use]
    pub fn value_type(&self) -> ValueType {
        const BOOL: ValueType = ValueType::plain(well_known::BOOL);
        match self {
            Expr::Column(it) => it.typed,
            Expr::Constant(it) => it.typed,
            Expr::Parameter(it) => it.typed,
            Expr::Function(it) => it.typed,
            Expr::Aggregate(it) => it.typed,
            Expr::Grouping(_) => ValueType::plain(well_known::INT4),
            Expr::Window(it) => it.typed,
            Expr::Operator(it) | Expr::Distinct(it) | Expr::NullIf(it) => it.typed,
            Expr::ArrayComparison(_)
            | Expr::Boolean(..)
            | Expr::RowComparison(_)
            | Expr::NullTest(_)
            | Expr::BooleanTest(_)
            | Expr::CurrentOf(_) => BOOL,
            Expr::SubLink(it) => match it.kind {
                SubLinkKind::Scalar | SubLinkKind::Array => it.typed,
                SubLinkKind::Exists | SubLinkKind::All | SubLinkKind::Any => BOOL,
                SubLinkKind::MultipleAssignment => ValueType::plain(well_known::RECORD),
            },
            Expr::Named(it) => it.argument.value_type(),
            Expr::Subscripts(it) => it.typed,
            Expr::FieldSelect(it) => it.typed,
            Expr::FieldStore(it) => ValueType::plain(it.row_type),
            Expr::Relabel(it) | Expr::Io(it) | Expr::ConvertRow(it) | Expr::ToDomain(it) => {
                it.typed
            }
            Expr::ArrayCoercion(it) => it.typed,
            Expr::Collate(it) => ValueType {
                collation: Some(it.collation),
                ..it.operand.value_type()
            },
            Expr::Case(it) => it.typed,
            Expr::CaseTest(typed) | Expr::DomainValue(typed) | Expr::Default(typed) => *typed,
            Expr::Array(it) => it.typed,
            Expr::Row(it) => ValueType::plain(it.row_type),
            Expr::Coalesce(it) => it.typed,
            Expr::MinMax(it) => it.typed,
            Expr::SqlValue(it) => it.typed,
            Expr::Xml(it) => it.typed,
            Expr::Unknown => UNKNOWN,
        }
    }
}
