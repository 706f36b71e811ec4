//! Rows that tables take, and what all of them hold.

use super::{columns, objects, quoted};
use crate::random::Random;
use rusqlite::config::DbConfig;
use rusqlite::types::Value;
use rusqlite::{Connection, Error, params_from_iter};
use std::collections::BTreeMap;
use tablature_lexer::{TokenKind, dequote, tokenize};

/// Puts rows into the tables that take them: values drawn from the texts of their definitions, numbers and NULL.
///
/// # Errors
///
/// If the engine cannot list its tables.
pub fn fill(connection: &Connection, random: &mut Random) -> Result<usize, Error> {
    const TRIES: usize = 24;
    let mut count = 0;
    // A trigger can double a table with every row.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, false)?;
    for table in objects(connection, "table")? {
        let columns = columns(connection, &table.name)?;
        let mut values: Vec<Value> = tokenize(&table.sql)
            .into_iter()
            .filter(|token| token.kind == TokenKind::String)
            .map(|token| Value::Text(dequote(&table.sql[token.start..token.end])))
            .collect();
        values.extend([Value::Null, Value::Integer(1), Value::Real(2.5)]);
        values.extend([Value::Blob(vec![0, 255]), Value::Text("a b".to_owned())]);
        for number in 0..TRIES {
            // Those that are left out get their defaults.
            let given: Vec<&String> = columns.iter().filter(|_| !random.once_in(5)).collect();
            let drawn: Vec<Value> = given
                .iter()
                .map(|_| match random.below(3) {
                    0 => Value::Integer(i64::try_from(number).unwrap_or(0) + 70),
                    1 => Value::Text(format!("text {number}")),
                    _ => random.pick(&values).cloned().unwrap_or(Value::Null),
                })
                .collect();
            let names: Vec<String> = given.iter().map(|name| quoted(name)).collect();
            let places = vec!["?"; names.len()].join(", ");
            let insert = format!(
                "INSERT INTO {} ({}) VALUES ({places})",
                quoted(&table.name),
                names.join(", ")
            );
            // What a table does not take is not in it then.
            if let Ok(rows) = connection.execute(&insert, params_from_iter(drawn)) {
                count += rows;
            }
        }
    }
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, true)?;
    Ok(count)
}

/// The rows of each ordinary table, sorted, in some of its columns: a number looks the same in every type.
///
/// # Errors
///
/// If the engine cannot read them.
pub fn contents(
    connection: &Connection,
    columns: &BTreeMap<String, Vec<String>>,
) -> Result<BTreeMap<String, Vec<String>>, Error> {
    let mut contents = BTreeMap::new();
    for (table, columns) in columns {
        let values: Vec<String> = columns
            .iter()
            .map(|column| {
                let column = quoted(column);
                format!(
                    "coalesce(CASE WHEN typeof({column}) = 'real' AND {column} = CAST({column} AS INTEGER)
                                   THEN CAST(CAST({column} AS INTEGER) AS TEXT)
                                   WHEN typeof({column}) = 'blob' THEN hex({column})
                                   ELSE CAST({column} AS TEXT) END, 'NULL')"
                )
            })
            .collect();
        let select = format!("SELECT {} FROM {}", values.join(", "), quoted(table));
        let mut select = connection.prepare(&select)?;
        let rows = select.query_map([], |row| {
            let values = (0..columns.len()).map(|column| row.get::<_, String>(column));
            Ok(values.collect::<Result<Vec<_>, _>>()?.join(", "))
        })?;
        let mut rows: Vec<String> = rows.collect::<Result<_, _>>()?;
        rows.sort();
        contents.insert(table.clone(), rows);
    }
    Ok(contents)
}

/// The columns of each ordinary table that have their values of their own, by its name.
///
/// # Errors
///
/// If the engine cannot list them.
pub fn written(connection: &Connection) -> Result<BTreeMap<String, Vec<String>>, Error> {
    let mut written = BTreeMap::new();
    for table in objects(connection, "table")? {
        let columns = columns(connection, &table.name)?;
        written.insert(table.name, columns);
    }
    Ok(written)
}
