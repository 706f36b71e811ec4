//! The Alembic stamp: tables existed and the history was empty or wrong, as "latest" was found by sorting names as text.

use super::Site;
use crate::stories::assert_has;

/// Sorted as text, 10 comes before 2.
const FILES: [(&str, &str); 4] = [
    (
        "1_user_settings.sql",
        "CREATE TABLE user_settings (id integer PRIMARY KEY, theme text);\n",
    ),
    (
        "2_color_themes.sql",
        "ALTER TABLE user_settings ADD COLUMN color_theme text;\n",
    ),
    (
        "9_scene_container_style.sql",
        "ALTER TABLE user_settings ADD COLUMN scene_container_style text;\n",
    ),
    (
        "10_remove_scene_container_style.sql",
        "ALTER TABLE user_settings DROP COLUMN scene_container_style;
CREATE TABLE engine_settings (user_id integer REFERENCES user_settings (id), engine text NOT NULL);
",
    ),
];

/// What `create_all` of the newest models makes.
const NEWEST: &str =
    "CREATE TABLE user_settings (id integer PRIMARY KEY, theme text, color_theme text);
CREATE TABLE engine_settings (user_id integer REFERENCES user_settings (id), engine text NOT NULL);
INSERT INTO user_settings VALUES (1, 'dark');";

fn stamp(revision: &str) -> String {
    format!(
        "CREATE TABLE alembic_version (version_num varchar(32) NOT NULL, CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num));
         INSERT INTO alembic_version SELECT '{revision}' WHERE '{revision}' <> '';"
    )
}

#[test]
fn tables_without_a_history_are_not_run_over_but_adopted_on_evidence() {
    for history in [String::new(), stamp("")] {
        let Some(site) = Site::new(&FILES) else {
            return;
        };
        site.execute(&format!("{NEWEST}{history}"));
        let refused = site.said("migrate", 1);
        assert_has(
            &refused,
            &["no history of migrations", "cargo tablature adopt"],
        );
        assert!(!refused.contains("already exists"));
        assert_has(&site.said("status", 3), &["adoptable", "version 10"]);
        assert_has(
            &site.said("adopt --dry-run", 3),
            &["would record 4 migrations"],
        );
        assert_has(
            &site.said("adopt", 0),
            &["recorded 4 migrations as applied, the database is at version 10"],
        );
        assert_eq!(site.said("migrate", 0), "up to date at version 10\n");
        assert_eq!(site.value("SELECT theme FROM user_settings"), "dark");
    }
}

#[test]
fn a_wrong_stamp_is_refused() {
    let Some(site) = Site::new(&FILES) else {
        return;
    };
    // The newest by text, as the script of the story stamped it.
    site.execute(&format!("{NEWEST}{}", stamp("9")));
    assert_has(
        &site.said("adopt", 1),
        &[
            "the history of Alembic in `alembic_version` says that the database is at version 9",
            "its schema is that of 10",
        ],
    );
    assert_has(
        &site.said("adopt --at 10", 0),
        &["the database is at version 10"],
    );
    assert_eq!(site.said("migrate", 0), "up to date at version 10\n");
    // Its own table is left to it.
    assert_eq!(site.value("SELECT version_num FROM alembic_version"), "9");
}
