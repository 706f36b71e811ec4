//! A program that knows the schema of some moment, and names tables and columns in all that it does.

use super::Engine;
use super::rows::{quoted, tables, value};
use rusqlite::types::Value;
use rusqlite::{Connection, Error, Statement};
use std::collections::BTreeMap;

/// What a program does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Action {
    /// One statement.
    pub sql: String,
    /// Whether foreign keys are enforced meanwhile.
    pub enforced: bool,
}

/// What came of it: the rows of a SELECT in no order, or how many a statement has changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// SELECT.
    Rows(Vec<String>),
    /// INSERT, UPDATE or DELETE.
    Changed(u64),
}

/// A number that no other row holds.
const NUMBER: i64 = 900_001;

impl Engine {
    /// The actions of a program that knows the tables and views as they are now.
    ///
    /// # Errors
    ///
    /// If the engine cannot list them.
    pub fn actions(&self) -> Result<Vec<Action>, Error> {
        let mut actions = Vec::new();
        let mut add = |sql: String, enforced: bool| actions.push(Action { sql, enforced });
        for (table, columns) in tables(&self.connection)? {
            let names: Vec<String> = columns.iter().map(|(name, _)| quoted(name)).collect();
            let list = names.join(", ");
            let table = format!("main.{}", quoted(&table));
            let typed = columns.iter().map(|(_, declared)| value(declared, NUMBER));
            let texts = columns.iter().map(|_| Value::Text(format!("x{NUMBER}")));
            let typed: Vec<String> = typed.map(literal).collect();
            let texts: Vec<String> = texts.map(literal).collect();
            for values in [&typed, &texts] {
                let values = values.join(", ");
                let insert = format!("INSERT INTO {table} ({list}) VALUES ({values})");
                add(insert.clone(), false);
                add(insert, true);
            }
            // What has a default or may be NULL is left out, as far as the table takes that.
            for (name, value) in names.iter().zip(&typed) {
                let insert = format!("INSERT INTO {table} ({name}) VALUES ({value})");
                add(insert, false);
            }
            let copy =
                format!("INSERT OR REPLACE INTO {table} ({list}) SELECT {list} FROM {table}");
            add(copy, false);
            add(format!("SELECT {list} FROM {table}"), false);
            for name in &names {
                add(format!("UPDATE {table} SET {name} = {name}"), false);
            }
            add(format!("DELETE FROM {table}"), false);
        }
        for (view, columns) in views(&self.connection)? {
            let columns: Vec<String> = columns.iter().map(|name| quoted(name)).collect();
            let view = quoted(&view);
            add(
                format!("SELECT {} FROM main.{view}", columns.join(", ")),
                false,
            );
        }
        Ok(actions)
    }

    /// Does something and undoes it.
    ///
    /// # Errors
    ///
    /// What the engine says against it.
    pub fn attempt(&self, action: &Action) -> Result<Outcome, Error> {
        let connection = &self.connection;
        // The rows that are there may have been written without.
        connection.pragma_update(None, "ignore_check_constraints", false)?;
        connection.pragma_update(None, "foreign_keys", action.enforced)?;
        connection.execute_batch("BEGIN")?;
        let outcome = connection.prepare(&action.sql).and_then(outcome);
        if !connection.is_autocommit() {
            connection.execute_batch("ROLLBACK")?;
        }
        connection.pragma_update(None, "foreign_keys", false)?;
        outcome
    }
}

fn outcome(mut statement: Statement<'_>) -> Result<Outcome, Error> {
    let count = statement.column_count();
    if count == 0 {
        let changed = statement.execute([])?;
        return Ok(Outcome::Changed(changed as u64));
    }
    let mut rows = statement.query([])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let values: Vec<Value> = (0..count).map(|at| row.get(at)).collect::<Result<_, _>>()?;
        found.push(format!("{values:?}"));
    }
    found.sort_unstable();
    Ok(Outcome::Rows(found))
}

/// The views that can be read, with the names of their columns.
fn views(connection: &Connection) -> Result<BTreeMap<String, Vec<String>>, Error> {
    let mut statement =
        connection.prepare("SELECT name FROM main.sqlite_schema WHERE type = 'view'")?;
    let names: Vec<String> = statement
        .query_map([], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    let views = names.into_iter().filter_map(|name| {
        let select = format!("SELECT * FROM main.{}", quoted(&name));
        let statement = connection.prepare(&select).ok()?;
        let columns = statement.column_names().map(str::to_owned);
        let columns = columns.collect();
        Some((name, columns))
    });
    Ok(views.collect())
}

fn literal(value: Value) -> String {
    match value {
        Value::Null => "NULL".to_owned(),
        Value::Integer(number) => number.to_string(),
        Value::Real(number) => number.to_string(),
        Value::Text(text) => format!("'{}'", text.replace('\'', "''")),
        Value::Blob(bytes) => {
            let digits: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
            format!("x'{digits}'")
        }
    }
}
