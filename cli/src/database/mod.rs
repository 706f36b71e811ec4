//! The verbs that look at a database or change it: what they have in common.

mod adopt;
mod backup;
mod migrate;
mod plan;
mod progress;
mod revert;
mod status;
mod verify;

pub(crate) use adopt::run as adopt;
pub(crate) use backup::run as backup;
pub(crate) use migrate::run as migrate;
pub(crate) use plan::run as plan;
pub(crate) use revert::run as revert;
pub(crate) use status::run as status;
pub(crate) use verify::run as verify;

use crate::Verdict;
use crate::arguments::{DatabaseArguments, Format};
use crate::failure::Failure;
use crate::json;
use crate::migrations::checked;
use crate::output;
use clap_cargo::style::{ERROR, NOTE};
use serde::Serialize;
use std::fmt::Display;
use std::path::Path;
use std::time::Duration;
use tablature::rusqlite::{Connection, OpenFlags};
use tablature::{Error, Migrations, Runner};
use tablature_codegen::embedded;
use tablature_schema::render::{self, Style};

/// The migrations that the command line names; none if they are rejected, which then has been said.
fn migrations(arguments: &DatabaseArguments) -> Result<Option<Migrations>, Failure> {
    let checked = checked(&arguments.migrations, None)?;
    if !checked.accepted() {
        output::note(&render::report(
            &checked.sources,
            &checked.diagnostics,
            Style::Colored,
        ));
        output::note(&format!(
            "{ERROR}error{ERROR:#}: the migrations in `{}` are rejected, and the database was not touched",
            checked.path
        ));
        return Ok(None);
    }
    Ok(Some(Migrations {
        list: embedded::migrations(&checked).into(),
        schema: embedded::schema(&checked.catalog, &checked.sources),
        source: None,
    }))
}

/// How the command line wants the migrations to be looked at or applied.
fn runner<'a>(migrations: &'a Migrations, arguments: &DatabaseArguments) -> Runner<'a> {
    migrations
        .runner()
        .busy_timeout(Duration::from_secs(arguments.timeout))
        .ignore_tables(arguments.ignore_table.iter().cloned())
}

/// Opens the database for reading. One that is not there is looked at as what it will be made as: empty.
fn open_to_read(path: &Path) -> Result<Connection, Failure> {
    let opened = if path.try_exists().unwrap_or(true) {
        Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)
    } else {
        Connection::open_in_memory()
    };
    opened.map_err(|reason| Failure::Open {
        path: path.to_owned(),
        reason,
    })
}

/// Opens the database for writing, or makes it.
fn open_to_write(path: &Path) -> Result<Connection, Failure> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE;
    Connection::open_with_flags(path, flags).map_err(|reason| Failure::Open {
        path: path.to_owned(),
        reason,
    })
}

/// Prints what was found, for people or as JSON.
fn print(format: Format, found: &(impl Display + Serialize)) -> Result<(), Failure> {
    output::print(&match format {
        Format::Human => format!("{found}\n"),
        Format::Json => json::text(found)?,
    })
}

/// Says why it failed, for people or as JSON.
fn failed(format: Format, error: &Error) -> Result<Verdict, Failure> {
    #[derive(Serialize)]
    struct Failed {
        state: &'static str,
        error: String,
    }
    match format {
        Format::Human => {
            output::note(&format!("{ERROR}error{ERROR:#}: {error}"));
            if let Some(option) = option(error) {
                output::note(&format!("  {NOTE}= help{NOTE:#}: here that is {option}"));
            }
        }
        Format::Json => output::print(&json::text(&Failed {
            state: "failed",
            error: error.to_string(),
        })?)?,
    }
    Ok(Verdict::Failed)
}

/// The option for what the message of an error has a method of the library for.
fn option(error: &Error) -> Option<&'static str> {
    match error {
        Error::Irreversible { .. } => Some("`--accept VERSION`"),
        Error::NoHistory { .. } => Some("`cargo tablature adopt`, or `--ignore-table NAME`"),
        Error::SchemaMismatch { .. } => Some("`--ignore-table NAME`"),
        Error::Ambiguous { .. } | Error::ForeignHistory { .. } => Some("`--at VERSION`"),
        Error::NotAdoptable { matches, .. } if matches.is_empty() => Some("`--ignore-table NAME`"),
        Error::NotAdoptable { .. } => Some("`--at VERSION`"),
        Error::Locked => Some("`--timeout SECONDS`"),
        _ => None,
    }
}
