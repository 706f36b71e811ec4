//! CHECK constraints that list the strings which a column may hold.

use crate::sqlite::ast::{BinaryOperator, Expr, ExprKind, Literal};
use crate::sqlite::catalog::Table;

/// The columns that a CHECK limits to some strings, by position: each side of an AND may, whatever the others say.
pub(super) fn one_of(table: &Table, check: &Expr) -> Vec<(usize, Vec<String>)> {
    let mut lists = Vec::new();
    let mut rest = vec![check];
    while let Some(value) = rest.pop() {
        match &without_parentheses(value).kind {
            ExprKind::Binary {
                operator: BinaryOperator::And,
                left,
                right,
            } => rest.extend([right.as_ref(), left.as_ref()]),
            _ => lists.extend(listed(table, value)),
        }
    }
    lists
}

/// The position of the column and its values, if that is all that a condition says: `x IN ('a', 'b')`,
/// `x = 'a' OR x = 'b'`, either of them after `x IS NULL OR`.
fn listed(table: &Table, check: &Expr) -> Option<(usize, Vec<String>)> {
    let mut column = None;
    let mut values = Vec::new();
    // The left spine of a chain of OR can be as long as the text; its other sides are short.
    let mut rest = without_parentheses(check);
    while let ExprKind::Binary {
        operator: BinaryOperator::Or,
        left,
        right,
    } = &rest.kind
    {
        let right = without_parentheses(right);
        alternative(table, right, &mut column, &mut values)?;
        rest = without_parentheses(left);
    }
    alternative(table, rest, &mut column, &mut values)?;
    // The chain was read from its end.
    let mut list: Vec<String> = Vec::new();
    for value in values.into_iter().rev().flatten() {
        if !list.contains(&value) {
            list.push(value);
        }
    }
    match (column, list.is_empty()) {
        (Some(column), false) => Some((column, list)),
        (Some(_) | None, _) => None,
    }
}

/// Reads one side of an OR; nothing if it says anything else than which strings the column may hold.
fn alternative(
    table: &Table,
    value: &Expr,
    column: &mut Option<usize>,
    values: &mut Vec<Vec<String>>,
) -> Option<()> {
    let (named, strings) = match &value.kind {
        ExprKind::InList {
            negated: false,
            value,
            list,
        } => {
            let strings: Option<Vec<String>> = list.iter().map(string).collect();
            (value.as_ref(), strings?)
        }
        ExprKind::Binary {
            operator: BinaryOperator::Equal | BinaryOperator::Is,
            left,
            right,
        } => match (string(left), string(right)) {
            (None, Some(text)) => (left.as_ref(), vec![text]),
            (Some(text), None) => (right.as_ref(), vec![text]),
            (None, None) if is_null(right) => (left.as_ref(), Vec::new()),
            (None, None) | (Some(_), Some(_)) => return None,
        },
        ExprKind::IsNull(operand) => (operand.as_ref(), Vec::new()),
        _ => return None,
    };
    let position = column_of(table, named)?;
    if column.is_some_and(|first| first != position) {
        return None;
    }
    *column = Some(position);
    values.push(strings);
    Some(())
}

fn column_of(table: &Table, value: &Expr) -> Option<usize> {
    match &without_parentheses(value).kind {
        ExprKind::Name(name) => table.column_index(&name.name),
        ExprKind::Qualified { column, .. } => table.column_index(&column.name),
        _ => None,
    }
}

fn string(value: &Expr) -> Option<String> {
    match &without_parentheses(value).kind {
        ExprKind::Literal(Literal::String(text)) => Some(text.to_string()),
        _ => None,
    }
}

fn is_null(value: &Expr) -> bool {
    matches!(
        without_parentheses(value).kind,
        ExprKind::Literal(Literal::Null)
    )
}

fn without_parentheses(value: &Expr) -> &Expr {
    let mut value = value;
    while let ExprKind::Parenthesized(inner) = &value.kind {
        value = inner;
    }
    value
}
