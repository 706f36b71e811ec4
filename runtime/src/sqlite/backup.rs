//! Copying a database with the engine's backup interface.

use super::history;
use super::outcome::{environment, is_busy};
use super::session::Session;
use crate::backup::Backup;
use crate::error::{BackupFailure, DatabaseError, Error};
use crate::event::{Event, Events};
use rusqlite::backup::{self, StepResult};
use rusqlite::{Connection, OpenFlags, ffi};
use std::ffi::OsString;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// What the name of an unfinished copy ends with.
const PARTIAL: &str = ".partial";

/// Takes a copy of the main database, and deletes older ones.
pub(crate) fn backup(backup: &Backup, connection: &Connection) -> Result<PathBuf, Error> {
    if !connection.is_autocommit() {
        return Err(Error::InTransaction);
    }
    let session = Session::open(connection, backup.timeout, Events::default())?;
    take(backup, &session, connection)
}

/// Takes a copy and begins the transaction in which only this connection can write: the copy is what the database is at
/// that moment.
pub(super) fn take_and_begin(backup: &Backup, session: &Session<'_>) -> Result<PathBuf, Error> {
    let path = match session.connection.path() {
        // The engine does not copy for a connection that is about to write, so that another reads what is committed
        // while nobody can write.
        Some(file) if !file.is_empty() => {
            session.begin_immediate()?;
            let reader = Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
            take(backup, session, &reader)?
        }
        // A database in memory is that of one program.
        _ => {
            let path = take(backup, session, session.connection)?;
            session.begin_immediate()?;
            path
        }
    };
    session.events.tell(Event::BackedUp { path: &path });
    Ok(path)
}

/// Copies what a connection reads, which is the session's or another to the same database.
fn take(backup: &Backup, session: &Session<'_>, reader: &Connection) -> Result<PathBuf, Error> {
    let directory = &backup.directory;
    let stem = stem(session.connection);
    fs::create_dir_all(directory).map_err(|reason| at(directory, reason))?;
    let version = session.waiting(history::newest_version)?.unwrap_or(0);
    let (path, partial) = loop {
        let time: String = session.connection.query_row(
            "SELECT replace(strftime('%Y%m%dT%H%M%fZ', 'now'), '.', '')",
            [],
            |row| row.get(0),
        )?;
        let name = format!("{stem}-v{version}-{time}.db");
        let path = directory.join(&name);
        let partial = directory.join(name + PARTIAL);
        match File::create_new(&partial) {
            Ok(_) => break (path, partial),
            // Another program takes one in the same millisecond.
            Err(reason) if reason.kind() == io::ErrorKind::AlreadyExists => {
                std::thread::sleep(Duration::from_millis(1));
            }
            Err(reason) => return Err(at(&partial, reason)),
        }
    };
    let written = write(session, reader, &partial)
        .and_then(|()| fs::rename(&partial, &path).map_err(|reason| at(&path, reason)));
    if let Err(error) = written {
        let _ = fs::remove_file(&partial);
        return Err(error);
    }
    if let Some(keep) = backup.keep {
        prune(directory, &stem, keep).map_err(|reason| at(directory, reason))?;
    }
    Ok(path)
}

/// Copies the database into a file and has the engine check the copy.
fn write(session: &Session<'_>, reader: &Connection, path: &Path) -> Result<(), Error> {
    let failed = |error| match environment(error) {
        Ok(Error::Locked) => Error::Locked,
        Ok(other) => Error::Backup {
            path: path.to_owned(),
            reason: BackupFailure::Other(other.to_string()),
        },
        Err(error) => Error::Backup {
            path: path.to_owned(),
            reason: BackupFailure::Database(DatabaseError::Sqlite(error)),
        },
    };
    let mut copy = Connection::open(path).map_err(failed)?;
    let copied = session.waiting(|_| match copy_all(reader, &mut copy) {
        Err(error) if !is_busy(&error) => Ok(Err(error)),
        result => result.map(Ok),
    })?;
    copied.map_err(failed)?;
    // The copy of a database in WAL mode is in that mode too, and would need two more files.
    copy.pragma_update(None, "journal_mode", "DELETE")
        .map_err(failed)?;
    let verdict: String = copy
        .query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))
        .map_err(failed)?;
    if verdict == "ok" {
        Ok(())
    } else {
        Err(Error::Backup {
            path: path.to_owned(),
            reason: BackupFailure::Damaged(verdict),
        })
    }
}

/// Copies in one step, so that it is the state of one moment.
fn copy_all(connection: &Connection, copy: &mut Connection) -> rusqlite::Result<()> {
    const ALL_PAGES: i32 = -1;
    match backup::Backup::new(connection, copy)?.step(ALL_PAGES)? {
        StepResult::Done => Ok(()),
        // Another connection is in the way.
        _ => {
            let busy = ffi::Error::new(ffi::SQLITE_BUSY);
            Err(rusqlite::Error::SqliteFailure(busy, None))
        }
    }
}

/// The beginning of the names of a database's copies: that of its file's name.
fn stem(connection: &Connection) -> String {
    let path = connection.path().unwrap_or_default();
    let stem = Path::new(path).file_stem();
    stem.map_or_else(
        || "memory".to_owned(),
        |stem| stem.to_string_lossy().into_owned(),
    )
}

/// Deletes the copies of a database but for the newest ones.
fn prune(directory: &Path, stem: &str, keep: usize) -> io::Result<()> {
    let mut copies = Vec::new();
    for entry in fs::read_dir(directory)? {
        let name = entry?.file_name();
        if let Some(time) = time_of(&name, stem) {
            copies.push((time, name));
        }
    }
    copies.sort();
    copies.truncate(copies.len().saturating_sub(keep));
    for (_, name) in copies {
        fs::remove_file(directory.join(name))?;
    }
    Ok(())
}

/// The time in the name of a copy, which sorts as the times do; none if it is the name of anything else.
fn time_of(name: &OsString, stem: &str) -> Option<String> {
    let rest = name.to_str()?.strip_prefix(stem)?.strip_prefix("-v")?;
    let (version, time) = rest.strip_suffix("Z.db")?.rsplit_once('-')?;
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let (date, clock) = time.split_once('T')?;
    let version = version.strip_prefix('-').unwrap_or(version);
    (digits(version) && digits(date) && digits(clock) && date.len() == 8 && clock.len() == 9)
        .then(|| time.to_owned())
}

fn at(path: &Path, reason: io::Error) -> Error {
    Error::Backup {
        path: path.to_owned(),
        reason: BackupFailure::File(reason),
    }
}

#[cfg(test)]
mod tests {
    use super::time_of;

    #[test]
    fn only_copies_of_the_same_database_have_a_time() {
        let time = |name: &str| time_of(&name.into(), "app");
        let expected = Some("20261120T101112345".to_owned());
        assert_eq!(time("app-v18-20261120T101112345Z.db"), expected);
        assert_eq!(time("app-v-2-20261120T101112345Z.db"), expected);
        for other in [
            "app.db",
            "app-v18-20261120T101112345Z.db.partial",
            "app-v18-20261120T101112345Z.db-journal",
            "application-v18-20261120T101112345Z.db",
            "app-v-20261120T101112345Z.db",
            "app-vx-20261120T101112345Z.db",
            "app-v18-2026T1Z.db",
            "app-two-v18-20261120T101112345Z.db",
        ] {
            assert_eq!(time(other), None, "{other}");
        }
    }
}
