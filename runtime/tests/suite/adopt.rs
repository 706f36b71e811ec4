//! Adopting a database that something else has made: on the evidence of its schema, or not at all.

use crate::support::{dump, migrations, migrations_expecting, value};
use std::panic::{AssertUnwindSafe, catch_unwind};
use tablature::adopt::Compared;
use tablature::rusqlite::Connection;
use tablature::{Error, Event, Migrations, State};

const USERS: (&str, &str) = (
    "1_users",
    "CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT NOT NULL);",
);
const TALES: (&str, &str) = (
    "2_tales",
    "CREATE TABLE tales (id INTEGER PRIMARY KEY, user_id INTEGER REFERENCES users, title TEXT);
     CREATE INDEX by_title ON tales (title);
     CREATE VIEW told AS SELECT title FROM tales;",
);
const FILL: (&str, &str) = ("3_fill", "UPDATE tales SET title = trim(title);");
const INDEX: (&str, &str) = ("5_index", "CREATE INDEX by_user ON tales (user_id);");
const NO_INDEX: (&str, &str) = ("8_no_index", "DROP INDEX by_user;");

fn all() -> Migrations {
    migrations(&[USERS, TALES, FILL, INDEX, NO_INDEX])
}

/// A database that something else has made.
fn made_by(files: &[(&str, &str)]) -> Connection {
    let connection = Connection::open_in_memory().unwrap();
    for (_, sql) in files {
        connection.execute_batch(sql).unwrap();
    }
    connection
        .execute_batch("INSERT INTO users (email) VALUES ('wilhelm@example.org')")
        .unwrap();
    connection
}

/// Refused, with the database as it was.
fn refused(migrations: &Migrations, connection: &mut Connection) -> Error {
    let before = dump(connection);
    let planned = migrations.runner().plan_adopt(connection).unwrap_err();
    let error = migrations.adopt(connection).unwrap_err();
    assert_eq!(planned.to_string(), error.to_string());
    assert_eq!(dump(connection), before);
    error
}

#[test]
fn the_one_version_whose_schema_it_has_is_recorded() {
    let all = all();
    let mut connection = made_by(&[USERS]);
    let before = dump(&connection);

    let status = all.status(&connection).unwrap();
    assert_eq!(
        status.state,
        State::Adoptable {
            versions: vec![1],
            from: None
        }
    );
    assert_eq!(
        status.to_string(),
        "adoptable: the database has no history, and its schema is that of version 1; adopt it to record that"
    );
    let plan = all.runner().plan_adopt(&connection).unwrap();
    assert_eq!(
        plan.to_string(),
        "would record 1 migration as applied, the database is at version 1, 4 migrations are pending"
    );
    assert_eq!(dump(&connection), before);

    let adopted = all.adopt(&mut connection).unwrap();
    assert_eq!(adopted.versions, [1]);
    assert_eq!(
        adopted.to_string(),
        "recorded 1 migration as applied, the database is at version 1, 4 migrations are pending"
    );
    // Nothing else was touched.
    let mut after = dump(&connection);
    after.retain(|line| !line.contains("_tablature_history"));
    assert_eq!(after, before);

    // The schema was verified, and so is a change of it since.
    let status = all.status(&connection).unwrap();
    assert!(
        matches!(
            status.state,
            State::Pending {
                is_changed: false,
                ..
            }
        ),
        "{status}"
    );
    let report = all.apply(&mut connection).unwrap();
    assert_eq!(report.to_string(), "applied 4 migrations, now at version 8");
}

#[test]
fn again_is_nothing() {
    let all = migrations(&[USERS, TALES]);
    let mut connection = made_by(&[USERS, TALES]);
    let adopted = all.adopt(&mut connection).unwrap();
    assert_eq!((adopted.versions, adopted.version), (vec![1, 2], Some(2)));
    assert!(all.status(&connection).unwrap().is_current());
    let before = dump(&connection);
    for named in [None, Some(1), Some(2)] {
        let again = match named {
            Some(version) => all.runner().adopt_at(&mut connection, version),
            None => all.adopt(&mut connection),
        };
        assert_eq!(
            again.unwrap().to_string(),
            "nothing to adopt, the database is at version 2"
        );
        assert_eq!(dump(&connection), before);
    }
    let report = all.apply(&mut connection).unwrap();
    assert_eq!(report.to_string(), "up to date at version 2");
    // What is recorded is what applying would have recorded.
    let chain = |connection: &Connection| -> Vec<u8> {
        value(
            connection,
            "SELECT chain FROM _tablature_history WHERE version = 2",
        )
    };
    let mut applied = Connection::open_in_memory().unwrap();
    all.apply(&mut applied).unwrap();
    assert_eq!(chain(&connection), chain(&applied));
}

#[test]
fn an_empty_database_is_left_to_apply() {
    let all = all();
    let mut connection = Connection::open_in_memory().unwrap();
    let before = dump(&connection);
    assert_eq!(
        all.adopt(&mut connection).unwrap().to_string(),
        "nothing to adopt, no migration was applied to the database, 5 migrations are pending"
    );
    assert_eq!(dump(&connection), before);
    let only_others = made_by(&[USERS]);
    let runner = all.runner().ignore_tables(["users"]);
    assert!(runner.plan_adopt(&only_others).unwrap().is_empty());
}

#[test]
fn several_versions_are_told_apart_by_the_user() {
    let all = all();
    let mut connection = made_by(&[USERS, TALES, FILL]);
    let state = all.status(&connection).unwrap().state;
    assert_eq!(
        state,
        State::Adoptable {
            versions: vec![2, 3, 8],
            from: None
        }
    );
    let error = refused(&all, &mut connection);
    assert_eq!(
        error.to_string(),
        "the database has no history, and its schema is that of version 2, 3 or 8, and cannot tell between them:\n  \
         2 `tales` (migrations/2_tales.sql)\n  \
         3 `fill` (migrations/3_fill.sql) changes data only\n  \
         8 `no_index` (migrations/8_no_index.sql) has the schema of 3 again\n\
         look in the data for what these migrations write, and name the last one that was applied with \
         `adopt_at(…)`"
    );

    let before = dump(&connection);
    let error = all.runner().adopt_at(&mut connection, 5).unwrap_err();
    assert_eq!(
        error.to_string(),
        "the schema of the database is not that of version 5, but of 2, 3 and 8:\n  \
         index `by_user` is missing\n\
         name 2, 3 or 8 with `adopt_at(…)`"
    );
    let error = all.runner().adopt_at(&mut connection, 4).unwrap_err();
    assert_eq!(
        error.to_string(),
        "no migration has version 4: the nearest are 3 and 5"
    );
    assert_eq!(dump(&connection), before);

    let adopted = all.runner().adopt_at(&mut connection, 3).unwrap();
    assert_eq!(adopted.versions, [1, 2, 3]);
    let applied = all.apply(&mut connection).unwrap();
    assert_eq!(applied.applied.len(), 2);
    let error = all.runner().adopt_at(&mut connection, 4).unwrap_err();
    assert!(matches!(error, Error::NoSuchVersion { version: 4, .. }));
}

#[test]
fn a_database_of_no_version_is_told_how_it_differs_from_the_nearest() {
    let all = migrations(&[USERS, TALES, FILL]);
    let mut connection = made_by(&[USERS, TALES]);
    connection
        .execute_batch(
            "ALTER TABLE tales ADD COLUMN usage_count INTEGER; DROP INDEX by_title;
             CREATE TABLE sessions (id INTEGER PRIMARY KEY);",
        )
        .unwrap();
    let error = refused(&all, &mut connection);
    assert_eq!(
        error.to_string(),
        "the database has no history, and its schema is that of no version; from 3, the nearest, it differs in this:\n  \
         table `sessions` is unexpected: no migration defines it\n  \
         column `tales.usage_count` is unexpected: no migration defines it\n  \
         index `by_title` is missing\n\
         bring the database to what version 3 defines, or name tables that belong to others with \
         `MIGRATIONS.runner().ignore_tables([…])`"
    );
    let state = all.status(&connection).unwrap().state;
    let reason = error.to_string();
    assert_eq!(state, State::Unknown { reason });
    connection
        .execute_batch(
            "ALTER TABLE tales DROP COLUMN usage_count; CREATE INDEX by_title ON tales (title)",
        )
        .unwrap();
    let runner = all.runner().ignore_tables(["sessions"]);
    assert_eq!(
        runner.adopt_at(&mut connection, 3).unwrap().version,
        Some(3)
    );
}

#[test]
fn the_nearest_is_told_by_more_than_names() {
    const STRICTER: &str = "CREATE TABLE t (a TEXT NOT NULL, b INTEGER);";
    let all = migrations(&[
        ("1_t", "CREATE TABLE t (a TEXT, b INTEGER NOT NULL);"),
        (
            "2_t",
            "DROP TABLE t; CREATE TABLE t (a TEXT NOT NULL, b INTEGER);",
        ),
        ("3_u", "CREATE TABLE u (x);"),
    ]);
    let mut connection = Connection::open_in_memory().unwrap();
    connection
        .execute_batch("CREATE TABLE t (a TEXT NOT NULL, b TEXT)")
        .unwrap();
    let error = refused(&all, &mut connection);
    let Error::NotAdoptable {
        version: 2,
        compared: Compared::Nearest,
        matches,
        differences,
    } = error
    else {
        panic!("{error}")
    };
    assert!(matches.is_empty());
    assert_eq!(differences.len(), 1, "{differences:?}");
    connection.execute_batch("DROP TABLE t").unwrap();
    connection.execute_batch(STRICTER).unwrap();
    assert_eq!(all.adopt(&mut connection).unwrap().version, Some(2));
}

#[test]
fn quoting_and_an_implied_key_make_no_other_schema() {
    let all = migrations(&[USERS, TALES]);
    let mut connection = Connection::open_in_memory().unwrap();
    connection
        .execute_batch(
            "CREATE TABLE \"Users\" (ID INTEGER PRIMARY KEY, [email] TEXT NOT NULL);
             CREATE TABLE tales (id INTEGER PRIMARY KEY, user_id INTEGER, title TEXT,
               FOREIGN KEY (user_id) REFERENCES users (id));
             create index BY_TITLE on tales (title);
             CREATE VIEW told AS SELECT title FROM tales;",
        )
        .unwrap();
    assert_eq!(all.adopt(&mut connection).unwrap().version, Some(2));
}

#[test]
fn a_table_of_others_that_a_later_migration_makes() {
    // Migration 2 would fail, as the table is there.
    let all = migrations(&[USERS, ("2_versions", "CREATE TABLE schema_migrations (x);")]);
    let mut connection = made_by(&[USERS]);
    connection
        .execute_batch("CREATE TABLE schema_migrations (y)")
        .unwrap();
    let error = refused(&all, &mut connection);
    assert!(
        error
            .to_string()
            .contains("table `schema_migrations` is unexpected"),
        "{error}"
    );
    connection
        .execute_batch("DROP TABLE schema_migrations; CREATE TABLE atlas_schema_revisions (y)")
        .unwrap();
    assert_eq!(all.adopt(&mut connection).unwrap().version, Some(1));
}

#[test]
fn virtual_tables_and_files_without_a_transaction_are_replayed_too() {
    let all = migrations(&[
        USERS,
        ("2_search", "CREATE VIRTUAL TABLE search USING fts5(title);"),
        (
            "3_mode",
            "-- no-transaction\nPRAGMA foreign_keys = OFF; BEGIN; CREATE TABLE a (x); COMMIT; CREATE TABLE b (x);",
        ),
        ("4_c", "CREATE TABLE c (x);"),
    ]);
    for (end, expected) in [(2, 2), (3, 3), (4, 4)] {
        let mut connection = Connection::open_in_memory().unwrap();
        for migration in all.list.iter().take(end) {
            connection.execute_batch(&migration.sql).unwrap();
        }
        let adopted = all.adopt(&mut connection).unwrap();
        assert_eq!(adopted.version, Some(expected));
        assert!(all.apply(&mut connection).is_ok());
    }
}

#[test]
fn the_last_version_is_what_the_compiler_saw() {
    let all = migrations_expecting(&[USERS], "CREATE TABLE other (x)");
    let mut connection = made_by(&[USERS]);
    let error = refused(&all, &mut connection);
    assert!(matches!(error, Error::NotAdoptable { version: 1, .. }));
}

#[test]
fn migrations_that_need_what_the_application_registers() {
    let all = migrations(&[
        USERS,
        (
            "2_words",
            "SELECT count(*) FROM users; CREATE TABLE words (w);",
        ),
    ]);
    let mut broken = all.clone();
    let second = broken.list.to_mut().last_mut().unwrap();
    second.sql = second.sql.replace("count(*)", "tellings()").into();
    let statements = crate::support::statements(&second.sql);
    second.statements = statements.into();
    let mut connection = made_by(&[USERS]);
    let error = refused(&broken, &mut connection);
    assert!(
        matches!(&error, Error::Replay { version: 2, reason, .. } if reason.contains("tellings"))
    );
    let state = broken.status(&connection).unwrap().state;
    assert!(matches!(state, State::Unknown { reason } if reason == error.to_string()));
    let open = || {
        let empty = Connection::open_in_memory()?;
        let flags = tablature::rusqlite::functions::FunctionFlags::SQLITE_UTF8;
        empty.create_scalar_function("tellings", 0, flags, |_| Ok(7))?;
        Ok(empty)
    };
    let adopted = broken.runner().scratch(open).adopt(&mut connection);
    assert_eq!(adopted.unwrap().version, Some(1));
}

#[test]
fn a_panic_leaves_the_database_as_it_was() {
    let all = migrations(&[USERS]);
    let mut connection = made_by(&[USERS]);
    let before = dump(&connection);
    let listener = |event: Event<'_>| assert!(!matches!(event, Event::Verifying), "enough");
    let panicked = catch_unwind(AssertUnwindSafe(|| {
        all.runner().on_event(&listener).adopt(&mut connection)
    }));
    assert!(panicked.is_err());
    assert!(connection.is_autocommit());
    assert_eq!(dump(&connection), before);
    assert_eq!(all.adopt(&mut connection).unwrap().version, Some(1));
}

#[test]
fn of_several_at_once_one_records() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("app.db");
    let connection = Connection::open(&path).unwrap();
    connection.execute_batch(USERS.1).unwrap();
    let all = all();
    let recorded: usize = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..8)
            .map(|_| {
                scope.spawn(|| {
                    let mut connection = Connection::open(&path).unwrap();
                    all.adopt(&mut connection).unwrap().versions.len()
                })
            })
            .collect();
        threads
            .into_iter()
            .map(|thread| thread.join().unwrap())
            .sum()
    });
    assert_eq!(recorded, 1);
    assert_eq!(
        value::<i64>(&connection, "SELECT count(*) FROM _tablature_history"),
        1
    );
}

#[test]
fn what_cannot_be_written_or_is_busy_is_said() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("app.db");
    let connection = Connection::open(&path).unwrap();
    connection.execute_batch(USERS.1).unwrap();
    let all = migrations(&[USERS]);
    let flags = tablature::rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY;
    let mut read_only = Connection::open_with_flags(&path, flags).unwrap();
    assert!(matches!(all.adopt(&mut read_only), Err(Error::ReadOnly)));
    let mut other = Connection::open(&path).unwrap();
    other.execute_batch("BEGIN").unwrap();
    assert!(matches!(all.adopt(&mut other), Err(Error::InTransaction)));
    assert_eq!(all.runner().plan_adopt(&other).unwrap().versions, [1]);
    other.execute_batch("ROLLBACK").unwrap();
    connection.execute_batch("BEGIN IMMEDIATE").unwrap();
    let runner = all
        .runner()
        .busy_timeout(std::time::Duration::from_millis(20));
    assert!(matches!(
        runner.adopt(&mut other),
        Err(Error::Locked { .. })
    ));
    connection.execute_batch("ROLLBACK").unwrap();
    assert_eq!(all.adopt(&mut other).unwrap().version, Some(1));
}

#[test]
fn the_way_out_of_a_database_without_a_history_is_named() {
    let mut connection = made_by(&[USERS]);
    let error = all().apply(&mut connection).unwrap_err();
    assert!(
        error.to_string().contains("`adopt` finds out which"),
        "{error}"
    );
}
