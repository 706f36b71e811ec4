//! What a database is to be, and what of it is left alone.

use super::super::client::Client;
use super::super::inspection::expected;
use super::super::managed;
use super::super::replayed::{self, Scratch, without_scratch};
use super::definitions::Definitions;
use super::parts::find;
use super::places;
use crate::difference::{Difference, Object, postgres_differences};
use crate::error::Error;
use crate::repair::RepairProblem;
use crate::runner::Runner;
use std::collections::BTreeSet;
use tablature_model::postgres::Schema;

/// What the migrations up to the version of the database define.
pub(in crate::postgresql) struct Target {
    pub(super) expected: Schema,
    /// What the last migration of the program leaves behind.
    head: Schema,
    /// The statements of what the schema only names; none without an empty database.
    pub(super) definitions: Option<Definitions>,
}

impl Target {
    /// Finds out what a database at a version is to be; one without a version is before the first migration.
    pub(in crate::postgresql) async fn at<C: Client>(
        runner: &Runner<'_>,
        scratch: Option<&mut Scratch<'_, C>>,
        version: Option<i64>,
    ) -> Result<Target, Error> {
        let head = expected(runner)?.into_owned();
        let last = runner.migrations.list.last().map(|last| last.version);
        let Some(version) = version else {
            let mut nothing = Schema::EMPTY;
            nothing.schemas = head.schemas.clone();
            nothing.schemas.to_mut().retain(|it| it.name == "public");
            return Ok(Target {
                expected: nothing,
                head,
                definitions: Some(Definitions::default()),
            });
        };
        let then = match scratch {
            Some(scratch) => Some(replayed::at(runner, scratch, version).await?),
            None => None,
        };
        Ok(match then {
            None if Some(version) != last => return Err(without_scratch(version)),
            None => Target {
                expected: head.clone(),
                head,
                definitions: None,
            },
            Some((_, definitions)) if Some(version) == last => Target {
                expected: head.clone(),
                head,
                definitions: Some(definitions),
            },
            Some((mut then, definitions)) => {
                let all = then.clone();
                managed::leave_out(&mut then, &[&head, &all], &[]);
                let applied = runner.migrations.list.iter();
                let applied: BTreeSet<&str> = applied
                    .take_while(|it| it.version <= version)
                    .map(|it| &*it.file)
                    .collect();
                places::give(&mut then, &head, &applied);
                Target {
                    expected: then,
                    head,
                    definitions: Some(definitions),
                }
            }
        })
    }

    /// How what a database has differs from what it is to be.
    pub(in crate::postgresql) fn differences(
        &self,
        runner: &Runner<'_>,
        mut found: Schema,
    ) -> Vec<Difference> {
        let sides = [&self.expected, &self.head];
        managed::leave_out(&mut found, &sides, &runner.ignored_tables);
        postgres_differences(&self.expected, &found)
    }
}

/// What holds rows, values or numbers, no migration defines, and nobody has named to be dropped.
#[derive(Debug, Default)]
pub(super) struct Kept(BTreeSet<Object>);

impl Kept {
    /// Tells what is kept; a name that was to be dropped and is not there is a problem.
    pub(super) fn of(
        found: &[Difference],
        live: &Schema,
        dropped: &[String],
    ) -> Result<Kept, Vec<RepairProblem>> {
        let data = |object: &Object| data(object, live);
        let unexpected: Vec<&Object> = found.iter().filter_map(unexpected).collect();
        let is = |name: &str, object: &Object| {
            data(object).is_some_and(|known| known.eq_ignore_ascii_case(name))
        };
        let problems: Vec<RepairProblem> = dropped
            .iter()
            .filter(|name| !unexpected.iter().any(|object| is(name, object)))
            .map(|name| RepairProblem::NothingToDrop { name: name.clone() })
            .collect();
        if !problems.is_empty() {
            return Err(problems);
        }
        let unnamed = unexpected.into_iter().filter(|object| {
            data(object).is_some() && !dropped.iter().any(|name| is(name, object))
        });
        Ok(Kept(unnamed.cloned().collect()))
    }

    /// Keeps something more.
    pub(super) fn keep(&mut self, object: &Object) {
        self.0.insert(object.clone());
    }

    /// Whether a difference is left as it is.
    pub(super) fn leaves(&self, difference: &Difference) -> bool {
        unexpected(difference).is_some_and(|object| self.0.contains(object))
    }
}

/// What the database has and no migration defines.
pub(super) fn unexpected(difference: &Difference) -> Option<&Object> {
    match difference {
        Difference::Unexpected { object } => Some(object),
        Difference::Missing { .. } | Difference::Changed { .. } => None,
    }
}

/// The name of what holds rows, values or numbers: `users`, `users.email`, `app.users.email`. What a sequence counts for a
/// column is told by that.
fn data(object: &Object, live: &Schema) -> Option<String> {
    match object {
        Object::Table { name } | Object::Schema { name } => Some(name.clone()),
        Object::Sequence { name } => {
            let sequence = find::sequence(live, name)?;
            sequence.owner.is_none().then(|| name.clone())
        }
        Object::Column { table, name } => Some(format!("{table}.{name}")),
        Object::Unique { .. }
        | Object::Check { .. }
        | Object::Constraint { .. }
        | Object::ForeignKey { .. }
        | Object::Index { .. }
        | Object::View { .. }
        | Object::Trigger { .. }
        | Object::Extension { .. }
        | Object::Type { .. }
        | Object::Routine { .. }
        | Object::NamedConstraint { .. }
        | Object::Policy { .. }
        | Object::Rule { .. } => None,
    }
}
