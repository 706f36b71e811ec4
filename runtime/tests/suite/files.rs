//! Database files that cannot be used.

use crate::support::{dump, migrations, migrations_expecting, value};
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

#[test]
fn a_file_that_was_cut() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("app.db");
    let users = "CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
         WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n LIMIT 1000)
         INSERT INTO users SELECT i, hex(zeroblob(50)) FROM n;";
    let first = migrations(&[("1_users", users)]);
    first.apply(&mut Connection::open(&path).unwrap()).unwrap();
    let whole = std::fs::read(&path).unwrap();
    let more = migrations(&[
        ("1_users", users),
        (
            "2_names",
            "CREATE INDEX names ON users (name); DELETE FROM users WHERE id > 10;",
        ),
    ]);
    for length in [2, 50, 100, 300, 512, 4096, 8192, 12_288, whole.len() - 4096] {
        std::fs::write(&path, &whole[..length]).unwrap();
        let mut connection = Connection::open(&path).unwrap();
        let error = more.apply(&mut connection).unwrap_err();
        assert!(
            matches!(error, Error::Corrupt { .. } | Error::NotADatabase { .. }),
            "{length}: {error}"
        );
        drop(connection);
        assert_eq!(std::fs::read(&path).unwrap(), whole[..length], "{length}");
    }
}

#[test]
fn an_encrypted_file() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("app.db");
    let bytes: Vec<u8> = (0..8192u32)
        .map(|i| (i.wrapping_mul(2_654_435_761) >> 24) as u8)
        .collect();
    std::fs::write(&path, &bytes).unwrap();
    let mut connection = Connection::open(&path).unwrap();
    let error = one().apply(&mut connection).unwrap_err();
    assert!(matches!(error, Error::NotADatabase { .. }), "{error}");
    for error in [
        one().status(&connection).unwrap_err(),
        one().runner().plan(&connection).unwrap_err(),
        one().adopt(&mut connection).unwrap_err(),
        one().runner().revert_to(&mut connection, 0).unwrap_err(),
        tablature::Backup::to(directory.path())
            .take(&connection)
            .unwrap_err(),
    ] {
        assert!(
            error.to_string().contains("not a SQLite database"),
            "{error}"
        );
    }
    assert_eq!(std::fs::read(&path).unwrap(), bytes);
}

/// Leaves files as a program that is killed within a transaction leaves them.
fn killed(path: &Path, journal: &str) {
    let alive = path.with_file_name("alive.db");
    let connection = Connection::open(&alive).unwrap();
    connection
        .pragma_update(None, "journal_mode", journal)
        .unwrap();
    one().apply(&mut Connection::open(&alive).unwrap()).unwrap();
    connection
        .execute_batch(
            "PRAGMA cache_size = 1; BEGIN;
             WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n LIMIT 1000)
             INSERT INTO users SELECT i, hex(zeroblob(50)) FROM n;",
        )
        .unwrap();
    for suffix in ["", "-journal", "-wal"] {
        let of = |path: &Path| {
            let mut path = path.as_os_str().to_owned();
            path.push(suffix);
            std::path::PathBuf::from(path)
        };
        if of(&alive).exists() {
            std::fs::copy(of(&alive), of(path)).unwrap();
        }
    }
}

#[test]
fn a_read_only_connection_cannot_undo_what_a_killed_program_has_begun() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("app.db");
    killed(&path, "DELETE");
    let bytes = std::fs::read(&path).unwrap();
    let errors = [
        one().apply(&mut read_only(&path)).unwrap_err(),
        one().verify(&read_only(&path)).unwrap_err(),
        one().status(&read_only(&path)).unwrap_err(),
    ];
    for error in errors {
        assert!(matches!(error, Error::Unrecovered { .. }), "{error}");
        assert_eq!(
            error.to_string(),
            "a crash has left the database to be recovered (attempt to write a readonly database), \
             which a read-only connection cannot do: open it once for writing"
        );
    }
    assert_eq!(std::fs::read(&path).unwrap(), bytes);
    // As it says.
    one().verify(&Connection::open(&path).unwrap()).unwrap();
    one().verify(&read_only(&path)).unwrap();
}

#[test]
fn a_read_only_connection_passes_over_what_a_killed_program_has_begun_in_a_log() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("app.db");
    killed(&path, "WAL");
    one().verify(&read_only(&path)).unwrap();
    let count = "SELECT count(*) FROM users";
    assert_eq!(value::<i64>(&read_only(&path), count), 0);
}

#[test]
fn an_immutable_file() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("app.db");
    let mut connection = Connection::open(&path).unwrap();
    one().apply(&mut connection).unwrap();
    drop(connection);
    let uri = format!("file:{}?immutable=1", path.display());
    let mut connection = Connection::open(uri).unwrap();
    assert!(one().apply(&mut connection).unwrap().applied.is_empty());
    one().verify(&connection).unwrap();
    let more = migrations(&[
        (
            "1_users",
            "CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);",
        ),
        ("2_tags", "CREATE TABLE tags (x);"),
    ]);
    let error = more.apply(&mut connection).unwrap_err();
    assert!(matches!(error, Error::ReadOnly), "{error}");
}

#[test]
fn a_file_that_was_moved_or_deleted_while_it_was_open() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("app.db");
    for is_moved in [true, false] {
        let mut connection = Connection::open(&path).unwrap();
        connection
            .execute_batch("CREATE TABLE IF NOT EXISTS sessions (x)")
            .unwrap();
        if is_moved {
            std::fs::rename(&path, directory.path().join("moved.db")).unwrap();
        } else {
            std::fs::remove_file(&path).unwrap();
        }
        let migrations = one();
        let runner = migrations.runner().ignore_tables(["sessions"]);
        let error = runner.apply(&mut connection).unwrap_err();
        assert!(matches!(error, Error::Moved), "{error}");
        assert_eq!(
            error.to_string(),
            "the database file was moved or deleted since it was opened: open it again"
        );
    }
    let moved = Connection::open(directory.path().join("moved.db")).unwrap();
    assert_eq!(
        value::<i64>(&moved, "SELECT count(*) FROM sqlite_schema"),
        1
    );
}

#[test]
fn a_directory_in_which_no_journal_can_be_made() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("app.db");
    let mut connection = Connection::open(&path).unwrap();
    // What else has the journal's name.
    std::fs::create_dir(directory.path().join("app.db-journal")).unwrap();
    let error = one().apply(&mut connection).unwrap_err();
    assert!(matches!(error, Error::CannotOpen { .. }), "{error}");
    assert_eq!(
        error.to_string(),
        "the database cannot be opened (unable to open database file): \
         check that its file and directory exist and that this process may write to both"
    );
    assert!(connection.is_autocommit());
    std::fs::remove_dir(directory.path().join("app.db-journal")).unwrap();
    one().apply(&mut connection).unwrap();
}

#[test]
fn a_file_that_a_migration_cannot_open() {
    let directory = tempfile::tempdir().unwrap();
    let mut connection = Connection::open(directory.path().join("app.db")).unwrap();
    for sql in [
        "ATTACH '/no/such/place.db' AS a",
        "VACUUM INTO '/no/such/place.db'",
    ] {
        let file: &str = format!("-- no-transaction\n{sql};").leak();
        let error = migrations_expecting(&[("1_other", file)], "")
            .apply(&mut connection)
            .unwrap_err();
        assert!(matches!(error, Error::Statement(_)), "{error}");
        assert!(
            error
                .to_string()
                .contains("migrations/1_other.sql:2:1: unable to open database: /no/such/place.db"),
            "{error}"
        );
    }
}
