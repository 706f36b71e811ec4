//! LIMIT and OFFSET, which must be integers when a query runs (`OP_MustBeInt`).

use super::Replay;
use crate::errors::sqlite::rows as errors;
use crate::sqlite::ast::{Expr, Query};
use crate::sqlite::catalog::Affinity;
use crate::sqlite::constant::{self, Value};

impl Replay {
    /// Complains of a constant that is no integer where a query that runs counts rows.
    pub(super) fn check_limit(&mut self, query: &Query) {
        let Some(limit) = query.limit.as_ref().filter(|_| !self.explained) else {
            return;
        };
        let finding = match (count(&limit.count), &limit.offset) {
            (Err(value), _) => Some(errors::limit("LIMIT", limit.count.span, &value)),
            // Where no row is wanted, none is left out first.
            (Ok(Some(0) | None), _) | (Ok(Some(_)), None) => None,
            (Ok(Some(_)), Some(offset)) => {
                let mistake = count(offset).err();
                mistake.map(|value| errors::limit("OFFSET", offset.span, &value))
            }
        };
        self.diagnostics.extend(finding);
    }
}

/// The number that an expression is, none if it is not certain; or the value that is no integer.
fn count(expr: &Expr) -> Result<Option<i64>, Value> {
    let Some(value) = constant::value(expr) else {
        return Ok(None);
    };
    match constant::stored(value.clone(), Affinity::Numeric) {
        Some(Value::Integer(number)) => Ok(Some(number)),
        None => Ok(None),
        Some(Value::Null | Value::Real(_) | Value::Text(_) | Value::Blob(_)) => Err(value),
    }
}
