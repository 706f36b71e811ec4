//! refinery, which records each migration in a transaction of its own, or all of them in one.

use contender::{Contender, Failure, QUERY};
use rusqlite::Connection;

mod embedded {
    refinery::embed_migrations!("migrations");
}

/// A connection; whether to apply all migrations in one transaction.
pub struct Peer<const GROUPED: bool>(Connection);

impl<const GROUPED: bool> Contender for Peer<GROUPED> {
    fn open(database: &str) -> Result<Self, Failure> {
        Ok(Peer(Connection::open(database)?))
    }

    fn migrate(&mut self) -> Result<(), Failure> {
        let runner = embedded::migrations::runner();
        runner.set_grouped(GROUPED).run(&mut self.0)?;
        Ok(())
    }

    fn query(&mut self) -> Result<(), Failure> {
        let mut statement = self.0.prepare(QUERY)?;
        let mut rows = statement.query([])?;
        while rows.next()?.is_some() {}
        Ok(())
    }
}
