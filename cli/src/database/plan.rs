//! `cargo tablature plan`

use super::open::open_to_read;
use super::{failed, migrations, print, runner};
use crate::Verdict;
use crate::arguments::DatabaseArguments;
use crate::failure::Failure;

/// Prints the statements that `migrate` would run.
///
/// # Errors
///
/// When there are no migrations to read, or no database to open.
pub(crate) fn run(arguments: &DatabaseArguments) -> Result<Verdict, Failure> {
    let Some(migrations) = migrations(arguments)? else {
        return Ok(Verdict::Failed);
    };
    let mut database = open_to_read(&arguments.target)?;
    match database.plan(&runner(&migrations, arguments)) {
        Ok(plan) => {
            print(arguments.format, &plan)?;
            Ok(if plan.is_empty() {
                Verdict::Fine
            } else {
                Verdict::NotCurrent
            })
        }
        Err(error) => failed(arguments.format, &error),
    }
}
