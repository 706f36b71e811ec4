//! One transaction, with no history but the newest version in the file's header.

use contender::{Contender, Failure};
use rusqlite::Connection;

struct Raw(Connection);

fn version(connection: &Connection) -> rusqlite::Result<i64> {
    connection.query_row("PRAGMA user_version", [], |row| row.get(0))
}

impl Contender for Raw {
    fn open(database: &str) -> Result<Self, Failure> {
        Ok(Raw(Connection::open(database)?))
    }

    fn migrate(&mut self) -> Result<(), Failure> {
        let Raw(connection) = self;
        if raw::pending(version(connection)?).is_empty() {
            return Ok(());
        }
        connection.execute_batch("BEGIN IMMEDIATE")?;
        let pending = raw::pending(version(connection)?);
        for (.., sql) in pending {
            connection.execute_batch(sql)?;
        }
        if let Some((version, ..)) = pending.last() {
            connection.pragma_update(None, "user_version", version)?;
        }
        connection.execute_batch("COMMIT")?;
        Ok(())
    }

    fn query(&mut self) -> Result<(), Failure> {
        raw::query(&self.0)
    }
}

fn main() -> Result<(), Failure> {
    contender::main::<Raw>()
}
