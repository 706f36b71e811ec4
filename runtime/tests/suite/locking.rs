//! Other connections: waiting for them, and what of this one is restored.

use crate::support::{dump, migrations, value};
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};
use tablature::rusqlite::{Connection, OpenFlags};
use tablature::{Error, Event, Migrations};

fn one() -> Migrations {
    migrations(&[("1_users", "CREATE TABLE users (id INTEGER PRIMARY KEY);")])
}

fn open(path: &Path, journal: &str) -> Connection {
    let connection = Connection::open(path).unwrap();
    connection
        .pragma_update_and_check(None, "journal_mode", journal, |_| Ok(()))
        .unwrap();
    connection
}

#[test]
fn a_database_that_stays_locked() {
    for journal in ["DELETE", "WAL"] {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("app.db");
        let holder = open(&path, journal);
        holder.execute_batch("BEGIN IMMEDIATE").unwrap();
        let mut connection = Connection::open(&path).unwrap();
        let started = Instant::now();
        let runner = one();
        let runner = runner.runner().busy_timeout(Duration::from_millis(60));
        let error = runner.apply(&mut connection).unwrap_err();
        assert!(matches!(error, Error::Locked { .. }), "{error:?}");
        assert_eq!(
            error.to_string(),
            "the database is locked by another connection: \
             try again when that one is done, or wait longer with `busy_timeout`"
        );
        let waited = started.elapsed();
        assert!(
            waited >= Duration::from_millis(60) && waited < Duration::from_secs(4),
            "{waited:?}"
        );
        holder.execute_batch("ROLLBACK").unwrap();
        runner.apply(&mut connection).unwrap();
    }
}

#[test]
fn a_database_that_is_locked_for_reading_too() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("app.db");
    let holder = open(&path, "DELETE");
    holder.execute_batch("BEGIN EXCLUSIVE").unwrap();
    let mut connection = Connection::open(&path).unwrap();
    let migrations = one();
    let runner = migrations.runner().busy_timeout(Duration::from_millis(20));
    assert!(matches!(
        runner.apply(&mut connection),
        Err(Error::Locked { .. })
    ));
    connection.busy_timeout(Duration::ZERO).unwrap();
    assert!(matches!(
        runner.verify(&connection),
        Err(Error::Locked { .. })
    ));
}

#[test]
fn a_reader_that_delays_the_commit() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("app.db");
    let reader = open(&path, "DELETE");
    reader
        .execute_batch("CREATE TABLE sessions (x); BEGIN; SELECT * FROM sessions")
        .unwrap();
    let mut connection = Connection::open(&path).unwrap();
    let migrations = one();
    let runner = migrations.runner().ignore_tables(["sessions"]);
    let short = runner.clone().busy_timeout(Duration::from_millis(20));
    assert!(matches!(
        short.apply(&mut connection),
        Err(Error::Locked { .. })
    ));
    assert!(connection.is_autocommit());
    thread::scope(|scope| {
        scope.spawn(move || {
            thread::sleep(Duration::from_millis(100));
            reader.execute_batch("COMMIT").unwrap();
        });
        runner.apply(&mut connection).unwrap();
    });
}

const HELD: &str = "TABLATURE_LOCKING_DATABASE";

/// What another process does; a test that does nothing when it is run as one.
#[test]
fn one_that_holds_the_lock() {
    let Ok(path) = std::env::var(HELD) else {
        return;
    };
    let connection = Connection::open(path).unwrap();
    connection.execute_batch("BEGIN EXCLUSIVE").unwrap();
    println!("held");
    // Until it is killed, or the test has ended.
    std::io::stdin().read_line(&mut String::new()).unwrap();
}

#[test]
fn a_database_that_another_process_keeps_locked_until_it_is_killed() {
    for journal in ["DELETE", "WAL"] {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("app.db");
        drop(open(&path, journal));
        let mut holder = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "locking::one_that_holds_the_lock", "--nocapture"])
            .env(HELD, &path)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let told = BufReader::new(holder.stdout.take().unwrap());
        assert!(told.lines().any(|line| line.unwrap().contains("held")));
        let mut connection = Connection::open(&path).unwrap();
        let migrations = one();
        let short = migrations.runner().busy_timeout(Duration::from_millis(40));
        let started = Instant::now();
        let error = short.apply(&mut connection).unwrap_err();
        assert!(matches!(error, Error::Locked { .. }), "{journal}: {error}");
        assert!(started.elapsed() >= Duration::from_millis(40), "{journal}");
        thread::scope(|scope| {
            scope.spawn(|| {
                thread::sleep(Duration::from_millis(50));
                holder.kill().unwrap();
                holder.wait().unwrap();
            });
            migrations.apply(&mut connection).unwrap();
        });
    }
}

#[test]
fn another_that_is_in_the_way_when_everything_is_committed() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("app.db");
    let migrations = migrations(&[
        ("1_users", "CREATE TABLE users (id INTEGER PRIMARY KEY);"),
        ("2_tags", "CREATE TABLE tags (x);"),
    ]);
    for version in [1, 2] {
        let mut connection = open(&path, "DELETE");
        thread::scope(|scope| {
            let listener = |event: Event<'_>| {
                if let Event::Committed = event {
                    let other = Connection::open(&path).unwrap();
                    other.execute_batch("BEGIN EXCLUSIVE").unwrap();
                    scope.spawn(move || {
                        thread::sleep(Duration::from_millis(50));
                        drop(other);
                    });
                }
            };
            let runner = migrations.runner().on_event(&listener);
            let report = runner.to_version(version).apply(&mut connection).unwrap();
            assert_eq!(report.version, Some(version));
        });
    }
}

#[test]
fn a_shared_cache() {
    let flags =
        OpenFlags::default() | OpenFlags::SQLITE_OPEN_SHARED_CACHE | OpenFlags::SQLITE_OPEN_URI;
    let name = "file:shared_cache_of_a_test?mode=memory&cache=shared";
    let holder = Connection::open_with_flags(name, flags).unwrap();
    holder
        .execute_batch("BEGIN IMMEDIATE; CREATE TABLE held (x)")
        .unwrap();
    let mut connection = Connection::open_with_flags(name, flags).unwrap();
    let migrations = one();
    let runner = migrations.runner().busy_timeout(Duration::from_millis(50));
    assert!(matches!(
        runner.apply(&mut connection),
        Err(Error::Locked { .. })
    ));
    holder.execute_batch("ROLLBACK").unwrap();
    runner.apply(&mut connection).unwrap();
}

#[test]
fn a_reader_of_a_shared_cache() {
    let flags =
        OpenFlags::default() | OpenFlags::SQLITE_OPEN_SHARED_CACHE | OpenFlags::SQLITE_OPEN_URI;
    let name = "file:reader_of_a_test?mode=memory&cache=shared";
    let reader = Connection::open_with_flags(name, flags).unwrap();
    let mut connection = Connection::open_with_flags(name, flags).unwrap();
    one().apply(&mut connection).unwrap();
    let before = dump(&connection);
    let next = migrations(&[
        ("1_users", "CREATE TABLE users (id INTEGER PRIMARY KEY);"),
        (
            "2_names",
            "INSERT INTO users VALUES (1); ALTER TABLE users ADD COLUMN name TEXT; CREATE INDEX users_by_name ON users (name);",
        ),
    ]);
    reader.execute_batch("BEGIN; SELECT * FROM users").unwrap();
    let short = next.runner().busy_timeout(Duration::from_millis(50));
    let started = Instant::now();
    let error = short.apply(&mut connection).unwrap_err();
    assert!(matches!(error, Error::Locked { .. }), "{error}");
    assert!(started.elapsed() >= Duration::from_millis(50));
    assert!(connection.is_autocommit());
    reader.execute_batch("COMMIT").unwrap();
    assert_eq!(dump(&connection), before);

    reader.execute_batch("BEGIN; SELECT * FROM users").unwrap();
    thread::scope(|scope| {
        scope.spawn(move || {
            thread::sleep(Duration::from_millis(100));
            reader.execute_batch("COMMIT").unwrap();
        });
        next.apply(&mut connection).unwrap();
    });
}

#[test]
fn settings_of_the_connection_are_restored() {
    let mut connection = Connection::open_in_memory().unwrap();
    connection
        .busy_timeout(Duration::from_millis(1234))
        .unwrap();
    one().apply(&mut connection).unwrap();
    assert_eq!(value::<i64>(&connection, "PRAGMA busy_timeout"), 1234);
    assert_eq!(value::<i64>(&connection, "PRAGMA foreign_keys"), 1);
}

#[test]
fn threads_that_start_at_once() {
    for journal in ["DELETE", "WAL"] {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("app.db");
        drop(open(&path, journal));
        let migrations = migrations(&[
            (
                "1_users",
                "CREATE TABLE users (id INTEGER PRIMARY KEY); INSERT INTO users DEFAULT VALUES;",
            ),
            (
                "2_alone",
                "-- no-transaction\nINSERT INTO users DEFAULT VALUES;\nINSERT INTO users DEFAULT VALUES;\nBEGIN;\nINSERT INTO users DEFAULT VALUES;\nCOMMIT;\nCREATE TABLE posts (x);",
            ),
            ("3_more", "INSERT INTO users DEFAULT VALUES;"),
        ]);
        let applied: usize = thread::scope(|scope| {
            let start = || {
                let mut connection = Connection::open(&path).unwrap();
                migrations.apply(&mut connection).unwrap().applied.len()
            };
            let threads: Vec<_> = (0..8).map(|_| scope.spawn(start)).collect();
            threads
                .into_iter()
                .map(|thread| thread.join().unwrap())
                .sum()
        });
        assert_eq!(applied, 3);
        let connection = Connection::open(&path).unwrap();
        assert_eq!(value::<i64>(&connection, "SELECT count(*) FROM users"), 5);
        migrations.verify(&connection).unwrap();
    }
}
