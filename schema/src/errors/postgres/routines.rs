//! Functions, procedures and aggregates.

use crate::diagnostic::{Code, Diagnostic};
use crate::text::Span;

/// A name that is not enough to tell which routine is meant.
pub(crate) fn not_unique(noun: &str, name: &str, signatures: &[String], span: Span) -> Diagnostic {
    let message = format!("there is more than one {noun} `{name}`");
    let mut diagnostic = Diagnostic::new(Code::UnknownFunction, message, span, "which one?");
    for signature in signatures {
        diagnostic = diagnostic.with_note(format!("one is {signature}"));
    }
    diagnostic.with_help("write the types of its arguments as well")
}

/// A routine that is there with other arguments only.
pub(crate) fn other_arguments(
    noun: &str,
    text: &str,
    others: &[(String, Option<Span>)],
    span: Span,
) -> Diagnostic {
    let message = format!("no {noun} `{text}` exists at this point");
    let label = format!("no such {noun}");
    let mut diagnostic = Diagnostic::new(Code::UnknownFunction, message, span, label);
    for (signature, declared) in others.iter().take(3) {
        let note = format!("there is {signature}");
        diagnostic = match declared {
            Some(declared) => diagnostic.with_label(*declared, note),
            None => diagnostic.with_note(note),
        };
    }
    match others {
        [(only, _)] => diagnostic.with_help(format!("write `{only}`")),
        _ => diagnostic,
    }
}

/// A routine whose arguments another one has.
pub(crate) fn exists(name: &str, span: Span, declared: Option<Span>) -> Diagnostic {
    let message = format!("there is already a function `{name}` with the same argument types");
    let diagnostic = Diagnostic::new(Code::AlreadyExists, message, span, "this name is taken");
    match declared {
        Some(declared) => diagnostic
            .with_label(declared, "created here")
            .with_help("write OR REPLACE to replace it"),
        None => diagnostic,
    }
}

/// OR REPLACE of something else than the new routine is.
pub(crate) fn cannot_replace(
    message: &str,
    span: Span,
    declared: Option<Span>,
    drop: &str,
) -> Diagnostic {
    let diagnostic = Diagnostic::new(Code::InvalidRoutine, message, span, "not as it was");
    let diagnostic = match declared {
        Some(declared) => diagnostic.with_label(declared, "created here"),
        None => diagnostic,
    };
    diagnostic.with_help(format!("drop it before: `DROP {drop}`"))
}

/// Another definition that the engine refuses.
pub(crate) fn refused(message: impl Into<String>, span: Span) -> Diagnostic {
    Diagnostic::new(Code::InvalidRoutine, message, span, "")
}

/// An option that says again, or otherwise, what one before it says.
pub(crate) fn conflicting(span: Span, first: Span) -> Diagnostic {
    let message = "conflicting or redundant options";
    Diagnostic::new(
        Code::SyntaxError,
        message,
        span,
        "in conflict with the one before",
    )
    .with_label(first, "the first one is here")
}

/// A default before an argument that has none.
pub(crate) fn default_before(span: Span) -> Diagnostic {
    let message = "an argument after one with a default must have a default as well";
    Diagnostic::new(Code::InvalidRoutine, message, span, "no default")
}

/// A built-in function that is not there.
pub(crate) fn unknown_internal(name: &str, span: Span) -> Diagnostic {
    let message = format!("there is no built-in function named `{name}`");
    Diagnostic::new(
        Code::UnknownFunction,
        message,
        span,
        "not part of the server",
    )
}

/// A routine whose body names what is not there: the engine says so when it runs.
pub(crate) fn broken_routine(name: &str, reason: &Diagnostic) -> Diagnostic {
    Diagnostic {
        code: Code::BrokenRoutine,
        message: format!("`{name}` fails when it runs: {}", reason.message),
        ..reason.clone()
    }
}

/// A name of two parameters, or of a parameter and a column of RETURNS TABLE.
pub(crate) fn parameter_twice(name: &str, span: Span) -> Diagnostic {
    refused(format!("there are two arguments `{name}`"), span)
}
