//! Reading and checking the directory that the command line names.

use crate::arguments::{Denied, Dialect, MigrationsArguments};
use crate::failure::Failure;
use std::path::Path;
use tablature::Migrations;
use tablature_codegen::embedded;
use tablature_schema::config::{self, Level};
use tablature_schema::diagnostic::{Code, Diagnostic, Severity};
use tablature_schema::directory::Directory;
use tablature_schema::{Checked, Options, check};

/// Replays the migrations up to a version, or all of them.
///
/// # Errors
///
/// When there is no directory to read, or no support for its dialect.
pub(crate) fn checked(
    arguments: &MigrationsArguments,
    until: Option<i64>,
) -> Result<Checked, Failure> {
    judged(read(&arguments.dir)?, arguments, until)
}

/// Replays the migrations of a directory that was read.
///
/// # Errors
///
/// When there is no support for its dialect.
pub(crate) fn judged(
    mut directory: Directory,
    arguments: &MigrationsArguments,
    until: Option<i64>,
) -> Result<Checked, Failure> {
    directory.config.chosen_dialect = match arguments.dialect {
        Some(Dialect::Postgres) => Some(config::Dialect::Postgres),
        Some(Dialect::Sqlite) => Some(config::Dialect::Sqlite),
        None => None,
    };
    let allowed = arguments.allow.iter().map(|code| (*code, Level::Allow));
    let denied = arguments.deny.iter().filter_map(|denied| match denied {
        Denied::Lint(code) => Some((*code, Level::Deny)),
        Denied::Warnings => None,
    });
    let options = Options {
        until,
        levels: allowed.chain(denied).collect(),
    };
    let mut checked = check(directory, &options);
    // Whether the configuration's names and types fit shows only beside the catalog of the whole history.
    if until.is_none() {
        let found = tablature_codegen::diagnostics(&checked);
        checked.diagnostics.extend(found);
    }
    if arguments.deny.contains(&Denied::Warnings) {
        for diagnostic in &mut checked.diagnostics {
            diagnostic.severity = Severity::Error;
        }
    }
    Ok(checked)
}

/// What an application would embed of accepted migrations.
pub(crate) fn embedded(checked: &Checked) -> Migrations {
    Migrations {
        list: embedded::migrations(checked).into(),
        expected: embedded::expected(&checked.catalog, &checked.sources),
        snapshot: embedded::snapshot(checked),
        // The command is not the application, and refuses what needs one of its functions.
        steps: Vec::new().into(),
        source: None,
    }
}

/// Reads a directory, given relative to the current one.
///
/// # Errors
///
/// When it is missing or cannot be read: no verdict can be given then. What is wrong with its files is left to
/// [`check`].
pub(crate) fn read(path: &str) -> Result<Directory, Failure> {
    let directory = Directory::read(Path::new(""), path);
    match find(&directory.diagnostics, Code::UnreadableDirectory) {
        Some(diagnostic) => Err(Failure::Directory {
            message: diagnostic.message.clone(),
            help: diagnostic.help.clone(),
        }),
        None => Ok(directory),
    }
}

/// Whether a version that the command line names is that of a migration.
///
/// # Errors
///
/// When it is not.
pub(crate) fn is_there(
    versions: impl Iterator<Item = i64> + Clone,
    wanted: i64,
) -> Result<(), Failure> {
    let versions = || versions.clone();
    if versions().any(|version| version == wanted) {
        return Ok(());
    }
    let before = versions().filter(|version| *version < wanted).max();
    let after = versions().filter(|version| *version > wanted).min();
    let known = match (before, after) {
        (Some(before), Some(after)) => format!("the nearest are {before} and {after}"),
        (Some(before), None) => format!("the last is {before}"),
        (None, Some(after)) => format!("the first is {after}"),
        (None, None) => "there is none".to_owned(),
    };
    Err(Failure::UnknownVersion { wanted, known })
}

/// The first diagnostic of a code.
pub(crate) fn find(diagnostics: &[Diagnostic], code: Code) -> Option<&Diagnostic> {
    diagnostics
        .iter()
        .find(|diagnostic| diagnostic.code == code)
}

/// How many diagnostics have a severity.
pub(crate) fn count(diagnostics: &[Diagnostic], severity: Severity) -> usize {
    diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.severity == severity)
        .count()
}
