//! One statement of a migration: what it does to the transaction, running it, and what it failed with.
//!
//! An ordinary file runs in the run's own transaction, and [`Nested`](super::nested::Nested) says what becomes of BEGIN,
//! COMMIT and ROLLBACK there. A `-- no-transaction` file controls transactions itself, and all of them are run as written.

use super::outcome::{environment, message};
use crate::error::{DatabaseError, Error, StatementError};
use crate::event::{Event, Events};
use crate::migration::{Migration, Statement};
use rusqlite::Connection;
use std::time::Instant;
use tablature_lexer::{Keyword, TokenKind, tokenize};

/// What a statement does to the transaction that it runs in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Control {
    /// Nothing: it runs within one as well as without.
    None,
    /// BEGIN.
    Begin,
    /// COMMIT or END.
    Commit,
    /// ROLLBACK of the whole transaction.
    Rollback,
    /// SAVEPOINT.
    Savepoint,
    /// RELEASE: it commits if no other savepoint or BEGIN is around it.
    Release,
    /// ROLLBACK TO a savepoint.
    RollbackTo,
    /// PRAGMA, ATTACH or DETACH: they change the connection, and some refuse to run in a transaction or do nothing there.
    Connection,
    /// VACUUM: it refuses to run in a transaction.
    Vacuum,
}

/// Tells what a statement does to the transaction that it runs in.
pub(super) fn control(sql: &str) -> Control {
    let first = sql
        .trim_start()
        .split(|c: char| !c.is_ascii_alphabetic())
        .next()
        .unwrap_or_default();
    let keyword = match first {
        // It begins with a comment.
        "" => tokenize(sql)
            .into_iter()
            .find_map(|token| match token.kind {
                TokenKind::Space | TokenKind::Comment => None,
                TokenKind::Keyword(keyword) => Some(Some(keyword)),
                _ => Some(None),
            })
            .flatten(),
        word => Keyword::lookup(word),
    };
    match keyword {
        Some(Keyword::Begin) => Control::Begin,
        Some(Keyword::Commit | Keyword::End) => Control::Commit,
        Some(Keyword::Savepoint) => Control::Savepoint,
        Some(Keyword::Release) => Control::Release,
        Some(Keyword::Rollback) => {
            let is_to = |kind| kind == TokenKind::Keyword(Keyword::To);
            if tokenize(sql).iter().any(|token| is_to(token.kind)) {
                Control::RollbackTo
            } else {
                Control::Rollback
            }
        }
        Some(Keyword::Pragma | Keyword::Attach | Keyword::Detach) => Control::Connection,
        Some(Keyword::Vacuum) => Control::Vacuum,
        _ => Control::None,
    }
}

/// The text of a statement.
pub(super) fn text<'a>(
    migration: &Migration,
    sql: &'a str,
    statement: &Statement,
) -> Result<&'a str, Error> {
    sql.get(statement.start..statement.end)
        .ok_or_else(|| Error::BadOffsets {
            file: migration.file.to_string(),
        })
}

/// Runs a statement of a migration, and tells when it begins and when it has succeeded.
pub(super) fn told<T>(
    events: Events<'_>,
    migration: &Migration,
    number: usize,
    sql: &str,
    run: impl FnOnce() -> Result<T, Error>,
) -> Result<T, Error> {
    events.tell(Event::StatementStarted {
        migration,
        number,
        sql,
    });
    let started = Instant::now();
    let value = run()?;
    events.tell(Event::StatementFinished {
        migration,
        number,
        duration: started.elapsed(),
    });
    Ok(value)
}

/// Runs a statement to its end; rows that it returns are read and dropped.
pub(super) fn run(connection: &Connection, sql: &str) -> rusqlite::Result<()> {
    let mut statement = connection.prepare(sql)?;
    let mut rows = statement.raw_query();
    while rows.next()?.is_some() {}
    Ok(())
}

/// The error for a statement that failed.
pub(super) fn failed(
    migration: &Migration,
    statement: &Statement,
    sql: &str,
    error: rusqlite::Error,
) -> Error {
    // ATTACH and VACUUM INTO open a file that they name themselves.
    let is_of_statement = message(&error).starts_with("unable to open database: ");
    let error = if is_of_statement {
        error
    } else {
        match environment(error) {
            Ok(error) => return error,
            Err(error) => error,
        }
    };
    let (line, column) = place(statement, sql, &error);
    Error::Statement(Box::new(StatementError {
        version: migration.version,
        name: migration.name.to_string(),
        file: migration.file.to_string(),
        line,
        column,
        statement: sql.to_owned(),
        earlier_kept: !migration.transaction,
        schema_changed: false,
        holders: Vec::new(),
        reason: DatabaseError::Sqlite(error),
    }))
}

/// The line and column of the word that the engine points at, or else of the statement.
fn place(statement: &Statement, sql: &str, error: &rusqlite::Error) -> (u32, u32) {
    let before = match error {
        rusqlite::Error::SqlInputError { offset, .. } => usize::try_from(*offset)
            .ok()
            .and_then(|offset| sql.get(..offset)),
        _ => None,
    };
    let (mut line, mut column) = (statement.line, statement.column);
    for character in before.unwrap_or_default().chars() {
        if character == '\n' {
            line = line.saturating_add(1);
            column = 1;
        } else {
            column = column.saturating_add(1);
        }
    }
    (line, column)
}

#[cfg(test)]
mod tests {
    use super::{Control, control};

    #[test]
    fn transaction_control_is_recognised() {
        let cases = [
            ("BEGIN TRANSACTION", Control::Begin),
            ("begin immediate", Control::Begin),
            ("-- a rebuild\n/* */ Commit", Control::Commit),
            ("END TRANSACTION", Control::Commit),
            ("ROLLBACK", Control::Rollback),
            ("rollback transaction", Control::Rollback),
            ("ROLLBACK TRANSACTION TO SAVEPOINT a", Control::RollbackTo),
            ("SAVEPOINT a", Control::Savepoint),
            ("RELEASE a", Control::Release),
            ("PRAGMA foreign_keys=OFF", Control::Connection),
            ("VACUUM", Control::Vacuum),
            ("CREATE TABLE begin (x)", Control::None),
            ("SELECT 1", Control::None),
            ("begins", Control::None),
            ("", Control::None),
            ("-- nothing", Control::None),
            ("(", Control::None),
        ];
        for (sql, expected) in cases {
            assert_eq!(control(sql), expected, "{sql}");
        }
    }
}
