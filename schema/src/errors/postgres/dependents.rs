//! What cannot go, because something else needs it.

use crate::diagnostic::{Code, Diagnostic};
use crate::text::Span;

/// As many dependents are shown one by one.
const SHOWN: usize = 5;

/// An object that others depend on: each in the engine's words, and where it was made.
pub(crate) fn still_used(
    what: &str,
    dependents: &[(String, Option<Span>)],
    span: Span,
) -> Diagnostic {
    let message = format!("cannot drop {what} because other objects depend on it");
    let mut diagnostic = Diagnostic::new(Code::StillUsed, message, span, "still used");
    for (text, declared) in dependents.iter().take(SHOWN) {
        diagnostic = match declared {
            Some(declared) => diagnostic.with_label(*declared, text.clone()),
            None => diagnostic.with_note(text.clone()),
        };
    }
    if let Some(more @ 1..) = dependents.len().checked_sub(SHOWN) {
        diagnostic = diagnostic.with_note(format!("and {more} more"));
    }
    diagnostic.with_help("drop what depends on it first, or write CASCADE")
}

/// An object that is a part of another.
pub(crate) fn required(what: &str, by: &str, span: Span) -> Diagnostic {
    let message = format!("cannot drop {what} because {by} requires it");
    Diagnostic::new(Code::StillUsed, message, span, "a part of something else")
        .with_help(format!("drop {by} instead"))
}
