//! `usage_count`: a migration used a column before it was there, the runner logged a warning and recorded a success, and
//! the column was missing minutes later, while the recorded migration could never run again.

use super::{assert_has, database, execute, on_database, said, value, write};
use crate::run::Project;

const SYSTEM: (&str, &str) = (
    "migrations/1_create_fairy_tales_system.up.sql",
    "CREATE TABLE fairy_tales (id TEXT PRIMARY KEY NOT NULL, title TEXT NOT NULL);
CREATE TABLE fairy_tale_usage_stats (
    tale_id TEXT PRIMARY KEY NOT NULL REFERENCES fairy_tales (id) ON DELETE CASCADE,
    total_generations INTEGER DEFAULT 0
);
",
);
const COLUMN: &str = "migrations/2_add_usage_count_column.up.sql";
const MISTAKE: &str =
    "UPDATE fairy_tale_usage_stats SET usage_count = total_generations WHERE usage_count = 0;
ALTER TABLE fairy_tale_usage_stats ADD COLUMN usage_count INTEGER NOT NULL DEFAULT 0;
";
const CORRECT: &str =
    "ALTER TABLE fairy_tale_usage_stats ADD COLUMN usage_count INTEGER NOT NULL DEFAULT 0;
UPDATE fairy_tale_usage_stats SET usage_count = coalesce(total_generations, 0);
CREATE INDEX idx_fairy_tale_usage_count ON fairy_tale_usage_stats (usage_count);
";
const ROWS: &str = "INSERT INTO fairy_tales VALUES ('haensel', 'Hänsel und Gretel'), ('rot', 'Rotkäppchen');
INSERT INTO fairy_tale_usage_stats (tale_id, total_generations) VALUES ('haensel', 4), ('rot', NULL);";

#[test]
fn the_mistake_does_not_compile_and_touches_no_database() {
    let project = Project::new(&[SYSTEM, (COLUMN, MISTAKE)]);
    let check = project.run("check");
    assert_eq!(check.code, Some(1));
    let shown = check.stdout + &check.stderr;
    assert_has(
        &shown,
        &[
            "error[T0203]: no column `usage_count` on table `fairy_tale_usage_stats`",
            "migrations/2_add_usage_count_column.up.sql:1:",
            "the column is added only here, later",
            "help: move this statement after that one",
        ],
    );
    for verb in ["migrate", "status", "verify", "plan"] {
        let text = said(&project, verb, 1);
        assert_has(
            &text,
            &["no column `usage_count`", "the database was not touched"],
        );
    }
    assert!(!project.path("app.db").exists());
}

#[test]
fn a_failure_is_never_recorded_as_a_success() {
    // What only rows can tell: the engine refuses when it runs.
    let project = Project::new(&[SYSTEM]);
    said(&project, "migrate", 0);
    execute(&project, ROWS).unwrap();
    write(
        &project,
        COLUMN,
        "ALTER TABLE fairy_tale_usage_stats ADD COLUMN usage_count INTEGER NOT NULL DEFAULT 0;
CREATE UNIQUE INDEX each_once ON fairy_tale_usage_stats (usage_count);
",
    );
    let failed = said(&project, "migrate", 1);
    assert_has(
        &failed,
        &[
            "migration 2 `add_usage_count_column` failed at migrations/2_add_usage_count_column.up.sql:2:1",
        ],
    );
    assert_eq!(
        value::<i64>(&project, "SELECT max(version) FROM _tablature_history"),
        1
    );
    assert_has(
        &said(&project, "status", 3),
        &["1 migration is pending", "2 add_usage_count_column"],
    );
    // Nothing of it is there, so that the corrected file runs.
    write(&project, COLUMN, CORRECT);
    assert_has(&said(&project, "migrate", 0), &["now at version 2"]);
    assert_eq!(
        value::<i64>(
            &project,
            "SELECT sum(usage_count) FROM fairy_tale_usage_stats"
        ),
        4
    );
}

/// A database in which migration 2 was recorded, and of which nothing is there: what the other runner left behind.
fn recorded_and_missing() -> Project {
    let project = Project::new(&[SYSTEM, (COLUMN, CORRECT)]);
    said(&project, "migrate --to 1", 0);
    execute(&project, ROWS).unwrap();
    let elsewhere = project.run("migrate --database elsewhere.db");
    assert_eq!(elsewhere.code, Some(0));
    let connection = database(&project);
    let elsewhere = project.path("elsewhere.db");
    connection
        .execute("ATTACH ?1 AS elsewhere", [elsewhere.to_str().unwrap()])
        .unwrap();
    let recorded = "INSERT INTO main._tablature_history SELECT * FROM elsewhere._tablature_history WHERE version = 2";
    assert_eq!(connection.execute(recorded, []).unwrap(), 1);
    project
}

#[test]
fn a_success_that_was_none_is_seen_and_repaired() {
    let project = recorded_and_missing();
    let drift = [
        "drifted at version 2",
        "column `fairy_tale_usage_stats.usage_count` is missing (migrations/2_add_usage_count_column.up.sql:1)",
        "index `idx_fairy_tale_usage_count` is missing (migrations/2_add_usage_count_column.up.sql:3)",
    ];
    assert_has(&said(&project, "status", 3), &drift);
    assert_has(&said(&project, "verify", 3), &drift);
    // No service starts on it, and nothing is pending that could be run.
    for verb in ["migrate", "plan"] {
        let refused = said(&project, verb, 1);
        let parts = [
            "`fairy_tale_usage_stats.usage_count` is missing",
            "cargo tablature repair",
        ];
        assert_has(&refused, &parts);
    }

    let repair = on_database(&project, "repair");
    assert_eq!((repair.code, repair.stderr.as_str()), (Some(0), ""));
    assert_has(
        &repair.stdout,
        &[
            "-- column `fairy_tale_usage_stats.usage_count` is missing (migrations/2_add_usage_count_column.up.sql:1)",
            "ALTER TABLE main.\"fairy_tale_usage_stats\" ADD COLUMN usage_count INTEGER NOT NULL DEFAULT 0;",
            "CREATE INDEX idx_fairy_tale_usage_count ON fairy_tale_usage_stats (usage_count);",
        ],
    );
    // The script was written, and the database is as it was.
    assert_has(&said(&project, "status", 3), &drift);
    execute(&project, &repair.stdout).unwrap();
    assert_eq!(said(&project, "status", 0), "up to date at version 2\n");
    assert_eq!(said(&project, "migrate", 0), "up to date at version 2\n");
    assert_eq!(
        said(&project, "repair", 0),
        "-- nothing to repair, the database is at version 2\n"
    );
    assert_eq!(
        value::<i64>(
            &project,
            "SELECT sum(total_generations) FROM fairy_tale_usage_stats"
        ),
        4
    );

    // What the migration would have written, a corrective one writes: here with the order that went wrong there.
    write(
        &project,
        "migrations/3_fix_usage_count_column.up.sql",
        "UPDATE fairy_tale_usage_stats SET usage_count = coalesce(total_generations, 0);\n",
    );
    assert_has(&said(&project, "migrate", 0), &["now at version 3"]);
    assert_eq!(
        value::<i64>(
            &project,
            "SELECT sum(usage_count) FROM fairy_tale_usage_stats"
        ),
        4
    );
}

#[test]
fn an_edited_migration_is_refused_with_the_way_out() {
    let project = Project::new(&[SYSTEM, (COLUMN, CORRECT)]);
    said(&project, "migrate", 0);
    assert_eq!(project.run("lock").code, Some(0));
    write(&project, COLUMN, &CORRECT.replace("DEFAULT 0", "DEFAULT 1"));
    let check = project.run("check");
    assert_eq!(check.code, Some(1));
    assert_has(
        &(check.stdout + &check.stderr),
        &[
            "error[T0012]: statement 1 of the released migration 2",
            "put the change into a new migration",
        ],
    );
    std::fs::remove_file(project.path("migrations/tablature.lock")).unwrap();
    let text = said(&project, "migrate", 1);
    assert_has(
        &text,
        &[
            "migration 2 `add_usage_count_column` was changed after it was applied",
            "a new migration",
        ],
    );
    assert_has(&said(&project, "status", 3), &["unknown: migration 2"]);
    assert_has(
        &said(&project, "repair", 1),
        &["migration 2 `add_usage_count_column` was changed"],
    );
}
