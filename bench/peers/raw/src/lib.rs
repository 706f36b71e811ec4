//! The floor: what applying migrations costs if nothing is checked and nothing can go wrong.

use contender::{Failure, QUERY};
use rusqlite::Connection;

/// The number, name and text of each migration.
pub static MIGRATIONS: &[(i64, &str, &str)] = include!("../migrations/list.rs");

/// Runs the query with which the application begins.
pub fn query(connection: &Connection) -> Result<(), Failure> {
    let mut statement = connection.prepare(QUERY)?;
    let mut rows = statement.query([])?;
    while rows.next()?.is_some() {}
    Ok(())
}

/// Makes the history if it is not there.
pub fn create(connection: &Connection) -> rusqlite::Result<()> {
    connection.execute_batch(
        "CREATE TABLE IF NOT EXISTS history (
           version INTEGER PRIMARY KEY NOT NULL,
           name TEXT NOT NULL,
           applied_at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP
         )",
    )
}

/// The newest version in the history; 0 if there is none.
pub fn newest(connection: &Connection) -> i64 {
    let sql = "SELECT version FROM history ORDER BY version DESC LIMIT 1";
    let newest = connection.query_row(sql, [], |row| row.get(0));
    newest.unwrap_or_default()
}

/// Those that are newer than a version.
pub fn pending(version: i64) -> &'static [(i64, &'static str, &'static str)] {
    let applied = MIGRATIONS.partition_point(|(number, ..)| *number <= version);
    MIGRATIONS.get(applied..).unwrap_or_default()
}
