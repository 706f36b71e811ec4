//! `cargo tablature migrate`

use super::backup::backup;
use super::open::open_to_write;
use super::progress::Progress;
use super::{failed, migrations, print, runner};
use crate::Verdict;
use crate::arguments::{Format, MigrateArguments};
use crate::failure::Failure;
use crate::migrations::is_there;
use crate::output;
use tablature::Event;

/// Applies what is pending and prints what was applied.
///
/// # Errors
///
/// When there are no migrations to read, or no database to open.
pub(crate) fn run(arguments: &MigrateArguments) -> Result<Verdict, Failure> {
    let database = &arguments.database;
    let Some(migrations) = migrations(database)? else {
        return Ok(Verdict::Failed);
    };
    if let Some(wanted) = arguments.to {
        is_there(migrations.list.iter().map(|found| found.version), wanted)?;
    }
    let mut connection = open_to_write(&database.target)?;
    let mut runner = runner(&migrations, database);
    if let Some(version) = arguments.to {
        runner = runner.to_version(version);
    }
    if let Some(directory) = &arguments.backup {
        database.target.file_for("--backup")?;
        runner = runner.backup(backup(directory, arguments.keep));
    }
    let progress = Progress::new();
    let show = |event: Event<'_>| progress.show(event);
    let applied = connection.apply(runner.on_event(&show));
    progress.finish();
    match applied {
        Ok(report) => {
            if database.format == Format::Human {
                for applied in &report.applied {
                    output::print(&format!("{applied}\n"))?;
                }
                if let Some(copy) = &report.backup {
                    output::print(&format!("backed up to {}\n", copy.display()))?;
                }
            }
            print(database.format, &report)?;
            if arguments.to.is_some_and(|to| report.version > Some(to)) {
                output::note("the database is further already: `cargo tablature revert` goes back");
            }
            Ok(Verdict::Fine)
        }
        Err(error) => failed(database.format, &error),
    }
}
