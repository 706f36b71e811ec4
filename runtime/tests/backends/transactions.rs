//! Files with transactions of their own, files without one, events, and programs that start at once.

use crate::backend::Backend;
use crate::support::{failing, migrations};
use std::sync::Mutex;
use std::time::Duration;
use tablature::{Error, Event, State};

on_every_backend! {
    a_files_own_transaction_is_nested
    a_rollback_of_the_whole_run_is_refused_before_anything_runs
    a_file_that_goes_back_to_its_begin_leaves_nothing
    a_file_without_transaction_goes_on_where_it_stopped
    a_statement_that_has_run_must_not_be_edited
    a_transaction_in_a_file_without_one_counts_as_a_whole
    files_without_a_transaction_stand_between_others
    what_happens_is_told
    who_waits_too_long_is_told_so
    programs_that_start_at_once_apply_everything_once
}

const USERS: (&str, &str) = ("1_users", "CREATE TABLE users (id INTEGER PRIMARY KEY);");

fn a_files_own_transaction_is_nested<B: Backend>() {
    let tales = (
        "2_tales",
        "BEGIN;\nCREATE TABLE tales (id INTEGER PRIMARY KEY);\nCOMMIT;",
    );
    let migrations = migrations::<B>(&[USERS, tales]);
    let mut database = B::new().unwrap();
    database.apply(migrations.runner()).unwrap();
    let broken = failing::<B>(&[USERS, tales, ("3_broken", "DROP TABLE nowhere;")]);
    let mut database = B::new().unwrap();
    database.apply(broken.runner()).unwrap_err();
    assert_eq!(database.dump(), "");
}

fn a_rollback_of_the_whole_run_is_refused_before_anything_runs<B: Backend>() {
    let migrations = failing::<B>(&[USERS, ("2_back", "SELECT 1;\nROLLBACK;")]);
    let mut database = B::new().unwrap();
    let error = database.apply(migrations.runner()).unwrap_err();
    assert!(matches!(error, Error::Rollback { line: 2, .. }), "{error}");
    assert_eq!(database.dump(), "");
}

fn a_file_that_goes_back_to_its_begin_leaves_nothing<B: Backend>() {
    let back = (
        "2_back",
        "BEGIN; CREATE TABLE tales (id INTEGER); ROLLBACK;",
    );
    let migrations = migrations::<B>(&[USERS, back]);
    let mut database = B::new().unwrap();
    database.apply(migrations.runner()).unwrap();
    assert_eq!(
        database.dump(),
        "_tablature_history users; 2 applied, the newest 2"
    );
}

const LONG: &str = "-- no-transaction\nCREATE TABLE a (id INTEGER PRIMARY KEY);\nINSERT INTO a VALUES (1);\nINSERT INTO b VALUES (1);\nCREATE TABLE c (id INTEGER PRIMARY KEY);";

fn a_file_without_transaction_goes_on_where_it_stopped<B: Backend>() {
    let files = [USERS, ("2_long", LONG)];
    let stopping = failing::<B>(&files);
    let mut database = B::new().unwrap();
    let error = database.apply(stopping.runner()).unwrap_err();
    let Error::Statement(failed) = &error else {
        panic!("{error}");
    };
    assert!(failed.earlier_kept, "{error}");
    assert_eq!(failed.line, 4);
    let status = database.status(stopping.runner()).unwrap();
    let State::Pending {
        halfway: Some(halfway),
        ..
    } = &status.state
    else {
        panic!("{status}");
    };
    assert_eq!(
        (halfway.version, halfway.finished, halfway.statements),
        (2, 2, 4)
    );
    let plan = database.plan(stopping.runner()).unwrap();
    assert_eq!(plan.migrations[0].finished, 2);
    assert_eq!(plan.migrations[0].statements.len(), 2);

    database.run("CREATE TABLE b (id INTEGER)");
    let runner = stopping.runner().ignore_tables(["a", "b", "c", "users"]);
    database.apply(runner).unwrap();
    assert_eq!(database.value("SELECT count(*) FROM a"), "1");
    assert_eq!(database.value("SELECT count(*) FROM b"), "1");
    assert!(
        database
            .dump()
            .ends_with(" a b c users; 2 applied, the newest 2")
    );
}

fn a_statement_that_has_run_must_not_be_edited<B: Backend>() {
    let stopping = failing::<B>(&[("1_long", LONG)]);
    let mut database = B::new().unwrap();
    database.apply(stopping.runner()).unwrap_err();
    let edited = LONG.replace("INTO a VALUES (1)", "INTO a VALUES (2)");
    let edited = failing::<B>(&[("1_long", &edited)]);
    let error = database.apply(edited.runner()).unwrap_err();
    assert!(
        matches!(error, Error::ChangedHalfway { statement: 2, .. }),
        "{error}"
    );
    let in_one = failing::<B>(&[("1_long", LONG.split_once('\n').unwrap().1)]);
    let error = database.apply(in_one.runner()).unwrap_err();
    assert!(
        matches!(error, Error::TransactionHalfway { statements: 2, .. }),
        "{error}"
    );
}

fn a_transaction_in_a_file_without_one_counts_as_a_whole<B: Backend>() {
    let text = "-- no-transaction\nCREATE TABLE a (id INTEGER PRIMARY KEY);\nBEGIN;\nINSERT INTO a VALUES (1);\nINSERT INTO b VALUES (1);\nCOMMIT;";
    let stopping = failing::<B>(&[("1_long", text)]);
    let mut database = B::new().unwrap();
    database.apply(stopping.runner()).unwrap_err();
    assert_eq!(database.value("SELECT count(*) FROM a"), "0");
    database.run("CREATE TABLE b (id INTEGER)");
    let runner = stopping.runner().ignore_tables(["a", "b"]);
    database.apply(runner).unwrap();
    assert_eq!(database.value("SELECT count(*) FROM a"), "1");
    let open = "-- no-transaction\nCREATE TABLE d (id INTEGER);\nBEGIN;";
    let open = failing::<B>(&[("1_long", text), ("2_open", open)]);
    let runner = open.runner().ignore_tables(["a", "b"]);
    let error = database.apply(runner).unwrap_err();
    assert!(matches!(error, Error::OpenTransaction { .. }), "{error}");
}

fn files_without_a_transaction_stand_between_others<B: Backend>() {
    let files = [
        USERS,
        (
            "2_alone",
            "-- no-transaction\nCREATE TABLE tales (id INTEGER PRIMARY KEY);",
        ),
        ("3_more", "ALTER TABLE tales ADD COLUMN title TEXT;"),
    ];
    let all = migrations::<B>(&files);
    let mut database = B::new().unwrap();
    let report = database.apply(all.runner()).unwrap();
    assert_eq!(report.applied.len(), 3);
    database.verify(all.runner()).unwrap();
}

fn what_happens_is_told<B: Backend>() {
    let lines = Mutex::new(Vec::new());
    let tell = |event: Event<'_>| match event {
        Event::StatementFinished { number, .. } => {
            lines.lock().unwrap().push(format!("{number} ran"))
        }
        Event::MigrationFinished(applied) => lines
            .lock()
            .unwrap()
            .push(format!("applied {}", applied.version)),
        event => lines.lock().unwrap().push(event.to_string()),
    };
    let migrations = migrations::<B>(&[
        USERS,
        ("2_two", "CREATE TABLE b (id INTEGER);\nDROP TABLE b;"),
    ]);
    let mut database = B::new().unwrap();
    database.apply(migrations.runner().on_event(&tell)).unwrap();
    assert_eq!(
        *lines.lock().unwrap(),
        [
            "2 to apply",
            "migration 1 users",
            "migration 1 users: statement 1",
            "1 ran",
            "applied 1",
            "migration 2 two",
            "migration 2 two: statement 1",
            "1 ran",
            "migration 2 two: statement 2",
            "2 ran",
            "applied 2",
            "verifying the schema",
            "committed",
        ]
    );
}

fn who_waits_too_long_is_told_so<B: Backend>() {
    let migrations = migrations::<B>(&[USERS]);
    let mut database = B::new().unwrap();
    let other = Mutex::new(Some(database.another()));
    let waited = Mutex::new(None);
    // While the first run is under its lock, the second asks for it.
    let tell = |event: Event<'_>| {
        if let Event::Planned { .. } = event
            && let Some(mut other) = other.lock().unwrap().take()
        {
            let runner = migrations.runner().busy_timeout(Duration::from_millis(100));
            // On a thread of its own: this one may be busy with the first run.
            let error = std::thread::scope(|scope| {
                let run =
                    scope.spawn(move || other.apply(runner).map(drop).unwrap_err().to_string());
                run.join().unwrap()
            });
            *waited.lock().unwrap() = Some(error);
        }
    };
    database.apply(migrations.runner().on_event(&tell)).unwrap();
    let error = waited.into_inner().unwrap().unwrap();
    assert!(error.starts_with("the database is locked by "), "{error}");
}

fn programs_that_start_at_once_apply_everything_once<B: Backend>() {
    let count = (
        "2_count",
        "CREATE TABLE counts (id INTEGER PRIMARY KEY); INSERT INTO counts VALUES (1);",
    );
    let files = [USERS, count];
    let migrations = migrations::<B>(&files);
    let mut database = B::new().unwrap();
    let barrier = std::sync::Barrier::new(8);
    let applied: usize = std::thread::scope(|scope| {
        let runs: Vec<_> = (0..8)
            .map(|_| {
                let mut other = database.another();
                let (barrier, migrations) = (&barrier, &migrations);
                scope.spawn(move || {
                    barrier.wait();
                    other.apply(migrations.runner()).unwrap().applied.len()
                })
            })
            .collect();
        runs.into_iter().map(|run| run.join().unwrap()).sum()
    });
    assert_eq!(applied, 2);
    assert_eq!(database.value("SELECT count(*) FROM counts"), "1");
}
