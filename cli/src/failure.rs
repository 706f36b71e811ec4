//! Why a command could not run.

use std::borrow::Cow;
use std::io;
use std::path::PathBuf;

/// Why a command could not run: exit code 2.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    /// The directory cannot be read; the texts are those of the diagnostic.
    #[error("{message}")]
    Directory {
        /// What is wrong.
        message: String,
        /// What to do instead.
        help: Option<String>,
    },
    /// The thread that has the stack for deep nesting cannot be started.
    #[error("cannot start a thread: {0}")]
    Thread(io::Error),
    /// `--at` or `--until` names no migration.
    #[error("no migration has version {wanted}; {known}")]
    UnknownVersion {
        /// What was asked for.
        wanted: i64,
        /// Which ones there are.
        known: String,
    },
    /// Nothing of a new migration's name can stand in a file name.
    #[error("`{0}` has no letter or digit to name a file with")]
    NoName(String),
    /// The names of existing files do not say how the next migration is named; the text is that of the diagnostic.
    #[error("{0}; `cargo tablature check` shows the files")]
    NoConvention(String),
    /// There is no number after the last one.
    #[error("migration {0} is the last number there is")]
    NoNumber(i64),
    /// A file cannot be written.
    #[error("cannot write {}: {reason}", path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// Why.
        reason: io::Error,
    },
    /// The database cannot be opened.
    #[error("cannot open the database {}: {reason}", path.display())]
    Open {
        /// Its file.
        path: PathBuf,
        /// Why.
        reason: String,
    },
    /// The server cannot be connected to.
    #[error("cannot connect to the database: {reason}")]
    Connect {
        /// What the client or the server says.
        reason: String,
        /// What to do about it, where that is known.
        help: Option<String>,
    },
    /// Something is there for files only.
    #[error("`{what}` is for SQLite, and the database is on a server")]
    OnlyFiles {
        /// The command or its option.
        what: &'static str,
    },
    /// A file is named, and the migrations are for a server.
    #[error("the migrations are for PostgreSQL, and `--database` names a SQLite file")]
    FileForServer,

    /// A snapshot is asked for where the server makes better ones.
    #[error("a snapshot is for SQLite, and the migrations are for PostgreSQL")]
    NoSnapshot,
    /// There is no database where one is to be read.
    #[error("there is no database {}", .0.display())]
    NoDatabase(PathBuf),
    /// There is no place for databases that nobody keeps.
    #[error("cannot make a database to try the migrations on: {0}")]
    Scratch(String),
    /// Nothing has the number or the name that is to be explained.
    #[error("there is no error or lint `{name}`")]
    UnknownCode {
        /// What was asked for.
        name: String,
        /// The number or name that is most like it.
        nearest: Option<&'static str>,
    },
    /// The standard output cannot be written.
    #[error("cannot write the output: {0}")]
    Output(io::Error),
}

impl Failure {
    /// What to do instead, where that is known.
    pub(crate) fn help(&self) -> Option<Cow<'_, str>> {
        match self {
            Failure::Directory { help, .. } => help.as_deref().map(Cow::Borrowed),
            Failure::UnknownCode { nearest, .. } => Some(match nearest {
                Some(nearest) => Cow::Owned(format!("write `{nearest}`")),
                None => Cow::Borrowed("`cargo tablature explain` lists them all"),
            }),
            Failure::OnlyFiles { .. } => Some(Cow::Borrowed(
                "`pg_dump --format=custom` takes a copy, and `pg_restore` brings it back",
            )),
            Failure::FileForServer => Some(Cow::Borrowed(
                "name the database as `--database-url postgres://user@host/name`",
            )),
            Failure::NoSnapshot => Some(Cow::Borrowed(
                "migrate one database, which nobody else uses, and let the server copy it whenever a new one is needed: \
                 `CREATE DATABASE app_test TEMPLATE app_migrated`",
            )),
            Failure::Connect { help, .. } => help.as_deref().map(Cow::Borrowed),
            Failure::Thread(_)
            | Failure::UnknownVersion { .. }
            | Failure::NoName(_)
            | Failure::NoConvention(_)
            | Failure::NoNumber(_)
            | Failure::Write { .. }
            | Failure::Open { .. }
            | Failure::NoDatabase(_)
            | Failure::Scratch(_)
            | Failure::Output(_) => None,
        }
    }
}
