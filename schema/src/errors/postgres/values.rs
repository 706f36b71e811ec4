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

/// A row of VALUES that breaks a CHECK of `owner`, a table or a domain.
pub(crate) fn broken_check(
    span: Span,
    is_given: bool,
    name: &str,
    owner: &str,
    declared: Option<Span>,
) -> Diagnostic {
    let message = format!("this row breaks the CHECK `{name}` of {owner}");
    let label = match is_given {
        true => "this value does not satisfy it",
        false => "what is written where no value is given does not satisfy it",
    };
    let diagnostic = Diagnostic::new(Code::ConstraintFailed, message, span, label);
    match declared {
        Some(declared) => diagnostic.with_label(declared, "the CHECK is declared here"),
        None => diagnostic,
    }
}

/// NULL for a column of a domain that has none.
pub(crate) fn null_in_domain(span: Span, column: &str, domain: &str) -> Diagnostic {
    let message = format!("column `{column}` is of the domain `{domain}`, which is NOT NULL");
    Diagnostic::new(Code::ConstraintFailed, message, span, "NULL")
}

/// A row of VALUES with a key that a row before it has.
pub(crate) fn repeated_key(
    span: Span,
    first: Span,
    index: &str,
    columns: &[&str],
    table: &str,
) -> Diagnostic {
    let columns = columns.join("`, `");
    let message = format!("two rows for table `{table}` have the same `{columns}`");
    Diagnostic::new(Code::ConstraintFailed, message, span, "the same again")
        .with_label(first, "the first of them is here")
        .with_note(format!("the unique index `{index}` takes only one of them"))
}
