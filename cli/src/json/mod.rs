//! What `--format json` prints: a contract that scripts and editors rely on. A shape a file.

mod column;
mod diagnostic;
mod foreign_key;
mod history;
mod index;
mod lock;
pub(crate) mod postgres;
mod report;
mod schema;
mod snapshot;
mod table;
mod trigger;
mod view;

pub(crate) use column::Column;
pub(crate) use diagnostic::Diagnostic;
pub(crate) use foreign_key::ForeignKey;
pub(crate) use history::History;
pub(crate) use index::Index;
pub(crate) use lock::{LockReport, Locked, Renumbered};
pub(crate) use report::Report;
pub(crate) use schema::Schema;
pub(crate) use snapshot::SnapshotReport;
pub(crate) use table::Table;
pub(crate) use trigger::Trigger;
pub(crate) use view::View;

use crate::failure::Failure;
use serde::Serialize;

/// Returns a value as indented JSON with a line end.
///
/// # Errors
///
/// None of the shapes here fails; if one did, nothing could be printed.
pub(crate) fn text(value: &impl Serialize) -> Result<String, Failure> {
    let mut text =
        serde_json::to_string_pretty(value).map_err(|error| Failure::Output(error.into()))?;
    text.push('\n');
    Ok(text)
}
