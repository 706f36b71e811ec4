//! Writing a story: a row for each attempt of the language model, and one for the story that comes of it.

use crate::schema::{
    FairyTaleUsageStats, Generation, GenerationStatus, GenerationStoryType, NewGeneration, NewStory,
};
use tablature::Row;
use tablature::rusqlite::{Connection, OptionalExtension, Result, params};

/// What a reader asks for.
#[derive(Debug, Clone)]
pub struct Request {
    /// The reader.
    pub user_id: i64,
    /// What kind of story.
    pub story_type: GenerationStoryType,
    /// What it is to teach.
    pub moral: String,
    /// What the language model is asked.
    pub prompt: String,
    /// Which language model is asked.
    pub model: String,
}

/// The tale that was used least, so that readers see them all in turn.
///
/// # Errors
///
/// When the database cannot be read.
pub fn next_tale(connection: &Connection) -> Result<Option<FairyTaleUsageStats>> {
    connection
        .query_row(
            "SELECT * FROM fairy_tale_usage_stats ORDER BY usage_count, tale_id",
            [],
            FairyTaleUsageStats::from_row,
        )
        .optional()
}

/// Records that the language model is asked, before it is; `attempt` counts from 1.
///
/// # Errors
///
/// When the attempt is recorded already, or its user does not exist.
pub fn begin(
    connection: &Connection,
    generation_id: &str,
    attempt: i64,
    request: &Request,
) -> Result<Generation> {
    let generation = NewGeneration {
        generation_id: generation_id.to_owned(),
        attempt_number: Some(attempt),
        user_id: request.user_id,
        status: None,
        story_type: request.story_type,
        story_length: None,
        prompt: request.prompt.clone(),
        moral: request.moral.clone(),
        hero_appearance: None,
        relationship_description: None,
        model_used: request.model.clone(),
        full_response: None,
        error_message: None,
        created_at: None,
        completed_at: None,
    };
    generation.insert(connection)?;
    // The row as it is now, with its defaults.
    connection.query_row(
        "SELECT * FROM generations WHERE generation_id = ?1 AND attempt_number = ?2",
        params![generation_id, attempt],
        Generation::from_row,
    )
}

/// Records that an attempt came to nothing.
///
/// # Errors
///
/// When the database cannot be written.
pub fn fail(
    connection: &Connection,
    generation: &Generation,
    status: GenerationStatus,
    message: &str,
) -> Result<()> {
    connection.execute(
        "UPDATE generations
         SET status = ?3, error_message = ?4, completed_at = CURRENT_TIMESTAMP
         WHERE generation_id = ?1 AND attempt_number = ?2",
        params![
            generation.generation_id,
            generation.attempt_number,
            status,
            message
        ],
    )?;
    Ok(())
}

/// Records the story that an attempt wrote, and returns its id.
///
/// # Errors
///
/// When the attempt has a story already, or the tale does not exist.
pub fn succeed(
    connection: &mut Connection,
    generation: &Generation,
    tale_id: Option<&str>,
    title: &str,
    content: &str,
) -> Result<i64> {
    let transaction = connection.transaction()?;
    transaction.execute(
        "UPDATE generations
         SET status = ?3, completed_at = CURRENT_TIMESTAMP
         WHERE generation_id = ?1 AND attempt_number = ?2",
        params![
            generation.generation_id,
            generation.attempt_number,
            GenerationStatus::Success
        ],
    )?;
    let story = NewStory {
        user_id: generation.user_id,
        tale_id: tale_id.map(str::to_owned),
        generation_id: generation.generation_id.clone(),
        attempt_number: generation.attempt_number,
        title: title.to_owned(),
        content: content.to_owned(),
        created_at: Some(generation.created_at.clone()),
    };
    let id = story.insert(&transaction)?;
    transaction.commit()?;
    Ok(id)
}

/// Every attempt at a generation, the first one first.
///
/// # Errors
///
/// When the database cannot be read.
pub fn attempts(connection: &Connection, generation_id: &str) -> Result<Vec<Generation>> {
    connection
        .prepare("SELECT * FROM generations WHERE generation_id = ?1 ORDER BY attempt_number")?
        .query_map([generation_id], Generation::from_row)?
        .collect()
}
