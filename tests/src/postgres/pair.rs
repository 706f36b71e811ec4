//! The replay and the server side by side.

use super::boundaries::statements;
use super::corpus::is_block;
use super::engine::{Engine, Failure, WANTS_NO_TRANSACTION};
use super::history::{History, Step};
use super::tokens::tokens;
use crate::differential::{Agreement, Disagreement, Kind, Migration};
use crate::shrink::Judge;
use std::cmp::Ordering;
use tablature_schema::diagnostic::{Code, Diagnostic};
use tablature_schema::lints::Lint;
use tablature_test_server::{Server, shared};

/// What the engine says of a later migration only because an earlier one is not committed.
const IN_ONE_TRANSACTION: &[&str] = &["25001", "2D000", "55P04", "55006"];

/// A history on both sides.
pub struct Pair {
    engine: Engine,
    replay: History,
    blocks: Blocks,
}

/// What the replay made of DO blocks.
#[derive(Debug, Clone, Copy, Default)]
pub struct Blocks {
    /// All of them.
    pub all: usize,
    /// Those whose effect only running them shows: it is declared in a comment.
    pub declared: usize,
    /// Those of which that is lacking.
    pub opaque: usize,
}

impl Pair {
    /// An empty database on both sides.
    ///
    /// # Errors
    ///
    /// If the server takes no connection.
    pub fn new(server: &Server, roles: &[String]) -> Result<Pair, postgres::Error> {
        Ok(Pair {
            engine: Engine::new(server, roles)?,
            replay: History::new(roles),
            blocks: Blocks::default(),
        })
    }

    /// The engine.
    pub fn engine(&mut self) -> &mut Engine {
        &mut self.engine
    }

    /// The DO blocks of the migrations that were [followed](Pair::follow).
    #[must_use]
    pub fn blocks(&self) -> Blocks {
        self.blocks
    }

    /// Applies migrations of which nothing stays, until one is rejected.
    ///
    /// # Errors
    ///
    /// If the sides differ.
    pub fn trial(&mut self, migrations: &[Migration]) -> Result<Agreement, Disagreement> {
        let mut replay = self.replay.clone();
        let outcome = self.engine.trial(|engine| {
            for (position, migration) in migrations.iter().enumerate() {
                let agreement = step(engine, &mut replay, migration);
                // Here all of them share a transaction, which they do not otherwise.
                let of_the_trial = |code| IN_ONE_TRANSACTION.contains(&code);
                if position > 0 && engine.last_code().is_some_and(of_the_trial) {
                    break;
                }
                match agreement? {
                    Agreement::Accepted => {}
                    other => return Ok(other),
                }
            }
            Ok(Agreement::Accepted)
        });
        outcome.map_err(|error| Disagreement::broken(&error.to_string()))?
    }

    /// Applies the next migration on both sides. After a rejection the pair is of no further use.
    ///
    /// # Errors
    ///
    /// If the sides differ.
    pub fn migrate(&mut self, migration: &Migration) -> Result<Agreement, Disagreement> {
        step(&mut self.engine, &mut self.replay, migration)
    }

    /// Applies the next migration, and undoes it on both sides unless both accept it with one catalog.
    ///
    /// # Errors
    ///
    /// If the sides differ.
    pub fn try_migrate(&mut self, migration: &Migration) -> Result<Agreement, Disagreement> {
        let agreement = self.trial(std::slice::from_ref(migration));
        if agreement == Ok(Agreement::Accepted) {
            return self.migrate(migration);
        }
        agreement
    }

    /// Applies the next migration of a history that is known to run, in a transaction if it can, which both sides must see alike.
    ///
    /// # Errors
    ///
    /// If the sides differ.
    pub fn follow(&mut self, migration: &mut Migration) -> Result<Agreement, Disagreement> {
        let before = self.replay.clone();
        let text = migration.text();
        let step = self
            .replay
            .migrate(&migration.path, &text, migration.transaction);
        let blocks = migration.statements.iter().filter(|it| is_block(it));
        let is_declared = |it: &&String| it.starts_with("-- tablature: effect");
        self.blocks.all += blocks.clone().count();
        self.blocks.declared += blocks.filter(is_declared).count();
        let engine = self.engine.migrate(&text, migration.transaction);
        let wants_none = engine
            .as_ref()
            .is_err_and(|failure| WANTS_NO_TRANSACTION.contains(&failure.code.as_str()));
        if !(migration.transaction && wants_none) {
            self.blocks.opaque += opaque_blocks(&step, &text);
            let agreement = judge(&mut self.engine, &self.replay, &text, &step, engine);
            if agreement == Ok(Agreement::Left) {
                self.replay = before;
            }
            return agreement;
        }
        judge(&mut self.engine, &self.replay, &text, &step, engine)?;
        self.replay = before;
        migration.transaction = false;
        let step = self.replay.migrate(&migration.path, &text, false);
        self.blocks.opaque += opaque_blocks(&step, &text);
        let engine = self.engine.migrate(&text, false);
        judge(&mut self.engine, &self.replay, &text, &step, engine)
    }
}

/// How many DO blocks are said to be opaque.
fn opaque_blocks(step: &Step, text: &str) -> usize {
    let statements = statements(text).into_iter();
    let blocks = statements.filter(|it| is_block(text.get(it.clone()).unwrap_or_default()));
    let is_opaque = |block: &std::ops::Range<usize>| {
        let errors = step.errors.iter();
        let mut opaque = errors.filter(|it| it.code == Code::OpaqueStatement);
        opaque.any(|it| block.contains(&(it.primary.span.start as usize)))
    };
    blocks.filter(is_opaque).count()
}

fn step(
    engine: &mut Engine,
    replay: &mut History,
    migration: &Migration,
) -> Result<Agreement, Disagreement> {
    let text = migration.text();
    let step = replay.migrate(&migration.path, &text, migration.transaction);
    let said = engine.migrate(&text, migration.transaction);
    judge(engine, replay, &text, &step, said)
}

fn judge(
    engine: &mut Engine,
    replay: &History,
    text: &str,
    step: &Step,
    said: Result<usize, Failure>,
) -> Result<Agreement, Disagreement> {
    if said.as_ref().is_err_and(Failure::is_of_the_installation) {
        return Ok(Agreement::Left);
    }
    let statements = statements(text);
    let place = |diagnostic: &Diagnostic| -> usize {
        let start = diagnostic.primary.span.start as usize;
        let place = statements.iter().position(|it| start <= it.end);
        place.unwrap_or(statements.len())
    };
    let first = step
        .errors
        .iter()
        .map(|error| (place(error), error))
        .min_by_key(|(place, _)| *place);
    let kind = match (first, &said) {
        (None, Ok(_)) => return compare_catalogs(engine, replay),
        (None, Err(_)) => Kind::FalselyAccepted,
        // What a DO block does cannot always be told: that is said, and not guessed.
        (Some((_, error)), _) if error.code == Code::OpaqueStatement => {
            return Ok(Agreement::Stricter);
        }
        (Some((_, error)), Ok(_)) if Lint::of(error.code).is_some() => {
            return Ok(Agreement::Stricter);
        }
        (Some(_), Ok(_)) => Kind::FalselyRejected,
        (Some((place, error)), Err(failure)) => match place.cmp(&failure.statement) {
            Ordering::Equal => return Ok(Agreement::Rejected),
            Ordering::Less if Lint::of(error.code).is_some() => return Ok(Agreement::Stricter),
            Ordering::Less => Kind::FalselyRejected,
            Ordering::Greater => Kind::FalselyAccepted,
        },
    };
    let failure = said.err();
    let at = match (kind, &failure, first) {
        (Kind::FalselyAccepted, Some(failure), _) => failure.statement,
        (_, _, Some((place, _))) => place,
        (_, _, None) => statements.len(),
    };
    let statement = statements.get(at).cloned().unwrap_or_default();
    Err(Disagreement {
        kind,
        ran: failure.as_ref().is_some_and(|failure| failure.ran),
        engine: failure.map(|failure| format!("{} {}", failure.code, failure.message)),
        replay: first.map(|(_, error)| replay.words(error)),
        detail: text.get(statement).unwrap_or_default().to_owned(),
    })
}

fn compare_catalogs(engine: &mut Engine, replay: &History) -> Result<Agreement, Disagreement> {
    let detail = match engine.describe() {
        Ok(description) => description.difference(&replay.describe()),
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

/// Judges histories on PostgreSQL.
#[derive(Debug, Clone)]
pub struct OnPostgres {
    /// Roles that are there.
    pub roles: Vec<String>,
}

impl Judge for OnPostgres {
    fn judge(&self, migrations: &[Migration]) -> Result<Agreement, Disagreement> {
        let broken = |error: &str| Disagreement::broken(error);
        let server = shared().ok_or_else(|| broken("there is no server"))?;
        let pair = Pair::new(server, &self.roles);
        let mut pair = pair.map_err(|error| broken(&error.to_string()))?;
        for migration in migrations {
            match pair.migrate(migration)? {
                Agreement::Accepted => {}
                other => return Ok(other),
            }
        }
        Ok(Agreement::Accepted)
    }

    fn tokens(&self, statement: &str) -> Vec<String> {
        tokens(statement)
    }
}
