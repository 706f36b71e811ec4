//! What else than the main database a connection has: attached databases and temporary objects.
//!
//! A name in a statement may mean any of them. The compiler knows of none when a file begins, so that migrations run
//! only on a connection that has none, and what a file leaves of its own is gone at its end.

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
    drop_temporary(connection)?;
    for database in databases(connection)? {
        if let Err(error) = detach(connection, &database) {
            return Err(environment(error).unwrap_or_else(|_| Error::LeftAttached {
                file: migration.file.to_owned(),
                database,
            }));
        }
    }
    Ok(())
}

/// Takes away, as far as possible, what a run that failed has left.
pub(super) fn send_all_away(connection: &Connection) {
    let _ = drop_temporary(connection);
    for database in databases(connection).unwrap_or_default() {
        let _ = detach(connection, &database);
    }
}

fn drop_temporary(connection: &Connection) -> rusqlite::Result<()> {
    for Temporary { kind, name } in temporary(connection)? {
        let name = name.replace('"', "\"\"");
        // With a virtual table go those that it keeps its content in.
        connection.execute_batch(&format!("DROP {kind} IF EXISTS temp.\"{name}\""))?;
    }
    Ok(())
}

fn detach(connection: &Connection, database: &str) -> rusqlite::Result<()> {
    connection.execute_batch(&format!("DETACH '{}'", database.replace('\'', "''")))
}

/// The names of the attached databases.
fn databases(connection: &Connection) -> rusqlite::Result<Vec<String>> {
    let mut names: Vec<String> = connection
        .prepare("PRAGMA database_list")?
        .query_map([], |row| row.get("name"))?
        .collect::<rusqlite::Result<_>>()?;
    names.retain(|name| name != "main" && name != "temp");
    Ok(names)
}

/// A temporary table, view or trigger.
struct Temporary {
    kind: String,
    name: String,
}

/// The temporary objects, in an order in which they can be dropped.
fn temporary(connection: &Connection) -> rusqlite::Result<Vec<Temporary>> {
    connection
        .prepare(
            "SELECT type, name FROM temp.sqlite_master
             WHERE type IN ('table', 'view', 'trigger') AND name NOT LIKE 'sqlite@_%' ESCAPE '@'
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
