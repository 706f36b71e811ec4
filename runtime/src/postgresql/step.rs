//! Running steps: functions of the application, in the run's transaction, which they cannot end.
//!
//! A savepoint around the function tells whether the transaction is still the same. What a function would commit is kept from
//! the database by a row that breaks a foreign key, of which the engine takes notice at a COMMIT: it then rolls back instead.

use super::client::Client;
use super::outcome::{environment, is};
use super::session::Session;
use crate::error::{Error, StepFailure};
use crate::event::Event;
use crate::migration::{Migration, Step};
use crate::runner::{Runner, Steps};
use crate::step::{OnServer, Running, StepError, StepFunction};
use std::time::Instant;
use tokio_postgres::error::SqlState;

/// What keeps a COMMIT from succeeding, and the savepoint. The table is gone with the transaction, whatever ends it.
const GUARD: &str = "CREATE TEMPORARY TABLE _tablature_step (
        row integer PRIMARY KEY,
        missing integer CONSTRAINT a_step_ends_no_transaction
            REFERENCES pg_temp._tablature_step DEFERRABLE INITIALLY DEFERRED
    ) ON COMMIT DROP;
    INSERT INTO pg_temp._tablature_step VALUES (1, 2);
    SAVEPOINT _tablature_step";

/// Takes it away again. That the row is gone has to be noticed before its table can go.
const UNGUARD: &str = "DELETE FROM pg_temp._tablature_step;
    SET CONSTRAINTS pg_temp.a_step_ends_no_transaction IMMEDIATE;
    DROP TABLE pg_temp._tablature_step";

pub(super) type Function = for<'a> fn(OnServer<'a>) -> Running<'a>;

/// A function, and the migration that it is the step of.
struct Wanted<'m> {
    migration: &'m Migration,
    step: &'m Step,
    run: Function,
}

/// The step of a migration, if it has one that is to run.
fn wanted<'m>(runner: &Runner<'_>, migration: &'m Migration) -> Result<Option<Wanted<'m>>, Error> {
    let (Some(step), Steps::Run) = (&migration.step, runner.steps) else {
        return Ok(None);
    };
    let mut functions = runner.migrations.steps.iter();
    let run = functions.find_map(|function| match function {
        StepFunction::Server { version, run } => (*version == migration.version).then_some(*run),
        #[cfg(feature = "sqlite")]
        StepFunction::Sqlite { .. } => None,
    });
    match run {
        Some(run) => Ok(Some(Wanted {
            migration,
            step,
            run,
        })),
        None => Err(unknown(migration, step)),
    }
}

fn unknown(migration: &Migration, step: &Step) -> Error {
    Error::UnknownStep {
        version: migration.version,
        name: migration.name.to_string(),
        file: migration.file.to_string(),
        line: step.line,
        column: step.column,
        path: step.path.to_string(),
    }
}

/// Refuses, before anything has run, migrations with a step whose function the program does not have, or has for the other
/// client.
pub(super) fn refuse_unfit<C: Client>(
    runner: &Runner<'_>,
    pending: &[Migration],
) -> Result<(), Error> {
    for migration in pending {
        let Some(Wanted { step, run, .. }) = wanted(runner, migration)? else {
            continue;
        };
        let mut client = None;
        // It answers as it is called; there is nothing to wait for.
        drop(run(OnServer::Asked(&mut client)));
        if let Some(function) = client.filter(|client| *client != C::NAME) {
            return Err(Error::StepOfOtherClient {
                version: migration.version,
                name: migration.name.to_string(),
                file: migration.file.to_string(),
                line: step.line,
                column: step.column,
                path: step.path.to_string(),
                function,
                connection: C::NAME,
            });
        }
    }
    Ok(())
}

/// Runs the step of a migration, if it has one, in the transaction that is open.
pub(super) async fn run<C: Client>(
    session: &mut Session<'_, '_, C>,
    migration: &Migration,
) -> Result<(), Error> {
    let Some(wanted) = wanted(session.runner, migration)? else {
        return Ok(());
    };
    let step = wanted.step;
    session.tell(Event::StepStarted { migration, step });
    let started = Instant::now();
    call(session, &wanted).await?;
    session.tell(Event::StepFinished {
        migration,
        step,
        duration: started.elapsed(),
    });
    Ok(())
}

async fn call<C: Client>(
    session: &mut Session<'_, '_, C>,
    wanted: &Wanted<'_>,
) -> Result<(), Error> {
    session.run(GUARD).await?;
    let returned = session.client.step(wanted.run).await?;
    let released = session.client.query("RELEASE _tablature_step").await;
    let (reason, ended_transaction) = match (returned, released) {
        (Ok(()), Ok(_)) => return session.run(UNGUARD).await,
        (Err(reason), Ok(_)) => (Some(of_function(reason)?), false),
        (returned, Err(error)) => {
            // Unless the transaction is over, a statement has failed, whatever the function has made of that.
            let has_failed = is(&error, &SqlState::IN_FAILED_SQL_TRANSACTION);
            let is_over = is(&error, &SqlState::NO_ACTIVE_SQL_TRANSACTION)
                || is(&error, &SqlState::S_E_INVALID_SPECIFICATION);
            if !has_failed && !is_over {
                return Err(error.into());
            }
            let reason = match returned {
                Err(reason) => Some(of_function(reason)?),
                Ok(()) => has_failed.then(|| StepError::from(error)),
            };
            (reason, is_over)
        }
    };
    Err(Error::Step(Box::new(StepFailure {
        reason,
        ended_transaction,
        ..StepFailure::new(wanted.migration, wanted.step)
    })))
}

/// What a function has returned, unless it is what lies in the server or the way to it.
fn of_function(reason: StepError) -> Result<StepError, Error> {
    match reason.downcast::<tokio_postgres::Error>() {
        // A statement before has failed, and the function has gone on.
        Ok(error) if is(&error, &SqlState::IN_FAILED_SQL_TRANSACTION) => Ok(error),
        Ok(error) => match environment(*error) {
            Ok(error) => Err(error),
            Err(error) => Ok(error.into()),
        },
        Err(reason) => Ok(reason),
    }
}
