//! Changes of tables that the engine refuses.

use crate::diagnostic::{Code, Diagnostic};
use crate::text::Span;

/// A change that the engine does not make.
pub(crate) fn refused(message: impl Into<String>, span: Span) -> Diagnostic {
    Diagnostic::new(Code::InvalidAlter, message, span, "")
}

/// An action that is not for relations of a kind.
pub(crate) fn not_for(name: &str, kind: &str, span: Span, declared: Option<Span>) -> Diagnostic {
    let message = format!("this cannot be done to the {kind} `{name}`");
    let diagnostic = Diagnostic::new(Code::WrongObjectKind, message, span, "");
    match declared {
        Some(declared) => diagnostic.with_label(declared, "created here"),
        None => diagnostic,
    }
}

/// A column that a table inherits.
pub(crate) fn inherited(what: &str, name: &str, span: Span) -> Diagnostic {
    refused(
        format!("{what} `{name}` is inherited and can be changed only in the parent"),
        span,
    )
}

/// A change that has to reach the tables that inherit.
pub(crate) fn needs_children(span: Span) -> Diagnostic {
    refused(
        "this has to be done in the tables that inherit as well",
        span,
    )
    .with_help("leave out ONLY")
}

/// A column of the partition key.
pub(crate) fn in_partition_key(name: &str, table: &str, span: Span) -> Diagnostic {
    refused(
        format!("column `{name}` is a part of the partition key of `{table}`"),
        span,
    )
}

/// A change of the type of a column whose values do not convert by themselves.
pub(crate) fn no_conversion(name: &str, from: &str, to: &str, span: Span) -> Diagnostic {
    let message = format!("column `{name}` of type `{from}` does not convert to `{to}` by itself");
    Diagnostic::new(
        Code::InvalidAlter,
        message,
        span,
        "no conversion on assignment",
    )
    .with_help(format!("say how: `USING {name}::{to}`"))
}

/// A change of the type of a column whose default does not convert.
pub(crate) fn default_does_not_convert(
    name: &str,
    to: &str,
    span: Span,
    declared: Option<Span>,
) -> Diagnostic {
    let message = format!("the default of column `{name}` does not convert to `{to}` by itself");
    let diagnostic = Diagnostic::new(Code::InvalidAlter, message, span, "").with_help(
        "drop the default first, and set it again afterwards, in the same statement if you like",
    );
    match declared {
        Some(declared) => diagnostic.with_label(declared, "the column"),
        None => diagnostic,
    }
}

/// A change of the type of a column that a constraint or an index reads, which means nothing for the new type.
pub(crate) fn does_not_fit(
    what: &str,
    reason: &str,
    span: Span,
    declared: Option<Span>,
) -> Diagnostic {
    let message = format!("{what} does not fit the new type: {reason}");
    let diagnostic = Diagnostic::new(Code::StillUsed, message, span, "");
    let diagnostic = match declared {
        Some(declared) => diagnostic.with_label(declared, "declared here"),
        None => diagnostic,
    };
    diagnostic.with_help("drop it first, and create it again afterwards")
}

/// A change of the type of a column that something else reads.
pub(crate) fn type_is_used(name: &str, by: &str, span: Span, declared: Option<Span>) -> Diagnostic {
    let message = format!("the type of column `{name}` cannot change while {by} uses it");
    let diagnostic = Diagnostic::new(Code::StillUsed, message, span, "");
    let diagnostic = match declared {
        Some(declared) => diagnostic.with_label(declared, "used here"),
        None => diagnostic,
    };
    diagnostic.with_help("drop that first, and create it again afterwards")
}
