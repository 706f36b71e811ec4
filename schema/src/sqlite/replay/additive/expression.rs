//! Expressions whose value is there whatever a row holds, in every program.

use crate::sqlite::ast::{BinaryOperator, Expr, ExprKind};
use crate::sqlite::catalog::{GeneratedKind, Table};
use crate::text::Ident;

/// The collations that every program has.
const COLLATIONS: &[&str] = &["binary", "nocase", "rtrim"];

pub(super) fn is_built_in(collation: &Ident) -> bool {
    let mut known = COLLATIONS.iter();
    known.any(|known| known.eq_ignore_ascii_case(&collation.name))
}

/// Whether a column is computed only when it is read, so that nobody has found out whether that succeeds.
fn is_virtual(table: &Table, name: &Ident) -> bool {
    let position = table.column_index(&name.name);
    let column = position.and_then(|position| table.columns.get(position));
    let generated = column.and_then(|column| column.generated.as_ref());
    generated.is_some_and(|generated| generated.kind == GeneratedKind::Virtual)
}

/// Whether computing an expression over the rows of a table succeeds whatever a row holds, in every program.
pub(super) fn never_fails(expression: &Expr, table: Option<&Table>) -> bool {
    let never_fails = |part: &Expr| never_fails(part, table);
    match &expression.kind {
        ExprKind::Literal(_) => true,
        ExprKind::Name(name) | ExprKind::Qualified { column: name, .. } => {
            !table.is_some_and(|table| is_virtual(table, name))
        }
        ExprKind::Parenthesized(inner)
        | ExprKind::IsNull(inner)
        | ExprKind::NotNull(inner)
        | ExprKind::Unary { operand: inner, .. }
        | ExprKind::Cast { value: inner, .. } => never_fails(inner),
        // `->` fails on what is no JSON.
        ExprKind::Binary {
            operator: BinaryOperator::Arrow | BinaryOperator::LongArrow | BinaryOperator::Concat,
            ..
        } => false,
        ExprKind::Binary { left, right, .. } => never_fails(left) && never_fails(right),
        ExprKind::Between {
            value, low, high, ..
        } => never_fails(value) && never_fails(low) && never_fails(high),
        ExprKind::InList { value, list, .. } => never_fails(value) && list.iter().all(never_fails),
        ExprKind::Collate { value, collation } => is_built_in(collation) && never_fails(value),
        ExprKind::Case {
            operand,
            whens,
            otherwise,
        } => {
            let mut inner = operand.iter().chain(otherwise).map(|inner| &**inner);
            let mut whens = whens.iter();
            inner.all(never_fails)
                && whens.all(|when| never_fails(&when.condition) && never_fails(&when.result))
        }
        ExprKind::Variable(_)
        | ExprKind::Like { .. }
        | ExprKind::InQuery { .. }
        | ExprKind::InTable { .. }
        | ExprKind::Exists(_)
        | ExprKind::Subquery(_)
        | ExprKind::Function(_)
        | ExprKind::Row(_)
        | ExprKind::Raise { .. } => false,
    }
}
