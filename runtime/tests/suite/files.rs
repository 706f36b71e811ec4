//! Database files that cannot be used.

use crate::support::{dump, migrations};
use std::path::Path;
use tablature::rusqlite::{Connection, OpenFlags};
use tablature::{Error, Migrations};

fn one() -> Migrations {
    migrations(&[(
        "1_users",
        "CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);",
    )])
}

fn read_only(path: &Path) -> Connection {
    Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap()
}

#[test]
fn a_read_only_file() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("app.db");
    drop(Connection::open(&path).unwrap());
    Connection::open(&path)
        .unwrap()
        .execute_batch("VACUUM")
        .unwrap();
    let mut connection = read_only(&path);
    let error = one().apply(&mut connection).unwrap_err();
    assert!(matches!(error, Error::ReadOnly));
    assert_eq!(
        error.to_string(),
        "the database is read-only: open it for writing to migrate it"
    );
}

#[test]
fn a_read_only_file_that_is_up_to_date() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("app.db");
    let mut writer = Connection::open(&path).unwrap();
    one().apply(&mut writer).unwrap();
    assert!(
        one()
            .apply(&mut read_only(&path))
            .unwrap()
            .applied
            .is_empty()
    );
    // Also where the schema must be verified and that cannot be recorded.
    writer.execute_batch("VACUUM").unwrap();
    assert!(
        one()
            .apply(&mut read_only(&path))
            .unwrap()
            .applied
            .is_empty()
    );
    one().verify(&read_only(&path)).unwrap();
}

#[test]
fn a_file_that_is_no_database() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("app.db");
    std::fs::write(&path, "not a database at all, ".repeat(100)).unwrap();
    let mut connection = Connection::open(&path).unwrap();
    let error = one().apply(&mut connection).unwrap_err();
    assert!(matches!(error, Error::NotADatabase { .. }));
    assert_eq!(
        error.to_string(),
        "the file is not a SQLite database: check its path, or its key if it is encrypted"
    );
    assert!(matches!(
        one().verify(&connection),
        Err(Error::NotADatabase { .. })
    ));
}

#[test]
fn a_damaged_file() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("app.db");
    let mut connection = Connection::open(&path).unwrap();
    one().apply(&mut connection).unwrap();
    drop(connection);
    let mut bytes = std::fs::read(&path).unwrap();
    // The page of the schema, after the file's header.
    bytes[100..2000].fill(0xa5);
    std::fs::write(&path, &bytes).unwrap();
    let mut connection = Connection::open(&path).unwrap();
    let error = one().apply(&mut connection).unwrap_err();
    assert!(matches!(error, Error::Corrupt { .. }), "{error:?}");
    assert_eq!(
        error.to_string(),
        "the database is damaged (database disk image is malformed): restore a backup"
    );
    assert_eq!(std::fs::read(&path).unwrap(), bytes);
}

#[test]
fn a_full_disk() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("app.db");
    let mut connection = Connection::open(&path).unwrap();
    one().apply(&mut connection).unwrap();
    let before = dump(&connection);
    connection.pragma_update(None, "max_page_count", 8).unwrap();
    let more = migrations(&[
        (
            "1_users",
            "CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);",
        ),
        (
            "2_many",
            "WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n LIMIT 1000)
             INSERT INTO users SELECT i, hex(zeroblob(200)) FROM n;",
        ),
    ]);
    let error = more.apply(&mut connection).unwrap_err();
    assert!(matches!(error, Error::DiskFull { .. }), "{error:?}");
    assert_eq!(
        error.to_string(),
        "the disk is full (database or disk is full): free some space and start again"
    );
    assert_eq!(dump(&connection), before);
    connection
        .pragma_update(None, "max_page_count", 100_000)
        .unwrap();
    more.apply(&mut connection).unwrap();
}
