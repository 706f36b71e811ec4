//! The session of a run on a server: what the application has set and begun, and what files leave behind.

use crate::backend::Backend;
use crate::support::{failing, migrations};
use tablature::Error;

on_both_clients! {
    the_search_path_is_pinned_and_settings_are_what_they_were
    a_transaction_of_the_applications_is_refused
    a_connection_that_is_serializable_by_default_is_migrated
    a_file_finds_the_session_as_the_first_one_did
    rows_that_wait_for_their_check_are_not_in_the_way_of_the_next_file
    temporary_tables_of_the_applications_are_refused
    a_deferred_constraint_is_checked_before_the_commit
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

fn a_connection_that_is_serializable_by_default_is_migrated<B: Backend>() {
    let migrations = migrations::<B>(&[USERS]);
    let mut database = B::new().unwrap();
    database.run("SET default_transaction_isolation = 'serializable'");
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
