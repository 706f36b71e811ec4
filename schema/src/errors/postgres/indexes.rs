//! Indexes that the engine refuses.

use super::extensions::of_extension;
use crate::diagnostic::{Code, Diagnostic};
use crate::text::Span;

/// Something about an index that the engine refuses.
pub(crate) fn refused(message: impl Into<String>, span: Span) -> Diagnostic {
    Diagnostic::new(Code::InvalidIndex, message, span, "")
}

/// What indexes of an access method cannot do.
pub(crate) fn not_of_method(method: &str, what: &str, span: Span) -> Diagnostic {
    refused(
        format!("indexes of the method `{method}` take no {what}"),
        span,
    )
}

/// An access method that is not there.
pub(crate) fn unknown_method(name: &str, span: Span) -> Diagnostic {
    refused(format!("no access method `{name}` exists"), span)
}

/// An operator class that is not there.
pub(crate) fn unknown_class(
    name: &str,
    method: &str,
    span: Span,
    extension: Option<&str>,
) -> Diagnostic {
    let message = format!("no operator class `{name}` exists for the access method `{method}`");
    match extension {
        Some(extension) => of_extension(refused(message, span), extension),
        None => refused(message, span),
    }
}

/// An operator class of another type.
pub(crate) fn class_of_other_type(name: &str, type_name: &str, span: Span) -> Diagnostic {
    refused(
        format!("operator class `{name}` does not accept the type `{type_name}`"),
        span,
    )
}

/// A type that an access method has no operator class for.
pub(crate) fn no_default_class(type_name: &str, method: &str, span: Span) -> Diagnostic {
    refused(
        format!(
            "type `{type_name}` has no default operator class for the access method `{method}`"
        ),
        span,
    )
    .with_help("name an operator class, or use another method: `USING gin` for `jsonb` and arrays")
}

/// A unique key of a partitioned table without a column that says which partition a row is in.
pub(crate) fn without_partition_key(
    what: &str,
    column: &str,
    table: &str,
    span: Span,
) -> Diagnostic {
    refused(
        format!("{what} on the partitioned table `{table}` must include the column `{column}`"),
        span,
    )
    .with_note("each partition keeps its own rows unique, so that all columns of the partition key belong to the key")
}
