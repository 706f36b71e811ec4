//! What a run tells of itself, and when.

use crate::support::migrations;
use std::fmt::Write;
use std::sync::Mutex;
use std::time::Duration;
use tablature::rusqlite::Connection;
use tablature::{Error, Event, Runner};

const USERS: (&str, &str) = (
    "1_users",
    "CREATE TABLE users (x); INSERT INTO users VALUES (1);",
);
const ALONE: (&str, &str) = (
    "2_alone",
    "-- no-transaction\nVACUUM; CREATE TABLE tags (x);",
);
const LAST: (&str, &str) = ("3_last", "DROP TABLE tags;");

/// A line for each event.
fn told(runner: Runner<'_>, connection: &mut Connection) -> String {
    let lines = Mutex::new(String::new());
    let listener = |event: Event<'_>| {
        let line = match event {
            Event::Waiting { .. } => "waiting".to_owned(),
            Event::Planned { migrations } => format!("planned {}", migrations.len()),
            Event::MigrationStarted { migration } => format!("{} started", migration.name),
            Event::StatementStarted { number, sql, .. } => format!("  {number} {sql}"),
            Event::StatementFinished { number, .. } => format!("  {number} finished"),
            Event::MigrationFinished(applied) => format!("{} finished", applied.name),
            Event::Verifying => "verifying".to_owned(),
            Event::Committed => "committed".to_owned(),
            _ => "unknown".to_owned(),
        };
        writeln!(lines.lock().unwrap(), "{line}").unwrap();
    };
    runner.on_event(&listener).apply(connection).unwrap();
    lines.into_inner().unwrap()
}

#[test]
fn each_step_is_told_in_order() {
    let mut connection = Connection::open_in_memory().unwrap();
    let all = migrations(&[USERS, ALONE, LAST]);
    assert_eq!(
        told(all.runner(), &mut connection),
        "planned 1\n\
         users started\n\
         \x20 1 CREATE TABLE users (x)\n\
         \x20 1 finished\n\
         \x20 2 INSERT INTO users VALUES (1)\n\
         \x20 2 finished\n\
         users finished\n\
         committed\n\
         planned 1\n\
         alone started\n\
         \x20 1 VACUUM\n\
         \x20 1 finished\n\
         \x20 2 CREATE TABLE tags (x)\n\
         \x20 2 finished\n\
         alone finished\n\
         committed\n\
         planned 1\n\
         last started\n\
         \x20 1 DROP TABLE tags\n\
         \x20 1 finished\n\
         last finished\n\
         verifying\n\
         committed\n"
    );
    assert_eq!(told(all.runner(), &mut connection), "");
}

#[test]
fn migrations_share_a_transaction_unless_each_is_to_have_its_own() {
    let files = [USERS, ("2_tags", "CREATE TABLE tags (x);"), LAST];
    let count = |lines: &str, line| lines.lines().filter(|found| *found == line).count();
    let all = migrations(&files);
    let together = told(all.runner(), &mut Connection::open_in_memory().unwrap());
    assert_eq!(count(&together, "committed"), 1);
    assert_eq!(count(&together, "planned 3"), 1);
    let mut connection = Connection::open_in_memory().unwrap();
    let each = told(all.runner().transaction_per_migration(), &mut connection);
    assert_eq!(count(&each, "committed"), 3);
    assert_eq!(count(&each, "verifying"), 1);
    all.verify(&connection).unwrap();
}

#[test]
fn with_a_transaction_each_those_before_a_failure_are_kept() {
    let files = [USERS, ("2_tags", "CREATE TABLE tags (x);")];
    let mut connection = Connection::open_in_memory().unwrap();
    let with_failure = crate::support::failing(&[
        files[0],
        files[1],
        ("3_fails", "CREATE TABLE more (x); DROP TABLE nope;"),
    ]);
    let runner = with_failure.runner().transaction_per_migration();
    let error = runner.apply(&mut connection).unwrap_err();
    assert!(matches!(error, Error::Statement(_)), "{error}");
    migrations(&files).verify(&connection).unwrap();
}

#[test]
fn waiting_for_another_connection_is_told() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("waiting.db");
    let other = Connection::open(&path).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let all = migrations(&[USERS]);
    let mut connection = Connection::open(&path).unwrap();
    let waits = Mutex::new(Vec::new());
    let listener = |event: Event<'_>| {
        if let Event::Waiting { elapsed, timeout } = event {
            waits.lock().unwrap().push((elapsed, timeout));
        }
    };
    let timeout = Duration::from_millis(20);
    let error = all
        .runner()
        .busy_timeout(timeout)
        .on_event(&listener)
        .apply(&mut connection)
        .unwrap_err();
    assert!(matches!(error, Error::Locked { .. }), "{error}");
    let waits = waits.into_inner().unwrap();
    assert_eq!(waits.len(), 1, "{waits:?}");
    assert!(waits[0].0 < timeout && waits[0].1 == timeout);
}
