//! Running steps: functions of the application, in the run's transaction, which they cannot end.
//!
//! A savepoint around the function tells whether the transaction is still the same. What a function could commit after it
//! has ended the transaction is kept from the database by a commit hook, which it cannot take away: that needs the
//! connection for itself.

use super::history;
use super::outcome::{environment, is_busy};
use super::session::Session;
use crate::error::{Error, StepFailure};
use crate::event::Event;
use crate::migration::{Migration, Step};
use crate::runner::{Runner, Steps};
use crate::step::{StepError, StepFunction};
use rusqlite::Connection;
use std::ops::Deref;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

type Function = fn(&Connection) -> Result<(), StepError>;

/// A connection on which steps can run; when it is dropped, also by a panic, it has no commit hook any more.
pub(super) struct Guarded<'c> {
    connection: &'c mut Connection,
    /// Whether a step runs now, so that nothing is to be committed; none if no step is to run.
    is_running: Option<Arc<AtomicBool>>,
}

impl<'c> Guarded<'c> {
    /// Takes a connection. It has its hook only if a step is going to run.
    pub(super) fn new(
        runner: &Runner<'_>,
        connection: &'c mut Connection,
    ) -> Result<Guarded<'c>, Error> {
        let mut is_running = None;
        if is_any_pending(runner, connection)? {
            let flag = Arc::new(AtomicBool::new(false));
            let refuses = Arc::clone(&flag);
            connection.commit_hook(Some(move || refuses.load(Ordering::Relaxed)))?;
            is_running = Some(flag);
        }
        Ok(Guarded {
            connection,
            is_running,
        })
    }

    /// Whether a step runs now; none if no step is to run.
    pub(super) fn is_running(&self) -> Option<&AtomicBool> {
        self.is_running.as_deref()
    }
}

impl Deref for Guarded<'_> {
    type Target = Connection;

    fn deref(&self) -> &Connection {
        self.connection
    }
}

impl Drop for Guarded<'_> {
    fn drop(&mut self) {
        if self.is_running.is_some() {
            // It fails only on a connection of which nothing is left.
            let _ = self.connection.commit_hook(None::<fn() -> bool>);
        }
    }
}

/// Whether a migration that is not applied yet has a step that is to run.
fn is_any_pending(runner: &Runner<'_>, connection: &Connection) -> Result<bool, Error> {
    let (wanted, _) = runner.wanted();
    if !is_wanted(runner, wanted) {
        return Ok(false);
    }
    let session = Session::open(connection, runner.busy_timeout, runner.events)?;
    let newest = session.waiting(history::newest_version)?;
    let applied = wanted.partition_point(|migration| Some(migration.version) <= newest);
    Ok(is_wanted(runner, wanted.get(applied..).unwrap_or_default()))
}

/// Refuses, before anything has run, migrations with a step whose function the program does not have.
pub(super) fn refuse_unregistered(runner: &Runner<'_>, pending: &[Migration]) -> Result<(), Error> {
    for migration in pending {
        let Some(step) = &migration.step else {
            continue;
        };
        if runner.steps == Steps::Run && function(runner, migration).is_none() {
            return Err(Error::UnknownStep {
                version: migration.version,
                name: migration.name.to_string(),
                file: migration.file.to_string(),
                line: step.line,
                column: step.column,
                path: step.path.to_string(),
            });
        }
    }
    Ok(())
}

/// Whether migrations have a step that is to run.
pub(super) fn is_wanted(runner: &Runner<'_>, migrations: &[Migration]) -> bool {
    let mut migrations = migrations.iter();
    runner.steps == Steps::Run && migrations.any(|migration| migration.step.is_some())
}

fn function(runner: &Runner<'_>, migration: &Migration) -> Option<Function> {
    let mut functions = runner.migrations.steps.iter();
    functions.find_map(|function| match function {
        StepFunction::Sqlite { version, run } => (*version == migration.version).then_some(*run),
        #[cfg(feature = "tokio-postgres")]
        StepFunction::Server { .. } => None,
    })
}

/// The steps of a run.
#[derive(Clone, Copy)]
pub(super) struct Runs<'a, 'r> {
    runner: &'a Runner<'r>,
    is_running: &'a AtomicBool,
}

impl<'a, 'r> Runs<'a, 'r> {
    /// The steps that are to run on a connection; none if there are none.
    pub(super) fn of(runner: &'a Runner<'r>, connection: &'a Guarded<'_>) -> Option<Runs<'a, 'r>> {
        let is_running = connection.is_running()?;
        Some(Runs { runner, is_running })
    }

    /// Runs the step of a migration, if it has one, in the transaction that is open.
    pub(super) fn run(self, session: &Session<'_>, migration: &Migration) -> Result<(), Error> {
        let function = function(self.runner, migration);
        let (Some(step), Some(function)) = (&migration.step, function) else {
            return Ok(());
        };
        session.events.tell(Event::StepStarted { migration, step });
        let started = Instant::now();
        self.call(session.connection, migration, step, function)?;
        session.events.tell(Event::StepFinished {
            migration,
            step,
            duration: started.elapsed(),
        });
        Ok(())
    }

    fn call(
        self,
        connection: &Connection,
        migration: &Migration,
        step: &Step,
        function: Function,
    ) -> Result<(), Error> {
        connection.execute_batch("SAVEPOINT _tablature_step")?;
        self.is_running.store(true, Ordering::Relaxed);
        // After a panic the connection is in no transaction any more when the hook goes.
        let returned = function(connection);
        let released = connection.execute_batch("RELEASE _tablature_step");
        self.is_running.store(false, Ordering::Relaxed);
        let ended_transaction = match released {
            Ok(()) => false,
            // Statements of the function's stand in the way.
            Err(error) if is_busy(&error) => return Err(error.into()),
            // The savepoint is gone, or it is the function's own and would have been committed.
            Err(_) => true,
        };
        let reason = match returned {
            Ok(()) if !ended_transaction => return Ok(()),
            Ok(()) => None,
            Err(reason) => Some(of_function(reason)?),
        };
        Err(Error::Step(Box::new(StepFailure {
            reason,
            ended_transaction,
            ..StepFailure::new(migration, step)
        })))
    }
}

/// What a function has returned, unless it is what lies in the database file or the disk, which may have made the engine
/// end the transaction.
fn of_function(reason: StepError) -> Result<StepError, Error> {
    match reason
        .downcast::<rusqlite::Error>()
        .map(|error| environment(*error))
    {
        Ok(Ok(error)) => Err(error),
        Ok(Err(error)) => Ok(error.into()),
        Err(reason) => Ok(reason),
    }
}
