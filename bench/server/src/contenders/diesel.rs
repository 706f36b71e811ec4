//! diesel: a transaction for each migration and its row of history.

use super::{Connection, Failure, History};
use diesel::migration::{Migration, MigrationMetadata, MigrationName, MigrationSource};
use diesel::migration::{MigrationVersion, Result};
use diesel::pg::{Pg, PgConnection};
use diesel::{Connection as _, connection::BoxableConnection};
use diesel_migrations::MigrationHarness;
use std::fmt;

struct Diesel {
    connection: PgConnection,
    list: List,
}

/// Migrations as diesel embeds them.
#[derive(Clone)]
struct List(Vec<Step>);

#[derive(Clone)]
struct Step {
    name: Name,
    sql: String,
}

#[derive(Clone)]
struct Name(String);

struct InTransaction;

pub(super) fn open(
    url: &str,
    history: &History,
) -> std::result::Result<Box<dyn Connection>, Failure> {
    let steps = (1..).zip(&history.files).map(|(version, sql)| Step {
        name: Name(format!("{version:08}")),
        sql: sql.clone(),
    });
    Ok(Box::new(Diesel {
        connection: PgConnection::establish(url)?,
        list: List(steps.collect()),
    }))
}

impl Connection for Diesel {
    fn migrate(&mut self) -> std::result::Result<(), Failure> {
        self.connection.run_pending_migrations(self.list.clone())?;
        Ok(())
    }
}

impl MigrationSource<Pg> for List {
    fn migrations(&self) -> Result<Vec<Box<dyn Migration<Pg>>>> {
        let steps = self.0.iter().cloned();
        Ok(steps
            .map(|step| Box::new(step) as Box<dyn Migration<Pg>>)
            .collect())
    }
}

impl Migration<Pg> for Step {
    fn run(&self, connection: &mut dyn BoxableConnection<Pg>) -> Result<()> {
        Ok(connection.batch_execute(&self.sql)?)
    }

    fn revert(&self, _: &mut dyn BoxableConnection<Pg>) -> Result<()> {
        Ok(())
    }

    fn metadata(&self) -> &dyn MigrationMetadata {
        &InTransaction
    }

    fn name(&self) -> &dyn MigrationName {
        &self.name
    }
}

impl MigrationMetadata for InTransaction {}

impl MigrationName for Name {
    fn version(&self) -> MigrationVersion<'_> {
        MigrationVersion::from(self.0.as_str())
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
