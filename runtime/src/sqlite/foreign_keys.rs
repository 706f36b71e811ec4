//! Rows that refer to rows that do not exist: those that a run leaves behind and did not find.

use super::affected::Affected;
use super::introspect::{each_row, mentions};
use crate::error::{Error, ForeignKeyViolation};
use crate::migration::Migration;
use rusqlite::Connection;
use std::collections::{BTreeMap, BTreeSet};

/// Lists the rows of the main database that break a foreign key, in tables that are affected or refer to one that is.
///
/// A table with a foreign key whose parent has no such unique key is left out: the engine cannot check it.
pub(super) fn violations(
    connection: &Connection,
    affected: &Affected,
) -> Result<Vec<ForeignKeyViolation>, Error> {
    let tables: Vec<(String, String)> = connection
        .prepare("SELECT name, sql FROM main.sqlite_master WHERE type = 'table' ORDER BY name")?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<rusqlite::Result<_>>()?;
    let mut violations = Vec::new();
    for (table, sql) in tables {
        if !mentions(&sql, "references") {
            continue;
        }
        let parents = parents(connection, &table)?;
        let is_affected = |table: &String| affected.contains(table);
        if parents.is_empty() || !(is_affected(&table) || parents.iter().any(is_affected)) {
            continue;
        }
        match violations_of(connection, &table) {
            Ok(found) => violations.extend(found),
            Err(error) if super::message(&error).starts_with("foreign key mismatch") => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(violations)
}

/// The tables that a table refers to.
fn parents(connection: &Connection, table: &str) -> rusqlite::Result<Vec<String>> {
    let mut parents = Vec::new();
    each_row(connection, "foreign_key_list", table, |row| {
        parents.push(row.get("table")?);
        Ok(())
    })?;
    Ok(parents)
}

fn violations_of(
    connection: &Connection,
    table: &str,
) -> rusqlite::Result<Vec<ForeignKeyViolation>> {
    let mut violations = Vec::new();
    each_row(connection, "foreign_key_check", table, |row| {
        violations.push(ForeignKeyViolation {
            table: row.get("table")?,
            rowid: row.get("rowid")?,
            parent: row.get("parent")?,
        });
        Ok(())
    })?;
    Ok(violations)
}

/// The violations of `after` that `before` does not account for.
///
/// A violation is an old one if the same row broke the key to the same parent before; or, as a rebuild may number the
/// rows anew, if any row of its table did; or, as a table may be renamed, if the row of that number did in a table that
/// is no more. Each violation of before accounts for one of after.
pub(super) fn new_ones(
    connection: &Connection,
    before: Vec<ForeignKeyViolation>,
    after: Vec<ForeignKeyViolation>,
) -> rusqlite::Result<Vec<ForeignKeyViolation>> {
    if after.is_empty() {
        return Ok(after);
    }
    let tables = table_names(connection)?;
    let exists = |name: &str| tables.contains(&name.to_ascii_lowercase());
    let same_row = |violation: &ForeignKeyViolation| {
        Some((
            fold(&violation.table),
            fold(&violation.parent),
            violation.rowid,
        ))
    };
    let same_tables =
        |violation: &ForeignKeyViolation| Some((fold(&violation.table), fold(&violation.parent)));
    let (before, after) = pair(before, after, same_row, same_row);
    let (before, after) = pair(before, after, same_tables, same_tables);
    let renamed = |violation: &ForeignKeyViolation| {
        (!exists(&violation.table) || !exists(&violation.parent)).then_some(violation.rowid)
    };
    let (_, new) = pair(before, after, renamed, |violation| Some(violation.rowid));
    Ok(new)
}

/// The error for violations that files in one transaction are to blame for.
pub(super) fn error(
    violations: Vec<ForeignKeyViolation>,
    files: &[Migration],
    connection: &Connection,
) -> rusqlite::Result<Error> {
    let mut suspects = Vec::new();
    for file in files {
        let affected = Affected::by(std::slice::from_ref(file), connection)?;
        let is_affected = |violation: &ForeignKeyViolation| {
            affected.contains(&violation.table) || affected.contains(&violation.parent)
        };
        if violations.iter().any(is_affected) {
            suspects.push(file.file.to_string());
        }
    }
    Ok(shortened(violations, suspects, None))
}

/// The error for violations that a file is to blame for whose statements were kept.
pub(super) fn error_of_kept(violations: Vec<ForeignKeyViolation>, file: &str) -> Error {
    shortened(violations, vec![file.to_owned()], Some(file.to_owned()))
}

fn shortened(
    mut violations: Vec<ForeignKeyViolation>,
    files: Vec<String>,
    kept: Option<String>,
) -> Error {
    let total = violations.len();
    violations.truncate(ForeignKeyViolation::LIMIT);
    Error::ForeignKeys {
        violations,
        total,
        files,
        kept,
    }
}

type Violations = Vec<ForeignKeyViolation>;

/// Takes out pairs, one of `before` and one of `after`, whose keys are equal.
fn pair<K: Ord>(
    before: Violations,
    after: Violations,
    old: impl Fn(&ForeignKeyViolation) -> Option<K>,
    new: impl Fn(&ForeignKeyViolation) -> Option<K>,
) -> (Violations, Violations) {
    let mut unpaired: BTreeMap<K, Violations> = BTreeMap::new();
    let mut rest_before = Vec::new();
    for violation in before {
        match old(&violation) {
            Some(key) => unpaired.entry(key).or_default().push(violation),
            None => rest_before.push(violation),
        }
    }
    let rest_after = after
        .into_iter()
        .filter(|violation| {
            let found = new(violation).and_then(|key| unpaired.get_mut(&key)?.pop());
            found.is_none()
        })
        .collect();
    rest_before.extend(unpaired.into_values().flatten());
    (rest_before, rest_after)
}

fn table_names(connection: &Connection) -> rusqlite::Result<BTreeSet<String>> {
    connection
        .prepare("SELECT lower(name) FROM main.sqlite_master WHERE type = 'table'")?
        .query_map([], |row| row.get(0))?
        .collect()
}

fn fold(name: &str) -> String {
    name.to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sqlite::affected::Affected;

    #[test]
    fn only_tables_that_are_affected_and_those_that_refer_to_them_are_looked_at() {
        let connection = Connection::open_in_memory().unwrap();
        connection
            .execute_batch(
                "PRAGMA foreign_keys = OFF;
                 CREATE TABLE pages (id INTEGER PRIMARY KEY);
                 CREATE TABLE notes (page_id INTEGER REFERENCES Pages (id));
                 CREATE TABLE tags (x);
                 INSERT INTO notes VALUES (1);",
            )
            .unwrap();
        for (table, count) in [("notes", 1), ("pages", 1), ("tags", 0)] {
            let affected = Affected::Named(BTreeSet::from([table.to_owned()]));
            let found = violations(&connection, &affected).unwrap();
            assert_eq!(found.len(), count, "{table}");
        }
        assert_eq!(violations(&connection, &Affected::All).unwrap().len(), 1);
    }
}
