//! The transaction that an ordinary file begins for itself, inside the one that a runner puts around the file.
//!
//! A second connection, in which the file's transaction is the only one, runs the statements that control it as they are
//! written: so the engine itself says which of them it refuses, and what is open after each. On the connection of the
//! history a savepoint stands for the transaction.

use rusqlite::{Connection, Error};

/// A name that no file uses.
const NAME: &str = "\"; of the harness\"";

/// What a file has opened.
pub(super) struct Own<'a> {
    connection: &'a Connection,
    alone: Option<Connection>,
    /// Whether BEGIN opened it, not SAVEPOINT.
    is_begun: bool,
}

impl<'a> Own<'a> {
    pub(super) fn new(connection: &'a Connection) -> Self {
        Own {
            connection,
            alone: None,
            is_begun: false,
        }
    }

    /// Runs a statement if it controls transactions; false if it does not.
    pub(super) fn control(&mut self, sql: &str) -> Result<bool, Error> {
        let end = sql.find(|c: char| !c.is_ascii_alphabetic());
        let word = sql.get(..end.unwrap_or(sql.len())).unwrap_or_default();
        let word = word.to_ascii_uppercase();
        let controls = ["BEGIN", "COMMIT", "END", "ROLLBACK", "SAVEPOINT", "RELEASE"];
        if !controls.contains(&word.as_str()) {
            return Ok(false);
        }
        let alone = match self.alone.take() {
            Some(alone) => alone,
            None => Connection::open_in_memory()?,
        };
        let alone = self.alone.insert(alone);
        let was_open = !alone.is_autocommit();
        if !was_open && matches!(word.as_str(), "COMMIT" | "END") {
            // It is meant for the runner's transaction and passed over, if it is one.
            return alone.prepare(sql).map(|_| true);
        }
        alone.execute_batch(sql)?;
        match (was_open, !alone.is_autocommit()) {
            (false, true) => {
                self.is_begun = word == "BEGIN";
                self.standing("SAVEPOINT")?;
                if !self.is_begun {
                    self.connection.execute_batch(sql)?;
                }
            }
            (true, true) => self.connection.execute_batch(sql)?,
            (true, false) if word == "ROLLBACK" => {
                if !self.is_begun {
                    // A savepoint is no transaction inside another: this is refused as if it were not there.
                    alone.execute_batch(sql)?;
                }
                self.standing("ROLLBACK TO")?;
                self.standing("RELEASE")?;
            }
            (true, false) => self.standing("RELEASE")?,
            (false, false) => {}
        }
        Ok(true)
    }

    /// Closes what the file has left open.
    pub(super) fn close(self) -> Result<(), Error> {
        match &self.alone {
            Some(alone) if !alone.is_autocommit() => self.standing("RELEASE"),
            Some(_) | None => Ok(()),
        }
    }

    /// Does something to the savepoint that stands for the file's transaction.
    fn standing(&self, action: &str) -> Result<(), Error> {
        self.connection.execute_batch(&format!("{action} {NAME}"))
    }
}
