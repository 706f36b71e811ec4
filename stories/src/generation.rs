//! Writing a story: a row for each attempt of the language model, and one for the story that comes of it.

/// What a reader asks for.
#[derive(Debug, Clone)]
pub struct Request<T> {
    /// The reader.
    pub user_id: i64,
    /// What kind of story.
    pub story_type: T,
    /// What it is to teach.
    pub moral: String,
    /// What the language model is asked.
    pub prompt: String,
    /// Which language model is asked.
    pub model: String,
}

/// What the language model has written.
#[derive(Debug, Clone)]
pub struct Draft {
    /// Its title.
    pub title: String,
    /// The story itself.
    pub content: String,
}

/// Why there is no draft.
#[derive(Debug, Clone)]
pub struct Failure<S> {
    /// What becomes of the attempt.
    pub status: S,
    /// What the language model said, or that it said nothing.
    pub message: String,
}

/// A database with the application's tables, whichever engine it is: what it holds are the rows that its migrations define.
pub trait Store {
    /// What its client fails with.
    type Error;
    /// The enum of the kinds of stories.
    type StoryType: Copy;
    /// The enum of what becomes of an attempt.
    type Status;
    /// The row of a tale's use.
    type Usage;
    /// The row of an attempt.
    type Generation;

    /// The tale that was used least, so that readers see them all in turn.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    fn next_tale(&mut self) -> Result<Option<Self::Usage>, Self::Error>;

    /// Records that the language model is asked, before it is: for the first time, or again after another attempt.
    ///
    /// # Errors
    ///
    /// When the next attempt is recorded already, or the user does not exist.
    fn begin(
        &mut self,
        request: &Request<Self::StoryType>,
        after: Option<&Self::Generation>,
    ) -> Result<Self::Generation, Self::Error>;

    /// Records that an attempt came to nothing.
    ///
    /// # Errors
    ///
    /// When the database cannot be written.
    fn fail(
        &mut self,
        generation: &Self::Generation,
        failure: &Failure<Self::Status>,
    ) -> Result<(), Self::Error>;

    /// Records the story that an attempt wrote, and returns its id.
    ///
    /// # Errors
    ///
    /// When the attempt has a story already, or the tale does not exist.
    fn succeed(
        &mut self,
        generation: &Self::Generation,
        tale_id: Option<&str>,
        draft: &Draft,
    ) -> Result<i64, Self::Error>;

    /// Every attempt at the same story as this one, the first one first.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    fn attempts(
        &mut self,
        generation: &Self::Generation,
    ) -> Result<Vec<Self::Generation>, Self::Error>;
}

/// Asks a language model for a story until it has written one, and records every attempt: the last one, and the id of the
/// story, or none if it failed `patience` times.
///
/// # Errors
///
/// When the database cannot be written.
pub fn write<S: Store>(
    store: &mut S,
    request: &Request<S::StoryType>,
    tale_id: Option<&str>,
    patience: u32,
    mut model: impl FnMut(&str) -> Result<Draft, Failure<S::Status>>,
) -> Result<(S::Generation, Option<i64>), S::Error> {
    let mut generation = store.begin(request, None)?;
    let mut failures = 0;
    loop {
        match model(&request.prompt) {
            Ok(draft) => {
                let id = store.succeed(&generation, tale_id, &draft)?;
                return Ok((generation, Some(id)));
            }
            Err(failure) => store.fail(&generation, &failure)?,
        }
        failures += 1;
        if failures >= patience {
            return Ok((generation, None));
        }
        generation = store.begin(request, Some(&generation))?;
    }
}
