//! The `cargo tablature` command: checks migrations, prints their schema and writes new ones.
//!
//! Run by cargo (`cargo tablature check`) or by itself (`cargo-tablature check`), as in a container without cargo.

mod arguments;
mod check;
mod explain;
mod failure;
mod json;
mod migrations;
mod naming;
mod new;
mod output;
mod schema;
mod summary;

use arguments::{Arguments, Command};
use failure::Failure;
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments = match arguments::parse(std::env::args_os()) {
        Ok(arguments) => arguments,
        // Help and version go to the standard output with exit code 0, mistakes to the standard error with 2.
        Err(error) => error.exit(),
    };
    match run(&arguments) {
        Ok(Verdict::Accepted) => ExitCode::SUCCESS,
        Ok(Verdict::Rejected) => ExitCode::from(1),
        Err(failure) => {
            output::failure(&failure);
            ExitCode::from(2)
        }
    }
}

/// What a command that could run says by its exit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verdict {
    /// 0.
    Accepted,
    /// 1.
    Rejected,
}

fn run(arguments: &Arguments) -> Result<Verdict, Failure> {
    match &arguments.command {
        Command::Check(arguments) => check::run(arguments),
        Command::Schema(arguments) => schema::run(arguments),
        Command::New(arguments) => new::run(arguments),
        Command::Explain(arguments) => explain::run(arguments),
    }
}
