//! `-- no-transaction` files: statement by statement, and on from where a failed one stopped.

use crate::support::{enforces, failing, migrations, migrations_expecting, value};
use tablature::rusqlite::Connection;
use tablature::{Error, Migrations};

const TABLES: (&str, &str) = ("1_tables", "CREATE TABLE a (x INTEGER PRIMARY KEY);");

fn database() -> Connection {
    let mut connection = Connection::open_in_memory().unwrap();
    migrations(&[TABLES]).apply(&mut connection).unwrap();
    connection
}

fn versions(connection: &Connection) -> Vec<i64> {
    let mut select = connection
        .prepare("SELECT version FROM _tablature_history ORDER BY version")
        .unwrap();
    let rows = select.query_map([], |row| row.get(0)).unwrap();
    rows.map(Result::unwrap).collect()
}

fn with_second(
    migrations: fn(&[(&'static str, &'static str)]) -> Migrations,
    sql: &'static str,
) -> Migrations {
    migrations(&[
        TABLES,
        ("2_alone", sql),
        ("3_after", "CREATE TABLE after (x);"),
    ])
}

#[test]
fn a_file_that_must_run_outside_a_transaction() {
    let mut connection = database();
    let all = with_second(
        migrations,
        "-- no-transaction\nINSERT INTO a VALUES (1);\nVACUUM;\nPRAGMA journal_mode = MEMORY;\nCREATE INDEX i ON a (x);",
    );
    let report = all.apply(&mut connection).unwrap();
    assert_eq!(
        report
            .applied
            .iter()
            .map(|applied| applied.version)
            .collect::<Vec<_>>(),
        [2, 3]
    );
    assert_eq!(versions(&connection), [1, 2, 3]);
    assert_eq!(
        value::<i64>(&connection, "SELECT count(*) FROM _tablature_progress"),
        0
    );
    assert!(all.apply(&mut connection).unwrap().applied.is_empty());
    assert!(enforces(&connection));
}

#[test]
fn the_first_file_of_all() {
    let mut connection = Connection::open_in_memory().unwrap();
    let first = (
        "1_first",
        "-- no-transaction\nCREATE TABLE a (x);\nINSERT INTO a VALUES (1);",
    );
    migrations(&[first]).apply(&mut connection).unwrap();
    assert_eq!(versions(&connection), [1]);

    let mut connection = Connection::open_in_memory().unwrap();
    let stops = (
        "1_first",
        "-- no-transaction\nCREATE TABLE a (x);\nINSERT INTO b VALUES (1);",
    );
    assert!(failing(&[stops]).apply(&mut connection).is_err());
    migrations(&[first]).apply(&mut connection).unwrap();
    assert_eq!(value::<i64>(&connection, "SELECT count(*) FROM a"), 1);
}

#[test]
fn a_failed_one_goes_on_where_it_stopped() {
    let mut connection = database();
    let stops = with_second(
        failing,
        "-- no-transaction\nINSERT INTO a VALUES (1);\nINSERT INTO a VALUES (2);\nINSERT INTO b VALUES (3);",
    );
    let error = stops.apply(&mut connection).unwrap_err();
    assert_eq!(
        error.to_string(),
        "migration 2 `alone` failed at migrations/2_alone.sql:4:1: no such table: b, in `INSERT INTO b VALUES (3)`; \
         the statements before it were kept and will not run again: remove the cause and start again"
    );
    assert_eq!(versions(&connection), [1]);
    assert_eq!(value::<i64>(&connection, "SELECT sum(x) FROM a"), 3);
    assert!(enforces(&connection));

    // The failed statement, and those after it, may be corrected.
    let corrected = with_second(
        migrations,
        "-- no-transaction\ninsert into a values (1);\nINSERT INTO a VALUES (2);\nINSERT INTO a VALUES (3);",
    );
    corrected.apply(&mut connection).unwrap();
    assert_eq!(value::<i64>(&connection, "SELECT sum(x) FROM a"), 6);
    assert_eq!(versions(&connection), [1, 2, 3]);
}

#[test]
fn statements_that_ran_must_stay() {
    let mut connection = database();
    let stops = "-- no-transaction\nINSERT INTO a VALUES (1);\nINSERT INTO a VALUES ('a\nb');\nINSERT INTO b VALUES (3);";
    with_second(failing, "-- no-transaction\nINSERT INTO a VALUES (1);\nINSERT INTO a VALUES (2);\nINSERT INTO b VALUES (3);")
        .apply(&mut connection)
        .unwrap_err();
    let error = with_second(failing, stops)
        .apply(&mut connection)
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "statement 2 of `migrations/2_alone.sql` was changed after it ran: restore it, as the next run goes on after it"
    );
    let shorter = "-- no-transaction\nINSERT INTO a VALUES (1);";
    let error = with_second(migrations, shorter)
        .apply(&mut connection)
        .unwrap_err();
    assert!(matches!(error, Error::ChangedHalfway { statement: 2, .. }));
}

#[test]
fn a_transaction_of_its_own_counts_as_a_whole() {
    let mut connection = database();
    let stops = with_second(
        failing,
        "-- no-transaction\nINSERT INTO a VALUES (1);\nBEGIN;\nINSERT INTO a VALUES (2);\nINSERT INTO b VALUES (3);\nCOMMIT;",
    );
    assert!(matches!(
        stops.apply(&mut connection),
        Err(Error::Statement(_))
    ));
    assert_eq!(value::<i64>(&connection, "SELECT sum(x) FROM a"), 1);
    assert_eq!(
        value::<i64>(
            &connection,
            "SELECT max(statement) FROM _tablature_progress"
        ),
        1
    );

    let corrected = with_second(
        migrations,
        "-- no-transaction\nINSERT INTO a VALUES (1);\nBEGIN;\nINSERT INTO a VALUES (2);\nSAVEPOINT s;\n\
         INSERT INTO a VALUES (4);\nROLLBACK TO s;\nRELEASE s;\nCOMMIT;\nSAVEPOINT t;\nINSERT INTO a VALUES (8);\nRELEASE t;\n\
         BEGIN;\nINSERT INTO a VALUES (16);\nROLLBACK;",
    );
    corrected.apply(&mut connection).unwrap();
    assert_eq!(value::<i64>(&connection, "SELECT sum(x) FROM a"), 11);
    assert_eq!(versions(&connection), [1, 2, 3]);
}

#[test]
fn a_transaction_that_is_not_ended() {
    let mut connection = database();
    let open = with_second(
        migrations,
        "-- no-transaction\nINSERT INTO a VALUES (1);\nBEGIN;\nINSERT INTO a VALUES (2);",
    );
    let error = open.apply(&mut connection).unwrap_err();
    assert_eq!(
        error.to_string(),
        "`migrations/2_alone.sql` begins a transaction and does not end it: add the COMMIT"
    );
    assert_eq!(value::<i64>(&connection, "SELECT sum(x) FROM a"), 1);
    assert!(connection.is_autocommit());
}

#[test]
fn what_comes_before_it_is_kept() {
    let mut connection = Connection::open_in_memory().unwrap();
    let stops = with_second(failing, "-- no-transaction\nINSERT INTO b VALUES (3);");
    assert!(stops.apply(&mut connection).is_err());
    assert_eq!(versions(&connection), [1]);
}

#[test]
fn its_own_switching_of_foreign_keys_is_undone() {
    for (before, file) in [(true, "OFF"), (false, "ON")] {
        let mut connection = Connection::open_in_memory().unwrap();
        connection
            .pragma_update(None, "foreign_keys", before)
            .unwrap();
        let sql =
            format!("-- no-transaction\nPRAGMA foreign_keys = {file};\nCREATE TABLE a (x);").leak();
        migrations(&[("1_alone", sql)])
            .apply(&mut connection)
            .unwrap();
        assert_eq!(enforces(&connection), before);
    }
}

#[test]
fn rows_without_parent_are_found() {
    let mut connection = Connection::open_in_memory().unwrap();
    let all = migrations(&[(
        "1_alone",
        "-- no-transaction\nCREATE TABLE p (id INTEGER PRIMARY KEY);\nCREATE TABLE c (p REFERENCES p);\nINSERT INTO c VALUES (1);",
    )]);
    assert!(matches!(
        all.apply(&mut connection),
        Err(Error::ForeignKeys { total: 1, .. })
    ));
    assert!(matches!(
        all.apply(&mut connection),
        Err(Error::ForeignKeys { total: 1, .. })
    ));
    assert!(versions(&connection).is_empty());
    connection.execute_batch("DELETE FROM c").unwrap();
    all.apply(&mut connection).unwrap();
}

#[test]
fn an_unexpected_schema_is_not_recorded() {
    let mut connection = Connection::open_in_memory().unwrap();
    let all = migrations_expecting(
        &[("1_alone", "-- no-transaction\nCREATE TABLE a (x);")],
        "CREATE TABLE b (x)",
    );
    assert!(matches!(
        all.apply(&mut connection),
        Err(Error::SchemaMismatch { .. })
    ));
    assert!(versions(&connection).is_empty());
}

#[test]
fn one_that_stopped_does_not_begin_anew_in_a_transaction() {
    let mut connection = database();
    let stops = "-- no-transaction\nINSERT INTO a (x) VALUES (1);\nINSERT INTO b VALUES (3);";
    with_second(failing, stops)
        .apply(&mut connection)
        .unwrap_err();
    let transaction = with_second(
        migrations,
        "INSERT INTO a (x) VALUES (1);\nINSERT INTO a VALUES (3);",
    );
    let error = transaction.apply(&mut connection).unwrap_err();
    assert_eq!(
        error.to_string(),
        "`migrations/2_alone.sql` has lost its `-- no-transaction` after it stopped behind statement 1: \
         put that line back, as the next run goes on from there"
    );
    assert!(matches!(
        error,
        Error::TransactionHalfway { statements: 1, .. }
    ));
    assert_eq!(value::<i64>(&connection, "SELECT count(*) FROM a"), 1);
    // As it says.
    let without = with_second(
        migrations,
        "-- no-transaction\nINSERT INTO a (x) VALUES (1);\nINSERT INTO a VALUES (3);",
    );
    without.apply(&mut connection).unwrap();
    assert_eq!(value::<i64>(&connection, "SELECT sum(x) FROM a"), 4);
}

#[test]
fn one_of_which_nothing_has_run_may_begin_anew_in_a_transaction() {
    let mut connection = database();
    with_second(failing, "-- no-transaction\nINSERT INTO b VALUES (3);")
        .apply(&mut connection)
        .unwrap_err();
    with_second(migrations, "INSERT INTO a VALUES (3);")
        .apply(&mut connection)
        .unwrap();
    assert_eq!(
        value::<i64>(&connection, "SELECT count(*) FROM _tablature_progress"),
        0
    );
}
