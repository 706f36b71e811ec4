//! A run, step by step.

use super::affected::Affected;
use super::inspection::Inspection;
use super::nested::Nested;
use super::session::Session;
use super::statement::{self, Control};
use super::{backup, foreign_keys, history, progress, stepwise};
use crate::error::{Error, ForeignKeyViolation};
use crate::event::Event;
use crate::migration::Migration;
use crate::report::{Applied, Report};
use crate::runner::{Runner, Transactions};
use rusqlite::Connection;
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// Applies what is pending.
pub(crate) fn apply(runner: &Runner<'_>, connection: &Connection) -> Result<Report, Error> {
    if !connection.is_autocommit() {
        return Err(Error::InTransaction);
    }
    let mut run = Run {
        runner,
        applied: Vec::new(),
        backup: None,
    };
    let mut session = Session::open(connection, runner.busy_timeout, runner.events)?;
    if !session.waiting(|connection| run.look(connection).is_up_to_date())? {
        run.migrate(&mut session)?;
    }
    let version = match runner.wanted() {
        (all, true) => all.last().map(|head| head.version),
        // It may have been further already.
        (_, false) => history::read(connection)?.last().map(|head| head.version),
    };
    Ok(Report {
        applied: run.applied,
        version,
        backup: run.backup,
    })
}

struct Run<'a> {
    runner: &'a Runner<'a>,
    applied: Vec<Applied>,
    /// The copy that was taken.
    backup: Option<PathBuf>,
}

/// What is to be done next.
enum Step<'a> {
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
        let pending = self.look(session.connection).pending()?;
        refuse_rollbacks(pending)?;
        if pending.is_empty() {
            if self.look(session.connection).is_as_expected()? {
                // Where the database cannot be written now, the next start verifies again.
                let _ = history::set_verified(session.connection)
                    .and_then(|()| session.connection.execute_batch("COMMIT"));
            }
            session.rollback();
            return Ok(());
        }
        if session.connection.is_readonly("main")? {
            return Err(Error::ReadOnly);
        }
        session.take_over()?;
        session.rollback();
        session.stop_enforcing()?;
        loop {
            match &self.runner.backup {
                Some(wanted) if self.backup.is_none() => {
                    self.backup = Some(backup::take_and_begin(wanted, session)?);
                }
                _ => session.begin_immediate()?,
            }
            history::create(session.connection)?;
            match self.next(session.connection)? {
                None => return session.commit(),
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

    /// Applies migrations in the transaction that is open, and commits it.
    fn together(
        &mut self,
        session: &mut Session<'_>,
        migrations: &'a [Migration],
    ) -> Result<(), Error> {
        session.events.tell(Event::Planned { migrations });
        let affected = Affected::by(migrations, session.connection)?;
        let violations = broken_rows(session, &affected)?;
        let mut timed = Vec::with_capacity(migrations.len());
        for migration in migrations {
            let started = Instant::now();
            session.events.tell(Event::MigrationStarted { migration });
            execute(session, migration)?;
            session.end_file(migration, may_set(migration)?)?;
            timed.push((migration, finished(session, migration, started)));
        }
        let violations_after = broken_rows(session, &affected)?;
        foreign_keys::check(session.connection, violations, violations_after)?;
        self.record(session, &timed)
    }

    /// Applies a migration whose statements take effect one by one; a transaction is open in which to begin.
    fn alone(&mut self, session: &mut Session<'_>, migration: &'a Migration) -> Result<(), Error> {
        let started = Instant::now();
        let migrations = std::slice::from_ref(migration);
        session.events.tell(Event::Planned { migrations });
        session.events.tell(Event::MigrationStarted { migration });
        progress::create(session.connection)?;
        let affected = Affected::by(migrations, session.connection)?;
        if progress::finished(session.connection, migration.version)?.is_none() {
            progress::begin(
                session.connection,
                migration.version,
                broken_rows(session, &affected)?.len(),
            )?;
        }
        session.commit()?;
        stepwise::run(session, migration)?;
        session.stop_enforcing()?;
        session.end_file(migration, may_set(migration)?)?;
        session.begin_immediate()?;
        if progress::finished(session.connection, migration.version)?.is_none() {
            // Another program has finished it.
            return session.commit();
        }
        let violations = broken_rows(session, &affected)?;
        if violations.len() > progress::violations(session.connection, migration.version)? {
            return Err(foreign_keys::error(violations, Some(&migration.file)));
        }
        progress::end(session.connection, migration.version)?;
        let duration = finished(session, migration, started);
        self.record(session, &[(migration, duration)])
    }

    /// Writes the history of what has run, verifies the schema after the last migration, and commits.
    fn record(
        &mut self,
        session: &Session<'_>,
        timed: &[(&'a Migration, Duration)],
    ) -> Result<(), Error> {
        history::insert(session.connection, timed)?;
        let done = timed
            .iter()
            .map(|(migration, duration)| Applied::new(migration, *duration));
        self.applied.extend(done);
        if self.is_finished() {
            session.events.tell(Event::Verifying);
            if self.look(session.connection).is_as_expected()? {
                history::set_verified(session.connection)?;
            }
        }
        session.commit()?;
        session.events.tell(Event::Committed);
        Ok(())
    }

    /// Whether this run has applied the last migration.
    fn is_finished(&self) -> bool {
        let (wanted, _) = self.runner.wanted();
        let newest = wanted.last().map(|migration| migration.version);
        self.applied.last().map(|applied| applied.version) == newest
    }
}

/// Runs the statements of a migration in the transaction that is open.
fn execute(session: &Session<'_>, migration: &Migration) -> Result<(), Error> {
    let mut nested = Nested::new(session.connection, &migration.sql);
    for (number, statement) in (1..).zip(migration.statements.iter()) {
        let sql = statement::text(migration, &migration.sql, statement)?;
        statement::told(session.events, migration, number, sql, || {
            nested
                .run(sql)
                .map_err(|error| statement::failed(migration, statement, sql, error))
        })?;
    }
    Ok(nested.close()?)
}

/// Tells that the statements of a migration have run, and how long that took.
fn finished(session: &Session<'_>, migration: &Migration, started: Instant) -> Duration {
    let duration = started.elapsed();
    let applied = Applied::new(migration, duration);
    session.events.tell(Event::MigrationFinished(&applied));
    duration
}

/// Whether a statement of a migration may be a PRAGMA.
fn may_set(migration: &Migration) -> Result<bool, Error> {
    for statement in migration.statements.iter() {
        let sql = statement::text(migration, &migration.sql, statement)?;
        if statement::control(sql) == Control::Connection {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Refuses, before anything has run, a ROLLBACK that a file has begun nothing for.
fn refuse_rollbacks(migrations: &[Migration]) -> Result<(), Error> {
    for migration in migrations.iter().filter(|migration| migration.transaction) {
        let mut is_begun = false;
        for statement in migration.statements.iter() {
            let sql = statement::text(migration, &migration.sql, statement)?;
            match statement::control(sql) {
                Control::Begin => is_begun = true,
                Control::Commit => is_begun = false,
                Control::Rollback if is_begun => is_begun = false,
                Control::Rollback => {
                    return Err(Error::Rollback {
                        file: migration.file.to_string(),
                        line: statement.line,
                        column: statement.column,
                    });
                }
                Control::None
                | Control::Savepoint
                | Control::Release
                | Control::RollbackTo
                | Control::Connection
                | Control::Vacuum => {}
            }
        }
    }
    Ok(())
}

/// The rows of affected tables that break a foreign key; none are looked for where the application does not enforce them.
fn broken_rows(
    session: &Session<'_>,
    affected: &Affected,
) -> Result<Vec<ForeignKeyViolation>, Error> {
    if session.enforces() {
        foreign_keys::violations(session.connection, affected)
    } else {
        Ok(Vec::new())
    }
}
