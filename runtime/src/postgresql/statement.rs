//! One statement of a migration: what it does to the transaction, and what it failed with.

use super::client::Client;
use super::client::Failure;
use super::holders;
use super::outcome::{environment, is};
use crate::error::{DatabaseError, Error, StatementError};
use crate::migration::{Migration, Statement};
use tablature_lexer::postgres::{Keyword, Token, TokenKind, tokenize};
use tokio_postgres::error::{ErrorPosition, SqlState};

/// What a statement does to the transaction that it runs in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Control {
    /// Nothing.
    None,
    /// BEGIN or START TRANSACTION.
    Begin,
    /// COMMIT or END.
    Commit,
    /// ROLLBACK or ABORT of the whole transaction.
    Rollback,
    /// SAVEPOINT, RELEASE and ROLLBACK TO.
    Savepoint,
    /// SET, RESET and DISCARD, which change the session.
    Session,
}

/// Tells what a statement does to the transaction that it runs in.
pub(super) fn control(sql: &str) -> Control {
    let first = sql
        .trim_start()
        .split(|c: char| !c.is_ascii_alphabetic())
        .next()
        .unwrap_or_default();
    // Almost all are told by their first word.
    if !first.is_empty() && of_word(Keyword::lookup(first)) == Some(Control::None) {
        return Control::None;
    }
    let mut tokens = tokenize(sql);
    tokens.retain(|token| !matches!(token.kind, TokenKind::Space | TokenKind::Comment));
    let keyword = |at: usize| match tokens.get(at).map(|token: &Token| token.kind) {
        Some(TokenKind::Keyword(keyword)) => Some(keyword),
        _ => None,
    };
    let is_to = |token: &Token| token.kind == TokenKind::Keyword(Keyword::To);
    match (keyword(0), keyword(1)) {
        (Some(Keyword::Start), Some(Keyword::Transaction)) => Control::Begin,
        (Some(Keyword::Commit | Keyword::Rollback), Some(Keyword::Prepared)) => Control::None,
        (Some(Keyword::Rollback), _) if tokens.iter().any(is_to) => Control::Savepoint,
        (Some(Keyword::Set), Some(Keyword::Transaction | Keyword::Constraints)) => Control::None,
        (first, _) => of_word(first).unwrap_or(Control::None),
    }
}

/// What the first word of a statement tells; none if the next has to be looked at.
fn of_word(word: Option<Keyword>) -> Option<Control> {
    match word? {
        Keyword::Begin => Some(Control::Begin),
        Keyword::Commit | Keyword::End => Some(Control::Commit),
        Keyword::Abort | Keyword::Rollback => Some(Control::Rollback),
        Keyword::Savepoint | Keyword::Release => Some(Control::Savepoint),
        Keyword::Set | Keyword::Reset | Keyword::Discard => Some(Control::Session),
        Keyword::Start => None,
        _ => Some(Control::None),
    }
}

/// The text of a statement.
pub(super) fn text<'a>(
    migration: &Migration,
    sql: &'a str,
    statement: &Statement,
) -> Result<&'a str, Error> {
    sql.get(statement.start..statement.end)
        .ok_or_else(|| bad_offsets(migration))
}

pub(super) fn bad_offsets(migration: &Migration) -> Error {
    Error::BadOffsets {
        file: migration.file.to_string(),
    }
}

/// The error for a statement that failed; `first` is the number of the one that the run of statements began with, from 0.
///
/// What has waited for a lock in vain is told who holds it, for which the transaction is rolled back.
pub(super) async fn failed<C: Client>(
    client: &mut C,
    migration: &Migration,
    first: usize,
    failure: Failure,
) -> Error {
    let Failure {
        error,
        completed,
        offset,
    } = failure;
    let error = match environment(error) {
        Ok(error) => return error,
        Err(error) => error,
    };
    let at = match error.as_db_error().and_then(|error| error.position()) {
        Some(ErrorPosition::Original(position)) => offset_of(&migration.sql, offset, *position),
        _ => None,
    };
    let statements = &migration.statements;
    let of_position = at.and_then(|at| statements.iter().rfind(|it| it.start <= at));
    let Some(statement) = of_position.or_else(|| statements.get(first + completed)) else {
        return Error::Database(DatabaseError::Postgres(error));
    };
    let sql = migration.sql.get(statement.start..statement.end);
    let sql = sql.unwrap_or_default();
    let (line, column) = place(statement, &migration.sql, at);
    let mut holders = Vec::new();
    if is(&error, &SqlState::LOCK_NOT_AVAILABLE) && client.query("ROLLBACK").await.is_ok() {
        // What cannot be found out is not told.
        holders = holders::of_tables(client, sql).await.unwrap_or_default();
    }
    Error::Statement(Box::new(StatementError {
        version: migration.version,
        name: migration.name.to_string(),
        file: migration.file.to_string(),
        line,
        column,
        statement: sql.to_owned(),
        earlier_kept: !migration.transaction,
        schema_changed: false,
        holders,
        reason: DatabaseError::Postgres(error),
    }))
}

/// The byte of a text at a position that counts characters from 1, from an offset on.
fn offset_of(text: &str, offset: usize, position: u32) -> Option<usize> {
    let characters = usize::try_from(position).ok()?.checked_sub(1)?;
    let rest = text.get(offset..)?;
    let (at, _) = rest.char_indices().nth(characters)?;
    Some(offset + at)
}

/// The line and column of the word that the engine points at, or else of the statement.
fn place(statement: &Statement, text: &str, at: Option<usize>) -> (u32, u32) {
    let before = at.and_then(|at| text.get(statement.start..at));
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
            ("BEGIN", Control::Begin),
            (
                "start transaction isolation level serializable",
                Control::Begin,
            ),
            ("-- why\n/* /* nested */ */ Commit", Control::Commit),
            ("END", Control::Commit),
            ("ABORT", Control::Rollback),
            ("ROLLBACK WORK", Control::Rollback),
            ("ROLLBACK TO SAVEPOINT a", Control::Savepoint),
            ("ROLLBACK PREPARED 'a'", Control::None),
            ("SAVEPOINT a", Control::Savepoint),
            ("RELEASE a", Control::Savepoint),
            ("SET search_path = app", Control::Session),
            ("SET CONSTRAINTS ALL IMMEDIATE", Control::None),
            ("RESET ALL", Control::Session),
            ("VACUUM", Control::None),
            ("", Control::None),
            ("-- nothing", Control::None),
            ("(SELECT 1)", Control::None),
        ];
        for (sql, expected) in cases {
            assert_eq!(control(sql), expected, "{sql}");
        }
    }
}
