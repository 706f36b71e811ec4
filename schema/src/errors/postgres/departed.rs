//! What became of a name that is not there any more, and what else was meant.

use crate::diagnostic::Diagnostic;
use crate::postgres::catalog::{Departed, Departure, Fate, Near};

/// Says what became of what had a name, or else which of those that are there was meant.
pub(crate) fn with_fate(
    diagnostic: Diagnostic,
    fate: Option<Fate<'_>>,
    near: Option<Near>,
) -> Diagnostic {
    let Some(fate) = fate else {
        return with_near(diagnostic, near);
    };
    let diagnostic = fate.steps.iter().fold(diagnostic, |diagnostic, step| {
        diagnostic.with_label(step.span, words(step))
    });
    match fate.now {
        Some(now) => diagnostic.with_help(format!("write `{now}`")),
        None => with_near(diagnostic, near),
    }
}

/// What is said where what was meant is declared.
pub(crate) const SIMILAR: &str = "a similar name is declared here";

/// Says which name was meant.
pub(crate) fn with_near(diagnostic: Diagnostic, near: Option<Near>) -> Diagnostic {
    let Some(near) = near else {
        return diagnostic;
    };
    let diagnostic = match near.declared {
        Some(declared) => diagnostic.with_label(declared, SIMILAR),
        None => diagnostic,
    };
    diagnostic.with_help(format!("write `{}`", near.written))
}

/// How something left.
fn words(step: &Departed) -> String {
    let name = &step.name;
    match &step.departure {
        Departure::Dropped => format!("`{name}` was dropped here"),
        Departure::DroppedWith(with) => format!("`{name}` was dropped here with {with}"),
        Departure::FileEnded => format!("`{name}` was temporary, and is gone with its file"),
        Departure::RolledBack => format!("what made `{name}` was rolled back here"),
        Departure::RenamedTo(now) => format!("`{name}` was renamed to `{now}` here"),
        Departure::MovedTo(schema) => format!("`{name}` was moved to schema `{schema}` here"),
    }
}
