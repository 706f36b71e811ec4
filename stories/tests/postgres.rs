//! The sample application on a server.

#![allow(clippy::unwrap_used, reason = "a test fails where a value is missing")]

use tablature::postgres::Client;
use tablature::{PostgresInsert, PostgresRow};
use tablature_stories::generation::{Draft, Failure, Request, Store, write};
use tablature_stories::postgres::MIGRATIONS;
use tablature_stories::postgres::schema::{
    CallLogDirection, FairyTaleUsageStats, Generation, GenerationStatus, ModelStatistics,
    NewCallLog, NewPost, NewPostReaction, PostReaction, Reaction, Story, StoryType,
};
use tablature_stories::sqlite;
use tablature_test_server::{Database, shared};

fn database() -> Option<(Database, Client)> {
    let database = shared()?.database();
    let mut client = database.connect();
    MIGRATIONS.postgres(&mut client).apply().unwrap();
    Some((database, client))
}

#[test]
fn both_engines_have_the_same_history() {
    let names = |migrations: &tablature::Migrations| -> Vec<(i64, String)> {
        let list = migrations.list.iter();
        list.map(|it| (it.version, it.name.to_string())).collect()
    };
    assert_eq!(names(&MIGRATIONS), names(&sqlite::MIGRATIONS));
    let texts = |values: &[GenerationStatus]| -> Vec<&str> {
        values.iter().map(|value| value.as_str()).collect()
    };
    let of_sqlite: Vec<&str> = sqlite::schema::GenerationStatus::ALL
        .iter()
        .map(|value| value.as_str())
        .collect();
    assert_eq!(texts(GenerationStatus::ALL), of_sqlite);
}

#[test]
fn every_migration_can_be_reverted() {
    for migration in MIGRATIONS.list.iter() {
        let down = migration.down.as_ref().unwrap();
        assert!(down.reversal.restores_schema(), "{}", migration.name);
    }
    let Some((_database, mut client)) = database() else {
        return;
    };
    let scratch = shared().unwrap().database();
    let mut scratch = scratch.connect();
    let runner = MIGRATIONS.runner().accept_losses_of(1..=19);
    let mut on = runner.postgres(&mut client).scratch(&mut scratch);
    assert_eq!(on.revert_to(0).unwrap().version, None);
    // And forth again.
    let report = MIGRATIONS.postgres(&mut client).apply().unwrap();
    assert_eq!(report.applied.len(), MIGRATIONS.list.len());
}

#[test]
fn the_metadata_of_old_stories_was_moved() {
    let Some((_database, mut client)) = database() else {
        return;
    };
    let story = client.query_one("SELECT * FROM tales.stories", &[]);
    let story = Story::from_row(&story.unwrap()).unwrap();
    let generation = client.query_one("SELECT * FROM tales.generations", &[]);
    let generation = Generation::from_row(&generation.unwrap()).unwrap();
    assert_eq!(
        (story.generation_id, story.attempt_number),
        (generation.generation_id, generation.attempt_number)
    );
    assert_eq!(generation.status, GenerationStatus::Success);
    assert_eq!(generation.story_type, StoryType::Hero);
    assert_eq!(generation.moral, "ask before you enter");
    assert_eq!(generation.full_response.unwrap()["finish_reason"], "stop");
}

#[test]
fn a_failed_attempt_is_kept_and_the_next_one_counts_the_tale() {
    let Some((_database, mut client)) = database() else {
        return;
    };
    let request = Request {
        user_id: 1,
        story_type: StoryType::Combined,
        moral: String::new(),
        prompt: String::new(),
        model: "narrator-2".to_owned(),
    };
    let tale = client.next_tale().unwrap().unwrap();
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
    let (last, story) = write(&mut client, &request, Some(&tale.tale_id), 2, model).unwrap();
    assert!(story.is_some());
    let attempts = client.attempts(&last).unwrap();
    let statuses: Vec<_> = attempts.iter().map(|attempt| attempt.status).collect();
    assert_eq!(
        statuses,
        [GenerationStatus::Timeout, GenerationStatus::Success]
    );
    let row = client.query_one(
        "SELECT * FROM tales.model_statistics WHERE model_used = 'narrator-2'",
        &[],
    );
    let model = ModelStatistics::from_row(&row.unwrap()).unwrap();
    assert_eq!((model.attempts, model.successes), (2, 1));
    let row = client.query_one(
        "SELECT * FROM tales.fairy_tale_usage_stats WHERE tale_id = $1",
        &[&tale.tale_id],
    );
    let tale = FairyTaleUsageStats::from_row(&row.unwrap()).unwrap();
    assert_eq!(tale.usage_count, 1);
    assert!(tale.last_used_at.is_some());
}

#[test]
fn a_reader_sees_and_makes_attempts_of_their_own() {
    let Some((_database, mut client)) = database() else {
        return;
    };
    let mut as_reader = |reader: &str, sql: &str| {
        let mut transaction = client.transaction().unwrap();
        // A role that every server has, and that is bound by policies.
        transaction
            .batch_execute("SET LOCAL ROLE pg_read_all_data")
            .unwrap();
        transaction
            .execute("SELECT set_config('tales.reader', $1, true)", &[&reader])
            .unwrap();
        transaction.query(sql, &[]).map(|rows| rows.len())
    };
    let read = "SELECT FROM tales.generations";
    assert_eq!(as_reader("1", read).unwrap(), 1);
    assert_eq!(as_reader("2", read).unwrap(), 0);
    assert_eq!(as_reader("", read).unwrap(), 0);
}

#[test]
fn a_reaction_outlives_its_post() {
    let Some((_database, mut client)) = database() else {
        return;
    };
    let post = NewPost {
        user_id: 1,
        story_id: None,
        body: "hello".to_owned(),
        tags: Some(vec!["first".to_owned()]),
        created_at: None,
        is_hidden: None,
        is_deleted: None,
        moderation_status: None,
    };
    let post = post.insert(&mut client).unwrap();
    assert_eq!(post.tags, ["first"]);
    let reaction = NewPostReaction {
        post_id: Some(post.id),
        user_id: 1,
        reaction_type: Reaction::Wonder,
        created_at: None,
    };
    let reaction = reaction.insert(&mut client).unwrap();
    client
        .execute("DELETE FROM posts WHERE id = $1", &[&post.id])
        .unwrap();
    let left = client.query_one("SELECT * FROM post_reactions", &[]);
    let left = PostReaction::from_row(&left.unwrap()).unwrap();
    assert_eq!((left.id, left.post_id), (reaction.id, None));
    let error = client
        .batch_execute("DELETE FROM post_reactions")
        .unwrap_err();
    let message = error.as_db_error().map(|error| error.message().to_owned());
    assert_eq!(message.as_deref(), Some("reactions are permanent"));
}

#[test]
fn a_payment_that_is_sent_twice_is_booked_once() {
    let Some((_database, mut client)) = database() else {
        return;
    };
    let mut book = |key: Option<&str>| {
        client.execute(
            "INSERT INTO credit_txns (user_id, amount, reason, idempotency_key)
             VALUES (1, 5, 'bought', $1)",
            &[&key],
        )
    };
    assert!(book(Some("k")).is_ok());
    assert!(book(Some("k")).is_err());
    assert!(book(None).is_ok());
    assert!(book(None).is_ok());
}

#[test]
fn the_engine_computes_how_long_a_call_was() {
    let Some((_database, mut client)) = database() else {
        return;
    };
    let start = tablature::postgres_row::types::Timestamptz::UNIX_EPOCH;
    let call = NewCallLog {
        user_id: Some(1),
        story_id: None,
        direction: CallLogDirection::Inbound,
        status: None,
        created_at: None,
        started_at: Some(start),
        ended_at: Some(start + std::time::Duration::from_secs(90)),
    };
    let call = call.insert(&mut client).unwrap();
    assert_eq!(call.duration_sec, Some(90));
}
