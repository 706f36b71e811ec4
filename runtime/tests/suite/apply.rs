//! Applying: what a run does to a database, and that nothing of a failed one remains.

use crate::support::{dump, enforces, failing, migrations, value};
use std::panic::{AssertUnwindSafe, catch_unwind};
use tablature::migration::{Down, Reversal};
use tablature::rusqlite::Connection;
use tablature::{Error, Event, Migrations};

const STORIES: (&str, &str) = (
    "1_stories",
    "CREATE TABLE stories (id INTEGER PRIMARY KEY, title TEXT NOT NULL);
     INSERT INTO stories (title) VALUES ('Rapunzel'), ('Cinderella');",
);
const CHAPTERS: (&str, &str) = (
    "2_chapters",
    "CREATE TABLE chapters (
       id INTEGER PRIMARY KEY,
       story_id INTEGER NOT NULL REFERENCES stories (id) ON DELETE CASCADE
     );
     INSERT INTO chapters (story_id) SELECT id FROM stories;",
);
const REBUILD: (&str, &str) = (
    "3_rebuild_stories",
    "CREATE TABLE stories_new (id INTEGER PRIMARY KEY, title TEXT NOT NULL, language TEXT NOT NULL DEFAULT 'de');
     INSERT INTO stories_new (id, title) SELECT id, title FROM stories;
     DROP TABLE stories;
     ALTER TABLE stories_new RENAME TO stories;",
);

fn database() -> Connection {
    Connection::open_in_memory().unwrap()
}

fn applied(migrations: &Migrations, connection: &mut Connection) -> Vec<i64> {
    let report = migrations.apply(connection).unwrap();
    report
        .applied
        .iter()
        .map(|applied| applied.version)
        .collect()
}

#[test]
fn up_to_a_version_and_then_the_rest() {
    let files = [
        ("1_users", "CREATE TABLE users (name);"),
        ("2_tags", "CREATE TABLE tags (x);"),
        (
            "5_shout",
            "-- no-transaction\nUPDATE users SET name = upper(name); CREATE TABLE shouted AS SELECT name FROM users;",
        ),
        ("6_last", "CREATE TABLE last (x);"),
    ];
    let all = migrations(&files);
    let mut connection = Connection::open_in_memory().unwrap();
    for unknown in [0, 4, 7] {
        let runner = all.runner().to_version(unknown);
        let error = runner.apply(&mut connection).unwrap_err();
        assert!(
            matches!(&error, Error::NoSuchVersion { version, known } if *version == unknown && *known == [1, 2, 5, 6]),
            "{error}"
        );
        assert!(matches!(
            runner.plan(&connection),
            Err(Error::NoSuchVersion { .. })
        ));
        assert!(matches!(
            runner.status(&connection),
            Err(Error::NoSuchVersion { .. })
        ));
        assert!(matches!(
            runner.verify(&connection),
            Err(Error::NoSuchVersion { .. })
        ));
    }
    let runner = all.runner().to_version(2);
    let report = runner.apply(&mut connection).unwrap();
    assert_eq!(report.to_string(), "applied 2 migrations, now at version 2");
    runner.verify(&connection).unwrap();
    assert!(all.verify(&connection).is_err());
    assert!(runner.apply(&mut connection).unwrap().applied.is_empty());

    connection
        .execute_batch("INSERT INTO users VALUES ('ada')")
        .unwrap();
    let report = all.runner().to_version(5).apply(&mut connection).unwrap();
    assert_eq!(report.to_string(), "applied 1 migration, now at version 5");
    let report = all.apply(&mut connection).unwrap();
    assert_eq!(report.to_string(), "applied 1 migration, now at version 6");
    let name: String = value(&connection, "SELECT name FROM shouted");
    assert_eq!(name, "ADA");

    let report = runner.apply(&mut connection).unwrap();
    assert_eq!(report.to_string(), "up to date at version 6");
    connection.execute_batch("DROP TABLE last").unwrap();
    assert!(all.apply(&mut connection).is_err());
}

#[test]
fn everything_pending_is_applied_in_order() {
    let mut connection = database();
    let report = migrations(&[STORIES, CHAPTERS])
        .apply(&mut connection)
        .unwrap();
    let names: Vec<&str> = report
        .applied
        .iter()
        .map(|applied| &*applied.name)
        .collect();
    assert_eq!(names, ["stories", "chapters"]);
    assert_eq!(report.applied[1].file, "migrations/2_chapters.sql");
    assert_eq!(report.version, Some(2));
    assert_eq!(report.to_string(), "applied 2 migrations, now at version 2");
    assert_eq!(
        value::<i64>(&connection, "SELECT count(*) FROM chapters"),
        2
    );

    assert_eq!(
        applied(&migrations(&[STORIES, CHAPTERS, REBUILD]), &mut connection),
        [3]
    );
}

#[test]
fn a_second_run_is_a_no_op() {
    let mut connection = database();
    let migrations = migrations(&[STORIES, CHAPTERS]);
    migrations.apply(&mut connection).unwrap();
    let before = dump(&connection);
    let changes = connection.total_changes();
    let report = migrations.apply(&mut connection).unwrap();
    assert!(report.applied.is_empty());
    assert_eq!(report.to_string(), "up to date at version 2");
    assert_eq!(dump(&connection), before);
    assert_eq!(connection.total_changes(), changes);
}

#[test]
fn a_failed_run_leaves_nothing_behind() {
    let mut connection = database();
    migrations(&[STORIES]).apply(&mut connection).unwrap();
    let before = dump(&connection);
    let failing = failing(&[
        STORIES,
        CHAPTERS,
        (
            "3_usage",
            "ALTER TABLE stories ADD COLUMN usage_count INTEGER NOT NULL DEFAULT 0;\n\nUPDATE stories\n   SET usage_count = total_generations;",
        ),
    ]);
    let error = failing.apply(&mut connection).unwrap_err();
    assert_eq!(
        error.to_string(),
        "migration 3 `usage` failed at migrations/3_usage.sql:4:22: no such column: total_generations, \
         in `UPDATE stories SET usage_count = total_generations`; \
         its transaction was rolled back, so that nothing of it remains: correct the file and start again"
    );
    assert_eq!(dump(&connection), before);
    assert!(enforces(&connection));
    assert!(connection.is_autocommit());
}

#[test]
fn a_failed_first_run_leaves_an_empty_database() {
    let mut connection = database();
    let before = dump(&connection);
    let error = failing(&[STORIES, ("2_bad", "CREATE TABLE stories (x);")])
        .apply(&mut connection)
        .unwrap_err();
    assert!(matches!(error, Error::Statement(error) if (error.line, error.column) == (1, 14)));
    assert_eq!(dump(&connection), before);
}

#[test]
fn a_rebuild_does_not_cascade() {
    let mut connection = database();
    migrations(&[STORIES, CHAPTERS])
        .apply(&mut connection)
        .unwrap();
    migrations(&[STORIES, CHAPTERS, REBUILD])
        .apply(&mut connection)
        .unwrap();
    assert_eq!(
        value::<i64>(&connection, "SELECT count(*) FROM chapters"),
        2
    );
    assert!(enforces(&connection));
    assert!(
        connection
            .execute_batch("INSERT INTO chapters (story_id) VALUES (99)")
            .is_err()
    );
}

#[test]
fn a_listener_that_panics_leaves_nothing_behind() {
    let mut connection = database();
    let before = dump(&connection);
    let migrations = migrations(&[STORIES, CHAPTERS]);
    let listener = |event: Event<'_>| {
        if let Event::MigrationFinished(applied) = event {
            assert_ne!(applied.version, 2, "in the listener");
        }
    };
    let panicked = catch_unwind(AssertUnwindSafe(|| {
        migrations
            .runner()
            .on_event(&listener)
            .apply(&mut connection)
    }));
    assert!(panicked.is_err());
    assert_eq!(dump(&connection), before);
    assert!(enforces(&connection) && connection.is_autocommit());
    assert_eq!(value::<i64>(&connection, "PRAGMA busy_timeout"), 5000);
    migrations.apply(&mut connection).unwrap();
}

#[test]
fn the_history_says_what_was_applied() {
    let mut connection = database();
    let mut migrations = migrations(&[STORIES, CHAPTERS]);
    migrations.list.to_mut()[1].down = Some(Down {
        file: "migrations/2_chapters.down.sql".into(),
        sql: "DROP TABLE chapters;".into(),
        statements: Vec::new().into(),
        transaction: true,
        reversal: Reversal::Restores {
            losses: Vec::new().into(),
        },
    });
    migrations.apply(&mut connection).unwrap();
    let rows: Vec<_> = connection
        .prepare("SELECT version, name, checksum, chain, applied_at, duration_us, library, down, verified_schema FROM _tablature_history ORDER BY version")
        .unwrap()
        .query_map([], |row| {
            let applied_at: String = row.get(4)?;
            let duration: i64 = row.get(5)?;
            assert!(applied_at.starts_with("20") && applied_at.ends_with('Z') && applied_at.len() == 24);
            assert!(duration >= 0);
            Ok((
                (row.get::<_, i64>(0)?, row.get::<_, String>(1)?),
                (row.get::<_, [u8; 32]>(2)?, row.get::<_, [u8; 32]>(3)?),
                (row.get::<_, String>(6)?, row.get::<_, Option<String>>(7)?, row.get::<_, Option<i64>>(8)?),
            ))
        })
        .unwrap()
        .map(Result::unwrap)
        .collect();
    let cookie: i64 = value(&connection, "PRAGMA schema_version");
    let library = env!("CARGO_PKG_VERSION").to_owned();
    let [first, second] = [&migrations.list[0], &migrations.list[1]];
    assert_eq!(
        rows,
        [
            (
                (1, "stories".to_owned()),
                (first.checksum, first.chain),
                (library.clone(), None, None),
            ),
            (
                (2, "chapters".to_owned()),
                (second.checksum, second.chain),
                (
                    library,
                    Some("DROP TABLE chapters;".to_owned()),
                    Some(cookie)
                ),
            ),
        ]
    );
}
