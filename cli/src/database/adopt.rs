//! `cargo tablature adopt`

use super::{failed, migrations, open_to_read, open_to_write, print, runner};
use crate::Verdict;
use crate::arguments::AdoptArguments;
use crate::failure::Failure;
use crate::migrations::is_there;

/// Gives a history to a database that something else has made, or prints what that would record.
///
/// # Errors
///
/// When there are no migrations to read, or no database to open.
pub(crate) fn run(arguments: &AdoptArguments) -> Result<Verdict, Failure> {
    let database = &arguments.database;
    if !database.database.exists() {
        return Err(Failure::NoDatabase(database.database.clone()));
    }
    let Some(migrations) = migrations(database)? else {
        return Ok(Verdict::Failed);
    };
    if let Some(wanted) = arguments.at {
        is_there(migrations.list.iter().map(|found| found.version), wanted)?;
    }
    let runner = runner(&migrations, database);
    if arguments.dry_run {
        let connection = open_to_read(&database.database)?;
        let planned = match arguments.at {
            Some(version) => runner.plan_adopt_at(&connection, version),
            None => runner.plan_adopt(&connection),
        };
        return match planned {
            Ok(plan) => {
                print(database.format, &plan)?;
                Ok(if plan.is_empty() {
                    Verdict::Fine
                } else {
                    Verdict::NotCurrent
                })
            }
            Err(error) => failed(database.format, &error),
        };
    }
    let mut connection = open_to_write(&database.database)?;
    let adopted = match arguments.at {
        Some(version) => runner.adopt_at(&mut connection, version),
        None => runner.adopt(&mut connection),
    };
    match adopted {
        Ok(adopted) => {
            print(database.format, &adopted)?;
            Ok(Verdict::Fine)
        }
        Err(error) => failed(database.format, &error),
    }
}
