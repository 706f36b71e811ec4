//! `cargo tablature repair` over a database file.

use crate::run::{Project, Run};
use rusqlite::Connection;
use serde_json::Value;

const TALES: (&str, &str) = (
    "migrations/1_tales.sql",
    "CREATE TABLE tales (id INTEGER PRIMARY KEY, title TEXT NOT NULL);\n",
);
const COUNT: (&str, &str) = (
    "migrations/2_count.sql",
    "ALTER TABLE tales ADD COLUMN usage_count INTEGER NOT NULL DEFAULT 0;\n",
);

/// A project with a database at the newest version, to which something else was done since.
fn drifted(sql: &str) -> Project {
    let project = Project::new(&[TALES, COUNT]);
    assert_eq!(on_database(&project, "migrate").code, Some(0));
    execute(&project, sql).unwrap();
    project
}

fn on_database(project: &Project, verb: &str) -> Run {
    project.run(&format!("{verb} --database app.db"))
}

fn execute(project: &Project, sql: &str) -> rusqlite::Result<()> {
    Connection::open(project.path("app.db"))?.execute_batch(sql)
}

#[test]
fn the_standard_output_is_the_script_and_the_database_is_as_it_was() {
    let project = drifted(
        "ALTER TABLE tales DROP COLUMN usage_count; INSERT INTO tales VALUES (1, 'Rapunzel')",
    );
    let before = std::fs::read(project.path("app.db")).unwrap();
    let run = on_database(&project, "repair");
    assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""));
    assert!(
        run.stdout
            .contains("\n-- column `tales.usage_count` is missing (migrations/2_count.sql:1)\nALTER TABLE main.\"tales\" ADD COLUMN"),
        "{}",
        run.stdout
    );
    assert_eq!(std::fs::read(project.path("app.db")).unwrap(), before);
    execute(&project, &run.stdout).unwrap();
    assert_eq!(on_database(&project, "status").code, Some(0));
    let again = on_database(&project, "repair");
    assert_eq!(
        (again.code, again.stdout.as_str()),
        (
            Some(0),
            "-- nothing to repair, the database is at version 2\n"
        )
    );
}

#[test]
fn a_file_is_written_once() {
    let project = drifted("CREATE INDEX extra ON tales (title)");
    let run = on_database(&project, "repair --output repair.sql");
    assert_eq!((run.code, run.stdout.as_str()), (Some(0), ""));
    assert!(
        run.stderr.contains("repair.sql mends 1 difference"),
        "{}",
        run.stderr
    );
    let again = on_database(&project, "repair --output repair.sql");
    assert_eq!(again.code, Some(2), "{again:?}");
    assert_eq!(
        again.stderr,
        "error: cannot write repair.sql: it is there already: move it away or name another file\n"
    );
    execute(&project, &project.read("repair.sql")).unwrap();
    assert_eq!(on_database(&project, "verify").code, Some(0));
}

#[test]
fn what_no_migration_defines_is_left_until_it_is_named() {
    let project = drifted("ALTER TABLE tales ADD COLUMN mood TEXT; CREATE TABLE notes (x)");
    let kept = on_database(&project, "repair");
    assert_eq!(kept.code, Some(3));
    assert!(
        kept.stdout.starts_with("-- nothing to repair"),
        "{}",
        kept.stdout
    );
    assert!(
        kept.stderr
            .contains("column `tales.mood` is unexpected: no migration defines it; it is kept")
    );
    let some = on_database(&project, "repair --drop tales.mood");
    assert_eq!(some.code, Some(3));
    let all = on_database(&project, "repair --drop tales.mood --ignore-table notes");
    assert_eq!(all.code, Some(0), "{all:?}");
    execute(&project, &all.stdout).unwrap();
    assert_eq!(
        on_database(&project, "status --ignore-table notes").code,
        Some(0)
    );
    assert_eq!(on_database(&project, "repair --drop nothing").code, Some(1));
}

#[test]
fn rows_that_do_not_fit_are_listed_with_a_query() {
    let project = drifted(
        "CREATE TABLE new (id INTEGER PRIMARY KEY, title TEXT, usage_count INTEGER NOT NULL DEFAULT 0);
         DROP TABLE tales; ALTER TABLE new RENAME TO tales; INSERT INTO tales (id) VALUES (4)",
    );
    let run = on_database(&project, "repair");
    assert_eq!((run.code, run.stdout.as_str()), (Some(1), ""));
    assert!(
        run.stderr.contains(
            "1 row of `tales` does not fit: NOT NULL constraint failed: tales.title (rowid 4)\n    \
             SELECT * FROM \"tales\" WHERE \"title\" IS NULL;"
        ),
        "{}",
        run.stderr
    );
    let json = on_database(&project, "repair --format json").stdout;
    let json: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["state"], "failed");
    assert_eq!(json["problems"][0]["kind"], "rows");
    assert_eq!(json["problems"][0]["rowids"][0], 4);
    execute(&project, "UPDATE tales SET title = 'Rapunzel'").unwrap();
    let json = on_database(&project, "repair --format json").stdout;
    let json: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["mends"][0]["property"], "nullability");
    execute(&project, json["script"].as_str().unwrap()).unwrap();
    assert_eq!(on_database(&project, "status").code, Some(0));
}

#[test]
fn other_states_are_told_by_their_exit_codes() {
    let project = Project::new(&[TALES, COUNT]);
    assert_eq!(on_database(&project, "repair").code, Some(2));
    on_database(&project, "migrate --to 1");
    let pending = on_database(&project, "repair");
    assert_eq!((pending.code, pending.stdout.as_str()), (Some(3), ""));
    assert!(pending.stderr.contains("migration 2 `count` is pending"));
    execute(&project, "CREATE VIEW v AS SELECT 1").unwrap();
    let drifted = on_database(&project, "repair");
    assert_eq!(drifted.code, Some(0), "{drifted:?}");
    execute(&project, &drifted.stdout).unwrap();
    assert_eq!(on_database(&project, "migrate").code, Some(0));
    execute(&project, "DROP TABLE _tablature_history").unwrap();
    let adoptable = on_database(&project, "repair");
    assert_eq!(adoptable.code, Some(1));
    assert!(
        adoptable.stderr.contains("cargo tablature adopt"),
        "{}",
        adoptable.stderr
    );
}
