//! Why a database could not be migrated: one variant for each decision that a program can take.

mod foreign_key;
mod refusal;
mod statement;
mod step;
mod words;

pub use foreign_key::ForeignKeyViolation;
pub use refusal::Refusal;
#[cfg(feature = "tokio-postgres")]
pub(crate) use statement::Fault;
pub use statement::StatementError;
pub use step::StepFailure;

use crate::adopt::{Candidate, Compared, ForeignProblem, Tool};
use crate::difference::Difference;
use crate::holder::Holder;
use crate::repair::RepairProblem;
use crate::status::NewerMigration;
use std::fmt;
use std::path::PathBuf;
pub(crate) use words::listed;
use words::{
    ambiguous, broken_foreign_keys, changed, company, foreign, irreversible, locked, mismatch,
    nearest, newer_database, not_adoptable, not_repairable, not_restored, some, stale,
};

/// Why a database could not be migrated or verified.
///
/// Unless the variant says otherwise, the database is as it was before. Where there is a way out, the message ends with
/// it. `Debug` gives the message too, as a `main` that returns an error prints that; and what the engine says is either
/// in the message or the [`source`](std::error::Error::source), never in both.
#[derive(thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A migration was edited after it was applied to this database, or another one was applied under its number.
    #[error("{}", changed(*version, name, recorded_name, file, [recorded, compiled]))]
    Changed {
        /// The number in its file name.
        version: i64,
        /// The rest of its file name.
        name: String,
        /// The rest of the file name under which it was applied: another one is that of another migration.
        recorded_name: String,
        /// Its path, relative to the crate.
        file: String,
        /// The checksum that the database's history holds.
        recorded: Box<[u8; 32]>,
        /// The checksum of the file that was compiled in.
        compiled: Box<[u8; 32]>,
    },

    /// The database's history holds a migration that the program lacks, below the program's newest one.
    #[error(
        "migration {version} `{name}` was applied to this database, but the program {}",
        match renumbered { Some(number) => format!("has it as {number}: give its file the number {version} again"),
            None => "does not have it: restore its file, or run the program that the database belongs to".to_owned() }
    )]
    Missing {
        /// The number in its file name.
        version: i64,
        /// The rest of its file name, as the history recorded it.
        name: String,
        /// The number under which the program has the same statements.
        renumbered: Option<i64>,
    },

    /// A newer program has migrated the database further than this one knows.
    #[error("{}", newer_database(*version, name, *head, newer))]
    Newer {
        /// The newest version in the database's history.
        version: i64,
        /// The rest of that migration's file name.
        name: String,
        /// The newest version that the program has; none if it has no migrations.
        head: Option<i64>,
        /// The migrations that the program does not have, in their order.
        newer: Vec<NewerMigration>,
    },

    /// A migration that was never applied to this database stands below one that was.
    #[error(
        "migration {version} `{name}` was never applied, and the database is already at {head}: \
         rename `{file}` so that its number is above {head}"
    )]
    OutOfOrder {
        /// The number in its file name.
        version: i64,
        /// The rest of its file name.
        name: String,
        /// Its path, relative to the crate.
        file: String,
        /// The newest version in the database's history.
        head: i64,
    },

    /// Migrations are pending; only verification reports this.
    #[error(
        "{}: apply {}{}",
        match count {
            1 => format!("migration {version} `{name}` is pending"),
            count => format!("{count} migrations are pending, from {version} `{name}` on"),
        },
        if *count == 1 { "it" } else { "them" },
        if *is_changed {
            "; something else has changed the schema since it was last verified, \
             and if it differs from what the migrations define, that is refused"
        } else {
            ""
        }
    )]
    Pending {
        /// How many.
        count: usize,
        /// The number of the first.
        version: i64,
        /// The name of the first.
        name: String,
        /// Whether something else than a run has changed the schema since it was last verified. What differs can be
        /// told only when nothing is pending.
        is_changed: bool,
    },

    /// A statement of a migration failed.
    #[error(transparent)]
    Statement(Box<StatementError>),

    /// A step of a migration failed, or has ended the run's transaction.
    #[error(transparent)]
    Step(Box<StepFailure>),

    /// A migration has a step, and the program does not have its function: it is not the application. It was refused before
    /// anything ran.
    #[error(
        "migration {version} `{name}` has the step `{path}` ({file}:{line}:{column}), a function of the application, \
         which this program does not have, so that nothing was applied: start the application, which applies it"
    )]
    UnknownStep {
        /// The number in its file name.
        version: i64,
        /// The rest of its file name.
        name: String,
        /// Its path, relative to the crate.
        file: String,
        /// 1-based line of the function's path.
        line: u32,
        /// 1-based column of the function's path, in characters.
        column: u32,
        /// The function's path in Rust.
        path: String,
    },

    /// A migration has a step whose function is for the other client of PostgreSQL than the connection is of. It was refused
    /// before anything ran.
    #[cfg(feature = "tokio-postgres")]
    #[error(
        "the step `{path}` of migration {version} `{name}` at {file}:{line}:{column} is a function for the client `{function}`, \
         and the run is over `{connection}`, so that nothing was applied: connect with `{function}` to apply it, or write the \
         function for `{connection}`"
    )]
    StepOfOtherClient {
        /// The number in its file name.
        version: i64,
        /// The rest of its file name.
        name: String,
        /// Its path, relative to the crate.
        file: String,
        /// 1-based line of the function's path.
        line: u32,
        /// 1-based column of the function's path, in characters.
        column: u32,
        /// The function's path in Rust.
        path: String,
        /// The client that the function is for.
        function: crate::step::ServerClient,
        /// The client of the connection.
        connection: crate::step::ServerClient,
    },

    /// The schema of the database is not what the migrations define. Unless the last of them is a `-- no-transaction`
    /// file, whose statements were kept, the database is as it was.
    #[error("{}", mismatch(differences))]
    SchemaMismatch {
        /// What differs, by table.
        differences: Vec<Difference>,
    },

    /// The database has tables, but no history of migrations, or one without rows: something else made it.
    #[error(
        "the database has {} but no history of migrations, so it is not known what to apply: \
         if migrations have made it, `adopt` finds out which; \
         else start with an empty database, or name tables that belong to others \
         with `MIGRATIONS.runner().ignore_tables([…])`",
        some("table", tables)
    )]
    NoHistory {
        /// Their names.
        tables: Vec<String>,
    },

    /// The connection has attached databases or temporary objects. A name in a migration could mean one of theirs, so
    /// that what is pending is not applied.
    #[error(
        "the connection has {}, which names in the migrations could mean: \
         migrate before the application makes these, or on a connection without any",
        company(databases, temporary)
    )]
    NotAlone {
        /// The names of the attached databases.
        databases: Vec<String>,
        /// The names of the temporary tables, views and triggers.
        temporary: Vec<String>,
    },

    /// A migration attaches a database and uses it, so that it cannot be detached before the run's transaction ends.
    #[error(
        "`{file}` leaves the database `{database}` attached, and the next file would see it: \
         begin the file with `-- no-transaction` and end it with DETACH"
    )]
    LeftAttached {
        /// The path of the file, relative to the crate.
        file: String,
        /// The name of the database.
        database: String,
    },

    /// After the migrations, rows refer to rows that do not exist.
    #[error("{}", broken_foreign_keys(violations, *total, files, kept.as_deref()))]
    ForeignKeys {
        /// The first of them, at most [`ForeignKeyViolation::LIMIT`].
        violations: Vec<ForeignKeyViolation>,
        /// How many there are; those from before the run are left out.
        total: usize,
        /// The files that name the tables, or the triggers that write to them: one of these leaves the rows.
        files: Vec<String>,
        /// The `-- no-transaction` file that leaves them, whose statements were kept.
        kept: Option<String>,
    },

    /// A ROLLBACK in a migration that has begun no transaction would undo the migrations before it; it was refused before
    /// anything ran.
    #[error(
        "{file}:{line}:{column}: ROLLBACK would undo the whole run: \
         remove it, or write BEGIN where it should go back to"
    )]
    Rollback {
        /// The path of the file, relative to the crate.
        file: String,
        /// 1-based line of the statement.
        line: u32,
        /// 1-based column of the statement, in characters.
        column: u32,
    },

    /// A `-- no-transaction` file failed half way, and then the statements that had already run were edited.
    #[error(
        "statement {statement} of `{file}` was changed after it ran: \
         restore it, as the next run goes on after it"
    )]
    ChangedHalfway {
        /// The path of the file, relative to the crate.
        file: String,
        /// The number of the statement in the file, from 1.
        statement: usize,
    },

    /// A `-- no-transaction` file failed half way, and then that line was removed: in a transaction it would begin anew.
    #[error(
        "`{file}` has lost its `-- no-transaction` after it stopped behind statement {statements}: \
         put that line back, as the next run goes on from there"
    )]
    TransactionHalfway {
        /// The path of the file, relative to the crate.
        file: String,
        /// How many of its statements have taken effect.
        statements: usize,
    },

    /// A `-- no-transaction` file ended within a transaction that it began. That transaction was rolled back; the
    /// statements before it were kept.
    #[error("`{file}` begins a transaction and does not end it: add the COMMIT")]
    OpenTransaction {
        /// The path of the file, relative to the crate.
        file: String,
    },

    /// Another connection held the database for the whole of the busy time-out.
    #[error("{}", locked(holders))]
    Locked {
        /// Who, as far as the engine tells: on a server the sessions that migrate.
        holders: Vec<Holder>,
    },

    /// The program was compiled before files were added to or removed from its migrations directory.
    #[error("{}", stale(directory, added, removed))]
    StaleBuild {
        /// The directory.
        directory: String,
        /// Files that were not compiled in, relative to the directory.
        added: Vec<String>,
        /// Files that were compiled in and are gone, relative to the directory.
        removed: Vec<String>,
    },

    /// The connection is within a transaction, in which foreign-key enforcement cannot be switched.
    #[error("the connection is within a transaction: commit it or roll it back before migrating")]
    InTransaction,

    /// The migrations are for another engine than the connection is of.
    #[error("the migrations are for {migrations}, and the connection is one to {connection}")]
    OtherEngine {
        /// The engine that the migrations are for.
        migrations: &'static str,
        /// The engine that was to apply them.
        connection: &'static str,
    },

    /// After the migrations, rows break a constraint that is checked at the end of a transaction.
    #[error(
        "the migrations leave rows that break a deferred constraint ({reason}): \
         nothing was applied: delete or correct these rows in the migration"
    )]
    Deferred {
        /// What the engine says.
        reason: DatabaseError,
    },

    /// The connection to the server was lost before anything was committed: what had run was undone, but the statements of a
    /// `-- no-transaction` file.
    #[error(
        "the connection to the server was lost ({reason}), and what was not committed is undone: \
         connect again and start again"
    )]
    Disconnected {
        /// What the client or the server says.
        reason: DatabaseError,
    },

    /// The connection to the server was lost while it was committing: everything was applied, or nothing.
    #[error(
        "the connection to the server was lost while it was committing ({reason}), \
         so that it is not known whether everything was applied or nothing: \
         connect again, when `status` tells and starting again does what is left"
    )]
    CommitUnknown {
        /// What the client or the server says.
        reason: DatabaseError,
    },

    /// The server is a standby, which only reads.
    #[error("the server is a standby, which only reads: connect to the primary to migrate")]
    Standby,

    /// The session is set to write nothing, and not by `start`.
    #[error(
        "the session only reads, as `default_transaction_read_only` is on for its role, its database or the server, \
         so that nothing was changed: connect where it is off to migrate"
    )]
    ReadOnlySession,

    /// The role may not keep the history of migrations in its schema.
    #[error(
        "the history of migrations cannot be kept in the schema `{schema}` ({reason}): a role that applies migrations needs \
         USAGE and CREATE on it, and one that looks at the database USAGE, and SELECT on `_tablature_history` and \
         `_tablature_progress` there"
    )]
    HistoryDenied {
        /// The schema.
        schema: String,
        /// What the engine says.
        reason: DatabaseError,
    },

    /// The database cannot be written.
    #[error("the database is read-only: open it for writing to migrate it")]
    ReadOnly,

    /// A program that wrote to the database was killed, and what it left half done can only be taken back by a connection
    /// that may write.
    #[error(
        "a crash has left the database to be recovered ({reason}), which a read-only connection cannot do: \
         open it once for writing"
    )]
    Unrecovered {
        /// What the engine says.
        reason: DatabaseError,
    },

    /// The database file was deleted, renamed or replaced after the connection was opened.
    #[error("the database file was moved or deleted since it was opened: open it again")]
    Moved,

    /// The database file, or what the engine keeps beside it, cannot be opened.
    #[error(
        "the database cannot be opened ({reason}): \
         check that its file and directory exist and that this process may write to both"
    )]
    CannotOpen {
        /// What the engine says.
        reason: DatabaseError,
    },

    /// The file is no SQLite database, or it is encrypted.
    #[error("the file is not a SQLite database: check its path, or its key if it is encrypted")]
    NotADatabase {
        /// What the engine says.
        source: DatabaseError,
    },

    /// The database file is damaged.
    #[error("the database is damaged ({reason}): restore a backup")]
    Corrupt {
        /// What the engine says.
        reason: DatabaseError,
    },

    /// The disk is full.
    #[error("the disk is full ({reason}): free some space and start again")]
    DiskFull {
        /// What the engine says.
        reason: DatabaseError,
    },

    /// The disk, or the file system, reports an error.
    #[error(
        "the disk fails ({reason}): see what the system's log says of it, and start again once it is mended"
    )]
    Disk {
        /// What the engine says.
        reason: DatabaseError,
    },

    /// Another thread has interrupted the connection.
    #[error("the run was interrupted: it can be started again")]
    Interrupted,

    /// The history table is not as this version of the library writes it.
    #[error(
        "the table `{table}` cannot be read as a history of migrations ({reason}): \
         restore it from a backup, or use the library version that wrote it"
    )]
    History {
        /// Its name.
        table: &'static str,
        /// What the engine says.
        reason: DatabaseError,
    },

    /// No copy of the database could be taken, so that nothing was applied.
    #[error("no backup could be taken at `{}`: {reason}", path.display())]
    Backup {
        /// The file or directory that is in the way.
        path: PathBuf,
        /// Why.
        reason: BackupFailure,
    },

    /// Going back over migrations was refused: some have no down file that is proven to restore schema and data, and were
    /// not named.
    #[error("{}", irreversible(refusals))]
    Irreversible {
        /// The migrations, the newest first.
        refusals: Vec<Refusal>,
    },

    /// Going back over a migration was refused: its down file has `-- no-transaction`, and a failure would leave it half
    /// done.
    #[error(
        "migration {version} `{name}` is not gone back over, as its down file `{file}` has `-- no-transaction`, \
         and a failure would leave it half done: remove that line if its statements can run in a transaction, \
         else restore a backup, or write a new migration that undoes the change"
    )]
    DownWithoutTransaction {
        /// The number in its file name.
        version: i64,
        /// The rest of its file name.
        name: String,
        /// The path of the down file, relative to the crate.
        file: String,
    },

    /// The schema would not be that of the version after going back, so that nothing was changed. The down files are proven,
    /// so that the schema was another one before too.
    #[error("{}", not_restored(*version, differences))]
    NotRestored {
        /// The version; one below the first stands for before it.
        version: i64,
        /// How the schema would differ.
        differences: Vec<Difference>,
    },

    /// The database is not adopted: there is nothing in it that migrations could have made.
    #[error(
        "the database has no tables, so that there is nothing to adopt at version {version}: apply the migrations"
    )]
    NothingToAdopt {
        /// What was asked for.
        version: i64,
    },

    /// The version to go back to, or to adopt at, is none that was applied to the database.
    #[error(
        "version {version} was not applied to this database, {}",
        match newest {
            Some(newest) => format!("which is at {newest}: name one that was, or one below the first"),
            None => "as none was: there is nothing to go back over".to_owned(),
        }
    )]
    NotApplied {
        /// What was asked for.
        version: i64,
        /// The newest version in the database's history; none if it is empty.
        newest: Option<i64>,
    },

    /// The database is not adopted: its schema is that of several versions.
    #[error("{}", ambiguous(candidates))]
    Ambiguous {
        /// The versions, in their order, with what tells them apart.
        candidates: Vec<Candidate>,
    },

    /// The database is not adopted: its schema is not that of the version that it would be adopted at.
    #[error("{}", not_adoptable(*version, compared, matches, differences))]
    NotAdoptable {
        /// The version that it was compared with.
        version: i64,
        /// Why with that one.
        compared: Compared,
        /// The versions whose schema it has.
        matches: Vec<i64>,
        /// How it differs from the version.
        differences: Vec<Difference>,
    },

    /// The database is not adopted: the history that another tool keeps in it does not fit the program's migrations.
    #[error("{}", foreign(*tool, problems))]
    ForeignHistory {
        /// Whose history.
        tool: Tool,
        /// Everything that stands against it.
        problems: Vec<ForeignProblem>,
    },

    /// The database cannot be repaired by a script. Nothing was changed.
    #[error("{}", not_repairable(problems))]
    NotRepairable {
        /// Everything that stands against it.
        problems: Vec<RepairProblem>,
    },

    /// The program has no migration of a version that was named.
    #[error("no migration has version {version}: {}", nearest(*version, known))]
    NoSuchVersion {
        /// What was asked for.
        version: i64,
        /// The versions that there are, in their order.
        known: Vec<i64>,
    },

    /// The schema at an earlier version could not be found out: the migrations up to it failed on an empty database.
    #[error(
        "the schema at version {version} cannot be found out on an empty database ({reason}): {way_out}"
    )]
    Replay {
        /// The version.
        version: i64,
        /// What went wrong.
        reason: String,
        /// What to do about it.
        way_out: &'static str,
    },

    /// The embedded positions of statements do not fit the embedded text: the value was not made by `migrations!`.
    #[error("the statements of `{file}` lie outside its text: rebuild the program")]
    BadOffsets {
        /// The path of the file, relative to the crate.
        file: String,
    },

    /// Anything else that the engine reports.
    #[error("the database reports: {0}")]
    Database(DatabaseError),
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Why no copy of the database could be taken.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum BackupFailure {
    /// The file or the directory cannot be written.
    #[error("{0}")]
    File(std::io::Error),
    /// The engine could not read the database or write the copy.
    #[error("{0}")]
    Database(DatabaseError),
    /// What the database or the disk has.
    #[error("{0}")]
    Other(String),
    /// The engine's check of the copy found something, and nothing in the database.
    #[error(
        "what was written cannot be read back ({0}), and the database itself is whole: see to the disk of the copies"
    )]
    Unreadable(String),
    /// The engine's check of the copy found something: the database itself is damaged.
    #[error("the copy is damaged, and so is the database: {0}")]
    Damaged(String),
}

/// What a database engine reports.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DatabaseError {
    /// SQLite, over rusqlite.
    #[cfg(feature = "sqlite")]
    #[error("{}", crate::sqlite::message(.0))]
    Sqlite(rusqlite::Error),
    /// PostgreSQL, over tokio-postgres or postgres.
    #[cfg(feature = "tokio-postgres")]
    #[error("{}", crate::postgresql::message(.0))]
    Postgres(tokio_postgres::Error),
}
