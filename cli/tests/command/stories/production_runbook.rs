//! The production runbook: the schema of production had drifted from what the code expects, with missing columns, a missing
//! primary key and the wrong ON DELETE, and was repaired by SQL written by hand after a backup, behind a degraded mode.

use super::{assert_has, execute, on_database, said, value, write};
use crate::run::Project;
use rusqlite::Connection;
use serde_json::Value;

const COMMUNITY: (&str, &str) = (
    "migrations/1_community.sql",
    "CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT NOT NULL UNIQUE, challenge_penalty_until TEXT);
CREATE TABLE posts (
    id INTEGER PRIMARY KEY,
    user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    body TEXT NOT NULL,
    is_hidden INTEGER NOT NULL DEFAULT 0 CHECK (is_hidden IN (0, 1)),
    moderation_status TEXT NOT NULL DEFAULT 'pending' CHECK (moderation_status IN ('pending', 'approved', 'rejected'))
);
CREATE TABLE post_reactions (
    id INTEGER PRIMARY KEY,
    post_id INTEGER REFERENCES posts (id) ON DELETE SET NULL,
    reaction_type TEXT NOT NULL
);
CREATE INDEX post_reactions_by_post ON post_reactions (post_id) WHERE post_id IS NOT NULL;
CREATE TRIGGER reactions_are_permanent BEFORE DELETE ON post_reactions
BEGIN
    SELECT RAISE(ABORT, 'reactions are permanent');
END;
CREATE TABLE credit_txns (id INTEGER PRIMARY KEY, amount INTEGER NOT NULL, idempotency_key TEXT UNIQUE);
CREATE TABLE scores (id INTEGER PRIMARY KEY, points INTEGER NOT NULL, duration_sec INTEGER);
",
);

/// What production was before anybody looked.
const PRODUCTION: &str = "PRAGMA foreign_keys = OFF;
DROP TABLE post_reactions; DROP TABLE posts; DROP TABLE credit_txns; DROP TABLE scores;
CREATE TABLE posts (id INTEGER PRIMARY KEY, user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE, body TEXT NOT NULL);
CREATE TABLE post_reactions (id INTEGER, post_id INTEGER NOT NULL REFERENCES posts (id) ON DELETE CASCADE, reaction_type TEXT NOT NULL);
CREATE TRIGGER reactions_are_permanent BEFORE DELETE ON post_reactions BEGIN SELECT RAISE(ABORT, 'reactions are permanent'); END;
CREATE TABLE credit_txns (id INTEGER PRIMARY KEY, amount INTEGER NOT NULL);
CREATE TABLE scores (id INTEGER PRIMARY KEY, points INTEGER NOT NULL);
INSERT INTO users (id, email) VALUES (1, 'a@b'), (2, 'c@d');
INSERT INTO posts VALUES (10, 1, 'first'), (11, 2, 'second');
INSERT INTO post_reactions VALUES (100, 10, 'love'), (101, 11, 'laugh'), (105, 10, 'wonder');
INSERT INTO credit_txns VALUES (7, 50);
INSERT INTO scores VALUES (3, 900);
";

fn production() -> Project {
    let project = Project::new(&[COMMUNITY]);
    said(&project, "migrate", 0);
    execute(&project, PRODUCTION).unwrap();
    project
}

#[test]
fn the_drift_is_told_object_by_object() {
    let project = production();
    let status = said(&project, "status", 3);
    assert_eq!(
        status,
        "drifted at version 1: the schema of the database is not what the migrations define
  column `credit_txns.idempotency_key` is missing (migrations/1_community.sql:19)
  constraint `UNIQUE (idempotency_key)` of table `credit_txns` is missing (migrations/1_community.sql:19)
  the primary key of table `post_reactions` is `none`, and the migrations define `id` (migrations/1_community.sql:9)
  the nullability of column `post_reactions.post_id` is `NOT NULL`, and the migrations define `NULL` (migrations/1_community.sql:11)
  ON DELETE of foreign key `(post_id) REFERENCES posts` of table `post_reactions` is `CASCADE`, and the migrations define `SET NULL` (migrations/1_community.sql:9)
  column `posts.is_hidden` is missing (migrations/1_community.sql:6)
  column `posts.moderation_status` is missing (migrations/1_community.sql:7)
  constraint `CHECK (is_hidden in ( 0 , 1 ))` of table `posts` is missing (migrations/1_community.sql:2)
  constraint `CHECK (moderation_status in ( 'pending' , 'approved' , 'rejected' ))` of table `posts` is missing (migrations/1_community.sql:2)
  column `scores.duration_sec` is missing (migrations/1_community.sql:20)
  index `post_reactions_by_post` is missing (migrations/1_community.sql:14)
  = help: here that is `cargo tablature repair`
"
    );
    // A health endpoint, or the application that starts degraded, has the same as data.
    let status = on_database(&project, "status --format json");
    assert_eq!(status.code, Some(3));
    let status: Value = serde_json::from_str(&status.stdout).unwrap();
    assert_eq!(status["state"], "drifted");
    assert_eq!(status["differences"].as_array().unwrap().len(), 11);
    assert_eq!(status["differences"][4]["property"], "on_delete");
    // The application that does not ask does not start, and nothing is changed.
    let before = std::fs::read(project.path("app.db")).unwrap();
    assert_has(
        &said(&project, "migrate", 1),
        &["`posts.is_hidden` is missing"],
    );
    assert_eq!(std::fs::read(project.path("app.db")).unwrap(), before);
}

#[test]
fn a_backup_a_script_and_the_posts_can_be_deleted() {
    let project = production();
    let delete = "PRAGMA foreign_keys = ON; DELETE FROM posts WHERE id = 10";
    let refused = execute(&project, delete).unwrap_err();
    assert!(refused.to_string().contains("reactions are permanent"));

    let backup = said(&project, "backup --to backups", 0);
    assert_has(&backup, &["backups/app-v1-"]);
    let repair = on_database(&project, "repair --output repair.sql");
    assert_eq!((repair.code, repair.stdout.as_str()), (Some(0), ""));
    let script = project.read("repair.sql");
    assert_has(
        &script,
        &[
            "INSERT OR ABORT INTO main.\"post_reactions\"",
            "CREATE TRIGGER reactions_are_permanent",
        ],
    );
    execute(&project, &script).unwrap();
    for verb in ["status", "verify", "migrate"] {
        assert_eq!(
            said(&project, verb, 0),
            "up to date at version 1\n",
            "{verb}"
        );
    }
    // Every row and key is there, and the smoke tests of the runbook pass.
    assert_eq!(
        value::<String>(
            &project,
            "SELECT group_concat(id || reaction_type) FROM post_reactions"
        ),
        "100love,101laugh,105wonder"
    );
    assert_eq!(
        value::<i64>(
            &project,
            "SELECT amount FROM credit_txns WHERE id = 7 AND idempotency_key IS NULL"
        ),
        50
    );
    execute(&project, delete).unwrap();
    assert_eq!(
        value::<i64>(
            &project,
            "SELECT count(*) FROM post_reactions WHERE post_id IS NULL"
        ),
        2
    );
    assert!(execute(&project, "DELETE FROM post_reactions").is_err());
    // The script is for that database alone, and only once.
    assert!(execute(&project, &script).is_err());
    said(&project, "verify", 0);
    // The way back is the copy.
    let copy = Connection::open(project.path(backup.trim())).unwrap();
    let posts: i64 = copy
        .query_row("SELECT count(*) FROM posts", [], |row| row.get(0))
        .unwrap();
    assert_eq!(posts, 2);
}

#[test]
fn a_table_without_its_key_column_gets_it_from_the_rowid() {
    let project = production();
    execute(&project, "ALTER TABLE post_reactions DROP COLUMN id").unwrap();
    let repair = on_database(&project, "repair");
    assert_eq!(repair.code, Some(0), "{repair:?}");
    execute(&project, &repair.stdout).unwrap();
    said(&project, "verify", 0);
    assert_eq!(
        value::<String>(
            &project,
            "SELECT group_concat(id || reaction_type) FROM post_reactions"
        ),
        "1love,2laugh,3wonder"
    );
}

#[test]
fn rows_that_stand_against_the_key_are_found_before_anything_runs() {
    let project = production();
    execute(
        &project,
        "INSERT INTO post_reactions VALUES (100, 11, 'cry'), (NULL, 11, 'cry')",
    )
    .unwrap();
    let refused = said(&project, "repair", 1);
    assert_has(
        &refused,
        &[
            "1 row of `post_reactions` does not fit: the primary key post_reactions.id is NULL (rowid 5)",
            "SELECT * FROM \"post_reactions\" WHERE \"id\" IS NULL;",
        ],
    );
    execute(
        &project,
        "UPDATE post_reactions SET id = 106 WHERE id IS NULL",
    )
    .unwrap();
    let refused = said(&project, "repair", 1);
    assert_has(
        &refused,
        &[
            "1 row of `post_reactions` does not fit: UNIQUE constraint failed: post_reactions.id (rowid 4)",
            "SELECT \"id\", count(*) FROM \"post_reactions\" GROUP BY \"id\" HAVING count(*) > 1;",
        ],
    );
    execute(
        &project,
        "UPDATE post_reactions SET id = 107 WHERE rowid = 4",
    )
    .unwrap();
    let repair = on_database(&project, "repair");
    assert_eq!(repair.code, Some(0));
    execute(&project, &repair.stdout).unwrap();
    assert_eq!(
        value::<i64>(&project, "SELECT count(*) FROM post_reactions"),
        5
    );
}

#[test]
fn a_new_release_waits_until_production_is_what_it_was_built_on() {
    let project = production();
    write(
        &project,
        "migrations/2_boost.sql",
        "ALTER TABLE users ADD COLUMN boost_penalty_until TEXT;\n",
    );
    let status = said(&project, "status", 3);
    assert_has(
        &status,
        &[
            "1 migration is pending, the database is at version 1",
            "`scores.duration_sec` is missing",
        ],
    );
    said(&project, "migrate", 1);
    let repair = on_database(&project, "repair");
    assert_eq!(repair.code, Some(0), "{repair:?}");
    execute(&project, &repair.stdout).unwrap();
    assert_has(
        &said(&project, "repair", 3),
        &["migration 2 `boost` is pending"],
    );
    assert_has(
        &said(&project, "migrate", 0),
        &["applied 1 migration, now at version 2"],
    );
}
