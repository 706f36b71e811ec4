//! How a database stands to the migrations.

use crate::adopt::Tool;
use crate::difference::Difference;
use crate::error::listed;
use crate::migration::Migration;
#[cfg(any(feature = "sqlite", feature = "tokio-postgres"))]
use crate::pending::Recorded;
use std::fmt;
use std::time::Duration;

/// How a database stands to the migrations: what [`Runner::status`](crate::Runner::status) finds.
///
/// With the feature `serde` it can be serialised, such as for a health endpoint: an object with `state` (`"current"`,
/// `"pending"`, `"drifted"`, `"ahead"`, `"newer"`, `"adoptable"`, `"unknown"`), what belongs to that state, `version`, `head`,
/// `pending` and `applied`.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Status {
    /// The verdict.
    #[cfg_attr(feature = "serde", serde(flatten))]
    pub state: State,
    /// The newest version in the database's history; none if it has none.
    pub version: Option<i64>,
    /// The newest version of the program; none if it has no migrations.
    pub head: Option<i64>,
    /// The migrations that a run would apply, in their order.
    pub pending: Vec<PendingMigration>,
    /// The migrations in the database's history, in their order.
    pub applied: Vec<AppliedMigration>,
}

/// The verdict on a database.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize),
    serde(tag = "state", rename_all = "snake_case")
)]
#[non_exhaustive]
pub enum State {
    /// Every migration is applied, and the schema is what they define.
    Current,
    /// Migrations are to be applied.
    Pending {
        /// Whether something else than a run has changed the schema since it was last verified, and it is not known to be
        /// what it was.
        is_changed: bool,
        /// If so, how it differs from what the migrations that were applied define; empty if that cannot be found out (see
        /// [`Runner::scratch`](crate::Runner::scratch)).
        differences: Vec<Difference>,
        /// The `-- no-transaction` file that stopped half way, with which a run goes on.
        halfway: Option<Halfway>,
    },
    /// Every migration is applied, and the schema is not what they define.
    Drifted {
        /// What differs.
        differences: Vec<Difference>,
    },
    /// A newer program has migrated the database further and only added to its schema, and the runner
    /// [accepts](crate::Runner::accept_newer_if_additive) that: all that this program knows is there.
    Ahead {
        /// The migrations that this program does not have, in their order.
        migrations: Vec<NewerMigration>,
    },
    /// A newer program has migrated the database further than this one knows, and that is not accepted.
    Newer {
        /// The migrations that this program does not have, in their order.
        migrations: Vec<NewerMigration>,
        /// Why, and the way out: the message of the error that a run would end with.
        reason: String,
    },
    /// Something else has made the database: it has tables and no history, and its schema is what the migrations up to
    /// some version define. [`Runner::adopt`](crate::Runner::adopt) records that.
    ///
    /// To find this out, the migrations are applied to an empty database, each time.
    Adoptable {
        /// The versions whose schema it has, in their order. If there are several, the schema cannot tell between them.
        versions: Vec<i64>,
        /// The tool whose history says that the database is at this one version; none if the schema alone does.
        from: Option<Tool>,
    },
    /// It is not known which of the migrations the database has: it has tables and no history, and its schema is that of
    /// no version; or a history that is not the beginning of the program's.
    Unknown {
        /// Why, and the way out: the message of the error that a run would end with.
        reason: String,
    },
}

/// A migration that is to be applied.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct PendingMigration {
    /// The number in its file name.
    pub version: i64,
    /// The rest of its file name, without its extension.
    pub name: String,
    /// The path of its file, relative to the crate, with `/` between its parts.
    pub file: String,
    /// The path in Rust of its step, a function of the application; none if it has none.
    pub step: Option<String>,
}

/// A migration in a database's history.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct AppliedMigration {
    /// The number in its file name.
    pub version: i64,
    /// The rest of its file name, without its extension.
    pub name: String,
    /// When that was recorded, in UTC: `2026-11-20T10:11:12.123Z`.
    pub applied_at: String,
    /// How long its statements and its step took; serialised as `duration_us`, in microseconds. Zero if the database was
    /// adopted.
    #[cfg_attr(
        feature = "serde",
        serde(rename = "duration_us", serialize_with = "crate::report::microseconds")
    )]
    pub duration: Duration,
}

/// A migration that a newer program has applied, and that this one does not have.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct NewerMigration {
    /// The number in its file name.
    pub version: i64,
    /// The rest of its file name, without its extension.
    pub name: String,
    /// What a program that does not have it would notice, as the newer program was compiled with it; none if it only adds
    /// to the schema.
    pub breaks: Option<String>,
}

impl NewerMigration {
    /// Whether it only adds to the schema.
    #[must_use]
    pub fn is_additive(&self) -> bool {
        self.breaks.is_none()
    }
}

#[cfg(any(feature = "sqlite", feature = "tokio-postgres"))]
impl From<&Recorded> for NewerMigration {
    fn from(row: &Recorded) -> Self {
        NewerMigration {
            version: row.version,
            name: row.name.clone(),
            breaks: row.breaks.clone(),
        }
    }
}

/// How far a `-- no-transaction` file has come.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Halfway {
    /// The number in its file name.
    pub version: i64,
    /// How many of its statements have taken effect.
    pub finished: usize,
    /// How many there are.
    pub statements: usize,
}

impl From<&Migration> for PendingMigration {
    fn from(migration: &Migration) -> Self {
        PendingMigration {
            version: migration.version,
            name: migration.name.to_string(),
            file: migration.file.to_string(),
            step: migration.step.as_ref().map(|step| step.path.to_string()),
        }
    }
}

impl Status {
    /// Whether the application can use the database as it is.
    #[must_use]
    pub fn is_current(&self) -> bool {
        match self.state {
            State::Current | State::Ahead { .. } => true,
            State::Pending { .. }
            | State::Drifted { .. }
            | State::Newer { .. }
            | State::Adoptable { .. }
            | State::Unknown { .. } => false,
        }
    }
}

impl fmt::Display for Status {
    /// A line for the verdict, and one more for each pending migration or difference.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let version = |f: &mut fmt::Formatter<'_>, version: Option<i64>| match version {
            Some(version) => write!(f, " at version {version}"),
            None => Ok(()),
        };
        match &self.state {
            State::Current => {
                f.write_str("up to date")?;
                version(f, self.version)
            }
            State::Pending {
                is_changed,
                differences,
                halfway,
            } => {
                match self.pending.len() {
                    1 => f.write_str("1 migration is pending")?,
                    count => write!(f, "{count} migrations are pending")?,
                }
                match self.version {
                    Some(version) => write!(f, ", the database is at version {version}")?,
                    None => f.write_str(", the database has none yet")?,
                }
                for pending in &self.pending {
                    write!(f, "\n  {} {}", pending.version, pending.name)?;
                    if let Some(step) = &pending.step {
                        write!(f, ", with the step `{step}` of the application")?;
                    }
                }
                if let Some(Halfway {
                    version,
                    finished,
                    statements,
                }) = halfway
                {
                    write!(
                        f,
                        "\n{version} stopped after {finished} of its {statements} statements, \
                         which were kept: a run goes on with the next one"
                    )?;
                }
                if *is_changed {
                    f.write_str(
                        "\nsomething else has changed the schema since it was last verified",
                    )?;
                    if differences.is_empty() {
                        f.write_str(
                            "; to see what differs, name an empty database on which the migrations can run with `scratch(…)`",
                        )?;
                    }
                }
                for difference in differences {
                    write!(f, "\n  {difference}")?;
                }
                Ok(())
            }
            State::Drifted { differences } => {
                f.write_str("drifted")?;
                version(f, self.version)?;
                f.write_str(": the schema of the database is not what the migrations define")?;
                for difference in differences {
                    write!(f, "\n  {difference}")?;
                }
                Ok(())
            }
            State::Adoptable { versions, from } => {
                f.write_str(
                    "adoptable: the database has no history, and its schema is that of version ",
                )?;
                match versions.as_slice() {
                    [version] => {
                        write!(f, "{version}")?;
                        if let Some(tool) = from {
                            write!(f, ", as the history of {tool} says")?;
                        }
                        f.write_str("; adopt it to record that")
                    }
                    versions => write!(
                        f,
                        "{}; adopt it at the one whose data it has",
                        listed(versions, "or")
                    ),
                }
            }
            State::Ahead { migrations } => {
                f.write_str("ahead")?;
                version(f, self.version)?;
                f.write_str(", and all that this program knows is there; a newer one has added")?;
                for NewerMigration { version, name, .. } in migrations {
                    write!(f, "\n  {version} {name}")?;
                }
                Ok(())
            }
            State::Newer { reason, .. } => write!(f, "newer: {reason}"),
            State::Unknown { reason } => write!(f, "unknown: {reason}"),
        }
    }
}
