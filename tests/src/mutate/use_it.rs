//! A definition or a statement more that uses what is there, in the ways of applications.

use super::Names;
use crate::differential::Migration;
use crate::random::Random;

/// Puts a statement before the one at `at`, and now and then an ALTER of what it uses behind it.
pub(super) fn insert(
    random: &mut Random,
    migrations: &mut [Migration],
    at: usize,
    names: &Names,
) -> Option<&'static str> {
    let (table, columns) = names.table(random)?.clone();
    let column = random.pick(&columns)?.clone();
    let second = random.pick(&columns)?.clone();
    let (other_table, other_columns) = names.table(random)?.clone();
    let other = random.pick(&other_columns)?.clone();
    let stray = names.any(random).unwrap_or_else(|| "other".to_owned());
    let statement = match random.below(22) {
        0 => format!(
            "CREATE UNIQUE INDEX made_here ON {table} (lower({column}), {second} COLLATE NOCASE DESC)"
        ),
        1 => format!(
            "CREATE INDEX made_here ON {table} ({column}) WHERE {second} IS NOT NULL AND {stray} = 1"
        ),
        2 => format!(
            "CREATE VIEW made_here (x, y) AS WITH c (p, q) AS (SELECT {column}, {stray} FROM {table}) SELECT p, q FROM c"
        ),
        3 => format!(
            "CREATE VIEW made_here AS SELECT {column}, row_number() OVER (PARTITION BY {second} ORDER BY {stray}) AS n FROM {table}"
        ),
        4 => format!(
            "CREATE VIEW made_here AS SELECT a.*, b.{other} FROM {table} a LEFT JOIN {other_table} b ON a.{column} = b.{stray}"
        ),
        5 => format!(
            "CREATE VIEW made_here AS SELECT {column} FROM {table} UNION ALL SELECT {other} FROM {other_table} ORDER BY {stray}"
        ),
        6 => format!(
            "CREATE VIEW made_here AS SELECT count(*) AS n, max({column}) AS m FROM {table} GROUP BY {second} HAVING count({stray}) > 1"
        ),
        7 => format!(
            "CREATE VIEW made_here AS SELECT * FROM {table} JOIN {other_table} USING ({column})"
        ),
        8 => format!(
            "CREATE TABLE made_here (id INTEGER PRIMARY KEY, r REFERENCES {table} ({column}) ON DELETE CASCADE, {second} TEXT NOT NULL DEFAULT '')"
        ),
        9 => format!(
            "CREATE TABLE made_here ({column} TEXT, n INT AS (length({column})) STORED, UNIQUE ({stray}), FOREIGN KEY ({column}) REFERENCES {other_table} ({other}))"
        ),
        10 => format!(
            "CREATE TABLE made_here ({column} TEXT PRIMARY KEY, {stray} INT) STRICT, WITHOUT ROWID"
        ),
        11 => format!(
            "CREATE VIRTUAL TABLE made_here USING fts5({column}, {second}, content='{}', content_rowid='rowid')",
            table.trim_matches('"')
        ),
        12 => format!(
            "CREATE TRIGGER made_here AFTER INSERT ON {table} BEGIN INSERT INTO {other_table} ({other}) VALUES (new.{column}); END"
        ),
        13 => format!(
            "CREATE TRIGGER made_here BEFORE DELETE ON {table} WHEN old.{column} IS NOT NULL BEGIN SELECT raise(ABORT, 'no') WHERE EXISTS (SELECT 1 FROM {other_table} WHERE {other} = old.{stray}); END"
        ),
        14 => format!(
            "CREATE TRIGGER made_here AFTER UPDATE OF {column}, {stray} ON {table} BEGIN UPDATE {table} SET {column} = CURRENT_TIMESTAMP WHERE rowid = new.rowid; END"
        ),
        15 => format!(
            "CREATE TRIGGER made_here AFTER INSERT ON {table} BEGIN INSERT INTO {other_table} ({other}) SELECT {second} FROM {table} WHERE {stray} = new.{column} ON CONFLICT DO NOTHING; DELETE FROM {table} WHERE {column} = new.{second}; END"
        ),
        16 => format!(
            "INSERT INTO {table} ({column}, {second}) SELECT {other}, {stray} FROM {other_table} WHERE {other} NOT IN (SELECT {column} FROM {table})"
        ),
        17 => format!(
            "UPDATE {table} SET {column} = (SELECT max({other}) FROM {other_table} WHERE {other_table}.{other} = {table}.{second}) WHERE {stray} IS NULL"
        ),
        18 => format!(
            "DELETE FROM {table} WHERE rowid NOT IN (SELECT min(rowid) FROM {table} GROUP BY {column}, {stray})"
        ),
        19 => format!(
            "UPDATE {table} SET {column} = o.{other} FROM {other_table} AS o WHERE o.{stray} = {table}.{second}"
        ),
        20 => format!(
            "CREATE TABLE made_here AS SELECT {column} AS x, CAST({second} AS TEXT) AS y, {stray} FROM {table}"
        ),
        _ => format!(
            "WITH c AS (SELECT {column} AS k FROM {table}) INSERT INTO {other_table} ({other}) SELECT k FROM c WHERE {stray} > 0"
        ),
    };
    let statements = &mut migrations.first_mut()?.statements;
    let at = at.min(statements.len());
    statements.insert(at, statement);
    if random.once_in(2) {
        let alter = match random.below(5) {
            0 => format!("ALTER TABLE {table} RENAME COLUMN {column} TO renamed_here"),
            1 => format!("ALTER TABLE {table} RENAME TO renamed_here"),
            2 => format!("ALTER TABLE {table} DROP COLUMN {second}"),
            3 => format!("ALTER TABLE {other_table} RENAME COLUMN {other} TO renamed_here"),
            _ => format!("DROP TABLE {other_table}"),
        };
        let later = at + 1 + random.below(statements.len() - at);
        statements.insert(later, alter);
    }
    Some("a use added")
}
