//! Writing a story on PostgreSQL.

use super::schema::{
    FairyTaleUsageStats, Generation, GenerationStatus, NewGeneration, NewStory, StoryType,
};
use crate::generation::{Draft, Failure, Request, Store};
use tablature::postgres::{Client, Error};
use tablature::{PostgresInsert, PostgresRow};

impl Store for Client {
    type Error = Error;
    type StoryType = StoryType;
    type Status = GenerationStatus;
    type Usage = FairyTaleUsageStats;
    type Generation = Generation;

    fn next_tale(&mut self) -> Result<Option<FairyTaleUsageStats>, Error> {
        let row = self.query_opt(
            "SELECT * FROM tales.fairy_tale_usage_stats ORDER BY usage_count, tale_id LIMIT 1",
            &[],
        )?;
        row.as_ref().map(FairyTaleUsageStats::from_row).transpose()
    }

    fn begin(
        &mut self,
        request: &Request<StoryType>,
        after: Option<&Generation>,
    ) -> Result<Generation, Error> {
        let generation = NewGeneration {
            generation_id: after.map(|after| after.generation_id),
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
        generation.insert(self)
    }

    fn fail(
        &mut self,
        generation: &Generation,
        failure: &Failure<GenerationStatus>,
    ) -> Result<(), Error> {
        self.execute(
            "UPDATE tales.generations
             SET status = $3, error_message = $4, completed_at = now()
             WHERE generation_id = $1 AND attempt_number = $2",
            &[
                &generation.generation_id,
                &generation.attempt_number,
                &failure.status,
                &failure.message,
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
        let mut transaction = self.transaction()?;
        transaction.execute(
            "UPDATE tales.generations SET status = $3, completed_at = now()
             WHERE generation_id = $1 AND attempt_number = $2",
            &[
                &generation.generation_id,
                &generation.attempt_number,
                &GenerationStatus::Success,
            ],
        )?;
        let story = NewStory {
            user_id: generation.user_id,
            tale_id: tale_id.map(str::to_owned),
            title: draft.title.clone(),
            content: draft.content.clone(),
            created_at: Some(generation.created_at),
            generation_id: generation.generation_id,
            attempt_number: Some(generation.attempt_number),
        };
        let story = story.insert(&mut transaction)?;
        transaction.commit()?;
        Ok(story.id)
    }

    fn attempts(&mut self, generation: &Generation) -> Result<Vec<Generation>, Error> {
        let rows = self.query(
            "SELECT * FROM tales.generations WHERE generation_id = $1 ORDER BY attempt_number",
            &[&generation.generation_id],
        )?;
        Generation::from_rows(&rows)
    }
}
