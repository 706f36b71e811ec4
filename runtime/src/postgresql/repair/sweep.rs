//! Dropping at the end what no migration defines: tables and columns that were named, and functions, types and sequences
//! that nothing uses which is kept.

use super::super::client::Client;
use super::super::outcome::is;
use super::super::rows::{self, number};
use super::action::Action;
use super::build::Builder;
use super::definitions::Definitions;
use super::parts::{self, find};
use super::sides::unexpected as unexpected_in;
use super::{clear, objects, values};
use crate::difference::Object;
use crate::error::Error;
use crate::repair::Dropped;
use tablature_model::postgres::Schema;
use tokio_postgres::error::SqlState;

/// Drops them, and tells whether there was anything to drop.
pub(super) async fn unexpected<C: Client>(
    builder: &mut Builder<'_, '_, '_, C>,
) -> Result<bool, Error> {
    let look = builder.look().await?;
    let (work, live) = (&look.work, &look.live);
    if work.iter().all(|it| unexpected_in(it).is_none()) {
        return Ok(false);
    }
    let known = Definitions::of_database(builder.session.client).await?;
    let mut actions = Vec::new();
    for difference in work {
        let Some(object) = unexpected_in(difference) else {
            continue;
        };
        let Some(drop) = drop(object, live) else {
            continue;
        };
        let dropped = Dropped {
            object: object.clone(),
            rows: count(builder, object, live).await?,
            sql: clear::definition(object, live, &known),
        };
        if !builder.drops.iter().any(|it| it.object == *object) {
            builder.drops.push(dropped);
        }
        actions.push(Action::by(difference, drop));
    }
    let (is_changed, left) = builder.run(actions).await?;
    for (action, error) in left {
        if is(&error, &SqlState::DEPENDENT_OBJECTS_STILL_EXIST) {
            // What is kept needs it.
            builder.keep(&action.object);
        } else {
            builder.refuse(&action.object, &error);
        }
    }
    Ok(is_changed)
}

/// The statement that drops something, with all that is in it, if nothing else needs it.
fn drop(object: &Object, live: &Schema) -> Option<String> {
    match object {
        Object::Table { name } => {
            let table = find::table(live, name)?;
            let kind = if table.kind == "f" {
                "FOREIGN TABLE"
            } else {
                "TABLE"
            };
            Some(format!("DROP {kind} {}", parts::qualified(&table.name)))
        }
        Object::Column { table, name } => {
            let table = find::table(live, table)?;
            Some(format!(
                "ALTER TABLE {} DROP COLUMN {}",
                parts::qualified(&table.name),
                parts::name(name)
            ))
        }
        Object::Sequence { name } => {
            let sequence = find::sequence(live, name)?;
            Some(format!(
                "DROP SEQUENCE {}",
                parts::qualified(&sequence.name)
            ))
        }
        Object::Schema { name } => Some(format!("DROP SCHEMA {} CASCADE", parts::name(name))),
        Object::Type { name } => objects::dropped(live, name),
        Object::Extension { name } => Some(format!("DROP EXTENSION {}", parts::name(name))),
        Object::Routine { .. }
        | Object::View { .. }
        | Object::Trigger { .. }
        | Object::Policy { .. }
        | Object::Rule { .. }
        | Object::Index { .. }
        | Object::NamedConstraint { .. }
        | Object::Unique { .. }
        | Object::Check { .. }
        | Object::Constraint { .. }
        | Object::ForeignKey { .. } => clear::drop(object, live),
    }
}

/// How much is lost.
async fn count<C: Client>(
    builder: &mut Builder<'_, '_, '_, C>,
    object: &Object,
    live: &Schema,
) -> Result<Option<u64>, Error> {
    match object {
        Object::Table { name } => match find::table(live, name) {
            Some(table) if table.kind != "f" => Ok(Some(values::rows(builder, &table.name).await?)),
            Some(_) | None => Ok(None),
        },
        Object::Column { table, name } => {
            let Some(table) = find::table(live, table) else {
                return Ok(None);
            };
            let sql = format!(
                "SELECT pg_catalog.count({}) FROM {}",
                parts::name(name),
                parts::qualified(&table.name)
            );
            let rows = rows::last(builder.session.client, &sql).await?;
            Ok(rows.first().map(|row| number(row, 0).unsigned_abs()))
        }
        Object::Schema { .. }
        | Object::Extension { .. }
        | Object::Type { .. }
        | Object::Sequence { .. }
        | Object::Routine { .. }
        | Object::View { .. }
        | Object::Trigger { .. }
        | Object::Policy { .. }
        | Object::Rule { .. }
        | Object::Index { .. }
        | Object::NamedConstraint { .. }
        | Object::Unique { .. }
        | Object::Check { .. }
        | Object::Constraint { .. }
        | Object::ForeignKey { .. } => Ok(None),
    }
}
