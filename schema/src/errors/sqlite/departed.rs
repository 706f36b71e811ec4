//! What became of a name that is not there any more.

use crate::diagnostic::Diagnostic;
use crate::sqlite::catalog::{Departed, Departure};

/// What is said where something temporary was made.
pub(crate) const GONE: &str = "this is gone at the end of its file";

/// Shows how something went, step by step, and what to write for it if it has another name now.
pub(crate) fn with_fate(diagnostic: Diagnostic, steps: &[&Departed]) -> Diagnostic {
    let diagnostic = steps.iter().fold(diagnostic, |diagnostic, step| {
        diagnostic.with_label(step.span, words(step))
    });
    match steps.last().map(|step| &step.departure) {
        Some(Departure::RenamedTo(now)) => diagnostic.with_help(format!("write `{now}`")),
        Some(
            Departure::Dropped
            | Departure::DroppedWith(_)
            | Departure::LeftOut
            | Departure::FileEnded
            | Departure::RolledBack,
        )
        | None => diagnostic,
    }
}

/// How something went.
pub(crate) fn words(step: &Departed) -> String {
    let name = step.key.as_str();
    match &step.departure {
        Departure::Dropped => format!("`{name}` was dropped here"),
        Departure::DroppedWith(owner) => format!("`{name}` was dropped here with `{owner}`"),
        Departure::LeftOut => format!("the table was created again here without `{name}`"),
        Departure::FileEnded => GONE.to_owned(),
        Departure::RolledBack => format!("what created `{name}` was rolled back here"),
        Departure::RenamedTo(now) => format!("`{name}` was renamed to `{now}` here"),
    }
}
