//! The script that brings a drifted database back to what the migrations define, proven on a copy.
//!
//! Nothing here writes to the database: it is copied, each statement of the script is tried on the copy as it is written,
//! all of them are undone, and then the finished script runs there as a whole. It is given away only if the copy then is
//! what it should be, row by row.

mod alter;
mod build;
mod copy;
mod misfits;
mod proof;
mod rebuild;
mod script;
mod sides;

use super::inspection::{Inspection, reading};
use super::{history, progress};
use crate::error::Error;
use crate::pending::pending;
use crate::repair::{Repair, RepairProblem};
use crate::runner::Runner;
use rusqlite::Connection;
use sides::Sides;

/// Writes the script.
pub(crate) fn repair(runner: &Runner<'_>, connection: &Connection) -> Result<Repair, Error> {
    // A copy is taken of what is committed.
    if !connection.is_autocommit() {
        return Err(Error::InTransaction);
    }
    reading(runner, connection, repaired)
}

fn repaired(inspection: &Inspection<'_, '_>) -> Result<Repair, Error> {
    let (runner, connection) = (inspection.runner, inspection.connection);
    // For the errors of a history that does not fit, and of a database without one.
    inspection.pending()?;
    let recorded = history::read(connection)?;
    let pending = pending(&runner.migrations.list, &recorded)?;
    if let (Some(first), true) = (pending.first(), progress::is_under_way(connection)?) {
        let version = first.version;
        return refused(vec![RepairProblem::Halfway { version }]);
    }
    let version = recorded.last().map(|newest| newest.version);
    let mut repair = Repair {
        version,
        mends: Vec::new(),
        drops: Vec::new(),
        kept: Vec::new(),
        notes: Vec::new(),
        pending: pending.iter().map(Into::into).collect(),
        script: String::new(),
    };
    let mut sides = Sides::read(inspection, version)?;
    if !sides.problems.is_empty() {
        return refused(std::mem::take(&mut sides.problems));
    }
    repair.kept.clone_from(&sides.kept);
    if sides.work.is_empty() {
        return match pending {
            [first, ..] if repair.kept.is_empty() => Err(Error::Pending {
                count: pending.len(),
                version: first.version,
                name: first.name.to_string(),
                is_changed: false,
            }),
            _ => Ok(repair),
        };
    }
    repair.mends.clone_from(&sides.work);
    let copy = copy::of(runner, connection)?;
    let problems = build::script(&sides, connection, &copy, &mut repair)?;
    if !problems.is_empty() {
        return refused(problems);
    }
    let problems = proof::of(&repair, &sides, inspection, &copy)?;
    if !problems.is_empty() {
        return refused(problems);
    }
    Ok(repair)
}

fn refused<T>(problems: Vec<RepairProblem>) -> Result<T, Error> {
    Err(Error::NotRepairable { problems })
}

/// A name as SQL.
fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// A text as SQL.
fn literal(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

fn fold(name: &str) -> String {
    name.to_ascii_lowercase()
}
