//! A `-- no-transaction` file: its statements take effect one by one, each exactly once.
//!
//! A statement and the record that it has run are written in one transaction wherever the engine lets the statement run in
//! one. Where it does not (`CREATE INDEX CONCURRENTLY`, `VACUUM`), it is recorded that the statement begins, and afterwards
//! that it has run. If a crash comes between the two, the statement is run again: that it has already taken effect shows in
//! the engine's answer that what it makes is there, or what it drops is not.
//!
//! A concurrent build that fails leaves an index that is not valid, which is in the way of the next try. So which indexes are
//! not valid is recorded before anything runs, and those that have been added are dropped after a failure, and before the
//! file goes on.
//!
//! Programs that start at once take turns: the whole file runs under a lock of the session. A proxy that hands out
//! connections by the transaction cannot keep it; such files need a connection to the server itself.

use super::client::{Client, Failure, Script};
use super::history::{self, Progress, qualified};
use super::inspection::Inspection;
use super::outcome::is;
use super::quote::{literal, name};
use super::rows::{self, text};
use super::session::Session;
use super::settings;
use super::statement::{self, Control, control};
use super::{files, outcome};
use crate::error::Error;
use crate::event::Event;
use crate::migration::Migration;
use crate::runner::Runner;
use std::time::{Duration, Instant};
use tablature_lexer::postgres::normal_form;
use tokio_postgres::error::SqlState;

/// The statement that forgets how far a file has come.
pub(super) fn end(runner: &Runner<'_>, version: i64) -> String {
    format!(
        "DELETE FROM {} WHERE version = {version}",
        qualified(runner, history::PROGRESS)
    )
}

/// Applies a migration whose statements take effect one by one, and tells how long that took and what was seen before; none
/// if another program has finished it. Afterwards a transaction is open in which to record it. The session has the lock.
pub(super) async fn run<'a, 'r, C: Client>(
    session: &mut Session<'a, 'r, C>,
    migration: &'r Migration,
) -> Result<Option<(Inspection<'a, 'r>, Duration)>, Error> {
    let runner = session.runner;
    session.begin_read().await?;
    let seen = Inspection::read(session, runner).await?;
    session.rollback().await?;
    if seen.pending()?.first().map(|first| first.version) != Some(migration.version) {
        return Ok(None);
    }
    let started = Instant::now();
    let migrations = std::slice::from_ref(migration);
    session.tell(Event::Planned { migrations });
    session.tell(Event::MigrationStarted { migration });
    session.run(&settings::pinned(runner, "SESSION")).await?;
    let progress = match &seen.history.progress {
        Some(progress) => progress.clone(),
        None => begin(session, migration).await?,
    };
    let mut file = File {
        session,
        migration,
        in_transaction: false,
        committed: progress.finished(),
        invalid: progress.invalid.clone(),
    };
    file.run(&progress).await?;
    if file.in_transaction {
        return Err(Error::OpenTransaction {
            file: migration.file.to_string(),
        });
    }
    let duration = files::finished(session, migration, started);
    session.begin_write().await?;
    Ok(Some((seen, duration)))
}

/// Records that a file begins.
async fn begin<C: Client>(
    session: &mut Session<'_, '_, C>,
    migration: &Migration,
) -> Result<Progress, Error> {
    let invalid = invalid(session).await?;
    let sql = format!(
        "INSERT INTO {} (version, statement, invalid) VALUES ({}, 0, {})",
        qualified(session.runner, history::PROGRESS),
        migration.version,
        literal(&invalid.join(" "))
    );
    session.run(&sql).await?;
    Ok(Progress {
        version: migration.version,
        texts: Vec::new(),
        is_running: false,
        invalid,
    })
}

/// The numbers of the indexes that are not valid and that nobody builds at present.
async fn invalid<C: Client>(session: &mut Session<'_, '_, C>) -> Result<Vec<String>, Error> {
    let rows = rows::last(
        session.client,
        "SELECT i.indexrelid FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
         WHERE NOT i.indisvalid AND c.relkind = 'i'
           AND NOT EXISTS (SELECT FROM pg_catalog.pg_stat_progress_create_index p WHERE p.index_relid = i.indexrelid)",
    );
    let rows = rows.await?;
    Ok(rows.iter().map(|row| text(row, 0).to_owned()).collect())
}

struct File<'f, 'a, 'r, C: Client> {
    session: &'f mut Session<'a, 'r, C>,
    migration: &'r Migration,
    /// Whether the file has begun a transaction of its own.
    in_transaction: bool,
    /// How many statements had taken effect when the file last was in no transaction of its own.
    committed: usize,
    /// The indexes that were not valid before the file began.
    invalid: Vec<String>,
}

impl<C: Client> File<'_, '_, '_, C> {
    /// Runs the statements that have not run yet.
    async fn run(&mut self, progress: &Progress) -> Result<(), Error> {
        let migration = self.migration;
        self.refuse_changes(progress)?;
        if progress.is_running {
            self.drop_invalid().await?;
        }
        for (at, place) in migration.statements.iter().enumerate() {
            let number = at + 1;
            let sql = statement::text(migration, &migration.sql, place)?;
            if number <= progress.finished() {
                // The session that ran the others has set this up.
                if control(sql) == Control::Session {
                    self.execute(number).await?;
                }
                continue;
            }
            let session = &self.session;
            session.tell(Event::StatementStarted {
                migration,
                number,
                sql,
            });
            let started = Instant::now();
            let is_again = progress.is_running && number == progress.finished() + 1;
            self.step(number, sql, is_again).await?;
            self.session.tell(Event::StatementFinished {
                migration,
                number,
                duration: started.elapsed(),
            });
        }
        Ok(())
    }

    /// Refuses a file of which a statement that has already run is no longer the same.
    fn refuse_changes(&self, progress: &Progress) -> Result<(), Error> {
        let migration = self.migration;
        for (at, text) in progress.texts.iter().enumerate() {
            let place = migration.statements.get(at);
            let sql = match place {
                Some(place) => statement::text(migration, &migration.sql, place)?,
                None => "",
            };
            if normal_form(sql) != *text {
                return Err(Error::ChangedHalfway {
                    file: migration.file.to_string(),
                    statement: at + 1,
                });
            }
        }
        Ok(())
    }

    /// Runs a statement and records it.
    async fn step(&mut self, number: usize, sql: &str, is_again: bool) -> Result<(), Error> {
        match (control(sql), self.in_transaction) {
            (Control::Begin, false) => {
                self.execute(number).await?;
                self.in_transaction = true;
                self.session.set_in_transaction(true);
                self.record(number..=number).await
            }
            // What ends a transaction takes the record of itself with it.
            (Control::Commit, true) => {
                self.record(number..=number).await?;
                self.execute(number).await?;
                self.over(number);
                Ok(())
            }
            // What undoes a transaction takes records with it.
            (Control::Rollback, true) => {
                self.execute(number).await?;
                let committed = self.committed;
                self.over(number);
                self.record(committed + 1..=number).await
            }
            (Control::Savepoint, true) => {
                self.execute(number).await?;
                self.record(self.committed + 1..=number).await
            }
            (_, true) => {
                self.execute(number).await?;
                self.record(number..=number).await
            }
            (Control::Session | Control::Commit | Control::Rollback, false) => {
                self.execute(number).await?;
                self.committed = number;
                self.record(number..=number).await
            }
            (Control::None | Control::Savepoint, false) => {
                if is_again || !self.within(number, sql).await? {
                    self.by_itself(number, sql, is_again).await?;
                }
                self.committed = number;
                Ok(())
            }
        }
    }

    /// The file's own transaction is over.
    fn over(&mut self, number: usize) {
        self.in_transaction = false;
        self.committed = number;
        self.session.set_in_transaction(false);
    }

    /// Runs a statement and records it in one transaction; false if the engine does not run it in one.
    async fn within(&mut self, number: usize, sql: &str) -> Result<bool, Error> {
        self.session.run("BEGIN").await?;
        self.session.set_in_transaction(true);
        if let Err(failure) = self.send(number).await? {
            // A procedure that commits is told so in the middle of it, and nothing of it remains either.
            let is_refused = is(&failure.error, &SqlState::ACTIVE_SQL_TRANSACTION)
                || is(&failure.error, &SqlState::INVALID_TRANSACTION_TERMINATION);
            if is_refused {
                self.session.rollback().await?;
                return Ok(false);
            }
            return Err(self.failed(number, failure).await);
        }
        let record = self.recording(number, Some(sql));
        self.session.commit(&record).await?;
        Ok(true)
    }

    /// Runs a statement in no transaction, and records before that it begins and afterwards that it has run.
    async fn by_itself(&mut self, number: usize, sql: &str, is_again: bool) -> Result<(), Error> {
        if !is_again {
            let record = self.recording(number, None);
            self.session.run(&record).await?;
        }
        if let Err(failure) = self.send(number).await? {
            let error = &failure.error;
            let has_taken_effect = is_again && TAKEN_EFFECT.iter().any(|code| is(error, code));
            if !has_taken_effect {
                if !outcome::is_lost(error) {
                    self.drop_invalid().await?;
                    let forget = format!(
                        "DELETE FROM {} WHERE version = {} AND statement = {number}",
                        qualified(self.session.runner, history::PROGRESS),
                        self.migration.version
                    );
                    self.session.run(&forget).await?;
                }
                return Err(self.failed(number, failure).await);
            }
        }
        let record = format!(
            "UPDATE {} SET text = {} WHERE version = {} AND statement = {number}",
            qualified(self.session.runner, history::PROGRESS),
            literal(&normal_form(sql)),
            self.migration.version
        );
        self.session.run(&record).await
    }

    /// Drops the indexes that a concurrent build has left unfinished.
    async fn drop_invalid(&mut self) -> Result<(), Error> {
        for id in invalid(self.session).await? {
            if self.invalid.contains(&id) {
                continue;
            }
            let find = format!(
                "SELECT n.nspname, c.relname FROM pg_catalog.pg_class c
                 JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE c.oid = {id}"
            );
            let rows = rows::last(self.session.client, &find).await?;
            if let Some(row) = rows.first() {
                let (schema, index) = (name(text(row, 0)), name(text(row, 1)));
                let drop = format!("DROP INDEX CONCURRENTLY IF EXISTS {schema}.{index}");
                self.session.run(&drop).await?;
            }
        }
        Ok(())
    }

    async fn execute(&mut self, number: usize) -> Result<(), Error> {
        match self.send(number).await? {
            Ok(()) => Ok(()),
            Err(failure) => Err(self.failed(number, failure).await),
        }
    }

    /// Sends a statement by its number, from 1.
    async fn send(&mut self, number: usize) -> Result<Result<(), Failure>, Error> {
        let migration = self.migration;
        let Some(place) = migration.statements.get(number - 1) else {
            return Err(statement::bad_offsets(migration));
        };
        let script = Script {
            text: &migration.sql,
            statements: &[(place.start, place.end)],
        };
        Ok(self.session.client.run(script).await)
    }

    async fn failed(&mut self, number: usize, failure: Failure) -> Error {
        statement::failed(self.session.client, self.migration, number - 1, failure).await
    }

    /// Records that statements have taken effect.
    async fn record(&mut self, numbers: std::ops::RangeInclusive<usize>) -> Result<(), Error> {
        let mut sql = String::new();
        for number in numbers {
            let place = self.migration.statements.get(number - 1);
            let text = match place {
                Some(place) => statement::text(self.migration, &self.migration.sql, place)?,
                None => "",
            };
            sql.push_str(&self.recording(number, Some(text)));
            sql.push_str("; ");
        }
        self.session.run(&sql).await
    }

    /// The statement that records that a statement has taken effect, or only that it begins.
    fn recording(&self, number: usize, sql: Option<&str>) -> String {
        format!(
            "INSERT INTO {} (version, statement, text) VALUES ({}, {number}, {})",
            qualified(self.session.runner, history::PROGRESS),
            self.migration.version,
            super::quote::nullable(sql.map(normal_form).as_deref())
        )
    }
}

/// What the engine says where a statement that was begun before a crash had already taken effect.
const TAKEN_EFFECT: [SqlState; 5] = [
    SqlState::DUPLICATE_TABLE,
    SqlState::DUPLICATE_OBJECT,
    SqlState::DUPLICATE_DATABASE,
    SqlState::UNDEFINED_OBJECT,
    SqlState::UNDEFINED_TABLE,
];
