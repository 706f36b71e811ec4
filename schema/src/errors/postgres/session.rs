//! Prepared statements and cursors.

use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::postgres::ast::Ident;
use crate::text::Span;

/// A name under which something is prepared already.
pub(crate) fn prepared_already(name: &Ident, first: Span) -> Diagnostic {
    let message = format!("there is already a prepared statement `{}`", name.name);
    Diagnostic::new(
        Code::AlreadyExists,
        message,
        name.span,
        "this name is taken",
    )
    .with_label(first, "prepared here")
}

/// A name under which nothing is prepared.
pub(crate) fn unknown_prepared<'a>(
    name: &Ident,
    names: impl IntoIterator<Item = &'a str>,
) -> Diagnostic {
    let message = format!("no prepared statement `{}` exists at this point", name.name);
    let diagnostic = Diagnostic::new(Code::UnknownObject, message, name.span, "not prepared");
    match nearest(&name.name, names) {
        Some(nearest) => diagnostic.with_help(format!("write `{nearest}`")),
        None => diagnostic.with_note(
            "a prepared statement belongs to the connection, and goes with it when its file ends",
        ),
    }
}

/// Another number of parameters than was prepared.
pub(crate) fn wrong_parameters(
    name: &Ident,
    wanted: usize,
    given: usize,
    first: Span,
) -> Diagnostic {
    let message = format!(
        "prepared statement `{}` takes {wanted} parameters, not {given}",
        name.name
    );
    Diagnostic::new(
        Code::WrongArgumentCount,
        message,
        name.span,
        format!("wants {wanted}"),
    )
    .with_label(first, "prepared here")
}

/// A cursor that would be gone at once.
pub(crate) fn cursor_outside(span: Span) -> Diagnostic {
    let message = "a cursor without WITH HOLD lives as long as its transaction, and here is none";
    Diagnostic::new(
        Code::TransactionState,
        message,
        span,
        "outside of a transaction",
    )
}

/// A cursor whose name is taken.
pub(crate) fn cursor_exists(name: &Ident) -> Diagnostic {
    let message = format!("there is already a cursor `{}`", name.name);
    Diagnostic::new(
        Code::AlreadyExists,
        message,
        name.span,
        "this name is taken",
    )
}

/// A cursor that is not open.
pub(crate) fn unknown_cursor<'a>(
    name: &Ident,
    names: impl IntoIterator<Item = &'a str>,
) -> Diagnostic {
    let message = format!("no cursor `{}` exists at this point", name.name);
    let diagnostic = Diagnostic::new(Code::UnknownObject, message, name.span, "not open");
    match nearest(&name.name, names) {
        Some(nearest) => diagnostic.with_help(format!("write `{nearest}`")),
        None => diagnostic,
    }
}
