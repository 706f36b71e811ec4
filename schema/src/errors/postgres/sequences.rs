//! Sequences: options that contradict each other.

use crate::diagnostic::{Code, Diagnostic};
use crate::text::Span;

/// An option that the engine refuses.
pub(crate) fn refused(message: impl Into<String>, span: Span) -> Diagnostic {
    Diagnostic::new(Code::InvalidConstraint, message, span, "")
}

/// An option that is given twice.
pub(crate) fn twice(span: Span, first: Span) -> Diagnostic {
    let message = "an option of the sequence is given twice";
    Diagnostic::new(Code::InvalidConstraint, message, span, "again here")
        .with_label(first, "first given here")
}

/// A number that is none, or does not fit.
pub(crate) fn not_a_bigint(text: &str, span: Span) -> Diagnostic {
    refused(format!("`{text}` is not a number of type `bigint`"), span)
}

/// A type that no sequence counts in.
pub(crate) fn wrong_type(what: &str, span: Span) -> Diagnostic {
    let message = format!("{what} must be of type `smallint`, `integer` or `bigint`");
    Diagnostic::new(Code::InvalidType, message, span, "")
}

/// OWNED BY without a table.
pub(crate) fn no_owner(span: Span) -> Diagnostic {
    refused("OWNED BY needs a table and a column", span)
        .with_help("write `OWNED BY table.column`, or `OWNED BY NONE`")
}

/// A sequence that is a part of an identity column.
pub(crate) fn of_identity(name: &str, what: &str, span: Span) -> Diagnostic {
    let message = format!("sequence `{name}` belongs to an identity column: {what}");
    Diagnostic::new(Code::InvalidAlter, message, span, "")
}

/// A sequence in another schema than its table.
pub(crate) fn other_schema(span: Span) -> Diagnostic {
    refused(
        "a sequence must be in the same schema as the table that owns it",
        span,
    )
}
