//! The tables in which a database remembers the migrations that were applied to it, and how far a `-- no-transaction` file
//! has come.
//!
//! Their columns are those of SQLite's, in this engine's types, and part of the library's contract: a later version adds
//! columns and leaves these as they are.
//!
//! | `_tablature_progress` | |
//! |---|---|
//! | `version` | bigint: the number in the file name |
//! | `statement` | integer: the number of a statement, from 1; 0 stands for the beginning |
//! | `text` | text: the normal form of the statement once it has taken effect; NULL while it runs by itself, and at the beginning |
//! | `invalid` | text: at the beginning, the indexes that were not valid |

use super::client::Client;
use super::quote::{self, literal, name, nullable};
use super::rows::{self, Rows, bytes, number, optional, text};
use super::{fingerprint, outcome};
use crate::error::{DatabaseError, Error};
use crate::migration::{Compatibility, Migration};
use crate::pending::Recorded;
use crate::refusal;
use crate::runner::Runner;
use crate::schema::Place;
use crate::status::AppliedMigration;
use std::time::Duration;
use tokio_postgres::error::SqlState;

/// The table of the migrations that were applied.
pub(super) const TABLE: &str = "_tablature_history";

/// The table of how far a `-- no-transaction` file has come.
pub(super) const PROGRESS: &str = "_tablature_progress";

/// What a database remembers.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct History {
    /// Whether its tables are there.
    pub(super) is_there: bool,
    /// The migrations that were applied, in the order of their versions.
    pub(super) recorded: Vec<Recorded>,
    /// What is told of them.
    pub(super) applied: Vec<AppliedMigration>,
    /// The down files that were recorded, and why they are not to be run without being asked for by name.
    pub(super) downs: Vec<Option<RecordedDown>>,
    /// Whether something else has changed the schema since it was last verified.
    pub(super) is_changed: bool,
    /// Whether the schema as it is now was verified, with the same tables left out.
    pub(super) is_verified: bool,
    /// The chain of the newest row.
    pub(super) chain: Vec<u8>,
    /// How far a `-- no-transaction` file has come.
    pub(super) progress: Option<Progress>,
}

/// A down file that was recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct RecordedDown {
    pub(super) sql: String,
    pub(super) refusal: Option<String>,
}

/// How far a `-- no-transaction` file has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Progress {
    pub(super) version: i64,
    /// The normal forms of the statements that have taken effect.
    pub(super) texts: Vec<String>,
    /// Whether the next statement was running by itself when the file was left.
    pub(super) is_running: bool,
    /// The indexes that were not valid at the beginning, by their numbers.
    pub(super) invalid: Vec<String>,
}

impl Progress {
    /// How many statements have taken effect.
    pub(super) fn finished(&self) -> usize {
        self.texts.len()
    }
}

/// The name of the schema that a runner's history is in.
pub(super) fn schema<'a>(runner: &'a Runner<'_>) -> &'a str {
    let server = &runner.server;
    let first = server.search_path.first();
    server
        .history_schema
        .as_deref()
        .or(first.map(String::as_str))
        .unwrap_or("public")
}

/// A table of the library's, as SQL names it.
pub(super) fn qualified(runner: &Runner<'_>, table: &str) -> String {
    format!("{}.{table}", name(schema(runner)))
}

/// The key of the lock that runs with the same history take.
pub(super) fn key(runner: &Runner<'_>) -> i64 {
    // FNV-1a
    const START: u64 = 0xcbf2_9ce4_8422_2325;
    const PRIME: u64 = 0x0000_0100_0000_01b3;
    let table = format!("tablature {}", qualified(runner, TABLE));
    let hash = table.bytes().fold(START, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(PRIME)
    });
    hash.cast_signed()
}

/// An expression that tells whether the tables are there.
pub(super) fn is_there(runner: &Runner<'_>) -> String {
    let table = literal(&qualified(runner, TABLE));
    format!("pg_catalog.to_regclass({table}) IS NOT NULL")
}

/// The query of a start: whether the newest row is of a chain that was verified, and whether it was asked within a
/// transaction.
pub(super) fn head(runner: &Runner<'_>) -> String {
    format!(
        "SELECT encode(chain, 'hex'), verified_schema = {}, now() <> statement_timestamp()
         FROM {} ORDER BY version DESC LIMIT 1",
        fingerprint::expression(&runner.ignored_tables),
        qualified(runner, TABLE)
    )
}

/// Makes the tables if the database does not have them.
pub(super) async fn create<C: Client>(client: &mut C, runner: &Runner<'_>) -> Result<(), Error> {
    let mut sql = String::new();
    if let Some(schema) = &runner.server.history_schema {
        sql.push_str(&format!("CREATE SCHEMA IF NOT EXISTS {}; ", name(schema)));
    }
    sql.push_str(&format!(
        "CREATE TABLE IF NOT EXISTS {} (
           version BIGINT PRIMARY KEY,
           name TEXT NOT NULL,
           checksum BYTEA NOT NULL,
           chain BYTEA NOT NULL,
           applied_at TIMESTAMPTZ NOT NULL,
           duration_us BIGINT NOT NULL,
           library TEXT NOT NULL,
           down TEXT,
           reversal TEXT,
           compatibility TEXT,
           verified_schema TEXT
         );
         CREATE TABLE IF NOT EXISTS {} (
           version BIGINT NOT NULL,
           statement INTEGER NOT NULL,
           text TEXT,
           invalid TEXT,
           PRIMARY KEY (version, statement)
         )",
        qualified(runner, TABLE),
        qualified(runner, PROGRESS)
    ));
    let made = client.query(&sql).await;
    match made {
        Ok(_) => Ok(()),
        Err(error) if outcome::is(&error, &SqlState::INSUFFICIENT_PRIVILEGE) => {
            Err(denied(error, runner))
        }
        Err(error) => Err(error.into()),
    }
}

/// The error where the tables are not for this role.
fn denied(error: tokio_postgres::Error, runner: &Runner<'_>) -> Error {
    Error::HistoryDenied {
        schema: schema(runner).to_owned(),
        reason: DatabaseError::Postgres(error),
    }
}

/// Reads what a database remembers, whose tables are there.
pub(super) async fn read<C: Client>(client: &mut C, runner: &Runner<'_>) -> Result<History, Error> {
    let sql = format!(
        "SELECT version, name, encode(checksum, 'hex'), compatibility,
           to_char(applied_at AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.MS\"Z\"'), duration_us, down, reversal
         FROM {history} ORDER BY version;
         SELECT encode(chain, 'hex'), verified_schema, {fingerprint}
         FROM {history} ORDER BY version DESC LIMIT 1;
         SELECT version, statement, text, invalid FROM {progress} ORDER BY version, statement",
        history = qualified(runner, TABLE),
        progress = qualified(runner, PROGRESS),
        fingerprint = fingerprint::expression(&runner.ignored_tables),
    );
    let answer = rows::each(client, &sql).await;
    let mut answer = answer
        .map_err(
            |error| match outcome::is(&error, &SqlState::INSUFFICIENT_PRIVILEGE) {
                true => denied(error, runner),
                false => unreadable(error),
            },
        )?
        .into_iter();
    let mut next = || answer.next().unwrap_or_default();
    let (rows, head, progress) = (next(), next(), next());
    let mut history = History {
        is_there: true,
        progress: read_progress(&progress),
        ..History::default()
    };
    for row in &rows {
        let checksum = <[u8; 32]>::try_from(bytes(row, 2));
        history.recorded.push(Recorded {
            version: number(row, 0),
            name: text(row, 1).to_owned(),
            // One of another length is equal to none.
            checksum: checksum.unwrap_or_default(),
            breaks: match optional(row, 3) {
                Some(ADDITIVE) => None,
                reason => Some(reason.unwrap_or_default().to_owned()),
            },
        });
        history.applied.push(AppliedMigration {
            version: number(row, 0),
            name: text(row, 1).to_owned(),
            applied_at: text(row, 4).to_owned(),
            duration: Duration::from_micros(u64::try_from(number(row, 5)).unwrap_or(0)),
        });
        history.downs.push(optional(row, 6).map(|sql| {
            RecordedDown {
                sql: sql.to_owned(),
                refusal: optional(row, 7)
                    .filter(|reversal| *reversal != RESTORES)
                    .map(str::to_owned),
            }
        }));
    }
    if let Some(row) = head.first() {
        history.chain = bytes(row, 0);
        let verified = optional(row, 1);
        history.is_verified = verified == Some(text(row, 2));
        history.is_changed = verified.is_some() && !history.is_verified;
    }
    Ok(history)
}

fn read_progress(rows: &Rows) -> Option<Progress> {
    let first = rows.first()?;
    let mut progress = Progress {
        version: number(first, 0),
        texts: Vec::new(),
        is_running: false,
        invalid: text(first, 3)
            .split_whitespace()
            .map(str::to_owned)
            .collect(),
    };
    for row in rows.iter().skip(1) {
        match optional(row, 2) {
            Some(text) => progress.texts.push(text.to_owned()),
            None => progress.is_running = true,
        }
    }
    Some(progress)
}

/// What is recorded of a migration that only adds to the schema.
const ADDITIVE: &str = "additive";

/// What is recorded of a down file that restores schema and data.
const RESTORES: &str = "restores";

fn recorded_compatibility(migration: &Migration) -> String {
    match &migration.compatibility {
        Compatibility::Additive => ADDITIVE.to_owned(),
        Compatibility::Breaking {
            reason,
            place: Place { file, line },
        } => format!("{reason} ({file}:{line})"),
    }
}

fn recorded_reversal(migration: &Migration) -> Option<String> {
    let mut reasons = refusal::reasons(migration.down.as_ref()?);
    reasons.extend(refusal::step(migration));
    Some(match reasons.as_slice() {
        [] => RESTORES.to_owned(),
        reasons => reasons.join("; "),
    })
}

/// The statement that records that migrations were applied, and how long each took; empty for none.
pub(super) fn insert(runner: &Runner<'_>, applied: &[(&Migration, Duration)]) -> String {
    let rows = applied.iter().map(|(migration, duration)| {
        let down = migration.down.as_ref().map(|down| &*down.sql);
        format!(
            "({}, {}, {}, {}, now(), {}, {}, {}, {}, {})",
            migration.version,
            literal(&migration.name),
            quote::bytes(&migration.checksum),
            quote::bytes(&migration.chain),
            i64::try_from(duration.as_micros()).unwrap_or(i64::MAX),
            literal(env!("CARGO_PKG_VERSION")),
            nullable(down),
            nullable(recorded_reversal(migration).as_deref()),
            literal(&recorded_compatibility(migration)),
        )
    });
    let rows: Vec<String> = rows.collect();
    if rows.is_empty() {
        return String::new();
    }
    format!(
        "INSERT INTO {}
           (version, name, checksum, chain, applied_at, duration_us, library, down, reversal, compatibility)
         VALUES {}",
        qualified(runner, TABLE),
        rows.join(", ")
    )
}

/// The statement that forgets the migrations above a version.
pub(super) fn forget_above(runner: &Runner<'_>, version: i64) -> String {
    format!(
        "DELETE FROM {} WHERE version > {version}",
        qualified(runner, TABLE)
    )
}

/// The statement that records that the schema was verified, with the fingerprint that it had before it was read.
pub(super) fn set_verified(runner: &Runner<'_>, fingerprint: &str) -> String {
    format!(
        "UPDATE {history} SET verified_schema = {fingerprint}
         WHERE version = (SELECT max(version) FROM {history})",
        history = qualified(runner, TABLE),
        fingerprint = literal(fingerprint)
    )
}

fn unreadable(error: tokio_postgres::Error) -> Error {
    let is_of_shape = outcome::is(&error, &SqlState::UNDEFINED_COLUMN)
        || outcome::is(&error, &SqlState::UNDEFINED_TABLE)
        || outcome::is(&error, &SqlState::UNDEFINED_FUNCTION);
    if is_of_shape {
        return Error::History {
            table: TABLE,
            reason: DatabaseError::Postgres(error),
        };
    }
    error.into()
}
