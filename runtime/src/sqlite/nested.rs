//! The transaction that an ordinary file begins for itself, nested in the run's own.
//!
//! A file never leaves the run's transaction, in which foreign keys are off: this is what authors who write `COMMIT;
//! PRAGMA foreign_keys = OFF; BEGIN; …` for other runners are after, and a failure later on still leaves nothing behind.
//! The engine does not nest transactions, but savepoints, so that within the run's transaction
//!
//! - BEGIN opens a savepoint; with one of the file's own open it is refused in the engine's words;
//! - COMMIT and END release it, and all that the file has opened; with nothing open they are passed over;
//! - ROLLBACK goes back to it and releases it; without it, it would undo the files before, and is refused before anything
//!   runs;
//! - SAVEPOINT, RELEASE and ROLLBACK TO are run as written;
//! - the end of the file releases what is still open;
//! - `PRAGMA foreign_keys` is run, and has no effect, as the engine wants it within a transaction.
//!
//! The compiler replays migrations by the same rule.

use super::statement::{self, Control};
use rusqlite::Connection;
use tablature_lexer::{TokenKind, dequote, tokenize};

/// What one file has opened.
#[derive(Debug)]
pub(super) struct Nested<'a> {
    connection: &'a Connection,
    /// The name of the savepoint that stands for the file's transaction: one that does not occur in the file.
    name: String,
    is_begun: bool,
    /// The names of the file's savepoints that are open, the newest last.
    savepoints: Vec<String>,
}

impl<'a> Nested<'a> {
    /// Starts a file, given its text, in the run's transaction.
    pub(super) fn new(connection: &'a Connection, text: &str) -> Self {
        let text = text.to_ascii_lowercase();
        let mut name = "_tablature_transaction".to_owned();
        while text.contains(&name) {
            name.push('_');
        }
        Nested {
            connection,
            name,
            is_begun: false,
            savepoints: Vec::new(),
        }
    }

    /// Runs a statement of the file.
    pub(super) fn run(&mut self, sql: &str) -> rusqlite::Result<()> {
        match statement::control(sql) {
            Control::Begin if !self.is_open() => {
                self.compile(sql)?;
                self.own("SAVEPOINT")?;
                self.is_begun = true;
                Ok(())
            }
            Control::Commit => {
                self.compile(sql)?;
                self.close()
            }
            Control::Rollback if self.is_begun => {
                self.compile(sql)?;
                self.own("ROLLBACK TO")?;
                self.close()
            }
            Control::Savepoint => {
                statement::run(self.connection, sql)?;
                self.savepoints.extend(last_name(sql));
                Ok(())
            }
            Control::Release => {
                statement::run(self.connection, sql)?;
                self.savepoints.truncate(self.position(sql));
                Ok(())
            }
            Control::RollbackTo => {
                statement::run(self.connection, sql)?;
                self.savepoints.truncate(self.position(sql) + 1);
                Ok(())
            }
            // The engine refuses what is nested in one of the file's own, and a ROLLBACK has been refused before.
            Control::Begin
            | Control::Rollback
            | Control::None
            | Control::Connection
            | Control::Vacuum => statement::run(self.connection, sql),
        }
    }

    /// Releases what is open; with nothing open it does nothing.
    pub(super) fn close(&mut self) -> rusqlite::Result<()> {
        if self.is_begun {
            // With it go those within.
            self.own("RELEASE")?;
            self.is_begun = false;
        } else if let Some(oldest) = self.savepoints.first() {
            let same = |name: &&String| name.eq_ignore_ascii_case(oldest);
            let release = format!("RELEASE \"{}\"", oldest.replace('"', "\"\""));
            // A name means the newest of its savepoints, and with the oldest of all go the others.
            for _ in self.savepoints.iter().filter(same) {
                self.connection.execute_batch(&release)?;
            }
        }
        self.savepoints.clear();
        Ok(())
    }

    fn is_open(&self) -> bool {
        self.is_begun || !self.savepoints.is_empty()
    }

    /// Does something to the savepoint that stands for the file's transaction.
    fn own(&self, action: &str) -> rusqlite::Result<()> {
        self.connection
            .execute_batch(&format!("{action} {}", self.name))
    }

    /// Lets the engine judge a statement that another is run in the place of.
    fn compile(&self, sql: &str) -> rusqlite::Result<()> {
        self.connection.prepare(sql).map(drop)
    }

    /// The position of the newest savepoint of the name that a statement ends with.
    fn position(&self, sql: &str) -> usize {
        let name = last_name(sql).unwrap_or_default();
        let mut savepoints = self.savepoints.iter();
        savepoints
            .rposition(|savepoint| savepoint.eq_ignore_ascii_case(&name))
            .unwrap_or(self.savepoints.len())
    }
}

/// The name that a statement ends with.
fn last_name(sql: &str) -> Option<String> {
    let is_blank = |kind| matches!(kind, TokenKind::Space | TokenKind::Comment);
    let tokens = tokenize(sql);
    let last = tokens.iter().rfind(|token| !is_blank(token.kind))?;
    sql.get(last.start..last.end).map(dequote)
}
