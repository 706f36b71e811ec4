//! What only a server has: settings, locks, sessions that end, statements that run in no transaction.

use crate::backend::Backend;
use crate::support::{failing, migrations};
use tablature::{Error, Event};

on_both_clients! {
    the_history_can_be_in_a_schema_of_its_own
    the_place_is_that_of_the_word_the_server_points_at
    a_failure_without_a_position_is_that_of_its_statement
    an_index_is_built_concurrently
    a_failed_concurrent_build_leaves_no_index_and_is_tried_again
    a_concurrent_build_in_a_transaction_is_told_where_it_belongs
    a_value_that_is_added_to_an_enum_can_be_used_by_the_next_file
    what_stands_before_the_use_of_an_added_value_is_kept
    an_added_value_is_not_committed_where_nothing_may_be_left
    everything_that_is_compared_is_compared
    schemas_of_others_are_left_alone
    migrations_for_another_engine_are_refused
}

const USERS: (&str, &str) = (
    "1_users",
    "CREATE TABLE users (id integer PRIMARY KEY, name text NOT NULL);",
);

fn the_history_can_be_in_a_schema_of_its_own<B: Backend>() {
    let migrations = migrations::<B>(&[USERS]);
    let mut database = B::new().unwrap();
    let runner = migrations.runner().history_schema("Ops");
    database.apply(runner.clone()).unwrap();
    assert_eq!(database.dump_in("public"), "users");
    assert_eq!(database.dump_in("Ops"), "_tablature_history");
    database.verify(runner.clone()).unwrap();
    assert!(database.apply(runner).unwrap().applied.is_empty());
    let error = database.apply(migrations.runner()).unwrap_err();
    assert!(matches!(error, Error::NoHistory { .. }), "{error}");
}

fn the_place_is_that_of_the_word_the_server_points_at<B: Backend>() {
    let text = "-- Märchen\nCREATE TABLE \"Märchen\" (id integer);\n  SELECT id,\n    nöpe FROM \"Märchen\";";
    let migrations = failing::<B>(&[USERS, ("2_tales", text)]);
    let mut database = B::new().unwrap();
    for is_heard in [false, true] {
        let tell = |_: Event<'_>| {};
        let mut runner = migrations.runner();
        if is_heard {
            runner = runner.on_event(&tell);
        }
        match database.apply(runner).unwrap_err() {
            Error::Statement(failed) => {
                assert_eq!((failed.line, failed.column), (4, 5), "{failed}");
                assert!(failed.statement.starts_with("SELECT id"), "{failed}");
            }
            error => panic!("{error}"),
        }
    }
}

fn a_failure_without_a_position_is_that_of_its_statement<B: Backend>() {
    let text = "INSERT INTO users VALUES (1, 'a');\nINSERT INTO users VALUES (2, 'b');\nINSERT INTO users VALUES (1, 'c');\nINSERT INTO users VALUES (3, 'd');";
    let migrations = failing::<B>(&[USERS, ("2_rows", text)]);
    let mut database = B::new().unwrap();
    match database.apply(migrations.runner()).unwrap_err() {
        Error::Statement(failed) => assert_eq!((failed.line, failed.column), (3, 1), "{failed}"),
        error => panic!("{error}"),
    }
}

const BUILD: &str = "-- no-transaction\nCREATE INDEX CONCURRENTLY users_by_name ON users (name);\nINSERT INTO users VALUES (7, 'seven');";

fn an_index_is_built_concurrently<B: Backend>() {
    let files = [USERS, ("2_index", BUILD)];
    let migrations = migrations::<B>(&files);
    let mut database = B::new().unwrap();
    let report = database.apply(migrations.runner()).unwrap();
    assert_eq!(report.applied.len(), 2);
    assert_eq!(
        database.value("SELECT count(*) FROM _tablature_progress"),
        "0"
    );
    assert_eq!(database.value("SELECT count(*) FROM users"), "1");
    assert_eq!(
        database.value("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'
                        AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"),
        "0"
    );
}

fn a_failed_concurrent_build_leaves_no_index_and_is_tried_again<B: Backend>() {
    let first = migrations::<B>(&[USERS]);
    let unique = BUILD.replace("CREATE INDEX", "CREATE UNIQUE INDEX");
    let both = migrations::<B>(&[USERS, ("2_index", &unique)]);
    let mut database = B::new().unwrap();
    database.apply(first.runner()).unwrap();
    database.run("INSERT INTO users VALUES (1, 'twin'), (2, 'twin')");
    let error = database.apply(both.runner()).unwrap_err();
    let Error::Statement(failed) = &error else {
        panic!("{error}");
    };
    assert_eq!(failed.line, 2);
    let indexes = "SELECT count(*) FROM pg_class WHERE relname = 'users_by_name'";
    assert_eq!(database.value(indexes), "0");
    // A crash leaves what the server cannot clean up.
    let mut other = database.another();
    assert!(
        other
            .try_run("CREATE UNIQUE INDEX CONCURRENTLY users_by_name ON users (name)")
            .is_err()
    );
    other.run("INSERT INTO _tablature_progress (version, statement) VALUES (2, 1)");
    assert_eq!(database.value(indexes), "1");
    database.run("DELETE FROM users WHERE id = 2");
    database.apply(both.runner()).unwrap();
    assert_eq!(database.value(indexes), "1");
}

fn a_concurrent_build_in_a_transaction_is_told_where_it_belongs<B: Backend>() {
    let text = BUILD.split_once('\n').unwrap().1;
    let migrations = failing::<B>(&[USERS, ("2_index", text)]);
    let mut database = B::new().unwrap();
    let error = database.apply(migrations.runner()).unwrap_err().to_string();
    assert!(error.contains("begins with `-- no-transaction`"), "{error}");
}

fn a_value_that_is_added_to_an_enum_can_be_used_by_the_next_file<B: Backend>() {
    let mood = (
        "1_mood",
        "CREATE TYPE mood AS ENUM ('sad'); CREATE TABLE tales (mood mood);",
    );
    let add = ("2_add", "ALTER TYPE mood ADD VALUE 'glad';");
    let use_it = ("3_use", "INSERT INTO tales VALUES ('glad');");
    let first = migrations::<B>(&[mood]);
    let all = migrations::<B>(&[mood, add, use_it]);
    let mut database = B::new().unwrap();
    database.apply(first.runner()).unwrap();
    let report = database.apply(all.runner()).unwrap();
    let versions: Vec<i64> = report
        .applied
        .iter()
        .map(|applied| applied.version)
        .collect();
    assert_eq!(versions, [2, 3]);
    assert_eq!(database.value("SELECT mood FROM tales"), "glad");
}

fn an_added_value_is_not_committed_where_nothing_may_be_left<B: Backend>() {
    let files = [
        (
            "1_moods",
            "CREATE TYPE mood AS ENUM ('merry'); CREATE TABLE tales (mood mood);",
        ),
        ("2_grim", "ALTER TYPE mood ADD VALUE 'grim';"),
        ("3_tale", "INSERT INTO tales VALUES ('grim');"),
    ];
    let migrations = migrations::<B>(&files);
    let mut database = B::new().unwrap();
    database.run(files[0].1);
    database.run(files[1].1);
    if database.value("SELECT current_setting('server_version_num')::integer >= 170000") == "t" {
        return;
    }
    let error = database.adopt(migrations.runner()).unwrap_err();
    let text = error.to_string();
    assert!(matches!(error, Error::Replay { version: 3, .. }), "{text}");
    for part in [
        "a value that is added to an enum before",
        "`cargo tablature`",
        "`scratch_to_drop(…)`",
    ] {
        assert!(text.contains(part), "{text}");
    }
}

fn what_stands_before_the_use_of_an_added_value_is_kept<B: Backend>() {
    let files = [
        (
            "1_mood",
            "CREATE TYPE mood AS ENUM ('sad'); CREATE TABLE tales (mood mood);",
        ),
        ("2_add", "ALTER TYPE mood ADD VALUE 'glad';"),
        ("3_table", "CREATE TABLE more (id integer);"),
        (
            "4_use",
            "INSERT INTO tales VALUES ('glad');\nINSERT INTO tales VALUES ('nope');",
        ),
    ];
    let migrations = failing::<B>(&files);
    let mut database = B::new().unwrap();
    let error = database.apply(migrations.runner()).unwrap_err();
    let Error::Statement(failed) = &error else {
        panic!("{error}");
    };
    // Not the first use, for which the run has committed and gone on.
    assert_eq!((failed.version, failed.line), (4, 2), "{error}");
    assert_eq!(
        database.dump(),
        "_tablature_history tales; 2 applied, the newest 2"
    );
    let plan = database.plan(migrations.runner()).unwrap();
    let versions: Vec<i64> = plan.migrations.iter().map(|it| it.version).collect();
    assert_eq!(versions, [3, 4]);
}

fn everything_that_is_compared_is_compared<B: Backend>() {
    let text = "
        CREATE SCHEMA app;
        CREATE TYPE app.mood AS ENUM ('sad', 'glad');
        CREATE DOMAIN app.positive AS integer NOT NULL DEFAULT 1 CHECK (VALUE > 0);
        CREATE TYPE app.pair AS (a integer, b text);
        CREATE SEQUENCE app.numbers INCREMENT 2;
        CREATE TABLE app.users (
          id serial PRIMARY KEY, name text NOT NULL DEFAULT 'x', mood app.mood, n integer GENERATED ALWAYS AS IDENTITY,
          twice integer GENERATED ALWAYS AS (length(name) * 2) STORED, CHECK (name <> ''), UNIQUE (name, mood)
        );
        CREATE TABLE app.tales (author integer REFERENCES app.users ON DELETE CASCADE) PARTITION BY LIST (author);
        CREATE TABLE app.tales_1 PARTITION OF app.tales FOR VALUES IN (1);
        CREATE INDEX users_by_name ON app.users (lower(name)) WHERE mood = 'sad';
        CREATE VIEW app.names AS SELECT name FROM app.users;
        CREATE FUNCTION app.twice(x integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT x * 2';
        CREATE FUNCTION app.touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
        CREATE TRIGGER touch BEFORE UPDATE ON app.users FOR EACH ROW EXECUTE FUNCTION app.touch();
        ALTER TABLE app.users ENABLE ROW LEVEL SECURITY;
        CREATE POLICY own ON app.users FOR SELECT USING (name = current_user);
        CREATE RULE quiet AS ON DELETE TO app.users DO INSTEAD NOTHING;";
    let migrations = migrations::<B>(&[("1_all", text)]);
    let mut database = B::new().unwrap();
    database.apply(migrations.runner()).unwrap();
    for (change, line) in [
        (
            "ALTER TYPE app.mood ADD VALUE 'so'",
            "the list of values of type `app.mood` is `sad, glad, so`",
        ),
        (
            "ALTER DOMAIN app.positive DROP NOT NULL",
            "the nullability of type `app.positive`",
        ),
        (
            "ALTER DOMAIN app.positive DROP CONSTRAINT positive_check",
            "constraint `positive_check` of `app.positive` is missing",
        ),
        (
            "ALTER TYPE app.pair ADD ATTRIBUTE c integer",
            "the list of columns of type `app.pair`",
        ),
        (
            "ALTER SEQUENCE app.numbers CYCLE",
            "the range of numbers of sequence `app.numbers`",
        ),
        (
            "ALTER SEQUENCE app.users_id_seq OWNED BY NONE",
            "OWNED BY of sequence `app.users_id_seq`",
        ),
        (
            "ALTER TABLE app.users ALTER name TYPE varchar(20) USING 'x'",
            "cannot",
        ),
        (
            "ALTER TABLE app.users ALTER name DROP DEFAULT",
            "the default of column `app.users.name` is `none`, and the migrations define `'x'::text`",
        ),
        (
            "ALTER TABLE app.users ALTER n SET GENERATED BY DEFAULT",
            "the identity of column `app.users.n`",
        ),
        (
            "ALTER TABLE app.users ALTER twice DROP EXPRESSION",
            "the generated expression of column `app.users.twice`",
        ),
        (
            "ALTER TABLE app.users DROP CONSTRAINT users_name_mood_key",
            "constraint `users_name_mood_key` of `app.users` is missing",
        ),
        (
            "ALTER TABLE app.users ADD CONSTRAINT more CHECK (id > 0) NOT VALID",
            "constraint `more` of `app.users` is unexpected",
        ),
        (
            "ALTER TABLE app.tales DETACH PARTITION app.tales_1",
            "the partition bound of table `app.tales_1` is `none`",
        ),
        (
            "ALTER INDEX app.users_by_name RENAME TO by_name",
            "index `app.users_by_name` is missing",
        ),
        (
            "CREATE OR REPLACE VIEW app.names AS SELECT name, id FROM app.users",
            "the list of columns of view `app.names`",
        ),
        (
            "ALTER FUNCTION app.twice STABLE",
            "the language or an attribute of function `app.twice(x integer)`",
        ),
        (
            "ALTER FUNCTION app.twice SET search_path = app, pg_temp",
            "the language or an attribute of function `app.twice(x integer)`",
        ),
        (
            "CREATE OR REPLACE FUNCTION app.twice(x integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT x + x'",
            "the body of function `app.twice(x integer)` is `1: SELECT x + x`",
        ),
        (
            "ALTER TABLE app.users DISABLE TRIGGER touch",
            "the firing of trigger `app.users.touch`",
        ),
        (
            "DROP TRIGGER touch ON app.users",
            "trigger `app.users.touch` is missing",
        ),
        (
            "ALTER TABLE app.users DISABLE ROW LEVEL SECURITY",
            "row level security of table `app.users`",
        ),
        (
            "ALTER POLICY own ON app.users USING (true)",
            "the condition of policy `own`",
        ),
        (
            "DROP RULE quiet ON app.users",
            "rule `quiet` of `app.users` is missing",
        ),
        (
            "CREATE FUNCTION app.more() RETURNS integer LANGUAGE sql AS 'SELECT 1'",
            "function `app.more()` is unexpected",
        ),
    ] {
        let mut database = B::new().unwrap();
        database.apply(migrations.runner()).unwrap();
        if database.try_run(change).is_err() {
            assert_eq!(line, "cannot", "{change}");
            continue;
        }
        for error in [
            database.apply(migrations.runner()).map(drop).unwrap_err(),
            database.verify(migrations.runner()).unwrap_err(),
        ] {
            let text = error.to_string();
            assert!(text.contains(line), "{change}: {text}");
        }
    }
}

fn schemas_of_others_are_left_alone<B: Backend>() {
    let migrations = migrations::<B>(&[USERS]);
    let mut database = B::new().unwrap();
    database.run("CREATE SCHEMA auth; CREATE TABLE auth.users (id integer); CREATE TYPE auth.kind AS ENUM ('a')");
    database.apply(migrations.runner()).unwrap();
    database.run("CREATE TABLE auth.more (id integer); CREATE TEMPORARY TABLE users (x integer)");
    database.verify(migrations.runner()).unwrap();
}

fn migrations_for_another_engine_are_refused<B: Backend>() {
    let for_sqlite = migrations::<crate::backend::Sqlite>(&[USERS]);
    let mut database = B::new().unwrap();
    let error = database.apply(for_sqlite.runner()).unwrap_err();
    assert!(matches!(error, Error::OtherEngine { .. }), "{error}");
    let for_postgres = migrations::<B>(&[USERS]);
    let mut database = crate::backend::Sqlite::new().unwrap();
    let error = database.apply(for_postgres.runner()).unwrap_err();
    assert!(matches!(error, Error::OtherEngine { .. }), "{error}");
}

/// Futures of the verbs can be spawned.
#[test]
fn a_run_can_move_between_threads() {
    fn is_send<T: Send>(_: &T) {}
    let migrations = tablature::Migrations::EMPTY;
    let mut never: Option<tablature::tokio_postgres::Client> = None;
    if let Some(client) = &mut never {
        let mut on = migrations.tokio_postgres(client);
        is_send(&on.apply());
    }
}
