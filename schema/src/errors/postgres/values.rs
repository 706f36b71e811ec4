//! Constants that the engine refuses to compute, or that a column cannot hold.

use super::expressions;
use super::queries::counted;
use crate::diagnostic::{Code, Diagnostic};
use crate::postgres::constant::Mistake;
use crate::postgres::types::Oid;
use crate::text::Span;

/// A constant that the engine refuses to compute, for a column or not. `type_name` names types.
pub(crate) fn cannot_compute(
    span: Span,
    mistake: &Mistake,
    type_name: impl FnOnce(Oid) -> String,
    column: Option<&str>,
) -> Diagnostic {
    let takes = match column {
        Some(column) => format!("column `{column}` takes"),
        None => "its type takes".to_owned(),
    };
    let (message, label) = match mistake {
        Mistake::DivisionByZero => ("this divides by zero".to_owned(), "division by zero"),
        Mistake::OutOfRange { typed } => {
            let type_name = type_name(*typed);
            let message = match column {
                Some(column) => {
                    format!("the value of column `{column}` is out of the range of `{type_name}`")
                }
                None => format!("this is out of the range of `{type_name}`"),
            };
            (message, "out of range")
        }
        Mistake::TooLong { count, limit } => {
            let limit = counted(*limit, "character");
            (format!("{takes} {limit}, and this has {count}"), "too long")
        }
        Mistake::WrongLength { count, length } => {
            let length = counted(*length, "bit");
            let message = format!("{takes} exactly {length}, and this has {count}");
            (message, "of another length")
        }
        Mistake::Overflow { precision, scale } => {
            let message = format!(
                "{takes} {precision} digits, {scale} of them after the point, and this has more"
            );
            (message, "too large")
        }
        Mistake::Input(mistake) => {
            let detail = mistake.detail.as_deref();
            return expressions::invalid_literal(span, &mistake.message, detail);
        }
        Mistake::Refused(message) => ((*message).to_owned(), "cannot be computed"),
    };
    let code = match column {
        Some(_) => Code::ConstraintFailed,
        None => Code::InvalidExpression,
    };
    let diagnostic = Diagnostic::new(code, message, span, label);
    match column {
        Some(_) => diagnostic,
        None => diagnostic.with_note("the engine computes constants before it looks at any row"),
    }
}

/// A number of rows that is negative.
pub(crate) fn negative_count(span: Span, clause: &str) -> Diagnostic {
    let message = format!("{clause} cannot be negative");
    Diagnostic::new(Code::InvalidExpression, message, span, "below zero")
}
