//! Bringing columns into their order: those that stand too early are made anew at the end, with their values.
//!
//! The server adds columns at the end only. A column that has to come after a new one is added once more under a name of its
//! own, gets the values of the old one by a rewrite that fires no trigger, and takes its name and place. What was on the old
//! column is missing then, and is made again as whatever else is missing.

use super::super::client::Client;
use super::super::quote::literal;
use super::super::rows::{self, text};
use super::action::Action;
use super::build::{Builder, is_order};
use super::parts::{self, find};
use super::{columns, dependents, objects};
use crate::difference::{Difference, Object, shown};
use crate::error::Error;
use tablature_model::postgres::{Column, Schema, Table};

/// Brings the columns of all tables into their order; tells whether anything had to be done.
pub(super) async fn columns<C: Client>(
    builder: &mut Builder<'_, '_, '_, C>,
) -> Result<bool, Error> {
    let look = builder.look().await?;
    let mut is_changed = false;
    for difference in look.work.iter().filter(|it| is_order(it)) {
        let Object::Table { name } = difference.object() else {
            continue;
        };
        if !is_alone(&look.live, name) {
            builder.by_hand(
                difference.object(),
                "its columns are in another order, and those of a partition, of a table that is inherited from or of a foreign \
                 table cannot be made anew: make the table anew and move its rows",
            );
            continue;
        }
        is_changed |= table(builder, difference, name, &look.live).await?;
    }
    Ok(is_changed)
}

/// Whether a table has neither parents nor children.
fn is_alone(live: &Schema, name: &str) -> bool {
    let Some(table) = find::table(live, name) else {
        return false;
    };
    let mut tables = live.tables.iter();
    let has_children = tables.any(|it| it.parents.contains(&table.name));
    table.kind == "r" && table.parents.is_empty() && !has_children
}

/// Brings the columns of a table into their order.
async fn table<C: Client>(
    builder: &mut Builder<'_, '_, '_, C>,
    difference: &Difference,
    name: &str,
    live: &Schema,
) -> Result<bool, Error> {
    let expected = &builder.target.expected;
    let (Some(one), Some(other)) = (find::table(expected, name), find::table(live, name)) else {
        return Ok(false);
    };
    let anew = anew(one, other);
    builder.note(format!(
        "table `{name}` is written anew and locked meanwhile, as columns change their places"
    ));
    for column in &anew {
        let object = Object::Column {
            table: name.to_owned(),
            name: column.name.to_string(),
        };
        let in_the_way = dependents::of(builder, &object).await?;
        let (_, left) = builder.run(in_the_way).await?;
        if let Some((_, error)) = left.first() {
            builder.refuse(difference.object(), error);
            return Ok(false);
        }
    }
    let statements = rotate(builder, one, other, &anew, live).await?;
    let (is_done, left) = builder
        .run(vec![Action::mends(difference, statements)])
        .await?;
    if let Some((_, error)) = left.first() {
        builder.refuse(difference.object(), error);
    }
    Ok(is_done)
}

/// The columns that are made anew, in their order: all from the first on that stands before one that it is to follow.
fn anew<'a>(one: &'a Table, other: &'a Table) -> Vec<&'a Column> {
    let place = |name: &str| other.columns.iter().position(|it| it.name == name);
    let wanted: Vec<(usize, &Column)> = one
        .columns
        .iter()
        .filter_map(|it| Some((place(&it.name)?, other.columns.get(place(&it.name)?)?)))
        .collect();
    let mut stays = 1;
    while let (Some((before, _)), Some((next, _))) = (wanted.get(stays - 1), wanted.get(stays)) {
        if next < before {
            break;
        }
        stays += 1;
    }
    // What is generated from a column that is made anew is so as well.
    loop {
        let (kept, moved) = wanted.split_at(stays.min(wanted.len()));
        let reads_moved = kept.iter().position(|(_, it)| {
            it.generated.as_ref().is_some_and(|generated| {
                moved
                    .iter()
                    .any(|(_, moved)| parts::reads(&generated.expression, &moved.name))
            })
        });
        match reads_moved {
            Some(at) => stays = at,
            None => return moved.iter().map(|(_, it)| *it).collect(),
        }
    }
}

/// The statements that put columns to the end of a table, in an order.
async fn rotate<C: Client>(
    builder: &mut Builder<'_, '_, '_, C>,
    one: &Table,
    other: &Table,
    anew: &[&Column],
    live: &Schema,
) -> Result<Vec<String>, Error> {
    let table = parts::qualified(&one.name);
    let name = shown(&one.name);
    let alter = |what: &str| format!("ALTER TABLE {table} {what}");
    let mut carried = Vec::new();
    for column in anew {
        let object = Object::Column {
            table: name.clone(),
            name: column.name.to_string(),
        };
        carried.extend(dependents::carried(builder, &object, live).await?);
    }
    let mut statements = Vec::new();
    let generated = anew.iter().filter(|it| it.generated.is_some());
    statements.extend(generated.map(|it| alter(&format!("DROP COLUMN {}", parts::name(&it.name)))));
    for sequence in live.sequences.iter() {
        let owner = sequence.owner.as_ref();
        let is_moved = owner.is_some_and(|owner| {
            owner.table == one.name && anew.iter().any(|it| it.name == owner.column)
        });
        if is_moved {
            let sequence = parts::qualified(&sequence.name);
            statements.push(format!("ALTER SEQUENCE {sequence} OWNED BY NONE"));
        }
    }
    let mut rest = anew;
    while let Some(first) = rest.first() {
        if first.generated.is_some() {
            let definition = columns::definition(builder, &name, first);
            statements.push(alter(&format!("ADD COLUMN {definition}")));
            rest = rest.get(1..).unwrap_or_default();
            continue;
        }
        let plain = rest.iter().take_while(|it| it.generated.is_none()).count();
        let (batch, after) = rest.split_at(plain);
        rest = after;
        statements.extend(moved(builder, one, other, batch).await?);
    }
    statements.extend(carried);
    Ok(statements)
}

/// The statements that make columns anew at the end, with their values.
async fn moved<C: Client>(
    builder: &mut Builder<'_, '_, '_, C>,
    one: &Table,
    other: &Table,
    batch: &[&Column],
) -> Result<Vec<String>, Error> {
    let table = parts::qualified(&one.name);
    let alter = |what: Vec<String>| format!("ALTER TABLE {table} {}", what.join(", "));
    let names: Vec<String> = free_names(other, batch.len());
    let pairs = || batch.iter().zip(&names);
    let typed = |it: &Column| {
        let collation = it.collation.as_ref();
        let collation = collation.map(objects::collate).unwrap_or_default();
        format!("{}{collation}", it.data_type)
    };
    let mut statements = vec![
        alter(
            pairs()
                .map(|(it, new)| format!("ADD COLUMN {new} {}", typed(it)))
                .collect(),
        ),
        alter(
            pairs()
                .map(|(it, new)| {
                    let old = parts::name(&it.name);
                    format!("ALTER COLUMN {new} TYPE {} USING {old}", typed(it))
                })
                .collect(),
        ),
    ];
    let not_null = pairs().filter(|(it, _)| it.not_null);
    let not_null: Vec<String> = not_null
        .map(|(_, new)| format!("ALTER COLUMN {new} SET NOT NULL"))
        .collect();
    if !not_null.is_empty() {
        statements.push(alter(not_null));
    }
    let mut after = Vec::new();
    for (it, new) in pairs().filter(|(it, _)| !it.identity.is_empty()) {
        let query = format!(
            "SELECT pg_catalog.pg_get_serial_sequence({}, {})",
            literal(&table),
            literal(&it.name)
        );
        let rows = rows::last(builder.session.client, &query).await?;
        let sequence = rows.first().map_or("", |row| text(row, 0)).to_owned();
        let added = columns::definition(builder, &shown(&one.name), it);
        let at = added.find("GENERATED").unwrap_or_default();
        let identity = added.get(at..).unwrap_or_default();
        let identity = identity.strip_suffix(" NOT NULL").unwrap_or(identity);
        statements.push(alter(vec![format!("ALTER COLUMN {new} ADD {identity}")]));
        statements.push(format!(
            "SELECT pg_catalog.setval(pg_catalog.pg_get_serial_sequence({}, {}), last_value, is_called) FROM {sequence}",
            literal(&table),
            literal(new)
        ));
        let bare = sequence.rsplit('.').next().unwrap_or_default().to_owned();
        let schema = parts::name(&one.name.schema);
        after.push(format!(
            "ALTER SEQUENCE {schema}.{} RENAME TO {bare}",
            parts::name(&format!("{}_{new}_seq", one.name.name))
        ));
    }
    let dropped = batch.iter();
    statements.push(alter(
        dropped
            .map(|it| format!("DROP COLUMN {}", parts::name(&it.name)))
            .collect(),
    ));
    for (it, new) in pairs() {
        let name = parts::name(&it.name);
        statements.push(format!("ALTER TABLE {table} RENAME COLUMN {new} TO {name}"));
        if let Some(default) = &it.default {
            statements.push(alter(vec![format!(
                "ALTER COLUMN {name} SET DEFAULT {default}"
            )]));
        }
    }
    statements.extend(after);
    Ok(statements)
}

/// Names that no column of a table has.
fn free_names(table: &Table, count: usize) -> Vec<String> {
    let is_free = |name: &String| table.columns.iter().all(|it| *it.name != **name);
    let names = (1_usize..).map(|number| format!("_moved_{number}"));
    names.filter(is_free).take(count).collect()
}
