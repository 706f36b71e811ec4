//! `cargo tablature status`

use super::open::open_to_read;
use super::{failed, migrations, runner, stands};
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
    let mut database = open_to_read(&arguments.target)?;
    let runner = runner(&migrations, arguments);
    match database.status(&runner) {
        Ok(status) => stands(&runner, &mut database, arguments.format, &status),
        Err(error) => failed(arguments.format, &error),
    }
}
