//! `usage_count`: a migration used a column before it was there, and was recorded as a success.

use super::Site;
use crate::stories::assert_has;

const SYSTEM: (&str, &str) = (
    "1_create_fairy_tales_system.up.sql",
    "CREATE TABLE fairy_tales (id text PRIMARY KEY, title text NOT NULL);
CREATE TABLE fairy_tale_usage_stats (
    tale_id text PRIMARY KEY REFERENCES fairy_tales (id) ON DELETE CASCADE,
    total_generations integer DEFAULT 0
);
",
);
const COLUMN: &str = "2_add_usage_count_column.up.sql";
const MISTAKE: &str =
    "UPDATE fairy_tale_usage_stats SET usage_count = total_generations WHERE usage_count = 0;
ALTER TABLE fairy_tale_usage_stats ADD COLUMN IF NOT EXISTS usage_count integer NOT NULL DEFAULT 0;
";
const CORRECT: &str =
    "ALTER TABLE fairy_tale_usage_stats ADD COLUMN usage_count integer NOT NULL DEFAULT 0;
UPDATE fairy_tale_usage_stats SET usage_count = coalesce(total_generations, 0);
CREATE INDEX idx_fairy_tale_usage_count ON fairy_tale_usage_stats (usage_count);
";
const ROWS: &str = "INSERT INTO fairy_tales VALUES ('haensel', 'Hänsel und Gretel'), ('rot', 'Rotkäppchen');
INSERT INTO fairy_tale_usage_stats (tale_id, total_generations) VALUES ('haensel', 4), ('rot', NULL);";

#[test]
fn the_mistake_does_not_compile_and_touches_no_database() {
    let Some(site) = Site::new(&[SYSTEM, (COLUMN, MISTAKE)]) else {
        return;
    };
    assert_has(
        &site.rejected(),
        &[
            "no column `usage_count`",
            "migrations/2_add_usage_count_column.up.sql:1:",
        ],
    );
    for verb in ["migrate", "status", "verify", "plan"] {
        assert_has(
            &site.said(verb, 1),
            &["no column `usage_count`", "the database was not touched"],
        );
    }
    let tables = "SELECT count(*)::text FROM pg_tables WHERE schemaname = 'public'";
    assert_eq!(site.value(tables), "0");
}

#[test]
fn a_failure_is_never_recorded_as_a_success() {
    let Some(site) = Site::new(&[SYSTEM]) else {
        return;
    };
    site.said("migrate", 0);
    site.execute(ROWS);
    // What only rows can tell.
    site.write(
        COLUMN,
        "ALTER TABLE fairy_tale_usage_stats ADD COLUMN usage_count integer NOT NULL DEFAULT 0;
CREATE UNIQUE INDEX each_once ON fairy_tale_usage_stats (usage_count);
",
    );
    assert_has(
        &site.said("migrate", 1),
        &[
            "migration 2 `add_usage_count_column` failed at migrations/2_add_usage_count_column.up.sql:2:1",
        ],
    );
    assert_eq!(
        site.value("SELECT max(version)::text FROM _tablature_history"),
        "1"
    );
    assert_has(&site.said("status", 3), &["1 migration is pending"]);
    // Nothing of it is there, so that the corrected file runs.
    site.write(COLUMN, CORRECT);
    assert_has(&site.said("migrate", 0), &["now at version 2"]);
    assert_eq!(
        site.value("SELECT sum(usage_count)::text FROM fairy_tale_usage_stats"),
        "4"
    );
    // And where it was recorded all the same, the missing column is told.
    site.execute("ALTER TABLE fairy_tale_usage_stats DROP COLUMN usage_count");
    for (verb, code) in [("status", 3), ("verify", 3), ("migrate", 1)] {
        assert_has(
            &site.said(verb, code),
            &["column `fairy_tale_usage_stats.usage_count` is missing"],
        );
    }
}

#[test]
fn an_edited_migration_is_refused_with_the_way_out() {
    let Some(site) = Site::new(&[SYSTEM, (COLUMN, CORRECT)]) else {
        return;
    };
    site.said("migrate", 0);
    site.write(COLUMN, &CORRECT.replace("DEFAULT 0", "DEFAULT 1"));
    assert_has(
        &site.said("migrate", 1),
        &[
            "migration 2 `add_usage_count_column` was changed after it was applied",
            "a new migration",
        ],
    );
    assert_has(&site.said("status", 3), &["unknown: migration 2"]);
}
