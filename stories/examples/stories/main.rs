//! The whole idea on a real history: `cargo run --example stories [database]`.
//!
//! Applies the sample application's migrations to a file, writes and reads rows, and shows what becomes of a database
//! that somebody altered, and of two migrations that are mistaken.

mod applying;
mod drift;
mod mistakes;
mod rows;

use std::error::Error;
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use tempfile::TempDir;

fn main() -> Result<(), Box<dyn Error>> {
    let scratch = tempfile::tempdir()?;
    let database = match std::env::args_os().nth(1) {
        Some(path) => PathBuf::from(path),
        None => scratch.path().join("stories.db"),
    };
    match show(&database, &scratch) {
        Err(error) if is_broken_pipe(&*error) => Ok(()),
        result => result,
    }
}

fn show(database: &Path, scratch: &TempDir) -> Result<(), Box<dyn Error>> {
    let out = &mut anstream::stdout();
    heading(out, "1. Apply what is pending")?;
    let mut connection = applying::first(out, database)?;

    heading(out, "2. Apply again")?;
    applying::again(out, &mut connection)?;

    heading(out, "3. Write and read rows")?;
    rows::show(out, &mut connection)?;
    drop(connection);

    heading(out, "4. Somebody alters the database by hand")?;
    drift::show(out, database, &scratch.path().join("altered.db"))?;

    heading(out, "5. A mistake that the compiler finds")?;
    mistakes::compiled(out)?;

    heading(out, "6. A mistake that only rows can show")?;
    mistakes::applied(out, &scratch.path().join("failed.db"))?;
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

/// Whether the reader has seen enough, as in `… | head`.
fn is_broken_pipe(error: &(dyn Error + 'static)) -> bool {
    error
        .downcast_ref::<io::Error>()
        .is_some_and(|error| error.kind() == ErrorKind::BrokenPipe)
}
