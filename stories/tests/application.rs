//! The sample application on a database.

#![allow(clippy::unwrap_used, reason = "a test fails where a value is missing")]

use std::sync::Mutex;
use tablature::migration::{Cause, Loss, Written};
use tablature::rusqlite::{Connection, params};
use tablature::schema::Place;
use tablature::{Event, Row, testing};
use tablature_stories::generation::{Draft, Failure, Request, Store, write};
use tablature_stories::sqlite::MIGRATIONS;
use tablature_stories::sqlite::schema::{
    Generation, GenerationStatus, GenerationStoryType, ModelStatistics, NewPost, NewPostReaction,
    PostReaction, PostReactionReactionType, Story,
};

fn database() -> Connection {
    let connection = testing::database(&MIGRATIONS).unwrap();
    connection
        .pragma_update(None, "foreign_keys", true)
        .unwrap();
    connection
}

#[test]
fn a_listener_is_told_of_each_migration_in_order() {
    let told = Mutex::new(Vec::new());
    let mut connection = Connection::open_in_memory().unwrap();
    let report = MIGRATIONS
        .runner()
        .on_event(&|event| {
            if let Event::MigrationFinished(applied) = event {
                told.lock().unwrap().push(applied.clone());
            }
        })
        .apply(&mut connection)
        .unwrap();
    assert_eq!(told.into_inner().unwrap(), report.applied);
    assert_eq!(report.applied.len(), MIGRATIONS.list.len());
}

#[test]
fn every_migration_can_be_reverted_and_what_does_not_come_back_for_certain_is_known() {
    let mut losses: Vec<&Loss> = Vec::new();
    for migration in MIGRATIONS.list.iter() {
        let reversal = &migration.down.as_ref().unwrap().reversal;
        assert!(reversal.restores_schema(), "{}", migration.name);
        let older = reversal.losses().iter();
        losses.extend(older.filter(|loss| loss.written == Written::Before));
    }
    let loss = |table: &'static str, columns: &[&'static str], cause, file: &str, line| Loss {
        table: table.into(),
        columns: columns.iter().map(|column| (*column).into()).collect(),
        written: Written::Before,
        cause,
        place: Place {
            file: format!("../migrations/{file}.up.sql").into(),
            line,
        },
    };
    let expected = [
        // It is computed again.
        loss(
            "fairy_tale_usage_stats",
            &["usage_count"],
            Cause::Replaced,
            "0007_fix_usage_count",
            8,
        ),
        loss(
            "user_settings",
            &["scene_container_style"],
            Cause::Dropped,
            "0010_remove_scene_container_style",
            5,
        ),
        // It was copied by the migration before, and nothing says that no story was written since.
        loss(
            "stories",
            &[
                "moral",
                "story_type",
                "story_length",
                "model_used",
                "full_response",
                "hero_appearance",
                "relationship_description",
            ],
            Cause::Replaced,
            "0016_link_stories_to_generations",
            23,
        ),
    ];
    assert_eq!(losses, expected.iter().collect::<Vec<_>>());
}

#[test]
fn the_metadata_of_old_stories_was_moved() {
    let connection = database();
    let story = connection
        .query_row("SELECT * FROM stories", [], Story::from_row)
        .unwrap();
    let generation = connection
        .query_row("SELECT * FROM generations", [], Generation::from_row)
        .unwrap();
    assert_eq!(story.generation_id, generation.generation_id);
    assert_eq!(generation.status, GenerationStatus::Success);
    assert_eq!(generation.story_type, GenerationStoryType::Hero);
    assert_eq!(generation.moral, "ask before you enter");
}

#[test]
fn a_failed_attempt_is_kept_and_the_next_one_counts_the_tale() {
    let mut connection = database();
    let request = Request {
        user_id: 1,
        story_type: GenerationStoryType::Combined,
        moral: String::new(),
        prompt: String::new(),
        model: "narrator-2".to_owned(),
    };
    let tale = connection.next_tale().unwrap().unwrap();
    assert_eq!(tale.usage_count, 0);
    let mut answers = vec![
        Ok(Draft {
            title: "t".to_owned(),
            content: "c".to_owned(),
        }),
        Err(Failure {
            status: GenerationStatus::Timeout,
            message: "no answer".to_owned(),
        }),
    ];
    let model = |_: &str| answers.pop().unwrap();
    let (last, story) = write(&mut connection, &request, Some(&tale.tale_id), 2, model).unwrap();
    assert!(story.is_some());

    let statuses: Vec<GenerationStatus> = connection
        .attempts(&last)
        .unwrap()
        .iter()
        .map(|attempt| attempt.status)
        .collect();
    assert_eq!(
        statuses,
        [GenerationStatus::Timeout, GenerationStatus::Success]
    );
    let model = connection
        .query_row(
            "SELECT * FROM model_statistics WHERE model_used = 'narrator-2'",
            [],
            ModelStatistics::from_row,
        )
        .unwrap();
    assert_eq!((model.attempts, model.successes), (2, Some(1)));
    let used: i64 = connection
        .query_row(
            "SELECT usage_count FROM fairy_tale_usage_stats WHERE tale_id = ?1",
            [&tale.tale_id],
            |row| row.get(0),
        )
        .unwrap();
    assert_eq!(used, 1);
}

#[test]
fn a_reaction_outlives_its_post() {
    let connection = database();
    let post = NewPost {
        user_id: 1,
        story_id: None,
        body: "hello".to_owned(),
        created_at: None,
        is_hidden: None,
        is_deleted: None,
        moderation_status: None,
    };
    let post = post.insert(&connection).unwrap();
    let reaction = NewPostReaction {
        post_id: Some(post),
        user_id: 1,
        reaction_type: PostReactionReactionType::Wonder,
        created_at: None,
    };
    let reaction = reaction.insert(&connection).unwrap();
    connection
        .execute("DELETE FROM posts WHERE id = ?1", [post])
        .unwrap();
    let left = connection
        .query_row("SELECT * FROM post_reactions", [], PostReaction::from_row)
        .unwrap();
    assert_eq!((left.id, left.post_id), (reaction, None));
    let error = connection
        .execute("DELETE FROM post_reactions", [])
        .unwrap_err();
    assert!(error.to_string().contains("reactions are permanent"));
}

#[test]
fn a_payment_that_is_sent_twice_is_booked_once() {
    let connection = database();
    let book = |key: Option<&str>| {
        connection.execute(
            "INSERT INTO credit_txns (user_id, amount, reason, idempotency_key)
             VALUES (1, 5, 'bought', ?1)",
            params![key],
        )
    };
    assert!(book(Some("k")).is_ok());
    assert!(book(Some("k")).is_err());
    assert!(book(None).is_ok());
    assert!(book(None).is_ok());
}
