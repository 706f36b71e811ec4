//! Files that control transactions themselves.

use crate::support::{dump, enforces, failing, migrations, migrations_expecting, value};
use tablature::Error;
use tablature::rusqlite::Connection;

const TABLES: (&str, &str) = (
    "1_tables",
    "CREATE TABLE stories (id INTEGER PRIMARY KEY);
     CREATE TABLE chapters (id INTEGER PRIMARY KEY, story INTEGER REFERENCES stories ON DELETE CASCADE);
     INSERT INTO stories VALUES (1);
     INSERT INTO chapters VALUES (10, 1);",
);
/// How files are written for runners that wrap each in a transaction and leave enforcement on.
const REBUILD: &str = "COMMIT TRANSACTION;
     PRAGMA foreign_keys = OFF;
     BEGIN TRANSACTION;
     CREATE TABLE stories_new (id INTEGER PRIMARY KEY, title TEXT);
     INSERT INTO stories_new (id) SELECT id FROM stories;
     DROP TABLE stories;
     ALTER TABLE stories_new RENAME TO stories;
     COMMIT TRANSACTION;
     PRAGMA foreign_keys = ON;
     BEGIN TRANSACTION;";

#[test]
fn commit_and_begin_are_passed_over() {
    let mut connection = Connection::open_in_memory().unwrap();
    migrations(&[TABLES]).apply(&mut connection).unwrap();
    let files = [TABLES, ("2_rebuild", REBUILD)];
    let before = dump(&connection);
    let then_fails = failing(&[files[0], files[1], ("3_bad", "SELECT no_such_column;")]);
    assert!(matches!(
        then_fails.apply(&mut connection),
        Err(Error::Statement(_))
    ));
    assert_eq!(dump(&connection), before);

    migrations_expecting(
        &files,
        "CREATE TABLE stories (id INTEGER PRIMARY KEY, title TEXT);
         CREATE TABLE chapters (id INTEGER PRIMARY KEY, story INTEGER REFERENCES stories ON DELETE CASCADE);",
    )
    .apply(&mut connection)
    .unwrap();
    assert_eq!(
        value::<i64>(&connection, "SELECT count(*) FROM chapters"),
        1
    );
    assert!(enforces(&connection) && connection.is_autocommit());
}

#[test]
fn savepoints_nest() {
    let mut connection = Connection::open_in_memory().unwrap();
    migrations(&[(
        "1_nested",
        "SAVEPOINT outer;
         CREATE TABLE a (x);
         SAVEPOINT inner;
         CREATE TABLE b (x);
         ROLLBACK TRANSACTION TO SAVEPOINT inner;
         RELEASE inner;
         RELEASE outer;",
    )])
    .apply(&mut connection)
    .unwrap();
    assert_eq!(
        value::<i64>(
            &connection,
            "SELECT count(*) FROM sqlite_schema WHERE name IN ('a', 'b')"
        ),
        1
    );
}

#[test]
fn a_statement_that_ends_the_transaction_by_failing_leaves_nothing() {
    let mut connection = Connection::open_in_memory().unwrap();
    let before = dump(&connection);
    let error = failing(&[(
        "1_rolls_back",
        "CREATE TABLE a (x INTEGER PRIMARY KEY);
         INSERT INTO a VALUES (1);
         INSERT OR ROLLBACK INTO a VALUES (1);",
    )])
    .apply(&mut connection)
    .unwrap_err();
    assert!(error.to_string().starts_with(
        "migration 1 `rolls_back` failed at migrations/1_rolls_back.sql:3:10: UNIQUE constraint failed: a.x, in `INSERT OR"
    ));
    assert_eq!(dump(&connection), before);
}

#[test]
fn statements_that_return_rows_run_to_their_end() {
    let mut connection = Connection::open_in_memory().unwrap();
    migrations(&[(
        "1_rows",
        "CREATE TABLE a (x);
         INSERT INTO a VALUES (1), (2), (3) RETURNING x;
         PRAGMA table_info(a);
         PRAGMA user_version = 7;
         SELECT * FROM a;
         ;
         DELETE FROM a WHERE x > 1 RETURNING x",
    )])
    .apply(&mut connection)
    .unwrap();
    assert_eq!(value::<i64>(&connection, "SELECT sum(x) FROM a"), 1);
    assert_eq!(value::<i64>(&connection, "PRAGMA user_version"), 7);
}

#[test]
fn a_statement_that_must_stand_outside_a_transaction() {
    let mut connection = Connection::open_in_memory().unwrap();
    let error = failing(&[("1_vacuum", "COMMIT;\nVACUUM;\nBEGIN;")])
        .apply(&mut connection)
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "migration 1 `vacuum` failed at migrations/1_vacuum.sql:2:1: cannot VACUUM from within a transaction, \
         in `VACUUM`; its transaction was rolled back, so that nothing of it remains: \
         move the statement into a file of its own that begins with `-- no-transaction`"
    );
}
