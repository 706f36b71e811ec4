//! The rows that do not fit what the migrations define, found by giving them to the engine one by one.

use super::super::introspect;
use super::super::outcome::{environment, message};
use super::build::Builder;
use super::rebuild::{Rebuild, alias, find, rowid};
use super::{fold, quoted};
use crate::error::{Error, ForeignKeyViolation};
use crate::repair::RepairProblem;
use crate::schema::{Column, ForeignKey, Schema};
use rusqlite::types::ToSqlOutput;
use rusqlite::{Connection, params_from_iter};
use std::collections::BTreeMap;

/// The rows that break one constraint.
#[derive(Default)]
pub(super) struct Rows {
    pub(super) count: u64,
    /// The first of them.
    pub(super) rowids: Vec<i64>,
}

impl Rows {
    pub(super) fn add(&mut self, rowid: Option<i64>) {
        self.count += 1;
        if self.rowids.len() < RepairProblem::ROWIDS {
            self.rowids.extend(rowid);
        }
    }
}

/// The rows of a table that is made anew that do not fit it. The new table is there and empty.
pub(super) fn of_table(
    copy: &Connection,
    rebuild: &Rebuild<'_>,
) -> Result<Vec<RepairProblem>, Error> {
    let new: Vec<&str> = rebuild.columns.iter().map(|(new, _)| &**new).collect();
    let old: Vec<&str> = rebuild.columns.iter().map(|(_, old)| &**old).collect();
    let places = vec!["?"; new.len()];
    let insert = format!(
        "INSERT OR ABORT INTO main.{} ({}) VALUES ({})",
        quoted(&rebuild.table.name),
        new.join(", "),
        places.join(", ")
    );
    let select = format!(
        "SELECT {}, {} FROM main.{}",
        rebuild.rowid.unwrap_or("NULL"),
        old.join(", "),
        quoted(&rebuild.old)
    );
    let mut found: BTreeMap<String, Rows> = BTreeMap::new();
    let Ok(mut insert) = copy.prepare(&insert) else {
        // No row is to blame, as the engine refuses any.
        return Ok(Vec::new());
    };
    copy.execute_batch("SAVEPOINT _tablature_rows")?;
    let mut select = copy.prepare(&select)?;
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        let rowid = row.get(0)?;
        let mut values = Vec::with_capacity(new.len());
        for column in 1..=new.len() {
            values.push(ToSqlOutput::Borrowed(row.get_ref(column)?));
        }
        if let Err(error) = insert.execute(params_from_iter(values)) {
            let reason = message(&error);
            environment(error).map_or(Ok(()), Err)?;
            found.entry(reason).or_default().add(rowid);
        }
    }
    drop(rows);
    copy.execute_batch("ROLLBACK TO _tablature_rows; RELEASE _tablature_rows")?;
    let before = introspect::schema(copy)?;
    let columns = find(&before, &rebuild.old).map(|table| table.columns.iter());
    // What is generated is not there as it will be.
    let columns = columns.into_iter().flatten();
    let columns: Vec<&Column> = columns
        .filter(|column| new.contains(&&*quoted(&column.name)))
        .collect();
    // What is equal depends on the type and the collation.
    let is_same = |column: &&&Column| {
        let mut others = rebuild.table.columns.iter();
        let other = others.find(|it| it.name.eq_ignore_ascii_case(&column.name));
        other.is_some_and(|other| {
            other.declared_type == column.declared_type && other.collation == column.collation
        })
    };
    let names = |column: &&Column| column.name.to_string();
    let same: Vec<String> = columns.iter().filter(is_same).map(names).collect();
    let columns: Vec<String> = columns.iter().map(names).collect();
    let problems = found.into_iter().map(|(constraint, rows)| {
        let name = &rebuild.table.name;
        let query = query(&constraint, name, &columns, &same)
            .unwrap_or_else(|| by_rowid(name, rebuild.rowid, &rows.rowids));
        problem(name, constraint, rows, query)
    });
    Ok(problems.collect())
}

/// The rows without a value for the column that is to be the rowid: the engine would give them one.
pub(super) fn without_key(
    copy: &Connection,
    rebuild: &Rebuild<'_>,
) -> Result<Vec<RepairProblem>, Error> {
    let name = &rebuild.table.name;
    let Some(key) = alias(copy, name, rebuild.table)? else {
        return Ok(Vec::new());
    };
    let mut columns = rebuild.columns.iter();
    let Some((_, old)) = columns.find(|(new, _)| *new == quoted(&key)) else {
        return Ok(Vec::new());
    };
    let select = format!(
        "SELECT {} FROM main.{} WHERE {old} IS NULL",
        rebuild.rowid.unwrap_or("NULL"),
        quoted(&rebuild.old)
    );
    let mut rows = Rows::default();
    let mut select = copy.prepare(&select)?;
    let mut found = select.query([])?;
    while let Some(row) = found.next()? {
        rows.add(row.get(0)?);
    }
    if rows.count == 0 {
        return Ok(Vec::new());
    }
    let query = format!("SELECT * FROM {} WHERE {old} IS NULL;", quoted(name));
    let constraint = format!("the primary key {name}.{key} is NULL");
    Ok(vec![problem(name, constraint, rows, query)])
}

/// The rows that stand against an index: given one by one to a table that has it and is otherwise the same.
pub(super) fn of_index(
    builder: &Builder<'_>,
    table: &str,
    index: &str,
) -> Result<Vec<RepairProblem>, Error> {
    let copy = builder.copy;
    copy.execute_batch("SAVEPOINT _tablature_index")?;
    let found = of_index_within(copy, table, index);
    copy.execute_batch(
        "ROLLBACK TO _tablature_index; RELEASE _tablature_index; PRAGMA legacy_alter_table = OFF",
    )?;
    found
}

fn of_index_within(
    copy: &Connection,
    table: &str,
    index: &str,
) -> Result<Vec<RepairProblem>, Error> {
    let schema = introspect::schema(copy)?;
    let Some(table) = find(&schema, table) else {
        return Ok(Vec::new());
    };
    let sql: String = copy.query_row(
        "SELECT sql FROM main.sqlite_master WHERE type = 'table' AND name = ?1",
        [&*table.name],
        |row| row.get(0),
    )?;
    let mut columns = Vec::new();
    for column in table.columns.iter().filter(|it| it.generated.is_none()) {
        columns.push((quoted(&column.name), quoted(&column.name)));
    }
    let rebuild = Rebuild {
        table,
        old: "_tablature_indexed".to_owned(),
        columns,
        rowid: rowid(table),
    };
    copy.execute_batch(&format!(
        "PRAGMA legacy_alter_table = ON; ALTER TABLE main.{} RENAME TO {};",
        quoted(&table.name),
        quoted(&rebuild.old)
    ))?;
    copy.execute_batch(&sql)?;
    if let Err(error) = copy.execute_batch(index) {
        // No row is to blame.
        return environment(error).map_or(Ok(Vec::new()), Err);
    }
    of_table(copy, &rebuild)
}

/// Rows that would refer to nothing, for each table and parent.
pub(super) fn orphans(
    schema: &Schema,
    live: &Schema,
    violations: &[ForeignKeyViolation],
) -> Vec<RepairProblem> {
    let mut found: BTreeMap<(&str, &str), Rows> = BTreeMap::new();
    for it in violations {
        found
            .entry((&it.table, &it.parent))
            .or_default()
            .add(it.rowid);
    }
    let problems = found.into_iter().map(|((name, parent), rows)| {
        let table = find(schema, name);
        let keys = table.map(|table| &*table.foreign_keys).unwrap_or_default();
        let mut keys = keys.iter().filter(|key| fold(parent) == key.table);
        let query = match (keys.next(), keys.next()) {
            (Some(key), None) => without_parent(name, key, parent, [schema, live]),
            _ => None,
        };
        let query = query.unwrap_or_else(|| by_rowid(name, table.and_then(rowid), &rows.rowids));
        let constraint = format!("FOREIGN KEY constraint failed: no such row of {parent}");
        problem(name, constraint, rows, query)
    });
    problems.collect()
}

/// A query that shows the rows of a table whose key is not that of a row of its parent; none if the database does not have
/// the columns yet.
fn without_parent(
    name: &str,
    key: &ForeignKey,
    parent: &str,
    [schema, live]: [&Schema; 2],
) -> Option<String> {
    let mut references: Vec<&str> = key.references.iter().map(|column| &**column).collect();
    if references.is_empty() {
        let table = find(schema, parent)?;
        let columns = table.columns.iter().filter(|it| it.primary_key > 0);
        let mut columns: Vec<_> = columns.collect();
        columns.sort_by_key(|column| column.primary_key);
        references.extend(columns.iter().map(|column| &*column.name));
    }
    let (mut given, mut same) = (Vec::new(), Vec::new());
    let has = |table: &str, name: &str| {
        let mut columns = find(live, table).map(|table| table.columns.iter());
        let columns = columns.as_mut().into_iter().flatten();
        columns
            .into_iter()
            .any(|it| it.name.eq_ignore_ascii_case(name))
    };
    for (column, reference) in key.columns.iter().zip(references) {
        if !has(name, column) || !has(parent, reference) {
            return None;
        }
        let column = quoted(column);
        given.push(format!("c.{column} IS NOT NULL"));
        same.push(format!("p.{} = c.{column}", quoted(reference)));
    }
    Some(format!(
        "SELECT c.* FROM {} AS c WHERE {} AND NOT EXISTS (SELECT 1 FROM {} AS p WHERE {});",
        quoted(name),
        given.join(" AND "),
        quoted(parent),
        same.join(" AND ")
    ))
}

/// A query that shows the rows that the engine has said something of.
fn query(constraint: &str, table: &str, columns: &[String], same: &[String]) -> Option<String> {
    let (kind, named) = constraint.split_once(" constraint failed: ")?;
    let prefix = format!("{table}.");
    let named: Vec<&str> = named
        .split(", ")
        .map(|name| name.strip_prefix(&prefix))
        .collect::<Option<_>>()?;
    let all_in = |list: &[String]| {
        let is_in = |name: &&str| list.iter().any(|it| it.eq_ignore_ascii_case(name));
        named.iter().all(is_in)
    };
    let list: Vec<String> = named.iter().map(|name| quoted(name)).collect();
    let (list, table) = (list.join(", "), quoted(table));
    match (kind, all_in(columns)) {
        ("NOT NULL", true) => Some(format!("SELECT * FROM {table} WHERE {list} IS NULL;")),
        // There is no such column yet, and no default for it.
        ("NOT NULL", false) => Some(format!("SELECT * FROM {table};")),
        ("UNIQUE", true) if all_in(same) => Some(format!(
            "SELECT {list}, count(*) FROM {table} GROUP BY {list} HAVING count(*) > 1;"
        )),
        _ => None,
    }
}

/// A query that shows some rows.
pub(super) fn by_rowid(table: &str, rowid: Option<&str>, rowids: &[i64]) -> String {
    let list: Vec<String> = rowids.iter().map(i64::to_string).collect();
    match rowid {
        Some(rowid) if !list.is_empty() => format!(
            "SELECT * FROM {} WHERE {rowid} IN ({});",
            quoted(table),
            list.join(", ")
        ),
        _ => format!("SELECT * FROM {};", quoted(table)),
    }
}

fn problem(table: &str, constraint: String, rows: Rows, query: String) -> RepairProblem {
    RepairProblem::Rows {
        table: table.to_owned(),
        constraint,
        count: rows.count,
        rowids: rows.rowids,
        query,
    }
}
