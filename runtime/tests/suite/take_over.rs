//! Taking over the history of another tool: its claim and the schema have to say the same.

use crate::support::{dump, migrations};
use std::panic::{AssertUnwindSafe, catch_unwind};
use tablature::adopt::Tool;
use tablature::rusqlite::Connection;
use tablature::{Error, Event, Migrations, State};

const USERS: &str = "CREATE TABLE users (id INTEGER PRIMARY KEY);\n";
const TALES: &str = "CREATE TABLE tales (id INTEGER PRIMARY KEY);\n";
const TRIM: &str = "UPDATE tales SET id = id;\n";

const DIESEL: &str = "CREATE TABLE IF NOT EXISTS __diesel_schema_migrations (
  version VARCHAR(50) PRIMARY KEY NOT NULL, run_on TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP);";
const GOOSE: &str = "CREATE TABLE goose_db_version (id INTEGER PRIMARY KEY AUTOINCREMENT,
  version_id INTEGER NOT NULL, is_applied INTEGER NOT NULL, tstamp TIMESTAMP DEFAULT (datetime('now')));
  INSERT INTO goose_db_version (version_id, is_applied) VALUES (0, 1);";
const DBMATE: &str = "CREATE TABLE schema_migrations (version VARCHAR(255) PRIMARY KEY);";
const ALEMBIC: &str = "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL,
  CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num));";

/// Of the versions 1 and 2 the schemas differ, of 2 and 3 not, and 4 is another again.
fn all() -> Migrations {
    migrations(&[
        ("1_users", USERS),
        ("2_tales", TALES),
        ("3_trim", TRIM),
        ("4_words", "CREATE TABLE words (w);"),
    ])
}

/// A database with the tables of version 2, and what another tool keeps in it.
fn made(history: &str) -> Connection {
    let connection = Connection::open_in_memory().unwrap();
    for sql in [USERS, TALES, history] {
        connection.execute_batch(sql).unwrap();
    }
    connection
}

/// Adopted at a version, with nothing else changed, and once only.
fn adopted(all: &Migrations, connection: &mut Connection, tool: Option<Tool>, version: i64) {
    let before = dump(connection);
    let state = all.status(connection).unwrap().state;
    let versions = vec![version];
    assert_eq!(
        state,
        State::Adoptable {
            versions,
            from: tool
        }
    );
    let adopted = all.adopt(connection).unwrap();
    assert_eq!((adopted.version, adopted.from), (Some(version), tool));
    let mut after = dump(connection);
    after.retain(|line| !line.contains("_tablature_history"));
    assert_eq!(after, before);
    let before = dump(connection);
    assert!(all.adopt(connection).unwrap().versions.is_empty());
    assert_eq!(dump(connection), before);
    let report = all.apply(connection).unwrap();
    assert_eq!(report.version, Some(4));
    assert!(all.status(connection).unwrap().is_current());
}

fn refused(all: &Migrations, history: &str) -> Error {
    let mut connection = made(history);
    let before = dump(&connection);
    let error = all.adopt(&mut connection).unwrap_err();
    assert_eq!(dump(&connection), before);
    let state = all.status(&connection).unwrap().state;
    let reason = error.to_string();
    assert_eq!(state, State::Unknown { reason });
    // The schema alone says that it is one of these.
    all.runner().adopt_at(&mut connection, 2).unwrap();
    error
}

#[test]
fn what_a_history_says_and_the_schema_shows_is_recorded() {
    let all = all();
    for (history, tool) in [
        (
            format!(
                "{DIESEL} INSERT INTO __diesel_schema_migrations (version) VALUES ('1'), ('2'), ('3')"
            ),
            Tool::Diesel,
        ),
        (
            format!(
                "{DIESEL} INSERT INTO __diesel_schema_migrations (version) VALUES ('00001'), ('00002'), ('00003')"
            ),
            Tool::Diesel,
        ),
        (
            format!(
                "{GOOSE} INSERT INTO goose_db_version (version_id, is_applied)
                 VALUES (1, 1), (2, 1), (3, 1), (4, 1), (4, 0)"
            ),
            Tool::Goose,
        ),
        (
            format!("{DBMATE} INSERT INTO schema_migrations VALUES ('1'), ('2'), ('3')"),
            Tool::Dbmate,
        ),
        (
            "PRAGMA user_version = 3".to_owned(),
            Tool::RusqliteMigration,
        ),
        (
            format!("{ALEMBIC} INSERT INTO alembic_version VALUES ('003')"),
            Tool::Alembic,
        ),
    ] {
        adopted(&all, &mut made(&history), Some(tool), 3);
    }
}

#[test]
fn a_revision_may_stand_in_a_file_name() {
    let all = migrations(&[
        ("1_users", USERS),
        ("2_ae1027a6acf3_tales", TALES),
        ("3_c7923c6e866e_trim", TRIM),
        ("4_words", "CREATE TABLE words (w);"),
    ]);
    let history = format!("{ALEMBIC} INSERT INTO alembic_version VALUES ('ae1027a6acf3')");
    adopted(&all, &mut made(&history), Some(Tool::Alembic), 2);
    // Another tells nothing, and the schema is that of two versions.
    let history = format!("{ALEMBIC} INSERT INTO alembic_version VALUES ('bbf4e254a824')");
    let error = all.adopt(&mut made(&history)).unwrap_err();
    assert!(matches!(error, Error::Ambiguous { .. }), "{error}");
    let two = format!("{ALEMBIC} INSERT INTO alembic_version VALUES ('ae1027a6acf3'), ('x')");
    assert_eq!(
        refused(&all, &two).to_string(),
        "the history of Alembic in `alembic_version` does not fit the program's migrations:\n  \
         there are several newest revisions, ae1027a6acf3, x\n\
         mend that, or name the version that the database is at with `adopt_at(…)`, \
         which goes by the schema alone"
    );
}

#[test]
fn an_empty_history_says_nothing() {
    let all = migrations(&[
        ("1_users", USERS),
        ("2_tales", TALES),
        ("4_words", "CREATE TABLE words (w);"),
    ]);
    for history in [DIESEL, GOOSE, DBMATE, ALEMBIC] {
        adopted(&all, &mut made(history), None, 2);
    }
}

#[test]
fn a_claim_that_the_schema_contradicts_is_told_with_both() {
    let all = all();
    let history = format!("{DIESEL} INSERT INTO __diesel_schema_migrations (version) VALUES ('1')");
    assert_eq!(
        refused(&all, &history).to_string(),
        "the history of diesel in `__diesel_schema_migrations` says that the database is at version 1, \
         but its schema is that of 2 and 3; from 1 it differs in this:\n  \
         table `tales` is unexpected: no migration defines it\n\
         name 2 or 3 with `adopt_at(…)` if that history is wrong, \
         or bring the database to what version 1 defines"
    );
    let drifted = "ALTER TABLE tales ADD COLUMN x; PRAGMA user_version = 2";
    let error = all.adopt(&mut made(drifted)).unwrap_err();
    assert_eq!(
        error.to_string(),
        "the history of rusqlite_migration in `PRAGMA user_version` says that the database is at version 2, \
         but its schema is that of no version; from 2 it differs in this:\n  \
         column `tales.x` is unexpected: no migration defines it\n\
         bring the database to what version 2 defines"
    );
}

#[test]
fn a_history_that_does_not_fit_says_all_that_is_wrong() {
    let all = all();
    let history =
        format!("{DBMATE} INSERT INTO schema_migrations VALUES ('1'), ('3'), ('7'), ('x')");
    assert_eq!(
        refused(&all, &history).to_string(),
        "the history of dbmate in `schema_migrations` does not fit the program's migrations:\n  \
         migration 7 was applied, and the program does not have it\n  \
         migration x was applied, and the program does not have it\n  \
         migration 2 `tales` (migrations/2_tales.sql) was not applied, though a later one was\n\
         mend that, or name the version that the database is at with `adopt_at(…)`, \
         which goes by the schema alone"
    );
    for (history, words) in [
        (
            "PRAGMA user_version = 42".to_owned(),
            "42 migrations were applied, and the program has 4",
        ),
        (
            "PRAGMA user_version = -1".to_owned(),
            "-1 migrations were applied, and the program has 4",
        ),
        (
            "CREATE TABLE schema_migrations (version uint64, dirty bool)".to_owned(),
            "it has a column `dirty`, as golang-migrate makes it",
        ),
        (
            "CREATE TABLE alembic_version (x)".to_owned(),
            "it is not as the tool makes it: no such column: version_num",
        ),
        (
            format!(
                "{DIESEL} INSERT INTO __diesel_schema_migrations (version) VALUES ('1'), ('2');
                 {DBMATE} INSERT INTO schema_migrations VALUES ('1'), ('2'), ('3')"
            ),
            "the history of diesel in `__diesel_schema_migrations` says something else",
        ),
    ] {
        let error = refused(&all, &history);
        assert!(matches!(error, Error::ForeignHistory { .. }), "{error}");
        assert!(error.to_string().contains(words), "{error}");
    }
}

#[test]
fn a_table_that_the_migrations_make_is_no_history_of_others() {
    let all = migrations(&[
        ("1_users", USERS),
        ("2_tales", TALES),
        ("3_versions", "CREATE TABLE schema_migrations (version);"),
        ("4_words", "CREATE TABLE words (w);"),
    ]);
    let mut connection =
        made("CREATE TABLE schema_migrations (version); INSERT INTO schema_migrations VALUES (1)");
    adopted(&all, &mut connection, None, 3);
}

#[test]
fn a_panic_leaves_the_database_as_it_was() {
    let all = all();
    let mut connection = made("PRAGMA user_version = 2");
    let before = dump(&connection);
    let listener = |event: Event<'_>| assert!(!matches!(event, Event::Verifying), "enough");
    let panicked = catch_unwind(AssertUnwindSafe(|| {
        all.runner().on_event(&listener).adopt(&mut connection)
    }));
    assert!(panicked.is_err());
    assert_eq!(dump(&connection), before);
    adopted(&all, &mut connection, Some(Tool::RusqliteMigration), 2);
}

#[cfg(not(feature = "take-over"))]
#[test]
fn checksums_that_cannot_be_checked_are_not_passed_over() {
    let history =
        "CREATE TABLE _sqlx_migrations (version BIGINT PRIMARY KEY, description TEXT NOT NULL,
       installed_on TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP, success BOOLEAN NOT NULL,
       checksum BLOB NOT NULL, execution_time BIGINT NOT NULL);
     INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
     VALUES (1, 'users', TRUE, x'00', 1), (2, 'tales', TRUE, x'00', 1)";
    let error = refused(&all(), history).to_string();
    assert_eq!(error.matches("feature `take-over`").count(), 1, "{error}");
}

#[cfg(feature = "take-over")]
mod checksums {
    use super::*;

    const SQLX: &str =
        "CREATE TABLE _sqlx_migrations (version BIGINT PRIMARY KEY, description TEXT NOT NULL,
       installed_on TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP, success BOOLEAN NOT NULL,
       checksum BLOB NOT NULL, execution_time BIGINT NOT NULL);";
    const PRISMA: &str =
        "CREATE TABLE _prisma_migrations (id TEXT PRIMARY KEY NOT NULL, checksum TEXT NOT NULL,
       finished_at DATETIME, migration_name TEXT NOT NULL, logs TEXT, rolled_back_at DATETIME,
       started_at DATETIME NOT NULL DEFAULT current_timestamp,
       applied_steps_count INTEGER UNSIGNED NOT NULL DEFAULT 0);";

    // The digests are Python's, of `USERS` and `TALES` with LF and with CRLF.
    const USERS_384: &str = "bf56d804b4fa9e24aa2a3c122aaf2a88eea1e9f13d33cb772d90e0e8fa668bdf8f1ebb8de95be124e4681305e616e8f7";
    const USERS_384_CRLF: &str = "12ce142eb62c21b59210d64dad9470318f59fcb1ac23999ef93327bd2eec2f504e873202127905ea5f73e7db2b200dd8";
    const TALES_384: &str = "80e08b1e276826bf328cba5e63482947fd042f0a9f57c433afad0b4ace134197f4edcd1622ce7578b9e2248e1df3bc32";
    const USERS_256: &str = "6869107c4910d8df4680ee89aff9924b65ae79c81b5b78478f2b12f90254f6c5";
    const TALES_256_CRLF: &str = "c28b74073259d247fbdedae4ebb52c2029797048185cefa981a38e52e0e415af";

    fn sqlx(success: bool, users: &str, tales: &str) -> String {
        format!(
            "{SQLX} INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
             VALUES (1, 'users', TRUE, x'{users}', 1000), (2, 'tales', {success}, x'{tales}', -1)"
        )
    }

    #[test]
    fn of_sqlx() {
        let all = all();
        for users in [USERS_384, USERS_384_CRLF] {
            let mut connection = made(&sqlx(true, users, TALES_384));
            adopted(&all, &mut connection, Some(Tool::Sqlx), 2);
        }
        // The program's file has the other line endings.
        let windows = migrations(&[
            (
                "1_users",
                "CREATE TABLE users (id INTEGER PRIMARY KEY);\r\n",
            ),
            (
                "2_tales",
                "CREATE TABLE tales (id INTEGER PRIMARY KEY);\r\n",
            ),
            ("4_words", "CREATE TABLE words (w);"),
        ]);
        let mut connection = made(&sqlx(true, USERS_384, TALES_384));
        adopted(&windows, &mut connection, Some(Tool::Sqlx), 2);

        let error = refused(&all, &sqlx(true, USERS_384, USERS_384)).to_string();
        let changed =
            "migration 2 `tales` was applied with another text than `migrations/2_tales.sql` has";
        assert!(error.contains(changed), "{error}");
        let error = refused(&all, &sqlx(false, USERS_384, TALES_384)).to_string();
        assert!(
            error.contains("migration 2 failed or was not finished"),
            "{error}"
        );
    }

    #[test]
    fn of_prisma() {
        let all = all();
        let history = |second: &str| {
            format!(
                "{PRISMA} INSERT INTO _prisma_migrations
                   (id, checksum, migration_name, finished_at, rolled_back_at) VALUES
                 ('a', '{USERS_256}', '20260101120000_users', 1767268800000, NULL), {second}"
            )
        };
        let tales = format!("('b', '{TALES_256_CRLF}', '2_tales', 1767268800000, NULL)");
        adopted(&all, &mut made(&history(&tales)), Some(Tool::Prisma), 2);
        let again = format!("('c', 'x', '2_tales', NULL, 1767268800000), {tales}");
        adopted(&all, &mut made(&history(&again)), Some(Tool::Prisma), 2);
        let error = refused(&all, &history("('b', 'x', '2_tales', NULL, NULL)")).to_string();
        assert!(
            error.contains("migration 2_tales failed or was not finished"),
            "{error}"
        );
        let error = refused(&all, &history("('b', 'x', '2_tales', 1, NULL)")).to_string();
        assert!(
            error.contains("`tales` was applied with another text"),
            "{error}"
        );
        // None of its names is one of ours: the schema alone says it.
        let two = migrations(&[
            ("10_a", USERS),
            ("20_b", TALES),
            ("4000_c", "CREATE TABLE words (w);"),
        ]);
        let history = format!(
            "{PRISMA} INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at)
             VALUES ('a', 'x', '20260101120000_first', 1)"
        );
        let adopted = two.adopt(&mut made(&history)).unwrap();
        assert_eq!((adopted.version, adopted.from), (Some(20), None));
    }

    #[test]
    fn of_refinery() {
        // The sum is refinery's own.
        const PERSONS: &str =
            "CREATE TABLE persons (id int, name varchar(255), city varchar(255));";
        let all = migrations(&[
            ("1_initial", PERSONS),
            ("2_trim", "UPDATE persons SET name = trim(name);"),
            ("4_words", "CREATE TABLE words (w);"),
        ]);
        for (sum, fits) in [
            ("9011118159008407467", true),
            ("9011118159008407468", false),
        ] {
            let mut connection = Connection::open_in_memory().unwrap();
            connection.execute_batch(PERSONS).unwrap();
            connection
                .execute_batch(&format!(
                    "CREATE TABLE IF NOT EXISTS refinery_schema_history(version INT4 PRIMARY KEY,
                       name VARCHAR(255), applied_on VARCHAR(255), checksum VARCHAR(255));
                     INSERT INTO refinery_schema_history
                     VALUES (1, 'initial', '2026-01-01T12:00:00Z', '{sum}')"
                ))
                .unwrap();
            if fits {
                adopted(&all, &mut connection, Some(Tool::Refinery), 1);
            } else {
                let error = all.adopt(&mut connection).unwrap_err().to_string();
                assert!(
                    error.contains("`initial` was applied with another text"),
                    "{error}"
                );
            }
        }
    }
}
