//! What a run did.

#[cfg(any(feature = "sqlite", feature = "tokio-postgres"))]
use crate::migration::Migration;
use std::borrow::Cow;
use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

/// What a successful run did.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Report {
    /// The version of the snapshot that the database was made from, as it was a new one; none otherwise.
    pub snapshot: Option<i64>,
    /// The migrations that this run applied, in their order; empty if the database was up to date. Those that the snapshot
    /// stands for are not among them.
    pub applied: Vec<Applied>,
    /// The version that the database is at; none if there are no migrations.
    pub version: Option<i64>,
    /// The newest version of the program: below that of the database if a newer program was
    /// [accepted](crate::Runner::accept_newer_if_additive).
    pub head: Option<i64>,
    /// The copy of the database that was taken before; none if none was asked for or nothing was pending.
    pub backup: Option<PathBuf>,
}

/// A migration that a run applied.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Applied {
    /// The number in its file name.
    pub version: i64,
    /// The rest of its file name, without its extension.
    pub name: Cow<'static, str>,
    /// The path of its file, relative to the crate, with `/` between its parts.
    pub file: Cow<'static, str>,
    /// The path in Rust of its step, which ran after its statements; none if it has none.
    pub step: Option<Cow<'static, str>>,
    /// How long its statements and its step took; serialised as `duration_us`, in microseconds.
    #[cfg_attr(
        feature = "serde",
        serde(rename = "duration_us", serialize_with = "microseconds")
    )]
    pub duration: Duration,
}

#[cfg(feature = "serde")]
pub(crate) fn microseconds<S: serde::Serializer>(
    duration: &Duration,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.serialize_u64(u64::try_from(duration.as_micros()).unwrap_or(u64::MAX))
}

impl Applied {
    #[cfg(any(feature = "sqlite", feature = "tokio-postgres"))]
    pub(crate) fn new(migration: &Migration, duration: Duration) -> Applied {
        Applied {
            version: migration.version,
            name: migration.name.clone(),
            file: migration.file.clone(),
            step: migration.step.as_ref().map(|step| step.path.clone()),
            duration,
        }
    }
}

impl fmt::Display for Report {
    /// One line: `applied 2 migrations, now at version 7`, or `up to date at version 7`, or
    /// `made from the snapshot of version 5, applied 2 migrations, now at version 7`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(version) = self.version else {
            return f.write_str("no migrations");
        };
        if let Some(snapshot) = self.snapshot {
            write!(f, "made from the snapshot of version {snapshot}")?;
            if self.applied.is_empty() {
                return Ok(());
            }
            f.write_str(", ")?;
        }
        match self.applied.len() {
            0 if self.head < Some(version) && self.head.is_some() => write!(
                f,
                "up to date, and at version {version} by a newer program that has only added to the schema"
            ),
            0 => write!(f, "up to date at version {version}"),
            1 => write!(f, "applied 1 migration, now at version {version}"),
            count => write!(f, "applied {count} migrations, now at version {version}"),
        }
    }
}

impl fmt::Display for Applied {
    /// One line: `7 add_usage_count (1.3 ms)`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let milliseconds = self.duration.as_secs_f64() * 1000.0;
        write!(f, "{} {} ({milliseconds:.1} ms)", self.version, self.name)
    }
}
