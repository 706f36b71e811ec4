//! What the errors of the server and of the client mean for a run.

use crate::error::{DatabaseError, Error};
use tokio_postgres::error::{DbError, Severity, SqlState};

/// What the engine says, on one line, or else what the client says.
pub(crate) fn message(error: &tokio_postgres::Error) -> String {
    let Some(error) = error.as_db_error() else {
        let cause = std::error::Error::source(error).map(ToString::to_string);
        return match cause {
            Some(cause) => format!("{error}: {cause}"),
            None => error.to_string(),
        };
    };
    let parts = [Some(error.message()), error.detail(), error.hint()];
    let parts = parts.into_iter().flatten();
    parts
        .map(|part| part.split_whitespace().collect::<Vec<_>>().join(" "))
        .collect::<Vec<_>>()
        .join("; ")
}

/// Whether the server has given an error a code.
pub(super) fn is(error: &tokio_postgres::Error, code: &SqlState) -> bool {
    error.code() == Some(code)
}

/// Whether the connection was lost: by the network, or as the server has ended the session.
pub(super) fn is_lost(error: &tokio_postgres::Error) -> bool {
    match error.as_db_error() {
        // Whatever the client reports itself is about the connection.
        None => true,
        Some(error) => matches!(
            error.parsed_severity(),
            Some(Severity::Fatal | Severity::Panic)
        ),
    }
}

/// The error of a run that stopped for a reason that lies in the server or the way to it, whatever was being done.
pub(super) fn environment(error: tokio_postgres::Error) -> Result<Error, tokio_postgres::Error> {
    let reason = DatabaseError::Postgres;
    if is_lost(&error) {
        return Ok(Error::Disconnected {
            reason: reason(error),
        });
    }
    let Some(code) = error.as_db_error().map(DbError::code) else {
        return Err(error);
    };
    Ok(match code {
        code if *code == SqlState::READ_ONLY_SQL_TRANSACTION => Error::Standby,
        code if *code == SqlState::IN_FAILED_SQL_TRANSACTION => Error::InTransaction,
        code if *code == SqlState::DISK_FULL => Error::DiskFull {
            reason: reason(error),
        },
        code if *code == SqlState::IO_ERROR => Error::Disk {
            reason: reason(error),
        },
        code if *code == SqlState::DATA_CORRUPTED || *code == SqlState::INDEX_CORRUPTED => {
            Error::Corrupt {
                reason: reason(error),
            }
        }
        _ => return Err(error),
    })
}

impl From<tokio_postgres::Error> for Error {
    fn from(error: tokio_postgres::Error) -> Self {
        match environment(error) {
            Ok(error) => error,
            Err(error) if is(&error, &SqlState::QUERY_CANCELED) => Error::Interrupted,
            Err(error) => Error::Database(DatabaseError::Postgres(error)),
        }
    }
}
