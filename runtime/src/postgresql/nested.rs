//! The transaction that an ordinary file begins for itself, nested in the run's own.
//!
//! A file never leaves the run's transaction, so that a failure later on still leaves nothing behind. As the engine nests
//! savepoints only,
//!
//! - BEGIN opens a savepoint; with one of the file's own open it does nothing, as the engine only warns;
//! - COMMIT and END release it; with nothing open they are passed over;
//! - ROLLBACK goes back to it and releases it; without it, it would undo the files before, and is refused before anything
//!   runs;
//! - SAVEPOINT, RELEASE and ROLLBACK TO are run as written;
//! - the end of the file releases what is still open.
//!
//! The compiler replays migrations by the same rule.

use super::statement::{self, Control};
use crate::error::Error;
use crate::migration::Migration;

/// What one file has opened.
#[derive(Debug)]
pub(super) struct Nested {
    /// The name of the savepoint that stands for the file's transaction: one that does not occur in the file.
    name: String,
    is_begun: bool,
}

impl Nested {
    /// Starts a file, given its text, in the run's transaction.
    pub(super) fn new(text: &str) -> Self {
        let text = text.to_ascii_lowercase();
        let mut name = "_tablature_transaction".to_owned();
        while text.contains(&name) {
            name.push('_');
        }
        Nested {
            name,
            is_begun: false,
        }
    }

    /// What is to be run in the place of a statement that controls the transaction; none for any other.
    pub(super) fn instead(&mut self, sql: &str) -> Option<String> {
        let name = &self.name;
        let instead = match statement::control(sql) {
            Control::Begin if !self.is_begun => {
                self.is_begun = true;
                format!("SAVEPOINT {name}")
            }
            Control::Commit if self.is_begun => self.close()?,
            Control::Rollback if self.is_begun => {
                self.is_begun = false;
                format!("ROLLBACK TO {name}; RELEASE {name}")
            }
            Control::Begin | Control::Commit | Control::Rollback => String::new(),
            Control::Savepoint | Control::Session | Control::None => return None,
        };
        Some(instead)
    }

    /// What releases what is open; none if nothing is.
    pub(super) fn close(&mut self) -> Option<String> {
        std::mem::take(&mut self.is_begun).then(|| format!("RELEASE {}", self.name))
    }
}

/// Whether a file controls transactions itself.
pub(super) fn is_controlling(migration: &Migration) -> Result<bool, Error> {
    for place in migration.statements.iter() {
        match statement::control(statement::text(migration, &migration.sql, place)?) {
            Control::Begin | Control::Commit | Control::Rollback => return Ok(true),
            Control::Savepoint | Control::Session | Control::None => {}
        }
    }
    Ok(false)
}

/// Refuses, before anything has run, a ROLLBACK that a file has begun nothing for.
pub(super) fn refuse_rollbacks(migrations: &[Migration]) -> Result<(), Error> {
    for migration in migrations.iter().filter(|migration| migration.transaction) {
        let mut is_begun = false;
        for place in migration.statements.iter() {
            match statement::control(statement::text(migration, &migration.sql, place)?) {
                Control::Begin => is_begun = true,
                Control::Commit => is_begun = false,
                Control::Rollback if is_begun => is_begun = false,
                Control::Rollback => {
                    return Err(Error::Rollback {
                        file: migration.file.to_string(),
                        line: place.line,
                        column: place.column,
                    });
                }
                Control::Savepoint | Control::Session | Control::None => {}
            }
        }
    }
    Ok(())
}
