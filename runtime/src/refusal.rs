//! Why going back over a migration is not done without being asked for by name.

use crate::migration::{Cause, Down, Loss, Migration, Reversal, Written};

/// What the compiler has found against a down file; nothing if it restores schema and data.
pub(crate) fn reasons(down: &Down) -> Vec<String> {
    let mut reasons = Vec::new();
    match &down.reversal {
        Reversal::Fails { reason } => {
            reasons.push(format!("the engine refuses its down file: {reason}"));
        }
        Reversal::Differs { differences, .. } => {
            let first = differences.first().map_or("", |first| &**first);
            let more = match differences.len().saturating_sub(1) {
                0 => String::new(),
                more => format!(" and {more} more"),
            };
            reasons.push(format!(
                "its down file leaves another schema behind: {first}{more}"
            ));
        }
        Reversal::Restores { .. } => {}
    }
    reasons.extend(down.reversal.losses().iter().map(loss));
    reasons
}

/// What a step stands for, as nobody but its author knows which rows it changes.
pub(crate) fn step(migration: &Migration) -> Option<String> {
    let path = &migration.step.as_ref()?.path;
    Some(format!(
        "what its step `{path}` has changed in rows that stay does not come back"
    ))
}

/// What is lost, in words.
pub(crate) fn loss(loss: &Loss) -> String {
    let Loss {
        table,
        columns,
        written,
        cause,
        place,
    } = loss;
    let what = match columns.as_ref() {
        [] => format!("rows of `{table}`"),
        columns => {
            let columns = columns.iter().map(|column| format!("`{table}.{column}`"));
            format!("values of {}", columns.collect::<Vec<_>>().join(", "))
        }
    };
    let how = match cause {
        Cause::Dropped => "dropped",
        Cause::Deleted => "deleted",
        Cause::Overwritten => "overwritten",
        Cause::Replaced => {
            return format!(
                "{what} are taken away at {}:{}, and it is not proven that what its down file writes there is what was there",
                place.file, place.line
            );
        }
    };
    let when = match written {
        Written::Before => "do not come back",
        Written::Since => "written since it was applied are lost",
    };
    format!("{what} {when}: {how} at {}:{}", place.file, place.line)
}
