//! Looking without touching: how a database stands to the migrations, and what a run would do.

use crate::support::{dump, failing, migrations};
use tablature::difference::{Difference, Object};
use tablature::rusqlite::functions::FunctionFlags;
use tablature::rusqlite::{Connection, OpenFlags};
use tablature::{Error, State, Status};

const USERS: (&str, &str) = ("1_users", "CREATE TABLE users (id INTEGER PRIMARY KEY);");
const NAMES: (&str, &str) = (
    "2_names",
    "ALTER TABLE users ADD COLUMN name TEXT;\nCREATE INDEX by_name ON users (name);",
);
const VACUUM: (&str, &str) = ("7_vacuum", "-- no-transaction\nVACUUM;");

fn status(files: &[(&'static str, &'static str)], connection: &Connection) -> Status {
    let before = dump(connection);
    let status = migrations(files).status(connection).unwrap();
    assert_eq!(dump(connection), before);
    assert!(connection.is_autocommit());
    status
}

#[test]
fn an_empty_database_has_everything_pending() {
    let connection = Connection::open_in_memory().unwrap();
    let status = status(&[USERS, NAMES], &connection);
    let State::Pending {
        is_changed,
        differences,
        halfway,
    } = &status.state
    else {
        panic!("{status}");
    };
    assert!(!is_changed && differences.is_empty() && halfway.is_none());
    assert_eq!((status.version, status.head), (None, Some(2)));
    assert_eq!(
        status.to_string(),
        "2 migrations are pending, the database has none yet\n  1 users\n  2 names"
    );
}

#[test]
fn up_to_date_pending_and_drifted() {
    let mut connection = Connection::open_in_memory().unwrap();
    migrations(&[USERS]).apply(&mut connection).unwrap();
    let current = status(&[USERS], &connection);
    assert!(current.is_current());
    assert_eq!(current.to_string(), "up to date at version 1");

    let pending = status(&[USERS, NAMES], &connection);
    assert_eq!(
        pending.to_string(),
        "1 migration is pending, the database is at version 1\n  2 names"
    );
    connection
        .execute_batch("ALTER TABLE users ADD COLUMN email TEXT")
        .unwrap();
    let pending = status(&[USERS, NAMES], &connection);
    assert_eq!(
        pending.to_string(),
        "1 migration is pending, the database is at version 1\n  2 names\n\
         something else has changed the schema since it was last verified\n  \
         column `users.email` is unexpected: no migration defines it"
    );
    let drifted = status(&[USERS], &connection);
    let differences = vec![Difference::Unexpected {
        object: Object::Column {
            table: "users".to_owned(),
            name: "email".to_owned(),
        },
    }];
    assert_eq!(drifted.state, State::Drifted { differences });
    assert_eq!(
        drifted.to_string(),
        "drifted at version 1: the schema of the database is not what the migrations define\n  \
         column `users.email` is unexpected: no migration defines it"
    );
}

#[test]
fn a_schema_that_is_again_what_it_was_has_not_changed() {
    let mut connection = Connection::open_in_memory().unwrap();
    migrations(&[USERS]).apply(&mut connection).unwrap();
    connection
        .execute_batch("CREATE TABLE notes (text); DROP TABLE notes;")
        .unwrap();
    assert_eq!(
        status(&[USERS, NAMES], &connection).to_string(),
        "1 migration is pending, the database is at version 1\n  2 names"
    );
}

#[test]
fn what_only_the_application_can_replay_is_said_to_be_unknown() {
    let mut connection = Connection::open_in_memory().unwrap();
    connection
        .create_scalar_function("slug", 1, FunctionFlags::default(), |_| Ok("slug"))
        .unwrap();
    let slugs = ("2_slugs", "INSERT INTO users VALUES (length(slug('a')));");
    let files = failing(&[USERS, slugs, ("3_tags", "CREATE TABLE tags (name TEXT);")]);
    files.runner().to_version(2).apply(&mut connection).unwrap();
    connection
        .execute_batch("UPDATE _tablature_history SET verified_schema = 0 WHERE version = 2")
        .unwrap();
    let text = files.status(&connection).unwrap().to_string();
    assert!(
        text.ends_with(
            "to see what differs, name an empty database on which the migrations can run with `scratch(…)`"
        ),
        "{text}"
    );
}

#[test]
fn a_file_that_stopped_half_way_says_so() {
    let mut connection = Connection::open_in_memory().unwrap();
    migrations(&[USERS]).apply(&mut connection).unwrap();
    let stops = (
        "2_stops",
        "-- no-transaction\nCREATE TABLE a (x); INSERT INTO users VALUES ('no number'); CREATE TABLE b (x);",
    );
    let files = failing(&[USERS, stops]);
    assert!(files.apply(&mut connection).is_err());
    assert_eq!(
        files.status(&connection).unwrap().to_string(),
        "1 migration is pending, the database is at version 1\n  2 stops\n\
         2 stopped after 1 of its 3 statements, which were kept: a run goes on with the next one"
    );
    let plan = files.plan(&connection).unwrap();
    assert_eq!(plan.migrations[0].statements.len(), 2);
    assert!(
        plan.to_string()
            .contains("-- its first 1 have taken effect, and are left out here"),
        "{plan}"
    );
}

#[test]
fn what_is_not_known_says_why() {
    let mut connection = Connection::open_in_memory().unwrap();
    migrations(&[USERS, NAMES]).apply(&mut connection).unwrap();
    for (files, reason) in [
        (vec![USERS], "the database is at migration 2 `names`, but"),
        (
            vec![NAMES],
            "migration 1 `users` was applied to this database, but",
        ),
        (
            vec![USERS, ("2_names", "CREATE TABLE names (x);")],
            "migration 2 `names` was changed after it was applied",
        ),
        (
            vec![USERS, ("2_others", "CREATE TABLE others (x);")],
            "migration 2 of this database is `names`, and that of the program is `others`: use a database of the same branch",
        ),
        (
            vec![USERS, ("3_names", NAMES.1)],
            "migration 2 `names` was applied to this database, but the program has it as 3: give its file the number 2 again",
        ),
    ] {
        let before = dump(&connection);
        let status = failing(&files).status(&connection).unwrap();
        assert_eq!(dump(&connection), before);
        let (State::Unknown { reason: found } | State::Newer { reason: found, .. }) = &status.state
        else {
            panic!("{status}");
        };
        assert!(found.starts_with(reason), "{found}");
        assert_eq!(status.version, Some(2));
    }
    let others = Connection::open_in_memory().unwrap();
    others.execute_batch("CREATE TABLE notes (x)").unwrap();
    let status = status(&[USERS], &others);
    assert!(
        status.to_string().starts_with(
            "unknown: the database has no history, and its schema is that of no version"
        ),
        "{status}"
    );
}

#[test]
fn it_may_be_asked_within_a_transaction_and_of_a_database_that_cannot_be_written() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("status.db");
    let mut connection = Connection::open(&path).unwrap();
    migrations(&[USERS]).apply(&mut connection).unwrap();
    let transaction = connection.transaction().unwrap();
    assert!(
        migrations(&[USERS])
            .status(&transaction)
            .unwrap()
            .is_current()
    );
    assert!(!transaction.is_autocommit());
    drop(transaction);
    let reader = Connection::open_with_flags(&path, OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
    assert!(status(&[USERS], &reader).is_current());
    assert!(!status(&[USERS, NAMES], &reader).is_current());
}

#[test]
fn a_plan_is_what_would_run() {
    let mut connection = Connection::open_in_memory().unwrap();
    migrations(&[USERS]).apply(&mut connection).unwrap();
    let before = dump(&connection);
    let plan = migrations(&[USERS, NAMES, VACUUM])
        .plan(&connection)
        .unwrap();
    assert_eq!(dump(&connection), before);
    assert!(!plan.is_empty());
    assert_eq!(
        plan.to_string(),
        "-- 2 migrations to apply, the database is at version 1\n\n\
         -- 2 names (migrations/2_names.sql)\n\
         ALTER TABLE users ADD COLUMN name TEXT;\n\
         CREATE INDEX by_name ON users (name);\n\n\
         -- 7 vacuum (migrations/7_vacuum.sql)\n\
         -- no-transaction: its statements take effect one by one\n\
         VACUUM;"
    );
    connection.execute_batch(&plan.to_string()).unwrap();
    // What is there and not recorded is refused as by a run.
    let error = migrations(&[USERS]).plan(&connection).unwrap_err();
    assert!(matches!(error, Error::SchemaMismatch { .. }), "{error}");
    connection
        .execute_batch("DROP INDEX by_name; ALTER TABLE users DROP COLUMN name")
        .unwrap();
    let plan = migrations(&[USERS]).plan(&connection).unwrap();
    assert!(plan.is_empty());
    assert_eq!(
        plan.to_string(),
        "-- nothing to apply, the database is at version 1"
    );
    let error = failing(&[NAMES]).plan(&connection).unwrap_err();
    assert!(
        matches!(error, Error::Missing { version: 1, .. }),
        "{error}"
    );
}

#[test]
fn up_to_a_version_only_what_is_wanted_is_pending() {
    let mut connection = Connection::open_in_memory().unwrap();
    let all = migrations(&[USERS, NAMES]);
    let runner = all.runner().to_version(1);
    assert_eq!(runner.plan(&connection).unwrap().migrations.len(), 1);
    runner.apply(&mut connection).unwrap();
    assert!(runner.plan(&connection).unwrap().is_empty());
    assert!(runner.status(&connection).unwrap().is_current());
    assert_eq!(all.status(&connection).unwrap().pending.len(), 1);
}

#[test]
fn a_database_that_was_dumped_and_read_in_again_is_verified_again() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("app.db");
    let mut old = Connection::open(&path).unwrap();
    let users = "CREATE TABLE users (id INTEGER PRIMARY KEY); CREATE TABLE tags (tag TEXT);";
    let migrations = migrations(&[("1_users", users)]);
    migrations.apply(&mut old).unwrap();
    let count = "SELECT count(*) FROM sqlite_schema";
    let objects: i64 = old.query_row(count, [], |row| row.get(0)).unwrap();
    old.execute_batch("ALTER TABLE tags ADD COLUMN by_hand TEXT")
        .unwrap();
    let mut statements = old
        .prepare("SELECT sql FROM sqlite_schema ORDER BY rowid")
        .unwrap();
    let statements = statements.query_map([], |row| row.get::<_, String>(0));
    let mut new = Connection::open_in_memory().unwrap();
    for statement in statements.unwrap() {
        new.execute_batch(&statement.unwrap()).unwrap();
    }
    // As many statements as the migrations and the history were.
    assert_eq!(
        new.pragma_query_value(None, "schema_version", |row| row.get::<_, i64>(0)),
        Ok(objects)
    );
    new.execute("ATTACH ?1 AS old", [path.to_str().unwrap()])
        .unwrap();
    new.execute_batch(
        "INSERT INTO _tablature_history SELECT * FROM old._tablature_history; DETACH old",
    )
    .unwrap();
    let status = migrations.status(&new).unwrap();
    assert!(matches!(status.state, State::Drifted { .. }), "{status}");
    let error = migrations.apply(&mut new).unwrap_err();
    assert!(matches!(error, Error::SchemaMismatch { .. }), "{error}");
}

#[test]
fn what_was_verified_with_tables_left_out_is_verified_again_without() {
    let migrations = migrations(&[USERS]);
    let mut connection = Connection::open_in_memory().unwrap();
    migrations.apply(&mut connection).unwrap();
    connection
        .execute_batch("CREATE TABLE sessions (id)")
        .unwrap();
    let runner = || migrations.runner().ignore_tables(["sessions"]);
    runner().apply(&mut connection).unwrap();
    assert!(runner().status(&connection).unwrap().is_current());
    let status = migrations.status(&connection).unwrap();
    assert!(matches!(status.state, State::Drifted { .. }), "{status}");
    let error = migrations.apply(&mut connection).unwrap_err();
    assert!(matches!(error, Error::SchemaMismatch { .. }), "{error}");
    // Nothing has changed the schema since, so that it is not said of what is pending.
    let more = crate::support::migrations(&[USERS, NAMES]);
    let more = more.runner().ignore_tables(["sessions", "others_*"]);
    let status = more.status(&connection).unwrap();
    let is_unchanged = matches!(&status.state, State::Pending { is_changed, .. } if !is_changed);
    assert!(is_unchanged, "{status}");
}
