//! `cargo tablature revert`

use super::backup::backup;
use super::open::{open_to_read, open_to_write, refuse_missing};
use super::{failed, migrations, print, runner};
use crate::Verdict;
use crate::arguments::{Format, RevertArguments};
use crate::failure::Failure;
use crate::output;

/// Goes back to a version, or prints what that would do.
///
/// # Errors
///
/// When there are no migrations to read, or no database to open.
pub(crate) fn run(arguments: &RevertArguments) -> Result<Verdict, Failure> {
    let database = &arguments.database;
    refuse_missing(&database.target)?;
    let Some(migrations) = migrations(database)? else {
        return Ok(Verdict::Failed);
    };
    let mut runner =
        runner(&migrations, database).accept_losses_of(arguments.accept.iter().copied());
    if let Some(directory) = &arguments.backup {
        database.target.file_for("--backup")?;
        runner = runner.backup(backup(directory, arguments.keep));
    }
    if arguments.dry_run {
        let mut connection = open_to_read(&database.target)?;
        return match connection.plan_revert(&runner, arguments.to) {
            Ok(plan) => {
                print(database.format, &plan)?;
                Ok(match (plan.steps.is_empty(), plan.runs()) {
                    (true, _) => Verdict::Fine,
                    (false, true) => Verdict::NotCurrent,
                    (false, false) => Verdict::Failed,
                })
            }
            Err(error) => failed(database.format, &error),
        };
    }
    let mut connection = open_to_write(&database.target)?;
    match connection.revert_to(&runner, arguments.to) {
        Ok(reverted) => {
            if let (Format::Human, Some(copy)) = (database.format, &reverted.backup) {
                output::print(&format!("backed up to {}\n", copy.display()))?;
            }
            print(database.format, &reverted)?;
            Ok(Verdict::Fine)
        }
        Err(error) => failed(database.format, &error),
    }
}
