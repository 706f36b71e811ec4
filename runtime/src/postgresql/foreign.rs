//! The histories that other tools keep in a PostgreSQL database.

use super::client::Client;
use super::quote::name;
use super::rows::{self, bytes, flag, optional, text};
use super::session::Session;
use crate::adopt::Tool;
use crate::error::Error;
use crate::foreign::{Checksum, Foreign, ForeignRow};
use tablature_model::postgres::{QualifiedName, Schema, Table};

/// The tools that keep a table, its name, and what is read of its rows: what they are called by, whether they failed, and
/// what else the tool writes. `{}` stands for the table.
const TABLES: &[(Tool, &str, &str)] = &[
    (
        Tool::Sqlx,
        "_sqlx_migrations",
        "SELECT version, NOT success, encode(checksum, 'hex') FROM {} ORDER BY version",
    ),
    (
        Tool::Diesel,
        "__diesel_schema_migrations",
        "SELECT version, false FROM {} ORDER BY version",
    ),
    (
        Tool::Refinery,
        "refinery_schema_history",
        "SELECT version, false, name, checksum FROM {} ORDER BY version",
    ),
    (
        Tool::Goose,
        "goose_db_version",
        // It writes a row each time that one is applied or taken back, and one for version 0 when it makes the table.
        "SELECT version_id, false FROM {} AS row
         WHERE version_id <> 0 AND is_applied
           AND id = (SELECT max(id) FROM {} AS other WHERE other.version_id = row.version_id)
         ORDER BY version_id",
    ),
    (
        Tool::Dbmate,
        "schema_migrations",
        "SELECT version, false FROM {} ORDER BY version",
    ),
    (
        Tool::Alembic,
        "alembic_version",
        "SELECT version_num, false FROM {} ORDER BY version_num",
    ),
    (
        Tool::Flyway,
        "flyway_schema_history",
        // Scripts without a version are repeatable ones; the last row of a version counts, which may be one that undoes it.
        "SELECT version, NOT success, checksum, type IN ('BASELINE', 'SQL_BASELINE') FROM {} AS row
         WHERE version IS NOT NULL AND type <> 'DELETE' AND type NOT LIKE 'UNDO%'
           AND installed_rank = (SELECT max(installed_rank) FROM {} AS other WHERE other.version = row.version)
         ORDER BY installed_rank",
    ),
    (
        Tool::Prisma,
        "_prisma_migrations",
        "SELECT migration_name, finished_at IS NULL, checksum FROM {}
         WHERE rolled_back_at IS NULL ORDER BY migration_name",
    ),
];

/// Reads the histories of other tools that have rows; what is in the way of reading one is a part of it.
pub(super) async fn histories<C: Client>(
    session: &mut Session<'_, '_, C>,
    own: &Schema,
    live: &Schema,
) -> Result<Vec<Foreign>, Error> {
    let mut found = Vec::new();
    for (tool, table, sql) in TABLES {
        let is_named = |it: &&Table| *it.name.name == **table;
        // One that the migrations make is the application's own.
        let is_own = own.tables.iter().any(|table| is_named(&table));
        let Some(table) = live.tables.iter().find(is_named).filter(|_| !is_own) else {
            continue;
        };
        let (rows, unreadable) = match stranger(*tool, table) {
            Some(reason) => (Vec::new(), Some(reason)),
            None => read(session, *tool, &table.name, sql).await?,
        };
        if !rows.is_empty() || unreadable.is_some() {
            found.push(Foreign {
                tool: *tool,
                rows,
                unreadable,
            });
        }
    }
    Ok(found)
}

/// golang-migrate's table has the name of dbmate's.
fn stranger(tool: Tool, table: &Table) -> Option<String> {
    let mut columns = table.columns.iter();
    let is_of_golang = tool == Tool::Dbmate && columns.any(|column| column.name == "dirty");
    is_of_golang.then(|| "it has a column `dirty`, as golang-migrate makes it".to_owned())
}

async fn read<C: Client>(
    session: &mut Session<'_, '_, C>,
    tool: Tool,
    table: &QualifiedName,
    sql: &str,
) -> Result<(Vec<ForeignRow>, Option<String>), Error> {
    let table = format!("{}.{}", name(&table.schema), name(&table.name));
    // A table of another shape is told, and not the end of the transaction.
    session.run("SAVEPOINT _tablature_foreign").await?;
    let answer = rows::last(session.client, &sql.replace("{}", &table)).await;
    let answer = match answer {
        Ok(rows) => {
            session.run("RELEASE _tablature_foreign").await?;
            rows
        }
        Err(error) => {
            let error = super::outcome::environment(error).map_or_else(Ok, Err)?;
            session.run("ROLLBACK TO _tablature_foreign").await?;
            return Ok((Vec::new(), Some(super::message(&error))));
        }
    };
    let rows = answer.iter().map(|row| ForeignRow {
        // 1.2 is a version of Flyway's too, and none of ours.
        label: text(row, 0).to_owned(),
        is_failed: flag(row, 1),
        is_baseline: tool == Tool::Flyway && flag(row, 3),
        checksum: match tool {
            Tool::Sqlx => Checksum::Sha384(bytes(row, 2)),
            Tool::Prisma => Checksum::Sha256(text(row, 2).to_owned()),
            Tool::Refinery => Checksum::Refinery {
                name: text(row, 2).to_owned(),
                sum: text(row, 3).to_owned(),
            },
            Tool::Flyway => optional(row, 2)
                .and_then(|sum| sum.parse().ok())
                .map_or(Checksum::None, Checksum::Crc32),
            Tool::Diesel | Tool::RusqliteMigration | Tool::Goose | Tool::Dbmate | Tool::Alembic => {
                Checksum::None
            }
        },
    });
    Ok((rows.collect(), None))
}
