//! Migrations of PostgreSQL from the macro to rows: compiled, applied to a server, written and read.

use std::ops::Bound;
use tablature::postgres_row::Range;
use tablature::{PostgresInsert, PostgresRow};
use tablature_test_server::shared;

tablature::migrations!("migrations/postgres");

fn new_story() -> NewStory {
    NewStory {
        slug: "the-tower".to_owned(),
        mood: Some(Mood::HappyEverAfter),
        setting: Some(Place {
            land: Some("far away".to_owned()),
            hills: Some(7),
        }),
        tags: Some(vec!["hair".to_owned(), "witch".to_owned()]),
        price: "12.50".parse().ok(),
        data: None,
        key: None,
        told_at: None,
        years: Some(Range::Between(Bound::Included(1), Bound::Excluded(9))),
        words: 120,
        teller: None,
    }
}

#[test]
fn what_is_written_is_read_and_the_engine_gives_the_rest() {
    let Some(server) = shared() else {
        return;
    };
    let database = server.database();
    let mut client = database.connect();
    let report = MIGRATIONS.postgres(&mut client).apply().unwrap();
    assert_eq!(report.to_string(), "applied 2 migrations, now at version 2");
    let report = MIGRATIONS.postgres(&mut client).apply().unwrap();
    assert_eq!(report.to_string(), "up to date at version 2");

    let new = new_story();
    let story: Story = new.insert(&mut client).unwrap();
    assert_eq!((story.id, story.mood), (1, Mood::HappyEverAfter));
    assert_eq!((&story.setting, &story.years), (&new.setting, &new.years));
    assert_eq!(Some(&story.tags), new.tags.as_ref());
    assert_eq!(
        story.price.map(|price| price.to_string()).as_deref(),
        Some("12.50")
    );

    // A whole row is written as it is, with the key that it has.
    let other = Story {
        id: 77,
        slug: "the-well".to_owned(),
        words: 12,
        ..story.clone()
    };
    assert_eq!(other.insert(&mut client).unwrap(), other);

    let rows = client
        .query("SELECT words, * FROM tales.stories ORDER BY id", &[])
        .unwrap();
    assert_eq!(Story::from_rows(&rows).unwrap(), [story.clone(), other]);
    let rows = client
        .query("SELECT * FROM tales.long_stories", &[])
        .unwrap();
    let long = LongStory::from_rows(&rows).unwrap();
    assert_eq!(long[0].slug, "the-tower");
    assert_eq!(long.len(), 1);

    let missing = client.query("SELECT id FROM tales.stories", &[]).unwrap();
    assert!(Story::from_rows(&missing).is_err());
}

#[test]
fn a_database_that_has_drifted_is_said_to_have() {
    let Some(server) = shared() else {
        return;
    };
    let database = server.database();
    let mut client = database.connect();
    MIGRATIONS.postgres(&mut client).apply().unwrap();
    client
        .batch_execute("ALTER TABLE tales.stories DROP COLUMN teller")
        .unwrap();
    let error = MIGRATIONS.postgres(&mut client).apply().unwrap_err();
    assert!(error.to_string().contains("teller"), "{error}");
}
