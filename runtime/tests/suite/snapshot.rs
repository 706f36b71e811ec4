use crate::support::{migrations, statements};
use tablature::migration::Snapshot;
use tablature::rusqlite::Connection;
use tablature::{Error, Migrations, State};

const ONE: (&str, &str) = (
    "1_users",
    "CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT)",
);
const TWO: (&str, &str) = ("2_narrator", "INSERT INTO users VALUES (1, 'narrator')");
const THREE: (&str, &str) = ("3_posts", "CREATE TABLE posts (id INTEGER PRIMARY KEY)");
const HEAD: &str = "CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
     INSERT INTO users VALUES (1, 'narrator');";

/// Migrations with a snapshot of one of their versions.
fn with_snapshot(files: &[(&'static str, &'static str)], version: i64, sql: &str) -> Migrations {
    let mut migrations = migrations(files);
    let mut list = migrations.list.iter();
    let last = list.find(|migration| migration.version == version).unwrap();
    migrations.snapshot = Some(Snapshot {
        version,
        chain: last.chain,
        file: "migrations/tablature.snapshot".into(),
        sql: sql.to_owned().into(),
        statements: statements(sql).into(),
    });
    migrations
}

fn count(connection: &Connection, what: &str) -> i64 {
    let sql = format!("SELECT count(*) FROM {what}");
    connection.query_row(&sql, [], |row| row.get(0)).unwrap()
}

#[test]
fn a_new_database_is_made_from_it_and_what_is_newer_applied_on_top() {
    let all = with_snapshot(&[ONE, TWO, THREE], 2, HEAD);
    let mut connection = Connection::open_in_memory().unwrap();
    let report = all.apply(&mut connection).unwrap();
    assert_eq!(
        report.to_string(),
        "made from the snapshot of version 2, applied 1 migration, now at version 3"
    );
    assert_eq!(report.snapshot, Some(2));
    assert_eq!(report.applied.len(), 1);
    assert_eq!(count(&connection, "users"), 1);
    all.verify(&connection).unwrap();
    assert!(all.apply(&mut connection).unwrap().applied.is_empty());

    // The history is the one that the migrations would have left.
    let mut other = Connection::open_in_memory().unwrap();
    migrations(&[ONE, TWO, THREE]).apply(&mut other).unwrap();
    let history = |connection: &Connection| -> Vec<(i64, String, Vec<u8>, Vec<u8>)> {
        let mut rows = connection
            .prepare("SELECT version, name, checksum, chain FROM _tablature_history")
            .unwrap();
        let rows = rows.query_map([], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
        });
        rows.unwrap().collect::<Result<_, _>>().unwrap()
    };
    assert_eq!(history(&connection), history(&other));
}

#[test]
fn it_is_enough_by_itself() {
    let all = with_snapshot(&[ONE, TWO], 2, HEAD);
    let mut connection = Connection::open_in_memory().unwrap();
    let report = all.apply(&mut connection).unwrap();
    assert_eq!(report.to_string(), "made from the snapshot of version 2");
    assert_eq!(all.status(&connection).unwrap().state, State::Current);
    let report = all.apply(&mut connection).unwrap();
    assert_eq!(report.to_string(), "up to date at version 2");
    assert_eq!(report.snapshot, None);
}

#[test]
fn it_is_only_for_a_new_database() {
    let all = with_snapshot(&[ONE, TWO, THREE], 3, "CREATE TABLE not_used (x)");
    let mut connection = Connection::open_in_memory().unwrap();
    migrations(&[ONE]).apply(&mut connection).unwrap();
    let report = all.apply(&mut connection).unwrap();
    assert_eq!((report.snapshot, report.applied.len()), (None, 2));

    // One that something else is in is not made anew either.
    let mut connection = Connection::open_in_memory().unwrap();
    connection
        .execute_batch("CREATE TABLE sessions (x)")
        .unwrap();
    let runner = all.runner().ignore_tables(["sessions"]);
    let report = runner.apply(&mut connection).unwrap();
    assert_eq!((report.snapshot, report.applied.len()), (None, 3));
}

#[test]
fn a_run_that_ends_before_does_not_use_it() {
    let all = with_snapshot(&[ONE, TWO, THREE], 2, HEAD);
    let mut connection = Connection::open_in_memory().unwrap();
    let report = all.runner().to_version(1).apply(&mut connection).unwrap();
    assert_eq!((report.snapshot, report.version), (None, Some(1)));
    let mut connection = Connection::open_in_memory().unwrap();
    let report = all.runner().to_version(2).apply(&mut connection).unwrap();
    assert_eq!((report.snapshot, report.version), (Some(2), Some(2)));
}

#[test]
fn one_of_another_schema_leaves_nothing_behind() {
    let all = with_snapshot(
        &[ONE, TWO],
        2,
        "CREATE TABLE users (id INTEGER PRIMARY KEY)",
    );
    let mut connection = Connection::open_in_memory().unwrap();
    let error = all.apply(&mut connection).unwrap_err();
    assert!(matches!(error, Error::SchemaMismatch { .. }), "{error}");
    assert_eq!(count(&connection, "sqlite_schema"), 0);
}

#[test]
fn a_statement_of_it_that_fails_is_named_and_leaves_nothing_behind() {
    let sql =
        "CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);\nINSERT INTO user VALUES (1);";
    let all = with_snapshot(&[ONE, TWO], 2, sql);
    let mut connection = Connection::open_in_memory().unwrap();
    let error = all.apply(&mut connection).unwrap_err();
    let Error::Statement(failed) = &error else {
        panic!("{error}");
    };
    assert_eq!(failed.file, "migrations/tablature.snapshot");
    assert_eq!((failed.line, failed.column), (2, 1));
    assert_eq!(count(&connection, "sqlite_schema"), 0);
}
