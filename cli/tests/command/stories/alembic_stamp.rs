//! The Alembic stamp: tables existed and the history was empty or wrong, as "latest" was found by sorting file names as
//! text; migration 001 then failed on "table already exists".

use super::{assert_has, execute, on_database, said, value};
use crate::run::Project;

/// Sorted as text, 10 comes before 2.
const FILES: [(&str, &str); 4] = [
    (
        "migrations/1_user_settings.sql",
        "CREATE TABLE user_settings (id INTEGER PRIMARY KEY, theme TEXT);\n",
    ),
    (
        "migrations/2_color_themes.sql",
        "ALTER TABLE user_settings ADD COLUMN color_theme TEXT;\n",
    ),
    (
        "migrations/9_scene_container_style.sql",
        "ALTER TABLE user_settings ADD COLUMN scene_container_style TEXT;\n",
    ),
    (
        "migrations/10_remove_scene_container_style.sql",
        "ALTER TABLE user_settings DROP COLUMN scene_container_style;
CREATE TABLE engine_settings (user_id INTEGER REFERENCES user_settings (id), engine TEXT NOT NULL);
",
    ),
];

/// What `create_all` of the newest models makes.
const NEWEST: &str =
    "CREATE TABLE user_settings (id INTEGER PRIMARY KEY, theme TEXT, color_theme TEXT);
CREATE TABLE engine_settings (user_id INTEGER REFERENCES user_settings (id), engine TEXT NOT NULL);
INSERT INTO user_settings (theme) VALUES ('dark');";
const SECOND: &str =
    "CREATE TABLE user_settings (id INTEGER PRIMARY KEY, theme TEXT, color_theme TEXT);
INSERT INTO user_settings (theme) VALUES ('dark');";

fn stamp(revision: &str) -> String {
    format!(
        "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL, CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num));
         INSERT INTO alembic_version SELECT '{revision}' WHERE '{revision}' <> '';"
    )
}

/// A database that something else has made.
fn made_by(sql: &str) -> Project {
    let project = Project::new(&FILES);
    execute(&project, sql).unwrap();
    project
}

#[test]
fn numbers_are_sorted_as_numbers() {
    let project = Project::new(&FILES);
    assert_eq!(project.run("check").code, Some(0));
    assert_has(
        &said(&project, "plan", 3),
        &[
            "-- 1 user_settings",
            "-- 2 color_themes",
            "-- 9 scene_container_style",
            "-- 10 remove_scene_container_style",
        ],
    );
    assert_has(
        &said(&project, "migrate", 0),
        &["applied 4 migrations, now at version 10"],
    );
}

#[test]
fn tables_without_a_history_are_not_run_over_but_adopted_on_evidence() {
    for history in [String::new(), stamp("")] {
        let project = made_by(&format!("{NEWEST}{history}"));
        let refused = said(&project, "migrate", 1);
        assert_has(
            &refused,
            &["no history of migrations", "cargo tablature adopt"],
        );
        assert!(!refused.contains("already exists"));
        assert_has(&said(&project, "status", 3), &["adoptable", "version 10"]);
        assert_has(&said(&project, "repair", 1), &["cargo tablature adopt"]);
        assert_has(
            &said(&project, "adopt --dry-run", 3),
            &["would record 4 migrations"],
        );
        assert_has(
            &said(&project, "adopt", 0),
            &["recorded 4 migrations as applied, the database is at version 10"],
        );
        assert_eq!(said(&project, "migrate", 0), "up to date at version 10\n");
        assert_has(&said(&project, "adopt", 0), &["nothing to adopt"]);
        assert_eq!(
            value::<String>(&project, "SELECT theme FROM user_settings"),
            "dark"
        );
    }
}

#[test]
fn the_version_is_that_of_the_schema_and_the_rest_is_pending() {
    let project = made_by(SECOND);
    assert_has(
        &said(&project, "adopt", 0),
        &["the database is at version 2, 2 migrations are pending"],
    );
    assert_has(
        &said(&project, "migrate", 0),
        &["applied 2 migrations, now at version 10"],
    );
    assert_eq!(
        value::<String>(&project, "SELECT theme FROM user_settings"),
        "dark"
    );
}

#[test]
fn a_wrong_stamp_is_refused_and_a_right_one_taken_over() {
    // The newest by text, as the script of the story stamped it.
    let wrong = made_by(&format!("{NEWEST}{}", stamp("9")));
    let refused = said(&wrong, "adopt", 1);
    assert_has(
        &refused,
        &[
            "the history of Alembic in `alembic_version` says that the database is at version 9",
            "its schema is that of 10",
            "--at VERSION",
        ],
    );
    said(&wrong, "migrate", 1);
    assert_has(
        &said(&wrong, "adopt --at 10", 0),
        &["the database is at version 10"],
    );
    assert_eq!(said(&wrong, "migrate", 0), "up to date at version 10\n");
    // Its own table is left to it.
    assert_eq!(
        value::<String>(&wrong, "SELECT version_num FROM alembic_version"),
        "9"
    );

    let right = made_by(&format!("{SECOND}{}", stamp("2")));
    assert_has(
        &said(&right, "adopt", 0),
        &["at version 2 as the history of Alembic says"],
    );
    assert_has(&said(&right, "migrate", 0), &["now at version 10"]);
}

#[test]
fn a_schema_of_no_version_is_told_by_its_difference_to_the_nearest() {
    let project = made_by(&format!(
        "{NEWEST} ALTER TABLE engine_settings DROP COLUMN engine;"
    ));
    let refused = said(&project, "adopt", 1);
    assert_has(
        &refused,
        &[
            "that of no version; from 10, the nearest",
            "column `engine_settings.engine` is missing",
        ],
    );
    assert_has(&said(&project, "status", 3), &["unknown"]);
    let stamped: i64 = value(
        &project,
        "SELECT count(*) FROM sqlite_schema WHERE name = '_tablature_history'",
    );
    assert_eq!(stamped, 0);
    assert_eq!(on_database(&project, "adopt --at 2").code, Some(1));
}
