//! Taking over the histories of other tools, whose tables are as the tools make them.

use crate::backend::Backend;
use crate::support::migrations;
use tablature::Error;
use tablature::adopt::Tool;

on_both_clients! {
    a_history_of_sqlx
    a_history_of_diesel
    a_history_of_refinery
    a_history_of_goose
    a_history_of_dbmate
    a_history_of_alembic
    a_history_of_flyway
    a_history_of_prisma
}

const FILES: [(&str, &str); 3] = [
    ("1_users", "CREATE TABLE users (id INTEGER PRIMARY KEY);\n"),
    ("2_names", "UPDATE users SET id = id + 1 WHERE id < 0;\n"),
    ("3_tales", "CREATE TABLE tales (id INTEGER PRIMARY KEY);\n"),
];

/// A database at the first two of the migrations, which its schema alone cannot tell from the first, with a history.
fn made<B: Backend>(history: &str) -> B {
    let mut database = B::new().unwrap();
    database.run(FILES[0].1);
    database.run(history);
    database
}

/// The history is taken over as it stands, left as it was, and the run goes on behind it.
fn taken_over<B: Backend>(tool: Tool, history: &str) {
    let migrations = migrations::<B>(&FILES);
    let mut database: B = made(history);
    let adopted = database.adopt(migrations.runner()).unwrap();
    assert_eq!((adopted.version, adopted.from), (Some(2), Some(tool)));
    assert_eq!(
        database.apply(migrations.runner()).unwrap().applied.len(),
        1
    );
    database.verify(migrations.runner()).unwrap();
}

/// The history is refused with these words, and nothing is recorded.
fn refused<B: Backend>(tool: Tool, history: &str, words: &str) {
    let migrations = migrations::<B>(&FILES);
    let mut database: B = made(history);
    let before = database.dump();
    let error = database.adopt(migrations.runner()).unwrap_err();
    let text = error.to_string();
    assert!(
        matches!(error, Error::ForeignHistory { tool: of, .. } if of == tool),
        "{text}"
    );
    assert!(text.contains(words), "{text}");
    assert_eq!(database.dump(), before);
}

#[cfg(feature = "take-over")]
const CHANGED: &str =
    "migration 2 `names` was applied with another text than `migrations/2_names.sql` has";

/// A history with checksums, whose second one is a parameter: it is taken over with the right one and no other.
fn checked<B: Backend>(tool: Tool, history: &dyn Fn(&str) -> String, right: &str, wrong: &str) {
    #[cfg(feature = "take-over")]
    {
        taken_over::<B>(tool, &history(right));
        refused::<B>(tool, &history(wrong), CHANGED);
    }
    #[cfg(not(feature = "take-over"))]
    for sum in [right, wrong] {
        refused::<B>(tool, &history(sum), "built without the feature `take-over`");
    }
}

// The digests of both files are Python's, of refinery's sum a transcription of SipHash-1-3 to Python.
const SHA_384: [&str; 2] = [
    "bf56d804b4fa9e24aa2a3c122aaf2a88eea1e9f13d33cb772d90e0e8fa668bdf8f1ebb8de95be124e4681305e616e8f7",
    "1e467d2143cd18d3c32d8c69f9d17bc95c6626dabf3515911336ebfbcddc67850e2a0c35832785f93ab6c649b7a18406",
];
const SHA_256: [&str; 2] = [
    "6869107c4910d8df4680ee89aff9924b65ae79c81b5b78478f2b12f90254f6c5",
    "2f6b03af00c311188c4731d10233adb369723627331deb780b189cf5ca4d3d98",
];
const SIP_HASH: [&str; 2] = ["692283510499099943", "1564338281595522808"];
const CRC_32: [&str; 2] = ["-7233374", "-527450760"];

fn a_history_of_sqlx<B: Backend>() {
    let history = |success: bool, second: &str| {
        format!(
            "CREATE TABLE IF NOT EXISTS _sqlx_migrations (
               version BIGINT PRIMARY KEY, description TEXT NOT NULL, installed_on TIMESTAMPTZ NOT NULL DEFAULT now(),
               success BOOLEAN NOT NULL, checksum BYTEA NOT NULL, execution_time BIGINT NOT NULL);
             INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) VALUES
               (1, 'users', TRUE, '\\x{}', 1000), (2, 'names', {success}, '\\x{second}', -1)",
            SHA_384[0]
        )
    };
    let whole = |second: &str| history(true, second);
    checked::<B>(Tool::Sqlx, &whole, SHA_384[1], SHA_384[0]);
    let failed = "migration 2 failed or was not finished";
    refused::<B>(Tool::Sqlx, &history(false, SHA_384[1]), failed);
}

fn a_history_of_diesel<B: Backend>() {
    let history = "CREATE TABLE IF NOT EXISTS __diesel_schema_migrations (
           version VARCHAR(50) PRIMARY KEY NOT NULL, run_on TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP);
         INSERT INTO __diesel_schema_migrations (version) VALUES ('1'), ('2')";
    taken_over::<B>(Tool::Diesel, history);
    let unknown = "migration 20260101000000 was applied, and the program does not have it";
    refused::<B>(
        Tool::Diesel,
        &format!("{history}, ('20260101000000')"),
        unknown,
    );
    let skipped = "migration 1 `users` (migrations/1_users.sql) was not applied";
    refused::<B>(Tool::Diesel, &history.replace("('1'), ", ""), skipped);
}

fn a_history_of_refinery<B: Backend>() {
    for of_version in ["INT4", "INT8"] {
        let history = |second: &str| {
            format!(
                "CREATE TABLE IF NOT EXISTS refinery_schema_history(
                   version {of_version} PRIMARY KEY, name VARCHAR(255), applied_on VARCHAR(255), checksum VARCHAR(255));
                 INSERT INTO refinery_schema_history VALUES
                   (1, 'users', '2026-01-01T12:00:00Z', '{}'), (2, 'names', '2026-01-01T12:00:01Z', '{second}')",
                SIP_HASH[0]
            )
        };
        checked::<B>(Tool::Refinery, &history, SIP_HASH[1], SIP_HASH[0]);
    }
}

fn a_history_of_goose<B: Backend>() {
    let history = |rows: &str| {
        format!(
            "CREATE TABLE goose_db_version (
               id integer PRIMARY KEY GENERATED BY DEFAULT AS IDENTITY, version_id bigint NOT NULL,
               is_applied boolean NOT NULL, tstamp timestamp NOT NULL DEFAULT now());
             INSERT INTO goose_db_version (version_id, is_applied) VALUES (0, true), {rows}"
        )
    };
    taken_over::<B>(Tool::Goose, &history("(1, true), (2, true)"));
    let again = "(1, true), (2, true), (3, true), (2, false), (3, false), (2, true)";
    taken_over::<B>(Tool::Goose, &history(again));
    let skipped = "migration 1 `users` (migrations/1_users.sql) was not applied";
    refused::<B>(
        Tool::Goose,
        &history("(1, true), (1, false), (2, true)"),
        skipped,
    );
}

fn a_history_of_dbmate<B: Backend>() {
    let history = "CREATE TABLE IF NOT EXISTS schema_migrations (version varchar(128) PRIMARY KEY);
         INSERT INTO schema_migrations (version) VALUES ('1'), ('2')";
    taken_over::<B>(Tool::Dbmate, history);
    // Another tool's table of that name.
    let other =
        "CREATE TABLE schema_migrations (version bigint PRIMARY KEY, dirty boolean NOT NULL);
         INSERT INTO schema_migrations VALUES (2, false)";
    refused::<B>(
        Tool::Dbmate,
        other,
        "it has a column `dirty`, as golang-migrate makes it",
    );
}

fn a_history_of_alembic<B: Backend>() {
    let history = |rows: &str| {
        format!(
            "CREATE TABLE alembic_version (
               version_num VARCHAR(32) NOT NULL, CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num));
             INSERT INTO alembic_version VALUES {rows}"
        )
    };
    taken_over::<B>(Tool::Alembic, &history("('2')"));
    taken_over::<B>(Tool::Alembic, &history("('names')"));
    let heads = "there are several newest revisions, 1, 2";
    refused::<B>(Tool::Alembic, &history("('1'), ('2')"), heads);
}

const FLYWAY: &str = "CREATE TABLE flyway_schema_history (
       installed_rank INT NOT NULL, version VARCHAR(50), description VARCHAR(200) NOT NULL, type VARCHAR(20) NOT NULL,
       script VARCHAR(1000) NOT NULL, checksum INTEGER, installed_by VARCHAR(100) NOT NULL,
       installed_on TIMESTAMP NOT NULL DEFAULT now(), execution_time INTEGER NOT NULL, success BOOLEAN NOT NULL);
     ALTER TABLE flyway_schema_history ADD CONSTRAINT flyway_schema_history_pk PRIMARY KEY (installed_rank);
     CREATE INDEX flyway_schema_history_s_idx ON flyway_schema_history (success);
     INSERT INTO flyway_schema_history
       (installed_rank, version, description, type, script, checksum, installed_by, execution_time, success) VALUES ";

fn a_history_of_flyway<B: Backend>() {
    let first = CRC_32[0];
    let history = |second: &str| {
        format!(
            "{FLYWAY} (0, NULL, '<< Flyway Schema Creation >>', 'SCHEMA', '\"app\"', NULL, 'app', 0, true),
             (1, '1', 'users', 'SQL', 'V1__users.sql', {first}, 'app', 3, true),
             (2, '2', 'names', 'SQL', 'V2__names.sql', {second}, 'app', 3, true),
             (3, NULL, 'names of all', 'SQL', 'R__names.sql', 77, 'app', 3, true)"
        )
    };
    checked::<B>(Tool::Flyway, &history, CRC_32[1], "7");
    // Its history begins at a version, for which nothing was run.
    let baseline = "(1, '2', '<< Flyway Baseline >>', 'BASELINE', '<< Flyway Baseline >>', NULL, 'app', 0, true)";
    taken_over::<B>(Tool::Flyway, &format!("{FLYWAY} {baseline}"));
    let failed = "(1, '1', 'users', 'SQL', 'V1__users.sql', NULL, 'app', 3, true),
        (2, '2', 'names', 'SQL', 'V2__names.sql', NULL, 'app', 3, false)";
    let words = "migration 2 failed or was not finished";
    refused::<B>(Tool::Flyway, &format!("{FLYWAY} {failed}"), words);
    let other = "(1, '1.5', 'users', 'SQL', 'V1_5__users.sql', NULL, 'app', 3, true)";
    let words = "migration 1.5 was applied, and the program does not have it";
    refused::<B>(Tool::Flyway, &format!("{FLYWAY} {other}"), words);
}

fn a_history_of_prisma<B: Backend>() {
    let history = |second: &str| {
        format!(
            "CREATE TABLE _prisma_migrations (
               id VARCHAR(36) PRIMARY KEY NOT NULL, checksum VARCHAR(64) NOT NULL, finished_at TIMESTAMPTZ,
               migration_name VARCHAR(255) NOT NULL, logs TEXT, rolled_back_at TIMESTAMPTZ,
               started_at TIMESTAMPTZ NOT NULL DEFAULT now(), applied_steps_count INTEGER NOT NULL DEFAULT 0);
             INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at, rolled_back_at) VALUES
               ('a', '{}', '20260101120000_users', now(), NULL), ('b', 'x', '2_names', NULL, now()),
               ('c', '{second}', '2_names', now(), NULL)",
            SHA_256[0]
        )
    };
    checked::<B>(Tool::Prisma, &history, SHA_256[1], SHA_256[0]);
    let unfinished = history(SHA_256[1]).replace("'2_names', now()", "'2_names', NULL");
    let words = "migration 2_names failed or was not finished";
    refused::<B>(Tool::Prisma, &unfinished, words);
}
