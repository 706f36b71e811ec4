//! Tables existed, and the history was empty or wrong, as "latest" was found by sorting file names as text.

use crate::{Outcome, expect, indented};
use std::io::Write;
use tablature_stories::postgres::MIGRATIONS;
use tablature_test_server::Database;

/// The version that the database really is at.
const AT: i64 = 17;

pub(crate) fn show(out: &mut impl Write, database: &Database, scratch: &Database) -> Outcome {
    let mut client = database.connect();
    // Something else has made the tables.
    for migration in MIGRATIONS.list.iter().filter(|it| it.version <= AT) {
        client.batch_execute(&migration.sql)?;
    }
    writeln!(out, "There are tables, and no history of them:\n")?;
    let Err(error) = MIGRATIONS.postgres(&mut client).apply() else {
        return Err("nobody knows which migrations it has".into());
    };
    indented(out, &error.to_string())?;

    let mut scratch = scratch.connect();
    let adopted = MIGRATIONS
        .postgres(&mut client)
        .scratch(&mut scratch)
        .adopt()?;
    writeln!(out, "\nIts schema is the evidence: {adopted}.")?;
    let report = MIGRATIONS.postgres(&mut client).apply()?;
    writeln!(out, "Then {report}: 9 before 10, as numbers are.")?;
    expect(
        report.applied.len() == 2 && report.version == Some(19),
        "what was pending is applied",
    )
}
