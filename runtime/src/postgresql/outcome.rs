//! What the errors of the server and of the client mean for a run.

use crate::error::{DatabaseError, Error, Fault};
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

/// Where the fault lies for which a statement has failed.
pub(crate) fn fault(error: &tokio_postgres::Error, statement: &str) -> Fault {
    const BUSY: [SqlState; 4] = [
        SqlState::LOCK_NOT_AVAILABLE,
        SqlState::QUERY_CANCELED,
        SqlState::T_R_DEADLOCK_DETECTED,
        SqlState::T_R_SERIALIZATION_FAILURE,
    ];
    let Some(code) = error.code() else {
        return Fault::File;
    };
    let mut words = statement.split_whitespace();
    let is_extension = ["create", "extension"]
        .into_iter()
        .all(|word| words.next().is_some_and(|it| it.eq_ignore_ascii_case(word)));
    // That an extension is not installed is, by the version, a missing file or something that is not supported.
    let is_not_installed = is_extension && *code == SqlState::FEATURE_NOT_SUPPORTED;
    match code.code().get(..2) {
        // Resources, and errors of the system.
        Some("53" | "58") => Fault::Server,
        _ if is_not_installed => Fault::Server,
        _ if BUSY.contains(code) => Fault::Busy,
        _ if *code == SqlState::INSUFFICIENT_PRIVILEGE => Fault::Role,
        _ if *code == SqlState::UNDEFINED_OBJECT => Fault::Absent,
        _ => Fault::File,
    }
}

/// Whether a migration has failed as it uses a value of an enum in the transaction that adds it.
pub(super) fn uses_new_value(error: &Error) -> bool {
    let Error::Statement(failed) = error else {
        return false;
    };
    match &failed.reason {
        DatabaseError::Postgres(reason) => is(reason, &SqlState::UNSAFE_NEW_ENUM_VALUE_USAGE),
        #[cfg(feature = "sqlite")]
        DatabaseError::Sqlite(_) => false,
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
