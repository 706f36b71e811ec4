//! Files that share a transaction: running them, and what they must not leave behind.

use super::affected::Affected;
use super::foreign_keys;
use super::nested::Nested;
use super::session::Session;
use super::statement::{self, Control};
use super::step::Runs;
use crate::error::{Error, ForeignKeyViolation};
use crate::event::Event;
use crate::migration::Migration;
use crate::report::Applied;
use std::time::{Duration, Instant};

/// Runs the statements of files in the transaction that is open, and the steps if any are to run, and tells how long those
/// of each took. What `may_run` has against a file, once the ones before it have run, stops the run.
///
/// Fails if they leave rows that break a foreign key and did not so before.
pub(super) fn run(
    session: &Session<'_>,
    files: &[Migration],
    steps: Option<Runs<'_, '_>>,
    may_run: impl Fn(&Migration) -> Result<(), Error>,
) -> Result<Vec<Duration>, Error> {
    let affected = Affected::by(files, session.connection)?;
    let before = broken_rows(session, &affected)?;
    let mut durations = Vec::with_capacity(files.len());
    for migration in files {
        may_run(migration)?;
        let started = Instant::now();
        session.events.tell(Event::MigrationStarted { migration });
        execute(session, migration)?;
        if let Some(steps) = steps {
            steps.run(session, migration)?;
        }
        session.end_file(migration, may_set(migration)?)?;
        durations.push(finished(session, migration, started));
    }
    let after = broken_rows(session, &affected)?;
    let new = foreign_keys::new_ones(session.connection, before, after)?;
    if new.is_empty() {
        Ok(durations)
    } else {
        Err(foreign_keys::error(new, files, session.connection)?)
    }
}

/// Runs the statements of a migration in the transaction that is open.
pub(super) fn execute(session: &Session<'_>, migration: &Migration) -> Result<(), Error> {
    let mut nested = Nested::new(session.connection, &migration.sql);
    for (number, statement) in (1..).zip(migration.statements.iter()) {
        let sql = statement::text(migration, &migration.sql, statement)?;
        statement::told(session.events, migration, number, sql, || {
            let failed = |error| statement::failed(migration, statement, sql, error);
            // With a shared cache another connection that reads a table is in the way of writing to it.
            session.waiting(|_| nested.run(sql).map_err(failed))
        })?;
    }
    Ok(nested.close()?)
}

/// Tells that the statements of a migration have run, and how long that took.
pub(super) fn finished(session: &Session<'_>, migration: &Migration, started: Instant) -> Duration {
    let duration = started.elapsed();
    let applied = Applied::new(migration, duration);
    session.events.tell(Event::MigrationFinished(&applied));
    duration
}

/// Whether a statement of a migration may be a PRAGMA, or its step may run one.
pub(super) fn may_set(migration: &Migration) -> Result<bool, Error> {
    if migration.step.is_some() {
        return Ok(true);
    }
    for statement in migration.statements.iter() {
        let sql = statement::text(migration, &migration.sql, statement)?;
        if statement::control(sql) == Control::Connection {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Refuses, before anything has run, a ROLLBACK that a file has begun nothing for.
pub(super) fn refuse_rollbacks(migrations: &[Migration]) -> Result<(), Error> {
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
pub(super) fn broken_rows(
    session: &Session<'_>,
    affected: &Affected,
) -> Result<Vec<ForeignKeyViolation>, Error> {
    if session.enforces() {
        foreign_keys::violations(session.connection, affected)
    } else {
        Ok(Vec::new())
    }
}
