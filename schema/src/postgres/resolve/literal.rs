//! Literals, and the values that have a word of their own.

use super::resolver::Resolver;
use crate::postgres::ast::{self, Constant};
use crate::postgres::tree::{self, Expr, SqlValue, SqlValueKind, Value};
use crate::postgres::types::{Input, Oid, Typmod, ValueType, well_known};
use std::sync::Arc;

impl Resolver<'_> {
    /// A literal, a number as its type prints it.
    pub(super) fn constant(&self, value: &Constant) -> Expr {
        let literal = constant(value);
        let numeric = ValueType::plain(well_known::NUMERIC);
        match &literal {
            Expr::Constant(tree::Constant {
                typed,
                value: Some(Value::Text(text)),
            }) if *typed == numeric => match self.typing().input(numeric, text, self.version) {
                Ok(Input::Value(value)) => Expr::Constant(tree::Constant {
                    typed: numeric,
                    value: Some(value),
                }),
                Ok(Input::Moment | Input::Unsure(_)) | Err(_) => literal,
            },
            _ => literal,
        }
    }
}

/// A literal.
fn constant(value: &Constant) -> Expr {
    let (oid, value): (Oid, Option<Arc<str>>) = match value {
        Constant::Null => (well_known::UNKNOWN, None),
        Constant::Boolean(value) => {
            return boolean_constant(*value);
        }
        Constant::Integer(value) => (well_known::INT4, Some(value.to_string().into())),
        Constant::Number(text) => match text.parse::<i64>() {
            // `-2147483648` fits, and its digits without the sign do not (`make_const`).
            Ok(value) if !text.starts_with('+') => match i32::try_from(value) {
                Ok(value) => (well_known::INT4, Some(value.to_string().into())),
                Err(_) => (well_known::INT8, Some(value.to_string().into())),
            },
            _ => (well_known::NUMERIC, Some(Arc::from(&**text))),
        },
        Constant::String(text) => (well_known::UNKNOWN, Some(Arc::from(&**text))),
        Constant::Bits(digits) => (well_known::BIT, Some(bits(digits).into())),
    };
    Expr::Constant(tree::Constant {
        typed: ValueType {
            oid,
            typmod: Typmod::NONE,
            collation: None,
        },
        value: value.map(Value::Text),
    })
}

/// The bits of `b1010` or `x1F`.
fn bits(digits: &str) -> String {
    match digits.split_at_checked(1) {
        Some(("x", digits)) => digits
            .chars()
            .filter_map(|digit| digit.to_digit(16))
            .map(|digit| format!("{digit:04b}"))
            .collect(),
        Some((_, digits)) => digits.to_owned(),
        None => String::new(),
    }
}

/// NULL of which nothing says the type.
pub(super) fn null() -> Expr {
    constant(&Constant::Null)
}

/// TRUE or FALSE.
pub(super) fn boolean_constant(value: bool) -> Expr {
    Expr::Constant(tree::Constant {
        typed: ValueType::plain(well_known::BOOL),
        value: Some(Value::Text(if value { "t" } else { "f" }.into())),
    })
}

/// An integer.
pub(super) fn integer_constant(value: i32) -> Expr {
    constant(&Constant::Integer(value))
}

pub(super) fn sql_value(value: ast::SqlValue, precision: Option<i32>) -> SqlValue {
    use ast::SqlValue as Written;
    let name = ValueType::plain(well_known::NAME);
    let name = name.collated(Some(well_known::C_COLLATION));
    let (kind, typed) = match value {
        Written::CurrentDate => (
            SqlValueKind::CurrentDate,
            ValueType::plain(well_known::DATE),
        ),
        Written::CurrentTime => (
            SqlValueKind::CurrentTime,
            ValueType::plain(well_known::TIMETZ),
        ),
        Written::CurrentTimestamp => (
            SqlValueKind::CurrentTimestamp,
            ValueType::plain(well_known::TIMESTAMPTZ),
        ),
        Written::LocalTime => (SqlValueKind::LocalTime, ValueType::plain(well_known::TIME)),
        Written::LocalTimestamp => (
            SqlValueKind::LocalTimestamp,
            ValueType::plain(well_known::TIMESTAMP),
        ),
        Written::CurrentRole => (SqlValueKind::CurrentRole, name),
        Written::CurrentUser => (SqlValueKind::CurrentUser, name),
        Written::SessionUser => (SqlValueKind::SessionUser, name),
        Written::User => (SqlValueKind::User, name),
        Written::CurrentCatalog => (SqlValueKind::CurrentCatalog, name),
        Written::CurrentSchema => (SqlValueKind::CurrentSchema, name),
    };
    // The engine takes six digits at most, with a warning for more.
    let typmod = precision.map_or(Typmod::NONE, |it| Typmod(it.min(6)));
    SqlValue {
        kind,
        typed: typed.modified(typmod),
    }
}
