//! What an expression is certain to give, whatever the database holds.
//!
//! Nothing is guessed: where the engine's answer depends on anything that is not written there, or where it is not plain
//! what the engine does, the answer is none.

mod call;
mod compare;
mod evaluate;
mod number;

pub(crate) use evaluate::Names;

use crate::config::type_name;
use crate::sqlite::ast::{Expr, Literal, Query};
use crate::sqlite::catalog::{Affinity, Column};
use std::sync::Arc;

/// A value of the engine.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Value {
    Null,
    Integer(i64),
    Real(f64),
    Text(Arc<str>),
    Blob(Arc<[u8]>),
}

impl Value {
    /// What it is, with its article.
    pub(crate) fn noun(&self) -> &'static str {
        match self {
            Value::Null => "NULL",
            Value::Integer(_) => "an integer",
            Value::Real(_) => "a real",
            Value::Text(_) => "a text",
            Value::Blob(_) => "a blob",
        }
    }

    /// Adds to a key what is equal for values that are equal to the engine; none if it is not certain which are, and
    /// for NULL, which equals nothing.
    pub(crate) fn add_to_key(&self, collation: &str, key: &mut Vec<u8>) -> Option<()> {
        let (class, bytes) = match self {
            Value::Null => return None,
            Value::Integer(number) => (b'i', number.to_be_bytes().to_vec()),
            Value::Real(number) if number.fract() == 0.0 => {
                let integer = number::exact_integer(*number)?;
                (b'i', integer.to_be_bytes().to_vec())
            }
            Value::Real(number) => (b'r', number.to_bits().to_be_bytes().to_vec()),
            Value::Text(text) => (b't', compare::collated(text, collation)?),
            Value::Blob(bytes) => (b'b', bytes.to_vec()),
        };
        key.push(class);
        key.extend(bytes.len().to_be_bytes());
        key.extend(bytes);
        Some(())
    }
}

/// What is certain of queries within expressions.
pub(crate) trait Queries: std::fmt::Debug {
    /// Whether a query gives a row.
    fn exists(&self, query: &Query) -> Option<bool>;

    /// The value that a query stands for.
    fn scalar(&self, query: &Query) -> Option<Value>;
}

/// The value of an expression in which no column can be named.
pub(crate) fn value(expr: &Expr) -> Option<Value> {
    Names::Nothing.value(expr)
}

fn of_literal(literal: &Literal) -> Option<Value> {
    match literal {
        Literal::Null => Some(Value::Null),
        Literal::Integer(text) => number::integer_literal(text),
        Literal::Float(text) => number::real_literal(text).map(Value::Real),
        Literal::String(text) => Some(Value::Text(Arc::from(text.as_ref()))),
        Literal::Blob(text) => blob(text),
        Literal::CurrentDate | Literal::CurrentTime | Literal::CurrentTimestamp => None,
    }
}

/// The bytes of `x'…'`.
fn blob(text: &str) -> Option<Value> {
    let digits = text.get(2..text.len().checked_sub(1)?)?.as_bytes();
    let byte = |pair: &[u8]| {
        let pair = std::str::from_utf8(pair).ok()?;
        u8::from_str_radix(pair, 16).ok()
    };
    let bytes: Option<Vec<u8>> = digits.chunks(2).map(byte).collect();
    Some(Value::Blob(bytes?.into()))
}

/// What a column makes of a value that is written to it.
pub(crate) fn stored(value: Value, affinity: Affinity) -> Option<Value> {
    match (affinity, value) {
        (_, value @ (Value::Null | Value::Blob(_))) | (Affinity::Blob, value) => Some(value),
        (Affinity::Text, Value::Integer(number)) => {
            Some(Value::Text(Arc::from(number.to_string())))
        }
        // How many digits are written is the engine's own affair.
        (Affinity::Text, Value::Real(_)) => None,
        (Affinity::Text, value @ Value::Text(_)) => Some(value),
        (_, Value::Text(text)) => match number::of_text(&text) {
            number::OfText::None => Some(Value::Text(text)),
            number::OfText::Number(number) => stored(number, affinity),
            number::OfText::Unknown => None,
        },
        (Affinity::Real, Value::Integer(number)) => number::exact_real(number).map(Value::Real),
        (Affinity::Real, value @ Value::Real(_)) => Some(value),
        (Affinity::Integer | Affinity::Numeric, Value::Real(real)) => number::preferred(real),
        (Affinity::Integer | Affinity::Numeric, value @ Value::Integer(_)) => Some(value),
    }
}

/// Whether a column of a STRICT table refuses a value.
pub(crate) fn is_refused(value: &Value, column: &Column) -> bool {
    let name = type_name(&column.declared_type);
    let wanted: fn(&Value) -> bool = match name.as_str() {
        "INT" | "INTEGER" => |value| matches!(value, Value::Integer(_)),
        "REAL" => |value| matches!(value, Value::Real(_) | Value::Integer(_)),
        // A number becomes a text.
        "TEXT" => |value| !matches!(value, Value::Blob(_)),
        "BLOB" => |value| matches!(value, Value::Blob(_)),
        _ => |_| true,
    };
    match value {
        Value::Null => false,
        Value::Integer(_) | Value::Real(_) | Value::Text(_) | Value::Blob(_) => {
            let held = match name.as_str() {
                "TEXT" => Some(value.clone()),
                _ => stored(value.clone(), column.affinity),
            };
            held.is_some_and(|held| !wanted(&held))
        }
    }
}
