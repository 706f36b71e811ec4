//! Values that are known before anything runs.

use std::collections::BTreeMap;
use std::sync::Arc;

/// A value of an expression.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// NULL.
    Null,
    /// A truth value.
    Bool(bool),
    /// An integer; the number of an object.
    Number(i64),
    /// A text, or a value of any type that is written as one.
    Text(Arc<str>),
    /// A relation: `regclass`.
    Relation(u32),
    /// An array.
    List(Vec<Value>),
    /// A row with the names of its columns. Of some the value may not be known.
    Record(Row),
}

/// A value, or nothing if it is only known when the statement runs.
pub type Known = Option<Value>;

/// The parameters of the session that migrations have set, by their names in lower case.
pub type Settings = BTreeMap<Arc<str>, Arc<str>>;

/// The columns of a row.
pub type Row = Vec<(Arc<str>, Known)>;

impl Value {
    /// A text.
    #[must_use]
    pub fn text(text: &str) -> Value {
        Value::Text(text.into())
    }

    /// The value as the text that `||`, `format` and EXECUTE make of it; nothing for what has no such text here.
    #[must_use]
    pub fn as_text(&self) -> Option<Arc<str>> {
        match self {
            Value::Text(text) => Some(text.clone()),
            Value::Number(number) => Some(number.to_string().into()),
            Value::Bool(truth) => Some(if *truth { "t" } else { "f" }.into()),
            Value::Null | Value::Relation(_) | Value::List(_) | Value::Record(_) => None,
        }
    }

    /// The integer that it is, or that its text says.
    #[must_use]
    pub fn as_number(&self) -> Option<i64> {
        match self {
            Value::Number(number) => Some(*number),
            Value::Relation(oid) => Some(i64::from(*oid)),
            Value::Text(text) => text.trim().parse().ok(),
            _ => None,
        }
    }
}
