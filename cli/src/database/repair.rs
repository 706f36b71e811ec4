//! `cargo tablature repair`

use super::open::{open_to_read, refuse_missing};
use super::{failed, migrations, print, runner};
use crate::Verdict;
use crate::arguments::{Format, RepairArguments};
use crate::failure::Failure;
use crate::output;
use clap_cargo::style::NOTE;
use std::fs::File;
use std::io::{Error as IoError, ErrorKind, Write};
use std::path::Path;
use tablature::rusqlite::{Connection, Result};
use tablature::{Error, Repair};

/// Writes the script that brings the database back to what the migrations define.
///
/// # Errors
///
/// When there are no migrations to read, no database to open, or the script cannot be written.
pub(crate) fn run(arguments: &RepairArguments) -> std::result::Result<Verdict, Failure> {
    let database = &arguments.database;
    refuse_missing(&database.target)?;
    let Some(migrations) = migrations(database)? else {
        return Ok(Verdict::Failed);
    };
    let mut connection = open_to_read(&database.target)?;
    let runner = runner(&migrations, database)
        .drop_unexpected(arguments.drop.iter().cloned())
        .scratch(scratch);
    match connection.repair(&runner) {
        Ok(repair) => {
            match &arguments.output {
                Some(path) if !repair.is_empty() => {
                    write(path, &repair)?;
                    if database.format == Format::Json {
                        print(database.format, &repair)?;
                    }
                }
                Some(_) | None => print(database.format, &repair)?,
            }
            tell(
                &repair,
                arguments.output.as_deref(),
                connection.how_to_run(),
            );
            Ok(if repair.kept.is_empty() {
                Verdict::Fine
            } else {
                Verdict::NotCurrent
            })
        }
        Err(error @ Error::Pending { .. }) => {
            failed(database.format, &error).map(|_| Verdict::NotCurrent)
        }
        Err(error) => failed(database.format, &error),
    }
}

/// A database of its own, in a file that the engine removes: the copy may be a large one.
fn scratch() -> Result<Connection> {
    Connection::open("")
}

/// Writes the script to a file that is not there yet.
fn write(path: &Path, repair: &Repair) -> std::result::Result<(), Failure> {
    let failed = |reason: IoError| Failure::Write {
        path: path.to_owned(),
        reason,
    };
    let mut file = File::create_new(path).map_err(|reason| match reason.kind() {
        ErrorKind::AlreadyExists => failed(IoError::other(
            "it is there already: move it away or name another file",
        )),
        _ => failed(reason),
    })?;
    writeln!(file, "{repair}").map_err(failed)
}

/// Says beside the script what became of it, and what is left.
fn tell(repair: &Repair, output: Option<&Path>, how_to_run: &str) {
    if let (Some(path), false) = (output, repair.is_empty()) {
        let mends = match repair.mends.len() {
            1 => "1 difference".to_owned(),
            count => format!("{count} differences"),
        };
        output::note(&format!(
            "{NOTE}note{NOTE:#}: {} mends {mends} and was tried on {how_to_run}, after a backup",
            path.display()
        ));
    }
    for difference in &repair.kept {
        output::note(&format!(
            "{NOTE}note{NOTE:#}: {difference}; it is kept: `--drop NAME` drops it"
        ));
    }
}
