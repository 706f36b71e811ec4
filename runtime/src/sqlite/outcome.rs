//! What the engine's result codes mean for a run.

use crate::error::{DatabaseError, Error};
use rusqlite::{ErrorCode, ffi};

/// The result codes of an error that the engine reported.
pub(super) fn code(error: &rusqlite::Error) -> Option<ffi::Error> {
    match error {
        rusqlite::Error::SqliteFailure(error, _) | rusqlite::Error::SqlInputError { error, .. } => {
            Some(*error)
        }
        _ => None,
    }
}

/// Whether another connection stands in the way, so that trying again later may help.
pub(super) fn is_busy(error: &rusqlite::Error) -> bool {
    code(error).is_some_and(|error| match error.code {
        ErrorCode::DatabaseBusy | ErrorCode::FileLockingProtocolFailed => true,
        // Without a shared cache it is this connection's own statement that stands in the way.
        ErrorCode::DatabaseLocked => error.extended_code == ffi::SQLITE_LOCKED_SHAREDCACHE,
        _ => false,
    })
}

/// What the engine says, without the text of the statement, which errors of ours show in their own way.
pub(crate) fn message(error: &rusqlite::Error) -> String {
    match error {
        rusqlite::Error::SqliteFailure(_, Some(message))
        | rusqlite::Error::SqlInputError { msg: message, .. } => message.clone(),
        other => other.to_string(),
    }
}

/// The error of a run that stopped for a reason that lies in the database file or the disk, whatever was being done.
pub(super) fn environment(error: rusqlite::Error) -> Result<Error, rusqlite::Error> {
    if is_busy(&error) {
        return Ok(Error::Locked {
            holders: Vec::new(),
        });
    }
    let Some(found) = code(&error) else {
        return Err(error);
    };
    let reason = DatabaseError::Sqlite;
    Ok(match found.code {
        ErrorCode::ReadOnly => match found.extended_code {
            ffi::SQLITE_READONLY_ROLLBACK | ffi::SQLITE_READONLY_RECOVERY => Error::Unrecovered {
                reason: reason(error),
            },
            ffi::SQLITE_READONLY_DBMOVED => Error::Moved,
            ffi::SQLITE_READONLY_DIRECTORY => Error::CannotOpen {
                reason: reason(error),
            },
            _ => Error::ReadOnly,
        },
        ErrorCode::CannotOpen => Error::CannotOpen {
            reason: reason(error),
        },
        ErrorCode::NotADatabase => Error::NotADatabase {
            source: reason(error),
        },
        ErrorCode::DatabaseCorrupt => Error::Corrupt {
            reason: reason(error),
        },
        ErrorCode::DiskFull => Error::DiskFull {
            reason: reason(error),
        },
        // The engine asks for the file by its name when it makes a journal beside it.
        ErrorCode::SystemIoFailure if found.extended_code == ffi::SQLITE_IOERR_FSTAT => {
            Error::Moved
        }
        ErrorCode::SystemIoFailure => Error::Disk {
            reason: reason(error),
        },
        ErrorCode::OperationInterrupted => Error::Interrupted,
        ErrorCode::OutOfMemory => Error::Database(reason(error)),
        _ => return Err(error),
    })
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        match environment(error) {
            Ok(error) => error,
            Err(error) => Error::Database(DatabaseError::Sqlite(error)),
        }
    }
}
