//! A connection while migrations run on it: what is switched for the time being is switched back on every path.

use super::company;
use super::settings::Settings;
use crate::error::Error;
use crate::event::{Event, Events};
use crate::migration::Migration;
use rusqlite::{Connection, OptionalExtension};
use std::time::{Duration, Instant};

/// A connection whose busy time-out is taken over, and later its enforcement of foreign keys and its other settings.
///
/// When it is dropped, also by a panic, an open transaction is rolled back and all settings are what they were.
pub(super) struct Session<'a> {
    pub(super) connection: &'a Connection,
    /// Whether foreign keys were enforced before enforcement was switched off; none if it was not.
    enforced: Option<bool>,
    /// The other settings; none if no migration is to run.
    settings: Option<Kept>,
    /// The connection's own busy time-out in milliseconds; 0 if it has none, or a handler of the application's.
    busy_timeout: i64,
    timeout: Duration,
    pub(super) events: Events<'a>,
}

/// The settings of the application, and those that each file begins with.
struct Kept {
    application: Settings,
    file: Settings,
}

impl<'a> Session<'a> {
    /// Takes over a connection that is in no transaction; `timeout` is how long to wait each time that another
    /// connection stands in the way.
    pub(super) fn open(
        connection: &'a Connection,
        timeout: Duration,
        events: Events<'a>,
    ) -> Result<Self, Error> {
        let session = Session {
            connection,
            enforced: None,
            settings: None,
            busy_timeout: pragma(connection, "busy_timeout")?,
            timeout,
            events,
        };
        if session.busy_timeout > 0 {
            // Waiting is done here: the engine's own way of waiting does not wait for a shared cache.
            connection.busy_timeout(Duration::ZERO)?;
        }
        Ok(session)
    }

    /// Switches foreign-key enforcement off; the connection must be in no transaction.
    pub(super) fn stop_enforcing(&mut self) -> Result<(), Error> {
        if self.enforced.is_none() {
            self.enforced = Some(pragma(self.connection, "foreign_keys")? != 0);
        }
        Ok(self.connection.pragma_update(None, "foreign_keys", false)?)
    }

    /// Makes the connection one on which a migration does what the compiler has seen it do, or refuses it: with nothing
    /// attached, nothing temporary, and the settings that each file begins with. A transaction must be open, in which no
    /// other connection is in the way.
    pub(super) fn take_over(&mut self) -> Result<(), Error> {
        company::refuse(self.connection)?;
        let application = Settings::read(self.connection)?;
        let file = application.of_a_file();
        let kept = self.settings.insert(Kept { application, file });
        Ok(kept.file.restore(self.connection)?)
    }

    /// Takes back what a migration has done to the connection: each file begins with the same. `has_set` says whether it
    /// may have changed settings.
    pub(super) fn end_file(&self, migration: &Migration, has_set: bool) -> Result<(), Error> {
        if let Some(kept) = self.settings.as_ref().filter(|_| has_set) {
            self.waiting(|connection| kept.file.restore(connection))?;
        }
        company::send_away(self.connection, migration)
    }

    /// Whether the application wants foreign keys to be enforced.
    pub(super) fn enforces(&self) -> bool {
        self.enforced == Some(true)
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
    pub(super) fn waiting<T, E: Into<Error>>(
        &self,
        mut work: impl FnMut(&Connection) -> Result<T, E>,
    ) -> Result<T, Error> {
        const SHORTEST: Duration = Duration::from_millis(1);
        const LONGEST: Duration = Duration::from_millis(50);
        const TOLD_EVERY: Duration = Duration::from_secs(1);
        let began = Instant::now();
        let mut pause = SHORTEST;
        let mut told = Duration::ZERO;
        loop {
            match work(self.connection).map_err(Into::into) {
                Err(Error::Locked { .. }) => {
                    let elapsed = began.elapsed();
                    let left = self.timeout.saturating_sub(elapsed);
                    if left.is_zero() {
                        return Err(Error::Locked {
                            holders: Vec::new(),
                        });
                    }
                    if elapsed >= told {
                        told = elapsed + TOLD_EVERY;
                        let timeout = self.timeout;
                        self.events.tell(Event::Waiting { elapsed, timeout });
                    }
                    std::thread::sleep(pause.min(left));
                    pause = (pause * 2).min(LONGEST);
                }
                result => return result,
            }
        }
    }
}

impl Drop for Session<'_> {
    fn drop(&mut self) {
        self.rollback();
        // These set flags of the connection and cannot fail outside a transaction, but for another connection in the way.
        if let Some(kept) = &self.settings {
            let _ = self.waiting(|connection| kept.file.restore(connection));
            company::send_all_away(self.connection);
            let _ = self.waiting(|connection| kept.application.restore(connection));
        }
        if let Some(enforced) = self.enforced {
            let _ = self
                .connection
                .pragma_update(None, "foreign_keys", enforced);
        }
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

#[cfg(test)]
mod tests {
    use super::{Events, Session};
    use rusqlite::Connection;
    use std::panic::{AssertUnwindSafe, catch_unwind};
    use std::time::Duration;

    #[test]
    fn a_panic_restores_everything() {
        let connection = Connection::open_in_memory().unwrap();
        connection
            .pragma_update(None, "foreign_keys", true)
            .unwrap();
        connection.busy_timeout(Duration::from_millis(77)).unwrap();
        let panicked = catch_unwind(AssertUnwindSafe(|| {
            let mut session =
                Session::open(&connection, Duration::ZERO, Events::default()).unwrap();
            session.stop_enforcing().unwrap();
            session.begin_immediate().unwrap();
            connection.execute_batch("CREATE TABLE t (x)").unwrap();
            panic!("in a callback");
        }));
        assert!(panicked.is_err());
        assert!(connection.is_autocommit());
        assert_eq!(super::pragma(&connection, "foreign_keys").unwrap(), 1);
        assert_eq!(super::pragma(&connection, "busy_timeout").unwrap(), 77);
        assert!(connection.execute_batch("SELECT * FROM t").is_err());
    }
}
