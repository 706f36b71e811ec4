//! Going back to an earlier version.

use crate::report::Applied;
use std::fmt;
use std::path::PathBuf;

/// What going back would do: what [`Runner::plan_revert`](crate::Runner::plan_revert) finds. As text it is SQL with
/// comments.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct RevertPlan {
    /// The newest version in the database's history; none if it has none.
    pub version: Option<i64>,
    /// The version to go back to; one below the first is before it.
    pub target: i64,
    /// The migrations to go back over, the newest first.
    pub steps: Vec<RevertStep>,
}

/// A migration to go back over.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct RevertStep {
    /// The number in its file name.
    pub version: i64,
    /// The rest of its file name.
    pub name: String,
    /// The path of its down file, relative to the crate; none if it has none, or if a newer program applied it, whose down
    /// file the database's history holds.
    pub file: Option<String>,
    /// The texts of the down file's statements, without their semicolons; empty if there is no down file.
    pub statements: Vec<String>,
    /// Why it is not run unless the migration is named with
    /// [`accept_losses_of`](crate::Runner::accept_losses_of); empty if schema and data are restored.
    pub refusals: Vec<String>,
    /// Whether it can be run: without refusals, or with such that were accepted.
    pub runs: bool,
}

/// What a successful run back did.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Reverted {
    /// The migrations that it went back over, the newest first, with how long their down files took.
    pub reverted: Vec<Applied>,
    /// The version that the database is at; none if it is before the first.
    pub version: Option<i64>,
    /// The copy of the database that was taken before; none if none was asked for or nothing was to be done.
    pub backup: Option<PathBuf>,
}

impl RevertPlan {
    /// Whether every step can be run.
    #[must_use]
    pub fn runs(&self) -> bool {
        self.steps.iter().all(|step| step.runs)
    }
}

impl fmt::Display for RevertPlan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.steps.len() {
            0 => return write!(f, "-- nothing to go back over"),
            1 => f.write_str("-- 1 migration to go back over")?,
            count => write!(f, "-- {count} migrations to go back over")?,
        }
        for step in &self.steps {
            write!(f, "\n\n-- {} {}", step.version, step.name)?;
            if let Some(file) = &step.file {
                write!(f, " ({file})")?;
            }
            for refusal in &step.refusals {
                let mark = if step.runs { "accepted" } else { "refused" };
                write!(f, "\n-- {mark}: {}", refusal.replace('\n', " "))?;
            }
            for statement in &step.statements {
                write!(f, "\n{statement};")?;
            }
        }
        Ok(())
    }
}

impl fmt::Display for Reverted {
    /// One line: `went back over 2 migrations, now at version 5`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.reverted.len() {
            0 => f.write_str("nothing to go back over")?,
            1 => f.write_str("went back over 1 migration")?,
            count => write!(f, "went back over {count} migrations")?,
        }
        match self.version {
            Some(version) => write!(f, ", now at version {version}"),
            None => f.write_str(", now before the first"),
        }
    }
}
