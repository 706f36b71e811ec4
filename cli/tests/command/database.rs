//! `cargo tablature migrate`, `status`, `plan` and `verify` over a database file.

use crate::run::{Project, Run};
use rusqlite::Connection;
use serde_json::{Value, json};

const USERS: (&str, &str) = (
    "migrations/1_users.sql",
    "CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT NOT NULL);\n",
);
const SEEN: (&str, &str) = (
    "migrations/2_seen.sql",
    "ALTER TABLE users ADD COLUMN seen INTEGER;\n",
);

fn on_database(project: &Project, verb: &str) -> Run {
    project.run(&format!("{verb} --database app.db"))
}

fn json(project: &Project, verb: &str) -> Value {
    let run = on_database(project, &format!("{verb} --format json"));
    serde_json::from_str(&run.stdout).unwrap()
}

fn execute(project: &Project, sql: &str) {
    let connection = Connection::open(project.path("app.db")).unwrap();
    connection.execute_batch(sql).unwrap();
}

#[test]
fn a_database_is_made_migrated_and_then_left_alone() {
    let project = Project::new(&[USERS, SEEN]);
    let status = on_database(&project, "status");
    assert_eq!(status.code, Some(3));
    assert_eq!(
        status.stdout,
        "2 migrations are pending, the database has none yet\n  1 users\n  2 seen\n"
    );
    assert!(!project.path("app.db").exists());

    let first = on_database(&project, "migrate --to 1");
    assert_eq!(first.code, Some(0), "{first:?}");
    assert!(first.stdout.starts_with("1 users ("), "{}", first.stdout);
    assert!(
        first
            .stdout
            .ends_with("applied 1 migration, now at version 1\n")
    );

    let plan = on_database(&project, "plan");
    assert_eq!(plan.code, Some(3));
    assert_eq!(
        plan.stdout,
        "-- 1 migration to apply, the database is at version 1\n\n\
         -- 2 seen (migrations/2_seen.sql)\nALTER TABLE users ADD COLUMN seen INTEGER;\n"
    );
    assert_eq!(on_database(&project, "migrate").code, Some(0));
    for verb in ["migrate", "status", "verify"] {
        let run = on_database(&project, verb);
        assert_eq!(
            (run.code, run.stdout.as_str(), run.stderr.as_str()),
            (Some(0), "up to date at version 2\n", ""),
            "{verb}"
        );
    }
    assert_eq!(on_database(&project, "plan").code, Some(0));
}

#[test]
fn drift_is_told_object_by_object() {
    let project = Project::new(&[USERS]);
    on_database(&project, "migrate");
    execute(&project, "ALTER TABLE users DROP COLUMN email");
    for verb in ["status", "verify"] {
        let run = on_database(&project, verb);
        assert_eq!(run.code, Some(3));
        assert_eq!(
            run.stdout,
            "drifted at version 1: the schema of the database is not what the migrations define\n  \
             column `users.email` is missing (migrations/1_users.sql:1)\n"
        );
        assert_eq!(
            run.stderr,
            "  = help: here that is `cargo tablature repair`\n"
        );
    }
    execute(&project, "CREATE TABLE notes (text)");
    assert_eq!(
        on_database(&project, "status").stderr,
        "  = help: here that is `cargo tablature repair`, or `--ignore-table NAME`\n"
    );
    execute(&project, "DROP TABLE notes");
    let run = on_database(&project, "migrate");
    assert_eq!(run.code, Some(1));
    assert!(
        run.stderr.contains("column `users.email` is missing"),
        "{}",
        run.stderr
    );
}

#[test]
fn a_change_that_leaves_the_engines_mark_alone_is_seen_by_verify_alone() {
    let project = Project::new(&[USERS]);
    on_database(&project, "migrate");
    execute(
        &project,
        "PRAGMA writable_schema = ON;
         UPDATE sqlite_schema SET sql = replace(sql, 'NOT NULL', '') WHERE name = 'users';",
    );
    assert_eq!(on_database(&project, "status").code, Some(0));
    let verified = on_database(&project, "verify");
    assert_eq!(verified.code, Some(3));
    assert!(
        verified
            .stdout
            .contains("the nullability of column `users.email`")
    );
}

#[test]
fn a_step_is_left_to_the_application() {
    let step = (
        "migrations/2_fill.sql",
        "-- tablature: step crate::steps::fill\nALTER TABLE users ADD COLUMN seen INTEGER;\n",
    );
    let project = Project::new(&[USERS, step]);
    assert_eq!(
        json(&project, "status")["pending"][1]["step"],
        "crate::steps::fill"
    );
    assert_eq!(
        json(&project, "plan")["migrations"][1]["step"],
        "crate::steps::fill"
    );
    let plan = on_database(&project, "plan");
    let function = "-- step: crate::steps::fill, a function of the application\n";
    assert!(plan.stdout.ends_with(function), "{}", plan.stdout);
    let run = on_database(&project, "migrate");
    assert_eq!(run.code, Some(1));
    assert_eq!(
        run.stderr,
        "error: migration 2 `fill` has the step `crate::steps::fill` (migrations/2_fill.sql:1:20), \
         a function of the application, which this program does not have, so that nothing was applied: \
         start the application, which applies it\n"
    );
    assert_eq!(json(&project, "status")["version"], Value::Null);
    assert_eq!(on_database(&project, "migrate --to 1").code, Some(0));
    // A database that has it is one like any other.
    execute(
        &project,
        "ALTER TABLE users ADD COLUMN seen INTEGER; DROP TABLE _tablature_history",
    );
    assert_eq!(on_database(&project, "adopt").code, Some(0));
    assert_eq!(on_database(&project, "migrate").code, Some(0));
}

#[test]
fn what_a_newer_program_has_added_can_be_accepted() {
    let rename = (
        "migrations/3_rename.sql",
        "ALTER TABLE users RENAME COLUMN email TO address;\n",
    );
    let older = Project::new(&[USERS]);
    let newer = Project::new(&[USERS, SEEN, rename]);
    let database = older.path("app.db");
    let database = database.to_str().unwrap();
    let with_newer = |verb: &str| newer.run(&format!("{verb} --database {database}"));
    assert_eq!(with_newer("migrate --to 2").code, Some(0));

    let run = on_database(&older, "migrate");
    assert_eq!(run.code, Some(1));
    assert!(
        run.stderr
            .contains("= help: here that is `--accept-newer-if-additive`"),
        "{}",
        run.stderr
    );
    assert_eq!(json(&older, "status")["state"], "newer");
    assert_eq!(on_database(&older, "status").code, Some(3));
    for verb in ["status", "verify", "migrate", "plan"] {
        let run = on_database(&older, &format!("{verb} --accept-newer-if-additive"));
        assert_eq!(run.code, Some(0), "{verb}: {run:?}");
    }
    let status = json(&older, "status --accept-newer-if-additive");
    assert_eq!(status["state"], "ahead");
    assert_eq!(
        status["migrations"],
        json!([{"version": 2, "name": "seen", "breaks": null}])
    );

    assert_eq!(with_newer("migrate").code, Some(0));
    let run = on_database(&older, "migrate --accept-newer-if-additive");
    assert_eq!(run.code, Some(1));
    assert!(
        run.stderr.contains(
            "with migration 3 `rename`: the column `users.email` is renamed (migrations/3_rename.sql:1)"
        ),
        "{}",
        run.stderr
    );
}

#[test]
fn json_is_for_scripts() {
    let project = Project::new(&[USERS]);
    assert_eq!(
        json(&project, "status"),
        json!({
            "state": "pending",
            "is_changed": false,
            "differences": [],
            "halfway": null,
            "version": null,
            "head": 1,
            "pending": [{"version": 1, "name": "users", "file": "migrations/1_users.sql", "step": null}],
            "applied": [],
        })
    );
    assert_eq!(
        json(&project, "plan"),
        json!({
            "version": null,
            "migrations": [{
                "version": 1,
                "name": "users",
                "file": "migrations/1_users.sql",
                "transaction": true,
                "finished": 0,
                "statements": ["CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT NOT NULL)"],
                "step": null,
            }],
        })
    );
    let mut applied = json(&project, "migrate");
    let duration = applied["applied"][0]["duration_us"].take();
    assert!(duration.is_u64(), "{duration}");
    assert_eq!(
        applied,
        json!({
            "applied": [{
                "version": 1,
                "name": "users",
                "file": "migrations/1_users.sql",
                "step": null,
                "duration_us": null,
            }],
            "version": 1,
            "snapshot": null,
            "head": 1,
            "backup": null,
        })
    );
    execute(&project, "CREATE VIEW v AS SELECT 1 AS one");
    let mut verified = json(&project, "verify");
    let applied = verified["applied"].take();
    assert_eq!(applied[0]["name"], "users");
    let time = applied[0]["applied_at"].as_str().unwrap();
    assert!(time.starts_with("20") && time.ends_with('Z'), "{time}");
    assert_eq!(
        verified,
        json!({
            "state": "drifted",
            "differences": [{"kind": "unexpected", "object": {"kind": "view", "name": "v"}}],
            "version": 1,
            "head": 1,
            "pending": [],
            "applied": null,
        })
    );
    let failed = json(&project, "migrate");
    assert_eq!(failed["state"], "failed");
    assert!(
        failed["error"]
            .as_str()
            .unwrap()
            .contains("view `v` is unexpected")
    );
}

#[test]
fn tables_of_others_can_be_named() {
    let project = Project::new(&[USERS]);
    execute(&project, "CREATE TABLE _litestream_seq (x)");
    let unknown = on_database(&project, "status");
    assert_eq!(unknown.code, Some(3));
    assert!(
        unknown
            .stdout
            .starts_with("unknown: the database has no history")
    );
    assert_eq!(on_database(&project, "migrate").code, Some(1));
    let named = on_database(&project, "migrate --ignore-table _litestream_*");
    assert_eq!(named.code, Some(0), "{named:?}");
}

#[test]
fn rejected_migrations_touch_nothing() {
    let project = Project::new(&[("migrations/1_broken.sql", "DROP TABLE nope;")]);
    for verb in ["migrate", "status", "plan", "verify"] {
        let run = on_database(&project, verb);
        assert_eq!((run.code, run.stdout.as_str()), (Some(1), ""), "{verb}");
        assert!(
            run.stderr.contains("error[T0201]: no table `nope`"),
            "{}",
            run.stderr
        );
    }
    let found: Value =
        serde_json::from_str(&on_database(&project, "status --format json").stdout).unwrap();
    assert_eq!(found["verdict"], "rejected");
    assert!(!project.path("app.db").exists());
}

#[test]
fn functions_of_the_application_are_left_to_it() {
    let project = Project::new(&[
        ("migrations/tablature.toml", "functions = [\"normalize\"]\n"),
        (
            "migrations/1_names.sql",
            "CREATE TABLE t AS SELECT normalize('a') AS x;\n",
        ),
    ]);
    let run = on_database(&project, "migrate");
    assert_eq!(run.code, Some(1));
    assert!(
        run.stderr.contains("let the application migrate"),
        "{}",
        run.stderr
    );
}

#[test]
fn a_statement_that_fails_on_rows_leaves_the_database_as_it_was() {
    let project = Project::new(&[USERS]);
    on_database(&project, "migrate");
    execute(&project, "INSERT INTO users (email) VALUES ('a'), ('a')");
    let project_two = [(
        "migrations/2_unique.sql",
        "CREATE TABLE t (x);\nCREATE UNIQUE INDEX one_email ON users (email);\n",
    )];
    for (path, text) in project_two {
        std::fs::write(project.path(path), text).unwrap();
    }
    let run = on_database(&project, "migrate");
    assert_eq!(run.code, Some(1));
    assert!(
        run.stderr
            .contains("migration 2 `unique` failed at migrations/2_unique.sql:2:1"),
        "{}",
        run.stderr
    );
    let status = on_database(&project, "status");
    assert!(
        status
            .stdout
            .ends_with("the database is at version 1\n  2 unique\n")
    );
}

#[test]
fn a_url_is_not_the_name_of_a_new_file() {
    let project = Project::new(&[USERS]);
    for verb in [
        "migrate",
        "status",
        "plan",
        "verify",
        "adopt",
        "repair",
        "backup",
        "revert --to 1",
    ] {
        for url in ["sqlite:app.db", "sqlite://app.db?mode=rwc"] {
            let run = project.run(&format!("{verb} --database {url}"));
            assert_eq!(run.code, Some(2), "{run:?}");
            assert!(run.stderr.contains("write `app.db`"), "{}", run.stderr);
        }
    }
    let names = std::fs::read_dir(project.path(".")).unwrap();
    let names: Vec<_> = names.map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(names, ["migrations"]);
}

#[test]
fn a_database_that_cannot_be_written_says_where_to_look() {
    let project = Project::new(&[USERS]);
    on_database(&project, "migrate");
    std::fs::write(project.path(SEEN.0), SEEN.1).unwrap();
    // The engine does not write a file of a later format; who may do everything may write every other.
    let mut bytes = std::fs::read(project.path("app.db")).unwrap();
    bytes[18] = 3;
    std::fs::write(project.path("app.db"), bytes).unwrap();
    let run = on_database(&project, "migrate");
    assert_eq!(run.code, Some(1), "{run:?}");
    assert_eq!(
        run.stderr,
        "error: the database is read-only: open it for writing to migrate it\n  \
         = help: its file or the directory around it cannot be written: look at who may, and at how it is mounted\n"
    );
}

#[test]
fn before_the_first_migration_there_is_nothing_to_go_back_to() {
    let project = Project::new(&[USERS]);
    execute(&project, "CREATE TABLE notes (text)");
    let run = on_database(&project, "revert --to 1");
    assert_eq!(run.code, Some(1), "{run:?}");
    assert!(
        run.stderr
            .contains("version 1 was not applied to this database"),
        "{}",
        run.stderr
    );
}

#[test]
fn what_cannot_run_exits_with_2() {
    let project = Project::new(&[USERS]);
    for arguments in [
        "migrate --database :memory:",
        "status --database file:app.db?mode=ro",
        "migrate --database app.db --to 7",
        "migrate",
        "status --database app.db --dir nowhere",
        "migrate --database no/such/folder/app.db",
        "migrate --database .",
    ] {
        let run = project.run(arguments);
        assert_eq!(run.code, Some(2), "{arguments}: {run:?}");
    }
    std::fs::write(
        project.path("app.db"),
        "this is no database, whatever its name says",
    )
    .unwrap();
    for verb in ["status", "migrate"] {
        let run = on_database(&project, verb);
        assert_eq!(run.code, Some(1));
        assert!(
            run.stderr.contains("not a SQLite database"),
            "{}",
            run.stderr
        );
    }
}

#[test]
fn a_copy_is_taken_before_or_by_itself() {
    let project = Project::new(&[USERS]);
    let none = on_database(&project, "backup");
    assert_eq!(none.code, Some(2), "{none:?}");
    assert!(!project.path("app.db").exists());

    let first = on_database(&project, "migrate --backup copies --keep 1");
    assert!(
        first.stdout.contains("backed up to copies/app-v0-2"),
        "{}",
        first.stdout
    );
    let taken = on_database(&project, "backup --to copies --keep 1");
    assert_eq!(taken.code, Some(0), "{taken:?}");
    let copy = Connection::open(project.path(taken.stdout.trim_end())).unwrap();
    let tables: i64 = copy
        .query_row("SELECT count(*) FROM users", [], |row| row.get(0))
        .unwrap();
    assert_eq!(tables, 0);
    assert_eq!(
        std::fs::read_dir(project.path("copies")).unwrap().count(),
        1
    );
    let taken = json(&project, "backup");
    assert!(
        taken["backup"]
            .as_str()
            .unwrap()
            .starts_with("backups/app-v1-2"),
        "{taken}"
    );
}

#[test]
fn down_files_take_a_database_back() {
    let project = Project::new(&[
        (
            "migrations/1_users/up.sql",
            "CREATE TABLE users (id INTEGER PRIMARY KEY);",
        ),
        ("migrations/1_users/down.sql", "DROP TABLE users;"),
        ("migrations/2_tags/up.sql", "CREATE TABLE tags (x);"),
        ("migrations/2_tags/down.sql", "DROP TABLE tags;"),
    ]);
    on_database(&project, "migrate");
    execute(&project, "INSERT INTO users VALUES (1)");
    let plan = on_database(&project, "revert --to 1 --dry-run");
    assert_eq!(plan.code, Some(3), "{plan:?}");
    assert_eq!(
        plan.stdout,
        "-- 1 migration to go back over\n\n-- 2 tags (migrations/2_tags/down.sql)\nDROP TABLE tags;\n"
    );
    let refused = on_database(&project, "revert --to 0");
    assert_eq!(refused.code, Some(1));
    assert!(
        refused
            .stderr
            .contains("migration 1 `users`: rows of `users` written since it was applied are lost"),
        "{}",
        refused.stderr
    );
    assert_eq!(on_database(&project, "status").code, Some(0));
    let done = on_database(&project, "revert --to 0 --accept 1 --backup copies");
    assert_eq!(done.code, Some(0), "{done:?}");
    let (copy, told) = done.stdout.split_once('\n').unwrap();
    assert_eq!(told, "went back over 2 migrations, now before the first\n");
    let copy = copy.strip_prefix("backed up to ").unwrap();
    assert!(project.path(copy).exists(), "{copy}");
    assert_eq!(on_database(&project, "migrate").code, Some(0));
    let unknown = on_database(&project, "revert --to 7");
    assert_eq!(unknown.code, Some(1));
    assert!(
        unknown.stderr.contains("version 7 was not applied"),
        "{}",
        unknown.stderr
    );
}
