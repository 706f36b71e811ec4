//! What the application has on its connection, and what a migration leaves there.

use crate::support::{dump, failing, migrations, migrations_expecting, value};
use tablature::Error;
use tablature::rusqlite::Connection;

/// Opens a database of which others know the name.
fn open(directory: &tempfile::TempDir) -> Connection {
    Connection::open(directory.path().join("app.db")).unwrap()
}

#[test]
fn a_table_of_an_attached_database_is_not_dropped_for_its_name() {
    let mut connection = Connection::open_in_memory().unwrap();
    connection
        .execute_batch("ATTACH ':memory:' AS aux; CREATE TABLE aux.other (z); INSERT INTO aux.other VALUES (1);")
        .unwrap();
    let before = dump(&connection);
    let all = migrations(&[(
        "1_other",
        "DROP TABLE IF EXISTS other; CREATE TABLE other (a);",
    )]);
    let error = all.apply(&mut connection).unwrap_err();
    assert_eq!(
        error.to_string(),
        "the connection has the attached database `aux`, which names in the migrations could mean: \
         migrate before the application makes these, or on a connection without any"
    );
    assert_eq!(value::<i64>(&connection, "SELECT z FROM aux.other"), 1);
    assert_eq!(dump(&connection), before);
    connection.execute_batch("DETACH aux").unwrap();
    all.apply(&mut connection).unwrap();
}

#[test]
fn a_temporary_table_does_not_catch_the_name_of_a_table() {
    let mut connection = Connection::open_in_memory().unwrap();
    connection
        .execute_batch("CREATE TEMP TABLE t (zzz); CREATE TEMP VIEW v AS SELECT 1;")
        .unwrap();
    let all = migrations(&[
        ("1_create", "CREATE TABLE t (a);"),
        ("2_rename", "ALTER TABLE t RENAME TO q;"),
    ]);
    let error = all.apply(&mut connection).unwrap_err();
    let Error::NotAlone {
        databases,
        temporary,
    } = error
    else {
        panic!("{error}");
    };
    assert_eq!((databases, temporary), (vec![], strings(&["v", "t"])));
}

#[test]
fn with_nothing_pending_the_application_may_have_what_it_wants() {
    let mut connection = Connection::open_in_memory().unwrap();
    let all = migrations(&[("1_create", "CREATE TABLE t (a);")]);
    all.apply(&mut connection).unwrap();
    connection
        .execute_batch(
            "CREATE TEMP TABLE t (zzz); ATTACH ':memory:' AS aux; CREATE TABLE aux.t (z);",
        )
        .unwrap();
    all.verify(&connection).unwrap();
    assert!(all.apply(&mut connection).unwrap().applied.is_empty());
    // Once more without the short way.
    connection
        .execute_batch("UPDATE _tablature_history SET verified_schema = NULL")
        .unwrap();
    assert!(all.apply(&mut connection).unwrap().applied.is_empty());
    assert_eq!(value::<i64>(&connection, "SELECT count(*) FROM temp.t"), 0);
}

#[test]
fn what_a_file_leaves_is_gone_at_its_end() {
    let files = [
        (
            "1_leave",
            "CREATE TEMP TABLE q (a INTEGER PRIMARY KEY AUTOINCREMENT); CREATE TEMP VIEW v AS SELECT a FROM q; CREATE TABLE t (a);
             CREATE TEMP TRIGGER r AFTER INSERT ON t BEGIN INSERT INTO q VALUES (new.a); END;
             CREATE VIRTUAL TABLE temp.f USING fts5(x);
             ATTACH ':memory:' AS aux;",
        ),
        (
            "2_look",
            "DROP TABLE IF EXISTS q; INSERT INTO t VALUES (1);",
        ),
        (
            "3_leave",
            "-- no-transaction\nATTACH ':memory:' AS aux; CREATE TABLE aux.x (a); CREATE TEMP TABLE q (a);",
        ),
        ("4_again", "CREATE TEMP TABLE q (b); CREATE TABLE x (a);"),
    ];
    let mut connection = Connection::open_in_memory().unwrap();
    migrations_expecting(&files, "CREATE TABLE t (a); CREATE TABLE x (a);")
        .apply(&mut connection)
        .unwrap();
    let left = "SELECT (SELECT count(*) FROM temp.sqlite_master)
                     + (SELECT count(*) FROM pragma_database_list WHERE name NOT IN ('main', 'temp'))";
    assert_eq!(value::<i64>(&connection, left), 0);

    let uses = [
        ("1_leave", "CREATE TEMP TABLE q (a);"),
        ("2_use", "INSERT INTO q VALUES (1);"),
    ];
    let error = failing(&uses).apply(&mut connection_new()).unwrap_err();
    assert!(error.to_string().contains("no such table: q"), "{error}");
}

#[test]
fn a_temporary_table_that_counts_up_does_not_hide_the_counters_of_others() {
    let files = [
        (
            "1_count",
            "CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT); INSERT INTO t VALUES (7); DELETE FROM t;
             CREATE TEMP TABLE q (id INTEGER PRIMARY KEY AUTOINCREMENT); INSERT INTO q VALUES (1);",
        ),
        ("2_again", "DELETE FROM sqlite_sequence; INSERT INTO t DEFAULT VALUES;"),
    ];
    let mut connection = connection_new();
    migrations_expecting(
        &files,
        "CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT);",
    )
    .apply(&mut connection)
    .unwrap();
    assert_eq!(value::<i64>(&connection, "SELECT id FROM t"), 1);
}

#[test]
fn the_place_of_temporary_tables_may_be_set() {
    let files = [
        ("1_create", "CREATE TABLE t (a);"),
        (
            "2_set",
            "PRAGMA temp_store = MEMORY; CREATE TEMP TABLE q (a);",
        ),
    ];
    migrations(&files).apply(&mut connection_new()).unwrap();
}

#[test]
fn what_a_failed_file_leaves_is_gone_as_well() {
    let mut connection = connection_new();
    let all = failing(&[(
        "1_leave",
        "-- no-transaction\nCREATE TEMP TABLE q (a); ATTACH ':memory:' AS aux; SELECT nowhere;",
    )]);
    for _ in 0..2 {
        let error = all.apply(&mut connection).unwrap_err();
        assert!(error.to_string().contains("no such column"), "{error}");
    }
}

#[test]
fn a_database_that_cannot_be_detached_is_told() {
    let mut connection = connection_new();
    let all = failing(&[(
        "1_attach",
        "ATTACH ':memory:' AS aux; CREATE TABLE aux.x (a);",
    )]);
    let error = all.apply(&mut connection).unwrap_err();
    assert_eq!(
        error.to_string(),
        "`migrations/1_attach.sql` leaves the database `aux` attached, and the next file would see it: \
         begin the file with `-- no-transaction` and end it with DETACH"
    );
    assert!(connection.execute_batch("SELECT * FROM aux.x").is_err());
}

#[test]
fn settings_of_the_application_do_not_change_what_a_migration_does() {
    for setting in [
        "legacy_alter_table",
        "query_only",
        "count_changes",
        "ignore_check_constraints",
        "empty_result_callbacks",
    ] {
        let mut connection = connection_new();
        connection
            .execute_batch(&format!("PRAGMA {setting} = ON"))
            .unwrap();
        let all = migrations(&[
            (
                "1_create",
                "CREATE TABLE t (a); CREATE VIEW v AS SELECT a FROM t;",
            ),
            ("2_rename", "ALTER TABLE t RENAME TO q;"),
        ]);
        all.apply(&mut connection)
            .unwrap_or_else(|error| panic!("{setting}: {error}"));
        assert_eq!(value::<i64>(&connection, &format!("PRAGMA {setting}")), 1);
    }
}

#[test]
fn no_setting_of_a_migration_stands_in_the_way_of_its_record() {
    for setting in ["count_changes", "query_only", "empty_result_callbacks"] {
        for first in ["", "-- no-transaction\n"] {
            let sql: &'static str =
                format!("{first}CREATE TABLE t (a); PRAGMA {setting} = ON; SELECT 1;").leak();
            let mut connection = connection_new();
            migrations(&[("1_set", sql)])
                .apply(&mut connection)
                .unwrap_or_else(|error| panic!("{sql}: {error}"));
        }
    }
}

#[test]
fn a_resumed_file_has_the_connection_that_it_set_up() {
    let directory = tempfile::tempdir().unwrap();
    let tables = (
        "1_tables",
        "CREATE TABLE p (id INTEGER PRIMARY KEY); CREATE TABLE c (p REFERENCES p);",
    );
    let all = migrations_expecting(
        &[
            tables,
            (
                "2_rows",
                "-- no-transaction\nPRAGMA foreign_keys = ON;\nINSERT INTO c VALUES (NULL);\nINSERT INTO c VALUES (7);",
            ),
        ],
        tables.1,
    );
    for _ in 0..2 {
        let error = all.apply(&mut open(&directory)).unwrap_err().to_string();
        assert!(error.contains("FOREIGN KEY constraint failed"), "{error}");
    }
    let connection = open(&directory);
    assert_eq!(value::<i64>(&connection, "SELECT count(*) FROM c"), 1);
    connection
        .execute_batch("INSERT INTO p VALUES (7)")
        .unwrap();
    drop(connection);
    all.apply(&mut open(&directory)).unwrap();
}

#[test]
fn a_resumed_file_has_only_the_settings_that_had_effect() {
    let directory = tempfile::tempdir().unwrap();
    let aux = directory.path().join("aux.db");
    let sql: &'static str = format!(
        "-- no-transaction\nCREATE TABLE p (id INTEGER PRIMARY KEY);\nCREATE TABLE c (p REFERENCES p);\n\
         ATTACH '{}' AS aux;\nCREATE TABLE aux.x (a);\n\
         BEGIN;\nPRAGMA foreign_keys = ON;\nCOMMIT;\nSAVEPOINT s;\nRELEASE s;\n\
         INSERT INTO c VALUES (7);\nINSERT INTO aux.x SELECT a FROM gate;\nDETACH aux;",
        aux.display()
    )
    .leak();
    let all = migrations_expecting(
        &[("1_rows", sql)],
        "CREATE TABLE p (id INTEGER PRIMARY KEY); CREATE TABLE c (p REFERENCES p);",
    );
    let runner = all.runner().ignore_tables(["gate"]);
    let error = runner.apply(&mut open(&directory)).unwrap_err();
    assert!(error.to_string().contains("no such table: gate"), "{error}");
    open(&directory)
        .execute_batch("CREATE TABLE gate (a); INSERT INTO gate VALUES (1);")
        .unwrap();
    let mut connection = open(&directory);
    connection
        .execute_batch("PRAGMA foreign_keys = OFF")
        .unwrap();
    runner.apply(&mut connection).unwrap();
    let aux = Connection::open(aux).unwrap();
    assert_eq!(value::<i64>(&aux, "SELECT count(*) FROM x"), 1);
}

fn connection_new() -> Connection {
    Connection::open_in_memory().unwrap()
}

fn strings(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

#[test]
fn a_statement_of_the_application_that_is_not_finished() {
    let directory = tempfile::tempdir().unwrap();
    let mut connection = open(&directory);
    let first = (
        "1_create",
        "CREATE TABLE t (a); INSERT INTO t VALUES (1), (2), (3);",
    );
    migrations(&[first]).apply(&mut connection).unwrap();
    let all = migrations(&[
        first,
        ("2_more", "CREATE TABLE u (a); DELETE FROM t WHERE a = 2;"),
    ]);
    let alone = migrations(&[first, ("2_more", "-- no-transaction\nVACUUM;")]);

    // What looks only is not in its way.
    let mut select = connection.prepare("SELECT a FROM t").unwrap();
    let mut rows = select.query([]).unwrap();
    assert!(rows.next().unwrap().is_some());
    assert_eq!(all.status(&connection).unwrap().pending.len(), 1);
    all.runner().plan(&connection).unwrap();
    let backup = tablature::Backup::to(directory.path().join("copies"));
    backup.take(&connection).unwrap();
    assert!(rows.next().unwrap().is_some());

    // A run has the connection for itself, but for a statement that is never ended.
    std::mem::forget(rows);
    std::mem::forget(select);
    let error = alone.apply(&mut connection).unwrap_err();
    assert_eq!(
        error.to_string(),
        "migration 2 `more` failed at migrations/2_more.sql:2:1: cannot VACUUM - SQL statements in progress, \
         in `VACUUM`; the statements before it were kept and will not run again: remove the cause and start again"
    );
    all.apply(&mut connection).unwrap();
    assert_eq!(value::<i64>(&connection, "SELECT sum(a) FROM t"), 4);
}
