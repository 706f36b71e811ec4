//! Sessions and roles that may not do everything, and whose fault a failure is.

use crate::backend::Backend;
use crate::support::{failing, migrations};
use tablature::{Error, Start};

on_both_clients! {
    a_session_that_is_to_read_only_writes_nothing
    a_degraded_start_is_not_taken_for_the_operators_wish
    a_role_without_rights_is_told_which_it_needs
    a_file_is_blamed_for_its_own_faults_only
    a_plan_is_refused_where_a_run_would_be
    nothing_is_adopted_where_nothing_is
}

const USERS: (&str, &str) = (
    "1_users",
    "CREATE TABLE users (id integer PRIMARY KEY, name text NOT NULL);",
);

fn a_session_that_is_to_read_only_writes_nothing<B: Backend>() {
    let migrations = migrations::<B>(&[USERS]);
    let mut database = B::new().unwrap();
    database.run("SET default_transaction_read_only = on");
    let error = database.apply(migrations.runner()).unwrap_err();
    assert!(matches!(error, Error::ReadOnlySession), "{error}");
    let Start::Degraded(degraded) = database.start(migrations.runner()) else {
        panic!("it is not to write");
    };
    assert!(
        matches!(degraded.error, Error::ReadOnlySession),
        "{degraded}"
    );
    database.run("SET default_transaction_read_only = off");
    assert_eq!(database.dump_in("public"), "");
    database.apply(migrations.runner()).unwrap();
    database.run("SET default_transaction_read_only = on");
    assert!(database.start(migrations.runner()).is_ready());
}

fn a_degraded_start_is_not_taken_for_the_operators_wish<B: Backend>() {
    let migrations = migrations::<B>(&[USERS]);
    let mut database = B::new().unwrap();
    let broken = failing::<B>(&[("1_users", "SELECT 1 / 0;")]);
    assert!(!database.start(broken.runner()).is_ready());
    database.apply(migrations.runner()).unwrap();
}

fn a_role_without_rights_is_told_which_it_needs<B: Backend>() {
    let migrations = migrations::<B>(&[USERS]);
    let mut database = B::new().unwrap();
    database.run("REVOKE CREATE ON SCHEMA public FROM PUBLIC; SET ROLE pg_monitor");
    let error = database.apply(migrations.runner()).unwrap_err();
    assert!(
        matches!(&error, Error::HistoryDenied { schema, .. } if schema == "public"),
        "{error}"
    );
    database.run("RESET ROLE");
    database.apply(migrations.runner()).unwrap();
    database.run("SET ROLE pg_monitor");
    let error = database.status(migrations.runner()).unwrap_err();
    assert!(matches!(error, Error::HistoryDenied { .. }), "{error}");
    database.run("RESET ROLE; GRANT SELECT ON _tablature_history, _tablature_progress TO pg_monitor; SET ROLE pg_monitor");
    assert!(database.status(migrations.runner()).unwrap().is_current());
    database
        .run("RESET ROLE; REVOKE ALL ON _tablature_history, _tablature_progress FROM pg_monitor");
}

fn a_file_is_blamed_for_its_own_faults_only<B: Backend>() {
    let faults = [
        ("CREATE TABLE users (id nothing);", "else correct the file"),
        (
            "GRANT pg_monitor TO nobody_at_all;",
            "such as a role, create it",
        ),
        ("CREATE EXTENSION \"not installed\";", "see to the server"),
        (
            "SET LOCAL statement_timeout = 20; SELECT pg_sleep(5);",
            "allow more time",
        ),
        (
            "SET LOCAL ROLE pg_monitor; CREATE TABLE pg_catalog.tales ();",
            "as a role that may do this",
        ),
        ("SELECT 1 / 0;", "correct the file and start again"),
    ];
    for (text, said) in faults {
        let mut database = B::new().unwrap();
        let migrations = failing::<B>(&[("1_fault", text)]);
        let error = database.apply(migrations.runner()).unwrap_err().to_string();
        assert!(error.contains(said), "{error}");
    }
}

fn a_plan_is_refused_where_a_run_would_be<B: Backend>() {
    let migrations = migrations::<B>(&[USERS]);
    let mut database = B::new().unwrap();
    database.apply(migrations.runner()).unwrap();
    assert!(database.plan(migrations.runner()).unwrap().is_empty());
    database.run("ALTER TABLE users ADD COLUMN nick text");
    let error = database.plan(migrations.runner()).unwrap_err();
    assert!(matches!(error, Error::SchemaMismatch { .. }), "{error}");
}

fn nothing_is_adopted_where_nothing_is<B: Backend>() {
    let migrations = migrations::<B>(&[USERS]);
    let mut database = B::new().unwrap();
    let error = database.adopt_at(migrations.runner(), 1).unwrap_err();
    assert!(
        matches!(error, Error::NothingToAdopt { version: 1 }),
        "{error}"
    );
}
