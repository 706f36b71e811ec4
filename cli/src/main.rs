//! The `cargo tablature` command: checks migrations, prints their schema, writes new ones, locks released ones, and applies
//! them to a database.
//!
//! Run by cargo (`cargo tablature check`) or by itself (`cargo-tablature check`), as in a container without cargo.

mod arguments;
mod check;
mod database;
mod explain;
mod failure;
mod file;
mod json;
mod lock;
mod migrations;
mod naming;
mod new;
mod output;
mod schema;
mod snapshot;
mod summary;

use arguments::{Arguments, Command, PlanArguments, StatusArguments, VerifyArguments};
use failure::Failure;
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments = match arguments::parse(std::env::args_os()) {
        Ok(arguments) => arguments,
        // Help and version go to the standard output with exit code 0, mistakes to the standard error with 2.
        Err(error) => error.exit(),
    };
    match run(&arguments) {
        Ok(Verdict::Fine) => ExitCode::SUCCESS,
        Ok(Verdict::Failed) => ExitCode::from(1),
        Ok(Verdict::NotCurrent) => ExitCode::from(3),
        Err(failure) => {
            output::failure(&failure);
            ExitCode::from(2)
        }
    }
}

/// What a command that could run says by its exit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verdict {
    /// 0: accepted, done, up to date.
    Fine,
    /// 1: rejected, or failed.
    Failed,
    /// 3: the database is not what the migrations define, or not yet.
    NotCurrent,
}

fn run(arguments: &Arguments) -> Result<Verdict, Failure> {
    match &arguments.command {
        Command::Check(arguments) => check::run(arguments),
        Command::Schema(arguments) => schema::run(arguments),
        Command::New(arguments) => new::run(arguments),
        Command::Lock(arguments) => lock::run(arguments),
        Command::Snapshot(arguments) => snapshot::run(arguments),
        Command::Explain(arguments) => explain::run(arguments),
        Command::Migrate(arguments) => database::migrate(arguments),
        Command::Status(StatusArguments { database }) => database::status(database),
        Command::Plan(PlanArguments { database }) => database::plan(database),
        Command::Revert(arguments) => database::revert(arguments),
        Command::Adopt(arguments) => database::adopt(arguments),
        Command::Repair(arguments) => database::repair(arguments),
        Command::Backup(arguments) => database::backup(arguments),
        Command::Verify(VerifyArguments { database }) => database::verify(database),
    }
}
