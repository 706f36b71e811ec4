//! The schema of a Rust application is its migrations, and the compiler reads them.
//!
//! An application keeps its schema as a directory of SQL migrations. `migrations!` reads that directory when the
//! application is compiled, refuses to compile when a statement names what does not exist at that point, and leaves
//! behind a struct for each table and the list [`Migrations`]. When the application starts, the list brings its database
//! up to date: everything that is pending in one transaction, recorded only once the schema of the database really is
//! what the compiler promised.
//!
//! ```
//! # #[cfg(any())]
//! tablature::migrations!("migrations");
//! # tablature::migrations!("../migrations");
//!
//! use tablature::Row;
//! use tablature::rusqlite::Connection;
//!
//! fn main() -> Result<(), Box<dyn std::error::Error>> {
//!     let mut connection = Connection::open_in_memory()?;
//!     println!("{}", MIGRATIONS.apply(&mut connection)?);
//!
//!     // `users` was made by `CREATE TABLE users (id INTEGER PRIMARY KEY, …)` in one of the migrations.
//!     let narrator = connection.query_row("SELECT * FROM users WHERE id = 1", [], User::from_row)?;
//!     println!("{} <{}>", narrator.display_name, narrator.email);
//!     Ok(())
//! }
//! ```
//!
//! # What can go wrong
//!
//! A mistake in the SQL is a compile error that shows the line of the `.sql` file. What only a database can tell is an
//! [`Error`] when the application starts, one variant for each decision that the application can take; the message says
//! what is wrong and ends with the way out. Nothing of a failed run remains in the database, but what came before and in a
//! `-- no-transaction` file: see [`Runner::apply`].
//!
//! A service that had better show what it can than nothing calls `MIGRATIONS.start(&mut connection)`, which never fails: a
//! [`Start`] is ready, or it says what stands against that and which tables cannot be read, and the connection only reads.
//!
//! # The history
//!
//! A database remembers the migrations that were applied to it in the table `_tablature_history`, a row each. Its shape
//! is part of the contract: a later version of this crate may add columns and leaves these as they are.
//!
//! | column | type | |
//! |---|---|---|
//! | `version` | INTEGER PRIMARY KEY | the number in the file name |
//! | `name` | TEXT | the rest of the file name |
//! | `checksum` | BLOB, 32 bytes | hash of the tokens of the up file: white space and comments do not count |
//! | `chain` | BLOB, 32 bytes | hash of this checksum and the chain before it |
//! | `applied_at` | TEXT | when its row was written, in UTC, such as `2026-11-20T10:11:12.123Z` |
//! | `duration_us` | INTEGER | how long its statements took, in microseconds |
//! | `library` | TEXT | the version of this crate that applied it |
//! | `down` | TEXT | the text of its down file; NULL if it has none |
//! | `reversal` | TEXT | `restores` if its down file restores schema and data, else why not; NULL if it has none |
//! | `compatibility` | TEXT | `additive` if it only adds to the schema, else what an older program would notice of it |
//! | `verified_schema` | INTEGER | in the newest row, what `PRAGMA schema_version` was when the whole schema was last verified; above its 32 bits, a hash of the names that were ignored |
//!
//! As long as the newest row is that of the program's newest migration and `PRAGMA schema_version` has not moved since,
//! a start has nothing to do, and finds that out by reading this row. (So that no other database comes to the same number,
//! such as one that a dump was read into, it is set to one at random at first.) While a `-- no-transaction` file is being applied,
//! and after one that failed half way, the table `_tablature_progress` holds how far it has come.
//!
//! # On a PostgreSQL server
//!
//! `MIGRATIONS.postgres(&mut client)` and `MIGRATIONS.tokio_postgres(&mut client)` take a connection of the one or the other
//! client, however it is secured, and have the same verbs, with the same reports and errors, but for backups: a copy
//! of a server's database is its administrator's. Everything pending is one transaction there too, under an advisory lock of that transaction;
//! statements wait for locks no longer than `lock_timeout` of the [`Runner`] says.
//!
//! The history has the same columns, in PostgreSQL's types (`bytea`, `timestamptz`, `bigint`); `verified_schema` is a text. It
//! is a hash over the engine's catalogs: for each, the number of its rows and the sum of the transactions that wrote them. No
//! change of the schema leaves these as they were, so that a start with nothing to do is one query, which reads no more than
//! a row for each column, constraint and index. A restored dump is verified once.
//!
//! # Features
//!
//! - `macros` (default): the macro `migrations!`.
//! - `sqlite` (default): applying migrations to SQLite and reading rows, over [`rusqlite`], which is re-exported.
//! - `postgres`: applying migrations to PostgreSQL, from version 14 on, over the synchronous client `postgres`, which is
//!   re-exported.
//! - `tokio-postgres`: the same over the asynchronous client `tokio-postgres`, which is re-exported.
//! - `chrono`, `time`, `jiff`, `uuid`, `serde_json`, `rust_decimal`: columns of PostgreSQL whose types only these crates have in
//!   Rust: dates and times, `uuid`, `json` and `jsonb`, `numeric`.
//! - `serde`: [`Status`], [`Plan`], [`Report`] and what is in them can be serialised.
//! - `tracing`: what a run tells of itself, [`Event`], goes to the crate `tracing` too, with the target `tablature`.
//! - `take-over`: [`Runner::adopt`] checks the checksums in the histories of sqlx, refinery and Prisma; without it these
//!   histories are refused.
//! - `testing`: `tablature::testing`, new databases for tests in microseconds.
//! - `bundled` (default): compiles SQLite in. Turn it off to link the system's, which must be 3.34 or newer.

pub mod adopt;
#[cfg(any(feature = "sqlite", feature = "tokio-postgres"))]
mod adoption;
mod backup;
pub mod difference;
mod error;
mod event;
#[cfg(any(feature = "sqlite", feature = "tokio-postgres"))]
mod foreign;
#[cfg(all(
    feature = "take-over",
    any(feature = "sqlite", feature = "tokio-postgres")
))]
mod foreign_checksum;
mod holder;
pub mod migration;
#[cfg(any(feature = "sqlite", feature = "tokio-postgres"))]
mod others;
#[cfg(any(feature = "sqlite", feature = "tokio-postgres"))]
mod pending;
pub mod plan;
#[cfg(feature = "tokio-postgres")]
pub mod postgres_row;
#[cfg(feature = "tokio-postgres")]
mod postgresql;
#[cfg(any(feature = "sqlite", feature = "tokio-postgres"))]
mod recorded;
#[cfg(any(feature = "sqlite", feature = "tokio-postgres"))]
mod refusal;
pub mod repair;
mod report;
pub mod revert;
#[cfg(feature = "sqlite")]
pub mod row;
#[cfg(any(feature = "sqlite", feature = "tokio-postgres"))]
mod runner;
pub mod schema;
#[cfg(any(feature = "sqlite", feature = "tokio-postgres"))]
mod source;
#[cfg(feature = "sqlite")]
mod sqlite;
#[cfg(any(feature = "sqlite", feature = "tokio-postgres"))]
mod start;
pub mod status;
pub mod step;
#[cfg(feature = "testing")]
pub mod testing;
mod unknown_value;

#[cfg(feature = "postgres")]
pub use ::postgres;

pub use adopt::{AdoptPlan, Adopted};
pub use backup::Backup;
pub use error::{
    BackupFailure, DatabaseError, Error, ForeignKeyViolation, Refusal, StatementError, StepFailure,
};
pub use event::Event;
pub use holder::Holder;
pub use migration::Migrations;
pub use plan::Plan;
#[cfg(feature = "tokio-postgres")]
pub use postgres_row::{PostgresInsert, PostgresRow};
#[cfg(feature = "postgres")]
pub use postgresql::Postgres;
#[cfg(feature = "tokio-postgres")]
pub use postgresql::TokioPostgres;
pub use repair::Repair;
pub use report::{Applied, Report};
pub use revert::{RevertPlan, Reverted};
#[cfg(feature = "sqlite")]
pub use row::{BorrowedRow, Insert, Row};
#[cfg(any(feature = "sqlite", feature = "tokio-postgres"))]
pub use runner::Runner;
#[cfg(feature = "sqlite")]
pub use rusqlite;
#[cfg(any(feature = "sqlite", feature = "tokio-postgres"))]
pub use start::{Degraded, Start};
pub use status::{State, Status};
#[cfg(feature = "macros")]
pub use tablature_macros::migrations;
#[cfg(feature = "tokio-postgres")]
pub use tokio_postgres;
pub use unknown_value::UnknownValue;
