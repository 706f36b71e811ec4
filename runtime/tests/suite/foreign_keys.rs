//! Foreign keys: not enforced during a run, checked at its end, and enforced again as before.

use crate::support::{dump, enforces, migrations, value};
use tablature::Error;
use tablature::rusqlite::Connection;

const TABLES: (&str, &str) = (
    "1_tables",
    "CREATE TABLE stories (id INTEGER PRIMARY KEY);
     CREATE TABLE chapters (id INTEGER PRIMARY KEY, story INTEGER REFERENCES stories ON DELETE CASCADE);
     INSERT INTO stories VALUES (1);
     INSERT INTO chapters VALUES (10, 1);",
);

fn database() -> Connection {
    let mut connection = Connection::open_in_memory().unwrap();
    migrations(&[TABLES]).apply(&mut connection).unwrap();
    connection
}

fn break_one(connection: &Connection) {
    connection
        .execute_batch("PRAGMA foreign_keys = OFF; INSERT INTO chapters VALUES (11, 99); PRAGMA foreign_keys = ON;")
        .unwrap();
}

#[test]
fn rows_that_a_migration_leaves_without_parent_are_refused() {
    let mut connection = database();
    let before = dump(&connection);
    let error = migrations(&[TABLES, ("2_orphan", "DELETE FROM stories;")])
        .apply(&mut connection)
        .unwrap_err();
    let Error::ForeignKeys {
        violations,
        total: 1,
        ..
    } = &error
    else {
        panic!("{error:?}");
    };
    assert_eq!(violations[0].table, "chapters");
    assert_eq!(violations[0].rowid, Some(10));
    assert_eq!(violations[0].parent, "stories");
    assert_eq!(
        error.to_string(),
        "the migrations leave rows that refer to nothing:\n  \
         row 10 of `chapters` refers to no row of `stories`\n\
         nothing was applied: delete or correct these rows in `migrations/2_orphan.sql`"
    );
    assert_eq!(dump(&connection), before);
    assert!(enforces(&connection));
}

#[test]
fn many_violations_are_counted() {
    let mut connection = database();
    let error = migrations(&[
        TABLES,
        (
            "2_many",
            "WITH RECURSIVE n (i) AS (VALUES (100) UNION ALL SELECT i + 1 FROM n LIMIT 250)
             INSERT INTO chapters SELECT i, i FROM n;",
        ),
    ])
    .apply(&mut connection)
    .unwrap_err();
    assert!(
        matches!(&error, Error::ForeignKeys { violations, total: 250, .. } if violations.len() == 100)
    );
    assert!(error.to_string().contains("\n  and 245 more\n"));
}

#[test]
fn violations_from_before_are_not_blamed_on_a_run() {
    let rebuilt = "CREATE TABLE chapters_new (id INTEGER PRIMARY KEY, story INTEGER REFERENCES stories, title TEXT);
         INSERT INTO chapters_new (story) SELECT story FROM chapters;
         DROP TABLE chapters;
         ALTER TABLE chapters_new RENAME TO chapters;";
    for sql in [
        "CREATE TABLE tags (id INTEGER PRIMARY KEY);",
        "ALTER TABLE chapters RENAME TO parts;",
        "ALTER TABLE stories RENAME TO tales;",
        rebuilt,
    ] {
        let mut connection = database();
        break_one(&connection);
        let result = migrations(&[TABLES, ("2_change", sql)]).apply(&mut connection);
        assert!(result.is_ok(), "{sql}: {result:?}");
        assert!(enforces(&connection));
    }
}

#[test]
fn a_new_violation_is_found_among_old_ones() {
    let mut connection = database();
    break_one(&connection);
    let error = migrations(&[
        TABLES,
        ("2_orphan", "INSERT INTO chapters VALUES (12, 98);"),
    ])
    .apply(&mut connection)
    .unwrap_err();
    assert!(
        matches!(&error, Error::ForeignKeys { violations, total: 1, .. } if violations[0].rowid == Some(12))
    );
}

#[test]
fn a_table_without_rowid() {
    let mut connection = database();
    let error = migrations(&[
        TABLES,
        (
            "2_tags",
            "CREATE TABLE tags (name TEXT PRIMARY KEY, story REFERENCES stories) WITHOUT ROWID;
             INSERT INTO tags VALUES ('tower', 7);",
        ),
    ])
    .apply(&mut connection)
    .unwrap_err();
    assert!(
        error
            .to_string()
            .contains("a row of `tags` refers to no row of `stories`")
    );
}

#[test]
fn a_key_that_the_engine_cannot_check_is_left_to_the_compiler() {
    let mut connection = database();
    migrations(&[
        TABLES,
        (
            "2_odd",
            "CREATE TABLE odd (x REFERENCES chapters (story)); INSERT INTO odd VALUES (1);",
        ),
    ])
    .apply(&mut connection)
    .unwrap();
}

#[test]
fn enforcement_stays_off_where_it_was_off() {
    let mut connection = Connection::open_in_memory().unwrap();
    connection
        .pragma_update(None, "foreign_keys", false)
        .unwrap();
    migrations(&[TABLES]).apply(&mut connection).unwrap();
    assert!(!enforces(&connection));
    // The application does not want them enforced.
    migrations(&[TABLES, ("2_orphan", "DELETE FROM stories;")])
        .apply(&mut connection)
        .unwrap();
    assert_eq!(
        value::<i64>(&connection, "SELECT count(*) FROM chapters"),
        1
    );
    assert!(!enforces(&connection));
}

#[test]
fn a_pragma_in_a_migration_changes_nothing() {
    let mut connection = database();
    let files = [
        TABLES,
        (
            "2_pragma",
            "PRAGMA foreign_keys = ON; DELETE FROM stories; DELETE FROM chapters;",
        ),
    ];
    migrations(&files).apply(&mut connection).unwrap();
    assert!(enforces(&connection));
}

#[test]
fn a_row_that_a_trigger_writes_is_looked_at() {
    let mut connection = Connection::open_in_memory().unwrap();
    connection
        .pragma_update(None, "foreign_keys", true)
        .unwrap();
    let before = [(
        "1_pages",
        "CREATE TABLE pages (id INTEGER PRIMARY KEY);
         CREATE TABLE notes (page_id INTEGER REFERENCES pages (id));
         CREATE TABLE log (x);
         CREATE TABLE moved (x);
         CREATE TRIGGER far AFTER INSERT ON moved BEGIN INSERT INTO notes VALUES (NEW.x); END;
         CREATE TRIGGER near AFTER INSERT ON log BEGIN INSERT INTO moved VALUES (NEW.x); END;",
    )];
    migrations(&before).apply(&mut connection).unwrap();
    for write in [
        "INSERT INTO log VALUES (7);",
        "INSERT INTO 'LOG' VALUES (7);",
    ] {
        let files = [before[0], ("2_log", write)];
        let error = migrations(&files).apply(&mut connection).unwrap_err();
        assert!(
            error
                .to_string()
                .contains("row 1 of `notes` refers to no row of `pages`"),
            "{error}"
        );
    }
    // A parent that goes breaks rows of tables that the migration does not name.
    connection
        .execute_batch("INSERT INTO pages VALUES (1); INSERT INTO notes VALUES (1);")
        .unwrap();
    let files = [before[0], ("2_clear", "DELETE FROM pages;")];
    let error = migrations(&files).apply(&mut connection).unwrap_err();
    assert!(
        error
            .to_string()
            .contains("row 1 of `notes` refers to no row of `pages`"),
        "{error}"
    );
}
