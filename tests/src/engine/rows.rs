//! Rows in the tables of a database, and what becomes of them.

use super::Engine;
use rusqlite::config::DbConfig;
use rusqlite::types::Value;
use rusqlite::{Connection, Error, params_from_iter};
use std::collections::BTreeMap;

/// The numbers that the rows of the first table hold, in every column. No default is one.
const NUMBERS: [i64; 3] = [71, 72, 73];

/// What the rows of different tables hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Numbers {
    /// The same, so that a join finds what it looks for.
    Alike,
    /// Others, so that no row stands in the way of one that is copied.
    Apart,
}

/// The values of a column by table and column, in order.
pub type Contents = BTreeMap<(String, String), Vec<String>>;

impl Engine {
    /// Puts rows into every table that takes them, whatever constraints and triggers say, and returns what all tables
    /// hold then.
    ///
    /// # Errors
    ///
    /// If the engine cannot list its tables.
    pub fn fill(&self, numbers: Numbers) -> Result<Contents, Error> {
        let connection = &self.connection;
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, false)?;
        connection.pragma_update(None, "ignore_check_constraints", true)?;
        for (position, (table, columns)) in (0..).zip(tables(connection)?) {
            let offset = match numbers {
                Numbers::Alike => 0,
                Numbers::Apart => 1000 * position,
            };
            let names: Vec<String> = columns.iter().map(|(name, _)| quoted(name)).collect();
            let places = vec!["?"; names.len()].join(", ");
            let sql = format!(
                "INSERT OR IGNORE INTO main.{} ({}) VALUES ({places})",
                quoted(&table),
                names.join(", ")
            );
            for number in NUMBERS {
                let values = columns
                    .iter()
                    .map(|(_, declared)| value(declared, number + offset));
                // What a table does not take is not in it then.
                let _ = connection.execute(&sql, params_from_iter(values));
            }
        }
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, true)?;
        self.contents()
    }

    /// What the tables hold.
    ///
    /// # Errors
    ///
    /// If the engine cannot read them.
    pub fn contents(&self) -> Result<Contents, Error> {
        let mut contents = Contents::new();
        for (table, columns) in tables(&self.connection)? {
            for (column, _) in columns {
                let sql = format!(
                    "SELECT quote({}) FROM main.{} ORDER BY 1",
                    quoted(&column),
                    quoted(&table)
                );
                let mut statement = self.connection.prepare(&sql)?;
                let values = statement.query_map([], |row| row.get(0))?;
                let values = values.collect::<Result<_, _>>()?;
                let place = (table.to_ascii_lowercase(), column.to_ascii_lowercase());
                contents.insert(place, values);
            }
        }
        Ok(contents)
    }
}

/// The ordinary tables, with the names and declared types of the columns that can be written.
pub(super) fn tables(
    connection: &Connection,
) -> Result<BTreeMap<String, Vec<(String, String)>>, Error> {
    let mut statement = connection.prepare(
        "SELECT l.name, c.name, c.type FROM pragma_table_list AS l, pragma_table_xinfo(l.name) AS c
         WHERE l.schema = 'main' AND l.type = 'table' AND c.hidden = 0 AND l.name NOT LIKE 'sqlite@_%' ESCAPE '@'",
    )?;
    let mut rows = statement.query([])?;
    let mut tables = BTreeMap::<String, Vec<(String, String)>>::new();
    while let Some(row) = rows.next()? {
        let column = (row.get(1)?, row.get(2)?);
        tables.entry(row.get(0)?).or_default().push(column);
    }
    Ok(tables)
}

/// A value of a declared type.
pub(super) fn value(declared: &str, number: i64) -> Value {
    let declared = declared.to_ascii_uppercase();
    if declared.contains("BLOB") {
        return Value::Blob(number.to_string().into_bytes());
    }
    let is_text = ["CHAR", "CLOB", "TEXT"];
    if is_text.iter().any(|word| declared.contains(word)) {
        return Value::Text(number.to_string());
    }
    Value::Integer(number)
}

pub(super) fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}
