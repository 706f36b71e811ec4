//! What a run would do.

use crate::error::Error;
use crate::migration::Migration;
use crate::status::Halfway;
use std::fmt;

/// What a run would apply: what [`Runner::plan`](crate::Runner::plan) finds. As text it is SQL with comments.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Plan {
    /// The newest version in the database's history; none if it has none.
    pub version: Option<i64>,
    /// The migrations that would be applied, in their order.
    pub migrations: Vec<PlannedMigration>,
}

/// A migration that a run would apply.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct PlannedMigration {
    /// The number in its file name.
    pub version: i64,
    /// The rest of its file name, without its extension.
    pub name: String,
    /// The path of its file, relative to the crate, with `/` between its parts.
    pub file: String,
    /// False if its statements take effect one by one, as `-- no-transaction` asks.
    pub transaction: bool,
    /// How many of its statements have taken effect already: those of a `-- no-transaction` file that stopped half way.
    pub finished: usize,
    /// The texts of the statements that would run, without their semicolons.
    pub statements: Vec<String>,
    /// The path in Rust of the function of the application that would run after them; none if there is none.
    pub step: Option<String>,
}

impl Plan {
    pub(crate) fn new(
        version: Option<i64>,
        migrations: &[Migration],
        halfway: Option<Halfway>,
    ) -> Result<Plan, Error> {
        let migrations = migrations.iter().map(|migration| {
            let finished = match &halfway {
                Some(halfway) if halfway.version == migration.version => halfway.finished,
                _ => 0,
            };
            let rest = migration.statements.iter().skip(finished);
            let statements = rest.map(|statement| {
                let text = migration.sql.get(statement.start..statement.end);
                text.map(str::to_owned).ok_or_else(|| Error::BadOffsets {
                    file: migration.file.to_string(),
                })
            });
            Ok(PlannedMigration {
                version: migration.version,
                name: migration.name.to_string(),
                file: migration.file.to_string(),
                transaction: migration.transaction,
                finished,
                statements: statements.collect::<Result<_, Error>>()?,
                step: migration.step.as_ref().map(|step| step.path.to_string()),
            })
        });
        Ok(Plan {
            version,
            migrations: migrations.collect::<Result<_, Error>>()?,
        })
    }

    /// Whether there is nothing to apply.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.migrations.is_empty()
    }
}

impl fmt::Display for Plan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.migrations.len(), self.version) {
            (0, Some(version)) => {
                return write!(
                    f,
                    "-- nothing to apply, the database is at version {version}"
                );
            }
            (0, None) => return f.write_str("-- nothing to apply"),
            (1, _) => f.write_str("-- 1 migration to apply")?,
            (count, _) => write!(f, "-- {count} migrations to apply")?,
        }
        match self.version {
            Some(version) => write!(f, ", the database is at version {version}")?,
            None => f.write_str(", the database has none yet")?,
        }
        for migration in &self.migrations {
            let PlannedMigration {
                version,
                name,
                file,
                ..
            } = migration;
            write!(f, "\n\n-- {version} {name} ({file})")?;
            if !migration.transaction {
                f.write_str("\n-- no-transaction: its statements take effect one by one")?;
            }
            if migration.finished > 0 {
                let finished = migration.finished;
                write!(
                    f,
                    "\n-- its first {finished} have taken effect, and are left out here"
                )?;
            }
            for statement in &migration.statements {
                write!(f, "\n{statement};")?;
            }
            if let Some(step) = &migration.step {
                write!(f, "\n-- step: {step}, a function of the application")?;
            }
        }
        Ok(())
    }
}
