//! Going back.

use crate::backend::Backend;
use crate::support::{migrations, older, with_down};
use tablature::migration::{Cause, Loss, Reversal, Written};
use tablature::schema::Place;
use tablature::{Error, Migrations};

on_every_backend! {
    down_files_give_back_the_schema
    going_back_before_the_first_leaves_an_empty_database
    a_migration_without_a_down_file_is_refused
    a_loss_is_refused_unless_it_is_named
    a_newer_migration_is_gone_back_over_by_its_recorded_down_file
    a_failing_down_file_leaves_everything_as_it_was
    a_down_file_that_does_not_restore_is_not_committed
}

const FILES: [(&str, &str); 3] = [
    (
        "1_users",
        "CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT NOT NULL);",
    ),
    ("2_email", "ALTER TABLE users ADD COLUMN email TEXT;"),
    ("3_tales", "CREATE TABLE tales (id INTEGER PRIMARY KEY);"),
];

fn restores() -> Reversal {
    Reversal::Restores {
        losses: Vec::new().into(),
    }
}

fn with_downs<B: Backend>() -> Migrations {
    let migrations = migrations::<B>(&FILES);
    let migrations = with_down(migrations, 1, "DROP TABLE users;", restores());
    let migrations = with_down(
        migrations,
        2,
        "ALTER TABLE users DROP COLUMN email;",
        restores(),
    );
    with_down(migrations, 3, "DROP TABLE tales;", restores())
}

fn down_files_give_back_the_schema<B: Backend>() {
    let mut database = B::new().unwrap();
    let migrations = with_downs::<B>();
    database.apply(migrations.runner()).unwrap();
    database.run("INSERT INTO users VALUES (1, 'Ada', 'ada@example.com')");
    let plan = database.plan_revert(migrations.runner(), 1).unwrap();
    assert!(plan.runs(), "{plan}");
    let done = database.revert_to(migrations.runner(), 1).unwrap();
    assert_eq!(
        done.to_string(),
        "went back over 2 migrations, now at version 1"
    );
    assert_eq!(
        database.dump(),
        "_tablature_history users; 1 applied, the newest 1"
    );
    assert_eq!(database.value("SELECT name FROM users"), "Ada");
    database.verify(older::<B>(&FILES, 1).runner()).unwrap();
    let report = database.apply(migrations.runner()).unwrap();
    assert_eq!(report.applied.len(), 2);
}

fn going_back_before_the_first_leaves_an_empty_database<B: Backend>() {
    let mut database = B::new().unwrap();
    let migrations = with_downs::<B>();
    database.apply(migrations.runner()).unwrap();
    let done = database.revert_to(migrations.runner(), 0).unwrap();
    assert_eq!(done.version, None);
    assert_eq!(
        database.dump(),
        "_tablature_history; 0 applied, the newest NULL"
    );
    database.apply(migrations.runner()).unwrap();
}

fn a_migration_without_a_down_file_is_refused<B: Backend>() {
    let mut database = B::new().unwrap();
    let migrations = migrations::<B>(&FILES);
    database.apply(migrations.runner()).unwrap();
    let error = database.revert_to(migrations.runner(), 2).unwrap_err();
    assert!(matches!(error, Error::Irreversible { .. }), "{error}");
    let error = database.revert_to(migrations.runner(), 7).unwrap_err();
    assert!(
        matches!(error, Error::NotApplied { version: 7, .. }),
        "{error}"
    );
}

fn a_loss_is_refused_unless_it_is_named<B: Backend>() {
    let loss = Loss {
        table: "tales".into(),
        columns: Vec::new().into(),
        written: Written::Since,
        cause: Cause::Dropped,
        place: Place {
            file: "migrations/3_tales.down.sql".into(),
            line: 1,
        },
    };
    let lossy = Reversal::Restores {
        losses: vec![loss].into(),
    };
    let migrations = with_down(with_downs::<B>(), 3, "DROP TABLE tales;", lossy);
    let mut database = B::new().unwrap();
    database.apply(migrations.runner()).unwrap();
    assert!(
        database.plan_revert(migrations.runner(), 2).unwrap().runs(),
        "it is empty"
    );
    database.run("INSERT INTO tales VALUES (1)");
    let error = database.revert_to(migrations.runner(), 2).unwrap_err();
    let text = error.to_string();
    assert!(matches!(error, Error::Irreversible { .. }), "{text}");
    assert!(
        text.contains("rows of `tales` written since it was applied are lost"),
        "{text}"
    );
    let runner = migrations.runner().accept_losses_of([3]);
    assert_eq!(database.revert_to(runner, 2).unwrap().version, Some(2));
}

fn a_newer_migration_is_gone_back_over_by_its_recorded_down_file<B: Backend>() {
    let mut database = B::new().unwrap();
    let migrations = with_downs::<B>();
    database.apply(migrations.runner()).unwrap();
    let old = with_down(older::<B>(&FILES, 1), 1, "DROP TABLE users;", restores());
    let done = database.revert_to(old.runner(), 1).unwrap();
    assert_eq!(done.reverted.len(), 2);
    database.verify(old.runner()).unwrap();
}

fn a_failing_down_file_leaves_everything_as_it_was<B: Backend>() {
    let mut database = B::new().unwrap();
    let migrations = with_down(
        with_downs::<B>(),
        2,
        "ALTER TABLE users DROP COLUMN email; DROP TABLE nowhere;",
        restores(),
    );
    database.apply(migrations.runner()).unwrap();
    let before = database.dump();
    let error = database.revert_to(migrations.runner(), 1).unwrap_err();
    assert!(matches!(error, Error::Statement(_)), "{error}");
    assert_eq!(database.dump(), before);
    database.verify(migrations.runner()).unwrap();
}

fn a_down_file_that_does_not_restore_is_not_committed<B: Backend>() {
    let mut database = B::new().unwrap();
    // The compiler would not have said so.
    let migrations = with_down(with_downs::<B>(), 3, "SELECT 1;", restores());
    database.apply(migrations.runner()).unwrap();
    let error = database.revert_to(migrations.runner(), 2).unwrap_err();
    assert!(
        matches!(error, Error::NotRestored { version: 2, .. }),
        "{error}"
    );
    database.verify(migrations.runner()).unwrap();
}
