//! A lock time-out stopped a migration, the later ones ran on, the exit code was 0 and services started on half a schema.

use crate::{Outcome, expect, indented};
use std::io::Write;
use std::thread;
use std::time::Duration;
use tablature::Error;
use tablature_stories::postgres::MIGRATIONS;
use tablature_test_server::Database;

/// The migration before the one that needs the lock.
const BEFORE: i64 = 10;

pub(crate) fn show(out: &mut impl Write, database: &Database, new: &Database) -> Outcome {
    let mut client = database.connect();
    let until = MIGRATIONS.runner().to_version(BEFORE);
    writeln!(out, "{}.", until.postgres(&mut client).apply()?)?;

    let mut service = database.connect();
    let mut call = service.transaction()?;
    call.execute("INSERT INTO call_log (direction) VALUES ('inbound')", &[])?;
    writeln!(
        out,
        "A service has written to `call_log` and not committed; migration 11 waits for half a second:\n"
    )?;
    let impatient = MIGRATIONS.runner().lock_timeout(Duration::from_millis(500));
    match impatient.postgres(&mut client).apply() {
        Ok(_) => return Err("the table was locked".into()),
        Err(error) => indented(out, &error.to_string())?,
    }
    writeln!(
        out,
        "\nThe process ends with that. Neither this migration nor a later one has left anything:\n"
    )?;
    let status = MIGRATIONS.postgres(&mut client).status()?;
    expect(status.version == Some(BEFORE), "nothing remains")?;
    indented(out, &status.to_string())?;
    call.commit()?;
    let report = MIGRATIONS.postgres(&mut client).apply()?;
    writeln!(out, "\nOnce the service has committed: {report}.")?;

    let starts: Vec<_> = (0..8)
        .map(|_| {
            let mut client = new.connect();
            thread::spawn(move || -> Result<usize, Error> {
                let report = MIGRATIONS.postgres(&mut client).apply()?;
                Ok(report.applied.len())
            })
        })
        .collect();
    let mut applied = Vec::new();
    for start in starts {
        applied.push(start.join().map_err(|_| "a start panicked")??);
    }
    applied.sort_unstable();
    writeln!(
        out,
        "Eight programs that start at once on a new database apply {applied:?} migrations: one all of them, the\n\
         others none."
    )?;
    expect(
        applied.iter().sum::<usize>() == MIGRATIONS.list.len(),
        "each migration is applied once",
    )
}
