//! `cargo tablature adopt`

use super::open::{open_to_read, open_to_write, refuse_missing};
use super::{failed, migrations, print, runner};
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
    refuse_missing(&database.target)?;
    let Some(migrations) = migrations(database)? else {
        return Ok(Verdict::Failed);
    };
    if let Some(wanted) = arguments.at {
        is_there(migrations.list.iter().map(|found| found.version), wanted)?;
    }
    let runner = runner(&migrations, database);
    if arguments.dry_run {
        let mut connection = open_to_read(&database.target)?;
        return match connection.plan_adopt(&runner, arguments.at) {
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
    let mut connection = open_to_write(&database.target)?;
    match connection.adopt(&runner, arguments.at) {
        Ok(adopted) => {
            print(database.format, &adopted)?;
            Ok(Verdict::Fine)
        }
        Err(error) => failed(database.format, &error),
    }
}
