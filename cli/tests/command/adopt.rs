//! `cargo tablature adopt`: a database that something else has made.

use crate::run::{Project, Run};
use rusqlite::Connection;
use serde_json::{Value, json};

const USERS: &str = "CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT NOT NULL);\n";
const LOWER: &str = "UPDATE users SET email = lower(email);\n";
const SEEN: &str = "ALTER TABLE users ADD COLUMN seen INTEGER;\n";

fn project(made: &str) -> Project {
    let project = Project::new(&[
        ("migrations/1_users.sql", USERS),
        ("migrations/2_lower.sql", LOWER),
        ("migrations/3_seen.sql", SEEN),
    ]);
    let connection = Connection::open(project.path("app.db")).unwrap();
    connection.execute_batch(made).unwrap();
    project
}

fn on_database(project: &Project, verb: &str) -> Run {
    project.run(&format!("{verb} --database app.db"))
}

#[test]
fn a_database_is_adopted_and_then_migrated() {
    let project = project(&format!("{USERS}{SEEN}"));
    let status = on_database(&project, "status");
    assert_eq!(status.code, Some(3));
    assert_eq!(
        status.stdout,
        "adoptable: the database has no history, and its schema is that of version 3; adopt it to record that\n"
    );
    let refused = on_database(&project, "migrate");
    assert_eq!(refused.code, Some(1));
    assert!(
        refused
            .stderr
            .contains("here that is `cargo tablature adopt`, or `--ignore-table NAME`"),
        "{}",
        refused.stderr
    );
    let dry = on_database(&project, "adopt --dry-run");
    assert_eq!(
        (dry.code, dry.stdout.as_str()),
        (
            Some(3),
            "would record 3 migrations as applied, the database is at version 3\n"
        )
    );
    let adopted = on_database(&project, "adopt");
    assert_eq!(
        (
            adopted.code,
            adopted.stdout.as_str(),
            adopted.stderr.as_str()
        ),
        (
            Some(0),
            "recorded 3 migrations as applied, the database is at version 3\n",
            ""
        )
    );
    for again in ["adopt", "adopt --dry-run", "adopt --at 3"] {
        let again = on_database(&project, again);
        assert_eq!(
            (again.code, again.stdout.as_str()),
            (Some(0), "nothing to adopt, the database is at version 3\n")
        );
    }
    let migrated = on_database(&project, "migrate");
    assert_eq!(migrated.stdout, "up to date at version 3\n");
}

#[test]
fn where_the_schema_cannot_tell_the_user_says() {
    let project = project(USERS);
    for verb in ["adopt", "adopt --dry-run"] {
        let refused = on_database(&project, verb);
        assert_eq!(refused.code, Some(1));
        assert_eq!(
            refused.stderr,
            "error: the database has no history, and its schema is that of version 1 or 2, and cannot tell between them:\n  \
             1 `users` (migrations/1_users.sql)\n  \
             2 `lower` (migrations/2_lower.sql) changes data only\n\
             look in the data for what these migrations write, and name the last one that was applied with \
             `adopt_at(…)`\n  \
             = help: here that is `--at VERSION`\n"
        );
    }
    let unknown = on_database(&project, "adopt --at 9");
    assert_eq!(unknown.code, Some(2), "{unknown:?}");
    let wrong = on_database(&project, "adopt --at 3");
    assert_eq!(wrong.code, Some(1));
    assert!(
        wrong.stderr.contains("column `users.seen` is missing"),
        "{}",
        wrong.stderr
    );
    let adopted = on_database(&project, "adopt --at 2 --format json");
    assert_eq!(adopted.code, Some(0), "{adopted:?}");
    assert_eq!(
        serde_json::from_str::<Value>(&adopted.stdout).unwrap(),
        json!({
            "version": 2,
            "versions": [1, 2],
            "pending": [{"version": 3, "name": "seen", "file": "migrations/3_seen.sql", "step": null}],
            "from": null
        })
    );
    assert_eq!(on_database(&project, "migrate").code, Some(0));
}

#[test]
fn a_schema_of_no_version_is_told_where_that_of_the_nearest_is_printed() {
    let project = project(&format!(
        "{USERS}{SEEN} CREATE INDEX by_hand ON users (id);"
    ));
    let refused = on_database(&project, "adopt");
    assert_eq!(refused.code, Some(1), "{refused:?}");
    assert!(
        refused
            .stderr
            .ends_with("\n  = help: `cargo tablature schema --at 3` prints what that is\n"),
        "{}",
        refused.stderr
    );
    // What `status` says is the same.
    let status = on_database(&project, "status");
    assert!(refused.stderr.ends_with(&status.stderr) && !status.stderr.is_empty());
    let project = self::project(&format!("{USERS}{SEEN} CREATE TABLE notes (text);"));
    let refused = on_database(&project, "adopt");
    assert!(
        refused.stderr.ends_with(
            "`cargo tablature schema --at 3` prints what that is; here ignoring is `--ignore-table NAME`\n"
        ),
        "{}",
        refused.stderr
    );
}

#[test]
fn status_is_for_scripts_too() {
    let project = project(USERS);
    let status = on_database(&project, "status --format json");
    assert_eq!(
        serde_json::from_str::<Value>(&status.stdout).unwrap(),
        json!({"state": "adoptable", "versions": [1, 2], "from": null, "version": null, "head": 3, "pending": [], "applied": []})
    );
}

#[test]
fn there_has_to_be_a_database() {
    let project = Project::new(&[("migrations/1_users.sql", USERS)]);
    assert_eq!(on_database(&project, "adopt").code, Some(2));
    assert!(!project.path("app.db").exists());
}

/// The story of a database whose tables were there while Alembic's history was wrong, as the newest revision had been
/// looked for in the order of file names.
#[test]
fn a_history_that_was_stamped_wrong_is_not_believed() {
    let stamped = |revision: &str| {
        let project = Project::new(&[
            ("migrations/1_001_users.sql", USERS),
            ("migrations/2_ec1f4e1c996a_lower.sql", LOWER),
            ("migrations/10_bbf4e254a824_seen.sql", SEEN),
        ]);
        let connection = Connection::open(project.path("app.db")).unwrap();
        connection
            .execute_batch(&format!(
                "{USERS}{SEEN} CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL);
                 INSERT INTO alembic_version VALUES ('{revision}');"
            ))
            .unwrap();
        project
    };
    let wrong = stamped("ec1f4e1c996a");
    let refused = on_database(&wrong, "adopt");
    assert_eq!(refused.code, Some(1));
    assert!(
        refused.stderr.starts_with(
            "error: the history of Alembic in `alembic_version` says that the database is at version 2, \
             but its schema is that of 10; from 2 it differs in this:\n  column `users.seen` is unexpected"
        ),
        "{}",
        refused.stderr
    );
    assert!(refused.stderr.contains("here that is `--at VERSION`"));
    assert_eq!(on_database(&wrong, "adopt --at 10").code, Some(0));
    let right = stamped("bbf4e254a824");
    assert_eq!(
        on_database(&right, "adopt").stdout,
        "recorded 3 migrations as applied, the database is at version 10 as the history of Alembic says\n"
    );
}
