//! Writing a story on SQLite.

use super::schema::{
    FairyTaleUsageStats, Generation, GenerationStatus, GenerationStoryType, NewGeneration, NewStory,
};
use crate::generation::{Draft, Failure, Request, Store};
use tablature::Row;
use tablature::rusqlite::{Connection, Error, OptionalExtension, params};

impl Store for Connection {
    type Error = Error;
    type StoryType = GenerationStoryType;
    type Status = GenerationStatus;
    type Usage = FairyTaleUsageStats;
    type Generation = Generation;

    fn next_tale(&mut self) -> Result<Option<FairyTaleUsageStats>, Error> {
        self.query_row(
            "SELECT * FROM fairy_tale_usage_stats ORDER BY usage_count, tale_id",
            [],
            FairyTaleUsageStats::from_row,
        )
        .optional()
    }

    fn begin(
        &mut self,
        request: &Request<GenerationStoryType>,
        after: Option<&Generation>,
    ) -> Result<Generation, Error> {
        let generation_id = match after {
            Some(after) => after.generation_id.clone(),
            None => self.query_row("SELECT lower(hex(randomblob(8)))", [], |row| row.get(0))?,
        };
        let generation = NewGeneration {
            generation_id,
            attempt_number: after.map(|after| after.attempt_number + 1),
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
        generation.insert(self)?;
        // The row as it is now, with its defaults.
        self.query_row(
            "SELECT * FROM generations WHERE generation_id = ?1 ORDER BY attempt_number DESC",
            [&generation.generation_id],
            Generation::from_row,
        )
    }

    fn fail(
        &mut self,
        generation: &Generation,
        failure: &Failure<GenerationStatus>,
    ) -> Result<(), Error> {
        self.execute(
            "UPDATE generations
             SET status = ?3, error_message = ?4, completed_at = CURRENT_TIMESTAMP
             WHERE generation_id = ?1 AND attempt_number = ?2",
            params![
                generation.generation_id,
                generation.attempt_number,
                failure.status,
                failure.message
            ],
        )?;
        Ok(())
    }

    fn succeed(
        &mut self,
        generation: &Generation,
        tale_id: Option<&str>,
        draft: &Draft,
    ) -> Result<i64, Error> {
        let transaction = self.transaction()?;
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
            title: draft.title.clone(),
            content: draft.content.clone(),
            created_at: Some(generation.created_at.clone()),
        };
        let id = story.insert(&transaction)?;
        transaction.commit()?;
        Ok(id)
    }

    fn attempts(&mut self, generation: &Generation) -> Result<Vec<Generation>, Error> {
        self.prepare("SELECT * FROM generations WHERE generation_id = ?1 ORDER BY attempt_number")?
            .query_map([&generation.generation_id], Generation::from_row)?
            .collect()
    }
}
