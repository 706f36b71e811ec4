//! Histories that do not fit, newer programs, and what is told of a database.

use crate::backend::Backend;
use crate::support::{breaking, failing, migrations, older};
use tablature::{Error, State};

on_every_backend! {
    an_edited_migration_is_refused
    a_migration_below_the_newest_is_out_of_order
    a_migration_that_is_gone_is_missing
    a_newer_database_is_refused_unless_it_only_adds
    a_database_of_others_is_refused
    tables_of_others_can_be_named
    drift_is_told_object_by_object
    what_is_pending_is_planned
    a_changed_schema_is_verified_again_at_the_next_start
}

const FILES: [(&str, &str); 3] = [
    (
        "1_users",
        "CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT NOT NULL);",
    ),
    ("2_email", "ALTER TABLE users ADD COLUMN email TEXT;"),
    ("3_tales", "CREATE TABLE tales (id INTEGER PRIMARY KEY);"),
];

fn an_edited_migration_is_refused<B: Backend>() {
    let mut database = B::new().unwrap();
    let first = migrations::<B>(&FILES);
    database.apply(first.runner()).unwrap();
    let mut edited = FILES;
    edited[1].1 = "ALTER TABLE users ADD COLUMN mail TEXT;";
    let edited = migrations::<B>(&edited);
    let before = database.dump();
    for error in [
        database.apply(edited.runner()).map(drop).unwrap_err(),
        database.verify(edited.runner()).unwrap_err(),
        database.plan(edited.runner()).map(drop).unwrap_err(),
    ] {
        assert!(
            matches!(error, Error::Changed { version: 2, .. }),
            "{error}"
        );
    }
    let status = database.status(edited.runner()).unwrap();
    assert!(matches!(status.state, State::Unknown { .. }), "{status}");
    assert_eq!(database.dump(), before);
}

fn a_migration_below_the_newest_is_out_of_order<B: Backend>() {
    let mut database = B::new().unwrap();
    let first = migrations::<B>(&[FILES[0], FILES[2]]);
    database.apply(first.runner()).unwrap();
    let late = migrations::<B>(&FILES);
    let error = database.apply(late.runner()).unwrap_err();
    assert!(
        matches!(
            error,
            Error::OutOfOrder {
                version: 2,
                head: 3,
                ..
            }
        ),
        "{error}"
    );
}

fn a_migration_that_is_gone_is_missing<B: Backend>() {
    let mut database = B::new().unwrap();
    let all = migrations::<B>(&FILES);
    database.apply(all.runner()).unwrap();
    let less = failing::<B>(&[FILES[0], FILES[2]]);
    let error = database.apply(less.runner()).unwrap_err();
    assert!(
        matches!(error, Error::Missing { version: 2, .. }),
        "{error}"
    );
}

fn a_newer_database_is_refused_unless_it_only_adds<B: Backend>() {
    let mut database = B::new().unwrap();
    let newer = migrations::<B>(&FILES);
    database.apply(newer.runner()).unwrap();
    let old = older::<B>(&FILES, 1);
    let error = database.apply(old.runner()).unwrap_err();
    assert!(
        matches!(
            error,
            Error::Newer {
                version: 3,
                head: Some(1),
                ..
            }
        ),
        "{error}"
    );
    let status = database.status(old.runner()).unwrap();
    assert!(matches!(status.state, State::Newer { .. }), "{status}");

    let report = database
        .apply(old.runner().accept_newer_if_additive())
        .unwrap();
    assert_eq!((report.version, report.head), (Some(3), Some(1)));
    database
        .verify(old.runner().accept_newer_if_additive())
        .unwrap();
    let status = database
        .status(old.runner().accept_newer_if_additive())
        .unwrap();
    assert!(status.is_current(), "{status}");

    database.run("ALTER TABLE users DROP COLUMN name");
    let error = database.apply(old.runner().accept_newer_if_additive());
    assert!(
        matches!(error, Err(Error::SchemaMismatch { .. })),
        "{error:?}"
    );

    let mut database = B::new().unwrap();
    let newer = breaking(migrations::<B>(&FILES), 3);
    database.apply(newer.runner()).unwrap();
    let error = database.apply(old.runner().accept_newer_if_additive());
    assert!(matches!(error, Err(Error::Newer { .. })), "{error:?}");
}

fn a_database_of_others_is_refused<B: Backend>() {
    let mut database = B::new().unwrap();
    database.run("CREATE TABLE theirs (id INTEGER)");
    let migrations = migrations::<B>(&FILES);
    let error = database.apply(migrations.runner()).unwrap_err();
    let Error::NoHistory { tables } = &error else {
        panic!("{error}");
    };
    assert_eq!(tables, &["theirs"]);
    assert_eq!(database.dump(), "theirs");
}

fn tables_of_others_can_be_named<B: Backend>() {
    let mut database = B::new().unwrap();
    database.run("CREATE TABLE queue_jobs (id INTEGER)");
    database.run("CREATE TABLE _sqlx_migrations (id INTEGER)");
    let migrations = migrations::<B>(&FILES);
    let runner = migrations.runner().ignore_tables(["Queue_*"]);
    database.apply(runner.clone()).unwrap();
    database.verify(runner.clone()).unwrap();
    assert_eq!(
        database.apply(runner).unwrap().to_string(),
        "up to date at version 3"
    );
    // Another run may not leave them out.
    let error = database.apply(migrations.runner()).unwrap_err();
    assert!(matches!(error, Error::SchemaMismatch { .. }), "{error}");
}

fn drift_is_told_object_by_object<B: Backend>() {
    let mut database = B::new().unwrap();
    let migrations = migrations::<B>(&FILES);
    database.apply(migrations.runner()).unwrap();
    database.run("ALTER TABLE users ADD COLUMN nick TEXT");
    database.run("DROP TABLE tales");
    database.run("CREATE INDEX by_name ON users (name)");
    let expected = [
        "column `users.nick` is unexpected: no migration defines it",
        "index `by_name` is unexpected: no migration defines it",
        "table `tales` is missing",
    ];
    let lines = |differences: &[tablature::difference::Difference]| {
        let mut lines: Vec<String> = differences.iter().map(ToString::to_string).collect();
        lines.sort();
        lines
    };
    match database.verify(migrations.runner()).unwrap_err() {
        Error::SchemaMismatch { differences } => assert_eq!(lines(&differences), expected),
        error => panic!("{error}"),
    }
    match database.status(migrations.runner()).unwrap().state {
        State::Drifted { differences } => assert_eq!(lines(&differences), expected),
        state => panic!("{state:?}"),
    }
}

fn what_is_pending_is_planned<B: Backend>() {
    let mut database = B::new().unwrap();
    let all = migrations::<B>(&FILES);
    let plan = database.plan(all.runner()).unwrap();
    assert_eq!(plan.migrations.len(), 3);
    assert_eq!(plan.version, None);
    assert_eq!(database.dump(), "", "a plan changes nothing");
    database.apply(older::<B>(&FILES, 2).runner()).unwrap();
    let plan = database.plan(all.runner()).unwrap();
    assert_eq!(plan.version, Some(2));
    assert_eq!(
        plan.migrations[0].statements,
        ["CREATE TABLE tales (id INTEGER PRIMARY KEY)"]
    );
    let status = database.status(all.runner()).unwrap();
    assert!(
        matches!(
            status.state,
            State::Pending {
                is_changed: false,
                ..
            }
        ),
        "{status}"
    );
    assert_eq!(status.pending.len(), 1);
}

fn a_changed_schema_is_verified_again_at_the_next_start<B: Backend>() {
    let mut database = B::new().unwrap();
    let migrations = migrations::<B>(&FILES);
    database.apply(migrations.runner()).unwrap();
    for change in [
        "ALTER TABLE users ADD COLUMN nick TEXT",
        "ALTER TABLE users RENAME COLUMN nick TO alias",
        "CREATE TABLE more (id INTEGER)",
        "CREATE UNIQUE INDEX by_name ON users (name)",
        "CREATE VIEW names AS SELECT name FROM users",
    ] {
        let mut other = database.another();
        other.run(change);
        let error = database.apply(migrations.runner()).unwrap_err();
        assert!(
            matches!(error, Error::SchemaMismatch { .. }),
            "{change}: {error}"
        );
    }
    database.run("DROP VIEW names");
    database.run("DROP INDEX by_name");
    database.run("DROP TABLE more");
    database.run("ALTER TABLE users DROP COLUMN alias");
    let report = database.apply(migrations.runner()).unwrap();
    assert_eq!(report.to_string(), "up to date at version 3");
}
