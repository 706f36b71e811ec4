//! The database that the command line names: a file or one on a server.

use super::server::Server;
use crate::arguments::Target;
use crate::failure::Failure;
use crate::output;
use clap_cargo::style::NOTE;
use std::fs::File;
use std::io::ErrorKind;
use std::path::Path;
use tablature::rusqlite::{Connection, OpenFlags};
use tablature::{
    AdoptPlan, Adopted, Error, Plan, Repair, Report, RevertPlan, Reverted, Runner, Status,
};

/// A database that is open.
pub(super) enum Database {
    File(Box<Connection>),
    Server(Box<Server>),
}

/// The verbs, whichever the database is.
impl Database {
    pub(super) fn apply(&mut self, runner: Runner<'_>) -> Result<Report, Error> {
        match self {
            Database::File(connection) => runner.apply(connection),
            Database::Server(server) => server.on(runner).apply(),
        }
    }

    pub(super) fn status(&mut self, runner: &Runner<'_>) -> Result<Status, Error> {
        match self {
            Database::File(connection) => runner.status(connection),
            Database::Server(server) => server.with_scratch(runner.clone()).status(),
        }
    }

    pub(super) fn verify(&mut self, runner: &Runner<'_>) -> Result<(), Error> {
        match self {
            Database::File(connection) => runner.verify(connection),
            Database::Server(server) => server.on(runner.clone()).verify(),
        }
    }

    pub(super) fn plan(&mut self, runner: &Runner<'_>) -> Result<Plan, Error> {
        match self {
            Database::File(connection) => runner.plan(connection),
            Database::Server(server) => server.on(runner.clone()).plan(),
        }
    }

    pub(super) fn adopt(
        &mut self,
        runner: &Runner<'_>,
        version: Option<i64>,
    ) -> Result<Adopted, Error> {
        match (self, version) {
            (Database::File(connection), Some(version)) => runner.adopt_at(connection, version),
            (Database::File(connection), None) => runner.adopt(connection),
            (Database::Server(server), Some(version)) => {
                server.with_scratch(runner.clone()).adopt_at(version)
            }
            (Database::Server(server), None) => server.with_scratch(runner.clone()).adopt(),
        }
    }

    pub(super) fn plan_adopt(
        &mut self,
        runner: &Runner<'_>,
        version: Option<i64>,
    ) -> Result<AdoptPlan, Error> {
        match (self, version) {
            (Database::File(connection), Some(version)) => {
                runner.plan_adopt_at(connection, version)
            }
            (Database::File(connection), None) => runner.plan_adopt(connection),
            (Database::Server(server), Some(version)) => {
                server.with_scratch(runner.clone()).plan_adopt_at(version)
            }
            (Database::Server(server), None) => server.with_scratch(runner.clone()).plan_adopt(),
        }
    }

    pub(super) fn repair(&mut self, runner: &Runner<'_>) -> Result<Repair, Error> {
        match self {
            Database::File(connection) => runner.repair(connection),
            Database::Server(server) => server.with_scratch(runner.clone()).repair(),
        }
    }

    pub(super) fn revert_to(
        &mut self,
        runner: &Runner<'_>,
        version: i64,
    ) -> Result<Reverted, Error> {
        match self {
            Database::File(connection) => runner.revert_to(connection, version),
            Database::Server(server) => server.with_scratch(runner.clone()).revert_to(version),
        }
    }

    pub(super) fn plan_revert(
        &mut self,
        runner: &Runner<'_>,
        version: i64,
    ) -> Result<RevertPlan, Error> {
        match self {
            Database::File(connection) => runner.plan_revert(connection, version),
            Database::Server(server) => server.on(runner.clone()).plan_revert(version),
        }
    }
}

impl Database {
    /// Where a script that repairs it was tried, and what runs it.
    pub(super) fn how_to_run(&self) -> &'static str {
        match self {
            Database::File(_) => "a copy; run it with `sqlite3 -bail`",
            Database::Server(_) => {
                "the database, which is as it was; run it with `psql -v ON_ERROR_STOP=1`"
            }
        }
    }
}

/// Opens a database for reading. A file that is not there is looked at as what it will be made as: empty.
pub(super) fn open_to_read(target: &Target) -> Result<Database, Failure> {
    match target.url() {
        Some(url) => server(url),
        None => file_to_read(target.file()?).map(file),
    }
}

/// Opens a database for writing; a file that is not there is made.
pub(super) fn open_to_write(target: &Target) -> Result<Database, Failure> {
    match target.url() {
        Some(url) => server(url),
        None => file_to_write(target.file()?).map(file),
    }
}

/// Refuses a file that is not there.
pub(super) fn refuse_missing(target: &Target) -> Result<(), Failure> {
    match target.url() {
        Some(_) => Ok(()),
        None => {
            let path = target.file()?;
            match path.exists() {
                true => Ok(()),
                false => Err(Failure::NoDatabase(path.to_owned())),
            }
        }
    }
}

fn file(connection: Connection) -> Database {
    Database::File(Box::new(connection))
}

fn server(url: &str) -> Result<Database, Failure> {
    Ok(Database::Server(Box::new(Server::connect(url)?)))
}

/// Opens a file for reading, or an empty database in its place.
pub(super) fn file_to_read(path: &Path) -> Result<Connection, Failure> {
    if path.try_exists().unwrap_or(true) {
        return open(path, OpenFlags::SQLITE_OPEN_READ_ONLY);
    }
    output::note(&format!(
        "{NOTE}note{NOTE:#}: there is no database {}; `cargo tablature migrate` would make it",
        path.display()
    ));
    Connection::open_in_memory().map_err(|reason| Failure::Open {
        path: path.to_owned(),
        reason: reason.to_string(),
    })
}

/// Opens a file for writing, or makes it.
pub(super) fn file_to_write(path: &Path) -> Result<Connection, Failure> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE;
    open(path, flags)
}

fn open(path: &Path, flags: OpenFlags) -> Result<Connection, Failure> {
    let failed = |reason: String| Failure::Open {
        path: path.to_owned(),
        reason,
    };
    let directory = path
        .parent()
        .filter(|parent| !parent.as_os_str().is_empty());
    if path.is_dir() {
        return Err(failed("it is a directory".to_owned()));
    }
    if let Some(directory) = directory.filter(|directory| !directory.is_dir()) {
        return Err(failed(format!(
            "there is no directory {}",
            directory.display()
        )));
    }
    Connection::open_with_flags(path, flags).map_err(|reason| {
        // The engine does not say why.
        failed(match File::open(path) {
            Err(reason) if reason.kind() != ErrorKind::NotFound => reason.to_string(),
            Err(_) => "it is not there, and this process may not make it".to_owned(),
            Ok(_) => reason.to_string(),
        })
    })
}
