//! Functions of values that are known.

use super::{Names, Value};
use crate::sqlite::ast::{Expr, ExprKind, FunctionArguments, FunctionCall};
use std::sync::Arc;

/// The arguments of a call of one of the engine's own functions; nothing where the application may have registered its
/// own under the name.
fn arguments<'a>(names: Names<'_>, call: &'a FunctionCall) -> Option<&'a [Expr]> {
    let (Names::Row { rules, .. } | Names::Database { rules, .. }) = names else {
        return None;
    };
    let is_plain = call.filter.is_none()
        && call.over.is_none()
        && call.order_by.is_empty()
        && !call.distinct
        && !rules.is_registered(&call.name.name);
    match &call.arguments {
        FunctionArguments::List(arguments) if is_plain => Some(arguments),
        FunctionArguments::List(_) | FunctionArguments::Star => None,
    }
}

impl Names<'_> {
    pub(super) fn call(self, call: &FunctionCall) -> Option<Value> {
        let arguments = arguments(self, call)?;
        let name = call.name.name.to_ascii_lowercase();
        match (name.as_str(), arguments) {
            ("coalesce" | "ifnull", arguments) => self.first_value(arguments),
            ("iif" | "if", [condition, yes, no]) => match self.truth(condition)? {
                Some(true) => self.value(yes),
                Some(false) | None => self.value(no),
            },
            (name, [argument]) => of_one(name, self.value(argument)?),
            _ => None,
        }
    }

    /// The first of several values that is not NULL.
    fn first_value(self, arguments: &[Expr]) -> Option<Value> {
        for argument in arguments {
            match self.value(argument)? {
                Value::Null => {}
                value => return Some(value),
            }
        }
        Some(Value::Null)
    }
}

fn of_one(name: &str, value: Value) -> Option<Value> {
    match (name, value) {
        ("length" | "lower" | "upper" | "trim" | "abs", Value::Null) => Some(Value::Null),
        ("length", Value::Text(text)) if !text.contains('\0') => {
            i64::try_from(text.chars().count()).ok().map(Value::Integer)
        }
        ("length", Value::Blob(bytes)) => i64::try_from(bytes.len()).ok().map(Value::Integer),
        // The engine's letters are those of ASCII.
        ("lower", Value::Text(text)) if !text.contains('\0') => {
            Some(Value::Text(Arc::from(text.to_ascii_lowercase())))
        }
        ("upper", Value::Text(text)) if !text.contains('\0') => {
            Some(Value::Text(Arc::from(text.to_ascii_uppercase())))
        }
        ("trim", Value::Text(text)) if !text.contains('\0') => {
            Some(Value::Text(Arc::from(text.trim_matches(' '))))
        }
        ("abs", Value::Integer(number)) => number.checked_abs().map(Value::Integer),
        ("typeof", value) => {
            let name = match value {
                Value::Null => "null",
                Value::Integer(_) => "integer",
                Value::Real(_) => "real",
                Value::Text(_) => "text",
                Value::Blob(_) => "blob",
            };
            Some(Value::Text(Arc::from(name)))
        }
        _ => None,
    }
}

/// Whether the text that a call gives is compared as it is: COLLATE within the arguments would decide otherwise.
pub(super) fn is_compared_plainly(call: &FunctionCall) -> bool {
    let is_plain = |argument: &Expr| {
        matches!(
            argument.kind,
            ExprKind::Name(_) | ExprKind::Qualified { .. } | ExprKind::Literal(_)
        )
    };
    match &call.arguments {
        FunctionArguments::List(arguments) => arguments.iter().all(is_plain),
        FunctionArguments::Star => false,
    }
}
