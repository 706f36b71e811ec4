//! The verbs that look at a database or change it: what they have in common.

mod adopt;
mod backup;
mod migrate;
mod open;
mod plan;
mod progress;
mod repair;
mod revert;
mod server;
mod status;
mod verify;

pub(crate) use adopt::run as adopt;
pub(crate) use backup::run as backup;
pub(crate) use migrate::run as migrate;
pub(crate) use plan::run as plan;
pub(crate) use repair::run as repair;
pub(crate) use revert::run as revert;
pub(crate) use status::run as status;
pub(crate) use verify::run as verify;

use crate::Verdict;
use crate::arguments::{DatabaseArguments, Format};
use crate::failure::Failure;
use crate::json;
use crate::migrations::{checked, embedded};
use crate::output;
use clap_cargo::style::{ERROR, NOTE};
use open::Database;
use serde::Serialize;
use std::fmt::Display;
use std::time::Duration;
use tablature::difference::{Difference, Object};
use tablature::repair::RepairProblem;
use tablature::status::NewerMigration;
use tablature::{Error, Migrations, Runner, State, Status};
use tablature_schema::render::{self, Style};

/// The migrations that the command line names; none if they are rejected, which then has been said.
fn migrations(arguments: &DatabaseArguments) -> Result<Option<Migrations>, Failure> {
    let checked = checked(&arguments.migrations, None)?;
    if checked.accepted() {
        let migrations = embedded(&checked);
        // Before a file is made for nothing.
        let is_for_server = migrations.expected.postgres().is_some();
        if is_for_server && arguments.target.url().is_none() {
            return Err(Failure::FileForServer);
        }
        return Ok(Some(migrations));
    }
    match arguments.format {
        Format::Human => {
            let style = Style::Colored;
            let frames = render::report(&checked.sources, &checked.diagnostics, style);
            output::note(&frames);
            output::note(&format!(
                "{ERROR}error{ERROR:#}: the migrations in `{}` are rejected, and the database was not touched",
                checked.path
            ));
        }
        Format::Json => output::print(&json::text(&json::Report::new(&checked))?)?,
    }
    Ok(None)
}

/// How the command line wants the migrations to be looked at or applied.
fn runner<'a>(migrations: &'a Migrations, arguments: &DatabaseArguments) -> Runner<'a> {
    let runner = migrations
        .runner()
        .busy_timeout(Duration::from_secs(arguments.timeout))
        .ignore_tables(arguments.ignore_table.iter().cloned());
    match arguments.accept_newer_if_additive {
        true => runner.accept_newer_if_additive(),
        false => runner,
    }
}

/// Prints what was found, for people or as JSON.
fn print(format: Format, found: &(impl Display + Serialize)) -> Result<(), Failure> {
    output::print(&match format {
        Format::Human => format!("{found}\n"),
        Format::Json => json::text(found)?,
    })
}

/// Says why it failed, for people or as JSON.
pub(crate) fn failed(format: Format, error: &Error) -> Result<Verdict, Failure> {
    #[derive(Serialize)]
    struct Failed<'a> {
        state: &'static str,
        error: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        problems: Option<&'a [RepairProblem]>,
    }
    let problems = match error {
        Error::NotRepairable { problems } => Some(problems.as_slice()),
        _ => None,
    };
    match format {
        Format::Human => {
            output::note(&format!("{ERROR}error{ERROR:#}: {error}"));
            tell(help(error).as_deref());
        }
        Format::Json => output::print(&json::text(&Failed {
            state: "failed",
            error: error.to_string(),
            problems,
        })?)?,
    }
    Ok(Verdict::Failed)
}

/// Prints how the database stands to the migrations, and what to do about it.
fn stands(
    runner: &Runner<'_>,
    database: &mut Database,
    format: Format,
    status: &Status,
) -> Result<Verdict, Failure> {
    print(format, status)?;
    if status.is_current() {
        return Ok(Verdict::Fine);
    }
    if let Format::Human = format {
        let error = match &status.state {
            State::Newer { .. } | State::Drifted { .. } => database.verify(runner).err(),
            State::Unknown { .. } => database.plan_adopt(runner, None).err(),
            _ => None,
        };
        let help = match &status.state {
            State::Adoptable { versions, .. } if versions.len() > 1 => {
                Some("here that is `cargo tablature adopt --at VERSION`".to_owned())
            }
            State::Adoptable { .. } => Some("here that is `cargo tablature adopt`".to_owned()),
            _ => error.as_ref().and_then(help),
        };
        tell(help.as_deref());
    }
    Ok(Verdict::NotCurrent)
}

fn tell(help: Option<&str>) {
    if let Some(help) = help {
        output::note(&format!("  {NOTE}= help{NOTE:#}: {help}"));
    }
}

/// What to do on the command line, where the message of an error names a method of the library or cannot know.
fn help(error: &Error) -> Option<String> {
    match error {
        Error::Irreversible { refusals } if refusals.iter().all(|one| one.can_be_accepted) => {
            let versions = refusals.iter().map(|refusal| refusal.version.to_string());
            let versions: Vec<String> = versions.collect();
            Some(format!("here that is `--accept {}`", versions.join(",")))
        }
        Error::NoHistory { .. } => {
            Some("here that is `cargo tablature adopt`, or `--ignore-table NAME`".to_owned())
        }
        Error::SchemaMismatch { differences } => Some(match has_unexpected_table(differences) {
            true => "here that is `cargo tablature repair`, or `--ignore-table NAME`".to_owned(),
            false => "here that is `cargo tablature repair`".to_owned(),
        }),
        Error::NotRepairable { problems }
            if problems
                .iter()
                .any(|problem| matches!(problem, RepairProblem::Kept { .. })) =>
        {
            Some("here that is `--drop NAME`".to_owned())
        }
        Error::Ambiguous { .. } | Error::ForeignHistory { .. } => {
            Some("here that is `--at VERSION`".to_owned())
        }
        Error::NotAdoptable {
            version,
            matches,
            differences,
            ..
        } if matches.is_empty() => {
            let schema = format!("`cargo tablature schema --at {version}` prints what that is");
            Some(match has_unexpected_table(differences) {
                true => format!("{schema}; here ignoring is `--ignore-table NAME`"),
                false => schema,
            })
        }
        Error::NotAdoptable { .. } => Some("here that is `--at VERSION`".to_owned()),
        Error::Newer { newer, .. } if newer.iter().all(NewerMigration::is_additive) => {
            Some("here that is `--accept-newer-if-additive`".to_owned())
        }
        Error::ReadOnly => Some(
            "its file or the directory around it cannot be written: look at who may, and at how it is mounted".to_owned(),
        ),
        Error::Unrecovered { .. } => Some("here that is `cargo tablature migrate`".to_owned()),
        Error::Locked { .. } => Some("here that is `--timeout SECONDS`".to_owned()),
        Error::Statement(failed) if failed.reason.to_string().starts_with("no such function") => {
            Some(
                "this command cannot register the application's functions: \
                 let the application migrate"
                    .to_owned(),
            )
        }
        _ => None,
    }
}

fn has_unexpected_table(differences: &[Difference]) -> bool {
    let mut unexpected = differences
        .iter()
        .filter_map(|difference| match difference {
            Difference::Unexpected { object } => Some(object),
            _ => None,
        });
    unexpected.any(|object| matches!(object, Object::Table { .. }))
}
