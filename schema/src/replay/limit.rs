//! LIMIT and OFFSET, which must be integers when a query runs (`OP_MustBeInt`).

use super::Replay;
use crate::ast::{Expr, Query};
use crate::catalog::Affinity;
use crate::constant::{self, Value};
use crate::diagnostic::Diagnostic;
use crate::errors::rows as errors;

impl Replay {
    /// Complains of a constant that is no integer where a query that runs counts rows.
    pub(super) fn check_limit(&mut self, query: &Query) {
        let Some(limit) = query.limit.as_ref().filter(|_| !self.explained) else {
            return;
        };
        let finding = mistake("LIMIT", &limit.count).or_else(|| {
            // Where no row is wanted, none is left out first.
            let offset = limit.offset.as_ref();
            let offset =
                offset.filter(|_| constant::value(&limit.count) != Some(Value::Integer(0)));
            offset.and_then(|offset| mistake("OFFSET", offset))
        });
        self.diagnostics.extend(finding);
    }
}

fn mistake(clause: &str, count: &Expr) -> Option<Diagnostic> {
    let value = constant::value(count)?;
    match constant::stored(value.clone(), Affinity::Numeric)? {
        Value::Integer(_) => None,
        Value::Null | Value::Real(_) | Value::Text(_) | Value::Blob(_) => {
            Some(errors::limit(clause, count.span, &value))
        }
    }
}
