//! What a migration is to a program that does not know it, rule by rule.

#![allow(clippy::unwrap_used, reason = "a helper of tests fails as they do")]

use tablature_schema::directory::Directory;
use tablature_schema::{Compatibility, Options, check};

const BEFORE: &str = "
    CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT NOT NULL, bio TEXT);
    CREATE TABLE strict (id INTEGER PRIMARY KEY, text TEXT) STRICT;
    CREATE TABLE orders (id INTEGER PRIMARY KEY, name TEXT);
    CREATE INDEX users_bio ON users (bio);
    CREATE VIEW people AS SELECT id, email FROM users;
    CREATE TRIGGER emptied AFTER DELETE ON orders BEGIN SELECT 1; END;
";

const SETTINGS: &str = "functions = [\"slug\", \"german\", \"graph\"]\nlints.destructive = \"allow\"\n\
    lints.broken_foreign_key = \"allow\"\nlints.broken_trigger = \"allow\"\nlints.broken_view = \"allow\"\n";

/// Why a program that knows what is before would notice a migration; none if it would not.
fn breaks(before: &str, sql: &str) -> Option<String> {
    breaks_with(before, sql, "")
}

fn breaks_with(before: &str, sql: &str, settings: &str) -> Option<String> {
    let files = [
        ("0001_before.sql", before),
        ("0002_migration.sql", sql),
        ("tablature.toml", settings),
    ];
    let directory = Directory::from_files("migrations", files);
    let checked = check(directory, &Options::default());
    assert!(checked.accepted(), "{sql}: {:?}", checked.diagnostics);
    match &checked.migrations.last().unwrap().compatibility {
        Compatibility::Additive => None,
        Compatibility::Breaking { reason, .. } => Some(reason.clone()),
    }
}

#[test]
fn what_only_adds() {
    for sql in [
        "CREATE TABLE tags (id INTEGER PRIMARY KEY, tag TEXT UNIQUE CHECK (tag <> ''), user_id INTEGER REFERENCES users)",
        "CREATE TABLE copies AS SELECT * FROM users",
        "CREATE TABLE tags (tag); INSERT INTO tags SELECT email FROM users; UPDATE tags SET tag = ''; DELETE FROM tags",
        "CREATE TABLE tags (tag); CREATE UNIQUE INDEX one ON tags (lower(tag)); ALTER TABLE tags RENAME TO labels;
         ALTER TABLE labels DROP COLUMN tag2" ,
        "CREATE TEMP TABLE staging AS SELECT 1 AS x; UPDATE staging SET x = 2; DROP TABLE staging",
        "CREATE TABLE scratch (x); DROP TABLE scratch; DROP TABLE IF EXISTS absent",
        "CREATE TABLE IF NOT EXISTS users (id)",
        "CREATE VIEW names AS SELECT name FROM orders; DROP VIEW names",
        "CREATE VIRTUAL TABLE search USING fts5 (bio, content='users'); INSERT INTO search (search) VALUES ('rebuild')",
        "CREATE INDEX i ON users (email, bio DESC)",
        "CREATE INDEX i ON users (email COLLATE NOCASE) WHERE bio IS NOT NULL AND id IN (1, 2)",
        "ALTER TABLE users ADD COLUMN x",
        "ALTER TABLE users ADD COLUMN x INTEGER NOT NULL DEFAULT -1",
        "ALTER TABLE users ADD COLUMN x TEXT DEFAULT 'a' COLLATE NOCASE",
        "ALTER TABLE users ADD COLUMN x INTEGER REFERENCES orders (id) DEFAULT NULL",
        "ALTER TABLE strict ADD COLUMN x TEXT NOT NULL DEFAULT ''",
        "SELECT count(*) FROM users",
        "BEGIN; CREATE TABLE tags (tag); COMMIT",
        "PRAGMA legacy_alter_table = ON; ANALYZE; REINDEX users",
        "EXPLAIN DROP TABLE users",
    ] {
        let sql = sql.replace("DROP COLUMN tag2", "RENAME COLUMN tag TO label");
        assert_eq!(breaks(BEFORE, &sql), None, "{sql}");
    }
}

#[test]
fn what_does_more() {
    for (sql, reason) in [
        (
            "ALTER TABLE users RENAME TO people2",
            "the table `users` is renamed",
        ),
        (
            "ALTER TABLE users RENAME COLUMN email TO address",
            "the column `users.email` is renamed",
        ),
        (
            "ALTER TABLE orders DROP COLUMN name",
            "the column `orders.name` is dropped",
        ),
        ("DROP TABLE strict", "the table `strict` is dropped"),
        ("DROP VIEW people", "the view `people` is dropped"),
        ("DROP INDEX users_bio", "the index `users_bio` is dropped"),
        ("DROP TRIGGER emptied", "the trigger `emptied` is dropped"),
        (
            "ALTER TABLE users ADD COLUMN x INTEGER CHECK (x > 0)",
            "the new column `users.x` has a CHECK",
        ),
        (
            "ALTER TABLE users ADD COLUMN x AS (upper(bio))",
            "the new column `users.x` is computed",
        ),
        (
            "ALTER TABLE users ADD COLUMN x TEXT COLLATE german",
            "the new column `users.x` has the collation `german`, which not every program has",
        ),
        (
            "ALTER TABLE users ADD COLUMN x DEFAULT (slug('a'))",
            "the new column `users.x` has a default that is computed",
        ),
        (
            "ALTER TABLE users ADD COLUMN x INTEGER NOT NULL ON CONFLICT IGNORE DEFAULT 1",
            "the new column `users.x` resolves conflicts",
        ),
        (
            "ALTER TABLE users ADD COLUMN x INTEGER DEFAULT 1 REFERENCES orders (id)",
            "the new column `users.x` refers to a row by its default",
        ),
        (
            "ALTER TABLE strict ADD COLUMN x INTEGER DEFAULT 'one'",
            "the new column `strict.x` has a default that its STRICT table does not take",
        ),
        (
            "ALTER TABLE strict ADD COLUMN x INTEGER DEFAULT 9223372036854775808",
            "the new column `strict.x` has a default that its STRICT table does not take",
        ),
        (
            "CREATE UNIQUE INDEX one ON users (bio)",
            "the unique index `one` refuses rows",
        ),
        (
            "CREATE INDEX i ON users (bio ->> '$.name')",
            "the index `i` computes what may fail",
        ),
        (
            "CREATE INDEX i ON users (bio) WHERE json_valid(bio)",
            "the index `i` computes what may fail",
        ),
        (
            "CREATE INDEX i ON users (bio COLLATE german)",
            "the index `i` computes what may fail",
        ),
        (
            "CREATE TRIGGER t AFTER INSERT ON users BEGIN DELETE FROM orders; END",
            "the trigger `t` does more than older programs ask for",
        ),
        (
            "INSERT INTO orders VALUES (1, 'a')",
            "rows of `orders` are written, which was there before",
        ),
        (
            "UPDATE users SET bio = ''",
            "rows of `users` are written, which was there before",
        ),
        (
            "WITH old AS (SELECT 1) DELETE FROM main.users",
            "rows of `users` are written, which was there before",
        ),
        (
            "-- tablature: effect CREATE TABLE x(a)\nCREATE VIRTUAL TABLE g USING graph (a)",
            "not every program has the module `graph`",
        ),
        (
            "CREATE TABLE json_each (value)",
            "`json_each` takes the place of a function of that name",
        ),
        (
            "PRAGMA user_version = 7",
            "`PRAGMA user_version` may stay in the file",
        ),
        (
            "SELECT slug('a')",
            "functions of the application may do anything",
        ),
        (
            "-- no-transaction\nVACUUM",
            "VACUUM may give rows another rowid",
        ),
        (
            "-- no-transaction\nATTACH 'other.db' AS other; DETACH other",
            "other databases are attached or detached",
        ),
        (
            "-- tablature: step crate::fill\nCREATE TABLE tags (tag)",
            "its step may change any row",
        ),
        (
            "CREATE TABLE tags (name TEXT REFERENCES orders (name))",
            "the foreign key of `tags` to `orders` stops what changes either",
        ),
    ] {
        assert_eq!(
            breaks_with(BEFORE, sql, SETTINGS).as_deref(),
            Some(reason),
            "{sql}"
        );
    }
}

#[test]
fn an_index_of_a_column_that_is_computed_on_reading_may_refuse_rows() {
    let before = "CREATE TABLE t (id INTEGER PRIMARY KEY, j TEXT, v AS (json_extract(j, '$.v')),
        s AS (length(j)) STORED);";
    for sql in [
        "CREATE INDEX i ON t (v)",
        "CREATE INDEX i ON t (id) WHERE t.v > 1",
    ] {
        let reason = breaks(before, sql);
        assert_eq!(reason.unwrap(), "the index `i` computes what may fail");
    }
    assert_eq!(breaks(before, "CREATE INDEX i ON t (s, id)"), None);
}

#[test]
fn a_rebuild_does_more() {
    let sql = "CREATE TABLE new (id INTEGER PRIMARY KEY, name TEXT NOT NULL DEFAULT '');
               INSERT INTO new SELECT id, coalesce(name, '') FROM orders;
               DROP TABLE orders; ALTER TABLE new RENAME TO orders";
    assert_eq!(
        breaks(BEFORE, sql).as_deref(),
        Some("the table `orders` is dropped")
    );
}

#[test]
fn a_new_column_must_leave_views_and_triggers_what_they_are() {
    let all = format!("{BEFORE} CREATE VIEW every AS SELECT * FROM users;");
    let add = "ALTER TABLE users ADD COLUMN name TEXT";
    // A view that shows one more.
    assert_eq!(breaks(&all, add), None);
    // A view in which a name is another column.
    let joined = format!("{BEFORE} CREATE VIEW joined AS SELECT * FROM users, orders;");
    assert_eq!(
        breaks(&joined, add).as_deref(),
        Some("the columns of the view `joined` are others after it")
    );
    // A view in which the columns of a join are those of both sides that have one name.
    let natural = format!(
        "{BEFORE} CREATE TABLE names (name TEXT);
         CREATE VIEW same AS SELECT users.id FROM users NATURAL JOIN names;"
    );
    assert_eq!(
        breaks(&natural, add).as_deref(),
        Some("a name in the view `same` may mean a new column")
    );
    // One in which the inner table has it now.
    let inner = format!(
        "{BEFORE} CREATE VIEW named AS SELECT (SELECT max(name) FROM users) AS first FROM orders;
         CREATE VIEW shown AS SELECT (SELECT max(orders.name) FROM users) AS first FROM orders;"
    );
    let reason = breaks(&inner, add).unwrap();
    assert!(reason.contains("`named`"), "{reason}");
    // And one through a view that shows one more.
    let through = format!(
        "{all} CREATE VIEW named AS SELECT (SELECT max(name) FROM every) AS first FROM orders;"
    );
    let reason = breaks(&through, add).unwrap();
    assert!(reason.contains("`named`"), "{reason}");
    // A trigger that counts columns.
    let counted = format!(
        "{BEFORE} CREATE TABLE archive (id, email, bio);
         CREATE TRIGGER kept BEFORE DELETE ON users BEGIN INSERT INTO archive SELECT * FROM users; END;"
    );
    let reason = breaks_with(&counted, add, SETTINGS).unwrap();
    assert!(reason.contains("`kept`"), "{reason}");
}
