//! What migrations set on the connection does not reach the application.

use crate::support::{failing, migrations, migrations_expecting, value};
use std::panic::{AssertUnwindSafe, catch_unwind};
use tablature::rusqlite::Connection;

const SETTINGS: &[&str] = &[
    "writable_schema",
    "legacy_alter_table",
    "ignore_check_constraints",
    "recursive_triggers",
    "reverse_unordered_selects",
    "foreign_keys",
    "query_only",
];

const IN_A_TRANSACTION: (&str, &str) = (
    "1_settings",
    "CREATE TABLE t (x);
     PRAGMA writable_schema = ON;
     PRAGMA legacy_alter_table = ON;
     PRAGMA ignore_check_constraints = ON;
     PRAGMA recursive_triggers = OFF;
     PRAGMA reverse_unordered_selects = ON;
     PRAGMA query_only = ON;",
);
const ALONE: (&str, &str) = (
    "2_alone",
    "-- no-transaction
     PRAGMA foreign_keys = OFF;
     PRAGMA legacy_alter_table = ON;
     PRAGMA synchronous = OFF;
     PRAGMA recursive_triggers = OFF;
     CREATE TABLE u (x);",
);

/// A connection that the application has set up as it wants it.
fn connection() -> Connection {
    let connection = Connection::open_in_memory().unwrap();
    connection
        .execute_batch("PRAGMA foreign_keys = ON; PRAGMA recursive_triggers = ON;")
        .unwrap();
    connection
}

fn settings(connection: &Connection) -> Vec<i64> {
    let read = |name: &&str| value(connection, &format!("PRAGMA {name}"));
    let mut settings: Vec<i64> = SETTINGS.iter().map(read).collect();
    settings.push(value(connection, "PRAGMA synchronous"));
    settings
}

#[test]
fn they_are_as_they_were_after_every_kind_of_file() {
    for files in [&[IN_A_TRANSACTION][..], &[IN_A_TRANSACTION, ALONE]] {
        let mut connection = connection();
        let before = settings(&connection);
        let tables = ["CREATE TABLE t (x);", "CREATE TABLE u (x);"];
        let expected = tables[..files.len()].concat();
        migrations_expecting(files, &expected)
            .apply(&mut connection)
            .unwrap();
        assert_eq!(settings(&connection), before);
    }
}

#[test]
fn they_are_as_they_were_after_a_failure_and_a_panic() {
    let bad = (
        "3_bad",
        "PRAGMA legacy_alter_table = ON; SELECT no_such_column;",
    );
    let alone = (
        "3_bad",
        "-- no-transaction\nPRAGMA legacy_alter_table = ON; SELECT no_such_column;",
    );
    for files in [
        &[IN_A_TRANSACTION, ALONE, bad][..],
        &[IN_A_TRANSACTION, ALONE, alone],
    ] {
        let mut connection = connection();
        let before = settings(&connection);
        assert!(failing(files).apply(&mut connection).is_err());
        assert_eq!(settings(&connection), before);
    }
    let mut connection = connection();
    let before = settings(&connection);
    let migrations = migrations(&[ALONE]);
    let runner = migrations.runner().on_event(&|_| panic!("in a callback"));
    let run = || runner.apply(&mut connection);
    assert!(catch_unwind(AssertUnwindSafe(run)).is_err());
    assert_eq!(settings(&connection), before);
}

#[test]
fn they_last_until_the_end_of_the_file() {
    let mut connection = connection();
    let files = [
        ("1_read_only", "CREATE TABLE t (x); PRAGMA query_only = ON;"),
        ("2_write", "INSERT INTO t VALUES (1);"),
        (
            "3_set",
            "PRAGMA recursive_triggers = ON; CREATE TABLE was AS SELECT * FROM pragma_recursive_triggers;",
        ),
        (
            "4_after",
            "CREATE TABLE later AS SELECT * FROM pragma_recursive_triggers;",
        ),
    ];
    let expected = "CREATE TABLE t (x); CREATE TABLE was (recursive_triggers);
                    CREATE TABLE later (recursive_triggers);";
    migrations_expecting(&files, expected)
        .apply(&mut connection)
        .unwrap();
    assert_eq!(value::<i64>(&connection, "SELECT count(*) FROM t"), 1);
    assert_eq!(value::<i64>(&connection, "SELECT * FROM was"), 1);
    // A file begins with what the compiler assumes, not with what the application has set.
    assert_eq!(value::<i64>(&connection, "SELECT * FROM later"), 0);
    assert_eq!(value::<i64>(&connection, "PRAGMA recursive_triggers"), 1);
}

#[test]
fn they_are_not_in_the_way_of_the_history() {
    migrations(&[("1_count", "CREATE TABLE t (x); PRAGMA count_changes = 1;")])
        .apply(&mut connection())
        .unwrap();
}

#[test]
fn what_the_application_has_set_gives_statements_no_other_meaning() {
    let mut connection = connection();
    connection
        .execute_batch("PRAGMA legacy_alter_table = ON; PRAGMA count_changes = ON;")
        .unwrap();
    let before = settings(&connection);
    let files = [(
        "1_rename",
        "CREATE TABLE t (a); CREATE VIEW v AS SELECT a FROM t; ALTER TABLE t RENAME TO u;
         CREATE TABLE t (a);",
    )];
    migrations(&files).apply(&mut connection).unwrap();
    assert_eq!(value::<i64>(&connection, "PRAGMA count_changes"), 1);
    assert_eq!(settings(&connection), before);
}
