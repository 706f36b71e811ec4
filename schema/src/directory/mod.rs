//! The one module that touches the disk: a migrations directory as it stands there.

use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::text::{FileId, Sources};
use std::path::Path;

/// A migrations directory, read.
#[derive(Debug, Clone, Default)]
pub struct Directory {
    /// Its path, relative to the crate, with `/` between its parts.
    pub path: String,
    /// Every file that was read.
    pub sources: Sources,
    /// In the order of their versions.
    pub migrations: Vec<MigrationFiles>,
    /// `tablature.toml`, or the defaults.
    pub config: Config,
    /// Paths, relative to the crate, of every file whose content matters; what a build must watch.
    pub files: Vec<String>,
    /// What is wrong with the files.
    pub diagnostics: Vec<Diagnostic>,
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
    pub fn read(_base: &Path, path: &str) -> Directory {
        Directory {
            path: path.to_owned(),
            ..Directory::default()
        }
    }
}
