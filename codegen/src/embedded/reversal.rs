//! What a down file does.

use super::place;
use std::borrow::Cow;
use std::sync::Arc;
use tablature_model::{Cause, Loss, Reversal, Written};
use tablature_schema as schema;
use tablature_schema::text::Sources;

/// The verdict on a down file. One that was not replayed is not good for anything.
pub(super) fn reversal(found: Option<&schema::Reversal>, sources: &Sources) -> Reversal {
    match found {
        None => Reversal::Fails {
            reason: "it was not replayed".into(),
        },
        Some(schema::Reversal::Fails { reason }) => Reversal::Fails {
            reason: reason.clone().into(),
        },
        Some(schema::Reversal::Differs {
            differences,
            losses,
        }) => Reversal::Differs {
            differences: differences.iter().cloned().map(Cow::from).collect(),
            losses: list(losses, sources),
        },
        Some(schema::Reversal::Restores { losses }) => Reversal::Restores {
            losses: list(losses, sources),
        },
    }
}

fn list(losses: &[schema::Loss], sources: &Sources) -> Cow<'static, [Loss]> {
    losses.iter().map(|one| loss(one, sources)).collect()
}

fn loss(loss: &schema::Loss, sources: &Sources) -> Loss {
    Loss {
        table: text(&loss.table),
        columns: loss.columns.iter().map(text).collect(),
        written: match loss.written {
            schema::Written::Before => Written::Before,
            schema::Written::Since => Written::Since,
        },
        cause: match loss.cause {
            schema::Cause::Dropped => Cause::Dropped,
            schema::Cause::Deleted => Cause::Deleted,
            schema::Cause::Overwritten => Cause::Overwritten,
            schema::Cause::Replaced => Cause::Replaced,
        },
        place: place(loss.span, sources),
    }
}

fn text(text: &Arc<str>) -> Cow<'static, str> {
    text.to_string().into()
}
