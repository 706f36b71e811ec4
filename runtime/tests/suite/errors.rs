//! What a program that passes an error on shows of it.

use crate::support::{failing, migrations, migrations_expecting};
use std::error::Error as _;
use tablature::Error;
use tablature::rusqlite::Connection;

/// The message of an error and of each of its sources.
fn chain(error: &Error) -> Vec<String> {
    let mut texts = vec![error.to_string()];
    let mut source = error.source();
    while let Some(error) = source {
        texts.push(error.to_string());
        source = error.source();
    }
    texts
}

#[test]
fn debug_is_the_message() {
    let mut connection = Connection::open_in_memory().unwrap();
    migrations(&[("1_users", "CREATE TABLE users (id);")])
        .apply(&mut connection)
        .unwrap();
    let error = migrations(&[("1_users", "CREATE TABLE users (uuid);")])
        .apply(&mut connection)
        .unwrap_err();
    let shown: Box<dyn std::error::Error> = error.into();
    assert_eq!(format!("{shown:?}"), shown.to_string());
    assert!(
        shown
            .to_string()
            .contains("was changed after it was applied")
    );
}

#[test]
fn what_the_engine_says_is_told_once() {
    let mut connection = Connection::open_in_memory().unwrap();
    let error = failing(&[("1_users", "SELECT nowhere;")])
        .apply(&mut connection)
        .unwrap_err();
    assert_eq!(chain(&error).concat().matches("no such column").count(), 1);

    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(
        file.path(),
        "no database, but long enough to be one ".repeat(100),
    )
    .unwrap();
    let error = migrations(&[("1_users", "CREATE TABLE users (id);")])
        .apply(&mut Connection::open(file.path()).unwrap())
        .unwrap_err();
    assert_eq!(
        chain(&error),
        [
            "the file is not a SQLite database: check its path, or its key if it is encrypted",
            "file is not a database"
        ]
    );
}

#[test]
fn pending_migrations_of_a_database_that_something_else_has_changed() {
    let users = ("1_users", "CREATE TABLE users (id);");
    let mut connection = Connection::open_in_memory().unwrap();
    migrations(&[users]).apply(&mut connection).unwrap();
    let next = migrations(&[users, ("2_posts", "CREATE TABLE posts (id);")]);
    let error = next.verify(&connection).unwrap_err();
    assert_eq!(
        error.to_string(),
        "migration 2 `posts` is pending: apply it"
    );
    connection
        .execute_batch("ALTER TABLE users ADD extra")
        .unwrap();
    let error = next.verify(&connection).unwrap_err();
    assert_eq!(
        error.to_string(),
        "migration 2 `posts` is pending: apply it; something else has changed the schema since it was last verified, \
         and if it differs from what the migrations define, that is refused"
    );
    assert!(matches!(
        next.apply(&mut connection),
        Err(Error::SchemaMismatch { .. })
    ));
}

#[test]
fn rows_without_a_parent_in_a_file_whose_statements_are_kept() {
    let tables = "CREATE TABLE p (id INTEGER PRIMARY KEY); CREATE TABLE c (p REFERENCES p);";
    let alone = (
        "2_rows",
        "-- no-transaction\nINSERT INTO c VALUES (1);\nINSERT INTO c VALUES (NULL);",
    );
    let mut connection = Connection::open_in_memory().unwrap();
    connection
        .pragma_update(None, "foreign_keys", true)
        .unwrap();
    let error = migrations_expecting(&[("1_tables", tables), alone], tables)
        .apply(&mut connection)
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "the migrations leave rows that refer to nothing:\
         \n  row 1 of `c` refers to no row of `p`\
         \nthe statements of `migrations/2_rows.sql` were kept and will not run again: \
         add some to its end that delete or correct these rows"
    );
    // As it says.
    let corrected = (
        "2_rows",
        "-- no-transaction\nINSERT INTO c VALUES (1);\nINSERT INTO c VALUES (NULL);\nDELETE FROM c WHERE p = 1;",
    );
    migrations_expecting(&[("1_tables", tables), corrected], tables)
        .apply(&mut connection)
        .unwrap();
}

#[test]
fn a_failure_in_a_schema_that_was_changed_says_so() {
    let users = ("1_users", "CREATE TABLE users (id);");
    let tags = ("2_tags", "CREATE TABLE tags (name);");
    let mut connection = Connection::open_in_memory().unwrap();
    migrations(&[users]).apply(&mut connection).unwrap();
    connection
        .execute_batch("CREATE TABLE tags (label)")
        .unwrap();
    let error = migrations(&[users, tags])
        .apply(&mut connection)
        .unwrap_err()
        .to_string();
    assert!(
        error.ends_with(
            "something else has changed the schema of this database since it was last verified, \
             which may be the cause: `status` says how"
        ),
        "{error}"
    );

    let mut connection = Connection::open_in_memory().unwrap();
    migrations(&[users]).apply(&mut connection).unwrap();
    let error = failing(&[users, ("2_tags", "SELECT nowhere;")])
        .apply(&mut connection)
        .unwrap_err()
        .to_string();
    assert!(
        error.ends_with("correct the file and start again"),
        "{error}"
    );
}
