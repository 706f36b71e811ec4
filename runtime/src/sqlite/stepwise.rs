//! A `-- no-transaction` file: its statements take effect one by one, each exactly once.
//!
//! A statement and the record that it has run are written in one transaction wherever the statement allows that. Where
//! it does not (VACUUM, most PRAGMAs) the record follows, and a crash between the two runs the statement again, which
//! is harmless for these. Within a transaction that the file itself begins, records are written inside it, so that it
//! counts as a whole or not at all. Programs that start at once take turns: each asks how far the file has come before
//! every statement.
//!
//! What others have run, or an earlier run, has set up another connection. So statements that change the connection are
//! run again on this one before the file goes on, with the transactions around them, in which some do nothing.

use super::progress;
use super::session::Session;
use super::statement::{self, Control};
use crate::error::Error;
use crate::migration::Migration;
use rusqlite::Connection;
use std::ops::RangeInclusive;
use tablature_lexer::normal_form;

/// Runs the statements of a file that have not run yet. That it begins must be recorded.
pub(super) fn run(session: &Session<'_>, migration: &Migration) -> Result<(), Error> {
    let version = migration.version;
    let texts = session.waiting(|connection| progress::texts(connection, version))?;
    refuse_changes(migration, &texts)?;
    let mut file = File {
        session,
        migration,
        committed: 0,
        seen: 0,
    };
    // None when another program has finished the file.
    while let Some(finished) =
        session.waiting(|connection| progress::finished(connection, version))?
    {
        if !file.in_transaction() {
            file.committed = finished;
        }
        if finished >= migration.statements.len() {
            break;
        }
        file.catch_up(finished)?;
        let number = finished + 1;
        let sql = sql(migration, number)?;
        if statement::told(session.events, migration, number, sql, || file.step(number))? {
            file.seen = number;
        }
    }
    if !file.in_transaction() {
        return Ok(());
    }
    session.rollback();
    Err(Error::OpenTransaction {
        file: migration.file.to_string(),
    })
}

/// Refuses a file of which a statement that has already run is no longer the same.
fn refuse_changes(migration: &Migration, ran: &[String]) -> Result<(), Error> {
    for (number, text) in (1..).zip(ran) {
        if normal_form(sql(migration, number)?) != *text {
            return Err(Error::ChangedHalfway {
                file: migration.file.to_string(),
                statement: number,
            });
        }
    }
    Ok(())
}

/// The text of a statement by its number, from 1; empty if there is none.
fn sql(migration: &Migration, number: usize) -> Result<&str, Error> {
    match migration.statements.get(number.saturating_sub(1)) {
        Some(statement) => statement::text(migration, &migration.sql, statement),
        None => Ok(""),
    }
}

struct File<'a> {
    session: &'a Session<'a>,
    migration: &'a Migration,
    /// How many statements had taken effect when the file last was in no transaction of its own.
    committed: usize,
    /// How many statements this connection has run, or has been brought to the state after.
    seen: usize,
}

impl File<'_> {
    fn in_transaction(&self) -> bool {
        !self.session.connection.is_autocommit()
    }

    /// Brings the connection to the state in which those that ran the first `finished` statements have theirs.
    fn catch_up(&mut self, finished: usize) -> Result<(), Error> {
        for number in self.seen + 1..=finished {
            let sql = sql(self.migration, number)?;
            match statement::control(sql) {
                Control::None | Control::Vacuum => {}
                Control::Begin
                | Control::Commit
                | Control::Rollback
                | Control::Savepoint
                | Control::Release
                | Control::RollbackTo
                | Control::Connection => self.execute(number, sql)?,
            }
        }
        self.seen = self.seen.max(finished);
        Ok(())
    }

    /// Runs a statement and records it; false if another program has been faster.
    fn step(&self, number: usize) -> Result<bool, Error> {
        let sql = sql(self.migration, number)?;
        match statement::control(sql) {
            Control::None if !self.in_transaction() => {
                self.begin()?;
                if self.record(number..=number)? {
                    self.execute(number, sql)?;
                    return self.session.commit().map(|()| true);
                }
            }
            // What ends a transaction takes the record of itself with it.
            Control::Commit | Control::Release if self.in_transaction() => {
                if self.record(number..=number)? {
                    return self.execute(number, sql).map(|()| true);
                }
            }
            // What undoes a transaction takes records with it.
            Control::Rollback | Control::RollbackTo => {
                self.execute(number, sql)?;
                if self.in_transaction() {
                    if self.record(self.committed + 1..=number)? {
                        return Ok(true);
                    }
                } else {
                    self.begin()?;
                    if self.record(self.committed + 1..=number)? {
                        return self.session.commit().map(|()| true);
                    }
                }
            }
            Control::None
            | Control::Begin
            | Control::Commit
            | Control::Savepoint
            | Control::Release
            | Control::Connection
            | Control::Vacuum => {
                self.execute(number, sql)?;
                if self.record(number..=number)? {
                    return Ok(true);
                }
            }
        }
        // Another program has been faster; what this one began is undone.
        self.session.rollback();
        Ok(false)
    }

    fn execute(&self, number: usize, sql: &str) -> Result<(), Error> {
        let Some(place) = self.migration.statements.get(number - 1) else {
            return Ok(());
        };
        let failed = |error| statement::failed(self.migration, place, sql, error);
        self.session
            .waiting(|connection| statement::run(connection, sql).map_err(failed))
    }

    /// Records that statements have taken effect; false if another program has recorded the last of them.
    fn record(&self, numbers: RangeInclusive<usize>) -> Result<bool, Error> {
        let mut is_new = false;
        for number in numbers {
            let text = normal_form(sql(self.migration, number)?);
            let record = |connection: &Connection| {
                progress::record(connection, self.migration.version, number, &text)
            };
            is_new = self.writing(|session| session.waiting(record))?;
        }
        Ok(is_new)
    }

    fn begin(&self) -> Result<(), Error> {
        self.writing(|session| session.begin_immediate())
    }

    /// Does something of the run's own, which writes, also where the file has set `query_only`.
    fn writing<T>(&self, work: impl FnOnce(&Session<'_>) -> Result<T, Error>) -> Result<T, Error> {
        let connection = self.session.connection;
        let is_read_only: bool =
            connection.pragma_query_value(None, "query_only", |row| row.get(0))?;
        if !is_read_only {
            return work(self.session);
        }
        connection.pragma_update(None, "query_only", false)?;
        let result = work(self.session);
        connection.pragma_update(None, "query_only", true)?;
        result
    }
}
