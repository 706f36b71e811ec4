//! refinery, with a transaction for each migration, or with one for all.

use super::{Connection, Failure, History};
use postgres::{Client, NoTls};
use refinery::{Migration, Runner};

struct Refinery {
    client: Client,
    runner: Runner,
}

pub(super) fn each(url: &str, history: &History) -> Result<Box<dyn Connection>, Failure> {
    open(url, history, false)
}

pub(super) fn grouped(url: &str, history: &History) -> Result<Box<dyn Connection>, Failure> {
    open(url, history, true)
}

fn open(url: &str, history: &History, grouped: bool) -> Result<Box<dyn Connection>, Failure> {
    let mut migrations = Vec::new();
    for (version, sql) in (1..).zip(&history.files) {
        migrations.push(Migration::unapplied(&format!("V{version}__step"), sql)?);
    }
    Ok(Box::new(Refinery {
        client: Client::connect(url, NoTls)?,
        runner: Runner::new(&migrations).set_grouped(grouped),
    }))
}

impl Connection for Refinery {
    fn migrate(&mut self) -> Result<(), Failure> {
        self.runner.run(&mut self.client)?;
        Ok(())
    }
}
