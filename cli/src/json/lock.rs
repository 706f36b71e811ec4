use super::Diagnostic;
use serde::Serialize;
use tablature_schema::lock::Line;
use tablature_schema::{Checked, Migration};

/// What `lock` did.
#[derive(Debug, Serialize)]
pub(crate) struct LockReport<'a> {
    /// `accepted`, or `rejected`: the migrations are, or `--check` found something to write.
    pub(crate) verdict: &'static str,
    /// The lock.
    pub(crate) file: &'a str,
    /// Whether it was written.
    pub(crate) written: bool,
    /// The migrations that it did not list before; with `--check` those that it does not list.
    pub(crate) added: Vec<Locked<'a>>,
    /// The released migrations that have another number now, as the other side of a merge released one with theirs.
    pub(crate) renumbered: Vec<Renumbered<'a>>,
    /// In the order of files and places.
    pub(crate) diagnostics: Vec<Diagnostic<'a>>,
}

/// A migration that is released.
#[derive(Debug, Serialize)]
pub(crate) struct Locked<'a> {
    version: i64,
    name: &'a str,
}

impl<'a> LockReport<'a> {
    /// Before anything was written.
    pub(crate) fn new(checked: &'a Checked, file: &'a str) -> LockReport<'a> {
        LockReport {
            verdict: if checked.accepted() {
                "accepted"
            } else {
                "rejected"
            },
            file,
            written: false,
            added: Vec::new(),
            renumbered: Vec::new(),
            diagnostics: checked
                .diagnostics
                .iter()
                .map(|diagnostic| Diagnostic::new(diagnostic, &checked.sources))
                .collect(),
        }
    }
}

impl<'a> Locked<'a> {
    pub(crate) fn new(migration: &'a Migration) -> Locked<'a> {
        Locked {
            version: migration.version,
            name: &migration.name,
        }
    }
}

/// A released migration that a database knows by another number.
#[derive(Debug, Serialize)]
pub(crate) struct Renumbered<'a> {
    /// The number that it was released with.
    version: i64,
    name: &'a str,
    /// Its number now.
    now: i64,
}

impl<'a> Renumbered<'a> {
    pub(crate) fn new(line: &'a Line, now: i64) -> Renumbered<'a> {
        Renumbered {
            version: line.version,
            name: &line.name,
            now,
        }
    }
}
