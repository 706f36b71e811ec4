//! A connection while migrations run on it: what is switched for the time being is switched back on every path.

use super::outcome::is_busy;
use crate::error::Error;
use rusqlite::{Connection, OptionalExtension};
use std::time::{Duration, Instant};

/// A connection with foreign-key enforcement off and its busy time-out taken over.
///
/// When it is dropped, also by a panic, an open transaction is rolled back and both settings are what they were.
pub(super) struct Session<'a> {
    pub(super) connection: &'a Connection,
    /// Whether foreign keys were enforced before.
    pub(super) foreign_keys: bool,
    /// The connection's own busy time-out in milliseconds; 0 if it has none, or a handler of the application's.
    busy_timeout: i64,
    timeout: Duration,
}

impl<'a> Session<'a> {
    /// Takes over a connection that is in no transaction; `timeout` is the time to wait for others, from now on.
    pub(super) fn open(connection: &'a Connection, timeout: Duration) -> Result<Self, Error> {
        let session = Session {
            connection,
            foreign_keys: pragma(connection, "foreign_keys")? != 0,
            busy_timeout: pragma(connection, "busy_timeout")?,
            timeout,
        };
        if session.busy_timeout > 0 {
            // Waiting is done here: the engine's handler is not asked when a shared cache is locked, and it cannot be
            // asked how long it has waited.
            connection.busy_timeout(Duration::ZERO)?;
        }
        session.stop_enforcing()?;
        Ok(session)
    }

    /// Switches foreign-key enforcement off; the connection must be in no transaction.
    pub(super) fn stop_enforcing(&self) -> Result<(), Error> {
        Ok(self.connection.pragma_update(None, "foreign_keys", false)?)
    }

    /// Begins the transaction that only one connection can be in.
    pub(super) fn begin_immediate(&self) -> Result<(), Error> {
        self.waiting(|connection| connection.execute_batch("BEGIN IMMEDIATE"))
    }

    /// Begins a transaction in which every read sees the same state.
    pub(super) fn begin_read(&self) -> Result<(), Error> {
        self.connection.execute_batch("BEGIN")?;
        // The engine waits with taking its lock until something is read.
        self.waiting(|connection| connection.execute_batch("PRAGMA main.schema_version"))
    }

    /// Commits; with a rollback journal this waits for those who read.
    pub(super) fn commit(&self) -> Result<(), Error> {
        self.waiting(|connection| connection.execute_batch("COMMIT"))
    }

    /// Leaves the transaction without a trace.
    pub(super) fn rollback(&self) {
        // The engine may have rolled back by itself. A failure leaves the transaction open, and closing the
        // connection then rolls it back.
        if !self.connection.is_autocommit() {
            let _ = self.connection.execute_batch("ROLLBACK");
        }
    }

    /// Does something, again and again for as long as another connection stands in its way and time is left.
    pub(super) fn waiting<T>(
        &self,
        mut work: impl FnMut(&Connection) -> rusqlite::Result<T>,
    ) -> Result<T, Error> {
        const SHORTEST: Duration = Duration::from_millis(1);
        const LONGEST: Duration = Duration::from_millis(50);
        let began = Instant::now();
        let mut pause = SHORTEST;
        loop {
            match work(self.connection) {
                Err(error) if is_busy(&error) => {
                    let left = self.timeout.saturating_sub(began.elapsed());
                    if left.is_zero() {
                        return Err(Error::Locked);
                    }
                    std::thread::sleep(pause.min(left));
                    pause = (pause * 2).min(LONGEST);
                }
                result => return Ok(result?),
            }
        }
    }
}

impl Drop for Session<'_> {
    fn drop(&mut self) {
        self.rollback();
        // These set a flag of the connection and cannot fail outside a transaction.
        let _ = self
            .connection
            .pragma_update(None, "foreign_keys", self.foreign_keys);
        if self.busy_timeout > 0 {
            let _ = self
                .connection
                .pragma_update(None, "busy_timeout", self.busy_timeout);
        }
    }
}

/// The value of a setting; 0 where the engine was built without it.
fn pragma(connection: &Connection, name: &str) -> rusqlite::Result<i64> {
    let value = connection
        .pragma_query_value(None, name, |row| row.get(0))
        .optional()?;
    Ok(value.unwrap_or(0))
}
