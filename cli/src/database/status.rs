//! `cargo tablature status`

use super::{failed, migrations, open_to_read, print, runner};
use crate::Verdict;
use crate::arguments::DatabaseArguments;
use crate::failure::Failure;

/// Prints how the database stands to the migrations.
///
/// # Errors
///
/// When there are no migrations to read, or no database to open.
pub(crate) fn run(arguments: &DatabaseArguments) -> Result<Verdict, Failure> {
    let Some(migrations) = migrations(arguments)? else {
        return Ok(Verdict::Failed);
    };
    let connection = open_to_read(&arguments.database)?;
    match runner(&migrations, arguments).status(&connection) {
        Ok(status) => {
            print(arguments.format, &status)?;
            Ok(if status.is_current() {
                Verdict::Fine
            } else {
                Verdict::NotCurrent
            })
        }
        Err(error) => failed(arguments.format, &error),
    }
}
