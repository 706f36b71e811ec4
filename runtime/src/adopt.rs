//! Giving a history to a database that something else has made.

use crate::status::PendingMigration;
use std::fmt;

/// What adopting a database would record: what [`Runner::plan_adopt`](crate::Runner::plan_adopt) finds.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct AdoptPlan {
    /// The version that the database is at; none if it has no tables yet.
    pub version: Option<i64>,
    /// The versions to be recorded as applied, in their order; empty if the database has a history already, or no tables.
    pub versions: Vec<i64>,
    /// The migrations that are left to apply, in their order.
    pub pending: Vec<PendingMigration>,
}

/// What adopting a database has recorded: what [`Runner::adopt`](crate::Runner::adopt) gives.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Adopted {
    /// The version that the database is at; none if it has no tables yet.
    pub version: Option<i64>,
    /// The versions that were recorded as applied, in their order; empty if the database had a history already, or has no
    /// tables.
    pub versions: Vec<i64>,
    /// The migrations that are left to apply, in their order.
    pub pending: Vec<PendingMigration>,
}

/// A version whose schema a database has.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Candidate {
    /// The number in the migration's file name.
    pub version: i64,
    /// The rest of its file name.
    pub name: String,
    /// The path of its file, relative to the crate, with `/` between its parts.
    pub file: String,
    /// Whether it leaves the schema as the migration before it does, so that only its data can tell whether it was
    /// applied.
    pub is_data_only: bool,
}

/// Why a version was compared with a database.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Compared {
    /// It differs least.
    Nearest,
    /// The caller named it.
    Named,
}

impl AdoptPlan {
    /// Whether there is nothing to record.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.versions.is_empty()
    }
}

impl From<AdoptPlan> for Adopted {
    fn from(plan: AdoptPlan) -> Adopted {
        Adopted {
            version: plan.version,
            versions: plan.versions,
            pending: plan.pending,
        }
    }
}

impl fmt::Display for AdoptPlan {
    /// One line: `would record 3 migrations as applied, the database is at version 3, 1 migration is pending`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        tell(
            f,
            "would record",
            self.version,
            &self.versions,
            &self.pending,
        )
    }
}

impl fmt::Display for Adopted {
    /// One line: `recorded 3 migrations as applied, the database is at version 3, 1 migration is pending`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        tell(f, "recorded", self.version, &self.versions, &self.pending)
    }
}

fn tell(
    f: &mut fmt::Formatter<'_>,
    verb: &str,
    version: Option<i64>,
    versions: &[i64],
    pending: &[PendingMigration],
) -> fmt::Result {
    match versions.len() {
        0 => f.write_str("nothing to adopt, ")?,
        1 => write!(f, "{verb} 1 migration as applied, ")?,
        count => write!(f, "{verb} {count} migrations as applied, ")?,
    }
    match version {
        Some(version) => write!(f, "the database is at version {version}")?,
        None => f.write_str("no migration was applied to the database")?,
    }
    match pending.len() {
        0 => Ok(()),
        1 => f.write_str(", 1 migration is pending"),
        count => write!(f, ", {count} migrations are pending"),
    }
}

impl fmt::Display for Candidate {
    /// One line: ``3 `fill_counts` (migrations/3_fill_counts.sql) changes data only``.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} `{}` ({})", self.version, self.name, self.file)?;
        if self.is_data_only {
            f.write_str(" changes data only")?;
        }
        Ok(())
    }
}
