//! rusqlite_migration: one transaction, the number of migrations in the file's header.

use contender::{Contender, Failure, QUERY};
use include_dir::{Dir, include_dir};
use rusqlite::Connection;
use rusqlite_migration::Migrations;

static DIRECTORY: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/migrations");

struct Peer(Connection);

impl Contender for Peer {
    fn open(database: &str) -> Result<Self, Failure> {
        Ok(Peer(Connection::open(database)?))
    }

    fn migrate(&mut self) -> Result<(), Failure> {
        Migrations::from_directory(&DIRECTORY)?.to_latest(&mut self.0)?;
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
