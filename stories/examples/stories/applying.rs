//! Bringing a database to the newest migration, and finding it there.

use std::error::Error;
use std::io::Write;
use std::path::Path;
use std::time::Instant;
use tablature::Applied;
use tablature::rusqlite::Connection;
use tablature_stories::MIGRATIONS;

/// Applies the migrations to a file and prints each as it happens.
pub(crate) fn first(out: &mut impl Write, path: &Path) -> Result<Connection, Box<dyn Error>> {
    writeln!(
        out,
        "The {} migrations of `migrations/` are compiled into this program. The database is\n{}.\n",
        MIGRATIONS.list.len(),
        path.display()
    )?;
    let mut connection = Connection::open(path)?;
    let start = Instant::now();
    let print = |applied: &Applied| {
        let milliseconds = applied.duration.as_secs_f64() * 1000.0;
        let _ = writeln!(
            anstream::stdout(),
            "    {:>2}  {:<40} {milliseconds:>5.1} ms",
            applied.version,
            applied.name
        );
    };
    let report = MIGRATIONS
        .runner()
        .on_applied(&print)
        .apply(&mut connection)?;
    let milliseconds = start.elapsed().as_secs_f64() * 1000.0;
    if !report.applied.is_empty() {
        writeln!(out)?;
    }
    writeln!(out, "{report}, in {milliseconds:.1} ms.")?;
    if !report.applied.is_empty() {
        writeln!(
            out,
            "All of it was one transaction, and the live schema was compared with the compiled\n\
             one before the commit."
        )?;
    }
    Ok(connection)
}

/// Applies them again, which does nothing.
pub(crate) fn again(
    out: &mut impl Write,
    connection: &mut Connection,
) -> Result<(), Box<dyn Error>> {
    let start = Instant::now();
    let report = MIGRATIONS.apply(connection)?;
    writeln!(
        out,
        "{report}, in {} µs: one row of the history was read.",
        start.elapsed().as_micros()
    )?;
    Ok(())
}
