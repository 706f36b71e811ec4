//! The script that brings a drifted database back to what the migrations define, proven on the database itself.
//!
//! The server undoes every change of a schema, so there is no need for a copy: each statement of the script is tried as it is
//! written, in a transaction and under the lock of a run, the schema is compared with what it is to be, and all of it is
//! undone. What stands in the way in rows is found by the same statements.
//!
//! What the statements are is told by the differences, step by step: after each round the schema is read and compared again,
//! so that what went along with something else, or became possible, is told by the engine and not foreseen here. Within a
//! round a statement that fails is tried again after the others, which is how it is found out what has to come first.

mod action;
mod build;
mod clear;
mod columns;
mod definitions;
mod dependents;
mod make;
mod misfits;
mod objects;
mod order;
mod parts;
mod places;
mod script;
mod sides;
mod sweep;
mod tables;
mod values;

pub(super) use definitions::Definitions;

use super::client::Client;
use super::inspection::{Inspection, expected};
use super::introspect;
use super::replayed::Scratch;
use super::session::Session;
use crate::error::Error;
use crate::pending::pending;
use crate::repair::{Repair, RepairProblem};
use crate::runner::Runner;
use build::Builder;
use sides::Kept;
pub(super) use sides::Target;

/// Writes the script.
pub(super) async fn repair<C: Client>(
    client: &mut C,
    runner: &Runner<'_>,
    mut scratch: Option<&mut Scratch<'_, C>>,
) -> Result<Repair, Error> {
    expected(runner)?;
    loop {
        let mut session = Session::new(client, runner);
        session.begin_read().await?;
        let seen = Inspection::read(&mut session, runner).await?;
        let (fingerprint, found) = introspect::with_fingerprint(session.client, runner, "").await?;
        session.rollback().await?;
        let mut repair = begun(&seen)?;
        // Before the lock is taken, as it takes its time.
        let target = Target::at(runner, scratch.as_deref_mut(), repair.version).await?;
        let differences = target.differences(runner, found.clone());
        let kept = match Kept::of(&differences, &found, &runner.dropped) {
            Ok(kept) => kept,
            Err(problems) => return refused(problems),
        };
        if differences.iter().all(|it| kept.leaves(it)) {
            repair.kept = differences;
            return nothing_to_mend(repair);
        }
        seen.refuse_to_run()?;
        session.begin_write().await?;
        let (now, _) = introspect::with_fingerprint(session.client, runner, "").await?;
        if now != fingerprint {
            session.rollback().await?;
            continue;
        }
        let problems = Builder::new(&mut session, &target, kept)
            .build(&mut repair, &fingerprint)
            .await?;
        session.finish().await?;
        return match problems.is_empty() {
            true => Ok(repair),
            false => refused(problems),
        };
    }
}

/// A repair of a database as its history tells it, in which nothing is mended yet.
fn begun(seen: &Inspection<'_, '_>) -> Result<Repair, Error> {
    // For the errors of a history that does not fit, and of a database without one.
    seen.pending()?;
    let recorded = &seen.history.recorded;
    let pending = pending(&seen.runner.migrations.list, recorded)?;
    if let (Some(first), true) = (pending.first(), seen.history.progress.is_some()) {
        let version = first.version;
        return refused(vec![RepairProblem::Halfway { version }]);
    }
    Ok(Repair {
        version: recorded.last().map(|newest| newest.version),
        mends: Vec::new(),
        drops: Vec::new(),
        kept: Vec::new(),
        notes: Vec::new(),
        pending: pending.iter().map(Into::into).collect(),
        script: String::new(),
    })
}

fn nothing_to_mend(repair: Repair) -> Result<Repair, Error> {
    match repair.pending.first() {
        Some(first) if repair.kept.is_empty() => Err(Error::Pending {
            count: repair.pending.len(),
            version: first.version,
            name: first.name.clone(),
            is_changed: false,
        }),
        _ => Ok(repair),
    }
}

fn refused<T>(problems: Vec<RepairProblem>) -> Result<T, Error> {
    Err(Error::NotRepairable { problems })
}
