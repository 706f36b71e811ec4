use crate::support::migrations;
use tablature::rusqlite::Connection;
use tablature::{Error, Migrations, testing};

fn all() -> Migrations {
    migrations(&[
        (
            "1_users",
            "CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT)",
        ),
        ("2_narrator", "INSERT INTO users VALUES (1, 'narrator')"),
    ])
}

fn count(connection: &Connection) -> i64 {
    let count = connection.query_row("SELECT count(*) FROM users", [], |row| row.get(0));
    count.unwrap()
}

#[test]
fn each_database_is_its_own_and_up_to_date() {
    let all = all();
    let mut one = testing::database(&all).unwrap();
    let other = testing::database(&all).unwrap();
    for row in 2..3_000 {
        let insert = "INSERT INTO users VALUES (?1, 'x' || zeroblob(2000))";
        one.execute(insert, [row]).unwrap();
    }
    assert_eq!((count(&one), count(&other)), (2_999, 1));
    assert!(all.apply(&mut one).unwrap().applied.is_empty());
    all.verify(&other).unwrap();
}

#[test]
fn other_migrations_make_other_databases() {
    testing::database(&all()).unwrap();
    let longer = migrations(&[
        (
            "1_users",
            "CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT)",
        ),
        ("2_narrator", "INSERT INTO users VALUES (1, 'narrator')"),
        ("3_reader", "INSERT INTO users VALUES (2, 'reader')"),
    ]);
    assert_eq!(count(&testing::database(&longer).unwrap()), 2);
    assert_eq!(count(&testing::database(&all()).unwrap()), 1);
}

#[test]
fn threads_share_one_image() {
    let all = all();
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| assert_eq!(count(&testing::database(&all).unwrap()), 1));
        }
    });
}

#[test]
fn what_the_application_registers_is_there() {
    fn open() -> tablature::rusqlite::Result<Connection> {
        let connection = Connection::open_in_memory()?;
        connection.pragma_update(None, "foreign_keys", false)?;
        connection.pragma_update(None, "recursive_triggers", true)?;
        Ok(connection)
    }
    let all = all();
    let image = all.runner().scratch(open).image().unwrap();
    let connection = image.open().unwrap();
    let pragma = |name| connection.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
    assert_eq!(pragma("foreign_keys").unwrap(), 0);
    assert_eq!(pragma("recursive_triggers").unwrap(), 1);
    assert_eq!(count(&connection), 1);
}

#[test]
fn a_file_is_written_once() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("app.db");
    let image = all().runner().image().unwrap();
    image.write(&path).unwrap();
    let mut connection = Connection::open(&path).unwrap();
    assert!(all().apply(&mut connection).unwrap().applied.is_empty());
    let error = image.write(&path).unwrap_err();
    assert_eq!(error.kind(), std::io::ErrorKind::AlreadyExists);
}

#[test]
fn migrations_that_fail_are_told_each_time() {
    let failing = crate::support::failing(&[("1_mistake", "CREATE TABEL t (a)")]);
    for _ in 0..2 {
        let error = testing::database(&failing).unwrap_err();
        assert!(matches!(error, Error::Statement(_)), "{error}");
    }
}
