//! `cargo tablature backup`

use super::open::{file_to_write, refuse_missing};
use super::{failed, print};
use crate::Verdict;
use crate::arguments::BackupArguments;
use crate::failure::Failure;
use serde::Serialize;
use std::fmt;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::time::Duration;
use tablature::Backup;

/// Copies a database and prints the path of the copy.
///
/// # Errors
///
/// When there is no database to open.
pub(crate) fn run(arguments: &BackupArguments) -> Result<Verdict, Failure> {
    let database = &arguments.database;
    let file = database.target.file_for("backup")?;
    refuse_missing(&database.target)?;
    let connection = file_to_write(file)?;
    let wanted = backup(&arguments.to, arguments.keep).wait(Duration::from_secs(database.timeout));
    match wanted.take(&connection) {
        Ok(path) => {
            print(database.format, &Taken { backup: path })?;
            Ok(Verdict::Fine)
        }
        Err(error) => failed(database.format, &error),
    }
}

/// Where the command line wants copies to go.
pub(super) fn backup(directory: &Path, keep: Option<NonZeroUsize>) -> Backup {
    let backup = Backup::to(directory);
    match keep {
        Some(newest) => backup.keep(newest.get()),
        None => backup,
    }
}

/// What was done.
#[derive(Debug, Serialize)]
struct Taken {
    backup: PathBuf,
}

impl fmt::Display for Taken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.backup.display())
    }
}
