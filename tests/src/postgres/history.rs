//! A history replayed migration by migration.

use super::describe::Description;
use super::replayed::describe;
use tablature_schema::config::Server;
use tablature_schema::diagnostic::{Diagnostic, Severity};
use tablature_schema::lints::Lint;
use tablature_schema::postgres::catalog::Catalog;
use tablature_schema::postgres::replay::Replay;
use tablature_schema::postgres::script::script;
use tablature_schema::postgres::split::split;
use tablature_schema::text::{Sources, Span};

/// A history being replayed.
#[derive(Debug, Clone)]
pub struct History {
    sources: Sources,
    replay: Replay,
    /// The places of all statements, without their semicolons.
    statements: Vec<Span>,
    seen: usize,
}

/// What a migration brought.
#[derive(Debug, Clone)]
pub struct Step {
    /// What stops the build.
    pub errors: Vec<Diagnostic>,
}

impl History {
    /// An empty history, on a server that has some roles.
    #[must_use]
    pub fn new(roles: &[String]) -> History {
        let server = Server {
            roles: roles.iter().cloned().collect(),
            ..Server::default()
        };
        History {
            sources: Sources::default(),
            replay: Replay::on(&server),
            statements: Vec::new(),
            seen: 0,
        }
    }

    /// Replays the next migration.
    pub fn migrate(&mut self, path: &str, text: &str, transaction: bool) -> Step {
        let file = self.sources.add(path, text);
        let split = split(file, text);
        let mut errors = split.diagnostics;
        let spans = split.statements.iter().map(|statement| statement.span);
        self.statements.extend(spans);
        self.replay.file(&split.statements, transaction);
        errors.extend(self.news());
        Step { errors }
    }

    /// The catalog that the migrations so far have built.
    #[must_use]
    pub fn catalog(&self) -> &Catalog {
        &self.replay.catalog
    }

    /// The statements that make it anew.
    #[must_use]
    pub fn script(&self) -> Vec<String> {
        script(&self.replay.catalog, &|place| {
            let mut statements = self.statements.iter();
            let span = *statements.find(|it| it.contains(place))?;
            Some((span, self.sources.text(span).to_owned()))
        })
    }

    /// What the migrations so far have built.
    #[must_use]
    pub fn describe(&self) -> Description {
        describe(&self.replay.catalog)
    }

    /// What a diagnostic says, and where.
    #[must_use]
    pub fn words(&self, diagnostic: &Diagnostic) -> (String, String) {
        let place = self.sources.place(diagnostic.primary.span);
        let number = diagnostic.code.number();
        (format!("{number} {}", diagnostic.message), place)
    }

    /// The errors since the last call, and what lints deny.
    fn news(&mut self) -> Vec<Diagnostic> {
        let news = self.replay.diagnostics.get(self.seen..).unwrap_or_default();
        let errors = news.iter().filter(|diagnostic| stops(diagnostic));
        let errors = errors.cloned().collect();
        self.seen = self.replay.diagnostics.len();
        errors
    }
}

fn stops(diagnostic: &Diagnostic) -> bool {
    match Lint::of(diagnostic.code) {
        None => diagnostic.severity == Severity::Error,
        Some(lint) => lint.default == tablature_schema::config::Level::Deny,
    }
}
