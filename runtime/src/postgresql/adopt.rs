//! Giving a history to a database that has tables and none: its schema tells which migrations it has.

use super::client::Client;
use super::evidence::{self, Evidence};
use super::history::{self, History};
use super::inspection::{Inspection, expected};
use super::replayed::{Scratch, without_scratch};
use super::session::Session;
use super::{foreign, introspect, managed};
use crate::adopt::{AdoptPlan, Adopted};
use crate::adoption::{self, Judged, Standing};
use crate::error::Error;
use crate::event::Event;
use crate::runner::Runner;
use crate::status::State;
use std::time::Duration;
use tablature_model::postgres::Schema;

/// Tells what adopting would record.
pub(super) async fn plan_adopt<C: Client>(
    client: &mut C,
    runner: &Runner<'_>,
    scratch: Option<&mut Scratch<'_, C>>,
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
    mut scratch: Option<&mut Scratch<'_, C>>,
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
    scratch: Option<&mut Scratch<'_, C>>,
) -> Result<State, Error> {
    let seen = Seen::read(runner, session).await?;
    adoption::state(seen.plan(runner, scratch, None).await)
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
    standing: Standing,
    schema: Schema,
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
        let standing = Standing {
            history: recorded,
            is_under_way: progress.is_some(),
            has_tables,
            foreign,
        };
        Ok(Seen { standing, schema })
    }

    async fn plan<C: Client>(
        &self,
        runner: &Runner<'_>,
        scratch: Option<&mut Scratch<'_, C>>,
        named: Option<i64>,
    ) -> Result<AdoptPlan, Error> {
        let said = match self.standing.judge(runner, named)? {
            Judged::Nothing(plan) => return Ok(plan),
            Judged::Compare(said) => said,
        };
        let evidence = evidence::gather(runner, &self.schema, scratch).await?;
        let nearest = evidence.nearest();
        let Evidence {
            matches,
            differences,
        } = evidence;
        said.plan(runner, matches, nearest, |version| {
            let mut all = differences.into_iter();
            let found = all.find(|(of, _)| *of == version);
            found
                .map(|(_, differences)| differences)
                .ok_or_else(|| without_scratch(version))
        })
    }
}
