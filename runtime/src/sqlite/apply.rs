//! A run, step by step.

use super::inspection::Inspection;
use super::session::Session;
use super::step::{self, Guarded, Runs};
use super::{alone, backup, files, history, progress, snapshot};
use crate::error::Error;
use crate::event::Event;
use crate::migration::{Migration, Snapshot};
use crate::report::{Applied, Report};
use crate::runner::{Newer, Runner, Transactions};
use rusqlite::Connection;
use std::path::PathBuf;
use std::time::Duration;

/// Applies what is pending.
pub(crate) fn apply(runner: &Runner<'_>, connection: &mut Connection) -> Result<Report, Error> {
    runner.refuse_other_engine()?;
    runner.refuse_unknown_target()?;
    if !connection.is_autocommit() {
        return Err(Error::InTransaction);
    }
    let connection = Guarded::new(runner, connection)?;
    let connection = &connection;
    let mut run = Run {
        runner,
        steps: Runs::of(runner, connection),
        snapshot: None,
        applied: Vec::new(),
        backup: None,
        schema_changed: false,
    };
    let mut session = Session::open(connection, runner.busy_timeout, runner.events)?;
    if !session.waiting(|connection| run.look(connection).is_up_to_date())? {
        let migrated = run.migrate(&mut session);
        migrated.map_err(|error| in_schema(error, run.schema_changed))?;
    }
    let head = runner.migrations.list.last().map(|head| head.version);
    let (_, is_all) = runner.wanted();
    let version = match is_all && runner.newer == Newer::Refused {
        true => head,
        // It may have been further already.
        false => session.waiting(history::newest_version)?,
    };
    Ok(Report {
        snapshot: run.snapshot,
        applied: run.applied,
        version,
        head,
        backup: run.backup,
    })
}

/// Tells with what failed whether the schema had been changed before.
fn in_schema(mut error: Error, schema_changed: bool) -> Error {
    if let Error::Statement(failed) = &mut error {
        failed.schema_changed = schema_changed;
    }
    if let Error::Step(failed) = &mut error {
        failed.schema_changed = schema_changed;
    }
    error
}

struct Run<'a> {
    runner: &'a Runner<'a>,
    /// The steps, if any are to run.
    steps: Option<Runs<'a, 'a>>,
    /// The version of the snapshot that the database was made from.
    snapshot: Option<i64>,
    applied: Vec<Applied>,
    /// The copy that was taken.
    backup: Option<PathBuf>,
    /// Whether something else has changed the schema since it was last verified.
    schema_changed: bool,
}

/// What is to be done next.
enum Step<'a> {
    /// Make a new database from the snapshot, which stands for these.
    Snapshot(&'a Snapshot, &'a [Migration]),
    /// Apply these in one transaction.
    Together(&'a [Migration]),
    /// Apply this one statement by statement, each for itself.
    Alone(&'a Migration),
}

impl<'a> Run<'a> {
    fn look<'c>(&self, connection: &'c Connection) -> Inspection<'a, 'c> {
        Inspection {
            runner: self.runner,
            connection,
        }
    }

    fn migrate(&mut self, session: &mut Session<'_>) -> Result<(), Error> {
        // A first look without the lock: a history that does not fit is told, and a database that is up to date is
        // verified, without making anyone wait.
        session.begin_read()?;
        let pending = session.waiting(|connection| self.look(connection).pending())?;
        files::refuse_rollbacks(pending)?;
        step::refuse_unregistered(self.runner, pending)?;
        if pending.is_empty() {
            if self.look(session.connection).is_as_expected()? {
                // Where the database cannot be written now, the next start verifies again.
                let _ = history::set_verified(session.connection, &self.runner.ignored_tables)
                    .and_then(|()| session.connection.execute_batch("COMMIT"));
            }
            session.rollback();
            return Ok(());
        }
        if session.connection.is_readonly("main")? {
            return Err(Error::ReadOnly);
        }
        self.schema_changed = self.look(session.connection).is_changed()?;
        session.take_over()?;
        session.rollback();
        session.stop_enforcing()?;
        loop {
            match &self.runner.backup {
                Some(wanted) if self.backup.is_none() => {
                    let is_needed = || Ok(self.next(session.connection)?.is_some());
                    self.backup = backup::take_and_begin(wanted, session, is_needed)?;
                }
                _ => session.begin_immediate()?,
            }
            session.waiting(history::create)?;
            match self.next(session.connection)? {
                None => return session.commit(),
                Some(Step::Snapshot(snapshot, migrations)) => {
                    self.make(session, snapshot, migrations)?;
                }
                Some(Step::Together(migrations)) => self.together(session, migrations)?,
                Some(Step::Alone(migration)) => self.alone(session, migration)?,
            }
            if self.is_finished() {
                return Ok(());
            }
        }
    }

    /// Decides under the lock what to do next.
    fn next(&self, connection: &Connection) -> Result<Option<Step<'a>>, Error> {
        let pending = self.look(connection).pending()?;
        let snapshot = self.runner.migrations.snapshot.as_ref();
        if let Some(snapshot) = snapshot
            && let Some(migrations) = snapshot::stands_for(snapshot, pending, connection)?
        {
            return Ok(Some(Step::Snapshot(snapshot, migrations)));
        }
        let alone = pending.iter().position(|migration| !migration.transaction);
        Ok(match (alone, pending) {
            (_, []) => None,
            (Some(0), [first, ..]) => Some(Step::Alone(first)),
            (alone, pending @ [first, ..]) => {
                Some(Step::Together(match self.runner.transactions {
                    Transactions::Shared => {
                        let (together, _) = pending.split_at(alone.unwrap_or(pending.len()));
                        together
                    }
                    Transactions::Each => std::slice::from_ref(first),
                }))
            }
        })
    }

    /// Makes a new database from the snapshot in the transaction that is open, and commits it.
    fn make(
        &mut self,
        session: &mut Session<'_>,
        snapshot: &Snapshot,
        migrations: &'a [Migration],
    ) -> Result<(), Error> {
        snapshot::run(session, snapshot)?;
        self.snapshot = Some(snapshot.version);
        let timed: Vec<_> = migrations.iter().map(|it| (it, Duration::ZERO)).collect();
        history::insert(session.connection, &timed)?;
        self.close(session)
    }

    /// Applies migrations in the transaction that is open, and commits it.
    fn together(
        &mut self,
        session: &mut Session<'_>,
        migrations: &'a [Migration],
    ) -> Result<(), Error> {
        if self.steps.is_none() && step::is_wanted(self.runner, migrations) {
            // Another program has just gone back over a step that was applied when this run began.
            return Err(Error::Locked {
                holders: Vec::new(),
            });
        }
        progress::refuse_begun(session.connection, migrations)?;
        session.events.tell(Event::Planned { migrations });
        let durations = files::run(session, migrations, self.steps, |_| Ok(()))?;
        let timed: Vec<_> = migrations.iter().zip(durations).collect();
        self.record(session, &timed)
    }

    /// Applies a migration whose statements take effect one by one; a transaction is open in which to begin.
    fn alone(&mut self, session: &mut Session<'_>, migration: &'a Migration) -> Result<(), Error> {
        match alone::run(session, migration)? {
            Some(duration) => self.record(session, &[(migration, duration)]),
            None => session.commit(),
        }
    }

    /// Writes the history of what has run, and commits.
    fn record(
        &mut self,
        session: &Session<'_>,
        timed: &[(&'a Migration, Duration)],
    ) -> Result<(), Error> {
        session.waiting(|connection| history::insert(connection, timed))?;
        let done = timed
            .iter()
            .map(|(migration, duration)| Applied::new(migration, *duration));
        self.applied.extend(done);
        self.close(session)
    }

    /// Verifies the schema after the last migration, and commits.
    fn close(&self, session: &Session<'_>) -> Result<(), Error> {
        if self.is_finished() {
            session.events.tell(Event::Verifying);
            if self.look(session.connection).is_as_expected()? {
                history::set_verified(session.connection, &self.runner.ignored_tables)?;
            }
        }
        session.commit()?;
        session.events.tell(Event::Committed);
        Ok(())
    }

    /// Whether this run has come to the last migration.
    fn is_finished(&self) -> bool {
        let (wanted, _) = self.runner.wanted();
        let newest = wanted.last().map(|migration| migration.version);
        let applied = self.applied.last().map(|applied| applied.version);
        applied.or(self.snapshot) == newest
    }
}
