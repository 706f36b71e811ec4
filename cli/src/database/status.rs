//! `cargo tablature status`

use super::{failed, migrations, open_to_read, runner, stands};
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
    let runner = runner(&migrations, arguments);
    match runner.status(&connection) {
        Ok(status) => stands(&runner, &connection, arguments.format, &status),
        Err(error) => failed(arguments.format, &error),
    }
}
