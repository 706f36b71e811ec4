//! Copying a database with the engine's backup interface.

use super::copies;
use super::history;
use super::outcome::environment;
use super::session::Session;
use crate::backup::Backup;
use crate::error::{BackupFailure, DatabaseError, Error};
use crate::event::{Event, Events};
use rusqlite::backup::{self, StepResult};
use rusqlite::{Connection, OpenFlags, ffi};
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Takes a copy of the main database, and deletes older ones.
pub(crate) fn backup(backup: &Backup, connection: &Connection) -> Result<PathBuf, Error> {
    if !connection.is_autocommit() {
        return Err(Error::InTransaction);
    }
    let session = Session::open(connection, backup.timeout, Events::default())?;
    Unfinished::copy(backup, &session, connection)?.finish()
}

/// Begins the transaction in which only this connection can write, and takes a copy of what the database is at that
/// moment; none if there is nothing to do any more, as then another program has taken one and it is not to be pruned.
pub(super) fn take_and_begin(
    backup: &Backup,
    session: &Session<'_>,
    is_needed: impl FnOnce() -> Result<bool, Error>,
) -> Result<Option<PathBuf>, Error> {
    let path = match session.connection.path() {
        // The engine does not copy for a connection that is about to write, so that another reads what is committed
        // while nobody can write.
        Some(file) if !file.is_empty() && !is_exclusive(session.connection)? => {
            session.begin_immediate()?;
            if !is_needed()? {
                return Ok(None);
            }
            let reader = Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
            take(backup, session, &reader)?
        }
        // A database in memory is that of one program, and so is one that the connection keeps locked since it has read.
        _ => {
            let path = take(backup, session, session.connection)?;
            session.begin_immediate()?;
            path
        }
    };
    session.events.tell(Event::BackedUp { path: &path });
    Ok(Some(path))
}

/// Whether a connection keeps the database locked for itself between transactions.
fn is_exclusive(connection: &Connection) -> rusqlite::Result<bool> {
    let mode: String =
        connection.pragma_query_value(Some("main"), "locking_mode", |row| row.get(0))?;
    Ok(mode.eq_ignore_ascii_case("exclusive"))
}

/// Takes a copy for a run, unless the newest one is the same: a run that fails at each start is not to displace the copy
/// from before it began.
fn take(backup: &Backup, session: &Session<'_>, reader: &Connection) -> Result<PathBuf, Error> {
    let copy = Unfinished::copy(backup, session, reader)?;
    match copies::newest_if_same(&backup.directory, &copy.stem, &copy.partial) {
        Ok(Some(newest)) => Ok(newest),
        Ok(None) => copy.finish(),
        Err(reason) => Err(at(&backup.directory, reason)),
    }
}

/// A copy that has not its name yet; when it is dropped, nothing is left of it.
struct Unfinished<'a> {
    backup: &'a Backup,
    stem: String,
    path: PathBuf,
    partial: PathBuf,
}

impl<'a> Unfinished<'a> {
    /// Copies what a connection reads, which is the session's or another to the same database.
    fn copy(backup: &'a Backup, session: &Session<'_>, reader: &Connection) -> Result<Self, Error> {
        let directory = &backup.directory;
        let stem = copies::stem(session.connection);
        fs::create_dir_all(directory).map_err(|reason| at(directory, reason))?;
        let version = session.waiting(history::newest_version)?.unwrap_or(0);
        copies::delete_abandoned(directory, &stem).map_err(|reason| at(directory, reason))?;
        let (path, partial) = loop {
            let time: String = session.connection.query_row(
                "SELECT replace(strftime('%Y%m%dT%H%M%fZ', 'now'), '.', '')",
                [],
                |row| row.get(0),
            )?;
            let (path, partial) = copies::paths(directory, &stem, version, &time);
            match File::create_new(&partial) {
                Ok(_) if !path.exists() => break (path, partial),
                // Another program takes one in the same millisecond, or the clock was set back.
                Ok(_) => fs::remove_file(&partial).map_err(|reason| at(&partial, reason))?,
                Err(reason) if reason.kind() == io::ErrorKind::AlreadyExists => {}
                Err(reason) => return Err(at(&partial, reason)),
            }
            std::thread::sleep(Duration::from_millis(1));
        };
        let copy = Unfinished {
            backup,
            stem,
            path,
            partial,
        };
        write(session, reader, &copy.partial)?;
        Ok(copy)
    }

    /// Gives it its name, and deletes older ones.
    fn finish(self) -> Result<PathBuf, Error> {
        let directory = &self.backup.directory;
        fs::rename(&self.partial, &self.path).map_err(|reason| at(&self.path, reason))?;
        // What the copy is for may begin now, and may be lost together with its name.
        copies::make_names_durable(directory);
        if let Some(keep) = self.backup.keep {
            copies::prune(directory, &self.stem, keep, &self.path)
                .map_err(|reason| at(directory, reason))?;
        }
        Ok(self.path.clone())
    }
}

impl Drop for Unfinished<'_> {
    fn drop(&mut self) {
        let _ = copies::delete_partial(&self.partial);
    }
}

/// Copies the database into a file and has the engine check the copy.
fn write(session: &Session<'_>, reader: &Connection, path: &Path) -> Result<(), Error> {
    let failed = |error| match environment(error) {
        Ok(locked @ Error::Locked { .. }) => locked,
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
    // What is not finished is deleted, so that nothing has to be undone after a crash.
    let keep_one_file = |copy: &Connection| copy.pragma_update(None, "journal_mode", "MEMORY");
    keep_one_file(&copy).map_err(failed)?;
    copies::lock(&copy).map_err(failed)?;
    session.waiting(|_| copy_all(reader, &mut copy).map_err(failed))?;
    // The copy of a database in WAL mode is in that mode too, and would need two more files.
    keep_one_file(&copy).map_err(failed)?;
    let Some(found) = damage(&copy).map_err(failed)? else {
        return Ok(());
    };
    Err(Error::Backup {
        path: path.to_owned(),
        reason: match damage(reader)? {
            Some(_) => BackupFailure::Damaged(found),
            None => BackupFailure::Unreadable(found),
        },
    })
}

/// The first thing that the engine finds damaged; none if it finds nothing.
fn damage(connection: &Connection) -> rusqlite::Result<Option<String>> {
    let verdict: String =
        connection.query_row("PRAGMA main.integrity_check(1)", [], |row| row.get(0))?;
    Ok((verdict != "ok").then_some(verdict))
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

fn at(path: &Path, reason: io::Error) -> Error {
    Error::Backup {
        path: path.to_owned(),
        reason: BackupFailure::File(reason),
    }
}
