//! Those that are measured: packages beside this one, each built for a history of a size.

use crate::history::{self, Convention, Migration};
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

pub(crate) type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// A way of applying migrations: a binary of a package.
pub(crate) struct Contender {
    /// The name of the binary.
    pub(crate) name: &'static str,
    /// The directory of its package below `peers`.
    pub(crate) package: &'static str,
    convention: Convention,
    /// Whether it keeps a history in the database: a row for each migration.
    pub(crate) has_history: bool,
}

const fn contender(
    name: &'static str,
    package: &'static str,
    convention: Convention,
    has_history: bool,
) -> Contender {
    Contender {
        name,
        package,
        convention,
        has_history,
    }
}

/// The one whose figures these are about.
pub(crate) const TABLATURE: Contender =
    contender("tablature", "tablature", Convention::Numbered, true);

/// All of them, the floor first.
pub(crate) const CONTENDERS: [Contender; 9] = [
    contender("raw", "raw", Convention::Listed, true),
    contender("raw-version", "raw", Convention::Listed, false),
    contender("raw-each", "raw", Convention::Listed, true),
    TABLATURE,
    contender(
        "rusqlite_migration",
        "rusqlite_migration",
        Convention::DashedDirectories,
        false,
    ),
    contender("refinery", "refinery", Convention::V, true),
    contender("refinery-grouped", "refinery", Convention::V, true),
    contender("sqlx", "sqlx", Convention::Numbered, true),
    contender("diesel", "diesel", Convention::Directories, true),
];

/// Where everything is that is made for the measurements.
pub(crate) fn workshop() -> PathBuf {
    let target = std::env::var_os("CARGO_TARGET_DIR").map(PathBuf::from);
    let target = target.unwrap_or_else(|| repository().join("bench/target"));
    target.join("peers")
}

pub(crate) fn repository() -> &'static Path {
    let bench = Path::new(env!("CARGO_MANIFEST_DIR"));
    bench.parent().unwrap_or(bench)
}

impl Contender {
    /// Copies the package into a directory, with a history, and returns the copy's place.
    pub(crate) fn write(&self, directory: &Path, history: &[Migration]) -> Result<PathBuf> {
        let peers = repository().join("bench/peers");
        copy(&peers.join("contender"), &directory.join("contender"))?;
        let package = directory.join(self.package);
        copy(&peers.join(self.package), &package)?;
        history::write(&package.join("migrations"), history, self.convention)?;
        Ok(package)
    }

    /// The text of a migration of the copy.
    pub(crate) fn file(&self, package: &Path, number: usize, migration: &Migration) -> PathBuf {
        let path = history::path(number, &migration.name, self.convention);
        package.join("migrations").join(path)
    }

    /// Builds it for histories of a size, optimised, and returns the binary.
    pub(crate) fn binary(&self, size: usize) -> Result<PathBuf> {
        eprintln!("building {} for {size} migrations", self.name);
        let workshop = workshop();
        let package = self.write(&workshop.join(size.to_string()), &history::history(size))?;
        let target = workshop.join("target");
        let mut cargo = cargo(&target, &package);
        run(cargo.args(["build", "--release", "--quiet", "--bin", self.name]))?;
        let binary = workshop
            .join(size.to_string())
            .join(self.name.to_owned() + ".exe");
        fs::copy(target.join("release").join(self.name), &binary)?;
        Ok(binary)
    }
}

/// Cargo in a package, with a target directory and the settings that a user has who sets nothing.
pub(crate) fn cargo(target: &Path, package: &Path) -> Command {
    let mut cargo = Command::new("cargo");
    for (name, _) in std::env::vars() {
        // Cargo tells a program that it runs about the package of that program.
        if name.starts_with("CARGO_") && name != "CARGO_HOME" || name == "RUSTFLAGS" {
            cargo.env_remove(name);
        }
    }
    cargo.env("CARGO_TARGET_DIR", target).current_dir(package);
    cargo
}

/// Runs a command to its end, and returns what it printed.
pub(crate) fn run(command: &mut Command) -> Result<String> {
    let output = command.output()?;
    if !output.status.success() {
        let error = String::from_utf8_lossy(&output.stderr).into_owned();
        return Err(format!("{command:?} failed: {error}").into());
    }
    Ok(String::from_utf8(output.stdout)?)
}

/// Copies a package without what was built there. What lies outside of `peers` is meant where it is.
pub(crate) fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let (source, copied) = (entry.path(), to.join(entry.file_name()));
        if entry.file_type()?.is_dir() {
            if entry.file_name() != "target" {
                copy(&source, &copied)?;
            }
        } else {
            let outside = format!("path = \"{}/", repository().display());
            let text = fs::read_to_string(&source)?.replace("path = \"../../../", &outside);
            history::write_if_changed(&copied, &text)?;
        }
    }
    Ok(())
}
