//! A statement more, which sets, uses or changes what is there.

use super::Names;
use crate::differential::Migration;
use crate::random::Random;

/// Puts a statement about the session before the one at `at`.
pub(super) fn setting(
    random: &mut Random,
    migrations: &mut [Migration],
    at: usize,
) -> Option<&'static str> {
    const STATEMENTS: &[&str] = &[
        "SET search_path TO public",
        "SET search_path TO pg_catalog",
        "SET LOCAL search_path TO nowhere",
        "SET search_path TO app, public",
        "SELECT pg_catalog.set_config('search_path', '', false)",
        "RESET search_path",
        "RESET ALL",
        "SET statement_timeout = '5s'",
        "SET no_such_parameter = 1",
        "SET standard_conforming_strings = off",
        "SET check_function_bodies = off",
        "SET TIME ZONE 'UTC'",
        "SET work_mem = 'nothing'",
        "SET app.setting = 'x'",
        "SHOW search_path",
        "BEGIN",
        "COMMIT",
        "SAVEPOINT s",
        "RELEASE s",
        "ROLLBACK TO s",
        "VACUUM",
        "ANALYZE",
        "SET CONSTRAINTS ALL DEFERRED",
        "LOCK TABLE nowhere",
        "DISCARD ALL",
        "CREATE EXTENSION IF NOT EXISTS pgcrypto",
        "CREATE EXTENSION \"uuid-ossp\"",
        "CREATE EXTENSION citext SCHEMA public",
        "DROP EXTENSION IF EXISTS pgcrypto CASCADE",
        "CREATE SCHEMA app",
        "CREATE SCHEMA IF NOT EXISTS public",
        "DROP SCHEMA public CASCADE",
        "GRANT USAGE ON SCHEMA public TO PUBLIC",
        "DO $$ BEGIN RAISE NOTICE 'x'; END $$",
        "DO $$ BEGIN PERFORM 1 FROM nowhere; EXCEPTION WHEN undefined_table THEN NULL; END $$",
    ];
    let statements = &mut migrations.first_mut()?.statements;
    let at = at.min(statements.len());
    statements.insert(at, (*random.pick(STATEMENTS)?).to_owned());
    Some("a setting changed")
}

/// Puts a definition or statement that uses what is there before the one at `at`, and now and then a change of what it uses behind it.
pub(super) fn usage(
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
    let stray = match random.below(3) {
        0 => names.any(random)?,
        _ => second.clone(),
    };
    let kind = names.any_type(random)?;
    let statement = match random.below(40) {
        0 => format!("CREATE UNIQUE INDEX made_here ON {table} (lower({column}::text), {second} DESC NULLS LAST)"),
        1 => format!("CREATE INDEX made_here ON {table} ({column}) WHERE {second} IS NOT NULL AND {stray}::text = 'a'"),
        2 => format!("CREATE INDEX ON {table} USING gin ({column})"),
        3 => format!("CREATE INDEX made_here ON {table} USING hash ({column})"),
        4 => format!("CREATE VIEW made_here (x, y) AS WITH c (p, q) AS (SELECT {column}, {stray} FROM {table}) SELECT p, q FROM c"),
        5 => format!("CREATE VIEW made_here AS SELECT {column}, row_number() OVER (PARTITION BY {second} ORDER BY {stray}) AS n FROM {table}"),
        6 => format!("CREATE VIEW made_here AS SELECT a.*, b.{other} AS more FROM {table} a LEFT JOIN {other_table} b ON a.{column} = b.{stray}"),
        7 => format!("CREATE VIEW made_here AS SELECT {column} FROM {table} UNION ALL SELECT {other} FROM {other_table} ORDER BY 1"),
        8 => format!("CREATE VIEW made_here AS SELECT count(*) AS n, max({column}) AS m FROM {table} GROUP BY {second} HAVING count({stray}) > 1"),
        9 => format!("CREATE OR REPLACE VIEW made_here AS SELECT * FROM {table} JOIN {other_table} USING ({column})"),
        10 => format!("CREATE MATERIALIZED VIEW made_here AS SELECT {column}, coalesce({second}, {stray}) AS c FROM {table}"),
        11 => format!("CREATE TABLE made_here (id bigserial PRIMARY KEY, r {kind} REFERENCES {table} ({column}) ON DELETE CASCADE, {second} text NOT NULL DEFAULT '')"),
        12 => format!("CREATE TABLE made_here ({column} text, n int GENERATED ALWAYS AS (length({column})) STORED, UNIQUE ({stray}), FOREIGN KEY ({column}) REFERENCES {other_table} ({other}))"),
        13 => format!("CREATE TABLE made_here (LIKE {table} INCLUDING ALL)"),
        14 => format!("CREATE TABLE made_here (extra {kind}) INHERITS ({table})"),
        15 => format!("CREATE TABLE made_here ({column} {kind}, at date) PARTITION BY RANGE (at); CREATE TABLE made_part PARTITION OF made_here FOR VALUES FROM ('2024-01-01') TO ('2025-01-01')"),
        16 => format!("CREATE TABLE made_here AS SELECT {column} AS x, {second}::text AS y, {stray} AS z FROM {table}"),
        17 => "CREATE FUNCTION made_here() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.updated_at = now(); RETURN NEW; END $$".to_owned(),
        18 => format!("CREATE FUNCTION made_here(a {kind}) RETURNS bigint LANGUAGE sql STABLE AS $$ SELECT count(*) FROM {table} WHERE {column} = a $$"),
        19 => format!("CREATE FUNCTION made_here() RETURNS SETOF {table} LANGUAGE sql AS 'SELECT * FROM {table} WHERE {column} IS NOT NULL'"),
        20 => format!("CREATE FUNCTION made_here(a {table}) RETURNS text LANGUAGE sql AS 'SELECT (a.{column})::text'"),
        21 => format!("CREATE FUNCTION made_here() RETURNS TABLE (x {kind}) LANGUAGE plpgsql AS $$ BEGIN RETURN QUERY SELECT {column} FROM {table}; END $$"),
        22 => format!("INSERT INTO {table} ({column}, {second}) SELECT {other}, {stray} FROM {other_table} WHERE {other} NOT IN (SELECT {column} FROM {table})"),
        23 => format!("UPDATE {table} SET {column} = (SELECT max({other}) FROM {other_table} WHERE {other_table}.{other} = {table}.{second}) WHERE {stray} IS NULL"),
        24 => format!("DELETE FROM {table} a USING {table} b WHERE a.{column} = b.{column} AND a.{second} < b.{stray}"),
        25 => format!("UPDATE {table} SET {column} = o.{other} FROM {other_table} AS o WHERE o.{stray} = {table}.{second}"),
        26 => format!("WITH c AS (SELECT {column} AS k FROM {table}) INSERT INTO {other_table} ({other}) SELECT k FROM c WHERE k IS NOT NULL"),
        27 => format!("CREATE POLICY made_here ON {table} FOR SELECT USING ({column} IS NOT NULL AND {second}::text = current_setting('app.user', true))"),
        28 => format!("ALTER TABLE {table} ENABLE ROW LEVEL SECURITY"),
        29 => format!("CREATE DOMAIN made_here AS {kind} CHECK (VALUE IS NOT NULL)"),
        30 => format!("CREATE TYPE made_here AS (a {kind}, b {kind})"),
        31 => "CREATE TYPE made_here AS ENUM ('a', 'b', 'c')".to_owned(),
        32 => format!("COMMENT ON COLUMN {table}.{column} IS 'a column'"),
        33 => format!("CREATE STATISTICS made_here ON {column}, {second} FROM {table}"),
        34 => format!("CREATE SEQUENCE made_here OWNED BY {table}.{column}"),
        35 => format!("CREATE RULE made_here AS ON INSERT TO {table} WHERE new.{column} IS NULL DO INSTEAD NOTHING"),
        36 => format!("DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM information_schema.columns WHERE table_name = 'x' AND column_name = 'y') THEN ALTER TABLE {table} ADD COLUMN made_here {kind}; END IF; END $$"),
        37 => format!("DO $$ BEGIN ALTER TABLE {table} ADD COLUMN {column} {kind}; EXCEPTION WHEN duplicate_column THEN NULL; END $$"),
        38 => format!("GRANT SELECT, INSERT ({column}) ON {table} TO PUBLIC"),
        _ => format!("SELECT {column}, {stray} FROM {table} t WHERE t.{second} IN (SELECT {other} FROM {other_table}) LIMIT 1"),
    };
    let statements = &mut migrations.first_mut()?.statements;
    let at = at.min(statements.len());
    for (offset, statement) in statement.split("; CREATE TABLE").enumerate() {
        let text = match offset {
            0 => statement.to_owned(),
            _ => format!("CREATE TABLE{statement}"),
        };
        statements.insert(at + offset, text);
    }
    if random.once_in(2) {
        let cascade = if random.once_in(3) { " CASCADE" } else { "" };
        let change = match random.below(8) {
            0 => format!("ALTER TABLE {table} RENAME COLUMN {column} TO renamed_here"),
            1 => format!("ALTER TABLE {table} RENAME TO renamed_here"),
            2 => format!("ALTER TABLE {table} DROP COLUMN {second}{cascade}"),
            3 => format!("ALTER TABLE {other_table} RENAME COLUMN {other} TO renamed_here"),
            4 => format!(
                "ALTER TABLE {table} ALTER COLUMN {column} TYPE {kind} USING {column}::text::{kind}"
            ),
            5 => format!("ALTER TABLE {table} ALTER COLUMN {column} TYPE {kind}"),
            6 => format!("DROP TABLE {table}{cascade}"),
            _ => format!("DROP TABLE {other_table}{cascade}"),
        };
        let later = (at + 1 + random.below(statements.len() - at)).min(statements.len());
        statements.insert(later, change);
    }
    Some("a use added")
}

/// Puts a statement that changes what is there before the one at `at`.
pub(super) fn change(
    random: &mut Random,
    migrations: &mut [Migration],
    at: usize,
    names: &Names,
) -> Option<&'static str> {
    let (table, columns) = names.table(random)?;
    let column = random.pick(columns)?;
    let second = random.pick(columns)?;
    let (other_table, other_columns) = names.table(random)?;
    let foreign = random.pick(other_columns)?;
    let other = names.any(random).unwrap_or_else(|| "other".to_owned());
    let kind = names.any_type(random)?;
    let cascade = if random.once_in(3) { " CASCADE" } else { "" };
    let pick = |random: &mut Random, from: &[String]| {
        random
            .pick(from)
            .cloned()
            .unwrap_or_else(|| "nowhere".to_owned())
    };
    let statement = match random.below(40) {
        0 => format!("DROP TABLE {table}{cascade}"),
        1 | 2 => format!("ALTER TABLE {table} DROP COLUMN {column}{cascade}"),
        3 => format!("ALTER TABLE {table} RENAME TO renamed_here"),
        4 | 5 => format!("ALTER TABLE {table} RENAME COLUMN {column} TO renamed_here"),
        6 => format!("ALTER TABLE {table} RENAME {column} TO {other}"),
        7 | 8 => format!("ALTER TABLE {table} ALTER COLUMN {column} TYPE {kind}"),
        9 => format!(
            "ALTER TABLE {table} ALTER COLUMN {column} SET DATA TYPE {kind} USING {column}::{kind}"
        ),
        10 => format!("ALTER TABLE {table} ALTER COLUMN {column} SET NOT NULL"),
        11 => format!(
            "ALTER TABLE {table} ALTER COLUMN {column} DROP NOT NULL, ALTER {second} DROP DEFAULT"
        ),
        12 => format!("ALTER TABLE {table} ALTER COLUMN {column} SET DEFAULT '1'"),
        13 => format!("ALTER TABLE {table} ALTER COLUMN {column} SET DEFAULT {other}"),
        14 => format!("ALTER TABLE {table} ADD COLUMN {other} {kind}"),
        15 => format!("ALTER TABLE {table} ADD COLUMN IF NOT EXISTS {column} {kind} NOT NULL"),
        16 => format!("ALTER TABLE {table} ADD made_here {kind} UNIQUE"),
        17 => format!("ALTER TABLE {table} ADD CONSTRAINT made_here UNIQUE ({column}, {second})"),
        18 => format!("ALTER TABLE {table} ADD PRIMARY KEY ({column})"),
        19 => format!(
            "ALTER TABLE {table} ADD FOREIGN KEY ({column}) REFERENCES {other_table} ({foreign})"
        ),
        20 => format!(
            "ALTER TABLE {table} ADD CONSTRAINT made_here FOREIGN KEY ({column}) REFERENCES {other_table} NOT VALID"
        ),
        21 => format!("ALTER TABLE {table} ADD CHECK ({column} IS NOT NULL OR {second} = {other})"),
        22 => format!(
            "ALTER TABLE {table} DROP CONSTRAINT {}{cascade}",
            pick(random, &names.constraints)
        ),
        23 => format!(
            "ALTER TABLE {table} RENAME CONSTRAINT {} TO made_here",
            pick(random, &names.constraints)
        ),
        24 => format!(
            "ALTER TABLE {table} VALIDATE CONSTRAINT {}",
            pick(random, &names.constraints)
        ),
        25 => format!(
            "DROP INDEX {}{cascade}",
            pick(random, &names.shared.indexes)
        ),
        26 => format!(
            "ALTER INDEX {} RENAME TO renamed_here",
            pick(random, &names.shared.indexes)
        ),
        27 => format!("DROP TYPE {}{cascade}", pick(random, &names.types)),
        28 => format!(
            "ALTER TYPE {} ADD VALUE 'made_here'",
            pick(random, &names.types)
        ),
        29 => format!(
            "ALTER TYPE {} RENAME VALUE {} TO 'renamed'",
            pick(random, &names.types),
            pick(random, &names.labels)
        ),
        30 => format!(
            "ALTER TYPE {} RENAME TO renamed_here",
            pick(random, &names.types)
        ),
        31 => format!("DROP FUNCTION {}{cascade}", pick(random, &names.functions)),
        32 => format!(
            "ALTER TABLE {table} SET SCHEMA {}",
            pick(random, &names.schemas)
        ),
        33 => format!("DROP VIEW {}{cascade}", pick(random, &names.shared.views)),
        34 => format!("DROP SEQUENCE {}{cascade}", pick(random, &names.sequences)),
        35 => format!("ALTER TABLE {table} ALTER {column} ADD GENERATED BY DEFAULT AS IDENTITY"),
        36 => format!("ALTER TABLE {table} INHERIT {other_table}"),
        37 => format!(
            "DROP TRIGGER {} ON {table}",
            pick(random, &names.shared.triggers)
        ),
        38 => format!("TRUNCATE {table}{cascade}"),
        _ => format!(
            "ALTER SEQUENCE {} OWNED BY {table}.{column}",
            pick(random, &names.sequences)
        ),
    };
    let statements = &mut migrations.first_mut()?.statements;
    let at = at.min(statements.len());
    statements.insert(at, statement);
    Some("a change added")
}
