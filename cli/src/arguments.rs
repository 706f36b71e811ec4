//! The command line.

use crate::failure::Failure;
use clap::builder::{OsStringValueParser, PossibleValuesParser, TypedValueParser};
use clap::error::{ContextKind, ContextValue};
use clap::{Args, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};
use std::ffi::OsString;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use tablature::Runner;
use tablature_schema::diagnostic::Code;
use tablature_schema::lints;

/// Your migrations are the schema: check them, print it, extend it.
#[derive(Debug, Parser)]
#[command(name = "cargo-tablature", version, styles = clap_cargo::style::CLAP_STYLING)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Check(CheckArguments),
    Schema(SchemaArguments),
    New(NewArguments),
    Lock(LockArguments),
    Snapshot(SnapshotArguments),
    Explain(ExplainArguments),
    Migrate(MigrateArguments),
    Status(StatusArguments),
    Plan(PlanArguments),
    Verify(VerifyArguments),
    Revert(RevertArguments),
    Adopt(AdoptArguments),
    Repair(RepairArguments),
    Backup(BackupArguments),
}

/// Replay the migrations and show everything that is wrong with them
///
/// Exit code 0: accepted, perhaps with warnings; 1: rejected; 2: could not run. In JSON every finding has a place; what is
/// wrong with a file as a whole, such as its name, is at line 1, column 1.
#[derive(Debug, Args)]
pub(crate) struct CheckArguments {
    #[command(flatten)]
    pub(crate) migrations: MigrationsArguments,
    /// How to print what was found
    #[arg(long, value_enum, default_value_t = Format::Human)]
    pub(crate) format: Format,
}

/// Print the schema that the migrations leave behind
///
/// Where `check` rejects them, the schema is as far as the replay got. Exit code 0: printed; 2: could not run.
#[derive(Debug, Args)]
pub(crate) struct SchemaArguments {
    #[command(flatten)]
    pub(crate) migrations: MigrationsArguments,
    /// Stop after this migration; 0 is before the first
    #[arg(long, value_name = "VERSION")]
    pub(crate) at: Option<i64>,
    /// How to print it
    #[arg(long, value_enum, default_value_t = SchemaFormat::Sql)]
    pub(crate) format: SchemaFormat,
}

/// Write the files of a new migration, with the next number
///
/// The files are named as the others in the directory are. Nothing is ever overwritten.
#[derive(Debug, Args)]
pub(crate) struct NewArguments {
    /// What the migration does, such as `add_usage_count`
    pub(crate) name: String,
    /// The migrations directory; created if it is missing
    #[arg(long, value_name = "PATH", default_value = "migrations")]
    pub(crate) dir: String,
}

/// Write down which migrations are released, in `tablature.lock`
///
/// From then on a build refuses to change, remove or renumber them, or to add one before them. Run it when a release is
/// made, or after a merge that left a conflict in the file. Exit code 0: written, or nothing to write; 1: the migrations
/// are rejected, or `--check` found something to write; 2: could not run.
#[derive(Debug, Args)]
pub(crate) struct LockArguments {
    #[command(flatten)]
    pub(crate) migrations: MigrationsArguments,
    /// The last migration that is released; default: all of them are
    #[arg(long, value_name = "VERSION")]
    pub(crate) until: Option<i64>,
    /// Write nothing, and fail if there is something to write
    #[arg(long)]
    pub(crate) check: bool,
    /// How to print what was found
    #[arg(long, value_enum, default_value_t = Format::Human)]
    pub(crate) format: Format,
}

/// Write down what the migrations leave behind in a new database, in `tablature.snapshot`
///
/// From then on the application makes a new database from that file, and applies only the migrations after it. The file is
/// written only if it was proven on the engine that schema and rows are the same. Exit code 0: written, or nothing to
/// write; 1: the migrations are rejected or fail, they do not always leave behind the same, or `--check` found something to
/// write; 2: could not run.
#[derive(Debug, Args)]
pub(crate) struct SnapshotArguments {
    #[command(flatten)]
    pub(crate) migrations: MigrationsArguments,
    /// The last migration that it is to stand for; default: all of them
    #[arg(long, value_name = "VERSION")]
    pub(crate) until: Option<i64>,
    /// Write nothing, and fail if there is something to write
    #[arg(long)]
    pub(crate) check: bool,
    /// How to print what was done
    #[arg(long, value_enum, default_value_t = Format::Human)]
    pub(crate) format: Format,
}

/// Say what an error or a lint means, with an example and what to write instead
///
/// Exit code 0: explained; 2: there is no such code.
#[derive(Debug, Args)]
pub(crate) struct ExplainArguments {
    /// The number or the name, such as `T0203` or `unknown_column`; without it, all of them are listed
    pub(crate) code: Option<String>,
}

/// Apply every pending migration to a database, or none
///
/// The migrations are checked first, and a database that is not there is made. Exit code 0: the database is up to date;
/// 1: the migrations are rejected, or the run failed and what it had not committed is undone; 2: could not run.
#[derive(Debug, Args)]
pub(crate) struct MigrateArguments {
    #[command(flatten)]
    pub(crate) database: DatabaseArguments,
    /// Stop after this migration
    #[arg(long, value_name = "VERSION")]
    pub(crate) to: Option<i64>,
    /// Copy the database into this directory before anything is applied
    #[arg(long, value_name = "DIRECTORY")]
    pub(crate) backup: Option<PathBuf>,
    /// How many copies to keep in that directory, the older ones are deleted; default: all
    #[arg(long, value_name = "COUNT", requires = "backup")]
    pub(crate) keep: Option<NonZeroUsize>,
}

/// Tell how a database stands to the migrations, without changing it
///
/// Exit code 0: up to date; 1: the migrations are rejected or the database cannot be read; 2: could not run; 3: migrations
/// are pending, the schema has drifted, the database is to be adopted, or the history is not known.
#[derive(Debug, Args)]
pub(crate) struct StatusArguments {
    #[command(flatten)]
    pub(crate) database: DatabaseArguments,
}

/// Print the statements that `migrate` would run, without running them
///
/// Exit code 0: nothing to run; 1: the migrations are rejected, or the database cannot be read or its history does not
/// fit; 2: could not run; 3: migrations are pending.
#[derive(Debug, Args)]
pub(crate) struct PlanArguments {
    #[command(flatten)]
    pub(crate) database: DatabaseArguments,
}

/// Compare the whole schema of a database with what the migrations define, without changing it
///
/// Exit codes as `status` has them. `status` trusts an earlier comparison as long as the engine says that the schema was
/// not changed since; this compares in any case.
#[derive(Debug, Args)]
pub(crate) struct VerifyArguments {
    #[command(flatten)]
    pub(crate) database: DatabaseArguments,
}

/// Go back to an earlier version by down files, or not at all
///
/// The down files run in one transaction, which is committed only if the schema is then that of the version. What they
/// would lose is refused unless the migration is named. Exit code 0: done; 1: refused or failed, and the database is as
/// it was; 2: could not run; 3: a dry run found something to do.
#[derive(Debug, Args)]
pub(crate) struct RevertArguments {
    #[command(flatten)]
    pub(crate) database: DatabaseArguments,
    /// The version to go back to; a number below that of the first migration is before it
    #[arg(long, value_name = "VERSION", allow_negative_numbers = true)]
    pub(crate) to: i64,
    /// A migration that may be gone back over though its down file is not proven to restore schema and data
    #[arg(long, value_name = "VERSION", value_delimiter = ',')]
    pub(crate) accept: Vec<i64>,
    /// Print the statements and what stands against them, and run nothing
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// Copy the database into this directory before
    #[arg(long, value_name = "DIRECTORY")]
    pub(crate) backup: Option<PathBuf>,
    /// How many copies to keep in that directory, the older ones are deleted; default: all
    #[arg(long, value_name = "COUNT", requires = "backup")]
    pub(crate) keep: Option<NonZeroUsize>,
}

/// Record which migrations a database has that something else has made
///
/// Its schema is compared with the one at every version. If exactly one is the same, the migrations up to it are recorded as
/// applied; nothing else in the database is touched. Exit code 0: recorded, or nothing to record; 1: refused, and the
/// database is as it was; 2: could not run; 3: a dry run found something to record.
#[derive(Debug, Args)]
pub(crate) struct AdoptArguments {
    #[command(flatten)]
    pub(crate) database: DatabaseArguments,
    /// The last migration that the database has, where its schema is that of several versions
    #[arg(long, value_name = "VERSION")]
    pub(crate) at: Option<i64>,
    /// Print what would be recorded, and record nothing
    #[arg(long)]
    pub(crate) dry_run: bool,
}

/// Write the script that brings a drifted database back to what the migrations define, without running it
///
/// The script is tried first, on a copy of a file or in a transaction on a server that is undone, and keeps every row; rows
/// that do not fit are listed instead. What is printed is SQL: take a backup, and run it with `sqlite3 -bail app.db <
/// repair.sql` or `psql -v ON_ERROR_STOP=1 -f repair.sql`. Exit code 0: written, or nothing to repair; 1: the
/// migrations are rejected, or no script can do it; 2: could not run; 3: written or not, something is left that no migration
/// defines, or nothing is to be repaired and migrations are pending.
#[derive(Debug, Args)]
pub(crate) struct RepairArguments {
    #[command(flatten)]
    pub(crate) database: DatabaseArguments,
    /// A table, or a column as `table.column`, that no migration defines: drop it with all that is in it. Give it once for
    /// each
    #[arg(long, value_name = "NAME")]
    pub(crate) drop: Vec<String>,
    /// Write the script to this file, which must not be there, instead of the standard output
    #[arg(long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
}

/// Copy a database into a directory, named by its version and the time, and check the copy
///
/// The copy is the state of one moment, whatever others write meanwhile. The migrations are not looked at. Exit code 0: the
/// copy is there and whole; 1: it could not be taken, and nothing is left of it; 2: could not run.
#[derive(Debug, Args)]
pub(crate) struct BackupArguments {
    #[command(flatten)]
    pub(crate) database: DatabaseArguments,
    /// The directory; made if it is missing
    #[arg(long, value_name = "DIRECTORY", default_value = "backups")]
    pub(crate) to: PathBuf,
    /// How many copies to keep there, the older ones are deleted; default: all
    #[arg(long, value_name = "COUNT")]
    pub(crate) keep: Option<NonZeroUsize>,
}

/// Which database, and how to look at it.
#[derive(Debug, Args)]
pub(crate) struct DatabaseArguments {
    #[command(flatten)]
    pub(crate) target: Target,
    #[command(flatten)]
    pub(crate) migrations: MigrationsArguments,
    /// A table that belongs to others and may be there though no migration creates it; `name*` stands for all that begin
    /// so
    #[arg(long, value_name = "TABLE", value_delimiter = ',')]
    pub(crate) ignore_table: Vec<String>,
    /// Accept a database that a newer program has migrated further, if that has only added to the schema
    #[arg(long)]
    pub(crate) accept_newer_if_additive: bool,
    /// How long to wait for other connections, in seconds
    #[arg(long, value_name = "SECONDS", default_value_t = Runner::BUSY_TIMEOUT.as_secs())]
    pub(crate) timeout: u64,
    /// How to print what was found or done
    #[arg(long, value_enum, default_value_t = Format::Human)]
    pub(crate) format: Format,
}

/// Where the database is.
#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
pub(crate) struct Target {
    /// The SQLite database file
    #[arg(long, value_name = "FILE", value_parser = OsStringValueParser::new().try_map(file))]
    database: Option<PathBuf>,
    /// The PostgreSQL database: `postgres://user@host/name?sslmode=verify-full`, or `host=… user=… dbname=…`; the password may be
    /// in `PGPASSWORD` or `~/.pgpass`
    #[arg(long, value_name = "URL")]
    database_url: Option<String>,
}

impl Target {
    /// Where the server is; none for a file.
    pub(crate) fn url(&self) -> Option<&str> {
        self.database_url.as_deref()
    }

    /// The file.
    pub(crate) fn file(&self) -> Result<&Path, Failure> {
        self.file_for("this command")
    }

    /// The file, for what there is on SQLite only.
    pub(crate) fn file_for(&self, what: &'static str) -> Result<&Path, Failure> {
        self.database.as_deref().ok_or(Failure::OnlyFiles { what })
    }
}

/// Which migrations, and how strictly they are judged.
#[derive(Debug, Args)]
pub(crate) struct MigrationsArguments {
    /// The migrations directory
    #[arg(long, value_name = "PATH", default_value = "migrations")]
    pub(crate) dir: String,
    /// The database engine; default: what `tablature.toml` says, else sqlite
    #[arg(long, value_enum)]
    pub(crate) dialect: Option<Dialect>,
    /// Do not report a lint; `cargo tablature explain` lists them
    #[arg(long, value_name = "LINT", value_parser = lint(), hide_possible_values = true)]
    pub(crate) allow: Vec<Code>,
    /// Take a lint's findings for errors; wins over --allow. `warnings` stands for whatever would only be warned of
    #[arg(long, value_name = "LINT", value_parser = denied(), hide_possible_values = true)]
    pub(crate) deny: Vec<Denied>,
}

/// What is taken for an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Denied {
    /// The findings of a lint.
    Lint(Code),
    /// Every warning.
    Warnings,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Dialect {
    Sqlite,
    Postgres,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    Human,
    Json,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum SchemaFormat {
    Sql,
    Json,
}

/// Reads a command line, the program's own name first.
///
/// Cargo runs `cargo tablature check` as `cargo-tablature tablature check`.
///
/// # Errors
///
/// A command line that is mistaken, and one that asks for help or the version.
pub(crate) fn parse(
    arguments: impl IntoIterator<Item = OsString>,
) -> Result<Arguments, clap::Error> {
    let mut arguments: Vec<OsString> = arguments.into_iter().collect();
    let by_cargo = arguments
        .get(1)
        .is_some_and(|argument| argument == "tablature");
    let mut command = Arguments::command();
    if by_cargo {
        arguments.remove(1);
        command = command.bin_name("cargo tablature");
    } else {
        command = command.bin_name("cargo-tablature");
    }
    let matches = command.try_get_matches_from_mut(arguments);
    let mut matches = matches.map_err(without_passwords)?;
    Arguments::from_arg_matches_mut(&mut matches).map_err(|error| error.format(&mut command))
}

/// Takes the password out of a URL that an error repeats.
fn without_passwords(mut error: clap::Error) -> clap::Error {
    let Some(ContextValue::String(value)) = error.get(ContextKind::InvalidValue) else {
        return error;
    };
    let hidden = value.split_once("://").and_then(|(scheme, rest)| {
        let (user, host) = rest.rsplit_once('@')?;
        let (user, _) = user.split_once(':')?;
        Some(format!("{scheme}://{user}:…@{host}"))
    });
    if let Some(hidden) = hidden {
        error.insert(ContextKind::InvalidValue, ContextValue::String(hidden));
    }
    error
}

/// Takes the path of a database file. What the engine would take for something else is none, and neither is a URL as other
/// tools want it, which would be the name of a new file.
fn file(name: OsString) -> Result<PathBuf, String> {
    let text = name.to_string_lossy();
    let url = ["sqlite:", "file:"]
        .into_iter()
        .find_map(|scheme| text.strip_prefix(scheme));
    let path = url.map(|url| url.strip_prefix("//").unwrap_or(url));
    let path = path.and_then(|path| path.split('?').next());
    match path.unwrap_or(&text) {
        "" | ":memory:" => Err("give the path of a file".to_owned()),
        path if url.is_some() => Err(format!("this is a URL, write `{path}`")),
        path if path.contains("://") => {
            Err("give the path of a SQLite file, or the URL as `--database-url`".to_owned())
        }
        _ => Ok(PathBuf::from(name)),
    }
}

/// Takes every lint's name, whether or not the lint can find anything.
fn lint() -> impl TypedValueParser<Value = Code> {
    let names = lints::ALL.iter().map(|lint| lint.name());
    PossibleValuesParser::new(names).try_map(|name| {
        lints::Lint::named(&name)
            .map(|lint| lint.code)
            .ok_or("no such lint")
    })
}

fn denied() -> impl TypedValueParser<Value = Denied> {
    let names = lints::ALL.iter().map(|lint| lint.name());
    PossibleValuesParser::new(names.chain(["warnings"])).map(|name| {
        let lint = lints::Lint::named(&name);
        lint.map_or(Denied::Warnings, |lint| Denied::Lint(lint.code))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(line: &str) -> Result<Arguments, clap::Error> {
        parse(line.split(' ').map(OsString::from))
    }

    #[test]
    fn the_command_line_is_well_formed() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn cargo_names_the_subcommand_twice() {
        assert!(parsed("cargo-tablature tablature check").is_ok());
        assert!(parsed("cargo-tablature check").is_ok());
        assert!(parsed("cargo-tablature tablature tablature check").is_err());
    }

    #[test]
    fn a_database_is_a_file_and_no_url() {
        for (name, said) in [
            ("sqlite:app.db", "write `app.db`"),
            ("sqlite://data/app.db?mode=rwc", "write `data/app.db`"),
            ("sqlite:///app.db", "write `/app.db`"),
            ("file:app.db?mode=ro", "write `app.db`"),
            ("sqlite::memory:", "give the path of a file"),
            (":memory:", "give the path of a file"),
            ("postgres://localhost/app", "give the path of a SQLite file"),
            (
                "postgres://me:se@cret@localhost/app",
                "postgres://me:…@localhost/app",
            ),
        ] {
            let error = parsed(&format!("cargo-tablature status --database {name}")).unwrap_err();
            assert!(error.to_string().contains(said), "{error}");
        }
        for name in ["app.db", "./sqlite:app.db", "data/app.db"] {
            assert!(parsed(&format!("cargo-tablature status --database {name}")).is_ok());
        }
    }

    #[test]
    fn no_copies_at_all_cannot_be_kept() {
        assert!(parsed("cargo-tablature backup --database app.db --keep 1").is_ok());
        assert!(parsed("cargo-tablature backup --database app.db --keep 0").is_err());
    }

    #[test]
    fn a_level_takes_every_lint_and_no_other_name() {
        for lint in lints::ALL {
            assert!(
                parsed(&format!("cargo-tablature schema --deny {}", lint.name())).is_ok(),
                "{}",
                lint.name()
            );
        }
        assert!(parsed("cargo-tablature check --allow unknown_column").is_err());
    }
}
