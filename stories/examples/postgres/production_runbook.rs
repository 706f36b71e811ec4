//! The schema of production had drifted from the code, and was repaired by hand behind a degraded mode.

use crate::{Outcome, expect, indented};
use std::io::Write;
use tablature::Start;
use tablature_stories::postgres::MIGRATIONS;
use tablature_stories::postgres::schema::{Score, Story};
use tablature_test_server::Database;

/// What was found in production, more or less.
const FOUND: &str = "\
ALTER TABLE post_reactions DROP CONSTRAINT post_reactions_pkey;
ALTER TABLE post_reactions DROP CONSTRAINT post_reactions_post_id_fkey;
ALTER TABLE post_reactions ADD CONSTRAINT post_reactions_post_id_fkey
    FOREIGN KEY (post_id) REFERENCES posts (id) ON DELETE CASCADE;
ALTER TABLE credit_txns DROP COLUMN idempotency_key;
ALTER TABLE scores DROP COLUMN duration_sec;";

/// What brings it back.
const MENDED: &str = "\
ALTER TABLE post_reactions ADD CONSTRAINT post_reactions_pkey PRIMARY KEY (id);
ALTER TABLE post_reactions DROP CONSTRAINT post_reactions_post_id_fkey;
ALTER TABLE post_reactions ADD CONSTRAINT post_reactions_post_id_fkey
    FOREIGN KEY (post_id) REFERENCES posts (id) ON DELETE SET NULL;
ALTER TABLE credit_txns ADD COLUMN idempotency_key text;
CREATE UNIQUE INDEX credit_txns_by_idempotency_key ON credit_txns (idempotency_key) WHERE idempotency_key IS NOT NULL;
ALTER TABLE scores ADD COLUMN duration_sec integer;";

pub(crate) fn show(out: &mut impl Write, database: &Database) -> Outcome {
    let mut client = database.connect();
    MIGRATIONS.postgres(&mut client).apply()?;
    client.batch_execute(FOUND)?;
    writeln!(out, "This is what production is like:\n")?;
    indented(out, FOUND)?;
    writeln!(
        out,
        "\nThe application starts, and only reads; `MIGRATIONS.postgres(&mut client).start()` says why:\n"
    )?;
    let Start::Degraded(degraded) = MIGRATIONS.postgres(&mut client).start() else {
        return Err("the drift was not noticed".into());
    };
    indented(out, &degraded.to_string())?;
    let readable = (
        degraded.can_read_rows::<Story>(),
        degraded.can_read_rows::<Score>(),
    );
    expect(
        readable == (true, false),
        "stories can be shown, scores not",
    )?;
    let refused = client.execute("DELETE FROM scores", &[]);
    let refused = refused.err().ok_or("nothing is to be written")?;
    let refused = refused.as_db_error().map_or("", |error| error.message());
    writeln!(
        out,
        "\nStories can be shown, scores cannot, and nothing is written: {refused}.\n\
         Copies of the database are its administrator's: the runbook takes one with `pg_dump` here."
    )?;

    database.connect().batch_execute(MENDED)?;
    match MIGRATIONS.postgres(&mut client).start() {
        Start::Ready(report) => writeln!(out, "Once it is mended: {report}.")?,
        Start::Degraded(degraded) => return Err(degraded.to_string().into()),
    }
    Ok(())
}
