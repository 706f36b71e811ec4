//! `cargo tablature verify`

use super::open::open_to_read;
use super::{failed, migrations, runner, stands};
use crate::Verdict;
use crate::arguments::DatabaseArguments;
use crate::failure::Failure;
use tablature::{Error, State};

/// Compares the whole schema of the database with what the migrations define, whatever was verified before.
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
    let verified = database.status(&runner).and_then(|mut status| {
        if status.is_current() {
            match database.verify(&runner) {
                Err(Error::SchemaMismatch { differences }) => {
                    status.state = State::Drifted { differences };
                }
                verified => verified?,
            }
        }
        Ok(status)
    });
    match verified {
        Ok(status) => stands(&runner, &mut database, arguments.format, &status),
        Err(error) => failed(arguments.format, &error),
    }
}
