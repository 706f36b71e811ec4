//! Giving a history to a database that has tables and none: its schema tells which migrations it has.

use super::client::Client;
use super::evidence::{self, Evidence};
use super::history::{self, History};
use super::inspection::{Inspection, expected};
use super::replayed::without_scratch;
use super::session::Session;
use super::{foreign, introspect, managed};
use crate::adopt::{AdoptPlan, Adopted, Compared, ForeignProblem, Tool};
use crate::error::Error;
use crate::event::Event;
use crate::foreign::{Foreign, claimed};
use crate::pending::Recorded;
use crate::runner::Runner;
use crate::status::State;
use std::time::Duration;
use tablature_model::postgres::Schema;

/// Tells what adopting would record.
pub(super) async fn plan_adopt<C: Client>(
    client: &mut C,
    runner: &Runner<'_>,
    scratch: Option<&mut C>,
    named: Option<i64>,
) -> Result<AdoptPlan, Error> {
    let mut session = Session::new(client, runner);
    session.begin_read().await?;
    let seen = Seen::read(runner, &mut session).await?;
    session.rollback().await?;
    seen.plan(runner, scratch, named).await
}

/// Records which migrations the schema of a database shows to be applied; if one is named, those up to it.
pub(super) async fn adopt<C: Client>(
    client: &mut C,
    runner: &Runner<'_>,
    mut scratch: Option<&mut C>,
    named: Option<i64>,
) -> Result<Adopted, Error> {
    let mut session = Session::new(client, runner);
    loop {
        // The comparison takes its time, and nobody has to wait for it.
        session.begin_read().await?;
        let seen = Seen::read(runner, &mut session).await?;
        session.rollback().await?;
        let plan = seen.plan(runner, scratch.as_deref_mut(), named).await?;
        if plan.is_empty() {
            return Ok(plan.into());
        }
        session.begin_write().await?;
        if Seen::read(runner, &mut session).await? == seen {
            record(runner, &mut session, &plan).await?;
            return Ok(plan.into());
        }
        session.rollback().await?;
    }
}

/// How a database without a history stands to the migrations.
pub(super) async fn state<'r, C: Client>(
    runner: &Runner<'r>,
    session: &mut Session<'_, 'r, C>,
    scratch: Option<&mut C>,
) -> Result<State, Error> {
    let seen = Seen::read(runner, session).await?;
    match seen.plan(runner, scratch, None).await {
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
async fn record<C: Client>(
    runner: &Runner<'_>,
    session: &mut Session<'_, '_, C>,
    plan: &AdoptPlan,
) -> Result<(), Error> {
    let list = runner.migrations.list.iter();
    let rows: Vec<_> = list
        .take(plan.versions.len())
        .map(|migration| (migration, Duration::ZERO))
        .collect();
    history::create(session.client, runner).await?;
    session.tell(Event::Verifying);
    // The first start verifies it: what was compared has no fingerprint that knows of these tables.
    session.commit(&history::insert(runner, &rows)).await?;
    session.tell(Event::Committed);
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
    async fn read<'r, C: Client>(
        runner: &Runner<'r>,
        session: &mut Session<'_, 'r, C>,
    ) -> Result<Seen, Error> {
        let inspection = Inspection::read(session, runner).await?;
        let mut schema = introspect::schema(session.client).await?;
        let foreign = foreign::histories(session, &*expected(runner)?, &schema).await?;
        // Whether they are there yet is no part of what was compared.
        managed::leave_out_own(&mut schema);
        let has_tables = !inspection.tables.is_empty();
        let History {
            recorded, progress, ..
        } = inspection.history;
        Ok(Seen {
            history: recorded,
            is_under_way: progress.is_some(),
            has_tables,
            schema,
            foreign,
        })
    }

    async fn plan<C: Client>(
        &self,
        runner: &Runner<'_>,
        scratch: Option<&mut C>,
        named: Option<i64>,
    ) -> Result<AdoptPlan, Error> {
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
        let evidence = evidence::gather(runner, &self.schema, scratch).await?;
        let version = choose(named, claim, evidence)?;
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
}

/// The version that the database is at.
fn choose(
    named: Option<i64>,
    claim: Option<(Tool, i64)>,
    evidence: Evidence,
) -> Result<i64, Error> {
    let nearest = evidence.nearest();
    let Evidence {
        matches,
        differences,
    } = evidence;
    let differing = |version: i64, compared| {
        let found = differences.iter().find(|(of, _)| *of == version);
        let Some((_, differences)) = found else {
            return Err(without_scratch(version));
        };
        Err(Error::NotAdoptable {
            version,
            compared,
            matches: matches.iter().map(|found| found.version).collect(),
            differences: differences.clone(),
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
