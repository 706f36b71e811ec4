//! The schemas of earlier versions, which are not compiled in: made by applying the migrations to an empty database.
//!
//! Steps are left out: they change rows, and no schema.

use super::session::Session;
use super::{alone, files, introspect};
use crate::error::{DatabaseError, Error};
use crate::event::Events;
use crate::migration::Migration;
use crate::runner::{Runner, Steps};
use crate::schema::Schema;
use rusqlite::Connection;
use std::time::Duration;

fn failed(version: i64, reason: String) -> Error {
    Error::Replay {
        version,
        reason,
        way_out: "if the migrations need functions that the application registers, open one that has them with \
                  `MIGRATIONS.runner().scratch(…)`",
    }
}

/// The schema that the migrations up to a version leave behind; a version below the first is before it.
pub(super) fn schema_at(runner: &Runner<'_>, version: i64) -> Result<Schema, Error> {
    let migrations = runner.migrations;
    match migrations.list.last() {
        None => Ok(Schema::EMPTY),
        Some(head) if head.version <= version => Ok(migrations.schema().into_owned()),
        Some(_) => Ok(introspect::schema(&database_at(runner, version)?)?),
    }
}

/// An empty database that the migrations up to a version were applied to; a version below the first is before it.
pub(super) fn database_at(runner: &Runner<'_>, version: i64) -> Result<Connection, Error> {
    let failed = |reason: String| failed(version, reason);
    let mut empty =
        (runner.scratch)().map_err(|error| failed(DatabaseError::Sqlite(error).to_string()))?;
    let mut list = runner.migrations.list.iter();
    if let Some(newest) = list.rfind(|migration| migration.version <= version) {
        let mut earlier = runner.migrations.runner().to_version(newest.version);
        earlier.steps = Steps::LeftOut;
        earlier
            .apply(&mut empty)
            .map_err(|error| failed(error.to_string()))?;
    }
    Ok(empty)
}

/// Applies the migrations to an empty database one by one, and has it looked at after each.
pub(super) fn each_version<'a>(
    runner: &Runner<'a>,
    mut look: impl FnMut(&'a Migration, &Connection) -> Result<(), Error>,
) -> Result<(), Error> {
    let list = &*runner.migrations.list;
    files::refuse_rollbacks(list)?;
    let failed = |migration: &Migration, reason: String| failed(migration.version, reason);
    let (Some(first), empty) = (list.first(), (runner.scratch)()) else {
        return Ok(());
    };
    let empty = empty.map_err(|error| failed(first, DatabaseError::Sqlite(error).to_string()))?;
    // Rows are not what is looked for, and those that a database had before the migrations are missing here.
    empty.pragma_update(None, "foreign_keys", false)?;
    let mut session = Session::open(&empty, Duration::ZERO, Events::default())?;
    session.begin_read()?;
    session.take_over()?;
    session.rollback();
    session.stop_enforcing()?;
    session.begin_immediate()?;
    for migration in list {
        let applied = if migration.transaction {
            files::execute(&session, migration)
                .and_then(|()| session.end_file(migration, files::may_set(migration)?))
        } else {
            alone::run(&mut session, migration).map(drop)
        };
        applied.map_err(|error| failed(migration, error.to_string()))?;
        look(migration, &empty)?;
    }
    Ok(())
}
