//! Which defaults ADD COLUMN can give to rows that are already there.

use crate::ast::{Expr, ExprKind, Literal, UnaryOperator};

/// Whether the engine knows the value without running anything (`sqlite3ValueFromExpr`).
pub(super) fn is_constant(value: &Expr) -> bool {
    match &value.kind {
        ExprKind::Literal(literal) => match literal {
            Literal::Null
            | Literal::Integer(_)
            | Literal::Float(_)
            | Literal::String(_)
            | Literal::Blob(_) => true,
            Literal::CurrentDate | Literal::CurrentTime | Literal::CurrentTimestamp => false,
        },
        // A bare word is a string, or TRUE or FALSE.
        ExprKind::Name(_) => true,
        ExprKind::Parenthesized(inner) => is_constant(inner),
        ExprKind::Cast { value, .. } => is_constant(value),
        ExprKind::Unary { operator, operand } => match operator {
            UnaryOperator::Plus => is_constant(operand),
            UnaryOperator::Minus => is_constant(operand) && !is_null(operand),
            UnaryOperator::Not | UnaryOperator::BitNot => false,
        },
        _ => false,
    }
}

/// Whether a value is the literal NULL.
pub(super) fn is_null(value: &Expr) -> bool {
    match &value.kind {
        ExprKind::Literal(literal) => *literal == Literal::Null,
        ExprKind::Parenthesized(inner) => is_null(inner),
        _ => false,
    }
}
