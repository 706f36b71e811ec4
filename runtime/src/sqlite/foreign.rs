//! The histories that other tools keep in a SQLite database.

use super::outcome::{environment, message};
use crate::adopt::Tool;
use crate::error::Error;
use crate::foreign::{Checksum, Foreign, ForeignRow};
use crate::runner::Runner;
use crate::schema::Schema;
use rusqlite::{Connection, Row};

/// The tools that keep a table, its name, and what is read of its rows.
const TABLES: &[(Tool, &str, &str)] = &[
    (
        Tool::Sqlx,
        "_sqlx_migrations",
        "SELECT version, success, checksum FROM main._sqlx_migrations ORDER BY version",
    ),
    (
        Tool::Diesel,
        "__diesel_schema_migrations",
        "SELECT version FROM main.__diesel_schema_migrations ORDER BY version",
    ),
    (
        Tool::Refinery,
        "refinery_schema_history",
        "SELECT version, name, checksum FROM main.refinery_schema_history ORDER BY version",
    ),
    (
        Tool::Goose,
        "goose_db_version",
        // It writes a row each time that one is applied or taken back, and one for version 0 when it makes the table.
        "SELECT version_id, is_applied FROM main.goose_db_version AS row
         WHERE version_id <> 0 AND is_applied
           AND id = (SELECT max(id) FROM main.goose_db_version AS other
                     WHERE other.version_id = row.version_id)
         ORDER BY version_id",
    ),
    (
        Tool::Dbmate,
        "schema_migrations",
        "SELECT version FROM main.schema_migrations ORDER BY version",
    ),
    (
        Tool::Alembic,
        "alembic_version",
        "SELECT version_num FROM main.alembic_version ORDER BY version_num",
    ),
    (
        Tool::Prisma,
        "_prisma_migrations",
        "SELECT migration_name, finished_at IS NULL, checksum FROM main._prisma_migrations
         WHERE rolled_back_at IS NULL ORDER BY migration_name",
    ),
];

/// Reads the histories of other tools that have rows; what is in the way of reading one is a part of it.
pub(super) fn histories(
    runner: &Runner<'_>,
    connection: &Connection,
    live: &Schema,
) -> Result<Vec<Foreign>, Error> {
    let has = |schema: &Schema, table: &str| {
        let mut tables = schema.tables.iter();
        tables.any(|other| other.name.eq_ignore_ascii_case(table))
    };
    let own = runner.migrations.schema();
    let mut found = Vec::new();
    for (tool, table, sql) in TABLES {
        // One that the migrations make is the application's own.
        if has(live, table) && !has(&own, table) {
            let read = rows(*tool, connection, sql);
            let (rows, unreadable) = match (read, stranger(*tool, live)) {
                (_, Some(reason)) => (Vec::new(), Some(reason)),
                (Ok(rows), None) => (rows, None),
                (Err(error), None) => {
                    let error = environment(error).map_or_else(Ok, Err)?;
                    (Vec::new(), Some(message(&error)))
                }
            };
            if !rows.is_empty() || unreadable.is_some() {
                found.push(Foreign {
                    tool: *tool,
                    rows,
                    unreadable,
                });
            }
        }
    }
    let count: i64 = connection.query_row("PRAGMA main.user_version", [], |row| row.get(0))?;
    if found.is_empty() && count != 0 {
        found.push(Foreign {
            tool: Tool::RusqliteMigration,
            rows: vec![ForeignRow {
                label: count.to_string(),
                is_failed: false,
                is_baseline: false,
                checksum: Checksum::None,
            }],
            unreadable: None,
        });
    }
    Ok(found)
}

/// golang-migrate's table has the name of dbmate's.
fn stranger(tool: Tool, live: &Schema) -> Option<String> {
    let table = live.tables.iter().find(|table| {
        tool == Tool::Dbmate && table.name.eq_ignore_ascii_case("schema_migrations")
    })?;
    let mut columns = table.columns.iter();
    columns
        .any(|column| column.name.eq_ignore_ascii_case("dirty"))
        .then(|| "it has a column `dirty`, as golang-migrate makes it".to_owned())
}

fn rows(tool: Tool, connection: &Connection, sql: &str) -> rusqlite::Result<Vec<ForeignRow>> {
    let read = |row: &Row<'_>| {
        Ok(ForeignRow {
            label: text(row, 0)?,
            is_failed: match tool {
                Tool::Sqlx => !row.get::<_, bool>(1)?,
                Tool::Prisma => row.get(1)?,
                Tool::Diesel
                | Tool::Refinery
                | Tool::RusqliteMigration
                | Tool::Goose
                | Tool::Dbmate
                | Tool::Flyway
                | Tool::Alembic => false,
            },
            is_baseline: false,
            checksum: match tool {
                Tool::Sqlx => Checksum::Sha384(row.get(2)?),
                Tool::Prisma => Checksum::Sha256(row.get(2)?),
                Tool::Refinery => Checksum::Refinery {
                    name: row.get(1)?,
                    sum: text(row, 2)?,
                },
                Tool::Diesel
                | Tool::RusqliteMigration
                | Tool::Goose
                | Tool::Dbmate
                | Tool::Flyway
                | Tool::Alembic => Checksum::None,
            },
        })
    };
    connection.prepare(sql)?.query_map([], read)?.collect()
}

/// A text, or a number as one.
fn text(row: &Row<'_>, column: usize) -> rusqlite::Result<String> {
    match row.get_ref(column)? {
        rusqlite::types::ValueRef::Integer(number) => Ok(number.to_string()),
        _ => row.get(column),
    }
}
