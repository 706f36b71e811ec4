//! Which versions' schemas a database has: a look at it beside each of them.

use super::client::Client;
use super::inspection::expected;
use super::managed;
use super::replayed::{self, Scratch};
use crate::adopt::Candidate;
use crate::difference::{Difference, postgres_differences};
use crate::error::Error;
use crate::migration::Migration;
use crate::runner::Runner;
use tablature_model::postgres::Schema;

/// What the comparison with every version has shown.
pub(super) struct Evidence {
    /// The versions whose schema the database has, in their order.
    pub(super) matches: Vec<Candidate>,
    /// How the database differs from each version that it was compared with, in their order.
    pub(super) differences: Vec<(i64, Vec<Difference>)>,
}

impl Evidence {
    /// The version that differs least, and of those the newest.
    pub(super) fn nearest(&self) -> Option<i64> {
        let versions = self.differences.iter();
        let nearest = versions
            .rev()
            .min_by_key(|(_, differences)| differences.len());
        nearest.map(|(version, _)| *version)
    }
}

/// Compares the schema of a database with the expected one at every version; without an empty database to find these out
/// on, with that of the last.
pub(super) async fn gather<C: Client>(
    runner: &Runner<'_>,
    live: &Schema,
    scratch: Option<&mut Scratch<'_, C>>,
) -> Result<Evidence, Error> {
    let head = expected(runner)?.into_owned();
    let mut evidence = Evidence {
        matches: Vec::new(),
        differences: Vec::new(),
    };
    let mut compare = |migration: &Migration, schema: &Schema, is_data_only: bool| {
        let mut found = live.clone();
        let mut made = schema.clone();
        managed::leave_out(&mut made, &[&head, schema], &[]);
        // A table that a later migration makes is not one of others.
        managed::leave_out(&mut found, &[&made, &head], &runner.ignored_tables);
        let differences = postgres_differences(&made, &found);
        if differences.is_empty() {
            evidence.matches.push(Candidate {
                version: migration.version,
                name: migration.name.to_string(),
                file: migration.file.to_string(),
                is_data_only,
            });
        }
        evidence.differences.push((migration.version, differences));
    };
    let Some(last) = runner.migrations.list.last() else {
        return Ok(evidence);
    };
    match scratch {
        None => compare(last, &head, false),
        Some(scratch) => {
            let mut before: Option<Schema> = None;
            let look = |migration: &Migration, schema: Schema| {
                let is_data_only = before.as_ref() == Some(&schema);
                compare(migration, &schema, is_data_only);
                before = Some(schema);
            };
            replayed::each_version(runner, scratch, last.version, look).await?;
        }
    }
    Ok(evidence)
}
