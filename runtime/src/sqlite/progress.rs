//! How far a `-- no-transaction` file has come: the table `_tablature_progress`.
//!
//! It has rows while a file is being applied, and after one that failed half way; afterwards they are deleted:
//!
//! | column | |
//! |---|---|
//! | `version` | INTEGER: the number in the file name |
//! | `statement` | INTEGER: the number of a statement that has taken effect, from 1; 0 stands for the beginning |
//! | `text` | TEXT: the normal form of the statement; NULL at the beginning |
//! | `violations` | INTEGER: at the beginning, how many rows broke a foreign key; else NULL |

use super::history;
use crate::error::Error;
use crate::migration::Migration;
use rusqlite::{Connection, params};

/// The table's name.
pub(super) const TABLE: &str = "_tablature_progress";

/// Makes the table if the database does not have it.
pub(super) fn create(connection: &Connection) -> Result<(), Error> {
    connection.execute_batch(
        "CREATE TABLE IF NOT EXISTS main._tablature_progress (
           version INTEGER NOT NULL,
           statement INTEGER NOT NULL,
           text TEXT,
           violations INTEGER,
           PRIMARY KEY (version, statement)
         ) WITHOUT ROWID",
    )?;
    Ok(())
}

/// Records that a file begins.
pub(super) fn begin(connection: &Connection, version: i64, violations: usize) -> Result<(), Error> {
    connection.execute(
        "INSERT INTO main._tablature_progress (version, statement, violations) VALUES (?1, 0, ?2)",
        params![version, stored(violations)],
    )?;
    Ok(())
}

/// Whether a file has begun and is not finished.
pub(super) fn is_under_way(connection: &Connection) -> rusqlite::Result<bool> {
    if !history::is_there(connection, TABLE)? {
        return Ok(false);
    }
    let sql = "SELECT EXISTS (SELECT 1 FROM main._tablature_progress)";
    connection.query_row(sql, [], |row| row.get(0))
}

/// Refuses files that are to run in a transaction and have run in part without one. One of which nothing has run begins
/// anew.
pub(super) fn refuse_begun(connection: &Connection, files: &[Migration]) -> Result<(), Error> {
    if !is_under_way(connection)? {
        return Ok(());
    }
    for migration in files {
        match finished(connection, migration.version)? {
            None => {}
            Some(0) => end(connection, migration.version)?,
            Some(statements) => {
                return Err(Error::TransactionHalfway {
                    file: migration.file.to_string(),
                    statements,
                });
            }
        }
    }
    Ok(())
}

/// How many statements of a file have taken effect; none if it has not begun, or another program has finished it.
pub(super) fn finished(connection: &Connection, version: i64) -> rusqlite::Result<Option<usize>> {
    let newest: Option<i64> = connection.query_row(
        "SELECT max(statement) FROM main._tablature_progress WHERE version = ?1",
        [version],
        |row| row.get(0),
    )?;
    Ok(newest.map(count))
}

/// How many rows broke a foreign key when a file began.
pub(super) fn violations(connection: &Connection, version: i64) -> Result<usize, Error> {
    let violations: i64 = connection.query_row(
        "SELECT violations FROM main._tablature_progress WHERE version = ?1 AND statement = 0",
        [version],
        |row| row.get(0),
    )?;
    Ok(count(violations))
}

/// The normal forms of the statements that have taken effect, in order.
pub(super) fn texts(connection: &Connection, version: i64) -> rusqlite::Result<Vec<String>> {
    connection
        .prepare(
            "SELECT text FROM main._tablature_progress WHERE version = ?1 AND statement > 0 ORDER BY statement",
        )?
        .query_map([version], |row| row.get(0))?
        .collect()
}

/// Records that a statement has taken effect; false if another program has recorded it, or has finished the file.
pub(super) fn record(
    connection: &Connection,
    version: i64,
    statement: usize,
    text: &str,
) -> rusqlite::Result<bool> {
    let mut insert = connection.prepare(
        "INSERT OR IGNORE INTO main._tablature_progress (version, statement, text)
         SELECT version, ?2, ?3 FROM main._tablature_progress WHERE version = ?1 AND statement = 0",
    )?;
    // With `PRAGMA count_changes`, which the file may have set, it gives a row.
    let mut rows = insert.query(params![version, stored(statement), text])?;
    while rows.next()?.is_some() {}
    Ok(connection.changes() == 1)
}

/// Records that a file is finished: its rows go.
pub(super) fn end(connection: &Connection, version: i64) -> Result<(), Error> {
    connection.execute(
        "DELETE FROM main._tablature_progress WHERE version = ?1",
        [version],
    )?;
    Ok(())
}

fn stored(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

fn count(stored: i64) -> usize {
    usize::try_from(stored).unwrap_or(0)
}
