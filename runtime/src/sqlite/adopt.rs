//! Giving a history to a database that has tables and none: its schema tells which migrations it has.

use super::evidence::{self, Evidence};
use super::inspection::{Inspection, reading};
use super::session::Session;
use super::{foreign, history, introspect, progress, replayed};
use crate::adopt::{AdoptPlan, Adopted};
use crate::adoption::{self, Judged, Standing};
use crate::difference::differences;
use crate::error::Error;
use crate::event::Event;
use crate::others;
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
    adoption::state(seen.plan(runner, None))
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
    standing: Standing,
    schema: Schema,
}

impl Seen {
    fn read(runner: &Runner<'_>, connection: &Connection) -> Result<Seen, Error> {
        let schema = introspect::schema(connection)?;
        let mut tables = schema.tables.iter();
        let standing = Standing {
            history: history::read(connection)?,
            is_under_way: progress::is_under_way(connection)?,
            has_tables: tables
                .any(|table| !others::is_ignored(&table.name, &runner.ignored_tables)),
            foreign: foreign::histories(runner, connection, &schema)?,
        };
        Ok(Seen { standing, schema })
    }

    fn plan(&self, runner: &Runner<'_>, named: Option<i64>) -> Result<AdoptPlan, Error> {
        let said = match self.standing.judge(runner, named)? {
            Judged::Nothing(plan) => return Ok(plan),
            Judged::Compare(said) => said,
        };
        let Evidence { matches, nearest } = evidence::gather(runner, &self.schema)?;
        said.plan(runner, matches, nearest, |version| {
            let expected = replayed::schema_at(runner, version)?;
            let mut found = self.schema.clone();
            let own = [&expected, &runner.migrations.schema()];
            others::leave_out(&mut found, &own, &runner.ignored_tables);
            Ok(differences(&expected, &found))
        })
    }
}
