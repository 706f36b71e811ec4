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
    /// The tool whose history says the same; none if the schema alone does.
    pub from: Option<Tool>,
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
    /// The tool whose history says the same; none if the schema alone does.
    pub from: Option<Tool>,
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
    /// The history of another tool says that the database is at it.
    Claimed(Tool),
}

/// A migration tool whose history is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize),
    serde(rename_all = "snake_case")
)]
#[non_exhaustive]
pub enum Tool {
    /// sqlx, `_sqlx_migrations`.
    Sqlx,
    /// diesel, `__diesel_schema_migrations`.
    Diesel,
    /// refinery, `refinery_schema_history`.
    Refinery,
    /// rusqlite_migration, `PRAGMA user_version`.
    RusqliteMigration,
    /// goose, `goose_db_version`.
    Goose,
    /// dbmate, `schema_migrations`.
    Dbmate,
    /// Alembic, `alembic_version`.
    Alembic,
    /// Prisma, `_prisma_migrations`.
    Prisma,
    /// Flyway, `flyway_schema_history`.
    Flyway,
}

/// What stands against taking over the history of another tool.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ForeignProblem {
    /// It says that a migration failed, or did not come to its end.
    Failed {
        /// As it names it.
        migration: String,
    },
    /// It says that a migration was applied which the program does not have.
    Unknown {
        /// As it names it.
        migration: String,
    },
    /// It does not say that a migration was applied, though it says so of a later one.
    Skipped {
        /// The number in its file name.
        version: i64,
        /// The rest of its file name.
        name: String,
        /// Its path, relative to the crate.
        file: String,
    },
    /// What was applied had another text than the program's migration.
    Changed {
        /// The number in its file name.
        version: i64,
        /// The rest of its file name.
        name: String,
        /// Its path, relative to the crate.
        file: String,
    },
    /// It counts migrations, and the program has not that many.
    Count {
        /// How many were applied.
        count: String,
        /// How many the program has.
        known: usize,
    },
    /// It names several newest revisions.
    Heads {
        /// Their identifiers.
        heads: Vec<String>,
    },
    /// It has checksums, and this crate was built without its feature `take-over`, which checks them.
    Unchecked,
    /// Another history says something else.
    Disagrees {
        /// Whose.
        tool: Tool,
    },
    /// It is not as the tool makes it.
    Unreadable {
        /// What is wrong with it.
        reason: String,
    },
}

impl Tool {
    /// Where it keeps its history.
    pub(crate) fn place(self) -> &'static str {
        match self {
            Tool::Sqlx => "_sqlx_migrations",
            Tool::Diesel => "__diesel_schema_migrations",
            Tool::Refinery => "refinery_schema_history",
            Tool::RusqliteMigration => "PRAGMA user_version",
            Tool::Goose => "goose_db_version",
            Tool::Dbmate => "schema_migrations",
            Tool::Alembic => "alembic_version",
            Tool::Prisma => "_prisma_migrations",
            Tool::Flyway => "flyway_schema_history",
        }
    }
}

impl fmt::Display for Tool {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Tool::Sqlx => "sqlx",
            Tool::Diesel => "diesel",
            Tool::Refinery => "refinery",
            Tool::RusqliteMigration => "rusqlite_migration",
            Tool::Goose => "goose",
            Tool::Dbmate => "dbmate",
            Tool::Alembic => "Alembic",
            Tool::Prisma => "Prisma",
            Tool::Flyway => "Flyway",
        })
    }
}

impl fmt::Display for ForeignProblem {
    /// One line: ``migration 2 `tales` was applied with another text than `migrations/2_tales.sql` has``.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ForeignProblem::Failed { migration } => {
                write!(f, "migration {migration} failed or was not finished")
            }
            ForeignProblem::Unknown { migration } => write!(
                f,
                "migration {migration} was applied, and the program does not have it"
            ),
            ForeignProblem::Skipped {
                version,
                name,
                file,
            } => write!(
                f,
                "migration {version} `{name}` ({file}) was not applied, though a later one was"
            ),
            ForeignProblem::Changed {
                version,
                name,
                file,
            } => write!(
                f,
                "migration {version} `{name}` was applied with another text than `{file}` has"
            ),
            ForeignProblem::Count { count, known } => write!(
                f,
                "{count} migrations were applied, and the program has {known}"
            ),
            ForeignProblem::Heads { heads } => {
                write!(f, "there are several newest revisions, {}", heads.join(", "))
            }
            ForeignProblem::Unchecked => f.write_str(
                "its checksums cannot be checked, as the crate `tablature` was built without the feature `take-over`",
            ),
            ForeignProblem::Disagrees { tool } => write!(
                f,
                "the history of {tool} in `{}` says something else",
                tool.place()
            ),
            ForeignProblem::Unreadable { reason } => {
                write!(f, "it is not as the tool makes it: {reason}")
            }
        }
    }
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
            from: plan.from,
        }
    }
}

impl fmt::Display for AdoptPlan {
    /// One line: `would record 3 migrations as applied, the database is at version 3, 1 migration is pending`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        tell(f, "would record", self)
    }
}

impl fmt::Display for Adopted {
    /// One line: `recorded 3 migrations as applied, the database is at version 3, 1 migration is pending`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        tell(f, "recorded", &self.clone().into())
    }
}

impl From<Adopted> for AdoptPlan {
    fn from(adopted: Adopted) -> AdoptPlan {
        AdoptPlan {
            version: adopted.version,
            versions: adopted.versions,
            pending: adopted.pending,
            from: adopted.from,
        }
    }
}

fn tell(f: &mut fmt::Formatter<'_>, verb: &str, plan: &AdoptPlan) -> fmt::Result {
    match plan.versions.len() {
        0 => f.write_str("nothing to adopt, ")?,
        1 => write!(f, "{verb} 1 migration as applied, ")?,
        count => write!(f, "{verb} {count} migrations as applied, ")?,
    }
    match plan.version {
        Some(version) => write!(f, "the database is at version {version}")?,
        None => f.write_str("no migration was applied to the database")?,
    }
    if let Some(tool) = plan.from {
        write!(f, " as the history of {tool} says")?;
    }
    match plan.pending.len() {
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
