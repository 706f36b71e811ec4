//! Dropping what holds no data and is unexpected or another one: views, triggers, policies, rules, indexes, constraints.

use super::super::client::Client;
use super::action::Action;
use super::build::Builder;
use super::definitions::{Definitions, Kind};
use super::parts::{self, find};
use super::{dependents, objects};
use crate::difference::{Difference, Object, Property};
use crate::error::Error;
use crate::repair::Dropped;
use std::collections::BTreeSet;
use tablature_model::postgres::Schema;

/// Drops them.
pub(super) async fn definitions<C: Client>(
    builder: &mut Builder<'_, '_, '_, C>,
) -> Result<(), Error> {
    let look = builder.look().await?;
    let (work, live) = (&look.work, &look.live);
    let is_mine = |it: &&Difference| goes(it);
    if !work.iter().any(|it| is_mine(&it)) {
        return Ok(());
    }
    let known = Definitions::of_database(builder.session.client).await?;
    let mut actions: Vec<Action> = Vec::new();
    let mut seen = BTreeSet::new();
    for difference in work.iter().filter(is_mine) {
        let object = difference.object();
        if !seen.insert(object.clone()) {
            if let Some(action) = actions.iter_mut().find(|it| it.object == *object) {
                action.says.push(difference.to_string());
            }
            continue;
        }
        let Some(drop) = drop(object, live) else {
            continue;
        };
        if matches!(difference, Difference::Unexpected { .. }) {
            builder.drops.push(Dropped {
                object: object.clone(),
                rows: None,
                sql: definition(object, live, &known),
            });
        } else {
            let carried = dependents::carried(builder, object, live).await?;
            builder.carried.insert(object.clone(), carried);
        }
        actions.push(Action::by(difference, drop));
    }
    let (_, left) = builder.run(actions).await?;
    for (action, error) in left {
        builder.refuse(&action.object, &error);
    }
    Ok(())
}

/// Whether what a difference is about is dropped before anything is made.
fn goes(difference: &Difference) -> bool {
    let is_definition = match difference.object() {
        Object::View { .. }
        | Object::Trigger { .. }
        | Object::Policy { .. }
        | Object::Rule { .. }
        | Object::Index { .. }
        | Object::NamedConstraint { .. } => true,
        Object::Routine { .. } => false,
        Object::Table { .. }
        | Object::Column { .. }
        | Object::Unique { .. }
        | Object::Check { .. }
        | Object::Constraint { .. }
        | Object::ForeignKey { .. }
        | Object::Schema { .. }
        | Object::Extension { .. }
        | Object::Type { .. }
        | Object::Sequence { .. } => false,
    };
    match difference {
        Difference::Missing { .. } => false,
        Difference::Unexpected { .. } => is_definition,
        Difference::Changed {
            object,
            property,
            expected,
            found,
            ..
        } => match property {
            // That it fires is said of it.
            Property::Enabled => false,
            Property::Definition => is_definition && !objects::is_only_validated(expected, found),
            Property::Kind | Property::Result => {
                is_definition || matches!(object, Object::Routine { .. })
            }
            _ => is_definition,
        },
    }
}

/// The statement that drops something that has no rows of its own.
pub(super) fn drop(object: &Object, live: &Schema) -> Option<String> {
    Some(match object {
        Object::View { name } => {
            let view = find::view(live, name)?;
            let kind = if view.materialized {
                "MATERIALIZED VIEW"
            } else {
                "VIEW"
            };
            format!("DROP {kind} {}", parts::qualified(&view.name))
        }
        Object::Trigger { name } => {
            let trigger = find::trigger(live, name)?;
            format!(
                "DROP TRIGGER {} ON {}",
                parts::name(&trigger.name),
                parts::qualified(&trigger.table)
            )
        }
        Object::Policy { table, name } => {
            let policy = find::policy(live, table, name)?;
            format!(
                "DROP POLICY {} ON {}",
                parts::name(&policy.name),
                parts::qualified(&policy.table)
            )
        }
        Object::Rule { table, name } => {
            let rule = find::rule(live, table, name)?;
            format!(
                "DROP RULE {} ON {}",
                parts::name(&rule.name),
                parts::qualified(&rule.table)
            )
        }
        Object::Index { name } => {
            let index = find::index(live, name)?;
            format!("DROP INDEX {}", parts::qualified(&index.name))
        }
        Object::NamedConstraint { owner, name } => {
            let (kind, of, _) = find::constraint(live, owner, name)?;
            format!(
                "ALTER {kind} {} DROP CONSTRAINT {}",
                parts::qualified(of),
                parts::name(name)
            )
        }
        Object::Routine { name } => {
            let routine = find::routine(live, name)?;
            format!("DROP {}", parts::routine(routine))
        }
        Object::Table { .. }
        | Object::Column { .. }
        | Object::Unique { .. }
        | Object::Check { .. }
        | Object::Constraint { .. }
        | Object::ForeignKey { .. }
        | Object::Schema { .. }
        | Object::Extension { .. }
        | Object::Type { .. }
        | Object::Sequence { .. } => return None,
    })
}

/// What made something, so that nothing is lost without a trace.
pub(super) fn definition(object: &Object, live: &Schema, known: &Definitions) -> Option<String> {
    let of = |kind, name: &str| known.statement(kind, name).map(str::to_owned);
    match object {
        Object::View { name } => of(Kind::View, name),
        Object::Routine { name } => of(Kind::Routine, name),
        Object::Rule { table, name } => of(Kind::Rule, &format!("{table}.{name}")),
        Object::Trigger { name } => Some(find::trigger(live, name)?.definition.to_string()),
        Object::Policy { table, name } => Some(objects::policy(find::policy(live, table, name)?)),
        Object::Index { name } => Some(find::index(live, name)?.definition.to_string()),
        Object::NamedConstraint { owner, name } => {
            let (_, _, constraint) = find::constraint(live, owner, name)?;
            Some(constraint.definition.to_string())
        }
        Object::Table { .. }
        | Object::Column { .. }
        | Object::Unique { .. }
        | Object::Check { .. }
        | Object::Constraint { .. }
        | Object::ForeignKey { .. }
        | Object::Schema { .. }
        | Object::Extension { .. }
        | Object::Type { .. }
        | Object::Sequence { .. } => None,
    }
}
