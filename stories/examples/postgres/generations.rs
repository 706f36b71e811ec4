//! What was asked of a language model was split out of `tales.stories` by three migrations, with hand-written models and a
//! hand-written way back beside them.

use crate::{Outcome, expect};
use std::io::Write;
use tablature::PostgresRow;
use tablature::postgres::Client;
use tablature_stories::generation::{Draft, Failure, Request, Store, write};
use tablature_stories::postgres::MIGRATIONS;
use tablature_stories::postgres::schema::{
    Generation, GenerationStatus, ModelStatistics, StoryType,
};
use tablature_test_server::Database;

/// The migration after which attempts have their table, and stories still have everything.
const BEFORE: i64 = 14;

pub(crate) fn show(out: &mut impl Write, database: &Database, scratch: &Database) -> Outcome {
    let mut client = database.connect();
    let until = MIGRATIONS.runner().to_version(BEFORE);
    until.postgres(&mut client).apply()?;
    client.batch_execute(
        "INSERT INTO tales.stories (user_id, title, content, story_type, model_used)
         VALUES (1, 'Second', '…', 'child', 'narrator-2')",
    )?;
    let before = stories(&mut client)?;
    let report = MIGRATIONS.postgres(&mut client).apply()?;
    writeln!(out, "{report}: each story now points at its attempt.\n")?;
    for generation in generations(&mut client)? {
        writeln!(
            out,
            "    {:<8}  {:<8}  {:<11}  {}",
            generation.story_type, generation.status, generation.model_used, generation.moral
        )?;
    }
    rows(out, &mut client)?;
    policies(out, &mut client)?;
    back(out, &mut client, scratch, &before)
}

/// Writes and reads rows through the structs that the migrations made.
fn rows(out: &mut impl Write, client: &mut Client) -> Outcome {
    let request = Request {
        user_id: 1,
        story_type: StoryType::Combined,
        moral: "together we are loud".to_owned(),
        prompt: "A story like the one of the musicians".to_owned(),
        model: "narrator-2".to_owned(),
    };
    let mut is_silent = true;
    let (generation, _) = write(client, &request, Some("bremer-stadtmusikanten"), 2, |_| {
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
    let attempts = client.attempts(&generation)?;
    writeln!(
        out,
        "\nA story at the second attempt: {}.",
        attempts
            .iter()
            .map(|attempt| format!("{} {}", attempt.attempt_number, attempt.status))
            .collect::<Vec<_>>()
            .join(", ")
    )?;
    let rows = client.query(
        "SELECT * FROM tales.model_statistics ORDER BY model_used",
        &[],
    )?;
    for model in ModelStatistics::from_rows(&rows)? {
        writeln!(
            out,
            "    {:<12} {} attempts, {} successes",
            model.model_used, model.attempts, model.successes
        )?;
    }
    Ok(())
}

/// Shows whose attempts somebody sees who is bound by the policies: a role that every server has.
fn policies(out: &mut impl Write, client: &mut Client) -> Outcome {
    let mut count = |reader: &str| -> Result<i64, Box<dyn std::error::Error>> {
        let mut transaction = client.transaction()?;
        transaction.batch_execute("SET LOCAL ROLE pg_read_all_data")?;
        transaction.execute("SELECT set_config('tales.reader', $1, true)", &[&reader])?;
        let row = transaction.query_one("SELECT count(*) FROM tales.generations", &[])?;
        Ok(row.try_get(0)?)
    };
    let (own, others, nobodys) = (count("1")?, count("2")?, count("")?);
    writeln!(
        out,
        "\nBy the policies of migration 14 reader 1 sees {own} attempts, reader 2 {others}, and who does not say who they\n\
         are {nobodys}."
    )?;
    expect((own, others, nobodys) == (4, 0, 0), "the policies hold")
}

/// Goes back to before the split by the down files.
fn back(out: &mut impl Write, client: &mut Client, scratch: &Database, before: &str) -> Outcome {
    let mut scratch = scratch.connect();
    let mut on = MIGRATIONS.postgres(client).scratch(&mut scratch);
    let refused = match on.revert_to(BEFORE) {
        Ok(_) => return Err("values would be lost".into()),
        Err(error) => error.to_string(),
    };
    writeln!(
        out,
        "\nThe way back is refused as long as nobody has named what it may lose:\n"
    )?;
    crate::indented(out, &refused)?;
    let accepting = MIGRATIONS.runner().accept_losses_of(15..=19);
    let mut on = accepting.postgres(client).scratch(&mut scratch);
    let reverted = on.revert_to(BEFORE)?;
    let after = stories(client)?;
    writeln!(
        out,
        "\n{reverted}; the schema is that of version {BEFORE}, and the stories from before are as they were:\n\n    {after}"
    )?;
    expect(after.starts_with(before), "the data came back")
}

fn generations(client: &mut Client) -> Result<Vec<Generation>, tablature::postgres::Error> {
    let rows = client.query(
        "SELECT * FROM tales.generations ORDER BY created_at, model_used",
        &[],
    )?;
    Generation::from_rows(&rows)
}

/// Before the split and after the way back, when `MIGRATIONS` has no struct for it.
fn stories(client: &mut Client) -> Result<String, tablature::postgres::Error> {
    let row = client.query_one(
        "SELECT string_agg(concat_ws(', ', id, title, story_type, model_used), '; ' ORDER BY id) FROM tales.stories",
        &[],
    )?;
    row.try_get(0)
}
