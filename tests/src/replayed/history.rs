//! A history replayed migration by migration.

use super::schema;
use crate::model::Schema;
use tablature_schema::config::{Config, Level};
use tablature_schema::diagnostic::{Diagnostic, Severity};
use tablature_schema::lints::Lint;
use tablature_schema::sqlite::replay::Replay;
use tablature_schema::sqlite::split::split;
use tablature_schema::text::{FileId, Sources, Span};

/// A history being replayed.
#[derive(Debug, Clone)]
pub struct History {
    /// The files that spans point into.
    pub sources: Sources,
    replay: Replay,
    config: Config,
    seen: usize,
}

/// What a migration brought.
#[derive(Debug, Clone)]
pub struct Step {
    /// The file.
    pub file: FileId,
    /// The statements, without their semicolons.
    pub statements: Vec<Span>,
    /// What stops the build.
    pub errors: Vec<Diagnostic>,
}

impl History {
    /// An empty history.
    #[must_use]
    pub fn new(config: &Config) -> History {
        History {
            sources: Sources::default(),
            replay: Replay::new(&config.rules),
            config: config.clone(),
            seen: 0,
        }
    }

    /// Replays the next migration.
    pub fn migrate(&mut self, path: &str, text: &str, transaction: bool) -> Step {
        let file = self.sources.add(path, text);
        let split = split(file, text);
        self.replay.migration(&split.statements, transaction);
        let mut errors = split.diagnostics;
        errors.extend(self.news());
        Step {
            file,
            statements: split.statements.iter().map(|it| it.span).collect(),
            errors,
        }
    }

    /// Ends the history; returns what stops the build only now.
    pub fn finish(&mut self) -> Vec<Diagnostic> {
        self.replay.finish();
        self.news()
    }

    /// What the migrations so far have built.
    #[must_use]
    pub fn schema(&self) -> Schema {
        schema(&self.replay.catalog)
    }

    /// A diagnostic in a line.
    #[must_use]
    pub fn line(&self, diagnostic: &Diagnostic) -> String {
        let place = self.sources.place(diagnostic.primary.span);
        let number = diagnostic.code.number();
        format!("{place}: {number} {}", diagnostic.message)
    }

    /// The errors since the last call; levels of lints count.
    fn news(&mut self) -> Vec<Diagnostic> {
        let news = self.replay.diagnostics.get(self.seen..).unwrap_or_default();
        let errors = news.iter().filter(|diagnostic| self.stops(diagnostic));
        let errors = errors.cloned().collect();
        self.seen = self.replay.diagnostics.len();
        errors
    }

    fn stops(&self, diagnostic: &Diagnostic) -> bool {
        let Some(lint) = Lint::of(diagnostic.code) else {
            return diagnostic.severity == Severity::Error;
        };
        let level = self.config.lints.get(&diagnostic.code);
        *level.unwrap_or(&lint.default) == Level::Deny
    }
}

/// Runs something on a thread whose stack is large enough for the deepest nesting that the engine allows.
///
/// # Panics
///
/// As what it runs does.
pub fn on_a_large_stack<T: Send>(run: impl FnOnce() -> T + Send) -> T {
    const STACK: usize = 512 << 20;
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new()
            .stack_size(STACK)
            .spawn_scoped(scope, run)
            .expect("a thread can be started");
        match thread.join() {
            Ok(value) => value,
            Err(panic) => std::panic::resume_unwind(panic),
        }
    })
}
