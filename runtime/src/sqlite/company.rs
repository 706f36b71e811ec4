//! What else than the main database a connection has: attached databases and temporary objects.
//!
//! A name in a statement may mean any of them. The compiler knows of none when a file begins, so that migrations run
//! only on a connection that has none, and what a file leaves of its own is gone at its end.

use super::introspect::mentions;
use super::outcome::environment;
use crate::error::Error;
use crate::migration::Migration;
use rusqlite::Connection;

/// Refuses a connection on which names in the migrations could mean what is the application's.
pub(super) fn refuse(connection: &Connection) -> Result<(), Error> {
    let databases = databases(connection)?;
    let temporary = temporary(connection)?;
    if databases.is_empty() && temporary.is_empty() {
        return Ok(());
    }
    Err(Error::NotAlone {
        databases,
        temporary: temporary.into_iter().map(|object| object.name).collect(),
    })
}

/// Takes away what a migration has left.
pub(super) fn send_away(connection: &Connection, migration: &Migration) -> Result<(), Error> {
    // To look into the temporary database costs more than a small migration does.
    let may_have_made_some = migration.step.is_some() || mentions(&migration.sql, "temp");
    if may_have_made_some && connection.is_autocommit() {
        close_temporary(connection)?;
    } else if may_have_made_some {
        drop_temporary(connection)?;
    }
    for database in databases(connection)? {
        if let Err(error) = detach(connection, &database) {
            return Err(environment(error).unwrap_or_else(|_| Error::LeftAttached {
                file: migration.file.to_string(),
                database,
            }));
        }
    }
    Ok(())
}

/// Takes away, as far as possible, what a run that is over has left. No transaction may be open.
pub(super) fn send_all_away(connection: &Connection) {
    let _ = close_temporary(connection);
    for database in databases(connection).unwrap_or_default() {
        let _ = detach(connection, &database);
    }
}

fn drop_temporary(connection: &Connection) -> rusqlite::Result<()> {
    let (own, rest): (Vec<Temporary>, Vec<Temporary>) = temporary(connection)?
        .into_iter()
        .partition(|object| object.name.starts_with("sqlite_"));
    for Temporary { kind, name } in rest {
        let name = name.replace('"', "\"\"");
        // With a virtual table go those that it keeps its content in.
        connection.execute_batch(&format!("DROP {kind} IF EXISTS temp.\"{name}\""))?;
    }
    if !own.is_empty() {
        forget_engines(connection)?;
    }
    Ok(())
}

/// Forgets the engine's own tables, which it does not drop and which hide those of the main database: `sqlite_sequence`.
/// What they leave behind goes with the temporary database.
fn forget_engines(connection: &Connection) -> rusqlite::Result<()> {
    connection.execute_batch("PRAGMA writable_schema = ON")?;
    // A connection in the engine's defensive mode does not allow it, and then they stay until the run is over.
    let _ = connection.execute_batch("DELETE FROM temp.sqlite_master");
    // This reads all schemas anew.
    connection.execute_batch("PRAGMA writable_schema = RESET")
}

/// Closes the temporary database, and what is in it is gone: the engine does so whenever its place changes.
fn close_temporary(connection: &Connection) -> rusqlite::Result<()> {
    const FILE: i64 = 1;
    const MEMORY: i64 = 2;
    // Closing it has the engine read all schemas anew, so one that never had anything in it stays.
    if !is_temporary_open(connection) || is_temporary_blank(connection)? {
        return Ok(());
    }
    let place: i64 = connection.pragma_query_value(None, "temp_store", |row| row.get(0))?;
    let other = if place == FILE { MEMORY } else { FILE };
    connection.pragma_update(None, "temp_store", other)?;
    connection.pragma_update(None, "temp_store", place)
}

fn detach(connection: &Connection, database: &str) -> rusqlite::Result<()> {
    connection.execute_batch(&format!("DETACH '{}'", database.replace('\'', "''")))
}

/// The names of the attached databases.
fn databases(connection: &Connection) -> rusqlite::Result<Vec<String>> {
    // The first is the main one, the second the temporary one, open or not.
    const FIRST: usize = 2;
    let mut names = Vec::new();
    loop {
        match connection.db_name(FIRST + names.len()) {
            Ok(name) => names.push(name),
            Err(rusqlite::Error::InvalidDatabaseIndex(_)) => return Ok(names),
            Err(error) => return Err(error),
        }
    }
}

/// Whether the temporary database is open. To look into it would open it, and then a migration may no longer set
/// `temp_store`.
fn is_temporary_open(connection: &Connection) -> bool {
    connection.is_readonly("temp").is_ok()
}

/// Whether the temporary database, which is open, has and had nothing in it; the engine opens it for its own use too.
fn is_temporary_blank(connection: &Connection) -> rusqlite::Result<bool> {
    let changes: i64 = connection.query_row("PRAGMA temp.schema_version", [], |row| row.get(0))?;
    let sql = "SELECT EXISTS (SELECT 1 FROM temp.sqlite_master)";
    let has_objects: bool = connection.query_row(sql, [], |row| row.get(0))?;
    Ok(changes == 0 && !has_objects)
}

/// A temporary table, view or trigger.
struct Temporary {
    kind: String,
    name: String,
}

/// The temporary objects, in an order in which they can be dropped.
fn temporary(connection: &Connection) -> rusqlite::Result<Vec<Temporary>> {
    if !is_temporary_open(connection) {
        return Ok(Vec::new());
    }
    connection
        .prepare(
            "SELECT type, name FROM temp.sqlite_master
             WHERE type IN ('table', 'view', 'trigger')
             ORDER BY type = 'table', type = 'view', sql NOT LIKE 'CREATE VIRTUAL%'",
        )?
        .query_map([], |row| {
            Ok(Temporary {
                kind: row.get(0)?,
                name: row.get(1)?,
            })
        })?
        .collect()
}
