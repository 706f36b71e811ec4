//! A run, step by step.

use super::client::Client;
use super::history;
use super::inspection::{Inspection, expected, is_up_to_date};
use super::nested::refuse_rollbacks;
use super::outcome::uses_new_value;
use super::session::Session;
use super::settings::may_leave;
use super::{alone, files, step};
use crate::error::Error;
use crate::event::Event;
use crate::migration::Migration;
use crate::report::{Applied, Report};
use crate::runner::{Newer, Runner, Transactions};
use std::time::Duration;

/// Applies what is pending.
pub(super) async fn apply<C: Client>(client: &mut C, runner: &Runner<'_>) -> Result<Report, Error> {
    runner.refuse_unknown_target()?;
    let newest = runner.migrations.list.last().map(|head| head.version);
    let mut run = Run {
        runner,
        applied: Vec::new(),
        version: newest,
        schema_changed: false,
        commits_after: None,
    };
    if !is_up_to_date(client, runner).await? {
        expected(runner)?;
        let mut session = Session::new(client, runner);
        let migrated = run.migrate(&mut session).await;
        let restored = session.finish().await;
        migrated.map_err(|error| in_schema(error, run.schema_changed))?;
        restored?;
    }
    Ok(Report {
        snapshot: None,
        applied: run.applied,
        version: run.version,
        head: newest,
        backup: None,
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

/// The last migration before one that failed which adds a value to an enum, if it has failed as it uses a new value in the
/// transaction that adds it: the engine wants a commit between the two.
fn adds_before(together: &[Migration], error: &Error) -> Option<i64> {
    let Error::Statement(failed) = error else {
        return None;
    };
    if !uses_new_value(error) {
        return None;
    }
    let adds = |migration: &&Migration| {
        let sql = migration.sql.to_ascii_lowercase();
        let mut words = sql.split_whitespace().zip(sql.split_whitespace().skip(1));
        words.any(|pair| pair == ("add", "value"))
    };
    let before = together.partition_point(|migration| migration.version < failed.version);
    let mut before = together.get(..before)?.iter();
    before.rfind(adds).map(|migration| migration.version)
}

struct Run<'a, 'r> {
    runner: &'a Runner<'r>,
    applied: Vec<Applied>,
    /// The version that the database is at.
    version: Option<i64>,
    /// Whether something else has changed the schema since it was last verified.
    schema_changed: bool,
    /// The migration after which the run commits, as the next ones use a value that it adds to an enum.
    commits_after: Option<i64>,
}

impl<'a, 'r> Run<'a, 'r> {
    async fn migrate<C: Client>(&mut self, session: &mut Session<'a, 'r, C>) -> Result<(), Error> {
        // A first look without the lock: a history that does not fit is told, and a database that is up to date is
        // verified, without making anyone wait.
        session.begin_read().await?;
        let seen = Inspection::read(session, self.runner).await?;
        let pending = seen.pending()?;
        self.stands(&seen);
        refuse_rollbacks(pending)?;
        step::refuse_unfit::<C>(self.runner, pending)?;
        if pending.is_empty() {
            let fingerprint = seen.refuse_differences(session, "").await?;
            session.rollback().await?;
            if let Some(fingerprint) = fingerprint
                && seen.history.is_there
                && !seen.is_standby
            {
                // Where the database cannot be written now, the next start verifies again.
                let verified = history::set_verified(self.runner, &fingerprint);
                let _ = session.run(&verified).await;
            }
            return Ok(());
        }
        seen.refuse_to_run()?;
        self.schema_changed = seen.is_changed();
        session.rollback().await?;
        if pending.iter().any(may_leave) {
            session.remember_settings().await?;
        }
        loop {
            session.begin_write().await?;
            history::create(session.client, self.runner).await?;
            let seen = Inspection::read(session, self.runner).await?;
            let pending = seen.pending()?;
            self.stands(&seen);
            let alone = pending.iter().position(|migration| !migration.transaction);
            match (alone, pending) {
                (_, []) => return session.commit("").await,
                (Some(0), [first, ..]) => {
                    // The tables of the history.
                    session.commit("").await?;
                    session.lock_session().await?;
                    let done = self.alone(session, first).await;
                    let unlocked = session.unlock_session().await;
                    done?;
                    unlocked?;
                }
                (alone, pending @ [first, ..]) => {
                    let (shared, _) = pending.split_at(alone.unwrap_or(pending.len()));
                    let together = match self.runner.transactions {
                        Transactions::Shared => self.until_commit(shared),
                        Transactions::Each => std::slice::from_ref(first),
                    };
                    let done = self.together(session, &seen, together).await;
                    match done
                        .as_ref()
                        .err()
                        .and_then(|error| adds_before(together, error))
                    {
                        Some(version) => {
                            session.rollback().await?;
                            self.commits_after = Some(version);
                            continue;
                        }
                        None => done?,
                    }
                }
            }
            if self.is_finished() {
                return Ok(());
            }
        }
    }

    /// Those of the migrations that can share a transaction.
    fn until_commit(&self, shared: &'r [Migration]) -> &'r [Migration] {
        let end = self.commits_after.map_or(shared.len(), |version| {
            match shared.partition_point(|migration| migration.version <= version) {
                0 => shared.len(),
                end => end,
            }
        });
        shared.get(..end).unwrap_or(shared)
    }

    /// Takes note of the version that the database is at.
    fn stands(&mut self, seen: &Inspection<'_, '_>) {
        let newest = seen.history.recorded.last().map(|newest| newest.version);
        let (_, is_all) = self.runner.wanted();
        if !is_all || self.runner.newer != Newer::Refused {
            // It may have been further already.
            self.version = newest;
        }
    }

    /// Applies migrations in the transaction that is open, and commits it.
    async fn together<C: Client>(
        &mut self,
        session: &mut Session<'a, 'r, C>,
        seen: &Inspection<'_, 'r>,
        migrations: &'r [Migration],
    ) -> Result<(), Error> {
        let mut forgotten = None;
        if let Some(progress) = &seen.history.progress {
            for migration in migrations {
                if progress.version == migration.version && progress.finished() > 0 {
                    return Err(Error::TransactionHalfway {
                        file: migration.file.to_string(),
                        statements: progress.finished(),
                    });
                }
                if progress.version == migration.version {
                    // Nothing of it has run.
                    forgotten = Some(alone::end(self.runner, migration.version));
                }
            }
        }
        session.tell(Event::Planned { migrations });
        let durations = files::run(session, migrations).await?;
        let timed: Vec<_> = migrations.iter().zip(durations).collect();
        self.close(session, seen, &timed, forgotten).await
    }

    /// Applies a migration whose statements take effect one by one, under the lock of the session.
    async fn alone<C: Client>(
        &mut self,
        session: &mut Session<'a, 'r, C>,
        migration: &'r Migration,
    ) -> Result<(), Error> {
        let Some((seen, duration)) = alone::run(session, migration).await? else {
            return Ok(());
        };
        let end = alone::end(self.runner, migration.version);
        self.close(session, &seen, &[(migration, duration)], Some(end))
            .await
    }

    /// Writes the history of what has run, verifies the schema after the last migration, and commits.
    async fn close<C: Client>(
        &mut self,
        session: &mut Session<'a, 'r, C>,
        seen: &Inspection<'_, 'r>,
        timed: &[(&'r Migration, Duration)],
        forget: Option<String>,
    ) -> Result<(), Error> {
        let done = timed
            .iter()
            .map(|(migration, duration)| Applied::new(migration, *duration));
        let applied = self.applied.len();
        self.applied.extend(done);
        let closed = self.write(session, seen, timed, forget).await;
        if closed.is_err() {
            self.applied.truncate(applied);
        }
        closed
    }

    async fn write<C: Client>(
        &mut self,
        session: &mut Session<'a, 'r, C>,
        seen: &Inspection<'_, 'r>,
        timed: &[(&'r Migration, Duration)],
        forget: Option<String>,
    ) -> Result<(), Error> {
        session.check_deferred().await?;
        let mut sql = history::insert(self.runner, timed);
        sql.push_str("; ");
        if let Some(forget) = forget {
            sql.push_str(&forget);
            sql.push_str("; ");
        }
        let newest = timed.last().map(|(migration, _)| migration.version);
        let mut last = String::new();
        if self.is_finished() {
            session.tell(Event::Verifying);
            if let Some(fingerprint) = seen.refuse_differences(session, &sql).await? {
                last = history::set_verified(self.runner, &fingerprint);
            }
        } else {
            session.run(&sql).await?;
        }
        session.commit(&last).await?;
        self.version = self.version.max(newest);
        session.tell(Event::Committed);
        Ok(())
    }

    /// Whether this run has come to the last migration.
    fn is_finished(&self) -> bool {
        let (wanted, _) = self.runner.wanted();
        let newest = wanted.last().map(|migration| migration.version);
        let applied = self.applied.last().map(|applied| applied.version);
        applied == newest
    }
}
