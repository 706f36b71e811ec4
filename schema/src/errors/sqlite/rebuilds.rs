//! Tables that are built anew and lose something on the way.

use super::lints::quoted_list;
use crate::diagnostic::{Code, Diagnostic};
use crate::errors::lints::finding;
use crate::sqlite::catalog::{Column, Index, Table, Trigger};
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

/// Rows that are copied and may repeat each other in what is unique in the new table. `span` is its name in the copy.
pub(crate) fn copied_repeats(
    from: &Table,
    columns: &[&Column],
    span: Span,
    unique: Span,
) -> Diagnostic {
    let message = format!(
        "this copy fails where rows of table `{}` repeat each other in {}",
        from.name,
        named(columns)
    );
    finding(Code::FailsOnRows, message, span, "the rows are copied here")
        .with_label(unique, "unique from now on")
        .with_help("remove what repeats first")
}

/// Rows that are copied and may break a check of the new table.
pub(crate) fn copied_past_check(
    from: &Table,
    columns: &[&Column],
    span: Span,
    check: Span,
) -> Diagnostic {
    let message = format!(
        "this copy fails where a row of table `{}` breaks the check of {}",
        from.name,
        named(columns)
    );
    finding(Code::FailsOnRows, message, span, "the rows are copied here")
        .with_label(check, "checked from now on")
        .with_help("correct such rows first")
}

/// Rows that are copied and may hold values of other types than a STRICT table takes.
pub(crate) fn copied_into_strict(
    from: &Table,
    columns: &[&Column],
    span: Span,
    created: Span,
) -> Diagnostic {
    let message = format!(
        "this copy fails where a row of table `{}` holds a value of another type in {}",
        from.name,
        named(columns)
    );
    finding(Code::FailsOnRows, message, span, "the rows are copied here")
        .with_label(created, "STRICT from now on")
        .with_help("look for such rows with `typeof(…)`, and correct them first")
}

fn named(columns: &[&Column]) -> String {
    let names: Vec<&str> = columns.iter().map(|column| &*column.name).collect();
    let noun = match names.as_slice() {
        [_] => "column",
        _ => "columns",
    };
    format!("{noun} {}", quoted_list(&names))
}
