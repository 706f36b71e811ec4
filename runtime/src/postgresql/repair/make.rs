//! Making what is missing, and changing what can be changed in place.

use super::super::client::Client;
use super::action::Action;
use super::build::{Builder, is_order};
use super::definitions::Kind;
use super::parts::{self, find};
use super::{columns, misfits, objects, tables};
use crate::difference::{Difference, Object, Property};
use crate::error::Error;
use std::collections::BTreeSet;
use tablature_model::postgres::Schema;

/// More rounds than things can stand on each other in anything that was made by hand.
const ROUNDS: usize = 64;

/// Goes on until nothing more can be done.
pub(super) async fn all<C: Client>(builder: &mut Builder<'_, '_, '_, C>) -> Result<(), Error> {
    builder.begin_stage();
    for _ in 0..ROUNDS {
        let look = builder.look().await?;
        builder.failures.clear();
        let actions = actions(builder, &look.work, &look.live).await?;
        let (is_changed, left) = builder.run(actions).await?;
        for (action, error) in &left {
            misfits::tell(builder, action, error).await?;
        }
        if !is_changed {
            return Ok(());
        }
    }
    Ok(())
}

/// What mends differences.
async fn actions<C: Client>(
    builder: &mut Builder<'_, '_, '_, C>,
    work: &[Difference],
    live: &Schema,
) -> Result<Vec<Action>, Error> {
    let mut actions: Vec<Action> = Vec::new();
    let mut seen: BTreeSet<&Object> = BTreeSet::new();
    let mut ordered: Vec<&Difference> = work.iter().filter(|it| !is_order(it)).collect();
    ordered.sort_by_key(|it| rank(it.object()));
    for difference in ordered {
        let object = difference.object();
        let is_first = seen.insert(object);
        match difference {
            Difference::Unexpected { .. } => {}
            Difference::Missing { .. } => {
                if let Some(mut action) = missing(builder, difference, live).await? {
                    let carried = builder.carried.get(object).cloned().unwrap_or_default();
                    for way in &mut action.ways {
                        way.extend(carried.iter().cloned());
                    }
                    actions.push(action);
                }
            }
            Difference::Changed { property, .. } => {
                let of_object: Vec<&Difference> =
                    work.iter().filter(|it| it.object() == object).collect();
                let made = match object {
                    // All that differs in one is changed together.
                    Object::Column { table, name } if is_first => {
                        columns::changed(builder, table, name, &of_object, live).await?
                    }
                    Object::Column { .. } => None,
                    Object::Table { .. } => tables::changed(builder, difference, live),
                    Object::Type { .. } => objects::changed_type(builder, difference, live),
                    Object::Sequence { .. } => {
                        objects::changed_sequence(builder, difference, *property)
                    }
                    Object::Routine { .. } if is_first => changed_routine(builder, difference),
                    Object::Routine { .. } => None,
                    Object::Trigger { .. } => enabled(builder, difference),
                    Object::NamedConstraint { .. } => validated(builder, difference),
                    Object::View { .. }
                    | Object::Index { .. }
                    | Object::Policy { .. }
                    | Object::Rule { .. }
                    | Object::Unique { .. }
                    | Object::Check { .. }
                    | Object::Constraint { .. }
                    | Object::ForeignKey { .. }
                    | Object::Schema { .. }
                    | Object::Extension { .. } => None,
                };
                actions.extend(made);
            }
        }
    }
    Ok(actions)
}

/// What is tried first: what others stand on.
fn rank(object: &Object) -> u8 {
    match object {
        Object::Schema { .. } => 0,
        Object::Extension { .. } => 1,
        Object::Type { .. } => 2,
        Object::Sequence { .. } => 3,
        Object::Table { .. } => 4,
        Object::Column { .. } => 5,
        Object::Routine { .. } => 6,
        Object::Unique { .. }
        | Object::Check { .. }
        | Object::Constraint { .. }
        | Object::ForeignKey { .. }
        | Object::NamedConstraint { .. } => 7,
        Object::View { .. } => 8,
        Object::Index { .. } => 9,
        Object::Trigger { .. } => 10,
        Object::Policy { .. } => 11,
        Object::Rule { .. } => 12,
    }
}

/// What makes that which is missing.
async fn missing<C: Client>(
    builder: &mut Builder<'_, '_, '_, C>,
    difference: &Difference,
    live: &Schema,
) -> Result<Option<Action>, Error> {
    let target = builder.target;
    let expected = &target.expected;
    let object = difference.object();
    let by = |statement: String| Action::by(difference, statement);
    Ok(match object {
        Object::Schema { name } => Some(by(format!("CREATE SCHEMA {}", parts::name(name)))),
        Object::Extension { name } => Some(by(match &target.definitions {
            Some(known) => known
                .statement(Kind::Extension, name)
                .map_or_else(|| extension(name), str::to_owned),
            None => extension(name),
        })),
        Object::Type { name } => objects::missing_type(builder, difference, name),
        Object::Sequence { name } => find::sequence(expected, name).map(|sequence| {
            builder.made_sequences.insert(name.clone());
            by(objects::sequence(sequence))
        }),
        Object::Table { name } => tables::missing(builder, difference, name),
        Object::Column { table, name } => {
            columns::missing(builder, difference, table, name, live).await?
        }
        Object::Routine { name } => by_definition(builder, difference, Kind::Routine, name),
        Object::NamedConstraint { owner, name } => {
            find::constraint(expected, owner, name).map(|(kind, of, constraint)| {
                by(format!(
                    "ALTER {kind} {} ADD CONSTRAINT {} {}",
                    parts::qualified(of),
                    parts::name(name),
                    constraint.definition
                ))
            })
        }
        Object::View { name } => by_definition(builder, difference, Kind::View, name),
        // That of a partitioned table is printed as one that its partitions do not get.
        Object::Index { name } => find::index(expected, name)
            .map(|index| by(index.definition.replacen(" ON ONLY ", " ON ", 1))),
        Object::Trigger { name } => find::trigger(expected, name).map(|trigger| {
            let mut statements = vec![trigger.definition.to_string()];
            statements.extend(objects::enabling(trigger).filter(|_| trigger.enabled != "O"));
            Action::mends(difference, statements)
        }),
        Object::Policy { table, name } => {
            find::policy(expected, table, name).map(|policy| by(objects::policy(policy)))
        }
        Object::Rule { table, name } => {
            by_definition(builder, difference, Kind::Rule, &format!("{table}.{name}"))
        }
        Object::Unique { .. }
        | Object::Check { .. }
        | Object::Constraint { .. }
        | Object::ForeignKey { .. } => None,
    })
}

fn extension(name: &str) -> String {
    format!("CREATE EXTENSION {}", parts::name(name))
}

/// What the statement makes that the migrations leave behind, as an empty database tells it.
pub(super) fn by_definition<C: Client>(
    builder: &mut Builder<'_, '_, '_, C>,
    difference: &Difference,
    kind: Kind,
    name: &str,
) -> Option<Action> {
    let definitions = builder.target.definitions.as_ref();
    match definitions.map(|known| known.statement(kind, name)) {
        Some(Some(statement)) => Some(Action::by(difference, statement.to_owned())),
        Some(None) => {
            let reason = "the server does not print the statement that makes it";
            builder.by_hand(difference.object(), reason);
            None
        }
        None => {
            let reason = "the statement that makes it is told by an empty database only: \
                connect to one and name it with `scratch(…)`";
            builder.by_hand(difference.object(), reason);
            None
        }
    }
}

fn changed_routine<C: Client>(
    builder: &mut Builder<'_, '_, '_, C>,
    difference: &Difference,
) -> Option<Action> {
    let Object::Routine { name } = difference.object() else {
        return None;
    };
    by_definition(builder, difference, Kind::Routine, name)
}

/// Says whether a trigger fires.
fn enabled<C: Client>(builder: &Builder<'_, '_, '_, C>, difference: &Difference) -> Option<Action> {
    let Object::Trigger { name } = difference.object() else {
        return None;
    };
    let trigger = find::trigger(&builder.target.expected, name)?;
    objects::enabling(trigger).map(|statement| Action::by(difference, statement))
}

/// Checks the rows of a constraint that was only said of new ones.
fn validated<C: Client>(
    builder: &Builder<'_, '_, '_, C>,
    difference: &Difference,
) -> Option<Action> {
    let (
        Object::NamedConstraint { owner, name },
        Difference::Changed {
            property: Property::Definition,
            expected,
            found,
            ..
        },
    ) = (difference.object(), difference)
    else {
        return None;
    };
    if !objects::is_only_validated(expected, found) {
        return None;
    }
    let (kind, of, _) = find::constraint(&builder.target.expected, owner, name)?;
    let validate = format!(
        "ALTER {kind} {} VALIDATE CONSTRAINT {}",
        parts::qualified(of),
        parts::name(name)
    );
    Some(Action::by(difference, validate))
}
