//! The one module that touches the disk: a migrations directory as it stands there.
//!
//! # What is a migration
//!
//! A directory keeps to one of these conventions:
//!
//! | up | down |
//! |---|---|
//! | `<number>_<name>.sql` | |
//! | `<number>_<name>.up.sql` | `<number>_<name>.down.sql` |
//! | `V<number>__<name>.sql` | |
//! | `<number>_<name>/up.sql` | `<number>_<name>/down.sql` |
//! | `<number>_<name>/migration.sql` | `<number>_<name>/down.sql` |
//!
//! Numbers are ordered as numbers, leading zeros do not count, and the largest is 9223372036854775807. The number of a
//! directory may have dashes between its digits, as Diesel writes dates; such a directory needs no name.
//!
//! # What is not
//!
//! Everything else that ends in `.sql` (in any letter case), begins with a digit or with `V` and a digit, and every
//! other subdirectory is an error, because it may well have been meant to be a migration. Let be are:
//! - files of any other name, such as `README.md`, and `tablature.toml`, `tablature.lock` and `tablature.snapshot`, which
//!   have their own meaning;
//! - hidden files that do not end in `.sql`, and hidden subdirectories;
//! - files of editors and of the system: `*~`, `#*#`, `.#*`, `._*`;
//! - the subdirectory `meta`, in which Drizzle keeps snapshots;
//! - in a migration's own subdirectory, all that does not end in `.sql`.

mod convention;
mod decode;
mod disk;
mod memory;
mod name;
mod path;
mod reader;
mod tree;

pub(crate) use name::Reason;
pub(crate) use tree::Problem;

use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::lock::Lock;
use crate::text::{FileId, Sources};
use disk::Disk;
use memory::Memory;
use std::collections::BTreeSet;
use std::path::Path;

/// The longest text of SQL that SQLite takes, in bytes (`SQLITE_MAX_SQL_LENGTH`).
const MAX_FILE_SIZE: u64 = 1_000_000_000;

/// A migrations directory, read.
#[derive(Debug, Clone, Default)]
pub struct Directory {
    /// Its path, relative to the crate, with `/` between its parts.
    pub path: String,
    /// Every file that was read, and an empty text for every other file or directory that a diagnostic points at.
    pub sources: Sources,
    /// In the order of their versions.
    pub migrations: Vec<MigrationFiles>,
    /// The first version whose up file is missing, unreadable or one of several: what follows it cannot be judged.
    pub gap: Option<i64>,
    /// The migrations that are meant to be there and could not be read.
    pub unread: Unread,
    /// `tablature.toml`, or the defaults.
    pub config: Config,
    /// `tablature.lock`, if there is one.
    pub lock: Option<Lock>,
    /// `tablature.snapshot`, if there is one.
    pub snapshot: Option<FileId>,
    /// Paths, relative to the crate, of every file whose content matters; what a build must watch.
    pub files: Vec<String>,
    /// What is wrong with the files.
    pub diagnostics: Vec<Diagnostic>,
}

/// Migrations that are meant to be there and could not be read, as something is wrong with their files.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Unread {
    /// Their versions.
    pub versions: BTreeSet<i64>,
    /// Whether there may be some whose versions are not known.
    pub is_some_unnumbered: bool,
}

/// The files of one migration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MigrationFiles {
    /// The number in the name.
    pub version: i64,
    /// The rest of the name.
    pub name: String,
    /// The up file.
    pub up: FileId,
    /// The down file, if there is one.
    pub down: Option<FileId>,
}

impl Directory {
    /// Reads the directory `path`, given relative to `base` (the crate's own directory).
    ///
    /// Whatever is wrong is a diagnostic: a directory that is missing, a name that is nearly a migration's, a file that
    /// is not UTF-8.
    #[must_use]
    pub fn read(base: &Path, path: &str) -> Directory {
        let path = path::normal(path);
        let disk = Disk {
            root: base.join(&path),
        };
        reader::read(&disk, path)
    }

    /// Reads a directory that exists in memory alone: `files` are the names of files (with `/` after the name of a
    /// subdirectory) and their bytes.
    #[must_use]
    pub fn from_files<Name, Bytes>(
        path: &str,
        files: impl IntoIterator<Item = (Name, Bytes)>,
    ) -> Directory
    where
        Name: Into<String>,
        Bytes: Into<Vec<u8>>,
    {
        let files = files
            .into_iter()
            .map(|(name, bytes)| (name.into(), bytes.into()))
            .collect();
        reader::read(&Memory { files }, path::normal(path))
    }

    /// A history whose versions are not those of its file names: versions, names of files and their texts, in the order
    /// of the versions. It has no down files and the default configuration.
    #[must_use]
    pub fn from_history<Name, Text>(
        path: &str,
        history: impl IntoIterator<Item = (i64, Name, Text)>,
    ) -> Directory
    where
        Name: Into<String>,
        Text: Into<String>,
    {
        let mut directory = Directory {
            path: path::normal(path),
            ..Directory::default()
        };
        for (version, name, text) in history {
            let name = name.into();
            let file = path::join(&directory.path, &name);
            directory.files.push(file.clone());
            directory.migrations.push(MigrationFiles {
                version,
                name,
                up: directory.sources.add(file, text),
                down: None,
            });
        }
        directory
    }
}
