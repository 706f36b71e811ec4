//! A `-- no-transaction` file: its statements take effect one by one, each exactly once.
//!
//! A statement and the record that it has run are written in one transaction wherever the statement allows that. Where
//! it does not (VACUUM, most PRAGMAs) the record follows, and a crash between the two runs the statement again, which
//! is harmless for these. Within a transaction that the file itself begins, records are written inside it, so that it
//! counts as a whole or not at all. Programs that start at once take turns: each asks how far the file has come before
//! every statement.

use super::progress::{self, Progress};
use super::session::Session;
use super::statement::{self, Control};
use crate::error::Error;
use crate::migration::{Migration, Statement};
use rusqlite::Connection;
use tablature_lexer::normal_form;

/// Runs the statements of a file that have not run yet. Its row in the table of progress must be there.
pub(super) fn run(session: &Session<'_>, migration: &Migration) -> Result<(), Error> {
    let mut checked = false;
    // Gone when another program has finished the file.
    while let Some(progress) =
        session.waiting(|connection| progress::read(connection, migration.version))?
    {
        if !checked {
            refuse_changes(migration, &progress)?;
            checked = true;
        }
        let Some(statement) = migration.statements.get(progress.finished) else {
            break;
        };
        let sql = statement::text(migration, migration.sql, statement)?;
        let step = Step {
            session,
            migration,
            statement,
            sql,
            finished: progress.finished,
        };
        step.run()?;
    }
    if session.connection.is_autocommit() {
        return Ok(());
    }
    session.rollback();
    Err(Error::OpenTransaction {
        file: migration.file.to_owned(),
    })
}

/// Refuses a file of which a statement that has already run is no longer the same.
fn refuse_changes(migration: &Migration, progress: &Progress) -> Result<(), Error> {
    let mut ran = progress.statements.lines();
    for number in 0..progress.finished {
        let now = match migration.statements.get(number) {
            Some(statement) => Some(normal_line(statement::text(
                migration,
                migration.sql,
                statement,
            )?)),
            None => None,
        };
        if ran.next() != now.as_deref() {
            return Err(Error::ChangedHalfway {
                file: migration.file.to_owned(),
                statement: number + 1,
            });
        }
    }
    Ok(())
}

/// The normal form of a statement on one line: strings may hold line breaks.
fn normal_line(sql: &str) -> String {
    normal_form(sql).replace(['\r', '\n'], " ")
}

/// A statement that is to run now.
struct Step<'a> {
    session: &'a Session<'a>,
    migration: &'a Migration,
    statement: &'a Statement,
    sql: &'a str,
    /// How many statements have run before.
    finished: usize,
}

impl Step<'_> {
    fn run(&self) -> Result<(), Error> {
        let in_transaction = !self.session.connection.is_autocommit();
        match statement::control(self.sql) {
            Control::None if !in_transaction => self.with_its_record(),
            // What ends a transaction takes the record of itself with it.
            Control::Commit => self.after_its_record(),
            Control::Savepoint if in_transaction && self.releases() => self.after_its_record(),
            Control::None
            | Control::Begin
            | Control::Rollback
            | Control::Savepoint
            | Control::Outside => self.before_its_record(),
        }
    }

    fn with_its_record(&self) -> Result<(), Error> {
        self.session.begin_immediate()?;
        if !self.advance()? {
            self.session.rollback();
            return Ok(());
        }
        self.execute()?;
        self.session.commit()
    }

    fn after_its_record(&self) -> Result<(), Error> {
        if self.session.connection.is_autocommit() {
            // The engine has the words for a COMMIT without a transaction.
            return self.execute();
        }
        if self.advance()? {
            return self.execute();
        }
        self.session.rollback();
        Ok(())
    }

    fn before_its_record(&self) -> Result<(), Error> {
        self.execute()?;
        if !self.advance()? {
            // Another program has run it; what this one began is undone.
            self.session.rollback();
        }
        Ok(())
    }

    fn releases(&self) -> bool {
        self.sql
            .trim_start()
            .get(..7)
            .is_some_and(|word| word.eq_ignore_ascii_case("release"))
    }

    fn execute(&self) -> Result<(), Error> {
        let mut failure = None;
        self.session
            .waiting(|connection| match statement::run(connection, self.sql) {
                Err(error) if !super::outcome::is_busy(&error) => {
                    failure = Some(error);
                    Ok(())
                }
                result => result,
            })?;
        match failure {
            None => Ok(()),
            Some(error) => {
                self.session.rollback();
                Err(statement::failed(
                    self.migration,
                    self.statement,
                    self.sql,
                    error,
                ))
            }
        }
    }

    fn advance(&self) -> Result<bool, Error> {
        let line = normal_line(self.sql);
        let record = |connection: &Connection| {
            progress::advance(connection, self.migration.version, self.finished, &line)
        };
        self.session.waiting(record)
    }
}
