//! The five stories on a PostgreSQL server: `cargo run --features postgres --example stories-postgres`.
//!
//! Each has a database of its own on the server that `TABLATURE_POSTGRES_URL` names, or on a throw-away cluster where the
//! binaries of one are installed; they are gone afterwards.

mod alembic_stamp;
mod generations;
mod migration_109;
mod production_runbook;
mod usage_count;

use std::error::Error;
use std::io::{self, ErrorKind, Write};
use tablature_test_server::{Server, URL, shared};

/// What a story fails with: the example is a test of what it says.
type Outcome = Result<(), Box<dyn Error>>;

fn main() -> Outcome {
    let out = &mut anstream::stdout();
    let Some(server) = shared() else {
        writeln!(
            out,
            "There is no PostgreSQL server: {URL} names none, and none is installed."
        )?;
        return Ok(());
    };
    match show(out, server) {
        Err(error) if is_broken_pipe(&*error) => Ok(()),
        result => result,
    }
}

fn show(out: &mut impl Write, server: &Server) -> Outcome {
    heading(
        out,
        "1. usage_count: a column that was used before it was there",
    )?;
    usage_count::show(out, &server.database())?;

    heading(
        out,
        "2. Migration 109: a lock in the way, and everybody at once",
    )?;
    migration_109::show(out, &server.database(), &server.database())?;

    heading(out, "3. generations: a table split in two, and back")?;
    generations::show(out, &server.database(), &server.database())?;

    heading(
        out,
        "4. The production runbook: a schema that is not the code's",
    )?;
    production_runbook::show(out, &server.database())?;

    heading(out, "5. The Alembic stamp: tables without a history")?;
    alembic_stamp::show(out, &server.database(), &server.database())?;
    Ok(())
}

fn heading(out: &mut impl Write, text: &str) -> io::Result<()> {
    writeln!(out, "\n\u{1b}[1m{text}\u{1b}[0m\n")
}

/// Writes a text with every line moved to the right.
fn indented(out: &mut impl Write, text: &str) -> io::Result<()> {
    for line in text.lines() {
        if line.is_empty() {
            writeln!(out)?;
        } else {
            writeln!(out, "    {line}")?;
        }
    }
    Ok(())
}

/// Fails unless something is so.
fn expect(is_so: bool, what: &str) -> Outcome {
    match is_so {
        true => Ok(()),
        false => Err(what.into()),
    }
}

/// Whether the reader has seen enough, as in `… | head`.
fn is_broken_pipe(error: &(dyn Error + 'static)) -> bool {
    error
        .downcast_ref::<io::Error>()
        .is_some_and(|error| error.kind() == ErrorKind::BrokenPipe)
}
