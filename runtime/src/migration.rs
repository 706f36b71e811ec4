//! What the macro embeds: the list of migrations.

use crate::schema::Schema;
use crate::step::StepFunction;
use std::borrow::Cow;

pub use tablature_model::{
    Cause, Compatibility, Down, Embedded, Expected, Loss, Migration, Reversal, Snapshot, Statement,
    Step, Written,
};

/// A migrations directory as the compiler read it: a static that `migrations!` generates.
#[derive(Debug, Clone)]
pub struct Migrations {
    /// In the order of their versions.
    pub list: Cow<'static, [Migration]>,
    /// The schema that the last migration leaves behind.
    pub expected: Expected,
    /// What a new database is made from instead of the migrations up to its version; none if there is no
    /// `tablature.snapshot`.
    pub snapshot: Option<Snapshot>,
    /// The functions of the migrations that have a step.
    pub steps: Cow<'static, [StepFunction]>,
    /// Where the files were when they were compiled in; only in debug builds.
    pub source: Option<SourceDirectory>,
}

impl Migrations {
    /// No migrations, and the schema of an empty database.
    pub const EMPTY: Migrations = Migrations {
        list: Cow::Borrowed(&[]),
        expected: Expected::Sqlite(Embedded::Value(Schema::EMPTY)),
        snapshot: None,
        steps: Cow::Borrowed(&[]),
        source: None,
    };

    /// The schema that the last migration leaves behind, as a value; that of an empty database if the migrations are for
    /// another engine than SQLite.
    #[must_use]
    pub fn schema(&self) -> Cow<'_, Schema> {
        self.expected.sqlite().unwrap_or_default()
    }
}

/// Where migrations were compiled from.
#[derive(Debug, Clone, Copy)]
pub struct SourceDirectory {
    /// The directory.
    pub path: &'static str,
    /// The files in it that were compiled in, relative to it, with `/` between their parts.
    pub files: &'static [&'static str],
}
