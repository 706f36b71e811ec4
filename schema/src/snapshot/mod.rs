//! `tablature.snapshot`: what the migrations up to a version leave behind in a new database, so that one can be made without
//! replaying them.
//!
//! ```text
//! -- A new database at version 12, …
//! -- version 12, migrations 49e510a6…, statements 8ae072a6…
//! CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
//! INSERT INTO users VALUES (1, 'narrator');
//! ```
//!
//! The statements are SQL like any other, for reviewers to read. The line of hashes ties them to what was proven: the first
//! is that of the chain of migrations that they stand for, the second that of the statements themselves. That they leave
//! behind what the migrations do, rows and all, was found out on the engine by the command that wrote them; nothing here
//! runs them.

mod read;
mod write;

pub use write::text;

pub(crate) use read::read;

use crate::checksum::Checksum;
use crate::diagnostic::Diagnostic;
use crate::errors::snapshot as errors;
use crate::text::Span;
use crate::{Migration, Script};

/// What the file is called, in the directory of the migrations.
pub const FILE_NAME: &str = "tablature.snapshot";

/// A `tablature.snapshot`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snapshot {
    /// The last migration that it stands for.
    pub version: i64,
    /// Hash of the chain of migrations that it stands for.
    pub chain: Checksum,
    /// Its statements.
    pub script: Script,
    /// The line of hashes.
    pub span: Span,
}

impl Snapshot {
    /// What is wrong with it beside these migrations; nothing if they are still those that it stands for.
    pub(crate) fn compare(&self, migrations: &[Migration]) -> Option<Diagnostic> {
        let mut same = migrations.iter();
        match same.find(|migration| migration.version == self.version) {
            Some(last) if last.chain == self.chain => None,
            Some(_) => Some(errors::of_other_migrations(self.version, self.span)),
            None => Some(errors::of_no_migration(self.version, self.span)),
        }
    }
}
