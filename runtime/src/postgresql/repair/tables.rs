//! Tables: making them, and changing what is said of them as wholes.

use super::super::client::Client;
use super::action::Action;
use super::build::Builder;
use super::columns;
use super::parts::{self, find};
use crate::difference::{Difference, Object, Property};
use tablature_model::postgres::{QualifiedName, Schema, Table};

/// What makes a table, without the keys: those are missing then.
pub(super) fn missing<C: Client>(
    builder: &mut Builder<'_, '_, '_, C>,
    difference: &Difference,
    name: &str,
) -> Option<Action> {
    let it = find::table(&builder.target.expected, name)?;
    if it.kind == "f" {
        let reason = "where the rows of a foreign table are is no part of what is compared";
        builder.by_hand(difference.object(), reason);
        return None;
    }
    let definitions = builder.target.definitions.as_ref();
    let seeds = definitions.map_or(0, |known| known.seeds(name));
    if seeds > 0 {
        builder.note(format!(
            "table `{name}` is made empty; on an empty database the migrations leave {seeds} row{} in it",
            if seeds == 1 { "" } else { "s" }
        ));
    }
    let of = parts::qualified(&it.name);
    let columns = it.columns.iter();
    let mut parts: Vec<String> = columns
        .map(|column| columns::definition(builder, name, column))
        .collect();
    if !it.parents.is_empty() {
        // A table that becomes another one's child has to have its checks before.
        let checks = it.constraints.iter();
        let checks = checks.filter(|check| check.definition.starts_with("CHECK "));
        parts.extend(checks.map(|check| {
            format!(
                "CONSTRAINT {} {}",
                parts::name(&check.name),
                check.definition.trim_end_matches(" NOT VALID")
            )
        }));
    }
    let unlogged = if it.unlogged { "UNLOGGED " } else { "" };
    let partitioned = it.partition_key.as_ref();
    let partitioned = partitioned.map_or(String::new(), |key| format!(" PARTITION BY {key}"));
    let list = match parts.is_empty() {
        true => "()".to_owned(),
        false => format!("(\n    {}\n)", parts.join(",\n    ")),
    };
    let mut statements = vec![format!("CREATE {unlogged}TABLE {of} {list}{partitioned}")];
    statements.extend(joining(it));
    let action = Action::mends(difference, statements);
    Some(match (&it.partition_bound, it.parents.first()) {
        // Where it can only be made as what it is, such as with the identity of its parent.
        (Some(bound), Some(parent)) => action.or(vec![format!(
            "CREATE {unlogged}TABLE {of} PARTITION OF {} {bound}{partitioned}",
            parts::qualified(parent)
        )]),
        _ => action,
    })
}

/// The statements that make a table the child of its parents.
fn joining(it: &Table) -> Vec<String> {
    let of = parts::qualified(&it.name);
    let parents = it.parents.iter().map(parts::qualified);
    match &it.partition_bound {
        Some(bound) => parents
            .map(|parent| format!("ALTER TABLE {parent} ATTACH PARTITION {of} {bound}"))
            .collect(),
        None => parents
            .map(|parent| format!("ALTER TABLE {of} INHERIT {parent}"))
            .collect(),
    }
}

/// What changes a table as a whole.
pub(super) fn changed<C: Client>(
    builder: &mut Builder<'_, '_, '_, C>,
    difference: &Difference,
    live: &Schema,
) -> Option<Action> {
    let (Object::Table { name }, Difference::Changed { property, .. }) =
        (difference.object(), difference)
    else {
        return None;
    };
    let (one, other) = (
        find::table(&builder.target.expected, name)?,
        find::table(live, name)?,
    );
    let of = parts::qualified(&one.name);
    match property {
        Property::Unlogged => {
            let logged = if one.unlogged { "UNLOGGED" } else { "LOGGED" };
            Some(Action::by(
                difference,
                format!("ALTER TABLE {of} SET {logged}"),
            ))
        }
        Property::RowSecurity => {
            let enable = if one.row_security {
                "ENABLE"
            } else {
                "DISABLE"
            };
            let force = if one.force_row_security {
                "FORCE"
            } else {
                "NO FORCE"
            };
            Some(Action::by(
                difference,
                format!("ALTER TABLE {of} {enable} ROW LEVEL SECURITY, {force} ROW LEVEL SECURITY"),
            ))
        }
        Property::Parents | Property::PartitionBound => {
            let mut statements = leaving(other, one);
            match one.partition_bound.is_some() || other.partition_bound.is_some() {
                true => statements.extend(joining(one)),
                false => {
                    let is_new = |parent: &&QualifiedName| !other.parents.contains(parent);
                    let new = one.parents.iter().filter(is_new).map(parts::qualified);
                    let new = new.map(|parent| format!("ALTER TABLE {of} INHERIT {parent}"));
                    statements.extend(new);
                }
            }
            Some(Action::mends(difference, statements))
        }
        Property::Kind | Property::PartitionKey => {
            builder.by_hand(
                difference.object(),
                "PostgreSQL changes no table into one that is partitioned, or partitioned otherwise: make it anew and move \
                 its rows",
            );
            None
        }
        _ => None,
    }
}

/// The statements that part a table from the parents that it is not to have, or is to have otherwise.
fn leaving(found: &Table, expected: &Table) -> Vec<String> {
    let of = parts::qualified(&found.name);
    match &found.partition_bound {
        Some(_) => found
            .parents
            .iter()
            .map(|parent| {
                format!(
                    "ALTER TABLE {} DETACH PARTITION {of}",
                    parts::qualified(parent)
                )
            })
            .collect(),
        None => found
            .parents
            .iter()
            .filter(|parent| !expected.parents.contains(parent))
            .map(|parent| format!("ALTER TABLE {of} NO INHERIT {}", parts::qualified(parent)))
            .collect(),
    }
}
