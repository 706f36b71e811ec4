//! New columns of tables of before.

use super::expression::is_built_in;
use crate::sqlite::ast::{
    ColumnConstraintKind, ColumnDefinition, Expr, ExprKind, Literal, UnaryOperator,
};

/// Why a new column of a table of before would be noticed.
pub(super) fn column(definition: &ColumnDefinition, is_strict: bool) -> Result<(), String> {
    let mut default = None;
    let mut refers = false;
    for constraint in &definition.constraints {
        match &constraint.kind {
            ColumnConstraintKind::Default { value, .. } => default = Some(value),
            ColumnConstraintKind::References(_) => refers = true,
            ColumnConstraintKind::Check(_) => return Err("has a CHECK".to_owned()),
            ColumnConstraintKind::PrimaryKey { .. } | ColumnConstraintKind::Unique { .. } => {
                return Err("is a key".to_owned());
            }
            ColumnConstraintKind::Generated { .. } => return Err("is computed".to_owned()),
            ColumnConstraintKind::Collate(collation) if !is_built_in(collation) => {
                let name = &collation.name;
                return Err(format!(
                    "has the collation `{name}`, which not every program has"
                ));
            }
            ColumnConstraintKind::NotNull {
                conflict: Some(_), ..
            } => return Err("resolves conflicts".to_owned()),
            // The engine adds no NOT NULL column without a default that is a value.
            ColumnConstraintKind::NotNull { conflict: None }
            | ColumnConstraintKind::Null { .. }
            | ColumnConstraintKind::Deferrable(_)
            | ColumnConstraintKind::Collate(_)
            | ColumnConstraintKind::NameOnly => {}
        }
    }
    let Some(default) = default else {
        return Ok(());
    };
    let Some(value) = value(default) else {
        return Err("has a default that is computed".to_owned());
    };
    let is_null = value == Value::Null;
    if refers && !is_null {
        return Err("refers to a row by its default".to_owned());
    }
    let declared = definition.type_name.as_ref().map(|name| name.text.as_str());
    if is_strict && !is_null && !fits(value, declared.unwrap_or_default()) {
        return Err("has a default that its STRICT table does not take".to_owned());
    }
    Ok(())
}

/// What kind of value a literal is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Value {
    Null,
    Integer,
    Real,
    Text,
    Blob,
}

/// The value of a default; none if it is more than a literal with a sign.
fn value(default: &Expr) -> Option<Value> {
    match &default.kind {
        ExprKind::Literal(literal) => Some(match literal {
            Literal::Null => Value::Null,
            // One that is too large becomes a real.
            Literal::Integer(digits) if digits.parse::<i64>().is_err() => Value::Real,
            Literal::Integer(_) => Value::Integer,
            Literal::Float(_) => Value::Real,
            Literal::String(_)
            | Literal::CurrentDate
            | Literal::CurrentTime
            | Literal::CurrentTimestamp => Value::Text,
            Literal::Blob(_) => Value::Blob,
        }),
        // TRUE and FALSE are numbers, any other word a text.
        ExprKind::Name(name) => {
            let is_boolean = ["true", "false"]
                .iter()
                .any(|word| name.name.eq_ignore_ascii_case(word));
            Some(if is_boolean {
                Value::Integer
            } else {
                Value::Text
            })
        }
        ExprKind::Parenthesized(inner) => value(inner),
        ExprKind::Unary {
            operator: UnaryOperator::Plus | UnaryOperator::Minus,
            operand,
        } => match value(operand)? {
            number @ (Value::Integer | Value::Real) => Some(number),
            Value::Null | Value::Text | Value::Blob => None,
        },
        _ => None,
    }
}

/// Whether a column of a STRICT table takes a value as it is.
fn fits(value: Value, declared: &str) -> bool {
    let is = |names: &[&str]| names.iter().any(|name| declared.eq_ignore_ascii_case(name));
    is(&["any"])
        || match value {
            Value::Null => true,
            Value::Integer => is(&["int", "integer", "real"]),
            Value::Real => is(&["real"]),
            Value::Text => is(&["text"]),
            Value::Blob => is(&["blob"]),
        }
}
