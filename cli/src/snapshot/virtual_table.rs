//! What a virtual table keeps in tables of its own, and how a snapshot can make the same again.
//!
//! Byte for byte that cannot be had: a full-text index depends on the order in which its rows were written. What a query can
//! see of it is the same if its rows are, or if it is an index of the same content.

use super::state::quoted;
use rusqlite::{Connection, Result};
use std::collections::BTreeSet;

/// What a virtual table keeps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Keeps {
    /// Nothing, or what nobody knows how to make again: its own tables have to be the same row for row.
    Other,
    /// Rows of its own, as the full-text modules and R*Trees do: they are inserted again.
    Rows,
    /// A full-text index of another table, in which nothing of that is missing: it is built again.
    Index,
}

impl Keeps {
    /// What a virtual table keeps, given the names of all tables that virtual ones keep something in.
    pub(super) fn of(
        connection: &Connection,
        table: &str,
        shadows: &BTreeSet<String>,
    ) -> Result<Keeps> {
        let has = |suffix: &str| shadows.contains(&format!("{table}_{suffix}"));
        Ok(if has("content") || has("node") && has("parent") {
            Keeps::Rows
        } else if has("idx") && is_whole_index(connection, table, FTS5_CHECK)?
            || has("segdir") && is_whole_index(connection, table, FTS4_CHECK)?
        {
            Keeps::Index
        } else {
            Keeps::Other
        })
    }

    /// Whether the rows of a table in which it keeps something need not be the same.
    pub(super) fn makes_again(self, table: &str, shadow: &str) -> bool {
        match self {
            Keeps::Other => false,
            // Its options are rows too, and are set by statements that nobody has noted.
            Keeps::Rows | Keeps::Index => shadow
                .strip_prefix(table)
                .and_then(|rest| rest.strip_prefix('_'))
                .is_some_and(|suffix| suffix != "config"),
        }
    }
}

/// How a full-text table is told to compare itself with its content, which FTS5 does only if it is asked to.
const FTS4_CHECK: &str = "INSERT INTO {} ({}) VALUES ('integrity-check')";
const FTS5_CHECK: &str = "INSERT INTO {} ({}, rank) VALUES ('integrity-check', 1)";

/// Whether an index has all of its content and can be built from it. What is tried is taken back.
fn is_whole_index(connection: &Connection, table: &str, check: &str) -> Result<bool> {
    let name = quoted(table);
    let tried = |sql: &str| connection.execute_batch(&sql.replace("{}", &name)).is_ok();
    connection.execute_batch("SAVEPOINT whole_index")?;
    let is_whole = tried(check) && tried("INSERT INTO {} ({}) VALUES ('rebuild')");
    connection.execute_batch("ROLLBACK TO whole_index; RELEASE whole_index")?;
    Ok(is_whole)
}
