//! Tables that are built anew and lose something on the way.

use super::lints::finding;
use crate::catalog::{Index, Table, Trigger};
use crate::diagnostic::{Code, Diagnostic};
use crate::text::Span;

/// Indexes and triggers that went with the old table. `drop` is its name in DROP TABLE.
pub(crate) fn not_created_again(
    indexes: &[&Index],
    triggers: &[&Trigger],
    table: &Table,
    drop: Span,
) -> Diagnostic {
    let names = |names: Vec<String>, one: &str, several: &str| match names.as_slice() {
        [] => None,
        [name] => Some(format!("{one} {name}")),
        names => Some(format!("{several} {}", names.join(", "))),
    };
    let quoted = |name: &str| format!("`{name}`");
    let index_names = indexes.iter().map(|index| quoted(&index.name)).collect();
    let trigger_names = triggers
        .iter()
        .map(|trigger| quoted(&trigger.name))
        .collect();
    let what = [
        names(index_names, "index", "indexes"),
        names(trigger_names, "trigger", "triggers"),
    ];
    let what: Vec<String> = what.into_iter().flatten().collect();
    let verb = match indexes.len() + triggers.len() {
        1 => "is",
        _ => "are",
    };
    let message = format!(
        "{} of table `{}` {verb} not created again after the rebuild",
        what.join(" and "),
        table.name
    );
    let label = match verb {
        "is" => "it goes with the old table",
        _ => "they go with the old table",
    };
    let diagnostic = finding(Code::IncompleteRebuild, message, drop, label);
    let indexes = indexes.iter().map(|index| index.provenance.created);
    let triggers = triggers.iter().map(|trigger| trigger.provenance.created);
    let places = indexes.chain(triggers);
    places
        .fold(diagnostic, |diagnostic, place| {
            diagnostic.with_label(place, "created here")
        })
        .with_help(format!(
            "create {0} again after it, or drop {0} by name before it",
            match verb {
                "is" => "it",
                _ => "them",
            }
        ))
}
