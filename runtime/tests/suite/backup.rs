//! Copies of the database, taken before migrations change it.

use crate::support::{dump, failing, migrations};
use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use tablature::rusqlite::Connection;
use tablature::{Backup, Error, Event};

const USERS: (&str, &str) = (
    "1_users",
    "CREATE TABLE users (name TEXT); INSERT INTO users VALUES ('Ada'), ('Grace');",
);
const DROP: (&str, &str) = ("2_drop", "DELETE FROM users; CREATE TABLE tags (x);");

fn names(directory: &Path) -> Vec<String> {
    let entries = fs::read_dir(directory).unwrap();
    let mut names: Vec<String> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn a_run_takes_one_of_what_it_is_about_to_change_and_none_when_it_changes_nothing() {
    for journal in ["DELETE", "WAL"] {
        let directory = tempfile::tempdir().unwrap();
        let copies = directory.path().join("deep/backups");
        let mut connection = Connection::open(directory.path().join("app.db")).unwrap();
        connection
            .pragma_update(None, "journal_mode", journal)
            .unwrap();
        migrations(&[USERS]).apply(&mut connection).unwrap();
        let before = dump(&connection);
        let all = migrations(&[USERS, DROP]);
        let runner = all.runner().backup(Backup::to(&copies));
        let copy = runner.apply(&mut connection).unwrap().backup.unwrap();
        assert_ne!(dump(&connection), before);
        let name = copy.file_name().unwrap().to_str().unwrap();
        assert!(
            name.starts_with("app-v1-2") && name.ends_with("Z.db"),
            "{name}"
        );
        assert_eq!(dump(&Connection::open(&copy).unwrap()), before, "{journal}");
        assert_eq!(runner.apply(&mut connection).unwrap().backup, None);
        assert_eq!(names(&copies), [name]);
    }
}

#[test]
fn a_run_that_fails_leaves_the_copy() {
    let directory = tempfile::tempdir().unwrap();
    let mut connection = Connection::open(directory.path().join("app.db")).unwrap();
    migrations(&[USERS]).apply(&mut connection).unwrap();
    let broken = failing(&[USERS, ("2_broken", "DROP TABLE nope;")]);
    let runner = broken
        .runner()
        .backup(Backup::to(directory.path().join("b")));
    assert!(runner.apply(&mut connection).is_err());
    assert_eq!(names(&directory.path().join("b")).len(), 1);
}

#[test]
fn where_none_can_be_taken_nothing_is_applied() {
    let directory = tempfile::tempdir().unwrap();
    let mut connection = Connection::open(directory.path().join("app.db")).unwrap();
    let file = directory.path().join("a file");
    fs::write(&file, "in the way").unwrap();
    let all = migrations(&[USERS]);
    let before = dump(&connection);
    let error = all
        .runner()
        .backup(Backup::to(&file))
        .apply(&mut connection)
        .unwrap_err();
    assert!(matches!(error, Error::Backup { .. }), "{error}");
    assert!(
        error.to_string().contains("a file`: File exists"),
        "{error}"
    );
    assert_eq!(dump(&connection), before);
}

#[test]
fn the_newest_are_kept_and_nothing_else_is_touched() {
    let directory = tempfile::tempdir().unwrap();
    let connection = Connection::open(directory.path().join("app.db")).unwrap();
    connection.execute_batch("CREATE TABLE t (x)").unwrap();
    let copies = directory.path().join("backups");
    fs::create_dir(&copies).unwrap();
    let others = ["app-notes.txt", "other-v1-20261120T101112345Z.db"];
    let old = "app-v9-20001120T101112345Z.db";
    for name in others.iter().chain([&old]) {
        fs::write(copies.join(name), "").unwrap();
    }
    let backup = Backup::to(&copies).keep(2);
    let taken: Vec<_> = (0..3).map(|_| backup.take(&connection).unwrap()).collect();
    let left = names(&copies);
    for path in &taken[1..] {
        let name = path.file_name().unwrap().to_str().unwrap();
        assert!(left.iter().any(|left| left == name), "{left:?}");
    }
    assert!(
        others
            .iter()
            .all(|name| left.iter().any(|left| left == name))
    );
    assert_eq!(left.len(), 4, "{left:?}");
}

#[test]
fn of_a_database_in_memory_too_but_not_within_a_transaction() {
    let directory = tempfile::tempdir().unwrap();
    let connection = Connection::open_in_memory().unwrap();
    connection.execute_batch("CREATE TABLE t (x)").unwrap();
    let backup = Backup::to(directory.path());
    let copy = backup.take(&connection).unwrap();
    assert_eq!(dump(&Connection::open(&copy).unwrap()), dump(&connection));
    connection.execute_batch("BEGIN").unwrap();
    let error = backup.take(&connection).unwrap_err();
    assert!(matches!(error, Error::InTransaction), "{error}");
}

#[test]
fn a_damaged_database_is_not_taken_for_a_copy() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("app.db");
    let connection = Connection::open(&path).unwrap();
    connection
        .execute_batch(
            "CREATE TABLE t (x); CREATE INDEX i ON t (x);
             INSERT INTO t SELECT value FROM json_each('[1,2,3]');
             PRAGMA writable_schema = ON;
             UPDATE sqlite_schema SET rootpage = (SELECT rootpage FROM sqlite_schema WHERE name = 't')
             WHERE name = 'i';",
        )
        .unwrap();
    drop(connection);
    let connection = Connection::open(&path).unwrap();
    let copies = directory.path().join("backups");
    let error = Backup::to(&copies).take(&connection).unwrap_err();
    assert!(
        error.to_string().starts_with("no backup could be taken"),
        "{error}"
    );
    assert!(names(&copies).is_empty(), "{:?}", names(&copies));
}

#[test]
fn the_copy_has_what_others_wrote_until_the_run_began() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("app.db");
    let mut connection = Connection::open(&path).unwrap();
    migrations(&[USERS]).apply(&mut connection).unwrap();
    let done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let other = Connection::open(&path).unwrap();
            while !done.load(Ordering::Relaxed) {
                let _ = other.execute_batch("INSERT INTO users VALUES ('again')");
                std::thread::sleep(std::time::Duration::from_millis(2));
            }
        });
        let all = migrations(&[
            USERS,
            (
                "2_count",
                "CREATE TABLE had AS SELECT count(*) AS n FROM users;",
            ),
        ]);
        let runner = all.runner().backup(Backup::to(directory.path().join("b")));
        let report = runner.apply(&mut connection).unwrap();
        done.store(true, Ordering::Relaxed);
        let copy = Connection::open(report.backup.unwrap()).unwrap();
        let count = |connection: &Connection, sql| -> i64 {
            connection.query_row(sql, [], |row| row.get(0)).unwrap()
        };
        assert_eq!(
            count(&copy, "SELECT count(*) FROM users"),
            count(&connection, "SELECT n FROM had")
        );
    });
}

#[test]
fn the_one_that_was_just_taken_is_kept_though_the_clock_was_set_back() {
    let directory = tempfile::tempdir().unwrap();
    let connection = Connection::open(directory.path().join("app.db")).unwrap();
    connection.execute_batch("CREATE TABLE t (x)").unwrap();
    let copies = directory.path().join("backups");
    fs::create_dir(&copies).unwrap();
    let later = [
        "app-v1-20990101T101112345Z.db",
        "app-v1-20990102T101112345Z.db",
    ];
    for name in later {
        fs::write(copies.join(name), "").unwrap();
    }
    let copy = Backup::to(&copies).keep(2).take(&connection).unwrap();
    assert!(copy.exists());
    assert!(names(&copies).iter().any(|name| name == later[1]));
    assert_eq!(names(&copies).len(), 2);
}

#[test]
fn what_a_program_that_was_killed_has_left_of_one_is_deleted() {
    let directory = tempfile::tempdir().unwrap();
    let connection = Connection::open(directory.path().join("app.db")).unwrap();
    connection.execute_batch("CREATE TABLE t (x)").unwrap();
    let copies = directory.path().join("backups");
    fs::create_dir(&copies).unwrap();
    let names_of = |what: &str| format!("app-v1-20261120T1011{what}345Z.db.partial");
    let [abandoned, young, others] = ["01", "02", "03"].map(|what| copies.join(names_of(what)));
    let others = others.with_file_name("other-v1-20261120T101103345Z.db.partial");
    for path in [&abandoned, &young, &others] {
        fs::write(path, "SQLite format 3").unwrap();
    }
    // One that a program which is alive still writes.
    let written = copies.join(names_of("04"));
    let writer = Connection::open(&written).unwrap();
    writer.execute_batch("BEGIN EXCLUSIVE").unwrap();
    let before = std::time::SystemTime::now() - std::time::Duration::from_secs(60);
    for path in [&abandoned, &others, &written] {
        let file = fs::File::options().append(true).open(path).unwrap();
        file.set_modified(before).unwrap();
    }
    let copy = Backup::to(&copies).take(&connection).unwrap();
    assert!(copy.exists() && !abandoned.exists());
    assert!(young.exists() && others.exists() && written.exists());
    drop(writer);
}

#[test]
fn none_is_taken_when_another_program_has_applied_everything_meanwhile() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("app.db");
    let copies = directory.path().join("backups");
    let mut first = Connection::open(&path).unwrap();
    first.pragma_update(None, "journal_mode", "WAL").unwrap();
    migrations(&[USERS]).apply(&mut first).unwrap();
    let backup = Backup::to(&copies).keep(1);
    let copy = backup.take(&first).unwrap();
    let all = migrations(&[USERS, DROP]);
    let (waits, waiting) = std::sync::mpsc::channel();
    let (waits, waiting) = (std::sync::Mutex::new(waits), std::sync::Mutex::new(waiting));
    std::thread::scope(|scope| {
        let hold = |event: Event<'_>| {
            if let Event::Verifying = event {
                scope.spawn(|| {
                    let tell = |event: Event<'_>| {
                        if let Event::Waiting { .. } = event {
                            let _ = waits.lock().unwrap().send(());
                        }
                    };
                    let mut second = Connection::open(&path).unwrap();
                    let runner = all.runner().backup(backup.clone()).on_event(&tell);
                    let report = runner.apply(&mut second).unwrap();
                    assert_eq!((report.applied.len(), report.backup), (0, None));
                });
                waiting.lock().unwrap().recv().unwrap();
            }
        };
        all.runner().on_event(&hold).apply(&mut first).unwrap();
    });
    // What is kept is the copy of the database as it was before.
    assert_eq!(
        names(&copies),
        [copy.file_name().unwrap().to_str().unwrap()]
    );
}

#[test]
fn runs_that_fail_again_and_again_do_not_displace_the_copy_from_before() {
    for journal in ["DELETE", "WAL"] {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("app.db");
        let copies = directory.path().join("backups");
        let open = || Connection::open(&path).unwrap();
        open().pragma_update(None, "journal_mode", journal).unwrap();
        migrations(&[USERS]).apply(&mut open()).unwrap();
        let before = dump(&open());
        let stops = failing(&[
            USERS,
            (
                "2_stops",
                "-- no-transaction\nDELETE FROM users;\nDROP TABLE nope;",
            ),
        ]);
        let backup = Backup::to(&copies).keep(2);
        let mut taken = Vec::new();
        for _ in 0..4 {
            let told = std::sync::Mutex::new(None);
            let tell = |event: Event<'_>| {
                if let Event::BackedUp { path } = event {
                    *told.lock().unwrap() = Some(path.to_owned());
                }
            };
            let runner = stops.runner().backup(backup.clone()).on_event(&tell);
            runner.apply(&mut open()).unwrap_err();
            taken.extend(told.into_inner().unwrap());
        }
        // One from before, and one of what was done until it stopped.
        assert_eq!(names(&copies).len(), 2, "{journal}: {:?}", names(&copies));
        assert_eq!(dump(&Connection::open(&taken[0]).unwrap()), before);
        assert_eq!(
            taken[1..],
            [taken[1].clone(), taken[1].clone(), taken[1].clone()]
        );
        // One that is asked for is taken.
        backup.take(&open()).unwrap();
        assert!(!taken[0].exists() && taken[1].exists());
    }
}

#[test]
fn of_a_database_that_the_connection_keeps_locked_for_itself() {
    for journal in ["DELETE", "WAL"] {
        let directory = tempfile::tempdir().unwrap();
        let mut connection = Connection::open(directory.path().join("app.db")).unwrap();
        connection
            .pragma_update(None, "journal_mode", journal)
            .unwrap();
        connection
            .pragma_update(None, "locking_mode", "EXCLUSIVE")
            .unwrap();
        migrations(&[USERS]).apply(&mut connection).unwrap();
        let before = dump(&connection);
        let all = migrations(&[USERS, DROP]);
        let runner = all.runner().busy_timeout(std::time::Duration::ZERO);
        let runner = runner.backup(Backup::to(directory.path().join("b")));
        let copy = runner.apply(&mut connection).unwrap().backup.unwrap();
        assert_eq!(dump(&Connection::open(copy).unwrap()), before, "{journal}");
    }
}
