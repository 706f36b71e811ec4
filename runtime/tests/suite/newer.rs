//! A program and a database that a newer one has migrated further.

use crate::support::{breaking, dump, migrations, value, with_down};
use tablature::migration::Reversal;
use tablature::rusqlite::Connection;
use tablature::{Error, Migrations, State};

const USERS: (&str, &str) = (
    "1_users",
    "CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT NOT NULL);
     INSERT INTO users VALUES (1, 'a@example.org');",
);
const TAGS: (&str, &str) = (
    "2_tags",
    "CREATE TABLE tags (user_id INTEGER REFERENCES users (id), tag TEXT UNIQUE);
     INSERT INTO tags VALUES (1, 'x');",
);
const MORE: (&str, &str) = (
    "3_more",
    "ALTER TABLE users ADD COLUMN seen INTEGER NOT NULL DEFAULT 0;
     ALTER TABLE users ADD COLUMN invited_by INTEGER REFERENCES users (id);
     CREATE INDEX users_by_email ON users (email);
     CREATE VIEW addresses AS SELECT email FROM users;",
);

fn older() -> Migrations {
    migrations(&[USERS])
}

fn newer() -> Migrations {
    migrations(&[USERS, TAGS, MORE])
}

fn database(migrations: &Migrations) -> Connection {
    let mut connection = Connection::open_in_memory().unwrap();
    migrations.apply(&mut connection).unwrap();
    connection
}

#[test]
fn an_older_program_runs_with_what_was_added_if_it_accepts_that() {
    let (older, newer) = (older(), newer());
    let mut connection = database(&newer);
    let before = dump(&connection);
    let runner = older.runner().accept_newer_if_additive();
    let report = runner.apply(&mut connection).unwrap();
    assert_eq!(
        (report.version, report.head, report.applied.len()),
        (Some(3), Some(1), 0)
    );
    assert_eq!(
        report.to_string(),
        "up to date, and at version 3 by a newer program that has only added to the schema"
    );
    runner.verify(&connection).unwrap();
    assert!(runner.plan(&connection).unwrap().is_empty());
    let status = runner.status(&connection).unwrap();
    assert!(status.is_current());
    assert!(
        matches!(&status.state, State::Ahead { migrations } if migrations.len() == 2 && migrations.iter().all(|it| it.is_additive())),
        "{status}"
    );
    assert_eq!(
        status.to_string(),
        "ahead at version 3, and all that this program knows is there; a newer one has added\n  2 tags\n  3 more"
    );
    // The newer one finds nothing changed, and verified as it has left it.
    assert_eq!(dump(&connection), before);
    assert!(newer.status(&connection).unwrap().is_current());
    connection
        .execute_batch("INSERT INTO users (email) VALUES ('b@example.org')")
        .unwrap();
}

#[test]
fn without_being_accepted_it_is_refused_and_told() {
    let connection = &mut database(&newer());
    let error = older().apply(connection).unwrap_err();
    assert_eq!(
        error.to_string(),
        "the database is at migration 3 `more`, but the program ends at 1: run the newer program, or restore the file \
         of that migration if it was deleted; as these migrations only add to the schema, this one can go on with \
         `MIGRATIONS.runner().accept_newer_if_additive()`"
    );
    let status = older().status(connection).unwrap();
    assert!(!status.is_current());
    assert!(
        matches!(&status.state, State::Newer { migrations, .. } if migrations.len() == 2),
        "{status}"
    );
}

#[test]
fn what_does_more_than_add_is_refused_with_the_reason() {
    let newer = breaking(newer(), 2, "the table `users` is renamed");
    let connection = &mut database(&newer);
    let before = dump(connection);
    let older = older();
    let runner = older.runner().accept_newer_if_additive();
    let error = runner.apply(connection).unwrap_err();
    assert!(
        error.to_string().ends_with(
            "; this one could not go on with migration 2 `tags`: \
             the table `users` is renamed (migrations/2_tags.sql:1)"
        ),
        "{error}"
    );
    let Error::Newer { newer, .. } = &error else {
        panic!("{error}")
    };
    let additive: Vec<bool> = newer.iter().map(|it| it.is_additive()).collect();
    assert_eq!(additive, [false, true]);
    assert!(matches!(
        runner.verify(connection),
        Err(Error::Newer { .. })
    ));
    let status = runner.status(connection).unwrap();
    assert!(matches!(status.state, State::Newer { .. }), "{status}");
    assert_eq!(dump(connection), before);
}

#[test]
fn everything_of_its_own_must_still_be_there() {
    for (drift, told) in [
        (
            "ALTER TABLE users DROP COLUMN email",
            "column `users.email` is missing",
        ),
        (
            "ALTER TABLE users RENAME TO people",
            "table `users` is missing",
        ),
        (
            "CREATE UNIQUE INDEX one ON users (seen)",
            "index `one` is unexpected",
        ),
        (
            "CREATE TRIGGER t AFTER INSERT ON users BEGIN SELECT 1; END",
            "trigger `t` is unexpected",
        ),
    ] {
        let (older, newer) = (older(), newer());
        let connection = &mut database(&newer);
        connection
            .execute_batch(&format!(
                "DROP VIEW addresses; DROP INDEX users_by_email; {drift}"
            ))
            .unwrap();
        let runner = older.runner().accept_newer_if_additive();
        let error = runner.apply(connection).unwrap_err();
        assert!(matches!(error, Error::SchemaMismatch { .. }), "{error}");
        assert!(error.to_string().contains(told), "{error}");
        let status = runner.status(connection).unwrap();
        assert!(matches!(status.state, State::Drifted { .. }), "{status}");
    }
}

#[test]
fn a_history_that_does_not_tell_is_not_accepted() {
    let (older, newer) = (older(), newer());
    let mut connection = database(&migrations(&[USERS, TAGS]));
    // As the first versions of the library made the table.
    connection
        .execute_batch("ALTER TABLE _tablature_history DROP COLUMN compatibility")
        .unwrap();
    let runner = older.runner().accept_newer_if_additive();
    let error = runner.apply(&mut connection).unwrap_err();
    assert!(
        error.to_string().ends_with(
            "this one could not go on with migration 2 `tags`: the version of the library that applied it \
             did not tell whether it only adds to the schema"
        ),
        "{error}"
    );
    // It is read, and gets the column with the next migration.
    assert!(newer.status(&connection).unwrap().pending.len() == 1);
    newer.apply(&mut connection).unwrap();
    let told = "SELECT group_concat(coalesce(compatibility, '?')) FROM _tablature_history";
    assert_eq!(value::<String>(&connection, told), "?,?,additive");
    assert!(newer.status(&connection).unwrap().is_current());
    assert!(matches!(
        runner.apply(&mut connection),
        Err(Error::Newer { .. })
    ));
}

#[test]
fn a_program_that_lacks_one_of_its_own_is_out_of_order() {
    let connection = &mut database(&migrations(&[USERS, MORE]));
    let branch = migrations(&[USERS, TAGS]);
    let runner = branch.runner().accept_newer_if_additive();
    let error = runner.apply(connection).unwrap_err();
    assert!(
        matches!(error, Error::OutOfOrder { version: 2, .. }),
        "{error}"
    );
}

#[test]
fn adopting_records_what_only_adds() {
    let (older, newer) = (older(), newer());
    let newer = breaking(newer, 2, "a reason");
    let mut connection = Connection::open_in_memory().unwrap();
    for migration in newer.list.iter() {
        connection.execute_batch(&migration.sql).unwrap();
    }
    newer.adopt(&mut connection).unwrap();
    let told = "SELECT group_concat(compatibility, '|' ORDER BY version) FROM _tablature_history";
    assert_eq!(
        value::<String>(&connection, told),
        "additive|a reason (migrations/2_tags.sql:1)|additive"
    );
    let runner = older.runner().accept_newer_if_additive();
    assert!(matches!(
        runner.adopt(&mut connection),
        Err(Error::Newer { .. })
    ));
    connection
        .execute_batch("UPDATE _tablature_history SET compatibility = 'additive'")
        .unwrap();
    assert!(runner.adopt(&mut connection).unwrap().versions.is_empty());
}

#[test]
fn an_older_program_that_runs_can_also_go_back() {
    let restores = || Reversal::Restores {
        losses: Vec::new().into(),
    };
    let newer = with_down(
        migrations(&[USERS, TAGS]),
        2,
        "DROP TABLE tags;",
        restores(),
    );
    let older = older();
    let mut connection = database(&newer);
    let runner = older.runner().accept_newer_if_additive();
    runner.apply(&mut connection).unwrap();
    runner.revert_to(&mut connection, 1).unwrap();
    let status = runner.status(&connection).unwrap();
    assert_eq!(status.state, State::Current);
    let times: Vec<&str> = status
        .applied
        .iter()
        .map(|it| it.applied_at.as_str())
        .collect();
    assert_eq!(times.len(), 1);
    assert!(times[0].ends_with('Z'), "{times:?}");
}
