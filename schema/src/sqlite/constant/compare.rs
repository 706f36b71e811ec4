//! How the engine compares values: affinity first, then the class, then the collation.

use super::{Value, number};
use crate::sqlite::catalog::Affinity;
use std::cmp::Ordering;
use std::sync::Arc;

/// A side of a comparison.
#[derive(Debug)]
pub(super) struct Side {
    pub(super) value: Value,
    /// That of the column that it is.
    pub(super) affinity: Option<Affinity>,
    /// COLLATE.
    pub(super) written: Option<Arc<str>>,
    /// That of the column that it is.
    pub(super) own: Option<Arc<str>>,
}

impl Side {
    /// A value that is no column.
    pub(super) fn of_value(value: Value) -> Side {
        Side {
            value,
            affinity: None,
            written: None,
            own: None,
        }
    }
}

/// The order of two values other than NULL, if it is certain.
pub(super) fn order(left: &Side, right: &Side) -> Option<Ordering> {
    let collations = [&left.written, &right.written, &left.own, &right.own];
    let collation = collations.into_iter().flatten().next();
    let collation = collation.map_or("BINARY", |name| name);
    let affinity = match (left.affinity, right.affinity) {
        (Some(left), Some(right)) if is_numeric(left) || is_numeric(right) => Affinity::Numeric,
        (Some(_), Some(_)) | (None, None) => Affinity::Blob,
        (Some(only), None) | (None, Some(only)) => only,
    };
    let any_text = [left, right]
        .iter()
        .any(|side| matches!(side.value, Value::Text(_)));
    let prepared = |value: &Value| match value {
        Value::Text(text) if is_numeric(affinity) => match number::of_text(text) {
            number::OfText::None => Some(value.clone()),
            number::OfText::Number(number) => Some(number),
            number::OfText::Unknown => None,
        },
        Value::Integer(_) | Value::Real(_) if affinity == Affinity::Text && any_text => {
            super::stored(value.clone(), affinity)
        }
        value => Some(value.clone()),
    };
    of_values(&prepared(&left.value)?, &prepared(&right.value)?, collation)
}

fn is_numeric(affinity: Affinity) -> bool {
    match affinity {
        Affinity::Blob | Affinity::Text => false,
        Affinity::Numeric | Affinity::Integer | Affinity::Real => true,
    }
}

fn of_values(left: &Value, right: &Value, collation: &str) -> Option<Ordering> {
    match (left, right) {
        (Value::Integer(left), Value::Integer(right)) => Some(left.cmp(right)),
        (Value::Real(left), Value::Real(right)) => left.partial_cmp(right),
        (Value::Integer(left), Value::Real(right)) => number::exact_real(*left)?.partial_cmp(right),
        (Value::Real(left), Value::Integer(right)) => {
            left.partial_cmp(&number::exact_real(*right)?)
        }
        (Value::Text(left), Value::Text(right)) => {
            Some(collated(left, collation)?.cmp(&collated(right, collation)?))
        }
        (Value::Blob(left), Value::Blob(right)) => Some(left.cmp(right)),
        (left, right) => Some(class(left).cmp(&class(right))),
    }
}

fn class(value: &Value) -> u8 {
    match value {
        Value::Null => 0,
        Value::Integer(_) | Value::Real(_) => 1,
        Value::Text(_) => 2,
        Value::Blob(_) => 3,
    }
}

/// Bytes that are in the order in which a collation puts texts; none for a collation of the application.
pub(super) fn collated(text: &str, collation: &str) -> Option<Vec<u8>> {
    match collation.to_ascii_uppercase().as_str() {
        "BINARY" => Some(text.as_bytes().to_vec()),
        "NOCASE" if !text.contains('\0') => Some(text.to_ascii_lowercase().into_bytes()),
        "RTRIM" => Some(text.trim_end_matches(' ').as_bytes().to_vec()),
        _ => None,
    }
}
