//! How far a `-- no-transaction` file has come: the table `_tablature_progress`.
//!
//! It has a row while a file is being applied, and after one that failed half way:
//!
//! | column | |
//! |---|---|
//! | `version` | INTEGER PRIMARY KEY: the number in the file name |
//! | `finished` | INTEGER: how many of its statements have taken effect |
//! | `statements` | TEXT: those statements in normal form, a line each |
//! | `violations` | INTEGER: how many rows broke a foreign key when it began |

use crate::error::Error;
use rusqlite::{Connection, OptionalExtension, params};

/// The table's name.
pub(super) const TABLE: &str = "_tablature_progress";

/// The row of a file.
pub(super) struct Progress {
    pub(super) finished: usize,
    pub(super) statements: String,
    pub(super) violations: usize,
}

/// Makes the table if the database does not have it.
pub(super) fn create(connection: &Connection) -> Result<(), Error> {
    connection.execute_batch(
        "CREATE TABLE IF NOT EXISTS main._tablature_progress (
           version INTEGER PRIMARY KEY NOT NULL,
           finished INTEGER NOT NULL,
           statements TEXT NOT NULL,
           violations INTEGER NOT NULL
         )",
    )?;
    Ok(())
}

/// Reads how far a file has come; none if it has not begun, or another program has finished it.
pub(super) fn read(connection: &Connection, version: i64) -> rusqlite::Result<Option<Progress>> {
    connection
        .query_row(
            "SELECT finished, statements, violations FROM main._tablature_progress WHERE version = ?1",
            [version],
            |row| {
                Ok(Progress {
                    finished: count(row.get(0)?),
                    statements: row.get(1)?,
                    violations: count(row.get(2)?),
                })
            },
        )
        .optional()
}

/// Records that a file begins.
pub(super) fn begin(connection: &Connection, version: i64, violations: usize) -> Result<(), Error> {
    connection.execute(
        "INSERT INTO main._tablature_progress (version, finished, statements, violations) VALUES (?1, 0, '', ?2)",
        params![version, i64::try_from(violations).unwrap_or(i64::MAX)],
    )?;
    Ok(())
}

/// Records that one more statement, in normal form, has taken effect after the first `finished`; false if another
/// program has been faster.
pub(super) fn advance(
    connection: &Connection,
    version: i64,
    finished: usize,
    statement: &str,
) -> rusqlite::Result<bool> {
    let rows = connection.execute(
        "UPDATE main._tablature_progress SET finished = finished + 1, statements = statements || ?3 || char(10)
         WHERE version = ?1 AND finished = ?2",
        params![version, i64::try_from(finished).unwrap_or(i64::MAX), statement],
    )?;
    Ok(rows == 1)
}

/// Records that a file is finished: its row goes.
pub(super) fn end(connection: &Connection, version: i64) -> Result<(), Error> {
    connection.execute(
        "DELETE FROM main._tablature_progress WHERE version = ?1",
        [version],
    )?;
    Ok(())
}

fn count(stored: i64) -> usize {
    usize::try_from(stored).unwrap_or(0)
}
