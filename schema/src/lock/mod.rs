//! `tablature.lock`: which migrations are released, so that nobody changes them any more.
//!
//! ```text
//! # The released migrations, …
//! 1 create_users 3f0c2b6a9d1e4857 77a1c09be2d34f10
//! 2 add_usage_count 9b2d64f0a7c35e18
//! ```
//!
//! A line is a migration: its version, its name, the first 16 hexadecimal digits of each statement's
//! [checksum](crate::checksum), and the word `step` if it has one. A migration without statements has none. Lines that begin with `#` are comments. Nothing
//! in the file counts or sums up the lines, so that a merge conflicts only where both branches have added some.
//!
//! The version is what tells a migration from others, as in the history of a database; the name is there for readers. A
//! renamed file is no mistake, just as it is none to a database.

mod compare;
mod edit;
mod name;
mod pair;
mod read;
mod short_hash;
mod write;

#[cfg(test)]
mod tests;

pub use short_hash::ShortHash;
pub use write::{released, text};

pub(crate) use compare::compare;
pub(crate) use edit::Edit;
pub(crate) use name::with_number;
pub(crate) use pair::Found;

use crate::Migration;
use crate::text::{FileId, Span};
use std::collections::{BTreeMap, BTreeSet};

/// What the file is called, in the directory of the migrations.
pub const FILE_NAME: &str = "tablature.lock";

/// A `tablature.lock`, as far as its lines can be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lock {
    /// The file.
    pub file: FileId,
    /// In the order of the file.
    pub lines: Vec<Line>,
    /// What a merge left for [`join`](Lock::join).
    leftovers: Vec<Leftover>,
    /// The versions of which a merge left more than one opinion.
    unsettled: BTreeSet<i64>,
    /// Whether every line could be read.
    is_whole: bool,
}

/// A released migration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The number in the name of its file.
    pub version: i64,
    /// The rest of that name, with `_` for white space.
    pub name: String,
    /// The hashes of its statements, and that of its step.
    pub statements: Vec<ShortHash>,
    /// The version and the name.
    pub span: Span,
}

/// What a merge left in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Leftover {
    /// The markers of conflicts: the first one of each.
    Markers { first: Span, rest: Vec<Span> },
    /// Two lines of one version that differ.
    Twice {
        version: i64,
        first: Span,
        second: Span,
    },
}

impl Lock {
    /// Takes the lines of both sides of a merge together, as `cargo tablature lock` does: what git could not decide is
    /// then decided by what the directory holds.
    pub fn join(&mut self) {
        self.leftovers.clear();
        self.unsettled.clear();
    }

    /// The lines whose migrations have another number now, with that number, as another branch released one with theirs.
    #[must_use]
    pub fn renumbered(&self, migrations: &[Migration]) -> Vec<(&Line, i64)> {
        let lines = self.by_version().into_values();
        let opinions = lines.filter(|same| same.len() > 1).flatten();
        opinions
            .filter_map(|line| {
                let mut same = migrations.iter().filter(|one| line.is_of(one));
                let is_kept = same.clone().any(|one| one.version == line.version);
                let now = same.next().filter(|_| !is_kept)?;
                Some((line, now.version))
            })
            .collect()
    }

    /// The lines whose migrations have another name now.
    #[must_use]
    pub fn renamed<'a>(&'a self, migrations: &'a [Migration]) -> Vec<(&'a Line, &'a Migration)> {
        let found = self.lines.iter().filter_map(|line| {
            let mut same = migrations.iter();
            let now = same.find(|one| one.version == line.version && line.is_of(one))?;
            (line.name != name::written(&now.name)).then_some((line, now))
        });
        found.collect()
    }

    /// Whether a line has this version and the name of a file.
    pub(crate) fn lists(&self, version: i64, name: &str) -> bool {
        let name = name::written(name);
        let mut lines = self.lines.iter();
        lines.any(|line| line.version == version && line.name == name)
    }

    /// The greatest version.
    pub(crate) fn last(&self) -> Option<i64> {
        self.lines.iter().map(|line| line.version).max()
    }

    /// The lines by version: more than one where a merge left lines that differ.
    fn by_version(&self) -> BTreeMap<i64, Vec<&Line>> {
        let mut lines: BTreeMap<i64, Vec<&Line>> = BTreeMap::new();
        for line in &self.lines {
            let same = lines.entry(line.version).or_default();
            if !same.iter().any(|other| other.says_the_same(line)) {
                same.push(line);
            }
        }
        lines
    }
}

impl Line {
    /// Whether its statements are those of a migration.
    fn is_of(&self, migration: &Migration) -> bool {
        let checksums = migration.up.checksums.iter();
        checksums
            .map(ShortHash::of)
            .eq(self.statements.iter().copied())
    }

    fn says_the_same(&self, other: &Line) -> bool {
        self.name == other.name && self.statements == other.statements
    }
}
