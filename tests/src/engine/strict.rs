//! What the engine says only later: when a view is read, a trigger fires, a foreign key is enforced.

use super::message;
use super::read::quote;
use crate::model::{Database, Schema, Visibility};
use rusqlite::{Connection, Error};

/// Compiles every view, and every trigger by statements that fire it; returns what the engine says.
pub(super) fn broken(connection: &Connection, schema: &Schema) -> Result<Vec<String>, Error> {
    let mut messages = Vec::new();
    let mut compile = |what: &str, sql: &str| {
        if let Err(error) = connection.prepare(sql) {
            messages.push(format!("{what}: {}", message(&error)));
        }
    };
    for database in &schema.databases {
        for view in &database.views {
            let name = format!("{}.{}", quote(&database.name), quote(&view.name));
            compile(
                &format!("view {}", view.name),
                &format!("SELECT * FROM {name}"),
            );
        }
        for trigger in &database.triggers {
            let Some((place, columns)) = watched(schema, database, &trigger.table) else {
                continue;
            };
            let what = format!("trigger {}", trigger.name);
            let set = columns
                .iter()
                .map(|column| format!("{0} = {0}", quote(column)));
            let set: Vec<String> = set.collect();
            match event(&trigger.sql) {
                Some("insert") => compile(
                    &what,
                    &format!("EXPLAIN INSERT INTO {place} DEFAULT VALUES"),
                ),
                Some("delete") => compile(&what, &format!("EXPLAIN DELETE FROM {place}")),
                _ if set.is_empty() => {}
                _ => compile(
                    &what,
                    &format!("EXPLAIN UPDATE {place} SET {}", set.join(", ")),
                ),
            }
        }
    }
    Ok(messages)
}

/// What a trigger fires on, from the normal form of its definition.
fn event(sql: &str) -> Option<&str> {
    let after_name = sql.split(' ').skip(3);
    let mut events = after_name.filter(|word| ["insert", "update", "delete"].contains(word));
    events.next()
}

/// The table or view that a trigger watches, as SQL, and the columns that UPDATE may set.
///
/// A trigger of `temp` may watch a table elsewhere, and then the first of its name in the order of the search path.
fn watched(schema: &Schema, database: &Database, name: &str) -> Option<(String, Vec<String>)> {
    let others = schema
        .databases
        .iter()
        .filter(|other| database.name == "temp" && other.name != database.name);
    std::iter::once(database)
        .chain(others)
        .find_map(|database| {
            let columns = settable(database, name)?;
            Some((
                format!("{}.{}", quote(&database.name), quote(name)),
                columns,
            ))
        })
}

fn settable(database: &Database, name: &str) -> Option<Vec<String>> {
    let table = database
        .tables
        .iter()
        .find(|table| table.name.eq_ignore_ascii_case(name));
    if let Some(table) = table {
        return Some(
            table
                .columns
                .iter()
                .filter(|column| column.visibility == Visibility::Ordinary)
                .map(|column| column.name.clone())
                .collect(),
        );
    }
    let view = database
        .views
        .iter()
        .find(|view| view.name.eq_ignore_ascii_case(name))?;
    let columns = view.columns.iter().flatten();
    Some(columns.map(|(name, _)| name.clone()).collect())
}

/// Returns what the engine says of foreign keys whose parent is missing or has no unique key.
pub(super) fn orphans(connection: &Connection, schema: &Schema) -> Result<Vec<String>, Error> {
    let mut messages = Vec::new();
    for database in &schema.databases {
        for table in &database.tables {
            for key in &table.foreign_keys {
                let exists = database
                    .tables
                    .iter()
                    .any(|parent| parent.name.eq_ignore_ascii_case(&key.table));
                if !exists {
                    messages.push(format!(
                        "table {}: no such table: {}",
                        table.name, key.table
                    ));
                }
            }
            // It says "mismatch" of a parent without a unique key, and of a view.
            let checked = connection
                .prepare(&format!(
                    "PRAGMA {}.foreign_key_check({})",
                    quote(&database.name),
                    quote(&table.name)
                ))
                .and_then(|mut statement| {
                    let mut rows = statement.query([])?;
                    while rows.next()?.is_some() {}
                    Ok(())
                });
            if let Err(error) = checked {
                messages.push(format!("table {}: {}", table.name, message(&error)));
            }
        }
    }
    Ok(messages)
}
