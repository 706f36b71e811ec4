//! The options of a run, each with its usual value.

use super::{Newer, Runner, Transactions};
#[cfg(feature = "sqlite")]
use crate::backup::Backup;
use crate::event::{Event, Events};
use std::time::Duration;

impl<'a> Runner<'a> {
    /// How long a run waits for other connections unless [`busy_timeout`](Self::busy_timeout) says otherwise.
    pub const BUSY_TIMEOUT: Duration = Duration::from_secs(30);

    /// Sets how long to wait for other connections, such as another instance of the program that is migrating: each
    /// time that one stands in the way. It takes the place of the connection's own busy time-out during the run.
    pub fn busy_timeout(mut self, timeout: Duration) -> Self {
        self.busy_timeout = timeout;
        self
    }

    /// Names tables that belong to others, and that may be in the database though no migration creates them.
    ///
    /// A name that ends with `*` stands for every table whose name begins with what is before it. Letter case does not
    /// count. The history tables of other migration tools need not be named.
    ///
    /// ```
    /// # static MIGRATIONS: tablature::Migrations = tablature::Migrations::EMPTY;
    /// let runner = MIGRATIONS.runner().ignore_tables(["_litestream_*", "sessions"]);
    /// ```
    pub fn ignore_tables(mut self, names: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.ignored_tables
            .extend(names.into_iter().map(Into::into));
        self
    }

    /// Names a function that is told what happens while it happens, such as one that shows how far a long run has come.
    ///
    /// A panic in it ends the run, which leaves nothing behind.
    ///
    /// ```
    /// # static MIGRATIONS: tablature::Migrations = tablature::Migrations::EMPTY;
    /// use tablature::Event;
    ///
    /// let tell = |event: Event<'_>| match event {
    ///     Event::Waiting { elapsed, .. } => println!("waiting since {elapsed:?}"),
    ///     Event::MigrationFinished(applied) => println!("{applied}"),
    ///     _ => {}
    /// };
    /// let runner = MIGRATIONS.runner().on_event(&tell);
    /// ```
    pub fn on_event(mut self, listener: &'a (dyn Fn(Event<'_>) + Sync)) -> Self {
        self.events = Events(Some(listener));
        self
    }

    /// Commits after each migration instead of once at the end: those before one that fails are kept, and another
    /// connection can read and write between two of them.
    ///
    /// The schema is compared with what the migrations define after the last one, as there is nothing to compare it with
    /// before. Where that fails, the last migration is undone and those before it are kept.
    ///
    /// ```
    /// # static MIGRATIONS: tablature::Migrations = tablature::Migrations::EMPTY;
    /// let runner = MIGRATIONS.runner().transaction_per_migration();
    /// ```
    pub fn transaction_per_migration(mut self) -> Self {
        self.transactions = Transactions::Each;
        self
    }

    /// Takes a copy of the database before anything is applied; none where nothing is pending.
    ///
    /// The copy is what the database is when the run's transaction begins: a second connection to its file reads it while
    /// nobody can write. If it cannot be taken, nothing is applied. If the newest copy there is the same, it is that one, so
    /// that a program that fails at each start does not displace the copies from before.
    ///
    /// ```
    /// # static MIGRATIONS: tablature::Migrations = tablature::Migrations::EMPTY;
    /// use tablature::Backup;
    ///
    /// let runner = MIGRATIONS.runner().backup(Backup::to("backups").keep(7));
    /// ```
    #[cfg(feature = "sqlite")]
    pub fn backup(mut self, backup: Backup) -> Self {
        self.backup = Some(backup);
        self
    }

    /// Names migrations that [`revert_to`](Self::revert_to) goes back over though their down files are not proven to restore
    /// schema and data.
    ///
    /// ```
    /// # static MIGRATIONS: tablature::Migrations = tablature::Migrations::EMPTY;
    /// let runner = MIGRATIONS.runner().accept_losses_of([18, 17]);
    /// ```
    pub fn accept_losses_of(mut self, versions: impl IntoIterator<Item = i64>) -> Self {
        self.accepted_losses.extend(versions);
        self
    }

    /// Names tables, `notes`, and columns, `users.nick`, that no migration defines and that `repair` is to drop with all that
    /// is in them; on PostgreSQL also schemas, and sequences that no column has. Letter case does not count.
    ///
    /// ```
    /// # static MIGRATIONS: tablature::Migrations = tablature::Migrations::EMPTY;
    /// let runner = MIGRATIONS.runner().drop_unexpected(["notes", "users.nick"]);
    /// ```
    pub fn drop_unexpected(mut self, names: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.dropped.extend(names.into_iter().map(Into::into));
        self
    }

    /// Names a function that opens an empty database with whatever functions, collations and modules the migrations need.
    ///
    /// The schema at an earlier version, which going back has to compare with, is not compiled in, and is found out by
    /// applying the migrations to that database; one in memory unless this says otherwise. [`repair`](Self::repair) tries
    /// its script on a copy of the database in another such one.
    ///
    /// ```
    /// # static MIGRATIONS: tablature::Migrations = tablature::Migrations::EMPTY;
    /// use tablature::rusqlite::{Connection, Result};
    ///
    /// fn scratch() -> Result<Connection> {
    ///     let connection = Connection::open_in_memory()?;
    ///     // Register what the application registers.
    ///     Ok(connection)
    /// }
    /// let runner = MIGRATIONS.runner().scratch(scratch);
    /// ```
    #[cfg(feature = "sqlite")]
    pub fn scratch(mut self, open: fn() -> rusqlite::Result<rusqlite::Connection>) -> Self {
        self.scratch = open;
        self
    }

    /// Stops after the migration of a version, such as in a test that puts rows into the tables of then before it applies
    /// the rest.
    ///
    /// Only the schema that the last migration leaves behind was compiled in, so that it is not compared with that of the
    /// database as long as something is left to apply. A version that no migration has is
    /// [`Error::NoSuchVersion`](crate::Error::NoSuchVersion) as soon as the runner is used.
    ///
    /// ```
    /// # #[cfg(any())]
    /// tablature::migrations!("migrations");
    /// # tablature::migrations!("../migrations");
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let mut connection = tablature::rusqlite::Connection::open_in_memory()?;
    /// MIGRATIONS.runner().to_version(6).apply(&mut connection)?;
    /// // Insert what migration 7 is to find, and then:
    /// MIGRATIONS.apply(&mut connection)?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn to_version(mut self, version: i64) -> Self {
        self.target = Some(version);
        self
    }

    /// Lets the program run with a database that a newer program has migrated further, if that has only added to the
    /// schema: so that a deployment can go back, or go on instance by instance.
    ///
    /// What only adds was decided when the newer program was compiled, and stands in the history
    /// ([`Compatibility`](crate::migration::Compatibility)): new tables and views, indexes that are not unique, columns that
    /// have a default or may be NULL, rows of the new tables. What this program inserts, updates, deletes and selects by the
    /// names of columns then does what it did; what depends on how many columns a table has (`INSERT INTO tales VALUES
    /// (…)`), or on a bare name that a second table of a query may now have as well, does not.
    ///
    /// There is then nothing to apply, and what this program knows of the schema must all be there, as it knows it. A
    /// database in which a newer migration does more is refused as without this.
    ///
    /// ```
    /// # static MIGRATIONS: tablature::Migrations = tablature::Migrations::EMPTY;
    /// let runner = MIGRATIONS.runner().accept_newer_if_additive();
    /// ```
    pub fn accept_newer_if_additive(mut self) -> Self {
        self.newer = Newer::AcceptedIfAdditive;
        self
    }

    /// Sets how long a statement waits for a lock that another session holds, such as one that reads the table which is to
    /// be altered: `lock_timeout`, on PostgreSQL. As long as a statement waits, everybody who wants the table after it waits
    /// too. Unless this is set, it is as long as the run waits for other runs, [`busy_timeout`](Self::busy_timeout).
    ///
    /// ```
    /// # static MIGRATIONS: tablature::Migrations = tablature::Migrations::EMPTY;
    /// let runner = MIGRATIONS.runner().lock_timeout(std::time::Duration::from_secs(3));
    /// ```
    #[cfg(feature = "tokio-postgres")]
    pub fn lock_timeout(mut self, timeout: Duration) -> Self {
        self.server.lock_timeout = Some(timeout);
        self
    }

    /// Sets how long a statement may take: `statement_timeout`, on PostgreSQL. Unless this is set, it is as the server, the
    /// database or the role has it.
    #[cfg(feature = "tokio-postgres")]
    pub fn statement_timeout(mut self, timeout: Duration) -> Self {
        self.server.statement_timeout = Some(timeout);
        self
    }

    /// Names the schemas in which names without one are looked up on PostgreSQL, and in the first of which things are made:
    /// `search_path` during the run, whatever the server, the database or the role has. Unless this is set, it is `public`.
    ///
    /// ```
    /// # static MIGRATIONS: tablature::Migrations = tablature::Migrations::EMPTY;
    /// let runner = MIGRATIONS.runner().search_path(["app", "public"]);
    /// ```
    #[cfg(feature = "tokio-postgres")]
    pub fn search_path(mut self, schemas: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.server.search_path = schemas.into_iter().map(Into::into).collect();
        self
    }

    /// Names the schema of the history on PostgreSQL, which is made if it is not there. Unless this is set, it is the first
    /// of the [`search_path`](Self::search_path).
    #[cfg(feature = "tokio-postgres")]
    pub fn history_schema(mut self, schema: impl Into<String>) -> Self {
        self.server.history_schema = Some(schema.into());
        self
    }
}
