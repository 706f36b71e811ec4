//! A statement more, which changes or uses what is there.

use super::Names;
use crate::differential::Migration;
use crate::random::Random;

/// Puts a statement before the one at `at`.
pub(super) fn insert(
    random: &mut Random,
    migrations: &mut [Migration],
    at: usize,
    names: &Names,
) -> Option<&'static str> {
    let (table, columns) = names.table(random)?;
    let column = random.pick(columns)?;
    let other = names.any(random).unwrap_or_else(|| "other".to_owned());
    let (what, statement) = match random.below(18) {
        0 => ("a table dropped", format!("DROP TABLE {table}")),
        1 | 2 => (
            "a column dropped",
            format!("ALTER TABLE {table} DROP COLUMN {column}"),
        ),
        3 | 4 => (
            "a table renamed",
            format!("ALTER TABLE {table} RENAME TO renamed_here"),
        ),
        5 | 6 => (
            "a column renamed",
            format!("ALTER TABLE {table} RENAME COLUMN {column} TO renamed_here"),
        ),
        7 => (
            "a column renamed",
            format!("ALTER TABLE {table} RENAME {column} TO {other}"),
        ),
        8 => (
            "a column added",
            format!(
                "ALTER TABLE {table} ADD COLUMN {other} {}",
                addition(random, names)?
            ),
        ),
        9 => (
            "an index dropped",
            format!("DROP INDEX {}", random.pick(&names.indexes)?),
        ),
        10 => (
            "an index created",
            format!(
                "CREATE {}INDEX made_here ON {table} ({column}{}, {other})",
                random.pick(&["", "UNIQUE "])?,
                random.pick(&["", " DESC", " COLLATE NOCASE"])?
            ),
        ),
        11 => (
            "an index created",
            format!("CREATE INDEX made_here ON {table} (lower({column})) WHERE {other} > 0"),
        ),
        12 => (
            "a view created",
            format!("CREATE VIEW made_here AS SELECT *, {column} AS again, {other} FROM {table}"),
        ),
        13 => {
            let (second, _) = names.table(random)?;
            (
                "a view created",
                format!(
                    "CREATE VIEW made_here AS SELECT {column}, {other} FROM {table} JOIN {second} ON {column} = {other}"
                ),
            )
        }
        14 => {
            let (second, columns) = names.table(random)?;
            let set = random.pick(columns)?;
            (
                "a trigger created",
                format!(
                    "CREATE TRIGGER made_here AFTER UPDATE OF {column} ON {table} BEGIN \
                     UPDATE {second} SET {set} = new.{column} WHERE {set} = old.{other}; END"
                ),
            )
        }
        15 => (
            "rows changed",
            format!("UPDATE {table} SET {column} = {other} WHERE {table}.{column} IS NOT NULL"),
        ),
        16 => (
            "rows inserted",
            format!(
                "INSERT INTO {table} ({column}) VALUES (1) ON CONFLICT ({other}) DO UPDATE SET {column} = excluded.{other}"
            ),
        ),
        _ => (
            "a table copied",
            format!("CREATE TABLE made_here AS SELECT *, {other} FROM {table}"),
        ),
    };
    let statements = &mut migrations.first_mut()?.statements;
    let at = at.min(statements.len());
    statements.insert(at, statement);
    Some(what)
}

/// A type and a constraint of an added column.
fn addition(random: &mut Random, names: &Names) -> Option<String> {
    let (table, columns) = names.table(random)?;
    let column = random.pick(columns)?;
    Some(match random.below(8) {
        0 => "TEXT NOT NULL".to_owned(),
        1 => "INTEGER DEFAULT 0 NOT NULL".to_owned(),
        2 => format!("REFERENCES {table} ({column})"),
        3 => format!("INT CHECK ({column} > 0)"),
        4 => format!("AS ({column})"),
        5 => "UNIQUE".to_owned(),
        6 => "DATETIME DEFAULT CURRENT_TIMESTAMP".to_owned(),
        _ => String::new(),
    })
}
