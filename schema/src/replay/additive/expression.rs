//! Expressions whose value is there whatever a row holds, in every program.

use crate::ast::{BinaryOperator, Expr, ExprKind};
use crate::text::Ident;

/// The collations that every program has.
const COLLATIONS: &[&str] = &["binary", "nocase", "rtrim"];

pub(super) fn is_built_in(collation: &Ident) -> bool {
    let mut known = COLLATIONS.iter();
    known.any(|known| known.eq_ignore_ascii_case(&collation.name))
}

/// Whether computing an expression succeeds whatever a row holds, in every program.
pub(super) fn never_fails(expression: &Expr) -> bool {
    match &expression.kind {
        ExprKind::Literal(_) | ExprKind::Name(_) | ExprKind::Qualified { .. } => true,
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
