//! A look at a database that changes nothing: what is pending, and whether the schema is as expected.

use super::outcome::is_busy;
use super::session::Session;
use super::{adopt, history, introspect, progress, replayed};
use crate::difference::{Difference, differences, is_addition};
use crate::error::Error;
use crate::migration::Migration;
use crate::others;
use crate::plan::Plan;
use crate::runner::Runner;
use crate::schema::Schema;
use crate::status::{Halfway, NewerMigration, State, Status};
use rusqlite::Connection;

/// Checks that nothing is pending and that the schema is as expected.
pub(crate) fn verify(runner: &Runner<'_>, connection: &Connection) -> Result<(), Error> {
    reading(runner, connection, |inspection| inspection.verify())
}

/// Tells how the database stands to the migrations.
pub(crate) fn status(runner: &Runner<'_>, connection: &Connection) -> Result<Status, Error> {
    reading(runner, connection, |inspection| inspection.status())
}

/// Tells what the program was compiled for and the database does not have, or has otherwise.
pub(crate) fn missing(
    runner: &Runner<'_>,
    connection: &Connection,
) -> Result<Vec<Difference>, Error> {
    reading(runner, connection, |inspection| {
        let mut missing = inspection.differences(&runner.migrations.schema())?;
        missing.retain(|difference| match difference {
            Difference::Missing { .. } | Difference::Changed { .. } => true,
            Difference::Unexpected { .. } => false,
        });
        Ok(missing)
    })
}

/// Tells what a run would apply.
pub(crate) fn plan(runner: &Runner<'_>, connection: &Connection) -> Result<Plan, Error> {
    reading(runner, connection, |inspection| {
        let recorded = history::read(connection)?;
        let pending = inspection.pending()?;
        if pending.is_empty() {
            // As a run would, which has nothing else to do.
            inspection.is_as_expected()?;
        }
        Plan::new(
            recorded.last().map(|newest| newest.version),
            pending,
            inspection.halfway(pending)?,
        )
    })
}

/// Looks at one state of the database, also if others change it meanwhile; within a transaction, at what that one sees.
pub(super) fn reading<'a, T>(
    runner: &'a Runner<'a>,
    connection: &Connection,
    mut look: impl FnMut(&Inspection<'a, '_>) -> Result<T, Error>,
) -> Result<T, Error> {
    runner.refuse_other_engine()?;
    let inspection = Inspection { runner, connection };
    if !connection.is_autocommit() {
        return look(&inspection);
    }
    // When it is dropped, the transaction ends.
    let session = Session::open(connection, runner.busy_timeout, runner.events)?;
    session.begin_read()?;
    session.waiting(|_| look(&inspection))
}

/// A database, and the migrations that it is looked at for.
pub(super) struct Inspection<'a, 'c> {
    pub(super) runner: &'a Runner<'a>,
    pub(super) connection: &'c Connection,
}

impl<'a> Inspection<'a, '_> {
    /// Whether the newest row of the history says that the list was applied and the schema verified, and the engine
    /// says that the schema has not changed since.
    pub(super) fn is_up_to_date(&self) -> rusqlite::Result<bool> {
        let Some(newest) = self.runner.migrations.list.last() else {
            return Ok(false);
        };
        match history::head(self.connection, &self.runner.ignored_tables) {
            Ok(head) => Ok(head.is_some_and(|head| head.chain == newest.chain && head.is_verified)),
            Err(error) if is_busy(&error) => Err(error),
            // A closer look finds out what is wrong.
            Err(_) => Ok(false),
        }
    }

    /// The migrations that are to be applied.
    pub(super) fn pending(&self) -> Result<&'a [Migration], Error> {
        self.runner.refuse_unknown_target()?;
        let recorded = history::read(self.connection)?;
        let pending = self.runner.pending_after(&recorded)?;
        let (wanted, _) = self.runner.wanted();
        let rest = self.runner.migrations.list.len() - wanted.len();
        let pending = pending
            .get(..pending.len().saturating_sub(rest))
            .unwrap_or_default();
        // A history that was emptied says no more than one that is not there.
        if !pending.is_empty() && recorded.is_empty() && !progress::is_under_way(self.connection)? {
            self.refuse_others_database()?;
        }
        Ok(pending)
    }

    fn verify(&self) -> Result<(), Error> {
        if let pending @ [first, ..] = self.pending()? {
            return Err(Error::Pending {
                count: pending.len(),
                version: first.version,
                name: first.name.to_string(),
                is_changed: self.is_changed()?,
            });
        }
        self.is_as_expected().map(drop)
    }

    fn status(&self) -> Result<Status, Error> {
        let head = self.runner.migrations.list.last();
        let mut status = Status {
            state: State::Current,
            version: None,
            head: head.map(|migration| migration.version),
            pending: Vec::new(),
            applied: history::applied(self.connection)?,
        };
        if self.is_up_to_date()? {
            status.version = status.head;
            return Ok(status);
        }
        status.version = status.applied.last().map(|newest| newest.version);
        status.state = match self.pending() {
            Ok([]) => {
                let (_, is_all) = self.runner.wanted();
                let migrations = self.newer()?;
                match self.differences(&self.runner.migrations.schema())? {
                    differences if is_all && !differences.is_empty() => {
                        State::Drifted { differences }
                    }
                    _ if migrations.is_empty() => State::Current,
                    _ => State::Ahead { migrations },
                }
            }
            Ok(pending) => {
                status.pending = pending.iter().map(Into::into).collect();
                let halfway = self.halfway(pending)?;
                let mut is_changed = halfway.is_none() && self.is_changed()?;
                let differences = match status.version {
                    Some(version) if is_changed => self.differences_at(version)?,
                    _ => None,
                };
                // Changed and changed back, as by a repair.
                is_changed &= differences.as_ref().is_none_or(|them| !them.is_empty());
                State::Pending {
                    is_changed,
                    differences: differences.unwrap_or_default(),
                    halfway,
                }
            }
            Err(error @ Error::Newer { .. }) => State::Newer {
                reason: error.to_string(),
                migrations: self.newer()?,
            },
            Err(
                error @ (Error::Changed { .. } | Error::Missing { .. } | Error::OutOfOrder { .. }),
            ) => State::Unknown {
                reason: error.to_string(),
            },
            Err(Error::NoHistory { .. }) => adopt::state(self)?,
            Err(error) => return Err(error),
        };
        Ok(status)
    }

    /// The migrations in the history that a newer program has applied.
    fn newer(&self) -> Result<Vec<NewerMigration>, Error> {
        let head = self.runner.migrations.list.last();
        let head = head.map(|migration| migration.version);
        let recorded = history::read(self.connection)?;
        let newer = recorded.iter().filter(|row| Some(row.version) > head);
        Ok(newer.map(NewerMigration::from).collect())
    }

    /// Whether a newer program has migrated the database further.
    pub(super) fn is_ahead(&self) -> Result<bool, Error> {
        let head = self.runner.migrations.list.last();
        let head = head.map(|migration| migration.version);
        Ok(history::newest_version(self.connection)? > head)
    }

    /// The `-- no-transaction` file that stopped half way.
    fn halfway(&self, pending: &[Migration]) -> Result<Option<Halfway>, Error> {
        let Some(first) = pending.first() else {
            return Ok(None);
        };
        if !progress::is_under_way(self.connection)? {
            return Ok(None);
        }
        let finished = progress::finished(self.connection, first.version)?;
        Ok(finished.map(|finished| Halfway {
            version: first.version,
            finished,
            statements: first.statements.len(),
        }))
    }

    /// How the schema differs from that of an earlier version; none if that cannot be found out.
    fn differences_at(&self, version: i64) -> Result<Option<Vec<Difference>>, Error> {
        match replayed::schema_at(self.runner, version) {
            Ok(expected) => self.differences(&expected).map(Some),
            Err(Error::Replay { .. }) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Whether something else than a run has changed the schema since it was last verified.
    pub(super) fn is_changed(&self) -> Result<bool, Error> {
        let head = history::head(self.connection, &self.runner.ignored_tables)?;
        Ok(head.is_some_and(|head| head.is_changed))
    }

    /// Compares the schema with the one that was compiled in; false if that is of a later version, or only a part of it.
    pub(super) fn is_as_expected(&self) -> Result<bool, Error> {
        let (_, is_all) = self.runner.wanted();
        if !is_all {
            return Ok(false);
        }
        let differences = self.differences(&self.runner.migrations.schema())?;
        if differences.is_empty() {
            Ok(!self.is_ahead()?)
        } else {
            Err(Error::SchemaMismatch { differences })
        }
    }

    fn differences(&self, expected: &Schema) -> Result<Vec<Difference>, Error> {
        let mut found = introspect::schema(self.connection)?;
        others::leave_out(&mut found, &[expected], &self.runner.ignored_tables);
        let mut differences = differences(expected, &found);
        if self.is_ahead()? {
            // Unless this is accepted, nothing is compared.
            differences.retain(|difference| !is_addition(difference, expected, &found));
        }
        Ok(differences)
    }

    /// Refuses a database that has tables and no history: nobody knows which migrations it has.
    fn refuse_others_database(&self) -> Result<(), Error> {
        let mut tables = introspect::table_names(self.connection)?;
        tables.retain(|table| !others::is_ignored(table, &self.runner.ignored_tables));
        if tables.is_empty() {
            Ok(())
        } else {
            Err(Error::NoHistory { tables })
        }
    }
}
