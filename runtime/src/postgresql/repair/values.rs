//! The rows of a table: how many there are, and which values would become others.

use super::super::client::Client;
use super::super::outcome::message;
use super::super::rows::{self, number, optional};
use super::build::Builder;
use super::parts;
use crate::difference::{Object, shown};
use crate::error::Error;
use crate::repair::RepairProblem;
use tablature_model::postgres::{Column, QualifiedName};

/// How many rows a table has.
pub(super) async fn rows<C: Client>(
    builder: &mut Builder<'_, '_, '_, C>,
    table: &QualifiedName,
) -> Result<u64, Error> {
    let sql = format!(
        "SELECT pg_catalog.count(*) FROM {}",
        parts::qualified(table)
    );
    let rows = rows::last(builder.session.client, &sql).await?;
    Ok(rows.first().map_or(0, |row| number(row, 0)).unsigned_abs())
}

/// What becomes of the values of a column that gets another type: each has to be what it was when it is converted back.
pub(super) async fn converted<C: Client>(
    builder: &mut Builder<'_, '_, '_, C>,
    table: &QualifiedName,
    one: &Column,
    other: &Column,
) -> Result<Option<RepairProblem>, Error> {
    let is_json = |column: &Column| matches!(&*column.data_type, "json" | "jsonb");
    if is_json(one) && is_json(other) {
        // Spaces and the order of keys mean nothing.
        return Ok(None);
    }
    let column = parts::name(&one.name);
    let becomes = format!("{column}::{}", one.data_type);
    let again = format!("({becomes})::{}", other.data_type);
    compare(builder, table, &one.name, &becomes, &again).await
}

/// Which values of a column are not what an expression gives.
pub(super) async fn differ<C: Client>(
    builder: &mut Builder<'_, '_, '_, C>,
    table: &QualifiedName,
    name: &str,
    expression: &str,
) -> Result<Option<RepairProblem>, Error> {
    compare(builder, table, name, expression, expression).await
}

async fn compare<C: Client>(
    builder: &mut Builder<'_, '_, '_, C>,
    table: &QualifiedName,
    name: &str,
    becomes: &str,
    same: &str,
) -> Result<Option<RepairProblem>, Error> {
    let (of, column) = (parts::qualified(table), parts::name(name));
    let found = format!("FROM {of} WHERE ({same})::text IS DISTINCT FROM {column}::text");
    let count = format!("SELECT pg_catalog.count(*) {found}");
    let object = Object::Column {
        table: shown(table),
        name: name.to_owned(),
    };
    if let Some(error) = builder.try_run(&count).await? {
        let reason = message(&error);
        return Ok(Some(RepairProblem::Refused { object, reason }));
    }
    let example = format!("SELECT {column}::text, ({becomes})::text {found} LIMIT 1");
    let counted = rows::last(builder.session.client, &count).await?;
    let count = counted.first().map_or(0, |row| number(row, 0));
    let rows = rows::last(builder.session.client, &example).await?;
    let Some(row) = rows.first() else {
        return Ok(None);
    };
    let value = |at| optional(row, at).map_or("NULL".to_owned(), told);
    Ok(Some(RepairProblem::Values {
        table: shown(table),
        column: name.to_owned(),
        count: count.unsigned_abs(),
        rowids: Vec::new(),
        example: format!("{} becomes {}", value(0), value(1)),
        query: format!("SELECT * {found};"),
    }))
}

/// A value in a message.
fn told(text: &str) -> String {
    const LONGEST: usize = 40;
    format!("'{}'", text.chars().take(LONGEST).collect::<String>())
}
