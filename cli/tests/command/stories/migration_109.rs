//! Migration 109: a lock time-out set a flag, the later migrations ran on, the runner exited with 0, and services started
//! on a schema without the columns. Suspected were duplicate columns and two services that migrate at once.

use super::{assert_has, database, execute, on_database, said, value, write};
use crate::run::{Project, Run, command};
use std::process::Stdio;

const FILES: [(&str, &str); 3] = [
    (
        "migrations/108_call_log.sql",
        "CREATE TABLE call_log (id INTEGER PRIMARY KEY, call_sid TEXT NOT NULL);\n",
    ),
    (
        "migrations/109_call_log_times.sql",
        "ALTER TABLE call_log ADD COLUMN started_at TEXT DEFAULT NULL;
ALTER TABLE call_log ADD COLUMN ended_at TEXT DEFAULT NULL;
ALTER TABLE call_log ADD COLUMN duration_sec INTEGER DEFAULT NULL;
",
    ),
    (
        "migrations/110_summary_status.sql",
        "ALTER TABLE call_log ADD COLUMN summary_status TEXT;\n",
    ),
];

const COLUMNS: &str = "SELECT group_concat(name) FROM pragma_table_info('call_log')";

#[test]
fn a_duplicate_column_does_not_compile() {
    let project = Project::new(&FILES);
    assert_eq!(project.run("check").code, Some(0));
    write(
        &project,
        "migrations/111_again.sql",
        "ALTER TABLE call_log ADD COLUMN started_at TEXT;\n",
    );
    let check = project.run("check");
    assert_eq!(check.code, Some(1));
    assert_has(
        &(check.stdout + &check.stderr),
        &[
            "started_at",
            "migrations/111_again.sql:1:33",
            "migrations/109_call_log_times.sql:1:",
        ],
    );
}

#[test]
fn a_lock_ends_the_run_and_no_later_migration_goes_on() {
    let project = Project::new(&FILES);
    said(&project, "migrate --to 108", 0);
    execute(&project, "INSERT INTO call_log (call_sid) VALUES ('CA1')").unwrap();
    let service = database(&project);
    service
        .execute_batch("BEGIN IMMEDIATE; INSERT INTO call_log (call_sid) VALUES ('CA2')")
        .unwrap();
    let failed = on_database(&project, "migrate --timeout 1");
    assert_eq!((failed.code, failed.stdout.as_str()), (Some(1), ""));
    assert_has(
        &failed.stderr,
        &[
            "the database is locked by another connection",
            "--timeout SECONDS",
        ],
    );
    service.execute_batch("COMMIT").unwrap();
    // Neither 109 nor 110 left anything.
    assert_eq!(value::<String>(&project, COLUMNS), "id,call_sid");
    assert_has(
        &said(&project, "status", 3),
        &[
            "2 migrations are pending, the database is at version 108",
            "109 call_log_times",
            "110 summary_status",
        ],
    );
    // The restart of the container goes on from there, once.
    assert_has(
        &said(&project, "migrate", 0),
        &["applied 2 migrations, now at version 110"],
    );
    assert_eq!(
        value::<String>(&project, COLUMNS),
        "id,call_sid,started_at,ended_at,duration_sec,summary_status"
    );
    let before = std::fs::read(project.path("app.db")).unwrap();
    for verb in ["migrate", "status", "verify", "plan"] {
        said(&project, verb, 0);
    }
    assert_eq!(std::fs::read(project.path("app.db")).unwrap(), before);
    assert_eq!(value::<i64>(&project, "SELECT count(*) FROM call_log"), 2);
}

#[test]
fn a_failure_half_way_takes_the_whole_migration_back() {
    let project = Project::new(&FILES);
    said(&project, "migrate --to 108", 0);
    execute(
        &project,
        "INSERT INTO call_log (call_sid) VALUES ('CA1'), ('CA1')",
    )
    .unwrap();
    let (path, text) = FILES[1];
    let unique = format!("{text}CREATE UNIQUE INDEX one_call ON call_log (call_sid);\n");
    write(&project, path, &unique);
    let failed = said(&project, "migrate", 1);
    assert_has(
        &failed,
        &["migration 109 `call_log_times` failed at migrations/109_call_log_times.sql:4:1"],
    );
    assert_eq!(value::<String>(&project, COLUMNS), "id,call_sid");
    assert_eq!(
        value::<i64>(&project, "SELECT max(version) FROM _tablature_history"),
        108
    );
    assert_has(&said(&project, "verify", 3), &["2 migrations are pending"]);
}

#[test]
fn services_that_start_at_once_apply_each_migration_once() {
    const SERVICES: usize = 8;
    let project = Project::new(&FILES);
    let directory = project.path("");
    let services: Vec<_> = (0..SERVICES)
        .map(|_| {
            command(&directory)
                .args(["migrate", "--database", "app.db"])
                .stdout(Stdio::piped())
                .stderr(Stdio::piped())
                .spawn()
                .unwrap()
        })
        .collect();
    let runs: Vec<Run> = services
        .into_iter()
        .map(|service| service.wait_with_output().unwrap().into())
        .collect();
    let applied = runs
        .iter()
        .filter(|run| run.stdout.contains("applied 3 migrations"));
    assert_eq!(applied.count(), 1, "{runs:?}");
    let idle = runs
        .iter()
        .filter(|run| run.stdout == "up to date at version 110\n");
    assert_eq!(idle.count(), SERVICES - 1, "{runs:?}");
    assert!(runs.iter().all(|run| run.code == Some(0)), "{runs:?}");
    assert_eq!(
        value::<String>(
            &project,
            "SELECT group_concat(version) FROM _tablature_history"
        ),
        "108,109,110"
    );
}
