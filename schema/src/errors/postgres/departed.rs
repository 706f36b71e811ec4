//! What became of a name that is not there any more.

use crate::diagnostic::Diagnostic;
use crate::postgres::catalog::{Departed, Departure};

/// Says what became of what had a name, or else which name of those that are there is similar.
pub(crate) fn with_fate(
    diagnostic: Diagnostic,
    fate: Option<&Departed>,
    near: Option<&str>,
) -> Diagnostic {
    let diagnostic = match fate {
        Some(fate) => diagnostic.with_label(fate.span, words(fate)),
        None => diagnostic,
    };
    match fate.and_then(name_now).as_deref().or(near) {
        Some(name) => diagnostic.with_help(format!("write `{name}`")),
        None => diagnostic,
    }
}

/// How something left.
fn words(fate: &Departed) -> String {
    let name = &fate.name;
    match &fate.departure {
        Departure::Dropped => format!("`{name}` was dropped here"),
        Departure::DroppedWith(with) => format!("`{name}` was dropped here with {with}"),
        Departure::FileEnded => format!("`{name}` was temporary, and is gone with its file"),
        Departure::RolledBack => format!("what made `{name}` was rolled back here"),
        Departure::RenamedTo(now) => format!("`{name}` was renamed to `{now}` here"),
        Departure::MovedTo(schema) => format!("`{name}` was moved to schema `{schema}` here"),
    }
}

/// What has to be written for it now, if it is still there.
fn name_now(fate: &Departed) -> Option<String> {
    match &fate.departure {
        Departure::RenamedTo(now) => Some(now.to_string()),
        Departure::MovedTo(schema) => Some(format!("{schema}.{}", fate.name)),
        Departure::Dropped
        | Departure::DroppedWith(_)
        | Departure::FileEnded
        | Departure::RolledBack => None,
    }
}
