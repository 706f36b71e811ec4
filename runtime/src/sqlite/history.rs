//! The table in which a database remembers the migrations that were applied to it.
//!
//! Its shape is part of the library's contract, which the documentation of the crate describes: a later version adds
//! columns and leaves these as they are.

use super::outcome::{environment, message};
use super::{introspect, progress};
use crate::error::{DatabaseError, Error};
use crate::migration::{Compatibility, Down, Migration};
use crate::pending::Recorded;
use crate::refusal;
use crate::schema::Place;
use crate::status::AppliedMigration;
use rusqlite::{Connection, OptionalExtension, Row, params};
use std::time::Duration;

/// The table of the migrations that were applied.
pub(super) const TABLE: &str = "_tablature_history";

/// The newest row, as far as it tells whether there is anything to do.
pub(super) struct Head {
    pub(super) chain: Vec<u8>,
    /// Whether the schema as it is now was verified, with the same tables left out.
    pub(super) is_verified: bool,
    /// Whether the schema was verified, and is another one now.
    pub(super) is_changed: bool,
}

/// Makes the table if the database does not have it.
pub(super) fn create(connection: &Connection) -> Result<(), Error> {
    connection.execute_batch(
        "CREATE TABLE IF NOT EXISTS main._tablature_history (
           version INTEGER PRIMARY KEY NOT NULL,
           name TEXT NOT NULL,
           checksum BLOB NOT NULL,
           chain BLOB NOT NULL,
           applied_at TEXT NOT NULL,
           duration_us INTEGER NOT NULL,
           library TEXT NOT NULL,
           down TEXT,
           reversal TEXT,
           compatibility TEXT,
           verified_schema INTEGER
         )",
    )?;
    if !has_compatibility(connection)? {
        connection
            .execute_batch("ALTER TABLE main._tablature_history ADD COLUMN compatibility TEXT")?;
    }
    // In a new database there is next to nothing that the engine has to read again after this.
    Ok(leave_low_cookies(connection)?)
}

/// Whether the table has the column, which the first versions of this crate did not make.
fn has_compatibility(connection: &Connection) -> rusqlite::Result<bool> {
    let mut is_there = false;
    introspect::each_row(connection, "table_info", TABLE, |row| {
        is_there |= row.get_ref("name")?.as_str() == Ok("compatibility");
        Ok(())
    })?;
    Ok(is_there)
}

/// Whether the database has a table of the library's.
pub(super) fn is_there(connection: &Connection, table: &str) -> rusqlite::Result<bool> {
    // `Connection::table_exists` would ask the connection's memory of the schema, which may be older than what another
    // connection has just committed.
    match connection.prepare(&format!("SELECT 1 FROM main.{table}")) {
        Ok(_) => Ok(true),
        Err(error) if is_missing(&error) => Ok(false),
        Err(error) => Err(error),
    }
}

/// Whether a database holds nothing but the library's own tables.
pub(super) fn is_alone(connection: &Connection) -> rusqlite::Result<bool> {
    connection.query_row(
        "SELECT NOT EXISTS (SELECT 1 FROM main.sqlite_master WHERE tbl_name NOT IN (?1, ?2))",
        [TABLE, progress::TABLE],
        |row| row.get(0),
    )
}

/// Reads the newest row in constant time; none if the history is empty or there is none.
pub(super) fn head(connection: &Connection, ignored: &[String]) -> rusqlite::Result<Option<Head>> {
    let head = connection
        .query_row(
            "SELECT chain, verified_schema FROM main._tablature_history ORDER BY version DESC LIMIT 1",
            [],
            |row| {
                let verified: Option<i64> = row.get(1)?;
                // It only grows: if it is now what was verified, then it was so when the row was read.
                let cookie = cookie(connection)?;
                Ok(Head {
                    chain: row.get(0)?,
                    is_verified: verified == Some(cookie | mark(ignored)),
                    is_changed: verified.is_some_and(|verified| verified & COOKIE != cookie),
                })
            },
        )
        .optional();
    match head {
        Err(error) if is_missing(&error) => Ok(None),
        head => head,
    }
}

/// Whether a statement could not be prepared because the table is not there.
fn is_missing(error: &rusqlite::Error) -> bool {
    message(error).starts_with("no such table")
}

/// The newest version; none if the history is empty or there is none.
pub(super) fn newest_version(connection: &Connection) -> rusqlite::Result<Option<i64>> {
    let newest = connection.query_row(
        "SELECT max(version) FROM main._tablature_history",
        [],
        |row| row.get(0),
    );
    match newest {
        Err(error) if is_missing(&error) => Ok(None),
        newest => newest,
    }
}

/// Reads the whole history in the order of versions; empty if there is none.
pub(super) fn read(connection: &Connection) -> Result<Vec<Recorded>, Error> {
    if !is_there(connection, TABLE)? {
        return Ok(Vec::new());
    }
    let rows = || -> rusqlite::Result<Vec<Recorded>> {
        let compatibility = match has_compatibility(connection)? {
            true => "compatibility",
            false => "NULL",
        };
        let select = format!(
            "SELECT version, name, checksum, {compatibility} FROM main._tablature_history ORDER BY version"
        );
        connection
            .prepare(&select)?
            .query_map([], |row| {
                let compatibility: Option<String> = row.get(3)?;
                Ok(Recorded {
                    version: row.get(0)?,
                    name: row.get(1)?,
                    checksum: row.get(2)?,
                    breaks: match compatibility.as_deref() {
                        Some(ADDITIVE) => None,
                        Some(reason) => Some(reason.to_owned()),
                        None => Some(UNTOLD.to_owned()),
                    },
                })
            })?
            .collect()
    };
    rows().map_err(unreadable)
}

/// Reads what the history tells of each migration, in the order of versions; empty if there is none.
pub(super) fn applied(connection: &Connection) -> Result<Vec<AppliedMigration>, Error> {
    if !is_there(connection, TABLE)? {
        return Ok(Vec::new());
    }
    let rows = || -> rusqlite::Result<Vec<AppliedMigration>> {
        connection
            .prepare(
                "SELECT version, name, applied_at, duration_us FROM main._tablature_history ORDER BY version",
            )?
            .query_map([], |row| {
                let duration: i64 = row.get(3)?;
                Ok(AppliedMigration {
                    version: row.get(0)?,
                    name: row.get(1)?,
                    applied_at: row.get(2)?,
                    duration: Duration::from_micros(u64::try_from(duration).unwrap_or(0)),
                })
            })?
            .collect()
    };
    rows().map_err(unreadable)
}

/// What is recorded of a migration that only adds to the schema.
const ADDITIVE: &str = "additive";

/// What is known of a migration of which nothing is recorded.
const UNTOLD: &str =
    "the version of the library that applied it did not tell whether it only adds to the schema";

/// What is recorded of what a migration is to an older program: that it only adds, or what such a program would notice.
fn recorded_compatibility(migration: &Migration) -> String {
    match &migration.compatibility {
        Compatibility::Additive => ADDITIVE.to_owned(),
        Compatibility::Breaking {
            reason,
            place: Place { file, line },
        } => format!("{reason} ({file}:{line})"),
    }
}

/// Records that migrations were applied, and how long the statements of each took.
pub(super) fn insert(
    connection: &Connection,
    applied: &[(&Migration, Duration)],
) -> Result<(), Error> {
    let rows = || {
        let now: String =
            connection.query_row("SELECT strftime('%Y-%m-%dT%H:%M:%fZ', 'now')", [], |row| {
                row.get(0)
            })?;
        let mut insert = connection.prepare(
            "INSERT INTO main._tablature_history
               (version, name, checksum, chain, applied_at, duration_us, library, down, reversal, compatibility)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        )?;
        for (migration, duration) in applied {
            insert.execute(params![
                migration.version,
                &*migration.name,
                migration.checksum,
                migration.chain,
                now,
                i64::try_from(duration.as_micros()).unwrap_or(i64::MAX),
                env!("CARGO_PKG_VERSION"),
                migration.down.as_ref().map(|down| &*down.sql),
                migration
                    .down
                    .as_ref()
                    .map(|down| recorded_reversal(migration, down)),
                recorded_compatibility(migration),
            ])?;
        }
        Ok(())
    };
    rows().map_err(unreadable)
}

/// What is recorded of a down file that restores schema and data.
const RESTORES: &str = "restores";

/// What is recorded of what a down file does: that it restores schema and data, or why not.
fn recorded_reversal(migration: &Migration, down: &Down) -> String {
    let mut reasons = refusal::reasons(down);
    reasons.extend(refusal::step(migration));
    match reasons.as_slice() {
        [] => RESTORES.to_owned(),
        reasons => reasons.join("; "),
    }
}

/// The down file that was recorded for a version, and why it is not to be run without being asked for by name.
pub(super) struct RecordedDown {
    pub(super) sql: String,
    pub(super) refusal: Option<String>,
}

/// Reads the down file that was recorded for a version; none if the migration had none.
pub(super) fn down(connection: &Connection, version: i64) -> Result<Option<RecordedDown>, Error> {
    let down = connection.query_row(
        "SELECT down, reversal FROM main._tablature_history WHERE version = ?1",
        [version],
        |row| {
            let (sql, reversal): (Option<String>, Option<String>) = (row.get(0)?, row.get(1)?);
            Ok(sql.map(|sql| RecordedDown {
                sql,
                refusal: reversal.filter(|reversal| reversal != RESTORES),
            }))
        },
    );
    down.map_err(unreadable)
}

/// Forgets the migrations above a version.
pub(super) fn forget_above(connection: &Connection, version: i64) -> Result<(), Error> {
    connection
        .execute(
            "DELETE FROM main._tablature_history WHERE version > ?1",
            [version],
        )
        .map_err(unreadable)?;
    Ok(())
}

/// The part of what is recorded that is the schema cookie.
const COOKIE: i64 = 0xffff_ffff;

/// A number for the tables that a run leaves out of the verification, beside the cookie: another run may not leave them out.
/// It is zero for none.
fn mark(ignored: &[String]) -> i64 {
    // FNV-1a
    const START: u64 = 0xcbf2_9ce4_8422_2325;
    const PRIME: u64 = 0x0000_0100_0000_01b3;
    if ignored.is_empty() {
        return 0;
    }
    let mut names: Vec<String> = ignored
        .iter()
        .map(|name| name.to_ascii_lowercase())
        .collect();
    names.sort();
    names.dedup();
    let names = names.join("\0");
    let hash = names.bytes().fold(START, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(PRIME)
    });
    // One bit fewer, so that it is no negative number.
    hash.cast_signed() & !COOKIE & i64::MAX
}

/// Records that the schema as it is now was verified, with some tables left out.
pub(super) fn set_verified(connection: &Connection, ignored: &[String]) -> rusqlite::Result<()> {
    leave_low_cookies(connection)?;
    connection.execute_batch(&format!(
        "UPDATE main._tablature_history SET verified_schema = {}
         WHERE version = (SELECT max(version) FROM main._tablature_history)",
        cookie(connection)? | mark(ignored)
    ))
}

/// Moves the engine's number for the schema to where no other database has it.
///
/// The engine counts from zero. A dump of the database takes the history along, and is read into a new one that counts again,
/// perhaps up to the same number, with another schema. Where the engine does not let anybody set the number, as a defensive
/// connection does not, it stays.
fn leave_low_cookies(connection: &Connection) -> rusqlite::Result<()> {
    const LOW: i64 = 1 << 20;
    if cookie(connection)? >= LOW {
        return Ok(());
    }
    let anywhere = format!("SELECT {LOW} + (random() & {})", (1 << 30) - 1);
    let anywhere: i64 = connection.query_row(&anywhere, [], |row| row.get(0))?;
    connection.pragma_update(Some("main"), "schema_version", anywhere)
}

/// The engine's number for the schema as it is.
pub(super) fn cookie(connection: &Connection) -> rusqlite::Result<i64> {
    let signed = |row: &Row<'_>| row.get::<_, i64>(0);
    let cookie = connection.query_row("PRAGMA main.schema_version", [], signed)?;
    Ok(cookie & COOKIE)
}

fn unreadable(error: rusqlite::Error) -> Error {
    environment(error).unwrap_or_else(|error| Error::History {
        table: TABLE,
        reason: DatabaseError::Sqlite(error),
    })
}
