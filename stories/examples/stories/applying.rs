//! Bringing a database to the newest migration, and finding it there.

use indicatif::ProgressBar;
use std::error::Error;
use std::io::Write;
use std::path::Path;
use std::time::Instant;
use tablature::rusqlite::Connection;
use tablature::{Applied, Event};
use tablature_stories::sqlite::MIGRATIONS;

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
    // Hidden where there is no terminal.
    let bar = ProgressBar::new(0);
    let show = |event: Event<'_>| match event {
        Event::Planned { migrations } => bar.inc_length(migrations.len() as u64),
        Event::MigrationStarted { migration } => bar.set_message(migration.name.clone()),
        Event::MigrationFinished(applied) => {
            bar.inc(1);
            bar.suspend(|| print(applied));
        }
        _ => {}
    };
    let report = MIGRATIONS.runner().on_event(&show).apply(&mut connection)?;
    bar.finish_and_clear();
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

fn print(applied: &Applied) {
    let milliseconds = applied.duration.as_secs_f64() * 1000.0;
    let _ = writeln!(
        anstream::stdout(),
        "    {:>2}  {:<40} {milliseconds:>5.1} ms",
        applied.version,
        applied.name
    );
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
