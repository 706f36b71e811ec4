//! One transaction, with a row of history for each migration.

use contender::{Contender, Failure};
use rusqlite::Connection;

struct Raw(Connection);

impl Contender for Raw {
    fn open(database: &str) -> Result<Self, Failure> {
        Ok(Raw(Connection::open(database)?))
    }

    fn migrate(&mut self) -> Result<(), Failure> {
        let Raw(connection) = self;
        if raw::pending(raw::newest(connection)).is_empty() {
            return Ok(());
        }
        connection.execute_batch("BEGIN IMMEDIATE")?;
        raw::create(connection)?;
        let pending = raw::pending(raw::newest(connection));
        let mut insert =
            connection.prepare("INSERT INTO history (version, name) VALUES (?1, ?2)")?;
        for (version, name, sql) in pending {
            connection.execute_batch(sql)?;
            insert.execute((version, name))?;
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
