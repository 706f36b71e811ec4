//! Files that share a transaction: running them.

use super::client::{Client, Script};
use super::nested::{Nested, is_controlling};
use super::session::Session;
use super::settings::{may_defer, may_leave};
use super::{statement, step};
use crate::error::Error;
use crate::event::Event;
use crate::migration::Migration;
use crate::report::Applied;
use std::time::{Duration, Instant};

/// Runs the statements of files in the transaction that is open, and their steps, and tells how long those of each took.
pub(super) async fn run<C: Client>(
    session: &mut Session<'_, '_, C>,
    files: &[Migration],
) -> Result<Vec<Duration>, Error> {
    let mut durations = Vec::with_capacity(files.len());
    let may_defer = may_defer(&session.runner.migrations.list);
    for migration in files {
        let started = Instant::now();
        session.tell(Event::MigrationStarted { migration });
        execute(session, migration).await?;
        step::run(session, migration).await?;
        if may_defer {
            // As at the end of a transaction of its own: rows that wait for their check would keep the next file from
            // altering their table.
            session.check_deferred_of_file().await?;
        }
        if may_leave(migration) {
            session.clean().await?;
        }
        durations.push(finished(session, migration, started));
    }
    Ok(durations)
}

/// Runs the statements of a migration in the transaction that is open.
///
/// They are sent together as far as the client tells which of them fails; one by one where somebody listens, or where the
/// file controls transactions itself.
pub(super) async fn execute<C: Client>(
    session: &mut Session<'_, '_, C>,
    migration: &Migration,
) -> Result<(), Error> {
    let places: Vec<(usize, usize)> = migration
        .statements
        .iter()
        .map(|statement| (statement.start, statement.end))
        .collect();
    let text = &*migration.sql;
    let is_inside = |(start, end): &(usize, usize)| text.get(*start..*end).is_some();
    if !places.iter().all(is_inside) {
        return Err(statement::bad_offsets(migration));
    }
    let is_heard = session.runner.events.are_heard();
    if !is_heard && !is_controlling(migration)? {
        let statements = &places;
        return script(session, migration, Script { text, statements }, 0).await;
    }
    let mut nested = Nested::new(text);
    for (at, place) in places.iter().enumerate() {
        let number = at + 1;
        let sql = text.get(place.0..place.1).unwrap_or_default();
        session.tell(Event::StatementStarted {
            migration,
            number,
            sql,
        });
        let started = Instant::now();
        match nested.instead(sql) {
            Some(instead) if instead.is_empty() => {}
            Some(instead) => session.run(&instead).await?,
            None => {
                let statements = std::slice::from_ref(place);
                script(session, migration, Script { text, statements }, at).await?;
            }
        }
        session.tell(Event::StatementFinished {
            migration,
            number,
            duration: started.elapsed(),
        });
    }
    match nested.close() {
        Some(close) => session.run(&close).await,
        None => Ok(()),
    }
}

async fn script<C: Client>(
    session: &mut Session<'_, '_, C>,
    migration: &Migration,
    script: Script<'_>,
    first: usize,
) -> Result<(), Error> {
    match session.client.run(script).await {
        Ok(()) => Ok(()),
        Err(failure) => Err(statement::failed(session.client, migration, first, failure).await),
    }
}

/// Tells that the statements of a migration have run, and how long that took.
pub(super) fn finished<C: Client>(
    session: &Session<'_, '_, C>,
    migration: &Migration,
    started: Instant,
) -> Duration {
    let duration = started.elapsed();
    let applied = Applied::new(migration, duration);
    session.tell(Event::MigrationFinished(&applied));
    duration
}
