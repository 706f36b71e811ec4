//! Triggers, rules and policies.

use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::postgres::ast::Ident;
use crate::text::Span;

/// A trigger that the engine refuses.
pub(crate) fn refused(message: impl Into<String>, span: Span) -> Diagnostic {
    Diagnostic::new(Code::InvalidTrigger, message, span, "")
}

/// A trigger that the table, or another trigger, does not allow.
pub(crate) fn not_there(
    message: impl Into<String>,
    span: Span,
    declared: Option<Span>,
) -> Diagnostic {
    let diagnostic = Diagnostic::new(Code::InvalidTrigger, message, span, "not here");
    match declared {
        Some(declared) => diagnostic.with_label(declared, "created here"),
        None => diagnostic,
    }
}

/// A trigger whose name its table has already.
pub(crate) fn exists(name: &str, table: &str, span: Span, declared: Option<Span>) -> Diagnostic {
    let message = format!("there is already a trigger `{name}` on `{table}`");
    let diagnostic = Diagnostic::new(Code::AlreadyExists, message, span, "this name is taken");
    match declared {
        Some(declared) => diagnostic.with_label(declared, "created here"),
        None => diagnostic,
    }
}

/// A function that is none for triggers.
pub(crate) fn wrong_result(
    name: &str,
    noun: &str,
    span: Span,
    declared: Option<Span>,
) -> Diagnostic {
    let message = format!("function `{name}` does not return `{noun}`");
    let label = format!("must return `{noun}`");
    let diagnostic = Diagnostic::new(Code::InvalidTrigger, message, span, label);
    match declared {
        Some(declared) => diagnostic.with_label(declared, "created here"),
        None => diagnostic,
    }
}

/// An event that the engine does not have.
pub(crate) fn unknown_event<'a>(
    event: &Ident,
    known: impl IntoIterator<Item = &'a str>,
) -> Diagnostic {
    let message = format!("no event `{}` exists", event.name);
    let diagnostic = Diagnostic::new(Code::InvalidTrigger, message, event.span, "no such event");
    match nearest(&event.name, known) {
        Some(nearest) => diagnostic.with_help(format!("write `{nearest}`")),
        None => diagnostic,
    }
}

/// A rule or policy that the engine refuses.
pub(crate) fn refused_definition(message: impl Into<String>, span: Span) -> Diagnostic {
    Diagnostic::new(Code::InvalidDefinition, message, span, "")
}
