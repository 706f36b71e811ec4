//! A drifted database gets its schema back by a script, and keeps every row.

use crate::support::{dump, failing, migrations, migrations_expecting, value};
use tablature::migration::{Embedded, Expected};
use tablature::repair::RepairProblem;
use tablature::rusqlite::functions::FunctionFlags;
use tablature::rusqlite::{Connection, OpenFlags};
use tablature::{Error, Migrations, Repair};

const SCHEMA: (&str, &str) = (
    "1_schema",
    "CREATE TABLE users (id INTEGER PRIMARY KEY AUTOINCREMENT, email TEXT NOT NULL UNIQUE COLLATE NOCASE, age INTEGER);
     CREATE TABLE posts (
         id INTEGER PRIMARY KEY,
         user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
         title TEXT NOT NULL DEFAULT 'untitled' CHECK (title <> ''),
         words INTEGER GENERATED ALWAYS AS (length(title)) STORED
     );
     CREATE INDEX posts_by_user ON posts (user_id);
     CREATE VIEW titles AS SELECT title, email FROM posts JOIN users ON users.id = user_id;
     CREATE TABLE deleted (title TEXT);
     CREATE TRIGGER keep_title AFTER DELETE ON posts BEGIN INSERT INTO deleted VALUES (old.title); END;",
);
const TAGS: (&str, &str) = (
    "2_tags",
    "CREATE TABLE tags (name TEXT PRIMARY KEY) WITHOUT ROWID;",
);

const ROWS: &str =
    "INSERT INTO users (id, email, age) VALUES (1, 'a@b', 30), (5, 'c@d', NULL), (9, 'gone', 1);
     DELETE FROM users WHERE id = 9;
     INSERT INTO posts (id, user_id, title) VALUES (7, 1, 'one'), (11, 5, 'two');
     DELETE FROM posts WHERE id = 11;
     INSERT INTO posts (id, user_id, title) VALUES (12, 5, 'three');";

/// A database with rows that has drifted.
fn drifted(migrations: &Migrations, drift: &str) -> Connection {
    let mut connection = Connection::open_in_memory().unwrap();
    migrations.apply(&mut connection).unwrap();
    connection.execute_batch(ROWS).unwrap();
    connection
        .execute_batch(&format!(
            "PRAGMA foreign_keys = OFF; {drift}; PRAGMA foreign_keys = ON;"
        ))
        .unwrap();
    connection
}

fn repair(migrations: &Migrations, connection: &Connection) -> Repair {
    let before = dump(connection);
    let repair = migrations.repair(connection);
    assert_eq!(dump(connection), before);
    repair.unwrap()
}

fn problems(migrations: &Migrations, connection: &Connection) -> Vec<RepairProblem> {
    let before = dump(connection);
    let refused = migrations.repair(connection);
    assert_eq!(dump(connection), before);
    match refused {
        Err(Error::NotRepairable { problems }) => problems,
        other => panic!("{other:?}"),
    }
}

fn only(migrations: &Migrations, connection: &Connection) -> RepairProblem {
    let mut found = problems(migrations, connection);
    assert_eq!(found.len(), 1, "{found:?}");
    found.remove(0)
}

/// Repairs a drift, and compares all that the database holds with what it held before it drifted.
fn back(drift: &str) -> Repair {
    let migrations = migrations(&[SCHEMA]);
    let connection = drifted(&migrations, drift);
    let repair = repair(&migrations, &connection);
    connection
        .execute_batch(&repair.script)
        .unwrap_or_else(|error| panic!("{error}\n{}", repair.script));
    assert!(
        migrations.status(&connection).unwrap().is_current(),
        "{drift}"
    );
    migrations.verify(&connection).unwrap();
    let untouched = drifted(&migrations, "");
    let rows = |connection: &Connection| {
        let mut lines = dump(connection);
        lines.retain(|line| !line.starts_with("table ") && !line.starts_with("_tablature"));
        lines.sort();
        lines
    };
    assert_eq!(
        rows(&connection),
        rows(&untouched),
        "{drift}\n{}",
        repair.script
    );
    repair
}

/// Makes a table anew with another definition, rows and all.
fn remade(table: &str, definition: &str, columns: &str) -> String {
    let (definition, options) = definition
        .split_once(") ")
        .filter(|(_, options)| ["STRICT", "WITHOUT ROWID"].contains(options))
        .unwrap_or((definition, ""));
    format!(
        "PRAGMA legacy_alter_table = ON;
         CREATE TABLE drift ({definition}) {options};
         INSERT INTO drift ({columns}) SELECT {columns} FROM {table};
         DROP TABLE {table};
         ALTER TABLE drift RENAME TO {table};
         PRAGMA legacy_alter_table = OFF"
    )
}

#[test]
fn a_database_that_is_as_it_should_be_needs_nothing() {
    let migrations = migrations(&[SCHEMA]);
    let connection = drifted(&migrations, "");
    let repair = repair(&migrations, &connection);
    assert!(repair.is_empty() && repair.kept.is_empty());
    assert_eq!(
        repair.to_string(),
        "-- nothing to repair, the database is at version 1"
    );
}

#[test]
fn what_holds_no_rows_is_made_again_or_dropped() {
    back("DROP VIEW titles");
    back("DROP INDEX posts_by_user; CREATE INDEX posts_by_user ON posts (title)");
    back("DROP TRIGGER keep_title");
    let repair = back(
        "CREATE INDEX extra ON users (age); CREATE VIEW more AS SELECT 1; DROP TRIGGER keep_title;
         CREATE TRIGGER keep_title AFTER UPDATE ON posts BEGIN DELETE FROM deleted; END",
    );
    let dropped: Vec<String> = repair.drops.iter().map(ToString::to_string).collect();
    assert_eq!(
        dropped,
        [
            "view `more`: CREATE VIEW more AS SELECT 1",
            "index `extra`: CREATE INDEX extra ON users (age)"
        ]
    );
}

#[test]
fn a_column_is_added_where_the_engine_can() {
    let files = [(
        "1_stories",
        "CREATE TABLE stories (id INTEGER PRIMARY KEY, usage_count INTEGER NOT NULL DEFAULT 0 CHECK (usage_count >= 0));",
    )];
    let migrations = migrations(&files);
    let mut connection = Connection::open_in_memory().unwrap();
    migrations.apply(&mut connection).unwrap();
    connection
        .execute_batch(&format!(
            "{}; INSERT INTO stories VALUES (1), (2)",
            remade("stories", "id INTEGER PRIMARY KEY", "id")
        ))
        .unwrap();
    let repair = repair(&migrations, &connection);
    assert!(
        repair.script.contains(
            "ALTER TABLE main.\"stories\" ADD COLUMN usage_count INTEGER NOT NULL DEFAULT 0 CHECK (usage_count >= 0);"
        ),
        "{}",
        repair.script
    );
    assert_eq!(repair.mends.len(), 2);
    assert_eq!(
        repair.notes,
        [
            "column `stories.usage_count` has its default in each of 2 rows; what a migration or the application would \
          have written there is not known"
        ]
    );
    connection.execute_batch(&repair.script).unwrap();
    assert!(migrations.status(&connection).unwrap().is_current());
    assert_eq!(
        value::<i64>(
            &connection,
            "SELECT count(*) FROM stories WHERE usage_count = 0"
        ),
        2
    );
}

#[test]
fn a_table_is_made_anew_with_all_that_is_in_it() {
    let users = "id INTEGER PRIMARY KEY AUTOINCREMENT, email TEXT NOT NULL UNIQUE COLLATE NOCASE, age INTEGER";
    let drifts = [
        // No key, and NULL where there must be none.
        "id INTEGER, email TEXT, age INTEGER",
        // Another type, a default, a CHECK, a collation, an order.
        "id INTEGER PRIMARY KEY AUTOINCREMENT, email TEXT NOT NULL UNIQUE COLLATE NOCASE, age TEXT",
        "id INTEGER PRIMARY KEY AUTOINCREMENT, email TEXT NOT NULL UNIQUE COLLATE NOCASE, age INTEGER DEFAULT 3",
        "id INTEGER PRIMARY KEY AUTOINCREMENT, email TEXT NOT NULL UNIQUE COLLATE NOCASE, age INTEGER CHECK (age > 0)",
        "id INTEGER PRIMARY KEY AUTOINCREMENT, email TEXT NOT NULL UNIQUE, age INTEGER",
        "id INTEGER PRIMARY KEY AUTOINCREMENT, age INTEGER, email TEXT NOT NULL UNIQUE COLLATE NOCASE",
        // Another kind of table.
        &format!("{users}) STRICT"),
        "id INTEGER PRIMARY KEY, email TEXT NOT NULL UNIQUE COLLATE NOCASE, age INTEGER",
        "id INTEGER PRIMARY KEY, email TEXT NOT NULL UNIQUE COLLATE NOCASE, age INTEGER) WITHOUT ROWID",
    ];
    for drift in drifts {
        let drift = remade("users", drift, "id, email, age");
        // A counter that went with the old table is no more.
        let lost = "INSERT INTO sqlite_sequence SELECT 'users', 9 WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence)";
        let keeps = drift.contains("AUTOINCREMENT");
        let repair = match keeps {
            true => back(&format!(
                "{drift}; UPDATE sqlite_sequence SET seq = 9; {lost}"
            )),
            false => {
                let migrations = migrations(&[SCHEMA]);
                let connection = drifted(&migrations, &drift);
                let repair = repair(&migrations, &connection);
                connection.execute_batch(&repair.script).unwrap();
                assert!(migrations.status(&connection).unwrap().is_current());
                assert_eq!(
                    value::<i64>(&connection, "SELECT sum(id * age) FROM users"),
                    30
                );
                repair
            }
        };
        assert!(
            repair.script.contains("RENAME TO \"_tablature_old_users\""),
            "{drift}"
        );
    }
}

#[test]
fn a_foreign_key_gets_its_action_and_the_children_of_a_table_are_left_alone() {
    let posts =
        "id INTEGER PRIMARY KEY, user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE SET NULL,
         title TEXT NOT NULL DEFAULT 'untitled' CHECK (title <> ''),
         words INTEGER GENERATED ALWAYS AS (length(title)) STORED";
    let repair = back(&remade("posts", posts, "id, user_id, title"));
    assert_eq!(
        repair.mends[0].to_string(),
        "ON DELETE of foreign key `(user_id) REFERENCES users` of table `posts` is `SET NULL`, \
         and the migrations define `CASCADE` (migrations/1_schema.sql:2)"
    );
    // The index, and the trigger, went with the table that drifted.
    assert_eq!(repair.mends.len(), 3);
    back(&remade(
        "posts",
        &posts.replace("REFERENCES users (id) ON DELETE SET NULL", ""),
        "id, user_id, title",
    ));
    back(&remade(
        "posts",
        &posts
            .replace("SET NULL", "CASCADE")
            .replace("STORED", "VIRTUAL"),
        "id, user_id, title",
    ));
    // A script must not fire what is for DELETE, nor cascade.
    back(
        &remade(
            "users",
            "id INTEGER PRIMARY KEY AUTOINCREMENT, email TEXT, age INTEGER",
            "id, email, age",
        )
        .replace(
            "PRAGMA legacy_alter_table = OFF",
            "UPDATE sqlite_sequence SET seq = 9",
        ),
    );
}

#[test]
fn what_is_missing_as_a_whole_is_made_with_what_belongs_to_it() {
    let migrations = migrations(&[SCHEMA]);
    let connection = drifted(&migrations, "DROP TABLE posts");
    let repair = repair(&migrations, &connection);
    assert_eq!(repair.mends.len(), 1);
    connection.execute_batch(&repair.script).unwrap();
    assert!(migrations.status(&connection).unwrap().is_current());
    assert_eq!(value::<i64>(&connection, "SELECT count(*) FROM users"), 2);
}

#[test]
fn rows_that_do_not_fit_are_told_before_anything_runs() {
    let migrations = migrations(&[SCHEMA]);
    let drift = remade(
        "users",
        "id INTEGER, email TEXT, age INTEGER",
        "id, email, age",
    ) + ";INSERT INTO users VALUES (6, NULL, 1), (7, 'A@B', 1), (8, 'a@b', 1), (5, 'x', 2)";
    let found = problems(&migrations, &drifted(&migrations, &drift));
    let texts: Vec<String> = found.iter().map(ToString::to_string).collect();
    assert_eq!(
        texts,
        [
            "1 row of `users` does not fit: NOT NULL constraint failed: users.email (rowid 3)\n    \
             SELECT * FROM \"users\" WHERE \"email\" IS NULL;",
            "2 rows of `users` do not fit: UNIQUE constraint failed: users.email (rowid 4, 5)\n    \
             SELECT * FROM \"users\" WHERE rowid IN (4, 5);",
            "1 row of `users` does not fit: UNIQUE constraint failed: users.id (rowid 6)\n    \
             SELECT \"id\", count(*) FROM \"users\" GROUP BY \"id\" HAVING count(*) > 1;",
        ]
    );
}

#[test]
fn checks_keys_and_parents_are_looked_at_too() {
    let migrations = migrations(&[SCHEMA]);
    let posts =
        "id INTEGER PRIMARY KEY, user_id INTEGER NOT NULL, title TEXT NOT NULL DEFAULT 'untitled'";
    let drift = remade("posts", posts, "id, user_id, title");
    let connection = drifted(
        &migrations,
        &format!("{drift}; INSERT INTO posts VALUES (20, 1, '')"),
    );
    let RepairProblem::Rows {
        table,
        constraint,
        count: 1,
        rowids,
        query,
    } = only(&migrations, &connection)
    else {
        panic!()
    };
    assert_eq!(
        (&*table, &*constraint, &*rowids),
        ("posts", "CHECK constraint failed: title <> ''", &[20][..])
    );
    assert_eq!(value::<i64>(&connection, &query), 20);

    let connection = drifted(
        &migrations,
        &format!("{drift}; INSERT INTO posts VALUES (20, 77, 'x'), (21, 78, 'y')"),
    );
    let RepairProblem::Rows {
        constraint,
        count: 2,
        rowids,
        query,
        ..
    } = only(&migrations, &connection)
    else {
        panic!()
    };
    assert_eq!(
        constraint,
        "FOREIGN KEY constraint failed: no such row of users"
    );
    assert_eq!(rowids, [20, 21]);
    assert_eq!(
        value::<i64>(
            &connection,
            &format!("SELECT count(*) FROM ({})", query.trim_end_matches(';'))
        ),
        2
    );

    let keyless = remade(
        "users",
        "id INTEGER, email TEXT NOT NULL, age INTEGER",
        "id, email, age",
    );
    let connection = drifted(
        &migrations,
        &format!("{keyless}; INSERT INTO users VALUES (NULL, 'n', 1)"),
    );
    let RepairProblem::Rows { constraint, .. } = only(&migrations, &connection) else {
        panic!()
    };
    assert_eq!(constraint, "the primary key users.id is NULL");
}

#[test]
fn a_unique_index_names_the_rows_that_stand_against_it() {
    let files = [(
        "1_t",
        "CREATE TABLE t (a, b);\nCREATE UNIQUE INDEX pairs ON t (a, b) WHERE a > 1;",
    )];
    let migrations = migrations(&files);
    let mut connection = Connection::open_in_memory().unwrap();
    migrations.apply(&mut connection).unwrap();
    connection
        .execute_batch(
            "DROP INDEX pairs; INSERT INTO t VALUES (1, 1), (1, 1), (2, 2), (2, 2), (2, 2)",
        )
        .unwrap();
    let RepairProblem::Rows {
        constraint,
        count: 2,
        rowids,
        ..
    } = only(&migrations, &connection)
    else {
        panic!()
    };
    assert_eq!(
        (&*constraint, &*rowids),
        ("UNIQUE constraint failed: t.a, t.b", &[4, 5][..])
    );
}

#[test]
fn values_that_a_type_would_change_are_told() {
    let migrations = migrations(&[SCHEMA]);
    let drift = remade(
        "users",
        "id INTEGER PRIMARY KEY AUTOINCREMENT, email TEXT NOT NULL UNIQUE COLLATE NOCASE, age TEXT",
        "id, email, age",
    ) + "; UPDATE users SET age = '007' WHERE id = 5";
    let connection = drifted(&migrations, &drift);
    let RepairProblem::Values {
        table,
        column,
        count: 1,
        rowids,
        example,
        query,
    } = only(&migrations, &connection)
    else {
        panic!()
    };
    assert_eq!(
        (&*table, &*column, &*rowids, &*example),
        ("users", "age", &[5][..], "'007' becomes 7")
    );
    assert_eq!(value::<i64>(&connection, &query), 5);
}

#[test]
fn what_no_migration_defines_is_kept_unless_it_is_named() {
    let migrations = migrations(&[SCHEMA]);
    let drift = "ALTER TABLE users ADD COLUMN nick TEXT DEFAULT 'none';
         CREATE TABLE notes (text); INSERT INTO notes VALUES ('keep');
         UPDATE users SET nick = 'Ann' WHERE id = 1;
         DROP INDEX posts_by_user";
    let connection = drifted(&migrations, drift);
    let kept = repair(&migrations, &connection);
    assert_eq!((kept.mends.len(), kept.kept.len()), (1, 2));
    connection.execute_batch(&kept.script).unwrap();
    let rest = repair(&migrations, &connection);
    assert!(rest.is_empty());
    assert_eq!(
        rest.to_string(),
        "-- nothing to repair, the database is at version 1\n\
         -- kept: table `notes` is unexpected: no migration defines it\n\
         -- kept: column `users.nick` is unexpected: no migration defines it"
    );

    let runner = migrations.runner().drop_unexpected(["Users.Nick", "NOTES"]);
    let dropping = runner.repair(&connection).unwrap();
    let drops: Vec<String> = dropping.drops.iter().map(ToString::to_string).collect();
    assert_eq!(
        drops,
        [
            "table `notes`, which has 1 row",
            "column `users.nick`, which is not NULL in 2 rows"
        ]
    );
    connection.execute_batch(&dropping.script).unwrap();
    assert!(migrations.status(&connection).unwrap().is_current());
    let again = runner.repair(&connection);
    assert!(matches!(again, Err(Error::NotRepairable { problems }) if problems.len() == 2));
}

#[test]
fn a_column_is_kept_in_a_table_that_is_made_anew() {
    let migrations = migrations(&[SCHEMA]);
    let users = "nick TEXT NOT NULL, id INTEGER PRIMARY KEY AUTOINCREMENT, age INTEGER, email TEXT";
    let drift = remade("users", users, "id, age, email, nick").replace(
        "SELECT id, age, email, nick FROM",
        "SELECT id, age, email, 'n' || id FROM",
    );
    let connection = drifted(&migrations, &drift);
    let repair = repair(&migrations, &connection);
    assert_eq!(repair.kept.len(), 1);
    connection.execute_batch(&repair.script).unwrap();
    assert_eq!(
        value::<String>(&connection, "SELECT group_concat(nick) FROM users"),
        "n1,n5"
    );

    let unique = remade(
        "users",
        "id INTEGER PRIMARY KEY, email TEXT, age INTEGER, nick TEXT UNIQUE",
        "id, email, age",
    );
    let found = problems(&migrations, &drifted(&migrations, &unique));
    assert!(
        matches!(&*found, [RepairProblem::Kept { column, .. }] if column == "nick"),
        "{found:?}"
    );
}

#[test]
fn a_table_of_which_nothing_is_missing_is_left_with_its_own_column() {
    let migrations = migrations(&[SCHEMA]);
    let deleted = remade("deleted", "title TEXT, at TEXT UNIQUE", "title");
    let connection = drifted(&migrations, &format!("{deleted}; DROP VIEW titles"));
    let repair = repair(&migrations, &connection);
    assert_eq!((repair.mends.len(), repair.kept.len()), (1, 2));
    connection.execute_batch(&repair.script).unwrap();
}

#[test]
fn the_schema_of_then_is_what_counts_where_migrations_are_pending() {
    let older = migrations(&[SCHEMA]);
    let newer = migrations(&[SCHEMA, TAGS]);
    let mut connection = drifted(&older, "DROP INDEX posts_by_user");
    let repair = repair(&newer, &connection);
    assert_eq!((repair.version, repair.pending.len()), (Some(1), 1));
    connection.execute_batch(&repair.script).unwrap();
    assert!(matches!(
        newer.repair(&connection),
        Err(Error::Pending { version: 2, .. })
    ));
    newer.apply(&mut connection).unwrap();
}

#[test]
fn a_database_with_another_history_or_none_is_refused() {
    let migrations = migrations(&[SCHEMA, TAGS]);
    let connection = Connection::open_in_memory().unwrap();
    assert!(matches!(
        migrations.repair(&connection),
        Err(Error::Pending { .. })
    ));
    connection.execute_batch("CREATE TABLE users (x)").unwrap();
    assert!(matches!(
        migrations.repair(&connection),
        Err(Error::NoHistory { .. })
    ));
    let mut newer = Connection::open_in_memory().unwrap();
    migrations.apply(&mut newer).unwrap();
    let older = crate::support::migrations(&[SCHEMA]);
    assert!(matches!(older.repair(&newer), Err(Error::Newer { .. })));
    newer.execute_batch("BEGIN").unwrap();
    assert!(matches!(
        migrations.repair(&newer),
        Err(Error::InTransaction)
    ));
}

#[test]
fn a_file_that_stopped_half_way_comes_first() {
    let files = [
        SCHEMA,
        (
            "2_half",
            "-- no-transaction\nCREATE TABLE a (x);\nINSERT INTO a VALUES (json('{'));",
        ),
    ];
    let migrations = migrations_expecting(&files, "CREATE TABLE a (x)");
    let mut connection = Connection::open_in_memory().unwrap();
    assert!(migrations.apply(&mut connection).is_err());
    let found = problems(&migrations, &connection);
    assert!(
        matches!(&*found, [RepairProblem::Halfway { version: 2 }]),
        "{found:?}"
    );
}

#[test]
fn a_virtual_table_is_made_if_it_is_missing_and_else_left_to_its_owner() {
    let migrations = migrations(&[(
        "1_search",
        "CREATE VIRTUAL TABLE search USING fts5(title, body);",
    )]);
    let mut connection = Connection::open_in_memory().unwrap();
    migrations.apply(&mut connection).unwrap();
    connection.execute_batch("DROP TABLE search").unwrap();
    let repair = repair(&migrations, &connection);
    assert_eq!(repair.notes.len(), 1);
    connection.execute_batch(&repair.script).unwrap();
    assert!(migrations.status(&connection).unwrap().is_current());
    connection
        .execute_batch("DROP TABLE search; CREATE VIRTUAL TABLE search USING fts5(title)")
        .unwrap();
    let found = problems(&migrations, &connection);
    assert!(
        matches!(&*found, [RepairProblem::Virtual { .. }]),
        "{found:?}"
    );
}

#[test]
fn a_script_runs_on_its_database_once() {
    let migrations = migrations(&[SCHEMA]);
    let connection = drifted(&migrations, "DROP VIEW titles");
    let script = repair(&migrations, &connection).script;
    connection.execute_batch(&script).unwrap();
    let before = dump(&connection);
    let again = connection.execute_batch(&script).unwrap_err().to_string();
    assert!(
        again.contains("the schema is not the one that this script was written for"),
        "{again}"
    );
    connection.execute_batch("ROLLBACK").unwrap();
    assert_eq!(dump(&connection), before);
}

/// Runs a script as `sqlite3 app.db < repair.sql` does, which goes on after a statement that fails.
fn without_bail(connection: &Connection, script: &str) -> usize {
    let statements = crate::support::statements(script);
    let failed = statements.iter().filter(|statement| {
        connection
            .execute_batch(&script[statement.start..statement.end])
            .is_err()
    });
    failed.count()
}

#[test]
fn a_statement_that_fails_leaves_nothing_half_done_even_where_the_others_run_on() {
    let migrations = migrations(&[SCHEMA]);
    let drift = remade(
        "users",
        "id INTEGER, email TEXT, age INTEGER",
        "id, email, age",
    ) + ";"
        + &remade(
            "posts",
            "id INTEGER PRIMARY KEY, user_id INTEGER, title TEXT",
            "id, user_id, title",
        )
        + "; DROP VIEW titles";
    let script = repair(&migrations, &drifted(&migrations, &drift)).script;
    let statements = crate::support::statements(&script);
    let mut tried = 0;
    for broken in &statements {
        let text = &script[broken.start..broken.end];
        if text.starts_with("PRAGMA") {
            continue;
        }
        // The statement is there and cannot be run.
        let blank = " ".repeat(broken.end - broken.start);
        let mut script = script.clone();
        script.replace_range(
            broken.start..broken.end,
            &blank.replacen("     ", "fails", 1),
        );
        let connection = drifted(&migrations, &drift);
        let before = dump(&connection);
        assert!(without_bail(&connection, &script) > 0);
        // Without these all the others have taken effect.
        if [
            "BEGIN",
            "CREATE TEMP",
            "INSERT OR ROLLBACK",
            "DROP TABLE IF EXISTS temp",
        ]
        .iter()
        .any(|it| text.starts_with(it))
        {
            assert!(
                migrations.status(&connection).unwrap().is_current(),
                "without {text}"
            );
            continue;
        }
        if !connection.is_autocommit() {
            connection.execute_batch("ROLLBACK").unwrap();
        }
        assert_eq!(dump(&connection), before, "without {text}");
        tried += 1;
    }
    assert!(tried > 10, "{tried}");
    // Rows that came after the script was written.
    let connection = drifted(&migrations, &drift);
    connection
        .execute_batch("INSERT INTO users VALUES (1, 'again', 1)")
        .unwrap();
    let before = dump(&connection);
    assert!(without_bail(&connection, &script) > 0);
    assert_eq!(dump(&connection), before);
}

#[test]
fn a_lock_of_another_leaves_nothing_half_done() {
    let directory = tempfile::tempdir().unwrap();
    for journal in ["WAL", "DELETE"] {
        let path = directory.path().join(format!("{journal}.db"));
        let migrations = migrations(&[SCHEMA]);
        let mut connection = Connection::open(&path).unwrap();
        connection.busy_timeout(std::time::Duration::ZERO).unwrap();
        connection
            .pragma_update(None, "journal_mode", journal)
            .unwrap();
        migrations.apply(&mut connection).unwrap();
        connection.execute_batch(ROWS).unwrap();
        connection
            .execute_batch("DROP INDEX posts_by_user; DROP VIEW titles")
            .unwrap();
        let read_only =
            Connection::open_with_flags(&path, OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
        let script = repair(&migrations, &read_only).script;
        drop(read_only);
        let other = Connection::open(&path).unwrap();
        other.execute_batch("BEGIN IMMEDIATE").unwrap();
        let before = dump(&connection);
        for (number, statement) in crate::support::statements(&script).iter().enumerate() {
            // The other lets go while the script runs.
            if number == 5 {
                other.execute_batch("ROLLBACK").unwrap();
            }
            let _ = connection.execute_batch(&script[statement.start..statement.end]);
        }
        assert!(connection.is_autocommit());
        assert_eq!(dump(&connection), before);
        connection.execute_batch(&script).unwrap();
        assert!(migrations.status(&connection).unwrap().is_current());
    }
}

#[test]
fn odd_names_are_only_names() {
    let files = [(
        "1_odd",
        "CREATE TABLE \"a\"\"b.c\nDROP\" (\"x y\" TEXT /* why */ DEFAULT 'it''s', \"rowid\" INT, CHECK (\"x y\" <> ';'));
         CREATE INDEX \"--\" ON \"a\"\"b.c\nDROP\" (\"x y\" COLLATE NOCASE DESC);",
    )];
    let migrations = migrations(&files);
    let mut connection = Connection::open_in_memory().unwrap();
    migrations.apply(&mut connection).unwrap();
    connection
        .execute_batch(
            "DROP TABLE \"a\"\"b.c\nDROP\"; CREATE TABLE \"a\"\"b.c\nDROP\" (\"rowid\" INT);
             INSERT INTO \"a\"\"b.c\nDROP\" (_rowid_, \"rowid\") VALUES (8, 3);",
        )
        .unwrap();
    let repair = repair(&migrations, &connection);
    connection.execute_batch(&repair.script).unwrap();
    assert!(migrations.status(&connection).unwrap().is_current());
    assert_eq!(
        value::<i64>(
            &connection,
            "SELECT _rowid_ FROM \"a\"\"b.c\nDROP\" WHERE \"x y\" = 'it''s' AND \"rowid\" = 3"
        ),
        8
    );
}

#[test]
fn a_table_that_names_itself_is_made_anew_too() {
    let files = [(
        "1_t",
        "CREATE TABLE t (id INTEGER PRIMARY KEY, a INT CHECK (t.a > 0), b AS (a + 1), self REFERENCES t (id));",
    )];
    let migrations = migrations(&files);
    let mut connection = Connection::open_in_memory().unwrap();
    migrations.apply(&mut connection).unwrap();
    connection
        .execute_batch(
            "DROP TABLE t;
             CREATE TABLE t (id INTEGER PRIMARY KEY, a INT CHECK (t.a > 1), b AS (a + 1), self REFERENCES t (id) ON DELETE CASCADE);
             INSERT INTO t (id, a, self) VALUES (1, 2, 1), (2, 3, 1);",
        )
        .unwrap();
    let repair = repair(&migrations, &connection);
    connection.execute_batch(&repair.script).unwrap();
    assert!(migrations.status(&connection).unwrap().is_current());
    assert_eq!(
        value::<i64>(&connection, "SELECT sum(a * b + self) FROM t"),
        20
    );
}

#[test]
fn any_encoding_page_size_and_bytes_are_kept() {
    let directory = tempfile::tempdir().unwrap();
    let settings = [
        "PRAGMA encoding = 'UTF-16le'; PRAGMA page_size = 512",
        "PRAGMA page_size = 65536; PRAGMA auto_vacuum = FULL",
        "PRAGMA journal_mode = WAL",
    ];
    for (number, settings) in settings.iter().enumerate() {
        let migrations = migrations(&[(
            "1_t",
            "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b, c REAL);",
        )]);
        let path = directory.path().join(format!("{number}.db"));
        let mut connection = Connection::open(path).unwrap();
        connection.execute_batch(settings).unwrap();
        migrations.apply(&mut connection).unwrap();
        connection
            .execute_batch(
                "DROP TABLE t; CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b, c);
                 INSERT INTO t VALUES (-5, 'ä😀', x'00ff', 9e999),
                     (9223372036854775807, CAST(x'ff41' AS TEXT), -0.0, NULL), (3, '', 1e300, 7);",
            )
            .unwrap();
        let contents = "SELECT group_concat(id || hex(a) || typeof(a) || quote(b) || coalesce(c + 0.0, '-')) FROM t";
        let before: String = value(&connection, contents);
        let repair = migrations.repair(&connection).unwrap();
        connection.execute_batch(&repair.script).unwrap();
        assert!(migrations.status(&connection).unwrap().is_current());
        assert_eq!(value::<String>(&connection, contents), before);
    }
}

fn with_function() -> tablature::rusqlite::Result<Connection> {
    let connection = Connection::open_in_memory()?;
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC;
    connection.create_scalar_function("is_mail", 1, flags, |call| {
        Ok(call.get::<String>(0)?.contains('@'))
    })?;
    Ok(connection)
}

#[test]
fn functions_of_the_application_are_those_of_the_scratch_database() {
    let text = "CREATE TABLE t (mail TEXT CHECK (is_mail(mail)));";
    let connection = with_function().unwrap();
    connection.execute_batch(text).unwrap();
    let mut all = failing(&[("1_t", text)]);
    all.expected = Expected::Sqlite(Embedded::Value(
        tablature::schema::read(&connection).unwrap(),
    ));
    let mut connection = with_function().unwrap();
    let runner = all.runner().scratch(with_function);
    runner.apply(&mut connection).unwrap();
    connection
        .execute_batch(
            "DROP TABLE t; CREATE TABLE t (mail TEXT); INSERT INTO t VALUES ('a@b'), ('none')",
        )
        .unwrap();
    assert!(matches!(all.repair(&connection), Err(Error::Replay { .. })));
    let refused = runner.repair(&connection).unwrap_err().to_string();
    assert!(
        refused.contains("CHECK constraint failed: is_mail(mail) (rowid 2)"),
        "{refused}"
    );
    connection
        .execute_batch("DELETE FROM t WHERE mail = 'none'")
        .unwrap();
    let repair = runner.repair(&connection).unwrap();
    connection.execute_batch(&repair.script).unwrap();
    assert!(runner.status(&connection).unwrap().is_current());
}
