//! The schema at an earlier version, which is not compiled in: made by applying the migrations to an empty database.

use super::introspect;
use crate::error::{DatabaseError, Error};
use crate::runner::Runner;
use crate::schema::Schema;

/// The schema that the migrations up to a version leave behind; 0 is before the first.
pub(super) fn schema_at(runner: &Runner<'_>, version: i64) -> Result<Schema, Error> {
    let migrations = runner.migrations;
    let Some(head) = migrations.list.last() else {
        return Ok(Schema::EMPTY);
    };
    if head.version <= version {
        return Ok(migrations.schema.clone());
    }
    let failed = |reason: String| Error::Replay { version, reason };
    let mut empty =
        (runner.scratch)().map_err(|error| failed(DatabaseError::Sqlite(error).to_string()))?;
    let earlier = migrations.runner().to_version(version);
    earlier
        .apply(&mut empty)
        .map_err(|error| failed(error.to_string()))?;
    Ok(introspect::schema(&empty)?)
}
