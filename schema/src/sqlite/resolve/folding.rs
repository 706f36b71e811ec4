//! What the engine's parser makes constants of before any name is looked at.
//!
//! `x AND 0` is 0 and `x IN ()` is false whatever `x` says, even where it names nothing: the engine throws the operand
//! away while it parses.

use crate::sqlite::ast::{
    BinaryOperator, Expr, ExprKind, FunctionArguments, Literal, UnaryOperator,
};

/// The expression without the parentheses around it.
pub(super) fn bare(expr: &Expr) -> &Expr {
    let mut expr = expr;
    while let ExprKind::Parenthesized(inner) = &expr.kind {
        expr = inner;
    }
    expr
}

/// The expression without parentheses and COLLATE around it.
pub(super) fn uncollated(expr: &Expr) -> &Expr {
    let mut expr = bare(expr);
    while let ExprKind::Collate { value, .. } = &expr.kind {
        expr = bare(value);
    }
    expr
}

/// The expression without parentheses, COLLATE and the hints `likely`, `unlikely` and `likelihood` around it, as the
/// terms of ORDER BY and GROUP BY are read.
pub(super) fn unhinted(expr: &Expr) -> &Expr {
    let mut expr = uncollated(expr);
    while let ExprKind::Function(call) = &expr.kind
        && let FunctionArguments::List(arguments) = &call.arguments
        && let [first, ..] = arguments.as_slice()
        && is_hint(&call.name.name)
        && call.over.is_none()
        && call.filter.is_none()
    {
        expr = uncollated(first);
    }
    expr
}

fn is_hint(name: &str) -> bool {
    ["likely", "unlikely", "likelihood"]
        .iter()
        .any(|hint| hint.eq_ignore_ascii_case(name))
}

/// The value of an expression that the parser keeps as a 32-bit integer, signs before it included.
pub(super) fn integer(expr: &Expr) -> Option<i64> {
    let expr = bare(expr);
    match &expr.kind {
        ExprKind::Unary { operator, operand } => match operator {
            UnaryOperator::Plus => integer(operand),
            UnaryOperator::Minus => integer(operand).map(|value| -value),
            UnaryOperator::Not | UnaryOperator::BitNot => None,
        },
        _ => small_integer(expr),
    }
}

fn small_integer(expr: &Expr) -> Option<i64> {
    match &expr.kind {
        ExprKind::Literal(Literal::Integer(text)) => {
            parse_integer(text).filter(|value| *value <= i64::from(i32::MAX))
        }
        ExprKind::Binary {
            operator: BinaryOperator::And,
            left,
            right,
        } => is_dropped_and(left, right).then_some(0),
        ExprKind::Binary {
            operator: BinaryOperator::Is,
            left,
            right,
        } => null_test(left, right).map(|_| 0),
        ExprKind::Binary {
            operator: BinaryOperator::IsNot,
            left,
            right,
        } => null_test(left, right).map(|_| 1),
        ExprKind::IsNull(operand) => is_literal(operand).then_some(0),
        ExprKind::NotNull(operand) => is_literal(operand).then_some(1),
        _ => None,
    }
}

/// The value of a decimal or hexadecimal literal that fits in 64 bits.
pub(super) fn parse_integer(text: &str) -> Option<i64> {
    let digits: String = text.chars().filter(|digit| *digit != '_').collect();
    match digits.get(..2) {
        Some("0x" | "0X") => u64::from_str_radix(digits.get(2..)?, 16)
            .ok()
            .map(u64::cast_signed),
        Some(_) | None => digits.parse().ok(),
    }
}

fn null_test(left: &Expr, right: &Expr) -> Option<()> {
    let null = matches!(bare(right).kind, ExprKind::Literal(Literal::Null));
    (null && is_literal(left)).then_some(())
}

/// Whether it is a literal other than NULL, with or without signs.
fn is_literal(expr: &Expr) -> bool {
    match &bare(expr).kind {
        ExprKind::Literal(literal) => match literal {
            Literal::Integer(_) | Literal::Float(_) | Literal::String(_) | Literal::Blob(_) => true,
            Literal::Null
            | Literal::CurrentDate
            | Literal::CurrentTime
            | Literal::CurrentTimestamp => false,
        },
        ExprKind::Unary {
            operator: UnaryOperator::Plus | UnaryOperator::Minus,
            operand,
        } => is_literal(operand),
        _ => false,
    }
}

/// Whether the parser makes 0 of this expression, whatever its operands say.
pub(super) fn is_folded_and(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Binary {
            operator: BinaryOperator::And,
            left,
            right,
        } => is_dropped_and(left, right),
        _ => false,
    }
}

/// Whether the parser makes 0 of an AND of these operands.
pub(super) fn is_dropped_and(left: &Expr, right: &Expr) -> bool {
    (is_false(left) || is_false(right)) && !calls_function(left) && !calls_function(right)
}

fn is_false(expr: &Expr) -> bool {
    let expr = bare(expr);
    let empty_list = matches!(
        &expr.kind,
        ExprKind::InList { negated: false, value, list } if list.is_empty() && !calls_function(value)
    );
    empty_list || small_integer(expr) == Some(0)
}

/// Whether the parser has seen a function call in it (`EP_HasFunc`); it does not look through COLLATE and subqueries.
pub(super) fn calls_function(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Literal(literal) => match literal {
            Literal::CurrentDate | Literal::CurrentTime | Literal::CurrentTimestamp => true,
            Literal::Null
            | Literal::Integer(_)
            | Literal::Float(_)
            | Literal::String(_)
            | Literal::Blob(_) => false,
        },
        ExprKind::Function(_) | ExprKind::Like { .. } => true,
        ExprKind::Variable(_)
        | ExprKind::Name(_)
        | ExprKind::Qualified { .. }
        | ExprKind::Exists(_)
        | ExprKind::Subquery(_)
        | ExprKind::Collate { .. } => false,
        ExprKind::Parenthesized(inner) | ExprKind::IsNull(inner) | ExprKind::NotNull(inner) => {
            calls_function(inner)
        }
        ExprKind::Unary { operand, .. } => calls_function(operand),
        ExprKind::Binary {
            operator: BinaryOperator::Arrow | BinaryOperator::LongArrow,
            ..
        } => true,
        ExprKind::Binary { left, right, .. } => calls_function(left) || calls_function(right),
        ExprKind::Between {
            value, low, high, ..
        } => [value, low, high]
            .into_iter()
            .any(|part| calls_function(part)),
        ExprKind::InList { value, list, .. } => {
            calls_function(value) || list.iter().any(calls_function)
        }
        ExprKind::InQuery { value, .. } | ExprKind::InTable { value, .. } => calls_function(value),
        ExprKind::Case {
            operand,
            whens,
            otherwise,
        } => {
            operand.as_deref().is_some_and(calls_function)
                || otherwise.as_deref().is_some_and(calls_function)
                || whens
                    .iter()
                    .any(|when| calls_function(&when.condition) || calls_function(&when.result))
        }
        ExprKind::Cast { value, .. } => calls_function(value),
        ExprKind::Row(values) => values.iter().any(calls_function),
        ExprKind::Raise { message, .. } => message.as_deref().is_some_and(calls_function),
    }
}
