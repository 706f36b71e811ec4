//! A value that one file adds to an enum and a later one uses: what is found out on an empty database, and what differs.

use super::Site;
use crate::stories::assert_has;

const FILES: [(&str, &str); 3] = [
    (
        "1_moods.sql",
        "CREATE TYPE mood AS ENUM ('merry');\nCREATE TABLE tales (mood mood);\n",
    ),
    ("2_grim.sql", "ALTER TYPE mood ADD VALUE 'grim';\n"),
    ("3_tale.sql", "INSERT INTO tales VALUES ('grim');\n"),
];

#[test]
fn a_database_is_adopted_and_repaired_whose_history_uses_an_added_value() {
    let Some(site) = Site::new(&FILES) else {
        return;
    };
    site.execute(FILES[0].1);
    site.execute(FILES[1].1);
    assert_has(
        &site.said("status", 3),
        &["adoptable", "that of version 2 or 3"],
    );
    site.said("adopt --at 2 --dry-run", 3);
    site.said("adopt --at 2", 0);
    site.said("migrate", 0);
    site.execute("ALTER TABLE tales ADD COLUMN nick text");
    assert_has(
        &site.said("repair --drop tales.nick", 0),
        &["DROP COLUMN nick"],
    );
    let left = "SELECT count(*)::text FROM pg_database WHERE datname ~ '^tablature_scratch' AND datname NOT IN
        (SELECT datname FROM pg_stat_activity WHERE datname IS NOT NULL)";
    assert_eq!(site.value(left), "0");
}

#[test]
fn what_all_databases_share_is_not_committed_on_the_empty_one() {
    let Some(site) = Site::new(&FILES) else {
        return;
    };
    site.write(
        "1_moods.sql",
        &format!("CREATE ROLE tablature_added_values;\n{}", FILES[0].1),
    );
    site.execute("CREATE TABLE tales ()");
    assert_has(
        &site.said("status", 3),
        &[
            "`migrations/3_tale.sql` uses a value that is added to an enum before",
            "such as roles",
        ],
    );
    let roles = "SELECT count(*)::text FROM pg_roles WHERE rolname = 'tablature_added_values'";
    assert_eq!(site.value(roles), "0");
}

#[test]
fn what_differs_is_told_while_migrations_are_pending() {
    let Some(site) = Site::new(&FILES) else {
        return;
    };
    site.said("migrate", 0);
    site.execute("ALTER TABLE tales ADD COLUMN nick text");
    site.write("4_more.sql", "CREATE TABLE more (id integer);\n");
    assert_has(
        &site.said("status", 3),
        &[
            "1 migration is pending",
            "something else has changed the schema",
            "column `tales.nick` is unexpected",
        ],
    );
    site.execute("ALTER TABLE tales DROP COLUMN nick");
    let status = site.said("status", 3);
    assert!(!status.contains("something else"), "{status}");
}

#[test]
fn an_index_that_the_runner_could_not_build_is_nobody_elses_change() {
    let Some(site) = Site::new(&FILES) else {
        return;
    };
    site.said("migrate", 0);
    site.execute("INSERT INTO tales VALUES ('grim')");
    site.write(
        "4_once.sql",
        "-- no-transaction\nCREATE UNIQUE INDEX CONCURRENTLY once ON tales (mood);\n",
    );
    for _ in 0..2 {
        let failed = site.said("migrate", 1);
        assert!(!failed.contains("something else"), "{failed}");
        let status = site.said("status", 3);
        assert!(!status.contains("something else"), "{status}");
    }
}
