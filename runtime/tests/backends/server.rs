//! What only a server has: settings, locks, sessions that end, statements that run in no transaction.

use crate::backend::{Asynchronous, Backend, Synchronous};
use crate::support::{failing, migrations};
use std::time::Duration;
use tablature::{Error, Event};

macro_rules! on_both_clients {
    ($($test:ident)*) => {
        mod on_postgres {
            $(#[test] fn $test() {
                if tablature_test_server::shared().is_some() {
                    super::$test::<super::Synchronous>()
                }
            })*
        }
        mod on_tokio_postgres {
            $(#[test] fn $test() {
                if tablature_test_server::shared().is_some() {
                    super::$test::<super::Asynchronous>()
                }
            })*
        }
    };
}

on_both_clients! {
    the_search_path_is_pinned_and_settings_are_what_they_were
    the_history_can_be_in_a_schema_of_its_own
    the_place_is_that_of_the_word_the_server_points_at
    a_failure_without_a_position_is_that_of_its_statement
    a_deferred_constraint_is_checked_before_the_commit
    who_holds_a_table_is_told
    a_statement_that_takes_too_long_is_named
    a_session_that_is_ended_leaves_nothing
    a_cancelled_query_leaves_nothing
    a_transaction_of_the_applications_is_refused
    a_connection_that_only_reads_by_default_is_migrated
    a_file_finds_the_session_as_the_first_one_did
    rows_that_wait_for_their_check_are_not_in_the_way_of_the_next_file
    temporary_tables_of_the_applications_are_refused
    an_index_is_built_concurrently
    a_failed_concurrent_build_leaves_no_index_and_is_tried_again
    a_concurrent_build_in_a_transaction_is_told_where_it_belongs
    a_value_that_is_added_to_an_enum_can_be_used_by_the_next_file
    everything_that_is_compared_is_compared
    schemas_of_others_are_left_alone
    migrations_for_another_engine_are_refused
}

const USERS: (&str, &str) = (
    "1_users",
    "CREATE TABLE users (id integer PRIMARY KEY, name text NOT NULL);",
);

fn the_search_path_is_pinned_and_settings_are_what_they_were<B: Backend>() {
    let sets = (
        "2_sets",
        "SET statement_timeout = '77s';\nSELECT pg_catalog.set_config('search_path', '', false);\nCREATE TABLE public.a (id integer);",
    );
    let tales = ("3_tales", "CREATE TABLE tales (id integer PRIMARY KEY);");
    let migrations =
        migrations::<B>(&[USERS, ("2_a", "CREATE TABLE public.a (id integer);"), tales]);
    let mut migrations = migrations;
    migrations.list = failing::<B>(&[USERS, sets, tales]).list;
    let mut database = B::new().unwrap();
    database.run("CREATE SCHEMA elsewhere; SET search_path = elsewhere; SET lock_timeout = '7s'");
    database.apply(migrations.runner()).unwrap();
    assert_eq!(database.value("SHOW search_path"), "elsewhere");
    assert_eq!(database.value("SHOW lock_timeout"), "7s");
    assert_eq!(database.value("SHOW statement_timeout"), "0");
    assert_eq!(
        database.dump_in("public"),
        "_tablature_history a tales users"
    );
    let report = database.apply(migrations.runner()).unwrap();
    assert_eq!(report.to_string(), "up to date at version 3");
}

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

fn a_deferred_constraint_is_checked_before_the_commit<B: Backend>() {
    let tales = (
        "2_tales",
        "CREATE TABLE tales (author integer REFERENCES users DEFERRABLE INITIALLY DEFERRED); INSERT INTO tales VALUES (7);",
    );
    let migrations = failing::<B>(&[USERS, tales]);
    let mut database = B::new().unwrap();
    let error = database.apply(migrations.runner()).unwrap_err();
    assert!(matches!(error, Error::Deferred { .. }), "{error}");
    assert_eq!(database.dump(), "");
}

fn who_holds_a_table_is_told<B: Backend>() {
    let first = migrations::<B>(&[USERS]);
    let both = migrations::<B>(&[
        USERS,
        ("2_email", "ALTER TABLE users ADD COLUMN email text;"),
    ]);
    let mut database = B::new().unwrap();
    database.apply(first.runner()).unwrap();
    let mut other = database.another();
    other.run("SET application_name = 'report'; BEGIN; SELECT * FROM users");
    let runner = both.runner().lock_timeout(Duration::from_millis(100));
    match database.apply(runner).unwrap_err() {
        Error::Statement(failed) => {
            let holder = failed.holders.first().unwrap();
            assert_eq!(holder.application, "report");
            assert_eq!(holder.state, "idle in transaction");
            assert!(
                failed.to_string().contains("it waited for process"),
                "{failed}"
            );
        }
        error => panic!("{error}"),
    }
    other.run("COMMIT");
    database.apply(both.runner()).unwrap();
}

fn a_statement_that_takes_too_long_is_named<B: Backend>() {
    let migrations = failing::<B>(&[USERS, ("2_slow", "SELECT 1;\nSELECT pg_sleep(60);")]);
    let mut database = B::new().unwrap();
    let runner = migrations
        .runner()
        .statement_timeout(Duration::from_millis(200));
    match database.apply(runner).unwrap_err() {
        Error::Statement(failed) => assert_eq!(failed.line, 2, "{failed}"),
        error => panic!("{error}"),
    }
    assert_eq!(database.dump(), "");
    assert_eq!(database.value("SHOW statement_timeout"), "0");
}

/// Does something to the session of a run as soon as it sleeps.
fn as_it_sleeps<B: Backend + 'static>(
    mut other: B,
    what: &'static str,
) -> std::thread::JoinHandle<()> {
    std::thread::spawn(move || {
        let find = format!(
            "SELECT count({what}(pid)) FROM pg_stat_activity
             WHERE datname = current_database() AND state = 'active' AND query LIKE '%pg_sleep(60)%'
               AND pid <> pg_backend_pid()"
        );
        while other.value(&find) == "0" {
            std::thread::sleep(Duration::from_millis(5));
        }
    })
}

fn a_session_that_is_ended_leaves_nothing<B: Backend + 'static>() {
    let migrations = failing::<B>(&[USERS, ("2_slow", "SELECT pg_sleep(60);")]);
    let mut database = B::new().unwrap();
    let end = as_it_sleeps(database.another(), "pg_terminate_backend");
    let error = database.apply(migrations.runner()).unwrap_err();
    end.join().unwrap();
    assert!(matches!(error, Error::Disconnected { .. }), "{error}");
    let again = database.apply(migrations.runner()).unwrap_err();
    assert!(matches!(again, Error::Disconnected { .. }), "{again}");
    assert_eq!(database.another().dump(), "");
}

fn a_cancelled_query_leaves_nothing<B: Backend + 'static>() {
    let migrations = failing::<B>(&[USERS, ("2_slow", "SELECT pg_sleep(60);")]);
    let mut database = B::new().unwrap();
    let end = as_it_sleeps(database.another(), "pg_cancel_backend");
    let error = database.apply(migrations.runner()).unwrap_err();
    end.join().unwrap();
    assert!(matches!(error, Error::Statement(_)), "{error}");
    assert_eq!(database.dump(), "");
}

fn a_transaction_of_the_applications_is_refused<B: Backend>() {
    let migrations = migrations::<B>(&[USERS]);
    let mut database = B::new().unwrap();
    database.apply(migrations.runner()).unwrap();
    database.run("BEGIN");
    let error = database.apply(migrations.runner()).unwrap_err();
    assert!(matches!(error, Error::InTransaction), "{error}");
    database.run("INSERT INTO users VALUES (1, 'Ada'); COMMIT");
    assert_eq!(database.value("SELECT count(*) FROM users"), "1");
}

fn a_connection_that_only_reads_by_default_is_migrated<B: Backend>() {
    let migrations = migrations::<B>(&[USERS]);
    let mut database = B::new().unwrap();
    database.run("SET default_transaction_read_only = on; SET default_transaction_isolation = 'serializable'");
    database.apply(migrations.runner()).unwrap();
}

fn a_file_finds_the_session_as_the_first_one_did<B: Backend>() {
    let files = [
        USERS,
        (
            "2_leaves",
            "SET check_function_bodies = off;
             SET LOCAL statement_timeout = '77s';
             SET SESSION AUTHORIZATION pg_monitor;
             RESET SESSION AUTHORIZATION;
             SET ROLE pg_monitor;
             RESET ROLE;
             CREATE TEMPORARY TABLE moved AS SELECT * FROM users;
             DECLARE every CURSOR FOR SELECT * FROM users;
             SET ROLE pg_monitor;",
        ),
        (
            "3_finds",
            "CREATE TEMPORARY TABLE moved AS SELECT * FROM users;
             DECLARE every CURSOR FOR SELECT * FROM users;
             CREATE TABLE found AS SELECT current_user::text COLLATE \"default\" AS who, current_setting('check_function_bodies') AS bodies,
               current_setting('statement_timeout') AS timeout;",
        ),
    ];
    let mut migrations = migrations::<B>(&[
        USERS,
        (
            "3_finds",
            "CREATE TABLE found (who text, bodies text, timeout text);",
        ),
    ]);
    migrations.list = failing::<B>(&files).list;
    let mut database = B::new().unwrap();
    database.apply(migrations.runner()).unwrap();
    let found =
        database.value("SELECT who = current_user AND bodies = 'on' AND timeout = '0' FROM found");
    assert_eq!(found, "t");
    assert_eq!(database.value("SHOW check_function_bodies"), "on");
    assert_eq!(database.value("SELECT to_regclass('moved')"), "NULL");
}

fn rows_that_wait_for_their_check_are_not_in_the_way_of_the_next_file<B: Backend>() {
    let tree = (
        "2_tree",
        "CREATE TABLE tree (id integer PRIMARY KEY, parent integer REFERENCES tree DEFERRABLE INITIALLY DEFERRED);
         INSERT INTO tree VALUES (1, 2);
         INSERT INTO tree VALUES (2, 1);",
    );
    let name = (
        "3_name",
        "ALTER TABLE tree ADD COLUMN name text;
         INSERT INTO tree VALUES (3, 4);
         INSERT INTO tree VALUES (4, 3);",
    );
    let without_rows =
        |file: (&'static str, &'static str)| (file.0, file.1.split_once('\n').unwrap().0);
    let mut migrations = migrations::<B>(&[USERS, without_rows(tree), without_rows(name)]);
    migrations.list = failing::<B>(&[USERS, tree, name]).list;
    let mut database = B::new().unwrap();
    database.apply(migrations.runner()).unwrap();
    assert_eq!(database.value("SELECT count(*) FROM tree"), "4");
}

fn temporary_tables_of_the_applications_are_refused<B: Backend>() {
    let first = migrations::<B>(&[USERS]);
    let both = migrations::<B>(&[
        USERS,
        ("2_email", "ALTER TABLE users ADD COLUMN email text;"),
    ]);
    let mut database = B::new().unwrap();
    database.apply(first.runner()).unwrap();
    database.run("CREATE TEMPORARY TABLE users (x integer)");
    let error = database.apply(both.runner()).unwrap_err();
    let Error::NotAlone { temporary, .. } = &error else {
        panic!("{error}");
    };
    assert_eq!(temporary, &["users"]);
    database.verify(first.runner()).unwrap();
    database.run("DROP TABLE pg_temp.users");
    database.apply(both.runner()).unwrap();
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

/// A future that is dropped before it is done leaves the connection as it was.
#[test]
fn a_run_that_is_given_up_leaves_nothing() {
    if tablature_test_server::shared().is_none() {
        return;
    }
    let migrations = failing::<Asynchronous>(&[USERS, ("2_slow", "SELECT pg_sleep(2);")]);
    let mut database = Asynchronous::new().unwrap();
    database.apply_for(migrations.runner(), Duration::from_millis(300));
    // Behind what undoes it.
    assert_eq!(database.value("SELECT now() = statement_timestamp()"), "t");
    assert_eq!(database.dump(), "");
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
