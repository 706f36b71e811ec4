//! diesel: a transaction for each migration and its row of history.

use contender::{Contender, Failure, QUERY};
use diesel::connection::SimpleConnection;
use diesel::{Connection, SqliteConnection};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

const MIGRATIONS: EmbeddedMigrations = embed_migrations!("migrations");

struct Peer(SqliteConnection);

impl Contender for Peer {
    fn open(database: &str) -> Result<Self, Failure> {
        Ok(Peer(SqliteConnection::establish(database)?))
    }

    fn migrate(&mut self) -> Result<(), Failure> {
        self.0.run_pending_migrations(MIGRATIONS)?;
        Ok(())
    }

    fn query(&mut self) -> Result<(), Failure> {
        Ok(self.0.batch_execute(QUERY)?)
    }
}

fn main() -> Result<(), Failure> {
    contender::main::<Peer>()
}
