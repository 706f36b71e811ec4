//! The door: a directory in, a catalog and diagnostics out.

mod compatibility;
mod levels;
mod reversal;
mod run;
pub(crate) mod script;

use crate::catalog::Catalog;
use crate::checksum::Checksum;
use crate::config::{Config, Level};
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::directory::Directory;
use crate::errors::files as errors;
use crate::lock::Lock;
use crate::snapshot::Snapshot;
use crate::text::{FileId, Sources, Span};

pub use compatibility::Compatibility;
pub use reversal::{Cause, Loss, Reversal, Written};

/// What checking a directory gives.
#[derive(Debug, Clone)]
pub struct Checked {
    /// The directory's path, relative to the crate.
    pub path: String,
    /// The files that spans point into.
    pub sources: Sources,
    /// The directory's configuration.
    pub config: Config,
    /// The directory's lock, if there is one.
    pub lock: Option<Lock>,
    /// The directory's snapshot, if there is one and nothing is wrong with it or with the migrations.
    pub snapshot: Option<Snapshot>,
    /// In the order of their versions.
    pub migrations: Vec<Migration>,
    /// What the migrations leave behind; as far as replay got, if there are errors.
    pub catalog: Catalog,
    /// In the order of files and places, those of lints at their levels; what is allowed is left out.
    pub diagnostics: Vec<Diagnostic>,
    /// Paths, relative to the crate, of every file whose content matters; what a build must watch.
    pub files: Vec<String>,
}

/// A migration.
#[derive(Debug, Clone)]
pub struct Migration {
    /// The number in the name.
    pub version: i64,
    /// The rest of the name.
    pub name: String,
    /// The up file.
    pub up: Script,
    /// The function that runs after the up file's statements, if it names one.
    pub step: Option<Step>,
    /// The down file, if there is one.
    pub down: Option<Script>,
    /// What the down file does; none without one, and where the migration has mistakes or was not replayed.
    pub reversal: Option<Reversal>,
    /// What it is to a program that does not know it.
    pub compatibility: Compatibility,
    /// Hash of the up file's tokens, and of whether it has a step.
    pub checksum: Checksum,
    /// Hash of the chain before it, its version and its checksum.
    pub chain: Checksum,
}

/// A function of the application that runs after a migration's statements.
#[derive(Debug, Clone)]
pub struct Step {
    /// Its path as the file writes it, which has the shape of a path in Rust.
    pub path: String,
    /// The path in the file.
    pub span: Span,
    /// What it finds: what the migrations leave behind up to the statements of its own.
    pub catalog: Catalog,
}

/// A file of statements.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Script {
    /// The file.
    pub file: FileId,
    /// False if the file opts out with `-- no-transaction`.
    pub transaction: bool,
    /// Its statements, without their semicolons.
    pub statements: Vec<Span>,
    /// The hashes of the statements, in the same order, and then that of the step if there is one.
    pub checksums: Vec<Checksum>,
}

impl Checked {
    /// Whether nothing stops the build.
    #[must_use]
    pub fn accepted(&self) -> bool {
        self.diagnostics
            .iter()
            .all(|diagnostic| diagnostic.severity != Severity::Error)
    }
}

/// How far and how strictly to check.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Replay no migration after this version.
    pub until: Option<i64>,
    /// Levels that come before all others, such as those of a command line. Of two for one lint the later counts.
    pub levels: Vec<(Code, Level)>,
}

/// Parsing and resolving go as deep as the engine lets expressions nest. The memory is only taken where it is used.
const STACK_SIZE: usize = 256 << 20;

/// Replays a directory's migrations and says everything that is wrong with them.
///
/// What becomes of a lint's findings is said by the first of these that says something: the options, a directive before
/// the statement, the configuration, the lint's default.
///
/// Runs on a thread of its own with a stack that is large enough for the deepest nesting that the engine allows.
#[must_use]
pub fn check(directory: Directory, options: &Options) -> Checked {
    // The thread takes the directory only once it runs, so that it is still there if none can be started.
    let mut directory = Some(directory);
    let outcome = on_a_large_stack(|| {
        directory
            .take()
            .map(|directory| run::run(directory, options))
    });
    match outcome {
        Ok(Some(checked)) => checked,
        Ok(None) => run::unchecked(Directory::default()),
        Err(error) => {
            let mut directory = directory.unwrap_or_default();
            let path = directory.path.clone();
            let span = Span::new(directory.sources.add(path, ""), 0..0);
            let diagnostic = errors::no_thread(&error, STACK_SIZE, span);
            directory.diagnostics.push(diagnostic);
            run::unchecked(directory)
        }
    }
}

/// Runs something on a thread whose stack is large enough for expressions as deep as the engines let them nest.
///
/// # Errors
///
/// If the thread cannot be started.
pub fn on_a_large_stack<T: Send>(run: impl FnOnce() -> T + Send) -> std::io::Result<T> {
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new()
            .name("tablature".to_owned())
            .stack_size(STACK_SIZE)
            .spawn_scoped(scope, run)?;
        match thread.join() {
            Ok(value) => Ok(value),
            Err(panic) => std::panic::resume_unwind(panic),
        }
    })
}
