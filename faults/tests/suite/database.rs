//! A database after a fault: opened with the engine's own file system, and asked for the state that it is in.

use crate::history::{ALONE, MIGRATIONS, State, contents, expected};
use std::path::Path;
use tablature::rusqlite::{Connection, OpenFlags, OptionalExtension};
use tempfile::TempDir;

/// The name of the database in its directory.
pub(crate) const NAME: &str = "app.db";

#[cfg(unix)]
const PLAIN: &str = "unix";
#[cfg(not(unix))]
const PLAIN: &str = "win32";

/// Makes a directory, in memory where there is such a place: what a disk would do is simulated.
pub(crate) fn new_directory() -> TempDir {
    let memory = Path::new("/dev/shm");
    if memory.is_dir() {
        tempfile::tempdir_in(memory).unwrap()
    } else {
        tempfile::tempdir().unwrap()
    }
}

/// Opens a database past [`Disk`](tablature_faults::Disk).
pub(crate) fn plain(path: &Path) -> Connection {
    let flags = OpenFlags::default();
    Connection::open_with_flags_and_vfs(path, flags, PLAIN).unwrap()
}

/// Finds the state of a database: which of those allowed it is in.
///
/// Fails where the engine finds the file damaged, or where the database is in none of them.
pub(crate) fn state(
    connection: &Connection,
    allowed: &[State],
    others: &str,
) -> Result<usize, String> {
    let check: String = value(connection, "PRAGMA integrity_check")?;
    if check != "ok" {
        return Err(check);
    }
    let history = history(connection)?;
    let done = done(connection)?;
    let found = contents(connection);
    let fits = |state: &State| {
        state.history == history && state.done == done && expected(*state, others) == found
    };
    allowed.iter().position(fits).ok_or_else(|| {
        format!("neither old nor new: history {history}, {done:?} done, contents {found:#?}")
    })
}

/// A row of the history: version, name, checksum, chain.
type Row = (i64, String, [u8; 32], [u8; 32]);

/// The version that the history says, all rows of which have to be as the run writes them; 0 if there is none.
fn history(connection: &Connection) -> Result<i64, String> {
    if !has(connection, "_tablature_history")? {
        return Ok(0);
    }
    let mut select = connection
        .prepare("SELECT version, name, checksum, chain FROM _tablature_history ORDER BY version")
        .map_err(|error| error.to_string())?;
    let rows: Result<Vec<Row>, _> = select
        .query_map([], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
        })
        .map_err(|error| error.to_string())?
        .collect();
    let rows = rows.map_err(|error| error.to_string())?;
    let list = MIGRATIONS.list.iter();
    let right = list.take(rows.len()).map(|migration| {
        let name = migration.name.to_string();
        (migration.version, name, migration.checksum, migration.chain)
    });
    if right.collect::<Vec<_>>() == rows {
        Ok(rows.last().map_or(0, |row| row.0))
    } else {
        Err(format!(
            "the history is not that of the migrations: {rows:?}"
        ))
    }
}

/// How many statements of the `-- no-transaction` file are recorded, if it has begun and is not finished.
fn done(connection: &Connection) -> Result<Option<usize>, String> {
    if !has(connection, "_tablature_progress")? {
        return Ok(None);
    }
    let sql = format!("SELECT count(*) FROM _tablature_progress WHERE version = {ALONE}");
    let rows: i64 = value(connection, &sql)?;
    let newest: Option<i64> = value(connection, "SELECT max(statement) FROM _tablature_progress")?;
    if newest.map_or(0, |newest| newest + 1) == rows {
        Ok(newest.and_then(|newest| newest.try_into().ok()))
    } else {
        Err(format!("{rows} rows of progress up to {newest:?}"))
    }
}

fn has(connection: &Connection, table: &str) -> Result<bool, String> {
    let sql = format!("SELECT 1 FROM sqlite_schema WHERE name = '{table}'");
    let row = connection.query_row(&sql, [], |_| Ok(())).optional();
    row.map(|row| row.is_some())
        .map_err(|error| error.to_string())
}

fn value<T: tablature::rusqlite::types::FromSql>(
    connection: &Connection,
    sql: &str,
) -> Result<T, String> {
    connection
        .query_row(sql, [], |row| row.get(0))
        .map_err(|error| error.to_string())
}
