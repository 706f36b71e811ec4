//! Repairing a drifted database on a server: what comes of each drift, and that rows stay what they are.

mod drifts;
mod refusals;

use crate::backend::{Backend, Synchronous};
use crate::support::{breaking, expecting, migrations};
use tablature::{Error, Migrations, Repair};

on_both_clients! {
    a_script_brings_the_schema_back
    what_no_migration_defines_is_kept_until_it_is_named
    nothing_is_to_be_repaired
    an_earlier_version_is_found_out
}

const SCHEMA: &str = include_str!("schema.sql");

const ROWS: &str = "
    INSERT INTO app.users (email, name, mood, score, age)
        VALUES ('a@x', 'Ann', 'glad', 1.5, 7), ('b@x', 'Bob', 'calm', NULL, 8);
    INSERT INTO posts (author, title, body, pair) VALUES (10, 'First', 'text', ROW(1, 'one')), (10, 'Second', NULL, NULL),
        (20, 'Third', 'more', NULL);
    INSERT INTO logs VALUES (1, '2025-06-01', 'a'), (2, '2026-06-01', 'b');
    INSERT INTO base VALUES (1);
    INSERT INTO derived VALUES (2, 3);
    REFRESH MATERIALIZED VIEW titles;
";

/// All rows, as one text.
const CONTENT: &str = "SELECT concat_ws(E'\n',
    (SELECT string_agg(format('%s %s %s %s %s %s %s', id, email, name, mood, score, shout, age), ',' ORDER BY id) FROM app.users),
    (SELECT string_agg(format('%s %s %s %s %s', id, author, title, body, pair), ',' ORDER BY id) FROM posts),
    (SELECT string_agg(format('%s %s %s', id, day, line), ',' ORDER BY id) FROM logs),
    (SELECT string_agg(x::text, ',' ORDER BY x) FROM base))";

/// A database with the schema and rows, and the migrations that made it.
fn populated<B: Backend>() -> (B, Migrations) {
    let migrations = migrations::<B>(&[("1_all", SCHEMA)]);
    let mut database = B::new().unwrap();
    populate(&mut database, &migrations);
    (database, migrations)
}

/// Makes all of a database anew.
fn populate<B: Backend>(database: &mut B, migrations: &Migrations) {
    database.run("DROP SCHEMA IF EXISTS app, other, public CASCADE; CREATE SCHEMA public");
    database.apply(migrations.runner()).unwrap();
    database.run(ROWS);
}

/// Repairs, runs the script, and has the schema verified.
fn repaired<B: Backend>(database: &mut B, migrations: &Migrations) -> Result<Repair, String> {
    let repair = database.repair(migrations.runner());
    let repair = repair.map_err(|error| error.to_string())?;
    if repair.is_empty() {
        return Err(format!("nothing to repair: {repair}"));
    }
    // The look has changed nothing.
    if database.verify(migrations.runner()).is_ok() {
        return Err("the repair was not undone".to_owned());
    }
    let ran = database.try_run(&repair.script);
    ran.map_err(|error| format!("{error}\n{repair}"))?;
    let verified = database.verify(migrations.runner());
    verified.map_err(|error| format!("{error}\n{repair}"))?;
    Ok(repair)
}

fn a_script_brings_the_schema_back<B: Backend>() {
    let (mut database, migrations) = populated::<B>();
    let before = database.value(CONTENT);
    database.run("ALTER TABLE posts DROP CONSTRAINT posts_author_fkey; DROP VIEW busy; ALTER TABLE app.users DROP CONSTRAINT has_at");
    let repair = repaired(&mut database, &migrations).unwrap();
    assert_eq!(repair.mends.len(), 3, "{repair}");
    assert!(
        repair
            .to_string()
            .contains("psql -v ON_ERROR_STOP=1 -f repair.sql")
    );
    assert_eq!(database.value(CONTENT), before);
    // For no other schema.
    database.run("ALTER TABLE posts ADD extra text");
    let error = database.try_run(&repair.script).unwrap_err();
    database.run("ROLLBACK");
    assert!(error.contains("db error"), "{error}");
}

fn what_no_migration_defines_is_kept_until_it_is_named<B: Backend>() {
    let (mut database, migrations) = populated::<B>();
    database.run(
        "CREATE TYPE colour AS ENUM ('red');
         CREATE TABLE notes (id serial PRIMARY KEY, colour colour);
         INSERT INTO notes (colour) VALUES ('red');
         ALTER TABLE posts ADD nick text;
         UPDATE posts SET nick = 'x' WHERE id = 1;
         CREATE INDEX by_nick ON posts (nick);
         CREATE SEQUENCE counter;
         CREATE FUNCTION extra() RETURNS int LANGUAGE sql AS 'SELECT 1';
         DROP VIEW busy",
    );
    let repair = database.repair(migrations.runner()).unwrap();
    let kept: Vec<String> = repair
        .kept
        .iter()
        .map(|it| it.object().to_string())
        .collect();
    assert_eq!(
        kept,
        [
            "type `colour`",
            "sequence `counter`",
            "sequence `notes_id_seq`",
            "table `notes`",
            "column `posts.nick`"
        ]
    );
    let dropped: Vec<String> = repair.drops.iter().map(ToString::to_string).collect();
    assert_eq!(dropped.len(), 2, "{dropped:?}");
    assert_eq!(
        dropped[0],
        "index `by_nick`: CREATE INDEX by_nick ON public.posts USING btree (nick)"
    );
    assert!(dropped[1].starts_with("function `extra()`: CREATE OR REPLACE FUNCTION"));
    database.run(&repair.script);
    assert!(database.verify(migrations.runner()).is_err());
    assert_eq!(database.value("SELECT nick FROM posts WHERE id = 1"), "x");

    let runner = || {
        migrations
            .runner()
            .drop_unexpected(["notes", "posts.nick", "counter"])
    };
    let repair = database.repair(runner()).unwrap();
    let dropped: Vec<String> = repair.drops.iter().map(ToString::to_string).collect();
    assert_eq!(
        dropped,
        [
            "type `colour`",
            "sequence `counter`",
            "sequence `notes_id_seq`",
            "table `notes`, which has 1 row",
            "column `posts.nick`, which is not NULL in 1 row",
        ]
    );
    database.run(&repair.script);
    database.verify(migrations.runner()).unwrap();
    let error = database.repair(runner()).unwrap_err().to_string();
    assert!(error.contains("no table or column `notes`"), "{error}");
}

fn nothing_is_to_be_repaired<B: Backend>() {
    let (mut database, migrations) = populated::<B>();
    let repair = database.repair(migrations.runner()).unwrap();
    assert_eq!(
        repair.to_string(),
        "-- nothing to repair, the database is at version 1"
    );
    let mut empty = B::new().unwrap();
    let error = empty.repair(migrations.runner()).unwrap_err();
    assert!(matches!(error, Error::Pending { count: 1, .. }), "{error}");
    empty.run("CREATE TABLE t (a int)");
    let error = empty.repair(migrations.runner()).unwrap_err();
    assert!(matches!(error, Error::NoHistory { .. }), "{error}");
}

fn an_earlier_version_is_found_out<B: Backend>() {
    let files = [
        (
            "1_first",
            "CREATE TABLE a (x int, y int NOT NULL); CREATE VIEW v AS SELECT x FROM a",
        ),
        ("2_second", "ALTER TABLE a ADD z int; DROP VIEW v"),
    ];
    let mut database = B::new().unwrap();
    database
        .apply(migrations::<B>(&files[..1]).runner())
        .unwrap();
    database.run("DROP VIEW v; ALTER TABLE a DROP x");
    let both = breaking(migrations::<B>(&files), 2);
    let repair = database.repair(both.runner()).unwrap();
    assert_eq!((repair.version, repair.pending.len()), (Some(1), 1));
    database.run(&repair.script);
    database.apply(both.runner()).unwrap();
    database.verify(both.runner()).unwrap();
}

/// Without an empty database the compiled-in schema tells most, and what it does not is said.
#[test]
fn without_an_empty_database_tables_are_mended() {
    let Some(mut database) = Synchronous::new() else {
        return;
    };
    let files = [(
        "1_all",
        "CREATE TABLE a (x int, y int); CREATE VIEW v AS SELECT x FROM a",
    )];
    let migrations = migrations::<Synchronous>(&files);
    database.apply(migrations.runner()).unwrap();
    database.run("ALTER TABLE a ALTER y TYPE bigint");
    let mut client = database.client();
    let repair = migrations.postgres(&mut client).repair().unwrap();
    database.run(&repair.script);
    database.verify(migrations.runner()).unwrap();
    database.run("DROP VIEW v");
    let error = migrations
        .postgres(&mut client)
        .repair()
        .unwrap_err()
        .to_string();
    assert!(
        error.contains("view `v` is not mended by a script"),
        "{error}"
    );
    assert!(error.contains("`scratch(…)`"), "{error}");
    let newer = expecting(
        &[files[0], ("2_more", "SELECT 1")],
        migrations.expected.clone(),
    );
    let error = newer.postgres(&mut client).repair().unwrap_err();
    assert!(matches!(error, Error::Replay { version: 1, .. }), "{error}");
}
