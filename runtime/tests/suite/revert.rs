//! Going back: what is proven is done, what would lose something is not, and a failure leaves everything as it was.

use crate::support::{dump, enforces, failing, migrations, with_down};
use tablature::migration::{Cause, Loss, Reversal, Written};
use tablature::rusqlite::Connection;
use tablature::schema::Place;
use tablature::{Error, Migrations};

const USERS: (&str, &str) = (
    "1_users",
    "CREATE TABLE users (id INTEGER PRIMARY KEY); INSERT INTO users VALUES (1);",
);
const TAGS: (&str, &str) = (
    "2_tags",
    "CREATE TABLE tags (user_id INTEGER REFERENCES users (id));",
);
const INDEX: (&str, &str) = ("5_index", "CREATE INDEX by_user ON tags (user_id);");

const SAFE: Reversal = Reversal::Restores {
    losses: std::borrow::Cow::Borrowed(&[]),
};

/// What a down file that drops a table loses: what was written since.
fn drops(table: &'static str) -> Reversal {
    let loss = Loss {
        table: table.into(),
        columns: Vec::new().into(),
        written: Written::Since,
        cause: Cause::Dropped,
        place: Place {
            file: "migrations/2_tags.down.sql".into(),
            line: 1,
        },
    };
    Reversal::Restores {
        losses: vec![loss].into(),
    }
}

fn all() -> Migrations {
    let all = migrations(&[USERS, TAGS, INDEX]);
    let all = with_down(all, 5, "DROP INDEX by_user;", SAFE);
    with_down(all, 2, "DROP TABLE tags;", drops("tags"))
}

fn applied(migrations: &Migrations) -> Connection {
    let mut connection = Connection::open_in_memory().unwrap();
    connection
        .pragma_update(None, "foreign_keys", true)
        .unwrap();
    migrations.apply(&mut connection).unwrap();
    connection
}

#[test]
fn back_and_forth_again() {
    let all = all();
    let mut connection = applied(&all);
    let reverted = all.runner().revert_to(&mut connection, 1).unwrap();
    assert_eq!(
        reverted.to_string(),
        "went back over 2 migrations, now at version 1"
    );
    let versions: Vec<i64> = reverted
        .reverted
        .iter()
        .map(|found| found.version)
        .collect();
    assert_eq!(versions, [5, 2]);
    assert!(enforces(&connection) && connection.is_autocommit());
    migrations(&[USERS]).verify(&connection).unwrap();
    // The next start has nothing to do: the schema was verified.
    assert!(
        migrations(&[USERS])
            .status(&connection)
            .unwrap()
            .is_current()
    );
    let nothing = all.runner().revert_to(&mut connection, 1).unwrap();
    assert_eq!(
        nothing.to_string(),
        "nothing to go back over, now at version 1"
    );
    assert_eq!(all.apply(&mut connection).unwrap().applied.len(), 2);
    all.verify(&connection).unwrap();
}

#[test]
fn before_the_first() {
    let all = with_down(all(), 1, "DROP TABLE users;", drops("users"));
    let mut connection = applied(&all);
    let runner = all.runner().accept_losses_of([1]);
    let reverted = runner.revert_to(&mut connection, 0).unwrap();
    assert_eq!(
        reverted.to_string(),
        "went back over 3 migrations, now before the first"
    );
    assert_eq!(all.apply(&mut connection).unwrap().applied.len(), 3);
}

#[test]
fn rows_that_would_be_lost_are_not_lost_unless_asked_for_by_name() {
    let all = all();
    let mut connection = applied(&all);
    connection
        .execute_batch("INSERT INTO tags VALUES (1)")
        .unwrap();
    let before = dump(&connection);
    let plan = all.runner().plan_revert(&connection, 1).unwrap();
    assert!(!plan.runs());
    assert_eq!(
        plan.to_string(),
        "-- 2 migrations to go back over\n\n\
         -- 5 index (migrations/5_index.down.sql)\n\
         DROP INDEX by_user;\n\n\
         -- 2 tags (migrations/2_tags.down.sql)\n\
         -- refused: rows of `tags` written since it was applied are lost: dropped at migrations/2_tags.down.sql:1\n\
         DROP TABLE tags;"
    );
    let error = all.runner().revert_to(&mut connection, 1).unwrap_err();
    assert_eq!(
        error.to_string(),
        "going back would not restore what was there:\n  \
         migration 2 `tags`: rows of `tags` written since it was applied are lost: \
         dropped at migrations/2_tags.down.sql:1\n\
         if that is what you want, name them with `MIGRATIONS.runner().accept_losses_of([2])`"
    );
    assert_eq!(dump(&connection), before);
    let runner = all.runner().accept_losses_of([2]);
    assert!(runner.plan_revert(&connection, 1).unwrap().runs());
    runner.revert_to(&mut connection, 1).unwrap();
}

#[test]
fn what_has_another_name_when_it_would_be_lost_is_not_lost_either() {
    let all = migrations(&[
        ("1_users", "CREATE TABLE users (id INTEGER PRIMARY KEY);"),
        ("2_email", "ALTER TABLE users ADD COLUMN email TEXT;"),
        (
            "3_people",
            "ALTER TABLE users RENAME TO people; CREATE TABLE users (id INTEGER PRIMARY KEY);",
        ),
    ]);
    let down = "DROP TABLE users; ALTER TABLE people RENAME TO users;";
    let all = with_down(all, 3, down, drops("users"));
    let email = Reversal::Restores {
        losses: vec![Loss {
            table: "users".into(),
            columns: vec!["email".into()].into(),
            written: Written::Since,
            cause: Cause::Dropped,
            place: Place {
                file: "migrations/2_email.down.sql".into(),
                line: 1,
            },
        }]
        .into(),
    };
    let all = with_down(all, 2, "ALTER TABLE users DROP COLUMN email;", email);
    let mut connection = applied(&all);
    connection
        .execute_batch("INSERT INTO people VALUES (1, 'a@example.org')")
        .unwrap();
    let before = dump(&connection);
    // The table of that name is empty, and the one that had it then is not.
    let error = all.runner().revert_to(&mut connection, 1).unwrap_err();
    assert_eq!(
        error.to_string(),
        "going back would not restore what was there:\n  \
         migration 2 `email`: values of `users.email` written since it was applied are lost: \
         dropped at migrations/2_email.down.sql:1\n\
         if that is what you want, name them with `MIGRATIONS.runner().accept_losses_of([2])`"
    );
    assert_eq!(dump(&connection), before);
    let runner = all.runner().accept_losses_of([2]);
    runner.revert_to(&mut connection, 1).unwrap();
}

#[test]
fn what_has_no_down_file_or_an_unproven_one_stays() {
    let all = with_down(
        all(),
        5,
        "DROP INDEX by_user;",
        Reversal::Fails {
            reason: "no index `by_user`".into(),
        },
    );
    let mut connection = applied(&all);
    let before = dump(&connection);
    let error = all.runner().revert_to(&mut connection, 0).unwrap_err();
    assert_eq!(
        error.to_string(),
        "going back would not restore what was there:\n  \
         migration 5 `index`: the engine refuses its down file: no index `by_user`\n  \
         migration 1 `users`: it has no down file\n\
         restore a backup, or write a new migration that undoes the change"
    );
    let runner = all.runner().accept_losses_of([5, 2, 1]);
    assert!(runner.revert_to(&mut connection, 0).is_err());
    assert_eq!(dump(&connection), before);
}

#[test]
fn a_down_file_that_does_not_do_what_was_promised_leaves_everything_as_it_was() {
    let forgets = with_down(all(), 5, "SELECT 1;", SAFE);
    let mut connection = applied(&forgets);
    let before = dump(&connection);
    let error = forgets.runner().revert_to(&mut connection, 2).unwrap_err();
    assert!(
        error.to_string().starts_with(
            "the schema would not be that of version 2 after going back, so that nothing was changed:\n  \
             index `by_user` is unexpected"
        ),
        "{error}"
    );
    assert_eq!(dump(&connection), before);

    let fails = with_down(all(), 2, "DROP TABLE tags; DROP TABLE nope;", SAFE);
    let mut connection = applied(&fails);
    let before = dump(&connection);
    let error = fails.runner().revert_to(&mut connection, 1).unwrap_err();
    assert!(
        error.to_string().starts_with(
            "migration 2 `tags` failed at migrations/2_tags.down.sql:1:18: no such table: nope"
        ),
        "{error}"
    );
    assert_eq!(dump(&connection), before);

    let orphans = with_down(
        with_down(all(), 2, "DROP TABLE tags;", SAFE),
        5,
        "DROP INDEX by_user; INSERT INTO tags VALUES (99);",
        SAFE,
    );
    let mut connection = applied(&orphans);
    let before = dump(&connection);
    let error = orphans.runner().revert_to(&mut connection, 2).unwrap_err();
    assert!(matches!(error, Error::ForeignKeys { .. }), "{error}");
    assert_eq!(dump(&connection), before);
}

#[test]
fn one_without_a_transaction_is_refused() {
    let all = with_down(all(), 5, "-- no-transaction\nDROP INDEX by_user;", SAFE);
    let mut connection = applied(&all);
    let runner = all.runner().accept_losses_of([5]);
    let before = dump(&connection);
    let error = runner.revert_to(&mut connection, 2).unwrap_err();
    assert!(
        matches!(&error, Error::DownWithoutTransaction { version: 5, file, .. } if file == "migrations/5_index.down.sql"),
        "{error}"
    );
    assert_eq!(dump(&connection), before);
    let plan = runner.plan_revert(&connection, 2).unwrap();
    assert!(
        !plan.runs()
            && plan
                .to_string()
                .contains("-- refused: its down file has `-- no-transaction`"),
        "{plan}"
    );
    // A newer program has recorded it.
    let older = migrations(&[USERS, TAGS]);
    let error = older
        .runner()
        .accept_losses_of([5])
        .revert_to(&mut connection, 2)
        .unwrap_err();
    assert!(
        matches!(&error, Error::DownWithoutTransaction { version: 5, .. }),
        "{error}"
    );
}

#[test]
fn an_older_program_goes_back_over_what_a_newer_one_applied() {
    let newer = all();
    let mut connection = applied(&newer);
    let older = migrations(&[USERS]);
    assert!(matches!(
        older.apply(&mut connection).unwrap_err(),
        Error::Newer { version: 5, .. }
    ));
    let plan = older.runner().plan_revert(&connection, 1).unwrap();
    assert_eq!(
        plan.to_string(),
        "-- 2 migrations to go back over\n\n\
         -- 5 index\n\
         DROP INDEX by_user;\n\n\
         -- 2 tags\n\
         -- refused: rows of `tags` written since it was applied are lost: dropped at migrations/2_tags.down.sql:1\n\
         DROP TABLE tags;"
    );
    assert!(older.runner().revert_to(&mut connection, 1).is_err());
    let runner = older.runner().accept_losses_of([2]);
    runner.revert_to(&mut connection, 1).unwrap();
    assert!(older.status(&connection).unwrap().is_current());
    older.apply(&mut connection).unwrap();
}

#[test]
fn only_to_a_version_that_was_applied() {
    let all = all();
    let mut connection = applied(&all);
    for version in [3, 6] {
        let error = all
            .runner()
            .revert_to(&mut connection, version)
            .unwrap_err();
        assert!(
            matches!(
                error,
                Error::NotApplied {
                    newest: Some(5),
                    ..
                }
            ),
            "{error}"
        );
    }
    let transaction = connection.unchecked_transaction().unwrap();
    all.runner().plan_revert(&transaction, 1).unwrap();
    drop(transaction);

    // Where none was applied, the database is before the first already, and at none of the others.
    let mut connection = Connection::open_in_memory().unwrap();
    all.runner().revert_to(&mut connection, 0).unwrap();
    let error = all.runner().revert_to(&mut connection, 1).unwrap_err();
    assert!(
        matches!(error, Error::NotApplied { newest: None, .. }),
        "{error}"
    );
    assert_eq!(
        error.to_string(),
        "version 1 was not applied to this database, as none was: there is nothing to go back over"
    );
}

#[test]
fn a_file_that_stopped_half_way_is_applied_before_it_is_gone_back_over() {
    let stops = (
        "2_stops",
        "-- no-transaction\nCREATE TABLE a (x); INSERT INTO users VALUES ('no number');",
    );
    let files = failing(&[USERS, stops]);
    let mut connection = Connection::open_in_memory().unwrap();
    files.apply(&mut connection).unwrap_err();
    let before = dump(&connection);
    let plan = files.runner().plan_revert(&connection, 1).unwrap();
    assert!(!plan.runs());
    let runner = files.runner().accept_losses_of([1, 2]);
    for version in [1, 0] {
        let error = runner.revert_to(&mut connection, version).unwrap_err();
        assert!(
            error.to_string().contains(
                "migration 2 `stops`: it stopped after 1 of its 2 statements: apply the migrations first"
            ),
            "{error}"
        );
    }
    assert_eq!(dump(&connection), before);
}

#[test]
fn functions_of_the_application_are_registered_where_the_earlier_schema_is_found_out() {
    use tablature::rusqlite::functions::FunctionFlags;
    fn register(connection: Connection) -> tablature::rusqlite::Result<Connection> {
        let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC;
        connection.create_scalar_function("shout", 1, flags, |context| {
            Ok(context.get::<String>(0)?.to_uppercase())
        })?;
        Ok(connection)
    }
    let mut list = migrations(&[USERS, TAGS]);
    list.list.to_mut()[0].sql =
        "CREATE TABLE users (id INTEGER PRIMARY KEY); SELECT shout('a');".into();
    list.list.to_mut()[0].statements = crate::support::statements(&list.list[0].sql.clone()).into();
    let list = with_down(list, 2, "DROP TABLE tags;", drops("tags"));
    let mut connection = register(Connection::open_in_memory().unwrap()).unwrap();
    list.apply(&mut connection).unwrap();
    let error = list.runner().revert_to(&mut connection, 1).unwrap_err();
    assert!(matches!(error, Error::Replay { version: 1, .. }), "{error}");
    let runner = list
        .runner()
        .scratch(|| register(Connection::open_in_memory()?));
    runner.revert_to(&mut connection, 1).unwrap();
}

#[test]
fn a_history_that_begins_with_0_is_gone_back_over_by_a_number_below() {
    let all = migrations(&[
        ("0_first", "CREATE TABLE first (x);"),
        ("1_tags", "CREATE TABLE tags (x);"),
    ]);
    let all = with_down(all, 0, "DROP TABLE first;", SAFE);
    let all = with_down(all, 1, "DROP TABLE tags;", SAFE);
    let mut connection = applied(&all);
    let reverted = all.runner().revert_to(&mut connection, 0).unwrap();
    assert_eq!(reverted.version, Some(0));
    let reverted = all.runner().revert_to(&mut connection, -1).unwrap();
    assert_eq!(
        reverted.to_string(),
        "went back over 1 migration, now before the first"
    );
    assert_eq!(
        dump(&connection)
            .iter()
            .filter(|line| line.contains("first"))
            .count(),
        0
    );
}
