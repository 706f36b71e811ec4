//! Rows through the structs and enums that the migrations made.

use std::error::Error;
use std::io::Write;
use tablature::Row;
use tablature::rusqlite::Connection;
use tablature_stories::generation::{Draft, Failure, Request, Store, write};
use tablature_stories::sqlite::schema::{
    FairyTale, GenerationStatus, GenerationStoryType, ModelStatistics, User, UserRole,
};

/// Asks for a story, sees the first attempt fail, and reads what is there then.
pub(crate) fn show(
    out: &mut impl Write,
    connection: &mut Connection,
) -> Result<(), Box<dyn Error>> {
    connection.pragma_update(None, "foreign_keys", true)?;
    let narrator = connection.query_row("SELECT * FROM users WHERE id = 1", [], User::from_row)?;
    assert_eq!(narrator.role, UserRole::Author);
    writeln!(out, "{} asks for a story.", narrator.display_name)?;

    let Some(usage) = connection.next_tale()? else {
        return Err("migration 3 brings three tales".into());
    };
    let tale = connection.query_row(
        "SELECT * FROM fairy_tales WHERE id = ?1",
        [&usage.tale_id],
        FairyTale::from_row,
    )?;
    writeln!(
        out,
        "The tale that was used least is {} (usage count {}).",
        tale.title, usage.usage_count
    )?;

    let request = Request {
        user_id: narrator.id,
        story_type: GenerationStoryType::Child,
        moral: "together we are loud".to_owned(),
        prompt: format!("A story like {}", tale.title),
        model: "narrator-2".to_owned(),
    };
    let mut is_silent = true;
    let (generation, story) = write(connection, &request, Some(&tale.id), 2, |_| {
        if std::mem::take(&mut is_silent) {
            return Err(Failure {
                status: GenerationStatus::Timeout,
                message: "no answer".to_owned(),
            });
        }
        Ok(Draft {
            title: "Four on a roof".to_owned(),
            content: "There once were four who sang.".to_owned(),
        })
    })?;
    let story = story.ok_or("the second attempt has a draft")?;
    writeln!(out, "It became story {story}, at the second attempt:\n")?;
    for attempt in connection.attempts(&generation)? {
        writeln!(
            out,
            "    {}  {:<8}  {}",
            attempt.attempt_number,
            attempt.status,
            attempt.error_message.as_deref().unwrap_or("-")
        )?;
    }
    writeln!(
        out,
        "\n`status` is the enum GenerationStatus, from `CHECK (status IN (…))` in migration 14:\n{:?}.",
        GenerationStatus::ALL
    )?;

    writeln!(out, "\nThe view `model_statistics` has a struct, too:\n")?;
    let mut statement = connection.prepare("SELECT * FROM model_statistics")?;
    for model in statement.query_map([], ModelStatistics::from_row)? {
        let model = model?;
        writeln!(
            out,
            "    {:<12} {} attempts, {} successes",
            model.model_used,
            model.attempts,
            model.successes.unwrap_or_default()
        )?;
    }
    Ok(())
}
