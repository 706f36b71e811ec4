//! A start that goes on with what is there where the database cannot be brought up to date.

use crate::support::{breaking, dump, failing, migrations, value};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use tablature::rusqlite::{self, Connection, OpenFlags, Statement};
use tablature::{Degraded, Error, Event, Migrations, Row, Start, State};
use tempfile::TempDir;

const USERS: (&str, &str) = (
    "1_users",
    "CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT NOT NULL);
     INSERT INTO users VALUES (1, 'a@example.org');",
);
const SEEN: (&str, &str) = (
    "2_seen",
    "ALTER TABLE users ADD COLUMN seen INTEGER; CREATE TABLE tags (tag TEXT);
     CREATE VIEW names AS SELECT email FROM users;",
);

/// Rows, as the macro makes them of a table or view.
macro_rules! row {
    ($name:ident, $table:literal, $columns:expr) => {
        struct $name;

        impl Row for $name {
            const TABLE: &'static str = $table;
            const COLUMNS: &'static [&'static str] = &$columns;
            type Positions = ();

            fn positions(_: &Statement<'_>) -> rusqlite::Result<()> {
                Ok(())
            }

            fn from_row_at(_: &rusqlite::Row<'_>, (): &()) -> rusqlite::Result<Self> {
                Ok($name)
            }
        }
    };
}

row!(User, "users", ["id", "email", "seen"]);
row!(Tag, "tags", ["tag"]);
row!(Name, "names", ["email"]);

fn all() -> Migrations {
    migrations(&[USERS, SEEN])
}

fn file(migrations: &Migrations) -> (TempDir, PathBuf) {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("app.db");
    let mut connection = Connection::open(&path).unwrap();
    migrations.apply(&mut connection).unwrap();
    (directory, path)
}

fn read_only(path: &Path) -> Connection {
    Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap()
}

fn degraded(start: Start) -> Degraded {
    match start {
        Start::Ready(report) => panic!("{report}"),
        Start::Degraded(degraded) => *degraded,
    }
}

/// What is missing, in words.
fn missing(degraded: &Degraded) -> Vec<String> {
    let missing = degraded.missing.as_ref().unwrap();
    missing.iter().map(ToString::to_string).collect()
}

fn refuses_to_write(connection: &Connection) -> bool {
    let write = connection.execute_batch("CREATE TABLE extra (x)");
    write.is_err_and(|error| error.sqlite_error_code() == Some(rusqlite::ErrorCode::ReadOnly))
}

#[test]
fn what_can_be_brought_up_to_date_is_ready() {
    let mut connection = Connection::open_in_memory().unwrap();
    let Start::Ready(report) = all().start(&mut connection) else {
        panic!("degraded");
    };
    assert_eq!(report.applied.len(), 2);
    assert!(all().start(&mut connection).is_ready());
    connection
        .execute_batch("INSERT INTO tags VALUES ('x')")
        .unwrap();
}

#[test]
fn a_file_that_cannot_be_written_is_ready_if_nothing_is_pending() {
    let (_directory, path) = file(&all());
    assert!(all().start(&mut read_only(&path)).is_ready());
}

#[test]
fn a_file_that_cannot_be_written_and_lacks_migrations() {
    let (_directory, path) = file(&migrations(&[USERS]));
    let mut connection = read_only(&path);
    let degraded = degraded(all().start(&mut connection));
    assert!(matches!(degraded.error, Error::ReadOnly), "{degraded}");
    let status = degraded.status.as_ref().unwrap();
    assert!(matches!(status.state, State::Pending { .. }), "{status}");
    assert_eq!((status.pending.len(), status.applied.len()), (1, 1));
    assert_eq!(
        missing(&degraded),
        [
            "table `tags` is missing (migrations/1_users.sql:1)",
            "column `users.seen` is missing (migrations/1_users.sql:2)",
            "view `names` is missing",
        ]
    );
    assert!(!degraded.can_read::<User>(&connection));
    assert!(!degraded.can_read::<Name>(&connection));
    row!(Older, "users", ["id", "email"]);
    assert!(degraded.can_read::<Older>(&connection));
    assert_eq!(
        degraded.to_string(),
        "read-only: the database is read-only: open it for writing to migrate it\n  \
         table `tags` is missing (migrations/1_users.sql:1)\n  \
         column `users.seen` is missing (migrations/1_users.sql:2)\n  view `names` is missing"
    );
}

#[test]
fn a_migration_that_fails_leaves_a_database_that_is_only_read() {
    let (_directory, path) = file(&migrations(&[USERS]));
    let mut connection = Connection::open(&path).unwrap();
    let before = dump(&connection);
    let files = [
        USERS,
        (
            "2_wrong",
            "CREATE TABLE tags (x); INSERT INTO users (id) VALUES (1);",
        ),
    ];
    let degraded = degraded(failing(&files).start(&mut connection));
    assert!(matches!(degraded.error, Error::Statement(_)), "{degraded}");
    assert!(refuses_to_write(&connection));
    assert_eq!(dump(&connection), before);
    // With the next program on the same connection all is well.
    assert!(all().start(&mut connection).is_ready());
    connection
        .execute_batch("INSERT INTO tags VALUES ('x')")
        .unwrap();
}

#[test]
fn a_schema_that_was_changed_behind_its_back() {
    let mut connection = Connection::open_in_memory().unwrap();
    all().apply(&mut connection).unwrap();
    connection
        .execute_batch("DROP VIEW names; ALTER TABLE users DROP COLUMN seen; CREATE TABLE more (x)")
        .unwrap();
    let degraded = degraded(all().start(&mut connection));
    assert!(
        matches!(degraded.error, Error::SchemaMismatch { .. }),
        "{degraded}"
    );
    let status = degraded.status.as_ref().unwrap();
    assert!(
        matches!(&status.state, State::Drifted { differences } if differences.len() == 3),
        "{status}"
    );
    assert_eq!(missing(&degraded).len(), 2);
    assert!(degraded.can_read::<Tag>(&connection));
    assert!(!degraded.can_read::<User>(&connection));
    assert!(refuses_to_write(&connection));
    assert_eq!(value::<i64>(&connection, "SELECT count(*) FROM users"), 1);
}

#[test]
fn a_view_without_its_table_cannot_be_read() {
    let mut connection = Connection::open_in_memory().unwrap();
    all().apply(&mut connection).unwrap();
    connection
        .execute_batch("DROP TABLE users; CREATE TABLE users (id INTEGER PRIMARY KEY)")
        .unwrap();
    let degraded = degraded(all().start(&mut connection));
    assert!(!missing(&degraded).iter().any(|it| it.contains("names")));
    assert!(!degraded.can_read::<Name>(&connection));
}

#[test]
fn a_database_of_a_newer_program() {
    let newer = breaking(all(), 2, "a reason");
    let mut connection = Connection::open_in_memory().unwrap();
    newer.apply(&mut connection).unwrap();
    let older = migrations(&[USERS]);
    let degraded = degraded(
        older
            .runner()
            .accept_newer_if_additive()
            .start(&mut connection),
    );
    assert!(matches!(degraded.error, Error::Newer { .. }), "{degraded}");
    let status = degraded.status.as_ref().unwrap();
    assert!(
        matches!(&status.state, State::Newer { migrations, .. } if migrations.len() == 1),
        "{status}"
    );
    // All that it knows is there.
    assert_eq!(missing(&degraded), [""; 0]);
    row!(Older, "users", ["id", "email"]);
    assert!(degraded.can_read::<Older>(&connection));
    assert!(refuses_to_write(&connection));
}

#[test]
fn a_database_of_something_else() {
    let mut connection = Connection::open_in_memory().unwrap();
    connection.execute_batch(USERS.1).unwrap();
    let degraded = degraded(all().start(&mut connection));
    assert!(
        matches!(degraded.error, Error::NoHistory { .. }),
        "{degraded}"
    );
    let status = degraded.status.as_ref().unwrap();
    assert!(matches!(&status.state, State::Adoptable { versions, .. } if *versions == [1]));
    assert!(refuses_to_write(&connection));
}

#[test]
fn a_database_that_another_connection_holds() {
    for (journal, hold, is_readable) in [
        ("DELETE", "BEGIN IMMEDIATE", true),
        ("DELETE", "BEGIN EXCLUSIVE", false),
        ("WAL", "BEGIN EXCLUSIVE", true),
    ] {
        let (_directory, path) = file(&migrations(&[USERS]));
        let holder = Connection::open(&path).unwrap();
        holder
            .pragma_update_and_check(None, "journal_mode", journal, |_| Ok(()))
            .unwrap();
        holder.execute_batch(hold).unwrap();
        let all = all();
        let waits = AtomicUsize::new(0);
        let listener = |event: Event<'_>| {
            if let Event::Waiting { .. } = event {
                waits.fetch_add(1, Ordering::Relaxed);
            }
        };
        let runner = all.runner().busy_timeout(Duration::from_millis(100));
        let runner = runner.on_event(&listener);
        let mut connection = Connection::open(&path).unwrap();
        let degraded = degraded(runner.start(&mut connection));
        // It is not waited for a second time.
        assert_eq!(waits.load(Ordering::Relaxed), 1, "{journal} {hold}");
        assert!(matches!(degraded.error, Error::Locked { .. }), "{degraded}");
        assert_eq!(degraded.status.is_some(), is_readable, "{journal} {hold}");
        assert_eq!(degraded.missing.is_some(), is_readable, "{journal} {hold}");
        if !is_readable {
            assert!(
                degraded
                    .to_string()
                    .ends_with("\nthe database cannot be read")
            );
            assert!(!degraded.can_read::<User>(&connection));
        }
        holder.execute_batch("ROLLBACK").unwrap();
        assert!(refuses_to_write(&connection));
        assert!(runner.start(&mut connection).is_ready());
    }
}

#[test]
fn a_file_that_is_no_database() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("app.db");
    fs::write(
        &path,
        "no database at all, but a text that is long enough for one",
    )
    .unwrap();
    let mut connection = Connection::open(&path).unwrap();
    let degraded = degraded(all().start(&mut connection));
    assert!(
        matches!(degraded.error, Error::NotADatabase { .. }),
        "{degraded}"
    );
    assert!(degraded.status.is_none() && degraded.missing.is_none());
}

#[test]
fn a_connection_in_a_transaction_is_told_so() {
    let mut connection = Connection::open_in_memory().unwrap();
    connection.execute_batch("BEGIN").unwrap();
    let degraded = degraded(all().start(&mut connection));
    assert!(matches!(degraded.error, Error::InTransaction), "{degraded}");
    assert!(!connection.is_autocommit());
}

#[cfg(feature = "serde")]
#[test]
fn a_health_endpoint_can_show_it() {
    let mut connection = Connection::open_in_memory().unwrap();
    all().apply(&mut connection).unwrap();
    connection.execute_batch("DROP TABLE tags").unwrap();
    let degraded = degraded(all().start(&mut connection));
    let shown = serde_json::to_value(&degraded).unwrap();
    assert_eq!(shown["status"]["state"], "drifted");
    assert_eq!(shown["status"]["applied"][1]["name"], "seen");
    assert_eq!(shown["missing"][0]["object"]["name"], "tags");
    assert!(
        shown["error"]
            .as_str()
            .unwrap()
            .contains("`tags` is missing")
    );
}
