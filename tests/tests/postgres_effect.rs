//! What a statement is declared to do, and what it does: the run holds it to its word.

use tablature::PostgresInsert;
use tablature_test_server::shared;

tablature::migrations!("migrations/effect");

#[test]
fn a_block_that_does_what_is_declared_is_applied() {
    let Some(server) = shared() else {
        return;
    };
    let database = server.database();
    let mut client = database.connect();
    let report = MIGRATIONS.postgres(&mut client).apply().unwrap();
    assert_eq!(report.to_string(), "applied 2 migrations, now at version 2");
    // The column that only the directive names has its field.
    let book = Book {
        id: 1,
        cover: Some("red".to_owned()),
    };
    let book = book.insert(&mut client).unwrap();
    assert_eq!(book.cover.as_deref(), Some("red"));
}

#[test]
fn a_block_that_does_something_else_is_undone() {
    let Some(server) = shared() else {
        return;
    };
    let database = server.database();
    let mut client = database.connect();
    client.batch_execute("SET books.field = 'colour'").unwrap();
    let error = MIGRATIONS.postgres(&mut client).apply().unwrap_err();
    let message = error.to_string();
    assert!(
        message.contains("cover") && message.contains("colour"),
        "{message}"
    );
    let left = "SELECT to_regclass('books')::text";
    let left: Option<String> = client.query_one(left, &[]).unwrap().get(0);
    assert_eq!(left, None);

    client.batch_execute("RESET books.field").unwrap();
    let report = MIGRATIONS.postgres(&mut client).apply().unwrap();
    assert_eq!(report.to_string(), "applied 2 migrations, now at version 2");
}
