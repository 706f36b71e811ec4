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
fn a_commit_leaves_nothing_behind_if_a_later_file_fails() {
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
fn a_rollback_undoes_what_the_file_has_begun() {
    let mut connection = Connection::open_in_memory().unwrap();
    let files = [
        TABLES,
        (
            "2_undone",
            "CREATE TABLE kept (x);
             begin exclusive;
             CREATE TABLE a (x);
             SAVEPOINT s;
             DELETE FROM chapters;
             /* all of it */ ROLLBACK TRANSACTION;
             BEGIN; INSERT INTO kept VALUES (1); END;
             BEGIN; INSERT INTO kept VALUES (2);",
        ),
        ("3_next", "BEGIN; CREATE TABLE next (x); COMMIT; COMMIT;"),
    ];
    migrations_expecting(
        &files,
        "CREATE TABLE stories (id INTEGER PRIMARY KEY);
         CREATE TABLE chapters (id INTEGER PRIMARY KEY, story INTEGER REFERENCES stories ON DELETE CASCADE);
         CREATE TABLE kept (x);
         CREATE TABLE next (x);",
    )
    .apply(&mut connection)
    .unwrap();
    assert!(connection.is_autocommit() && enforces(&connection));
    let counts = "SELECT (SELECT count(*) FROM kept) || (SELECT count(*) FROM chapters)";
    assert_eq!(value::<String>(&connection, counts), "21");
}

#[test]
fn a_rollback_leaves_no_table() {
    let mut connection = Connection::open_in_memory().unwrap();
    let undone = [("1_undone", "BEGIN; CREATE TABLE a(x); ROLLBACK;")];
    migrations_expecting(&undone, "")
        .apply(&mut connection)
        .unwrap();
    assert!(connection.prepare("SELECT * FROM a").is_err());
}

#[test]
fn what_a_file_leaves_open_is_committed() {
    for left_open in [
        "BEGIN",
        "SAVEPOINT a",
        "BEGIN; SAVEPOINT a; SAVEPOINT a",
        "COMMIT; BEGIN",
        "SAVEPOINT a; SAVEPOINT \"A\"; SAVEPOINT b; ROLLBACK TO a",
    ] {
        let mut connection = Connection::open_in_memory().unwrap();
        let sql = format!("{left_open}; CREATE TABLE t (x)").leak();
        let files = [("1_open", &*sql), ("2_next", "BEGIN; CREATE TABLE u (x)")];
        let expected = "CREATE TABLE t (x); CREATE TABLE u (x)";
        let result = migrations_expecting(&files, expected).apply(&mut connection);
        assert_eq!(result.unwrap().applied.len(), 2, "{left_open}");
        assert!(connection.is_autocommit());
    }
}

#[test]
fn a_commit_closes_savepoints() {
    for (sql, message) in [
        ("SAVEPOINT a; COMMIT;\nRELEASE a", "no such savepoint: a"),
        (
            "SAVEPOINT a; SAVEPOINT b; SAVEPOINT [A]; END;\nRELEASE a",
            "no such savepoint: a",
        ),
        (
            "BEGIN; SAVEPOINT a; COMMIT;\nROLLBACK TO a",
            "no such savepoint: a",
        ),
        (
            "BEGIN; SAVEPOINT a; ROLLBACK;\nRELEASE a",
            "no such savepoint: a",
        ),
        ("BEGIN; RELEASE a", "no such savepoint: a"),
    ] {
        let mut connection = Connection::open_in_memory().unwrap();
        let error = failing(&[("1_closed", sql)])
            .apply(&mut connection)
            .unwrap_err();
        assert!(error.to_string().contains(message), "{sql}: {error}");
    }
}

#[test]
fn transactions_do_not_nest_within_a_file() {
    for sql in [
        "BEGIN; BEGIN",
        "BEGIN; COMMIT; BEGIN; BEGIN IMMEDIATE",
        "SAVEPOINT a; BEGIN",
    ] {
        let mut connection = Connection::open_in_memory().unwrap();
        let before = dump(&connection);
        let error = failing(&[("1_nested", sql)])
            .apply(&mut connection)
            .unwrap_err();
        let message = "cannot start a transaction within a transaction";
        assert!(error.to_string().contains(message), "{sql}: {error}");
        assert_eq!(dump(&connection), before);
    }
}

#[test]
fn the_words_after_a_control_statement_are_read() {
    for sql in ["BEGIN WORK", "COMMIT AND CHAIN", "BEGIN; ROLLBACK WORK"] {
        let mut connection = Connection::open_in_memory().unwrap();
        let error = failing(&[("1_words", sql)])
            .apply(&mut connection)
            .unwrap_err();
        assert!(error.to_string().contains("syntax error"), "{sql}: {error}");
    }
}

#[test]
fn a_savepoint_may_have_any_name() {
    let mut connection = Connection::open_in_memory().unwrap();
    let sql = "BEGIN;
         SAVEPOINT _Tablature_Transaction;
         CREATE TABLE a (x);
         ROLLBACK TO \"_tablature_transaction\";
         RELEASE '_tablature_transaction';
         SAVEPOINT \"a \"\"quoted\"\" name\";
         CREATE TABLE b (x);
         COMMIT;
         SAVEPOINT \"a \"\"quoted\"\" name\";";
    migrations_expecting(&[("1_names", sql)], "CREATE TABLE b (x)")
        .apply(&mut connection)
        .unwrap();
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
