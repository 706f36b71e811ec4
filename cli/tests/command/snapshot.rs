use crate::run::{Project, workspace};
use rusqlite::Connection;
use rusqlite::types::Value;
use std::fs;

const USERS: (&str, &str) = (
    "migrations/0001_create_users.sql",
    "CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT NOT NULL);\n\
     INSERT INTO users (name) VALUES ('narrator'), ('it''s me');\n",
);
const RENAME: (&str, &str) = (
    "migrations/0002_rename_name.sql",
    "ALTER TABLE users RENAME COLUMN name TO display_name;\n",
);
const SNAPSHOT: &str = "migrations/tablature.snapshot";

/// The statements of the snapshot, without the comments before them.
fn body(project: &Project) -> String {
    let text = project.read(SNAPSHOT);
    let lines = text.lines().filter(|line| !line.starts_with("--"));
    lines.map(|line| format!("{line}\n")).collect()
}

/// Every statement that the engine keeps, and every row of every table that a query can read; the library's own are left out.
fn contents(project: &Project, database: &str) -> Vec<String> {
    let connection = Connection::open(project.path(database)).unwrap();
    let read = |sql: &str| -> Vec<String> {
        let mut statement = connection.prepare(sql).unwrap();
        let columns = statement.column_count();
        let rows = statement.query_map([], |row| {
            let values = (0..columns).map(|at| row.get::<_, Value>(at));
            Ok(format!("{:?}", values.collect::<Result<Vec<_>, _>>()?))
        });
        rows.unwrap().collect::<Result<_, _>>().unwrap()
    };
    let mut contents = read(
        "SELECT type, name, tbl_name, sql FROM sqlite_schema
         WHERE tbl_name NOT LIKE '%tablature_history' AND name NOT LIKE 'sqlite_stat%' ORDER BY name",
    );
    let tables = "SELECT name FROM pragma_table_list
         WHERE schema = 'main' AND type = 'table' AND name NOT LIKE '\\_tablature%' ESCAPE '\\'
           AND name <> 'sqlite_schema' AND name NOT LIKE 'sqlite_stat%' ORDER BY name";
    let mut statement = connection.prepare(tables).unwrap();
    let names = statement.query_map([], |row| row.get::<_, String>(0));
    for name in names.unwrap().collect::<Result<Vec<_>, _>>().unwrap() {
        contents.push(format!("rows of {name}"));
        contents.extend(read(&format!("SELECT * FROM \"{name}\"")));
    }
    contents
}

/// The files of a project, migrated with the snapshot and without it: what each database holds.
fn both_ways(project: &Project) -> [Vec<String>; 2] {
    let run = project.run("migrate --database with.db");
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert!(
        run.stdout.starts_with("made from the snapshot"),
        "{}",
        run.stdout
    );
    fs::remove_file(project.path(SNAPSHOT)).unwrap();
    let run = project.run("migrate --database without.db");
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    ["with.db", "without.db"].map(|database| contents(project, database))
}

#[test]
fn a_snapshot_is_what_the_migrations_leave_behind() {
    let project = Project::new(&[USERS, RENAME]);
    let run = project.run("snapshot");
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert_eq!(
        run.stdout,
        "wrote `migrations/tablature.snapshot`: version 2 with 1 table and 2 rows\n"
    );
    assert_eq!(
        body(&project),
        "\nCREATE TABLE users (id INTEGER PRIMARY KEY, display_name TEXT NOT NULL);\n\n\
         INSERT INTO \"users\" (\"id\", \"display_name\") VALUES\n  (1, 'narrator'),\n  (2, 'it''s me');\n"
    );
    let first = project.read(SNAPSHOT);
    let run = project.run("snapshot --check");
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert_eq!(
        run.stdout,
        "`migrations/tablature.snapshot` is up to date: version 2 with 1 table and 2 rows\n"
    );
    // Line ends and a mark at the beginning are not what was proven.
    let windows = format!("\u{feff}{}", first.replace('\n', "\r\n"));
    fs::write(project.path(SNAPSHOT), windows).unwrap();
    assert_eq!(project.run("snapshot --check").code, Some(0));
    assert_eq!(project.run("check --deny warnings").code, Some(0));
    // Nothing else is left behind.
    assert_eq!(fs::read_dir(project.path("migrations")).unwrap().count(), 3);
}

#[test]
fn what_comes_after_is_applied_on_top() {
    let project = Project::new(&[USERS]);
    project.run("snapshot");
    fs::write(project.path(RENAME.0), RENAME.1).unwrap();
    let run = project.run("migrate --database app.db");
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert!(
        run.stdout.ends_with(
            "made from the snapshot of version 1, applied 1 migration, now at version 2\n"
        ),
        "{}",
        run.stdout
    );
    assert_eq!(project.run("verify --database app.db").code, Some(0));
    let run = project.run("snapshot --check");
    assert_eq!(run.code, Some(1));
    assert_eq!(
        run.stdout,
        "error: `migrations/tablature.snapshot` is not up to date: run `cargo tablature snapshot` and commit the file\n"
    );
    assert_eq!(project.run("snapshot --check --until 1").code, Some(0));
}

#[test]
fn a_database_that_holds_something_is_migrated() {
    let project = Project::new(&[USERS]);
    let run = project.run("migrate --database app.db");
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    fs::write(project.path(RENAME.0), RENAME.1).unwrap();
    project.run("snapshot");
    let run = project.run("migrate --database app.db");
    assert!(
        run.stdout
            .ends_with("applied 1 migration, now at version 2\n"),
        "{}",
        run.stdout
    );
}

#[test]
fn a_migration_that_was_changed_since_is_told() {
    let project = Project::new(&[USERS, RENAME]);
    project.run("snapshot");
    let changed = RENAME.1.replace("display_name", "full_name");
    fs::write(project.path(RENAME.0), changed).unwrap();
    let run = project.run("check");
    assert_eq!(run.code, Some(1));
    assert!(run.stdout.starts_with("error[T0017]"), "{}", run.stdout);
    let run = project.run("migrate --database app.db");
    assert_eq!(run.code, Some(1));
    assert!(!project.path("app.db").exists());
    assert_eq!(project.run("snapshot").code, Some(0));
    assert_eq!(project.run("check").code, Some(0));
    assert!(body(&project).contains("full_name"));
}

#[test]
fn whatever_a_database_can_hold_comes_back() {
    let project = Project::new(&[
        (
            "migrations/0001_everything.sql",
            "CREATE TABLE values_of (kind TEXT, value) ;
             INSERT INTO values_of VALUES ('null', NULL), ('blob', X'00ff10'), ('empty', X''), ('text', 'a''b'),
               ('nul', 'a' || char(0) || 'b'), ('lines', 'a' || char(10) || '-- b'), ('least', -9223372036854775808),
               ('real', 0.1), ('whole', 1e0), ('infinite', 9e999), ('small', 5e-324), ('bool', TRUE);
             CREATE TABLE gaps (note TEXT);
             INSERT INTO gaps (rowid, note) VALUES (7, 'seven'), (-3, 'less');
             CREATE TABLE counted (id INTEGER PRIMARY KEY AUTOINCREMENT, note TEXT);
             INSERT INTO counted (note) VALUES ('a'), ('b'), ('c');
             DELETE FROM counted WHERE id > 1;
             CREATE TABLE keyed (a TEXT, b INTEGER, PRIMARY KEY (b, a)) WITHOUT ROWID;
             INSERT INTO keyed VALUES ('x', 2), ('y', 1);
             CREATE TABLE made (a INTEGER, b INTEGER AS (a * 2) STORED, c TEXT AS (a || '!'), rowid TEXT);
             INSERT INTO made (a, rowid) VALUES (1, 'mine'), (2, NULL);
             CREATE TABLE \"odd \"\"name\" (\"select\" INTEGER, \"a b\" TEXT);
             INSERT INTO \"odd \"\"name\" VALUES (1, 'x');
             CREATE TABLE log (what TEXT);
             CREATE TRIGGER noted AFTER INSERT ON keyed BEGIN INSERT INTO log VALUES (new.a); END;
             INSERT INTO keyed VALUES ('z', 3);
             CREATE VIEW loud AS SELECT upper(a) AS a FROM keyed;
             CREATE TRIGGER instead INSTEAD OF INSERT ON loud BEGIN INSERT INTO log VALUES (new.a); END;
             CREATE UNIQUE INDEX made_by_a ON made (a DESC) WHERE a > 0;
             CREATE TABLE child (id INTEGER PRIMARY KEY, parent INTEGER REFERENCES counted (id));
             INSERT INTO child VALUES (1, 1);
             PRAGMA user_version = 42;
             PRAGMA application_id = 77;
             ANALYZE;
",
        ),
        (
            "migrations/0002_rebuild.sql",
            "ALTER TABLE gaps ADD COLUMN more INTEGER DEFAULT 5;
             CREATE TABLE new_child (id INTEGER PRIMARY KEY, parent INTEGER NOT NULL REFERENCES counted (id));
             INSERT INTO new_child SELECT * FROM child;
             DROP TABLE child;
             ALTER TABLE new_child RENAME TO child;
             ALTER TABLE \"odd \"\"name\" RENAME TO odd;
",
        ),
    ]);
    let run = project.run("snapshot");
    assert_eq!(run.code, Some(0), "{}{}", run.stdout, run.stderr);
    let [with, without] = both_ways(&project);
    assert_eq!(with, without);
    let user_version = |database: &str| -> i64 {
        let connection = Connection::open(project.path(database)).unwrap();
        let read = connection.query_row("PRAGMA user_version", [], |row| row.get(0));
        read.unwrap()
    };
    assert_eq!(["with.db", "without.db"].map(user_version), [42, 42]);
}

#[test]
fn the_sample_applications_database_comes_back() {
    let project = Project::new(&[]);
    fs::create_dir(project.path("migrations")).unwrap();
    for file in fs::read_dir(workspace().join("migrations")).unwrap() {
        let file = file.unwrap();
        fs::copy(
            file.path(),
            project.path("migrations").join(file.file_name()),
        )
        .unwrap();
    }
    let run = project.run("snapshot");
    assert_eq!(run.code, Some(0), "{}{}", run.stdout, run.stderr);
    // The clock may have moved between the two.
    let [with, without] = both_ways(&project).map(|contents| -> Vec<String> {
        let today = |line: &String| {
            let words = line
                .split("Text(\"20")
                .map(|part| match part.split_once("\")") {
                    Some((time, rest)) if time.len() == "26-11-21 10:11:12".len() => {
                        rest.to_owned()
                    }
                    _ => part.to_owned(),
                });
            words.collect::<Vec<_>>().join("now")
        };
        contents.iter().map(today).collect()
    });
    assert_eq!(with, without);
}

#[test]
fn the_present_stays_the_present() {
    let project = Project::new(&[(
        "migrations/0001_users.sql",
        "CREATE TABLE users (id INTEGER PRIMARY KEY, created_at TEXT DEFAULT CURRENT_TIMESTAMP, day TEXT, seconds INTEGER);
         INSERT INTO users (day, seconds) VALUES (date('now'), unixepoch());
",
    )]);
    let run = project.run("snapshot");
    assert_eq!(run.code, Some(0), "{}{}", run.stdout, run.stderr);
    assert!(
        body(&project).contains("(1, CURRENT_TIMESTAMP, CURRENT_DATE, unixepoch())"),
        "{}",
        body(&project)
    );
}

#[test]
fn what_is_near_the_present_is_not_taken_for_it() {
    let seed = |value: &str| {
        let sql = format!(
            "CREATE TABLE t (id INTEGER PRIMARY KEY, v);\nINSERT INTO t (v) SELECT {value};\n"
        );
        let project = Project::new(&[("migrations/0001_t.sql", &sql)]);
        let run = project.run("snapshot");
        (run.code, run.stderr, project)
    };
    for value in [
        "strftime('%w', 'now')",
        "CASE WHEN date('now') < '2020-01-01' THEN 'old' ELSE 'new' END",
        "substr(timediff('now', '2000-01-01'), 1, 5)",
        "substr(date('subsec'), 1, 4) || '!'",
        "strftime('%Y', 'now', '-1 day')",
        "date('2020-06-15 12:00', 'localtime')",
        "hex(randomblob(1)) > '80'",
        "abs(random()) % 100 < 30",
        "iif(random() > 0, 'heads', 'tails')",
    ] {
        let (code, error, _) = seed(value);
        assert_eq!(code, Some(1), "{value}");
        let refusal = "`t.v` in row 1 is another value each time that the migrations run";
        assert!(error.contains(refusal), "{value}: {error}");
    }
    for value in ["date('now', 'localtime')", "time('now', 'localtime')"] {
        let (code, error, project) = seed(value);
        assert_eq!(code, Some(0), "{value}: {error}");
        assert!(body(&project).contains(value), "{}", body(&project));
    }
    // What was asked for and not kept is no reason.
    let (code, error, _) = seed("coalesce('fixed', random())");
    assert_eq!(code, Some(0), "{error}");
    let (code, error, _) = seed("iif(random() IS NULL, 'never', 'always')");
    assert_eq!(code, Some(0), "{error}");
}

#[test]
fn what_cannot_be_made_again_is_named() {
    let project = Project::new(&[
        USERS,
        (
            "migrations/0002_tokens.sql",
            "CREATE TABLE tokens (id INTEGER PRIMARY KEY, token TEXT, hour TEXT);
             INSERT INTO tokens (token, hour) VALUES ('fixed', ''), (hex(randomblob(16)), strftime('%H'));
             CREATE TABLE leap (id INTEGER);
             INSERT INTO leap SELECT 1 WHERE strftime('%Y') % 4 = 0;
",
        ),
    ]);
    let run = project.run("snapshot");
    assert_eq!(run.code, Some(1), "{}", run.stdout);
    assert_eq!(
        run.stderr,
        "error: no snapshot can stand for the migrations up to 2\n  \
           `tokens.token` in row 2 is another value each time that the migrations run\n  \
           `tokens.hour` in row 2 is another value each time that the migrations run\n  \
           `leap` has other rows each time that the migrations run\n  \
           = help: `--until` an earlier version: a new database is then made from that snapshot and the migrations after it\n"
    );
    assert!(!project.path(SNAPSHOT).exists());
    let run = project.run("snapshot --until 1");
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    let run = project.run("snapshot --until 3");
    assert_eq!(run.code, Some(2));
    assert_eq!(
        run.stderr,
        "error: no migration has version 3; the last is 2\n"
    );
}

#[test]
fn the_engines_version_is_not_that_of_every_application() {
    let made =
        "CREATE TABLE made_by (engine TEXT);\nINSERT INTO made_by VALUES (sqlite_version());\n";
    let project = Project::new(&[("migrations/0001_made_by.sql", made)]);
    let run = project.run("snapshot");
    assert_eq!(run.code, Some(1), "{}", run.stdout);
    assert!(
        run.stderr
            .contains("`made_by.engine` in row 1 is another value"),
        "{}",
        run.stderr
    );
}

#[test]
fn what_lies_outside_of_a_transaction_is_named() {
    let project = Project::new(&[
        USERS,
        (
            "migrations/0002_journal.sql",
            "-- no-transaction\nPRAGMA journal_mode = WAL;\n",
        ),
    ]);
    let run = project.run("snapshot");
    assert_eq!(run.code, Some(1), "{}", run.stdout);
    assert!(
        run.stderr.contains(
            "  `PRAGMA journal_mode` was changed, which no statement in a transaction can do\n"
        ),
        "{}",
        run.stderr
    );
}

/// What queries find in full-text tables and R*Trees.
fn found(project: &Project, database: &str, queries: &[&str]) -> Vec<Vec<i64>> {
    let connection = Connection::open(project.path(database)).unwrap();
    let ask = |query: &&str| -> Vec<i64> {
        let mut statement = connection.prepare(query).unwrap();
        let rows = statement.query_map([], |row| row.get(0)).unwrap();
        rows.collect::<Result<_, _>>().unwrap()
    };
    queries.iter().map(ask).collect()
}

#[test]
fn full_text_tables_and_r_trees_come_back() {
    let project = Project::new(&[(
        "migrations/0001_search.sql",
        "CREATE TABLE tales (id INTEGER PRIMARY KEY, title TEXT, moral TEXT);
         CREATE VIRTUAL TABLE tale_search USING fts5 (title, moral, content = 'tales', content_rowid = 'id');
         CREATE TRIGGER tales_searched AFTER INSERT ON tales BEGIN
           INSERT INTO tale_search (rowid, title, moral) VALUES (new.id, new.title, new.moral);
         END;
         INSERT INTO tales VALUES (3, 'The frog prince', 'keep promises'), (5, 'The wolf', 'knock first');
         CREATE VIRTUAL TABLE notes USING fts5 (body, tag UNINDEXED);
         INSERT INTO notes (rowid, body, tag) VALUES (7, 'once upon a time', 'a'), (9, 'a wolf again', NULL);
         DELETE FROM notes WHERE rowid = 7;
         INSERT INTO notes (body) VALUES ('the end of time');
         CREATE VIRTUAL TABLE old_notes USING fts4 (body);
         INSERT INTO old_notes (docid, body) VALUES (4, 'an old wolf');
         CREATE VIRTUAL TABLE spoken USING fts4 (body, languageid=language);
         INSERT INTO spoken (body, language) VALUES ('the wolf', 3), ('der wolf', 5);
         CREATE VIEW loud AS SELECT id, upper(title) || '!' AS title FROM tales;
         CREATE VIRTUAL TABLE loud_search USING fts5 (title, content = 'loud', content_rowid = 'id');
         INSERT INTO loud_search (loud_search) VALUES ('rebuild');
         CREATE VIRTUAL TABLE places USING rtree (id, west, east, +name);
         INSERT INTO places VALUES (2, 1.1, 2.7, 'tower'), (8, -3, 4, 'forest');
",
    )]);
    let run = project.run("snapshot");
    assert_eq!(run.code, Some(0), "{}{}", run.stdout, run.stderr);
    let run = project.run("migrate --database with.db");
    assert!(
        run.stdout.starts_with("made from the snapshot"),
        "{}",
        run.stderr
    );
    fs::remove_file(project.path(SNAPSHOT)).unwrap();
    project.run("migrate --database without.db");
    let queries = [
        "SELECT rowid FROM tale_search WHERE tale_search MATCH 'wolf OR promises' ORDER BY rowid",
        "SELECT rowid FROM notes WHERE notes MATCH 'time OR wolf' ORDER BY rowid",
        "SELECT docid FROM old_notes WHERE old_notes MATCH 'wolf'",
        "SELECT docid FROM spoken WHERE spoken MATCH 'wolf' AND language = 5",
        "SELECT rowid FROM loud_search WHERE loud_search MATCH 'wolf' ORDER BY rowid",
        "SELECT id FROM places WHERE west <= 2 AND east >= 2 ORDER BY id",
        "SELECT id FROM places WHERE name = 'tower' AND west = (SELECT min(west) FROM places WHERE id = 2)",
        "SELECT 1 FROM pragma_integrity_check WHERE integrity_check = 'ok'",
    ];
    let with = found(&project, "with.db", &queries);
    assert_eq!(with, found(&project, "without.db", &queries));
    assert_eq!(
        with,
        [
            vec![3, 5],
            vec![9, 10],
            vec![4],
            vec![2],
            vec![5],
            vec![2, 8],
            vec![2],
            vec![1]
        ]
    );
    // New rows are found too, also those of the trigger.
    let connection = Connection::open(project.path("with.db")).unwrap();
    let rows =
        "INSERT INTO tales VALUES (6, 'The raven', ''); INSERT INTO notes (body) VALUES ('raven');";
    connection.execute_batch(rows).unwrap();
    let queries = [
        "SELECT rowid FROM tale_search WHERE tale_search MATCH 'raven'",
        "SELECT rowid FROM notes WHERE notes MATCH 'raven'",
    ];
    assert_eq!(found(&project, "with.db", &queries), [[6], [11]]);
}

#[test]
fn an_index_that_nothing_can_make_again_is_named() {
    for (search, rows) in [
        (
            "CREATE VIRTUAL TABLE search USING fts5 (body, content = '');\n",
            "INSERT INTO search (rowid, body) VALUES (1, 'once upon a time');\n",
        ),
        (
            "CREATE TABLE tales (id INTEGER PRIMARY KEY, body TEXT);\n\
             CREATE VIRTUAL TABLE search USING fts5 (body, content = 'tales', content_rowid = 'id');\n",
            "INSERT INTO tales VALUES (1, 'not indexed'), (2, 'indexed');\n\
             INSERT INTO search (rowid, body) VALUES (2, 'indexed');\n",
        ),
        (
            "CREATE VIRTUAL TABLE search USING fts5 (body);\n",
            "INSERT INTO search (search, rank) VALUES ('pgsz', 64);\n",
        ),
    ] {
        let project = Project::new(&[("migrations/0001_search.sql", search)]);
        let run = project.run("snapshot");
        assert_eq!(run.code, Some(0), "{}", run.stderr);
        fs::write(project.path("migrations/0002_seed.sql"), rows).unwrap();
        let run = project.run("snapshot");
        assert_eq!(run.code, Some(1), "{}", run.stdout);
        assert!(
            run.stderr
                .contains("what a virtual table keeps in `search_"),
            "{}",
            run.stderr
        );
    }
}

#[test]
fn a_step_is_the_applications() {
    let step =
        "-- tablature: step crate::steps::fill_slugs\nALTER TABLE users ADD COLUMN slug TEXT;\n";
    let project = Project::new(&[USERS, ("migrations/0002_add_slug.sql", step)]);
    let run = project.run("snapshot");
    assert_eq!(run.code, Some(1), "{}", run.stdout);
    assert!(
        run.stderr.contains(
            "\n  migration 2 `add_slug` has a step, which only the application can run\n"
        ),
        "{}",
        run.stderr
    );
    assert_eq!(project.run("snapshot --until 1").code, Some(0));
}

#[test]
fn a_migration_that_fails_is_told() {
    let project = Project::new(&[
        USERS,
        (
            "migrations/0002_normalize.sql",
            "UPDATE users SET name = normalize(name);\n",
        ),
        ("migrations/tablature.toml", "functions = [\"normalize\"]\n"),
    ]);
    let run = project.run("snapshot");
    assert_eq!(run.code, Some(1), "{}", run.stdout);
    assert!(
        run.stderr.contains("no such function: normalize"),
        "{}",
        run.stderr
    );
    assert!(!project.path(SNAPSHOT).exists());
}

#[test]
fn json_tells_what_was_done() {
    let project = Project::new(&[USERS]);
    let json = |arguments: &str| -> serde_json::Value {
        serde_json::from_str(&project.run(arguments).stdout).unwrap()
    };
    let report = json("snapshot --format json");
    assert_eq!(report["verdict"], "accepted");
    assert_eq!(report["file"], SNAPSHOT);
    assert_eq!(report["written"], true);
    assert_eq!(report["version"], 1);
    assert_eq!(report["tables"], 1);
    assert_eq!(report["rows"], 2);
    assert_eq!(json("snapshot --format json")["written"], false);
    let random = "UPDATE users SET name = random();\n";
    fs::write(project.path("migrations/0002_random.sql"), random).unwrap();
    let report = json("snapshot --format json");
    assert_eq!(report["verdict"], "rejected");
    assert_eq!(
        report["refusals"][0],
        "`users.name` in row 1 is another value each time that the migrations run"
    );
    fs::write(project.path("migrations/0002_random.sql"), "DROP TABLE a;").unwrap();
    let report = json("snapshot --format json");
    assert_eq!(report["diagnostics"][0]["code"], "T0201");
}
