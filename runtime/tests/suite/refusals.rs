//! Databases and programs that do not fit each other: refused with the way out, and left as they are.

use crate::support::{dump, enforces, failing, migrations, statement};
use tablature::migration::SourceDirectory;
use tablature::rusqlite::Connection;
use tablature::{Error, Migrations};

const ONE: (&str, &str) = ("1_users", "CREATE TABLE users (id INTEGER PRIMARY KEY);");
const TWO: (&str, &str) = ("2_posts", "CREATE TABLE posts (id INTEGER PRIMARY KEY);");
const THREE: (&str, &str) = ("3_tags", "CREATE TABLE tags (id INTEGER PRIMARY KEY);");

fn at(files: &[(&'static str, &'static str)]) -> Connection {
    let mut connection = Connection::open_in_memory().unwrap();
    migrations(files).apply(&mut connection).unwrap();
    connection
}

/// Applies and verifies migrations that do not fit; the database must stay as it is.
fn refused(migrations: &Migrations, connection: &mut Connection) -> Error {
    let before = dump(connection);
    let error = migrations.apply(connection).unwrap_err();
    assert_eq!(dump(connection), before);
    assert!(connection.is_autocommit() && enforces(connection));
    error
}

#[test]
fn a_changed_migration() {
    let mut connection = at(&[ONE, TWO]);
    let changed = (
        "2_posts",
        "CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT);",
    );
    let migrations = migrations(&[ONE, changed, THREE]);
    let error = refused(&migrations, &mut connection);
    let Error::Changed {
        version: 2,
        recorded,
        compiled,
        ..
    } = &error
    else {
        panic!("{error:?}");
    };
    let hex = |checksum: &[u8; 32]| -> String {
        checksum[..6]
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect()
    };
    assert_eq!(
        error.to_string(),
        format!(
            "migration 2 `posts` was changed after it was applied (its checksum was {}, now it is {}): \
             restore `migrations/2_posts.sql` as it was and put the change into a new migration, \
             or, if only this database has it, go back with `revert` before you edit it",
            hex(recorded),
            hex(compiled)
        )
    );
    assert!(matches!(
        migrations.verify(&connection),
        Err(Error::Changed { .. })
    ));
}

#[test]
fn spacing_and_comments_change_nothing() {
    let mut connection = at(&[ONE]);
    let reformatted = (
        "1_users",
        "-- the users\r\ncreate table users(id integer primary key)",
    );
    let report = migrations(&[reformatted]).apply(&mut connection).unwrap();
    assert!(report.applied.is_empty());
}

#[test]
fn a_renamed_migration_is_the_same() {
    let mut connection = at(&[ONE]);
    let report = migrations(&[("1_people", ONE.1)])
        .apply(&mut connection)
        .unwrap();
    assert!(report.applied.is_empty());
}

#[test]
fn a_missing_migration() {
    let mut connection = at(&[ONE, TWO, THREE]);
    let error = refused(&migrations(&[ONE, THREE]), &mut connection);
    assert!(matches!(error, Error::Missing { version: 2, .. }));
    assert_eq!(
        error.to_string(),
        "migration 2 `posts` was applied to this database, but the program does not have it: \
         restore its file, or run the program that the database belongs to"
    );
}

#[test]
fn a_database_of_a_newer_program() {
    let mut connection = at(&[ONE, TWO, THREE]);
    let error = refused(&migrations(&[ONE]), &mut connection);
    assert!(matches!(
        error,
        Error::Newer {
            version: 3,
            head: Some(1),
            ..
        }
    ));
    assert_eq!(
        error.to_string(),
        "the database is at migration 3 `tags`, but the program ends at 1: \
         run the newer program, or restore the file of that migration if it was deleted; \
         as these migrations only add to the schema, this one can go on with \
         `MIGRATIONS.runner().accept_newer_if_additive()`"
    );
}

#[test]
fn a_late_migration() {
    let mut connection = at(&[ONE, THREE]);
    let error = refused(&migrations(&[ONE, TWO, THREE]), &mut connection);
    assert!(matches!(
        error,
        Error::OutOfOrder {
            version: 2,
            head: 3,
            ..
        }
    ));
    assert_eq!(
        error.to_string(),
        "migration 2 `posts` was never applied, and the database is already at 3: \
         rename `migrations/2_posts.sql` so that its number is above 3"
    );
}

#[test]
fn versions_are_numbers() {
    let mut connection = at(&[ONE, ("10_tags", THREE.1)]);
    let error = refused(
        &migrations(&[ONE, ("9_posts", TWO.1), ("10_tags", THREE.1)]),
        &mut connection,
    );
    assert!(matches!(
        error,
        Error::OutOfOrder {
            version: 9,
            head: 10,
            ..
        }
    ));
}

#[test]
fn a_database_that_something_else_made() {
    let mut connection = Connection::open_in_memory().unwrap();
    connection
        .execute_batch("CREATE TABLE users (id); CREATE TABLE sessions (id);")
        .unwrap();
    let migrations = migrations(&[ONE]);
    let error = refused(&migrations, &mut connection);
    assert_eq!(
        error.to_string(),
        "the database has the tables `users`, `sessions` but no history of migrations, \
         so it is not known what to apply: if migrations have made it, `adopt` finds out which; \
         else start with an empty database, \
         or name tables that belong to others with `MIGRATIONS.runner().ignore_tables([…])`"
    );
    connection.execute_batch("DROP TABLE users").unwrap();
    let runner = migrations.runner().ignore_tables(["Sess*"]);
    assert_eq!(runner.apply(&mut connection).unwrap().applied.len(), 1);
    assert!(matches!(
        migrations.verify(&connection),
        Err(Error::SchemaMismatch { .. })
    ));
    runner.verify(&connection).unwrap();
}

#[test]
fn tables_of_other_migration_tools_are_ignored() {
    let mut connection = Connection::open_in_memory().unwrap();
    connection
        .execute_batch("CREATE TABLE _sqlx_migrations (version BIGINT PRIMARY KEY)")
        .unwrap();
    let migrations = migrations(&[ONE]);
    migrations.apply(&mut connection).unwrap();
    migrations.verify(&connection).unwrap();
}

#[test]
fn a_connection_within_a_transaction() {
    let mut connection = Connection::open_in_memory().unwrap();
    connection.execute_batch("BEGIN").unwrap();
    let error = migrations(&[ONE]).apply(&mut connection).unwrap_err();
    assert!(matches!(error, Error::InTransaction));
    assert!(!connection.is_autocommit());
    assert_eq!(
        error.to_string(),
        "the connection is within a transaction: commit it or roll it back before migrating"
    );
}

#[test]
fn a_rollback_is_refused_before_anything_runs() {
    let mut connection = at(&[ONE]);
    let files = [
        ONE,
        TWO,
        (
            "3_tags",
            "SAVEPOINT a; ROLLBACK TO a; RELEASE a; BEGIN; ROLLBACK;\n  rollback;",
        ),
    ];
    let error = refused(&failing(&files), &mut connection);
    assert_eq!(
        error.to_string(),
        "migrations/3_tags.sql:2:3: ROLLBACK would undo the whole run: remove it, or write BEGIN where it should go back to"
    );
}

#[test]
fn pending_migrations_fail_verification() {
    let connection = at(&[ONE]);
    let all = migrations(&[ONE, TWO, THREE]);
    let error = all.verify(&connection).unwrap_err();
    assert!(matches!(
        error,
        Error::Pending {
            count: 2,
            version: 2,
            ..
        }
    ));
    assert_eq!(
        error.to_string(),
        "2 migrations are pending, from 2 `posts` on: apply them"
    );
    let error = migrations(&[ONE, TWO]).verify(&connection).unwrap_err();
    assert_eq!(
        error.to_string(),
        "migration 2 `posts` is pending: apply it"
    );
    let empty = Connection::open_in_memory().unwrap();
    assert!(matches!(
        all.verify(&empty),
        Err(Error::Pending {
            count: 3,
            version: 1,
            ..
        })
    ));
}

#[test]
fn a_history_of_another_shape() {
    let mut connection = Connection::open_in_memory().unwrap();
    connection
        .execute_batch("CREATE TABLE _tablature_history (version TEXT)")
        .unwrap();
    let error = refused(&migrations(&[ONE]), &mut connection);
    assert!(matches!(error, Error::History { .. }));
    assert_eq!(
        error.to_string(),
        "the table `_tablature_history` cannot be read as a history of migrations (no such column: name): \
         restore it from a backup, or use the library version that wrote it"
    );
}

#[test]
fn a_history_with_damaged_values() {
    for damage in [
        "UPDATE _tablature_history SET checksum = x'00'",
        "UPDATE _tablature_history SET checksum = 'text'",
        "UPDATE _tablature_history SET name = x'ff'",
    ] {
        let mut connection = at(&[ONE]);
        connection.execute_batch(damage).unwrap();
        connection
            .execute_batch("CREATE TABLE moves_the_cookie (x)")
            .unwrap();
        let error = refused(&migrations(&[ONE]), &mut connection);
        assert!(matches!(error, Error::History { .. }), "{damage}: {error}");
    }
}

#[test]
fn positions_outside_the_text() {
    let mut migrations = failing(&[ONE]);
    let migration = &mut migrations.list.to_mut()[0];
    migration.sql = "CREATE".into();
    migration.statements = vec![statement(ONE.1, 0, 20)].into();
    let mut connection = Connection::open_in_memory().unwrap();
    let error = refused(&migrations, &mut connection);
    assert_eq!(
        error.to_string(),
        "the statements of `migrations/1_users.sql` lie outside its text: rebuild the program"
    );
}

#[test]
fn a_program_that_was_built_before_a_migration_was_added() {
    let directory = tempfile::tempdir().unwrap();
    let path: &'static str = directory.path().to_str().unwrap().to_owned().leak();
    let write = |file: &str| std::fs::write(directory.path().join(file), "").unwrap();
    write("1_users.up.sql");
    write("1_users.down.sql");
    write("notes.txt");
    let source = SourceDirectory {
        path,
        files: &["1_users.up.sql", "1_users.down.sql"],
    };
    let migrations = Migrations {
        source: Some(source),
        ..migrations(&[ONE])
    };
    let mut connection = Connection::open_in_memory().unwrap();
    migrations.apply(&mut connection).unwrap();

    write("2_posts.up.sql");
    std::fs::create_dir(directory.path().join("3_tags")).unwrap();
    write("3_tags/up.sql");
    std::fs::remove_file(directory.path().join("1_users.down.sql")).unwrap();
    let error = refused(&migrations, &mut connection);
    assert_eq!(
        error.to_string(),
        format!(
            "the program was compiled before its migrations directory `{path}` changed \
             (new: 2_posts.up.sql, 3_tags/up.sql; gone: 1_users.down.sql): \
             build it again, and where cargo finds nothing to do, save the file that has `migrations!` first; \
             with a build script that calls `tablature_build::watch` cargo notices by itself"
        )
    );

    // A deployed program has no such directory.
    drop(directory);
    migrations.apply(&mut connection).unwrap();
}

#[test]
fn an_interrupted_run() {
    let mut connection = at(&[ONE]);
    let interrupt = connection.get_interrupt_handle();
    let endless = failing(&[
        ONE,
        (
            "2_endless",
            "WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n;",
        ),
    ]);
    let before = dump(&connection);
    let error = std::thread::scope(|scope| {
        let run = scope.spawn(move || {
            std::thread::sleep(std::time::Duration::from_millis(100));
            interrupt.interrupt();
        });
        let error = endless.apply(&mut connection).unwrap_err();
        run.join().unwrap();
        error
    });
    assert!(matches!(error, Error::Interrupted), "{error}");
    assert_eq!(
        error.to_string(),
        "the run was interrupted: it can be started again"
    );
    assert_eq!(dump(&connection), before);
}

#[test]
fn errors_travel_between_threads() {
    fn travels<T: std::error::Error + Send + Sync + 'static>() {}
    travels::<Error>();
}

#[test]
fn a_history_that_was_emptied() {
    let mut connection = at(&[ONE]);
    connection
        .execute_batch("DELETE FROM _tablature_history")
        .unwrap();
    let error = refused(&migrations(&[ONE]), &mut connection);
    assert!(matches!(error, Error::NoHistory { tables } if tables == ["users"]));
}
