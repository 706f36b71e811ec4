//! The replay and the engine side by side.

use crate::engine::{Engine, Failure, Rows};
use crate::model::difference;
use crate::replayed::{History, Step};
use std::fmt;
use tablature_schema::config::Config;
use tablature_schema::diagnostic::{Code, Diagnostic};

/// A history on both sides.
#[derive(Debug)]
pub struct Pair {
    engine: Engine,
    replay: History,
}

/// What both sides say of a migration.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Agreement {
    /// Accepted, with one catalog.
    Accepted,
    /// Rejected, at one statement.
    Rejected,
}

/// How the sides differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Disagreement {
    /// In what.
    pub kind: Kind,
    /// What each side says.
    pub report: String,
}

/// In what the sides differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// The engine rejects what the replay accepts, or rejects only later.
    FalselyAccepted,
    /// The replay rejects what the engine accepts, or rejects only later.
    FalselyRejected,
    /// Both accept it and then differ in the catalog.
    Catalog,
}

/// Where a side rejects a migration: the position of a statement, or past the last one for what the migration leaves
/// behind.
type Place = usize;

impl Pair {
    /// An empty database on both sides.
    ///
    /// # Errors
    ///
    /// If the engine cannot be opened.
    pub fn new(config: &Config, rows: Rows) -> Result<Pair, rusqlite::Error> {
        Ok(Pair {
            engine: Engine::open(config, rows)?,
            replay: History::new(config),
        })
    }

    /// Applies the next migration on both sides. After a rejection the pair is of no further use.
    ///
    /// # Errors
    ///
    /// If the sides differ.
    pub fn migrate(
        &mut self,
        path: &str,
        text: &str,
        transaction: bool,
    ) -> Result<Agreement, Disagreement> {
        let step = self.replay.migrate(path, text, transaction);
        let engine = self
            .engine
            .migrate(text, transaction)
            .and_then(|statements| {
                let broken = self.engine.broken().map_err(unreadable)?;
                if broken.is_empty() {
                    return Ok(());
                }
                Err(Failure {
                    statement: statements,
                    span: text.len()..text.len(),
                    message: broken.join("; "),
                    on_rows: false,
                })
            });
        self.judge(text, &step, engine)
    }

    /// Judges what the whole history leaves behind.
    ///
    /// # Errors
    ///
    /// If the sides differ.
    pub fn finish(&mut self) -> Result<Agreement, Disagreement> {
        let errors = self.replay.finish();
        let orphans = self.engine.orphans().map_err(|error| Disagreement {
            kind: Kind::Catalog,
            report: error.to_string(),
        })?;
        match (errors.first(), orphans.is_empty()) {
            (None, true) => Ok(Agreement::Accepted),
            (Some(_), false) => Ok(Agreement::Rejected),
            (None, false) => Err(Disagreement {
                kind: Kind::FalselyAccepted,
                report: format!("engine: {}", orphans.join("; ")),
            }),
            (Some(error), true) => Err(Disagreement {
                kind: Kind::FalselyRejected,
                report: format!("replay: {}", self.replay.line(error)),
            }),
        }
    }

    fn judge(
        &self,
        text: &str,
        step: &Step,
        engine: Result<(), Failure>,
    ) -> Result<Agreement, Disagreement> {
        let statements = crate::engine::statements(text);
        let place = |diagnostic: &Diagnostic| -> Place {
            if is_judged_at_the_end(diagnostic.code) {
                return statements.len();
            }
            let start = diagnostic.primary.span.start as usize;
            statements
                .iter()
                .position(|statement| start <= statement.end)
                .unwrap_or(statements.len())
        };
        let rejection = step
            .errors
            .iter()
            .map(|error| (place(error), error))
            .min_by_key(|(place, _)| *place);
        let disagree = |kind: Kind| {
            let replay = rejection.map(|(_, error)| self.replay.line(error));
            let engine = engine.as_ref().err();
            let place = engine
                .map(|failure| failure.statement)
                .or(rejection.map(|(place, _)| place))
                .unwrap_or_default();
            let statement = statements.get(place).cloned().unwrap_or_default();
            let report = format!(
                "engine: {}\nreplay: {}\n{}",
                engine.map_or("accepts", |failure| &failure.message),
                replay.as_deref().unwrap_or("accepts"),
                text.get(statement).unwrap_or_default()
            );
            Err(Disagreement { kind, report })
        };
        match (rejection, &engine) {
            (None, Ok(())) => match self.engine.schema() {
                Err(error) => Err(Disagreement {
                    kind: Kind::Catalog,
                    report: error.to_string(),
                }),
                Ok(schema) => match difference(&schema, &self.replay.schema()) {
                    None => Ok(Agreement::Accepted),
                    Some(report) => Err(Disagreement {
                        kind: Kind::Catalog,
                        report,
                    }),
                },
            },
            (Some((place, _)), Err(failure)) if place == failure.statement => {
                Ok(Agreement::Rejected)
            }
            (Some((place, _)), Err(failure)) if place < failure.statement => {
                disagree(Kind::FalselyRejected)
            }
            (Some(_), Ok(())) => disagree(Kind::FalselyRejected),
            (_, Err(_)) => disagree(Kind::FalselyAccepted),
        }
    }
}

impl fmt::Display for Disagreement {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = match self.kind {
            Kind::FalselyAccepted => "falsely accepted",
            Kind::FalselyRejected => "falsely rejected",
            Kind::Catalog => "the catalogs differ",
        };
        write!(formatter, "{kind}\n{}", self.report)
    }
}

fn is_judged_at_the_end(code: Code) -> bool {
    matches!(
        code,
        Code::BrokenView | Code::BrokenTrigger | Code::BrokenForeignKey
    )
}

fn unreadable(error: rusqlite::Error) -> Failure {
    Failure {
        statement: 0,
        span: 0..0,
        message: error.to_string(),
        on_rows: false,
    }
}
