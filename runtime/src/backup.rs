//! A copy of the database, taken before migrations change it.

use std::path::{Path, PathBuf};
use std::time::Duration;

/// Where copies of a database go, and how many are kept; for [`Runner::backup`](crate::Runner::backup).
///
/// The copy of `app.db` at version 18 is called `app-v18-20261120T101112345Z.db`: with the version that it is at and the
/// time in UTC when it was taken. A database without a history is at version 0.
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use = "it says how to take a backup, and takes none by itself"]
pub struct Backup {
    pub(crate) directory: PathBuf,
    pub(crate) keep: Option<usize>,
    pub(crate) timeout: Duration,
}

impl Backup {
    /// Copies go into a directory, which is made if it is missing.
    pub fn to(directory: impl Into<PathBuf>) -> Backup {
        Backup {
            directory: directory.into(),
            keep: None,
            timeout: Duration::from_secs(30),
        }
    }

    /// Deletes all copies of the same database in the directory but for the newest, as soon as a new one is finished; at
    /// least that one is kept. Without this none is deleted.
    pub fn keep(mut self, newest: usize) -> Backup {
        self.keep = Some(newest.max(1));
        self
    }

    /// Sets how long [`take`](Self::take) waits for other connections, 30 seconds unless this is called. A run waits as
    /// long as its own [`busy_timeout`](crate::Runner::busy_timeout) says.
    pub fn wait(mut self, timeout: Duration) -> Backup {
        self.timeout = timeout;
        self
    }

    /// The directory.
    #[must_use]
    pub fn directory(&self) -> &Path {
        &self.directory
    }

    /// Copies a database, whatever its history, and returns the path of the copy.
    ///
    /// The copy is what the database is at one moment, however others write to it meanwhile. It is written under another
    /// name, checked by the engine (`PRAGMA integrity_check`) and only then given its name, so that a file of that name is
    /// whole.
    ///
    /// # Errors
    ///
    /// [`Error::Backup`](crate::Error::Backup), [`Error::Locked`](crate::Error::Locked) when another connection stood in
    /// the way for too long, and what can go wrong with reading a database. Then nothing is left of the copy.
    ///
    /// # Example
    ///
    /// ```
    /// use tablature::Backup;
    /// use tablature::rusqlite::Connection;
    ///
    /// # let directory = tempfile::tempdir()?;
    /// # let (file, backups) = (directory.path().join("app.db"), directory.path().join("backups"));
    /// let connection = Connection::open(file)?;
    /// connection.execute_batch("CREATE TABLE notes (text)")?;
    /// let copy = Backup::to(backups).keep(7).take(&connection)?;
    /// assert!(copy.exists());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[cfg(feature = "sqlite")]
    pub fn take(&self, connection: &rusqlite::Connection) -> Result<PathBuf, crate::Error> {
        crate::sqlite::backup(self, connection)
    }
}
