//! Giving a history to a database that something else has made.

use crate::backend::Backend;
use crate::support::migrations;
use tablature::adopt::{Compared, Tool};
use tablature::{Error, State};

on_every_backend! {
    a_database_is_adopted_at_the_version_whose_schema_it_has
    a_database_whose_schema_is_that_of_no_version_is_not_adopted
    versions_that_the_schema_cannot_tell_apart_are_named
    the_history_of_another_tool_tells_between_them
    a_history_that_does_not_fit_is_refused
    a_database_with_a_history_is_left_alone
}

const FILES: [(&str, &str); 3] = [
    (
        "1_users",
        "CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT NOT NULL);",
    ),
    (
        "2_names",
        "UPDATE users SET name = 'nobody' WHERE name = '';",
    ),
    ("3_tales", "CREATE TABLE tales (id INTEGER PRIMARY KEY);"),
];

fn a_database_is_adopted_at_the_version_whose_schema_it_has<B: Backend>() {
    let migrations = migrations::<B>(&FILES);
    let mut database = B::new().unwrap();
    database.run(FILES[0].1);
    database.run(FILES[2].1);
    let error = database.apply(migrations.runner()).unwrap_err();
    assert!(matches!(error, Error::NoHistory { .. }), "{error}");
    let status = database.status(migrations.runner()).unwrap();
    assert!(
        matches!(&status.state, State::Adoptable { versions, from: None } if versions == &[3]),
        "{status}"
    );
    let plan = database.plan_adopt(migrations.runner()).unwrap();
    assert_eq!(plan.versions, [1, 2, 3]);
    let adopted = database.adopt(migrations.runner()).unwrap();
    assert_eq!(adopted.version, Some(3));
    assert_eq!(database.apply(migrations.runner()).unwrap().applied, []);
}

fn a_database_whose_schema_is_that_of_no_version_is_not_adopted<B: Backend>() {
    let migrations = migrations::<B>(&FILES);
    let mut database = B::new().unwrap();
    database.run("CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT)");
    let error = database.adopt(migrations.runner()).unwrap_err();
    let Error::NotAdoptable {
        version: 2,
        compared: Compared::Nearest,
        matches,
        ..
    } = &error
    else {
        panic!("{error}");
    };
    assert!(matches.is_empty());
    assert_eq!(database.dump(), "users");
}

fn versions_that_the_schema_cannot_tell_apart_are_named<B: Backend>() {
    let migrations = migrations::<B>(&FILES);
    let mut database = B::new().unwrap();
    database.run(FILES[0].1);
    let error = database.adopt(migrations.runner()).unwrap_err();
    let Error::Ambiguous { candidates } = &error else {
        panic!("{error}");
    };
    let told: Vec<(i64, bool)> = candidates
        .iter()
        .map(|it| (it.version, it.is_data_only))
        .collect();
    assert_eq!(told, [(1, false), (2, true)]);
    let adopted = database.adopt_at(migrations.runner(), 1).unwrap();
    assert_eq!((adopted.version, adopted.pending.len()), (Some(1), 2));
    assert_eq!(
        database.apply(migrations.runner()).unwrap().applied.len(),
        2
    );
}

fn the_history_of_another_tool_tells_between_them<B: Backend>() {
    let migrations = migrations::<B>(&FILES);
    let mut database = B::new().unwrap();
    database.run(FILES[0].1);
    database.run("CREATE TABLE __diesel_schema_migrations (version VARCHAR(50) PRIMARY KEY)");
    database.run("INSERT INTO __diesel_schema_migrations VALUES ('1')");
    let adopted = database.adopt(migrations.runner()).unwrap();
    assert_eq!(
        (adopted.version, adopted.from),
        (Some(1), Some(Tool::Diesel))
    );
}

fn a_history_that_does_not_fit_is_refused<B: Backend>() {
    let migrations = migrations::<B>(&FILES);
    let mut database = B::new().unwrap();
    database.run(FILES[0].1);
    database.run("CREATE TABLE schema_migrations (version VARCHAR(128) PRIMARY KEY)");
    database.run("INSERT INTO schema_migrations VALUES ('7')");
    let error = database.adopt(migrations.runner()).unwrap_err();
    assert!(
        matches!(
            error,
            Error::ForeignHistory {
                tool: Tool::Dbmate,
                ..
            }
        ),
        "{error}"
    );
}

fn a_database_with_a_history_is_left_alone<B: Backend>() {
    let migrations = migrations::<B>(&FILES);
    let mut database = B::new().unwrap();
    database.apply(migrations.runner()).unwrap();
    let before = database.dump();
    let adopted = database.adopt(migrations.runner()).unwrap();
    assert!(adopted.versions.is_empty());
    assert_eq!(database.dump(), before);
}
