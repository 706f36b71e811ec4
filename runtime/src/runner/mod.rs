//! How migrations are applied: what can be said of it, and the verbs that then do it.

mod options;
#[cfg(feature = "sqlite")]
mod verbs;

#[cfg(feature = "sqlite")]
use crate::backup::Backup;
use crate::error::Error;
use crate::event::Events;
#[cfg(feature = "sqlite")]
use crate::migration::Expected;
use crate::migration::{Migration, Migrations};
use crate::pending::{Recorded, pending};
use crate::status::NewerMigration;
use std::time::Duration;

/// How migrations are applied: made by [`Migrations::runner`], changed by its methods, used by [`Runner::apply`].
#[derive(Debug, Clone)]
#[must_use = "a runner does nothing until it is told to apply or to verify"]
pub struct Runner<'a> {
    pub(crate) migrations: &'a Migrations,
    pub(crate) busy_timeout: Duration,
    pub(crate) ignored_tables: Vec<String>,
    pub(crate) events: Events<'a>,
    pub(crate) transactions: Transactions,
    #[cfg(feature = "sqlite")]
    pub(crate) backup: Option<Backup>,
    /// The versions that are gone back over though that loses something.
    pub(crate) accepted_losses: Vec<i64>,
    /// The tables and columns that a repair drops, as no migration defines them.
    pub(crate) dropped: Vec<String>,
    #[cfg(feature = "sqlite")]
    pub(crate) scratch: fn() -> rusqlite::Result<rusqlite::Connection>,
    /// The last version to apply; none for all.
    pub(crate) target: Option<i64>,
    pub(crate) steps: Steps,
    pub(crate) newer: Newer,
    #[cfg(feature = "tokio-postgres")]
    pub(crate) server: Server,
}

/// What is said of a run on a server.
#[cfg(feature = "tokio-postgres")]
#[derive(Debug, Clone)]
pub(crate) struct Server {
    /// The schemas in which names without one are looked up, and in the first of which things are made.
    pub(crate) search_path: Vec<String>,
    /// The schema of the history, if it is not the first of these.
    pub(crate) history_schema: Option<String>,
    /// How long a statement waits for a lock; none for as long as the run waits for other runs.
    pub(crate) lock_timeout: Option<Duration>,
    /// How long a statement may take; none for as long as the server lets it.
    pub(crate) statement_timeout: Option<Duration>,
}

/// What becomes of a database that a newer program has migrated further.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Newer {
    /// It is refused.
    Refused,
    /// It is used if those migrations only add to the schema.
    AcceptedIfAdditive,
}

/// What becomes of the steps of migrations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Steps {
    /// They run.
    Run,
    /// They are left out: only the schema is wanted.
    LeftOut,
}

/// Which pending migrations share a transaction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Transactions {
    /// All that are next to each other; a `-- no-transaction` file stands between.
    Shared,
    /// None.
    Each,
}

impl Migrations {
    /// Starts to say how the migrations are to be applied.
    pub fn runner(&self) -> Runner<'_> {
        Runner {
            migrations: self,
            busy_timeout: Runner::BUSY_TIMEOUT,
            ignored_tables: Vec::new(),
            events: Events::default(),
            transactions: Transactions::Shared,
            #[cfg(feature = "sqlite")]
            backup: None,
            accepted_losses: Vec::new(),
            dropped: Vec::new(),
            #[cfg(feature = "sqlite")]
            scratch: rusqlite::Connection::open_in_memory,
            target: None,
            steps: Steps::Run,
            newer: Newer::Refused,
            #[cfg(feature = "tokio-postgres")]
            server: Server {
                search_path: vec!["public".to_owned()],
                history_schema: None,
                lock_timeout: None,
                statement_timeout: None,
            },
        }
    }
}

impl<'a> Runner<'a> {
    /// The migrations that are pending after a history.
    pub(crate) fn pending_after(&self, history: &[Recorded]) -> Result<&'a [Migration], Error> {
        match pending(&self.migrations.list, history) {
            Err(Error::Newer { newer, .. }) if self.accepts(&newer) => Ok(&[]),
            pending => pending,
        }
    }

    fn accepts(&self, newer: &[NewerMigration]) -> bool {
        match self.newer {
            Newer::Refused => false,
            Newer::AcceptedIfAdditive => newer.iter().all(NewerMigration::is_additive),
        }
    }

    /// Refuses migrations that are for another engine than SQLite.
    #[cfg(feature = "sqlite")]
    pub(crate) fn refuse_other_engine(&self) -> Result<(), Error> {
        match self.migrations.expected {
            Expected::Sqlite(_) => Ok(()),
            Expected::Postgres(_) => Err(Error::OtherEngine {
                migrations: "PostgreSQL",
                connection: "SQLite",
            }),
        }
    }

    /// Refuses a version to stop after that no migration has.
    pub(crate) fn refuse_unknown_target(&self) -> Result<(), Error> {
        let list = &*self.migrations.list;
        match self.target {
            Some(version) if list.iter().all(|one| one.version != version) => {
                Err(Error::NoSuchVersion {
                    version,
                    known: list.iter().map(|migration| migration.version).collect(),
                })
            }
            Some(_) | None => Ok(()),
        }
    }

    /// The migrations that are to be applied, and whether these are all.
    pub(crate) fn wanted(&self) -> (&'a [Migration], bool) {
        let list = &*self.migrations.list;
        let end = match self.target {
            Some(target) => list.partition_point(|migration| migration.version <= target),
            None => list.len(),
        };
        (list.get(..end).unwrap_or(list), end == list.len())
    }
}
