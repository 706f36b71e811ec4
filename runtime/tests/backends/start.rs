//! A start that goes on where the database cannot be brought up to date.

use crate::backend::{Backend, Synchronous};
use crate::support::{failing, migrations};
use tablature::tokio_postgres::{self, Row};
use tablature::{Degraded, Error, PostgresRow, Start, State};

const USERS: (&str, &str) = (
    "1_users",
    "CREATE TABLE users (id integer PRIMARY KEY, email text NOT NULL)",
);
const TAGS: (&str, &str) = (
    "2_tags",
    "ALTER TABLE users ADD COLUMN seen integer; CREATE TABLE tags (tag text)",
);

on_every_backend! {
    what_can_be_brought_up_to_date_is_ready_and_is_written
    a_migration_that_fails_leaves_a_database_that_is_only_read
    a_schema_that_was_changed_is_told_and_only_read
    a_database_of_something_else_is_only_read
}

fn degraded(start: Start) -> Degraded {
    match start {
        Start::Ready(report) => panic!("{report}"),
        Start::Degraded(degraded) => *degraded,
    }
}

fn only_reads<B: Backend>(database: &mut B) -> bool {
    let is_read = database.try_run("SELECT 1").is_ok();
    is_read && database.try_run("CREATE TABLE more (x integer)").is_err()
}

fn what_can_be_brought_up_to_date_is_ready_and_is_written<B: Backend>() {
    let all = migrations::<B>(&[USERS, TAGS]);
    let mut database = B::new().unwrap();
    let Start::Ready(report) = database.start(all.runner()) else {
        panic!("degraded");
    };
    assert_eq!(report.applied.len(), 2);
    assert!(database.start(all.runner()).is_ready());
    database.run("INSERT INTO tags VALUES ('x')");
}

fn a_migration_that_fails_leaves_a_database_that_is_only_read<B: Backend>() {
    let mut database = B::new().unwrap();
    database.apply(migrations::<B>(&[USERS]).runner()).unwrap();
    let before = database.dump();
    let wrong = (
        "2_wrong",
        "CREATE TABLE tags (x integer); INSERT INTO users (id) VALUES (1)",
    );
    let degraded = degraded(database.start(failing::<B>(&[USERS, wrong]).runner()));
    assert!(matches!(degraded.error, Error::Statement(_)), "{degraded}");
    let status = degraded.status.as_ref().unwrap();
    assert!(matches!(status.state, State::Pending { .. }), "{status}");
    assert!(only_reads(&mut database));
    assert_eq!(database.dump(), before);
    // With the next program on the same connection all is well.
    let all = migrations::<B>(&[USERS, TAGS]);
    assert!(database.start(all.runner()).is_ready());
    database.run("INSERT INTO tags VALUES ('x')");
}

fn a_schema_that_was_changed_is_told_and_only_read<B: Backend>() {
    let all = migrations::<B>(&[USERS, TAGS]);
    let mut database = B::new().unwrap();
    database.apply(all.runner()).unwrap();
    database.run("ALTER TABLE users DROP COLUMN seen");
    let degraded = degraded(database.start(all.runner()));
    assert!(
        matches!(degraded.error, Error::SchemaMismatch { .. }),
        "{degraded}"
    );
    let status = degraded.status.as_ref().unwrap();
    assert!(matches!(status.state, State::Drifted { .. }), "{status}");
    let missing = degraded.missing.as_ref().unwrap();
    assert_eq!(missing.len(), 1);
    assert!(missing[0].to_string().contains("`users.seen` is missing"));
    assert!(only_reads(&mut database));
    // It is mended by another connection, as this one does not write.
    database
        .another()
        .run("ALTER TABLE users ADD COLUMN seen integer");
    assert!(database.start(all.runner()).is_ready());
}

fn a_database_of_something_else_is_only_read<B: Backend>() {
    let mut database = B::new().unwrap();
    database.run(USERS.1);
    let degraded = degraded(database.start(migrations::<B>(&[USERS]).runner()));
    assert!(
        matches!(degraded.error, Error::NoHistory { .. }),
        "{degraded}"
    );
    assert!(only_reads(&mut database));
}

/// Rows, as the macro makes them of a table or view.
macro_rules! row {
    ($name:ident, $schema:literal, $table:literal, $columns:expr) => {
        struct $name;

        impl PostgresRow for $name {
            const SCHEMA: &'static str = $schema;
            const TABLE: &'static str = $table;
            const COLUMNS: &'static [&'static str] = &$columns;
            type Positions = ();

            fn positions(_: &Row) -> Result<(), tokio_postgres::Error> {
                Ok(())
            }

            fn from_row_at(_: &Row, (): &()) -> Result<Self, tokio_postgres::Error> {
                Ok($name)
            }
        }
    };
}

row!(Tale, "tales", "tales", ["id", "mood"]);
row!(Title, "tales", "titles", ["title"]);
row!(Tag, "public", "tags", ["tag"]);
row!(Note, "notes", "notes", ["note"]);

#[test]
fn which_rows_can_be_read_is_known() {
    if tablature_test_server::shared().is_none() {
        return;
    }
    let files = [(
        "1_tales",
        "CREATE SCHEMA tales;
         CREATE TYPE tales.mood AS ENUM ('merry', 'grim');
         CREATE TABLE tales.tales (id integer PRIMARY KEY, title text, mood tales.mood[]);
         CREATE VIEW tales.titles AS SELECT title FROM tales.tales;
         CREATE TABLE tags (tag text);
         CREATE SCHEMA notes;
         CREATE TABLE notes.notes (note text)",
    )];
    let all = migrations::<Synchronous>(&files);
    let mut database = Synchronous::new().unwrap();
    database.apply(all.runner()).unwrap();
    database
        .run("ALTER TYPE tales.mood ADD VALUE 'odd'; ALTER TABLE tags RENAME COLUMN tag TO name");
    database.run("DROP SCHEMA notes CASCADE");
    let degraded = degraded(database.start(all.runner()));
    // A value of the enum may be one that the program does not know.
    assert!(!degraded.can_read_rows::<Tale>(), "{degraded}");
    assert!(degraded.can_read_rows::<Title>(), "{degraded}");
    assert!(!degraded.can_read_rows::<Tag>(), "{degraded}");
    assert!(!degraded.can_read_rows::<Note>(), "{degraded}");
}

#[test]
fn what_the_session_had_set_is_what_it_was() {
    let Some(server) = tablature_test_server::shared() else {
        return;
    };
    let all = migrations::<Synchronous>(&[USERS]);
    let database = server.database();
    let mut client = database.connect();
    client
        .batch_execute("SET default_transaction_read_only = on")
        .unwrap();
    let setting = |client: &mut tablature::postgres::Client| -> String {
        let row = client.query_one("SHOW default_transaction_read_only", &[]);
        row.unwrap().get(0)
    };
    // Whoever has set that wants nothing to be written.
    assert!(!all.postgres(&mut client).start().is_ready());
    assert_eq!(setting(&mut client), "on");
    client
        .batch_execute("SET default_transaction_read_only = off")
        .unwrap();
    assert!(all.postgres(&mut client).start().is_ready());
    assert_eq!(setting(&mut client), "off");
    client.batch_execute("DROP TABLE users").unwrap();
    assert!(!all.postgres(&mut client).start().is_ready());
    assert_eq!(setting(&mut client), "on");
    assert!(!all.postgres(&mut client).start().is_ready());
    database
        .connect()
        .batch_execute("CREATE TABLE users (id integer PRIMARY KEY, email text NOT NULL)")
        .unwrap();
    assert!(all.postgres(&mut client).start().is_ready());
    assert_eq!(setting(&mut client), "off");
}
