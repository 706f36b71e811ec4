//! The verbs of a runner, and the same of migrations with the usual options.

use super::Runner;
use crate::adopt::{AdoptPlan, Adopted};
use crate::error::Error;
use crate::migration::Migrations;
use crate::plan::Plan;
use crate::repair::Repair;
use crate::report::Report;
use crate::revert::{RevertPlan, Reverted};
use crate::source;
use crate::sqlite;
use crate::status::Status;

impl Migrations {
    /// Applies every pending migration to a SQLite database, or none: [`Runner::apply`] with the usual options.
    ///
    /// # Errors
    ///
    /// Those of [`Runner::apply`].
    ///
    /// # Example
    ///
    /// ```no_run
    /// # static MIGRATIONS: tablature::Migrations = tablature::Migrations::EMPTY;
    /// let mut connection = tablature::rusqlite::Connection::open("app.db")?;
    /// let report = MIGRATIONS.apply(&mut connection)?;
    /// println!("{report}");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn apply(&self, connection: &mut rusqlite::Connection) -> Result<Report, Error> {
        self.runner().apply(connection)
    }

    /// Checks, without changing anything, that every migration is applied and that the schema of the database is what
    /// they define: [`Runner::verify`] with the usual options.
    ///
    /// # Errors
    ///
    /// Those of [`Runner::verify`].
    pub fn verify(&self, connection: &rusqlite::Connection) -> Result<(), Error> {
        self.runner().verify(connection)
    }

    /// Tells, without changing anything, how the database stands to the migrations: [`Runner::status`] with the usual
    /// options.
    ///
    /// # Errors
    ///
    /// Those of [`Runner::status`].
    pub fn status(&self, connection: &rusqlite::Connection) -> Result<Status, Error> {
        self.runner().status(connection)
    }

    /// Tells, without changing anything, what would be applied: [`Runner::plan`] with the usual options.
    ///
    /// # Errors
    ///
    /// Those of [`Runner::plan`].
    pub fn plan(&self, connection: &rusqlite::Connection) -> Result<Plan, Error> {
        self.runner().plan(connection)
    }

    /// Gives a history to a database that something else has made: [`Runner::adopt`] with the usual options.
    ///
    /// # Errors
    ///
    /// Those of [`Runner::adopt`].
    pub fn adopt(&self, connection: &mut rusqlite::Connection) -> Result<Adopted, Error> {
        self.runner().adopt(connection)
    }

    /// Writes the script that brings a drifted database back to what the migrations define, without changing anything:
    /// [`Runner::repair`] with the usual options.
    ///
    /// # Errors
    ///
    /// Those of [`Runner::repair`].
    pub fn repair(&self, connection: &rusqlite::Connection) -> Result<Repair, Error> {
        self.runner().repair(connection)
    }
}

impl Runner<'_> {
    /// Applies every pending migration, or none.
    ///
    /// All of it happens in one transaction that no other connection can be in at the same time: the history is read,
    /// the statements of the pending migrations run one by one, rows that they leave without their parents are looked
    /// for, the schema of the database is compared with what the migrations define, and the history is written. Several
    /// programs that start at once wait for each other, and each migration is applied once. A database that is up to
    /// date is left as it is, and found to be so by reading one row of its history.
    ///
    /// Foreign keys are not enforced while migrations run, so that a table can be rebuilt without deleting the rows
    /// that refer to it. If the connection enforced them before, the run fails when it leaves rows that refer to
    /// nothing and that did so not before. The setting and the busy time-out of the connection are afterwards what they
    /// were, and so is every other setting.
    ///
    /// What a migration does depends on the main database alone, as the compiler knows nothing else. Each file begins
    /// with the engine's own defaults for what decides what a statement does, such as `legacy_alter_table` and
    /// `query_only`, whatever the application has set. What it changes by PRAGMA lasts until its end, and there its
    /// temporary objects are dropped and its databases detached. A connection on which the application has attached
    /// databases or made temporary objects is refused as long as something is pending: a name in a migration could mean
    /// one of theirs.
    ///
    /// A migration never leaves that transaction: what it puts between BEGIN and COMMIT is nested in it, a COMMIT without
    /// a BEGIN is passed over, and a ROLLBACK undoes what came after the migration's own BEGIN. A ROLLBACK without one
    /// is refused.
    ///
    /// A file with `-- no-transaction` among its leading comments ends the transaction before it, which is committed.
    /// Its statements then take effect one by one. If one fails, those before it are kept and remembered, and the next
    /// run goes on where this one stopped.
    ///
    /// The function that a migration names as its [step](crate::step) runs after its statements, in the same transaction.
    /// While such a migration is pending, the connection's commit hook is the run's, and afterwards it has none.
    ///
    /// # Errors
    ///
    /// The variants of [`Error`]. After every error the database is as it was, except that what came before a
    /// `-- no-transaction` file, and its statements that succeeded, are kept.
    pub fn apply(&self, connection: &mut rusqlite::Connection) -> Result<Report, Error> {
        if let Some(source) = &self.migrations.source {
            source::check(source)?;
        }
        sqlite::apply(self, connection)
    }

    /// Checks, without changing anything, that every migration is applied and that the schema of the database is what
    /// they define. It may be called within a transaction.
    ///
    /// # Errors
    ///
    /// [`Error::Pending`] or one of the errors of a history that does not fit, [`Error::SchemaMismatch`], and what can
    /// go wrong with reading a database.
    pub fn verify(&self, connection: &rusqlite::Connection) -> Result<(), Error> {
        sqlite::verify(self, connection)
    }
    /// Tells, without changing anything, how the database stands to the migrations. It may be called within a
    /// transaction.
    ///
    /// Whether the database is up to date and nothing has changed its schema since it was last verified is found by
    /// reading one row; else the whole schema is read. The history is read in either case.
    ///
    /// # Errors
    ///
    /// What can go wrong with reading a database. A history that does not fit is a [`State`](crate::State).
    ///
    /// # Example
    ///
    /// ```
    /// use tablature::State;
    /// # use tablature::Migrations;
    /// # static MIGRATIONS: Migrations = Migrations::EMPTY;
    /// let connection = tablature::rusqlite::Connection::open_in_memory()?;
    /// let status = MIGRATIONS.runner().status(&connection)?;
    /// if let State::Drifted { differences } = &status.state {
    ///     eprintln!("read-only until {} differences are mended", differences.len());
    /// }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn status(&self, connection: &rusqlite::Connection) -> Result<Status, Error> {
        sqlite::status(self, connection)
    }

    /// Tells, without changing anything, what [`apply`](Self::apply) would run: the statements of each pending
    /// migration.
    ///
    /// # Errors
    ///
    /// The errors of a history that does not fit, and what can go wrong with reading a database.
    pub fn plan(&self, connection: &rusqlite::Connection) -> Result<Plan, Error> {
        sqlite::plan(self, connection)
    }

    /// Goes back to an earlier version, or not at all: runs the down files of the migrations above it, the newest first.
    /// A number below that of the first migration is before it.
    ///
    /// All of it happens in one transaction, as [`apply`](Self::apply) does, and is committed only once the schema is that
    /// of the version. Each down file must be proven to restore what was there; what the compiler has found is in
    /// [`Down::reversal`](crate::migration::Down). A down file that loses data is refused unless
    /// [`accept_losses_of`](Self::accept_losses_of) names its migration, or the database has no rows in that table.
    ///
    /// The history holds the down files, so that a program can also go back over the migrations of a newer one, which
    /// applied them; then a down file that loses data is refused whatever rows there are.
    ///
    /// # Errors
    ///
    /// [`Error::Irreversible`], [`Error::DownWithoutTransaction`], [`Error::NotApplied`], [`Error::Replay`],
    /// [`Error::NotRestored`], and those of
    /// [`apply`](Self::apply). After every error the database is as it was.
    ///
    /// # Example
    ///
    /// ```
    /// # static MIGRATIONS: tablature::Migrations = tablature::Migrations::EMPTY;
    /// # let mut connection = tablature::rusqlite::Connection::open_in_memory()?;
    /// println!("{}", MIGRATIONS.runner().plan_revert(&connection, 0)?);
    /// let reverted = MIGRATIONS.runner().revert_to(&mut connection, 0)?;
    /// assert_eq!(reverted.version, None);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn revert_to(
        &self,
        connection: &mut rusqlite::Connection,
        version: i64,
    ) -> Result<Reverted, Error> {
        sqlite::revert(self, connection, version)
    }

    /// Tells, without changing anything, what [`revert_to`](Self::revert_to) would run, and what stands against it.
    ///
    /// # Errors
    ///
    /// [`Error::NotApplied`], the errors of a history that does not fit, and what can go wrong with reading a database.
    pub fn plan_revert(
        &self,
        connection: &rusqlite::Connection,
        version: i64,
    ) -> Result<RevertPlan, Error> {
        sqlite::plan_revert(self, connection, version)
    }

    /// Gives a history to a database that has tables and none: something else has applied the migrations to it.
    ///
    /// Its schema is compared with the one that the migrations define at every version. If exactly one is the same, the
    /// migrations up to it are recorded as applied, in one transaction, and nothing else in the database is touched. A
    /// database that has a history already, or no tables, is left as it is. What is pending then is left to
    /// [`apply`](Self::apply).
    ///
    /// If the history of another migration tool is there, it has to say the same version, and then tells between several
    /// that are the same; its checksums are compared with the migrations' texts, with any line endings, if this crate has
    /// the feature `take-over`. It is left as it is. The tools are those of [`Tool`](crate::adopt::Tool).
    ///
    /// The schemas are found out by applying the migrations to an empty database, one by one; see
    /// [`scratch`](Self::scratch).
    ///
    /// # Errors
    ///
    /// [`Error::Ambiguous`] if several versions are the same, as a migration that changes data only leaves no trace in the
    /// schema: then [`adopt_at`](Self::adopt_at) names one. [`Error::NotAdoptable`] if none is, with how the database
    /// differs from the nearest, or if another tool's history says another version. [`Error::ForeignHistory`] if such a
    /// history does not fit the migrations. [`Error::Replay`], and what can go wrong with writing a database. After every error the
    /// database is as it was.
    ///
    /// # Example
    ///
    /// ```
    /// # #[cfg(any())]
    /// tablature::migrations!("migrations");
    /// # tablature::migrations!("../migrations");
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let mut connection = tablature::rusqlite::Connection::open_in_memory()?;
    /// // Something else has made the tables.
    /// for migration in MIGRATIONS.list.iter() {
    ///     connection.execute_batch(&migration.sql)?;
    /// }
    /// let head = MIGRATIONS.list.last().map_or(0, |migration| migration.version);
    /// let adopted = MIGRATIONS.runner().adopt_at(&mut connection, head)?;
    /// println!("{adopted}");
    /// assert!(MIGRATIONS.status(&connection)?.is_current());
    /// # Ok(())
    /// # }
    /// ```
    pub fn adopt(&self, connection: &mut rusqlite::Connection) -> Result<Adopted, Error> {
        self.adopting(connection, None)
    }

    /// Gives a history to a database that has tables and none, up to a version that the caller knows it to be at: one of
    /// those whose schema it has. The histories of other tools are not asked.
    ///
    /// # Errors
    ///
    /// [`Error::NotAdoptable`] if its schema is not that of the version, [`Error::NoSuchVersion`], and those of
    /// [`adopt`](Self::adopt).
    pub fn adopt_at(
        &self,
        connection: &mut rusqlite::Connection,
        version: i64,
    ) -> Result<Adopted, Error> {
        self.adopting(connection, Some(version))
    }

    fn adopting(
        &self,
        connection: &rusqlite::Connection,
        named: Option<i64>,
    ) -> Result<Adopted, Error> {
        if let Some(source) = &self.migrations.source {
            source::check(source)?;
        }
        sqlite::adopt(self, connection, named)
    }

    /// Tells, without changing anything, what [`adopt`](Self::adopt) would record. It may be called within a transaction.
    ///
    /// # Errors
    ///
    /// Those of [`adopt`](Self::adopt).
    pub fn plan_adopt(&self, connection: &rusqlite::Connection) -> Result<AdoptPlan, Error> {
        sqlite::plan_adopt(self, connection, None)
    }

    /// Tells, without changing anything, what [`adopt_at`](Self::adopt_at) would record. It may be called within a
    /// transaction.
    ///
    /// # Errors
    ///
    /// Those of [`adopt_at`](Self::adopt_at).
    pub fn plan_adopt_at(
        &self,
        connection: &rusqlite::Connection,
        version: i64,
    ) -> Result<AdoptPlan, Error> {
        sqlite::plan_adopt(self, connection, Some(version))
    }

    /// Writes the script that brings a drifted database back to what the migrations define, without changing anything.
    ///
    /// The schema is compared with that of the version that the database is at, which need not be the newest one. What is
    /// missing is made, what differs is changed: a table by ADD COLUMN where the engine can, else it is made anew with its
    /// rows, rowids, AUTOINCREMENT counter, indexes and triggers. Indexes, views and triggers that no migration defines are
    /// dropped, as they hold no data; their statements are in the [`Repair`]. Tables and columns that no migration defines are
    /// kept, and are all that a comparison finds afterwards, unless [`drop_unexpected`](Self::drop_unexpected) names them.
    ///
    /// The script is proven first: on a copy of the database, where it leaves the expected schema and every value of every
    /// column that is kept. To run it is up to you, with `sqlite3 -bail app.db < repair.sql` or
    /// [`execute_batch`](rusqlite::Connection::execute_batch), after a [backup](crate::Backup). It has a transaction of its
    /// own, and refuses a database with another schema.
    ///
    /// A virtual table is made if it is missing, without content, and else left to you: only its module knows what is in it.
    ///
    /// # Errors
    ///
    /// [`Error::NotRepairable`] if rows do not fit, with which these are, or if something else stands against it;
    /// [`Error::Pending`] if there is nothing to repair and migrations are to be applied; [`Error::InTransaction`],
    /// [`Error::Replay`], the errors of a history that does not fit and of a database without one, and what can go wrong with
    /// reading a database.
    ///
    /// # Example
    ///
    /// ```
    /// # #[cfg(any())]
    /// tablature::migrations!("migrations");
    /// # tablature::migrations!("../migrations");
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let mut connection = tablature::rusqlite::Connection::open_in_memory()?;
    /// MIGRATIONS.apply(&mut connection)?;
    /// connection.execute_batch("DROP VIEW model_statistics")?;
    /// let repair = MIGRATIONS.runner().repair(&connection)?;
    /// connection.execute_batch(&repair.script)?;
    /// assert!(MIGRATIONS.status(&connection)?.is_current());
    /// # Ok(())
    /// # }
    /// ```
    pub fn repair(&self, connection: &rusqlite::Connection) -> Result<Repair, Error> {
        sqlite::repair(self, connection)
    }
}
