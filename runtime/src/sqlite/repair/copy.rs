//! A copy of the database, to try things on.

use crate::error::{DatabaseError, Error};
use crate::runner::Runner;
use rusqlite::backup::{Backup, StepResult};
use rusqlite::{Connection, ffi};

/// Copies the main database as a connection reads it, into the empty one that the runner opens.
pub(super) fn of(runner: &Runner<'_>, connection: &Connection) -> Result<Connection, Error> {
    const ALL_PAGES: i32 = -1;
    let mut copy =
        (runner.scratch)().map_err(|error| Error::Database(DatabaseError::Sqlite(error)))?;
    // The engine does not change the size of the pages of a database in memory.
    let page_size: i64 =
        connection.pragma_query_value(Some("main"), "page_size", |row| row.get(0))?;
    copy.pragma_update(Some("main"), "page_size", page_size)?;
    copy.pragma_update(None, "foreign_keys", false)?;
    match Backup::new(connection, &mut copy)?.step(ALL_PAGES)? {
        StepResult::Done => {}
        _ => {
            let busy = ffi::Error::new(ffi::SQLITE_BUSY);
            return Err(rusqlite::Error::SqliteFailure(busy, None).into());
        }
    }
    Ok(copy)
}
