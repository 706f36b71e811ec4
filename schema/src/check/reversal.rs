//! What going back over a migration does.

use crate::diagnostic::Diagnostic;
use crate::errors::down_files as errors;
use crate::text::Span;
use std::fmt;
use std::sync::Arc;

/// What a down file does, as replaying a migration up and then down has shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reversal {
    /// The engine refuses it.
    Fails {
        /// The message of the first mistake.
        reason: String,
    },
    /// It leaves another schema behind than the one that its migration found.
    Differs {
        /// A line for each object or column.
        differences: Vec<String>,
        /// What is gone, in the order of the statements.
        losses: Vec<Loss>,
    },
    /// It restores the schema that its migration found. If nothing is lost, it restores the data as well.
    Restores {
        /// What is gone, in the order of the statements.
        losses: Vec<Loss>,
    },
}

/// Data that a migration and its down file lose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loss {
    /// The table that held it, by its name when the data was there.
    pub table: Arc<str>,
    /// The columns whose values are lost; if there are none, rows are.
    pub columns: Vec<Arc<str>>,
    /// When it was written.
    pub written: Written,
    /// How it is lost.
    pub cause: Cause,
    /// The place in the statement that loses it, in the up file or the down file.
    pub span: Span,
}

/// When data that is lost was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Written {
    /// Before the migration: it was there, and going back does not bring it back.
    Before,
    /// Since the migration was applied: going back has no place for it.
    Since,
}

/// How data is lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cause {
    /// Its table or column was dropped, and no copy of it is left in its place.
    Dropped,
    /// DELETE.
    Deleted,
    /// UPDATE.
    Overwritten,
    /// One of these, and the down file writes again in its place: it is not proven that it is what was there.
    Replaced,
}

impl fmt::Display for Loss {
    /// `rows of table "users"`, with backticks; the columns if there are some.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<String> = self
            .columns
            .iter()
            .map(|name| format!("`{name}`"))
            .collect();
        match names.as_slice() {
            [] => write!(f, "rows of table `{}`", self.table),
            [name] => write!(f, "the values of column {name} of table `{}`", self.table),
            names => write!(
                f,
                "the values of columns {} of table `{}`",
                names.join(", "),
                self.table
            ),
        }
    }
}

/// What the mistakes of a down file are: the way up is sound, so that the migrations are accepted all the same.
pub(super) fn failed(mistakes: Vec<Diagnostic>) -> (Reversal, Vec<Diagnostic>) {
    let reason = mistakes.first().map(|error| error.message.clone());
    let reversal = Reversal::Fails {
        reason: reason.unwrap_or_default(),
    };
    (reversal, mistakes.into_iter().map(errors::fails).collect())
}
