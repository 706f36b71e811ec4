//! The library that these figures are about, over both clients.

use super::{Connection, Failure, History};
use crate::history::migrations;
use postgres::{Client, NoTls};
use tablature::Migrations;
use tokio::runtime::{Builder, Runtime};

struct Synchronous {
    client: Client,
    migrations: Migrations,
}

struct Asynchronous {
    client: tokio_postgres::Client,
    migrations: Migrations,
    runtime: Runtime,
}

fn compiled(history: &History) -> Result<Migrations, Failure> {
    let mut made = Client::connect(&history.made, NoTls)?;
    Ok(migrations(&history.files, &mut made))
}

pub(super) fn synchronous(url: &str, history: &History) -> Result<Box<dyn Connection>, Failure> {
    Ok(Box::new(Synchronous {
        client: Client::connect(url, NoTls)?,
        migrations: compiled(history)?,
    }))
}

pub(super) fn asynchronous(url: &str, history: &History) -> Result<Box<dyn Connection>, Failure> {
    let runtime = Builder::new_current_thread().enable_all().build()?;
    let config: tokio_postgres::Config = url.parse()?;
    let (client, connection) = runtime.block_on(config.connect(NoTls))?;
    runtime.spawn(connection);
    Ok(Box::new(Asynchronous {
        client,
        migrations: compiled(history)?,
        runtime,
    }))
}

impl Connection for Synchronous {
    fn migrate(&mut self) -> Result<(), Failure> {
        self.migrations.postgres(&mut self.client).apply()?;
        Ok(())
    }
}

impl Connection for Asynchronous {
    fn migrate(&mut self) -> Result<(), Failure> {
        let mut on = self.migrations.tokio_postgres(&mut self.client);
        self.runtime.block_on(on.apply())?;
        Ok(())
    }
}
