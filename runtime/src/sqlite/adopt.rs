//! Giving a history to a database that has tables and none: its schema tells which migrations it has.

use super::evidence::{self, Evidence};
use super::inspection::{Inspection, reading};
use super::session::Session;
use super::{foreign, history, introspect, progress, replayed};
use crate::adopt::{AdoptPlan, Adopted, Compared, ForeignProblem, Tool};
use crate::difference::differences;
use crate::error::Error;
use crate::event::Event;
use crate::foreign::{Foreign, claimed};
use crate::others;
use crate::pending::Recorded;
use crate::runner::Runner;
use crate::schema::Schema;
use crate::status::State;
use rusqlite::Connection;
use std::time::Duration;

/// Tells what adopting would record.
pub(crate) fn plan_adopt(
    runner: &Runner<'_>,
    connection: &Connection,
    named: Option<i64>,
) -> Result<AdoptPlan, Error> {
    reading(runner, connection, |inspection| {
        Seen::read(runner, inspection.connection)?.plan(runner, named)
    })
}

/// Records which migrations the schema of a database shows to be applied; if one is named, those up to it.
pub(crate) fn adopt(
    runner: &Runner<'_>,
    connection: &Connection,
    named: Option<i64>,
) -> Result<Adopted, Error> {
    runner.refuse_other_engine()?;
    if !connection.is_autocommit() {
        return Err(Error::InTransaction);
    }
    let session = Session::open(connection, runner.busy_timeout, runner.events)?;
    loop {
        // The comparison takes its time, and nobody has to wait for it.
        session.begin_read()?;
        let seen = Seen::read(runner, connection)?;
        let plan = seen.plan(runner, named)?;
        if plan.is_empty() {
            return Ok(plan.into());
        }
        if connection.is_readonly("main")? {
            return Err(Error::ReadOnly);
        }
        session.rollback();
        session.begin_immediate()?;
        if Seen::read(runner, connection)? == seen {
            record(runner, &session, &plan)?;
            return Ok(plan.into());
        }
        session.rollback();
    }
}

/// How a database without a history stands to the migrations.
pub(super) fn state(inspection: &Inspection<'_, '_>) -> Result<State, Error> {
    let runner = inspection.runner;
    let seen = Seen::read(runner, inspection.connection)?;
    match seen.plan(runner, None) {
        Ok(plan) => Ok(State::Adoptable {
            versions: plan.version.into_iter().collect(),
            from: plan.from,
        }),
        Err(Error::Ambiguous { candidates }) => Ok(State::Adoptable {
            versions: candidates.iter().map(|found| found.version).collect(),
            from: None,
        }),
        Err(
            error @ (Error::NotAdoptable { .. }
            | Error::ForeignHistory { .. }
            | Error::Replay { .. }),
        ) => Ok(State::Unknown {
            reason: error.to_string(),
        }),
        Err(error) => Err(error),
    }
}

/// Writes the history, and commits.
fn record(runner: &Runner<'_>, session: &Session<'_>, plan: &AdoptPlan) -> Result<(), Error> {
    let list = runner.migrations.list.iter();
    let rows: Vec<_> = list
        .take(plan.versions.len())
        .map(|migration| (migration, Duration::ZERO))
        .collect();
    history::create(session.connection)?;
    history::insert(session.connection, &rows)?;
    session.events.tell(Event::Verifying);
    // The schema is the one that was compared, as nobody else can write.
    history::set_verified(session.connection, &runner.ignored_tables)?;
    session.commit()?;
    session.events.tell(Event::Committed);
    Ok(())
}

/// All that the decision depends on.
#[derive(PartialEq)]
struct Seen {
    history: Vec<Recorded>,
    /// Whether a `-- no-transaction` file has begun and is not finished.
    is_under_way: bool,
    /// Whether it has tables that are not named as belonging to others.
    has_tables: bool,
    schema: Schema,
    /// What other tools say of it.
    foreign: Vec<Foreign>,
}

impl Seen {
    fn read(runner: &Runner<'_>, connection: &Connection) -> Result<Seen, Error> {
        let schema = introspect::schema(connection)?;
        let mut tables = schema.tables.iter();
        Ok(Seen {
            history: history::read(connection)?,
            is_under_way: progress::is_under_way(connection)?,
            has_tables: tables
                .any(|table| !others::is_ignored(&table.name, &runner.ignored_tables)),
            foreign: foreign::histories(runner, connection, &schema)?,
            schema,
        })
    }

    fn plan(&self, runner: &Runner<'_>, named: Option<i64>) -> Result<AdoptPlan, Error> {
        let list = &*runner.migrations.list;
        if let Some(version) = named.filter(|named| list.iter().all(|one| one.version != *named)) {
            return Err(Error::NoSuchVersion {
                version,
                known: list.iter().map(|migration| migration.version).collect(),
            });
        }
        let is_adopted = !self.history.is_empty() || self.is_under_way;
        if is_adopted || !self.has_tables || list.is_empty() {
            return self.nothing(runner, named);
        }
        let claim = match named {
            Some(_) => None,
            None => self.claim(runner)?,
        };
        let evidence = evidence::gather(runner, &self.schema)?;
        let version = self.choose(runner, named, claim, evidence)?;
        let applied = list.partition_point(|migration| migration.version <= version);
        let (applied, pending) = list.split_at(applied);
        Ok(AdoptPlan {
            version: Some(version),
            versions: applied.iter().map(|migration| migration.version).collect(),
            pending: pending.iter().map(Into::into).collect(),
            from: claim.map(|(tool, _)| tool),
        })
    }

    /// The version that the histories of other tools say the database is at, and one that says so.
    fn claim(&self, runner: &Runner<'_>) -> Result<Option<(Tool, i64)>, Error> {
        let mut agreed: Option<(Tool, i64)> = None;
        for history in &self.foreign {
            let tool = history.tool;
            let refused = |problems| Error::ForeignHistory { tool, problems };
            let claim = claimed(history, &runner.migrations.list).map_err(refused)?;
            match (agreed, claim) {
                (Some((other, version)), Some(claim)) if claim != version => {
                    return Err(refused(vec![ForeignProblem::Disagrees { tool: other }]));
                }
                (None, Some(claim)) => agreed = Some((tool, claim)),
                (Some(_), _) | (None, None) => {}
            }
        }
        Ok(agreed)
    }

    /// What there is to say where nothing is to be recorded.
    fn nothing(&self, runner: &Runner<'_>, named: Option<i64>) -> Result<AdoptPlan, Error> {
        let pending = runner.pending_after(&self.history)?;
        let newest = self.history.last().map(|row| row.version);
        match named {
            Some(version) if self.history.iter().all(|row| row.version != version) => {
                Err(Error::NotApplied { version, newest })
            }
            _ => Ok(AdoptPlan {
                version: newest,
                versions: Vec::new(),
                pending: pending.iter().map(Into::into).collect(),
                from: None,
            }),
        }
    }

    /// The version that the database is at.
    fn choose(
        &self,
        runner: &Runner<'_>,
        named: Option<i64>,
        claim: Option<(Tool, i64)>,
        evidence: Evidence,
    ) -> Result<i64, Error> {
        let Evidence { matches, nearest } = evidence;
        let differing = |version, compared| {
            let expected = replayed::schema_at(runner, version)?;
            let mut found = self.schema.clone();
            let own = [&expected, &runner.migrations.schema()];
            others::leave_out(&mut found, &own, &runner.ignored_tables);
            Err(Error::NotAdoptable {
                version,
                compared,
                matches: matches.iter().map(|found| found.version).collect(),
                differences: differences(&expected, &found),
            })
        };
        let said = match (named, claim) {
            (Some(named), _) => Some((named, Compared::Named)),
            (None, Some((tool, version))) => Some((version, Compared::Claimed(tool))),
            (None, None) => None,
        };
        match (said, matches.as_slice()) {
            (Some((said, _)), all) if all.iter().any(|one| one.version == said) => Ok(said),
            (Some((said, compared)), _) => differing(said, compared),
            (None, [only]) => Ok(only.version),
            (None, []) => differing(nearest.unwrap_or_default(), Compared::Nearest),
            (None, _) => Err(Error::Ambiguous {
                candidates: matches,
            }),
        }
    }
}
