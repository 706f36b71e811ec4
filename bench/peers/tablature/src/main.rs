//! tablature: one transaction, with a row of history for each migration, and the schema verified before the commit.

use contender::{Contender, Failure, QUERY};
use tablature::rusqlite::Connection;

tablature::migrations!("migrations");

struct Peer(Connection);

impl Contender for Peer {
    fn open(database: &str) -> Result<Self, Failure> {
        Ok(Peer(Connection::open(database)?))
    }

    fn migrate(&mut self) -> Result<(), Failure> {
        MIGRATIONS.apply(&mut self.0)?;
        Ok(())
    }

    fn query(&mut self) -> Result<(), Failure> {
        let mut statement = self.0.prepare(QUERY)?;
        let mut rows = statement.query([])?;
        while rows.next()?.is_some() {}
        Ok(())
    }
}

fn main() -> Result<(), Failure> {
    contender::main::<Peer>()
}
