//! Applying, and what a failure leaves behind.

use crate::backend::Backend;
use crate::support::{failing, migrations};
use tablature::{Error, State};

on_every_backend! {
    a_new_database_gets_everything_and_a_second_start_finds_nothing_to_do
    what_is_pending_is_applied_together_or_not_at_all
    a_failing_statement_is_named_with_its_place
    a_schema_that_is_not_as_promised_is_not_committed
    no_migrations_leave_nothing_behind
    data_survives_an_alteration
    a_run_stops_after_the_version_that_was_named
    a_version_that_no_migration_has_is_refused
}

const USERS: (&str, &str) = (
    "1_users",
    "CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT NOT NULL);",
);
const EMAIL: (&str, &str) = (
    "2_email",
    "ALTER TABLE users ADD COLUMN email TEXT;\nCREATE INDEX users_by_email ON users (email);",
);

fn a_new_database_gets_everything_and_a_second_start_finds_nothing_to_do<B: Backend>() {
    let migrations = migrations::<B>(&[USERS, EMAIL]);
    let mut database = B::new().unwrap();
    let report = database.apply(migrations.runner()).unwrap();
    assert_eq!(report.to_string(), "applied 2 migrations, now at version 2");
    let versions: Vec<i64> = report
        .applied
        .iter()
        .map(|applied| applied.version)
        .collect();
    assert_eq!(versions, [1, 2]);
    assert_eq!(
        database.dump(),
        "_tablature_history users; 2 applied, the newest 2"
    );
    let report = database.apply(migrations.runner()).unwrap();
    assert_eq!(report.to_string(), "up to date at version 2");
    database.verify(migrations.runner()).unwrap();
    let status = database.status(migrations.runner()).unwrap();
    assert_eq!(status.state, State::Current);
    assert_eq!(status.applied.len(), 2);
}

fn what_is_pending_is_applied_together_or_not_at_all<B: Backend>() {
    let broken = (
        "2_broken",
        "CREATE TABLE tales (id INTEGER);\nINSERT INTO nowhere VALUES (1);",
    );
    let mut database = B::new().unwrap();
    let migrations = failing::<B>(&[USERS, broken]);
    database.apply(migrations.runner()).unwrap_err();
    assert_eq!(database.dump(), "");
    let migrations = failing::<B>(&[USERS, broken]);
    let runner = migrations.runner().transaction_per_migration();
    database.apply(runner).unwrap_err();
    assert_eq!(
        database.dump(),
        "_tablature_history users; 1 applied, the newest 1"
    );
}

fn a_failing_statement_is_named_with_its_place<B: Backend>() {
    let text = "CREATE TABLE tales (id INTEGER);\n\n  CREATE TABLE tales (id INTEGER);\nSELECT 1;";
    let migrations = failing::<B>(&[USERS, ("2_tales", text)]);
    let mut database = B::new().unwrap();
    let error = database.apply(migrations.runner()).unwrap_err();
    let Error::Statement(failed) = &error else {
        panic!("{error}");
    };
    assert_eq!((failed.version, &*failed.name), (2, "tales"));
    assert_eq!((&*failed.file, failed.line), ("migrations/2_tales.sql", 3));
    assert_eq!(failed.statement, "CREATE TABLE tales (id INTEGER)");
    let text = error.to_string();
    assert!(text.contains("already exists"), "{text}");
    assert!(text.contains("rolled back"), "{text}");
    assert_eq!(database.dump(), "");
}

fn a_schema_that_is_not_as_promised_is_not_committed<B: Backend>() {
    let mut promised = migrations::<B>(&[USERS]);
    promised.list.to_mut()[0] = failing::<B>(&[(
        "1_users",
        "CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);\nCREATE TABLE more (id INTEGER);",
    )])
    .list[0]
        .clone();
    let mut database = B::new().unwrap();
    let error = database.apply(promised.runner()).unwrap_err();
    let Error::SchemaMismatch { differences } = &error else {
        panic!("{error}");
    };
    let lines: Vec<String> = differences.iter().map(ToString::to_string).collect();
    assert_eq!(
        lines,
        [
            "table `more` is unexpected: no migration defines it",
            "the nullability of column `users.name` is `NULL`, and the migrations define `NOT NULL`"
        ]
    );
    assert_eq!(database.dump(), "");
}

fn no_migrations_leave_nothing_behind<B: Backend>() {
    let mut database = B::new().unwrap();
    let migrations = failing::<B>(&[]);
    let report = database.apply(migrations.runner()).unwrap();
    assert_eq!(report.to_string(), "no migrations");
    assert_eq!(database.dump(), "");
}

fn data_survives_an_alteration<B: Backend>() {
    let mut database = B::new().unwrap();
    let first = migrations::<B>(&[USERS]);
    database.apply(first.runner()).unwrap();
    database.run("INSERT INTO users VALUES (1, 'Ada')");
    let both = migrations::<B>(&[USERS, EMAIL]);
    let report = database.apply(both.runner()).unwrap();
    assert_eq!(report.applied.len(), 1);
    assert_eq!(database.value("SELECT name FROM users"), "Ada");
}

fn a_run_stops_after_the_version_that_was_named<B: Backend>() {
    let migrations = migrations::<B>(&[USERS, EMAIL]);
    let mut database = B::new().unwrap();
    let report = database.apply(migrations.runner().to_version(1)).unwrap();
    assert_eq!((report.version, report.head), (Some(1), Some(2)));
    let plan = database.plan(migrations.runner()).unwrap();
    assert_eq!(plan.migrations.len(), 1);
    let error = database.verify(migrations.runner()).unwrap_err();
    assert!(
        matches!(
            error,
            Error::Pending {
                count: 1,
                version: 2,
                ..
            }
        ),
        "{error}"
    );
    let report = database.apply(migrations.runner()).unwrap();
    assert_eq!(report.version, Some(2));
}

fn a_version_that_no_migration_has_is_refused<B: Backend>() {
    let migrations = migrations::<B>(&[USERS]);
    let mut database = B::new().unwrap();
    let error = database.apply(migrations.runner().to_version(9));
    assert!(matches!(
        error,
        Err(Error::NoSuchVersion { version: 9, .. })
    ));
}
