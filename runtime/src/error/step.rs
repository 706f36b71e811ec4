//! A step that failed.

use super::statement::SCHEMA_CHANGED;
#[cfg(any(feature = "sqlite", feature = "tokio-postgres"))]
use crate::migration::{Migration, Step};
use std::fmt;

/// A step of a migration that failed, and where it is named.
#[derive(Debug)]
#[non_exhaustive]
pub struct StepFailure {
    /// The number in the migration's file name.
    pub version: i64,
    /// The rest of the migration's file name.
    pub name: String,
    /// The path of the file, relative to the crate.
    pub file: String,
    /// 1-based line of the function's path.
    pub line: u32,
    /// 1-based column of the function's path, in characters.
    pub column: u32,
    /// The function's path in Rust.
    pub path: String,
    /// What the function returned; none if it succeeded, and has ended the transaction.
    pub reason: Option<Box<dyn std::error::Error + Send + Sync>>,
    /// Whether the function, or a statement of its, has ended the run's transaction.
    pub ended_transaction: bool,
    /// True if something else than a run had changed the schema of the database since it was last verified.
    pub schema_changed: bool,
}

#[cfg(any(feature = "sqlite", feature = "tokio-postgres"))]
impl StepFailure {
    pub(crate) fn new(migration: &Migration, step: &Step) -> StepFailure {
        StepFailure {
            version: migration.version,
            name: migration.name.to_string(),
            file: migration.file.to_string(),
            line: step.line,
            column: step.column,
            path: step.path.to_string(),
            reason: None,
            ended_transaction: false,
            schema_changed: false,
        }
    }
}

impl fmt::Display for StepFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            version,
            name,
            file,
            line,
            column,
            path,
            reason,
            ended_transaction,
            schema_changed,
        } = self;
        write!(
            f,
            "the step `{path}` of migration {version} `{name}` at {file}:{line}:{column} "
        )?;
        match reason {
            Some(reason) => write!(f, "failed: {}; ", said(&**reason))?,
            None => f.write_str("ended the run's transaction; ")?,
        }
        if reason.is_some() && *ended_transaction {
            f.write_str("by then it had ended the run's transaction; ")?;
        }
        f.write_str("everything was rolled back, so that nothing of it remains: ")?;
        f.write_str(if *ended_transaction {
            "leave COMMIT, ROLLBACK and OR ROLLBACK out of the function and start again"
        } else {
            "remove the cause and start again"
        })?;
        f.write_str(if *schema_changed { SCHEMA_CHANGED } else { "" })
    }
}

/// What an error of a function says, where it is the client's own also what the engine says.
fn said(reason: &(dyn std::error::Error + Send + Sync + 'static)) -> String {
    #[cfg(feature = "tokio-postgres")]
    if let Some(error) = reason.downcast_ref::<tokio_postgres::Error>() {
        return crate::postgresql::message(error);
    }
    reason.to_string()
}

impl std::error::Error for StepFailure {}
