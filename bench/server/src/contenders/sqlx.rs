//! sqlx: a transaction for each migration and its row of history.

use super::{Connection, Failure, History};
use sqlx::ConnectOptions;
use sqlx::migrate::Migrator;
use sqlx::postgres::PgConnection;
use std::fs;
use tokio::runtime::{Builder, Runtime};

struct Sqlx {
    connection: PgConnection,
    migrator: Migrator,
    runtime: Runtime,
}

pub(super) fn open(url: &str, history: &History) -> Result<Box<dyn Connection>, Failure> {
    let directory = tempfile::tempdir()?;
    for (version, sql) in (1..).zip(&history.files) {
        fs::write(directory.path().join(format!("{version}_step.sql")), sql)?;
    }
    let runtime = Builder::new_current_thread().enable_all().build()?;
    let options: sqlx::postgres::PgConnectOptions = url.parse()?;
    let connection = runtime.block_on(options.disable_statement_logging().connect())?;
    let migrator = runtime.block_on(Migrator::new(directory.path()))?;
    Ok(Box::new(Sqlx {
        connection,
        migrator,
        runtime,
    }))
}

impl Connection for Sqlx {
    fn migrate(&mut self) -> Result<(), Failure> {
        let migrating = self.migrator.run(&mut self.connection);
        Ok(self.runtime.block_on(migrating)?)
    }
}
