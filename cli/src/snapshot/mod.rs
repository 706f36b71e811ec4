//! `cargo tablature snapshot`

mod cell;
mod moment;
mod present;
mod proof;
mod state;
mod statements;
mod virtual_table;

use crate::Verdict;
use crate::arguments::{Format, SnapshotArguments};
use crate::check::told;
use crate::database::failed;
use crate::failure::Failure;
use crate::file::{Outcome, bring_up_to_date, own_file};
use crate::json::{self, SnapshotReport};
use crate::migrations::{is_there, judged, read};
use crate::output;
use crate::summary::counted;
use clap_cargo::style::{ERROR, NOTE};
use proof::{Proven, Refused, prove};
use std::time::Instant;
use tablature_schema::catalog::Catalog;
use tablature_schema::{Checked, snapshot};

/// Makes the snapshot, proves it, and writes it.
///
/// # Errors
///
/// When no verdict can be given, or the snapshot cannot be written; it is then as it was.
pub(crate) fn run(arguments: &SnapshotArguments) -> Result<Verdict, Failure> {
    let start = Instant::now();
    let mut directory = read(&arguments.migrations.dir)?;
    // One that is there already may be of migrations that have changed since.
    let file = directory.snapshot.take();
    let present = file.map(|file| directory.sources.file(file).text.to_string());
    let checked = judged(directory.clone(), &arguments.migrations, None)?;
    match checked.catalog {
        Catalog::Sqlite(_) => {}
        Catalog::Postgres(_) => return Err(Failure::NoSnapshot),
    }
    let path = own_file(&checked, snapshot::FILE_NAME);
    let last = checked.migrations.last().map(|last| last.version);
    let Some(version) = arguments.until.or(last).filter(|_| checked.accepted()) else {
        let text = match arguments.format {
            Format::Human => told(&checked, start.elapsed()),
            Format::Json => json::text(&SnapshotReport::new(&checked, &path))?,
        };
        output::print(&text)?;
        return Ok(Verdict::Failed);
    };
    is_there(
        checked.migrations.iter().map(|found| found.version),
        version,
    )?;

    let proven = match prove(arguments, &directory, &checked, version) {
        Ok(proven) => proven,
        Err(Refused::Fails(error)) => return failed(arguments.format, &error),
        Err(Refused::Failure(failure)) => return Err(failure),
        Err(Refused::Unrepeatable(found)) => {
            refuse(arguments.format, &checked, &path, version, found)?;
            return Ok(Verdict::Failed);
        }
    };
    let outcome = bring_up_to_date(&path, present.as_deref(), &proven.text, arguments.check)?;
    tell(arguments.format, &checked, &path, version, &proven, outcome)?;
    Ok(outcome.verdict())
}

fn tell(
    format: Format,
    checked: &Checked,
    path: &str,
    version: i64,
    proven: &Proven,
    outcome: Outcome,
) -> Result<(), Failure> {
    let contents = format!(
        "version {version} with {} and {}",
        counted(proven.tables, "table"),
        counted(proven.rows, "row")
    );
    output::print(&match (format, outcome) {
        (Format::Human, Outcome::Current) => format!("`{path}` is up to date: {contents}\n"),
        (Format::Human, Outcome::Written) => format!("wrote `{path}`: {contents}\n"),
        (Format::Human, Outcome::Outdated) => format!(
            "{ERROR}error{ERROR:#}: `{path}` is not up to date: run `cargo tablature snapshot` and commit the file\n"
        ),
        (Format::Json, _) => json::text(&SnapshotReport {
            verdict: outcome.word(),
            written: outcome == Outcome::Written,
            version: Some(version),
            tables: proven.tables,
            rows: proven.rows,
            ..SnapshotReport::new(checked, path)
        })?,
    })
}

fn refuse(
    format: Format,
    checked: &Checked,
    path: &str,
    version: i64,
    refusals: Vec<String>,
) -> Result<(), Failure> {
    match format {
        Format::Human => {
            output::note(&format!(
                "{ERROR}error{ERROR:#}: no snapshot can stand for the migrations up to {version}"
            ));
            for refusal in refusals {
                output::note(&format!("  {refusal}"));
            }
            output::note(&format!(
                "  {NOTE}= help{NOTE:#}: `--until` an earlier version: a new database is then made from that snapshot and the \
                 migrations after it"
            ));
            Ok(())
        }
        Format::Json => output::print(&json::text(&SnapshotReport {
            version: Some(version),
            refusals,
            ..SnapshotReport::new(checked, path)
        })?),
    }
}
