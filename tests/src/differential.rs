//! The replay and the engine side by side.

use crate::engine::{Engine, Failure, Rows};
use crate::model::difference;
use crate::replayed::{History, Step};
use crate::shrink::Judge;
use std::fmt;
use std::ops::Range;
use tablature_schema::config::Config;
use tablature_schema::diagnostic::{Code, Diagnostic};

/// A migration, as both sides take it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Migration {
    /// Its file.
    pub path: String,
    /// Its statements, without semicolons.
    pub statements: Vec<String>,
    /// Whether the runner puts a transaction around it.
    pub transaction: bool,
}

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
    /// Only the engine can say: it wants something that is not installed.
    Left,
    /// The replay rejects a string in double quotes in what ADD COLUMN adds. The engine allows it in a table that it reads
    /// back, until the next ALTER looks at it.
    Stricter,
}

/// How the sides differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Disagreement {
    /// In what.
    pub kind: Kind,
    /// What the engine says of it; none if it accepts it.
    pub engine: Option<String>,
    /// What the replay says of it, and where; none if it accepts it.
    pub replay: Option<(String, String)>,
    /// The statement, or how the catalogs differ.
    pub detail: String,
    /// Whether the engine had compiled the statement that it refuses, so that its rows decide.
    pub ran: bool,
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

impl Migration {
    /// The text of its file.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = String::new();
        for statement in &self.statements {
            text.push_str(statement);
            // A line break ends a comment that an edit may have left at the end.
            text.push_str("\n;\n");
        }
        text
    }
}

/// Judges histories on SQLite.
#[derive(Debug, Clone)]
pub struct OnSqlite {
    /// Their configuration.
    pub config: Config,
    /// Whether their rows are there.
    pub rows: Rows,
}

impl Judge for OnSqlite {
    fn judge(&self, migrations: &[Migration]) -> Result<Agreement, Disagreement> {
        let pair = Pair::new(&self.config, self.rows);
        pair.map_err(|error| Disagreement::broken(&error.to_string()))?
            .run(migrations)
    }

    fn tokens(&self, statement: &str) -> Vec<String> {
        crate::mutate::tokens(statement)
    }
}

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

    /// A pair that goes on from here alone; none while there is more than `main`.
    ///
    /// # Errors
    ///
    /// If the engine cannot copy.
    pub fn fork(&self) -> Result<Option<Pair>, rusqlite::Error> {
        Ok(self.engine.fork()?.map(|engine| Pair {
            engine,
            replay: self.replay.clone(),
        }))
    }

    /// The engine.
    #[must_use]
    pub fn engine(&self) -> &Engine {
        &self.engine
    }

    /// Applies migrations until one is rejected, and judges what they leave behind.
    ///
    /// # Errors
    ///
    /// If the sides differ.
    pub fn run(mut self, migrations: &[Migration]) -> Result<Agreement, Disagreement> {
        for migration in migrations {
            let text = migration.text();
            match self.migrate(&migration.path, &text, migration.transaction)? {
                Agreement::Accepted => {}
                other => return Ok(other),
            }
        }
        self.finish()
    }

    /// Applies the next migration on both sides, and undoes on both what both reject.
    ///
    /// # Errors
    ///
    /// If the sides differ; the pair is then of no further use.
    pub fn try_migrate(&mut self, migration: &Migration) -> Result<Agreement, Disagreement> {
        let before = self.replay.clone();
        let text = migration.text();
        let agreement = self.migrate(&migration.path, &text, migration.transaction)?;
        if agreement == Agreement::Rejected {
            self.replay = before;
        }
        Ok(agreement)
    }

    /// Whether the engine holds a view or a trigger that it cannot compile.
    #[must_use]
    pub fn is_broken(&self) -> bool {
        !self.engine.broken().is_ok_and(|broken| broken.is_empty())
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
                    ran: false,
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
        let orphans = self
            .engine
            .orphans()
            .unwrap_or_else(|error| vec![error.to_string()]);
        let kind = match (errors.is_empty(), orphans.is_empty()) {
            (true, true) => return Ok(Agreement::Accepted),
            (false, false) => return Ok(Agreement::Rejected),
            (true, false) => Kind::FalselyAccepted,
            (false, true) => Kind::FalselyRejected,
        };
        Err(Disagreement {
            kind,
            engine: Some(orphans.join("; ")).filter(|text| !text.is_empty()),
            replay: errors.first().map(|error| self.words(error)),
            detail: String::new(),
            ran: false,
        })
    }

    fn judge(
        &self,
        text: &str,
        step: &Step,
        engine: Result<(), Failure>,
    ) -> Result<Agreement, Disagreement> {
        let statements = crate::engine::statements(text);
        // The position of a statement, or past the last one for what the migration leaves behind.
        let place = |diagnostic: &Diagnostic| -> usize {
            if is_judged_at_the_end(diagnostic.code) {
                return statements.len();
            }
            let start = diagnostic.primary.span.start as usize;
            statements
                .iter()
                .position(|statement| start <= statement.end)
                .unwrap_or(statements.len())
        };
        // An engine that only compiles what reads or changes rows says nothing of them.
        let is_asked = |error: &&Diagnostic| {
            let shows_when_run = matches!(error.code, Code::ConstraintFailed | Code::InvalidLimit);
            self.engine.rows() == Rows::Run || !shows_when_run
        };
        let replay = step
            .errors
            .iter()
            .filter(is_asked)
            .map(|error| (place(error), error))
            .min_by_key(|(place, _)| *place);
        let kind = match (replay, &engine) {
            (None, Ok(())) => return self.compare_catalogs(),
            (None, Err(_)) => Kind::FalselyAccepted,
            (Some((place, error)), Ok(()))
                if error.code == Code::DoubleQuotedString
                    && statements.get(place).is_some_and(|it| adds(text, it)) =>
            {
                return Ok(Agreement::Stricter);
            }
            (Some(_), Ok(())) => Kind::FalselyRejected,
            (Some((place, error)), Err(failure)) => match place.cmp(&failure.statement) {
                std::cmp::Ordering::Equal => return Ok(Agreement::Rejected),
                // The lint speaks where a view or trigger is defined, the engine where it is used.
                std::cmp::Ordering::Less if error.code == Code::DoubleQuotedString => {
                    return Ok(Agreement::Rejected);
                }
                std::cmp::Ordering::Less => Kind::FalselyRejected,
                std::cmp::Ordering::Greater => Kind::FalselyAccepted,
            },
        };
        let failure = engine.err();
        let first = match (kind, &failure, replay) {
            (Kind::FalselyAccepted, Some(failure), _) => failure.statement,
            (_, _, Some((place, _))) => place,
            (_, _, None) => statements.len(),
        };
        let statement = statements.get(first).cloned().unwrap_or_default();
        Err(Disagreement {
            kind,
            ran: failure.as_ref().is_some_and(|failure| failure.ran),
            engine: failure.map(|failure| failure.message),
            replay: replay.map(|(_, error)| self.words(error)),
            detail: text.get(statement).unwrap_or_default().to_owned(),
        })
    }

    fn compare_catalogs(&self) -> Result<Agreement, Disagreement> {
        let detail = match self.engine.schema() {
            Ok(schema) => difference(&schema, &self.replay.schema()),
            Err(error) => Some(error.to_string()),
        };
        match detail {
            None => Ok(Agreement::Accepted),
            Some(detail) => Err(Disagreement {
                kind: Kind::Catalog,
                engine: None,
                replay: None,
                detail,
                ran: false,
            }),
        }
    }

    /// What the replay says, and where.
    fn words(&self, diagnostic: &Diagnostic) -> (String, String) {
        let place = self.replay.sources.place(diagnostic.primary.span);
        let number = diagnostic.code.number();
        (format!("{number} {}", diagnostic.message), place)
    }
}

impl Disagreement {
    /// The engine could not be asked.
    pub(crate) fn broken(error: &str) -> Disagreement {
        Disagreement {
            kind: Kind::Catalog,
            engine: None,
            replay: None,
            detail: error.to_owned(),
            ran: false,
        }
    }

    /// The words that disagreements of one cause share: without the names.
    #[must_use]
    pub fn class(&self) -> String {
        let engine = self
            .engine
            .as_deref()
            .map_or("accepts".to_owned(), |message| {
                let end = message.find([':', '\'']).unwrap_or(message.len());
                let words = message.get(..end).unwrap_or_default();
                let words = words.split('"').step_by(2);
                words.map(str::trim).collect::<Vec<_>>().join(" _ ")
            });
        let replay = self
            .replay
            .as_ref()
            .map_or("accepts".to_owned(), |(message, _)| {
                let words = message.split('`').step_by(2);
                words.map(str::trim).collect::<Vec<_>>().join(" _ ")
            });
        match self.kind {
            Kind::FalselyAccepted | Kind::FalselyRejected => {
                format!("{}: engine: {engine} | replay: {replay}", self.kind)
            }
            Kind::Catalog => {
                let lines = self.detail.lines().skip(2);
                let first = lines
                    .filter(|line| line.starts_with(['-', '+']))
                    .map(|line| {
                        let words: Vec<&str> = line.split_whitespace().take(2).collect();
                        words.join(" ")
                    });
                format!("{}: {}", self.kind, first.take(1).collect::<String>())
            }
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Kind::FalselyAccepted => "falsely accepted",
            Kind::FalselyRejected => "falsely rejected",
            Kind::Catalog => "the catalogs differ",
        })
    }
}

impl fmt::Display for Disagreement {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(formatter, "{}", self.kind)?;
        if self.kind != Kind::Catalog {
            let engine = self.engine.as_deref().unwrap_or("accepts");
            writeln!(formatter, "engine: {engine}")?;
            match &self.replay {
                Some((message, place)) => writeln!(formatter, "replay: {message} ({place})")?,
                None => writeln!(formatter, "replay: accepts")?,
            }
        }
        formatter.write_str(&self.detail)
    }
}

/// Whether a statement is an ALTER TABLE … ADD.
fn adds(text: &str, statement: &Range<usize>) -> bool {
    let statement = text.get(statement.clone()).unwrap_or_default();
    let words = crate::mutate::tokens(statement);
    let has = |word: &str| words.iter().any(|it| it.eq_ignore_ascii_case(word));
    has("ALTER") && has("ADD")
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
        ran: false,
    }
}
