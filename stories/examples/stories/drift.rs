//! A database whose schema is no longer what the migrations say.

use crate::indented;
use std::error::Error;
use std::fs;
use std::io::Write;
use std::path::Path;
use tablature::rusqlite::Connection;
use tablature_stories::sqlite::MIGRATIONS;

/// What the hand of the production story did, more or less.
const BY_HAND: &str = "\
ALTER TABLE scores DROP COLUMN duration_sec;
DROP INDEX stories_by_user;
CREATE TABLE fix_me_later (note TEXT);";

/// Alters a copy of the database and shows what the program says of it.
pub(crate) fn show(
    out: &mut impl Write,
    database: &Path,
    copy: &Path,
) -> Result<(), Box<dyn Error>> {
    fs::copy(database, copy)?;
    let mut connection = Connection::open(copy)?;
    connection.execute_batch(BY_HAND)?;
    indented(out, BY_HAND)?;

    writeln!(out, "\n`MIGRATIONS.verify(&connection)` says:\n")?;
    match MIGRATIONS.verify(&connection) {
        Ok(()) => return Err("the drift was not noticed".into()),
        Err(error) => indented(out, &error.to_string())?,
    }
    match MIGRATIONS.apply(&mut connection) {
        Ok(_) => return Err("the drift was not noticed".into()),
        Err(_) => writeln!(
            out,
            "\n`MIGRATIONS.apply` refuses with the same error: the application does not start on a\n\
             database that its code does not fit."
        )?,
    }
    Ok(())
}
