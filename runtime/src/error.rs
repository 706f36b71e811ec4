//! Why a database could not be migrated: one variant for each decision that a program can take.

use crate::difference::Difference;
use std::fmt;

/// Why a database could not be migrated or verified.
///
/// Unless the variant says otherwise, the database is as it was before. Where there is a way out, the message ends with
/// it. `Debug` gives the message too, as a `main` that returns an error prints that; and what the engine says is either
/// in the message or the [`source`](std::error::Error::source), never in both.
#[derive(thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A migration was edited after it was applied to this database.
    #[error(
        "migration {version} `{name}` was changed after it was applied (its checksum was {}, now it is {}): \
         restore `{file}` as it was and put the change into a new migration",
        short(recorded),
        short(compiled)
    )]
    Changed {
        /// The number in its file name.
        version: i64,
        /// The rest of its file name.
        name: String,
        /// Its path, relative to the crate.
        file: String,
        /// The checksum that the database's history holds.
        recorded: [u8; 32],
        /// The checksum of the file that was compiled in.
        compiled: [u8; 32],
    },

    /// The database's history holds a migration that the program lacks, below the program's newest one.
    #[error(
        "migration {version} `{name}` was applied to this database, but the program does not have it: \
         restore its file, or run the program that the database belongs to"
    )]
    Missing {
        /// The number in its file name.
        version: i64,
        /// The rest of its file name, as the history recorded it.
        name: String,
    },

    /// A newer program has migrated the database further than this one knows.
    #[error(
        "the database is at migration {version} `{name}`, but the program {}: \
         run the newer program, or restore the file of that migration if it was deleted",
        match head { Some(head) => format!("ends at {head}"), None => "has no migrations".to_owned() }
    )]
    Newer {
        /// The newest version in the database's history.
        version: i64,
        /// The rest of that migration's file name.
        name: String,
        /// The newest version that the program has; none if it has no migrations.
        head: Option<i64>,
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
         start with an empty database, or name tables that belong to others \
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
    #[error("{}", broken_foreign_keys(violations, *total, kept.as_deref()))]
    ForeignKeys {
        /// The first of them, at most [`ForeignKeyViolation::LIMIT`].
        violations: Vec<ForeignKeyViolation>,
        /// How many there are; those from before the run are left out.
        total: usize,
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

    /// A `-- no-transaction` file ended within a transaction that it began. That transaction was rolled back; the
    /// statements before it were kept.
    #[error("`{file}` begins a transaction and does not end it: add the COMMIT")]
    OpenTransaction {
        /// The path of the file, relative to the crate.
        file: String,
    },

    /// Another connection held the database for the whole of the busy time-out.
    #[error(
        "the database is locked by another connection: \
         try again when that one is done, or wait longer with `busy_timeout`"
    )]
    Locked,

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

    /// The database cannot be written.
    #[error("the database is read-only: open it for writing to migrate it")]
    ReadOnly,

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

/// What a database engine reports.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DatabaseError {
    /// SQLite, over rusqlite.
    #[cfg(feature = "sqlite")]
    #[error("{}", crate::sqlite::message(.0))]
    Sqlite(rusqlite::Error),
}

/// A statement of a migration that failed, and where it stands.
#[derive(Debug)]
#[non_exhaustive]
pub struct StatementError {
    /// The number in the migration's file name.
    pub version: i64,
    /// The rest of the migration's file name.
    pub name: String,
    /// The path of the file, relative to the crate.
    pub file: String,
    /// 1-based line: of the word that the engine points at, or else of the statement.
    pub line: u32,
    /// 1-based column in characters: of the word that the engine points at, or else of the statement.
    pub column: u32,
    /// The text of the statement.
    pub statement: String,
    /// True in a `-- no-transaction` file: the statements before this one were kept, and the next run goes on with it.
    pub earlier_kept: bool,
    /// What the engine says.
    pub reason: DatabaseError,
}

impl fmt::Display for StatementError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            version,
            name,
            file,
            line,
            column,
            reason,
            ..
        } = self;
        write!(
            f,
            "migration {version} `{name}` failed at {file}:{line}:{column}: {reason}, in `{}`; ",
            excerpt(&self.statement)
        )?;
        f.write_str(self.way_out())
    }
}

impl StatementError {
    fn way_out(&self) -> &'static str {
        // What the engine says of VACUUM, of some PRAGMAs, and of ATTACH and DETACH in older versions.
        const PHRASES: [&str; 3] = [
            "within a transaction",
            "inside a transaction",
            "within transaction",
        ];
        let message = self.reason.to_string();
        if self.earlier_kept {
            "the statements before it were kept and will not run again: remove the cause and start again"
        } else if PHRASES.iter().any(|phrase| message.contains(phrase)) {
            "its transaction was rolled back, so that nothing of it remains: \
             move the statement into a file of its own that begins with `-- no-transaction`"
        } else {
            "its transaction was rolled back, so that nothing of it remains: correct the file and start again"
        }
    }
}

impl std::error::Error for StatementError {}

/// A row that refers to a row that does not exist.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ForeignKeyViolation {
    /// The table of the row.
    pub table: String,
    /// The row; none in a WITHOUT ROWID table.
    pub rowid: Option<i64>,
    /// The table that it refers to.
    pub parent: String,
}

impl ForeignKeyViolation {
    /// The greatest number of violations that an error carries.
    pub const LIMIT: usize = 100;
}

impl fmt::Display for ForeignKeyViolation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.rowid {
            Some(rowid) => write!(
                f,
                "row {rowid} of `{}` refers to no row of `{}`",
                self.table, self.parent
            ),
            None => write!(
                f,
                "a row of `{}` refers to no row of `{}`",
                self.table, self.parent
            ),
        }
    }
}

/// The first bytes of a checksum in hexadecimal: enough to tell two apart by eye.
fn short(checksum: &[u8; 32]) -> String {
    checksum
        .iter()
        .take(6)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// A statement on one line, shortened.
fn excerpt(statement: &str) -> String {
    const LONGEST: usize = 120;
    let mut line = String::new();
    for word in statement.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
        if line.len() > LONGEST {
            let cut = line
                .char_indices()
                .nth(LONGEST)
                .map_or(line.len(), |(at, _)| at);
            line.truncate(cut);
            line.push('…');
            break;
        }
    }
    line
}

fn mismatch(differences: &[Difference]) -> String {
    let mut text = "the schema of the database is not what the migrations define:".to_owned();
    for difference in differences {
        text.push_str(&format!("\n  {difference}"));
    }
    text.push_str(
        "\nbring the database back to what the migrations define, \
         or name tables that belong to others with `MIGRATIONS.runner().ignore_tables([…])`",
    );
    text
}

fn broken_foreign_keys(
    violations: &[ForeignKeyViolation],
    total: usize,
    kept: Option<&str>,
) -> String {
    const SHOWN: usize = 5;
    let mut text = "the migrations leave rows that refer to nothing:".to_owned();
    for violation in violations.iter().take(SHOWN) {
        text.push_str(&format!("\n  {violation}"));
    }
    if total > SHOWN {
        text.push_str(&format!("\n  and {} more", total - SHOWN));
    }
    text.push_str(&match kept {
        None => "\nnothing was recorded: delete or correct these rows in the migration".to_owned(),
        Some(file) => format!(
            "\nthe statements of `{file}` were kept and will not run again: \
             add some to its end that delete or correct these rows"
        ),
    });
    text
}

/// The first of some things by their names, `the tables `a`, `b``.
fn some(noun: &str, things: &[String]) -> String {
    const SHOWN: usize = 3;
    let names: Vec<String> = things
        .iter()
        .take(SHOWN)
        .map(|name| format!("`{name}`"))
        .collect();
    let plural = if things.len() == 1 { "" } else { "s" };
    match things.len().saturating_sub(SHOWN) {
        0 => format!("the {noun}{plural} {}", names.join(", ")),
        more => format!("the {noun}{plural} {} and {more} more", names.join(", ")),
    }
}

fn company(databases: &[String], temporary: &[String]) -> String {
    let kinds = [
        ("attached database", databases),
        ("temporary object", temporary),
    ];
    let kinds: Vec<String> = kinds
        .iter()
        .filter(|(_, names)| !names.is_empty())
        .map(|(noun, names)| some(noun, names))
        .collect();
    kinds.join(" and ")
}

fn stale(directory: &str, added: &[String], removed: &[String]) -> String {
    let mut text =
        format!("the program was compiled before its migrations directory `{directory}` changed (");
    let parts = [("new", added), ("gone", removed)];
    let parts: Vec<String> = parts
        .iter()
        .filter(|(_, files)| !files.is_empty())
        .map(|(what, files)| format!("{what}: {}", files.join(", ")))
        .collect();
    text.push_str(&parts.join("; "));
    text.push_str("): build it again, and where cargo finds nothing to do, save the file that has `migrations!` first; \
         with a build script that calls `tablature_build::watch` cargo notices by itself");
    text
}
