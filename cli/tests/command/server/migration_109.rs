//! Migration 109: a lock time-out set a flag, later migrations ran on, and the runner exited with 0.

use super::Site;
use crate::run::{Run, command};
use crate::stories::assert_has;
use std::process::Stdio;

const FILES: [(&str, &str); 3] = [
    (
        "108_call_log.sql",
        "CREATE TABLE call_log (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, call_sid text NOT NULL);\n",
    ),
    (
        "109_call_log_times.sql",
        "ALTER TABLE call_log ADD COLUMN IF NOT EXISTS started_at timestamptz;
ALTER TABLE call_log ADD COLUMN IF NOT EXISTS ended_at timestamptz;
ALTER TABLE call_log ADD COLUMN IF NOT EXISTS duration_sec integer;
",
    ),
    (
        "110_summary_status.sql",
        "ALTER TABLE call_log ADD COLUMN summary_status text;\n",
    ),
];

const COLUMNS: &str = "SELECT string_agg(attname, ',' ORDER BY attnum) FROM pg_attribute
    WHERE attrelid = 'call_log'::regclass AND attnum > 0 AND NOT attisdropped";

#[test]
fn a_duplicate_column_does_not_compile() {
    let Some(site) = Site::new(&FILES) else {
        return;
    };
    site.write(
        "111_again.sql",
        "ALTER TABLE call_log ADD COLUMN started_at timestamptz;\n",
    );
    assert_has(
        &site.rejected(),
        &["started_at", "migrations/111_again.sql:1:"],
    );
}

#[test]
fn a_lock_ends_the_run_and_no_later_migration_goes_on() {
    let Some(site) = Site::new(&FILES) else {
        return;
    };
    site.said("migrate --to 108", 0);
    let mut service = site.database.connect();
    let mut call = service.transaction().unwrap();
    call.execute("INSERT INTO call_log (call_sid) VALUES ('CA1')", &[])
        .unwrap();
    let failed = site.run("migrate --timeout 1");
    assert_eq!((failed.code, failed.stdout.as_str()), (Some(1), ""));
    assert_has(&failed.stderr, &["migrations/109_call_log_times.sql:1:1"]);
    call.commit().unwrap();
    // Neither 109 nor 110 left anything.
    assert_eq!(site.value(COLUMNS), "id,call_sid");
    assert_has(
        &site.said("status", 3),
        &["2 migrations are pending, the database is at version 108"],
    );
    assert_has(
        &site.said("migrate", 0),
        &["applied 2 migrations, now at version 110"],
    );
    assert_eq!(
        site.value(COLUMNS),
        "id,call_sid,started_at,ended_at,duration_sec,summary_status"
    );
}

#[test]
fn services_that_start_at_once_apply_each_migration_once() {
    let Some(site) = Site::new(&FILES) else {
        return;
    };
    let directory = site.project.path("");
    let url = site.database.url();
    let services: Vec<_> = (0..6)
        .map(|_| {
            command(&directory)
                .args(["migrate", "--database-url", &url])
                .stdout(Stdio::piped())
                .stderr(Stdio::piped())
                .spawn()
                .unwrap()
        })
        .collect();
    let mut applied = 0;
    for service in services {
        let run: Run = service.wait_with_output().unwrap().into();
        assert_eq!(run.code, Some(0), "{run:?}");
        applied += usize::from(run.stdout.contains("applied 3 migrations"));
    }
    assert_eq!(applied, 1);
    assert_eq!(
        site.value("SELECT count(*)::text FROM _tablature_history"),
        "3"
    );
}
