//! sqlx: a transaction for each migration and its row of history.

use contender::{Contender, Failure, QUERY};
use sqlx::migrate::Migrator;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Executor, SqliteConnection};
use tokio::runtime::{Builder, Runtime};

static MIGRATOR: Migrator = sqlx::migrate!();

struct Peer {
    runtime: Runtime,
    connection: SqliteConnection,
}

impl Contender for Peer {
    fn open(database: &str) -> Result<Self, Failure> {
        let runtime = Builder::new_current_thread().enable_all().build()?;
        let options = SqliteConnectOptions::new()
            .filename(database)
            .create_if_missing(true);
        let connection = runtime.block_on(options.connect())?;
        Ok(Peer {
            runtime,
            connection,
        })
    }

    fn migrate(&mut self) -> Result<(), Failure> {
        let migrating = MIGRATOR.run(&mut self.connection);
        Ok(self.runtime.block_on(migrating)?)
    }

    fn query(&mut self) -> Result<(), Failure> {
        let query = self.connection.fetch_all(QUERY);
        self.runtime.block_on(query)?;
        Ok(())
    }
}

fn main() -> Result<(), Failure> {
    contender::main::<Peer>()
}
