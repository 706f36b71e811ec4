//! A migration used a column before it was there; the runner took the failure for a warning and recorded a success.

use crate::{Outcome, expect, indented};
use std::io::Write;
use std::path::Path;
use tablature_schema::directory::Directory;
use tablature_schema::render::{self, Style};
use tablature_schema::{Options, check};
use tablature_stories::generation::Store;
use tablature_stories::postgres::MIGRATIONS;
use tablature_test_server::Database;

pub(crate) fn show(out: &mut impl Write, database: &Database) -> Outcome {
    writeln!(
        out,
        "An application with that migration does not compile, and needs no server to know:\n"
    )?;
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let directory = Directory::read(root, "examples/misnamed-postgres");
    let checked = check(directory, &Options::default());
    expect(!checked.accepted(), "the mistake was not found")?;
    let frames = render::report(&checked.sources, &checked.diagnostics, Style::Colored);
    indented(out, &frames)?;

    let mut client = database.connect();
    let report = MIGRATIONS.postgres(&mut client).apply()?;
    writeln!(
        out,
        "\nWith the statements in order: {report}; then {}.",
        MIGRATIONS.postgres(&mut client).apply()?
    )?;
    let usage = client.next_tale()?.ok_or("migration 3 brings tales")?;
    writeln!(
        out,
        "The tale that was used least is {} (usage count {}), as migration 7 has corrected migration 6.",
        usage.tale_id, usage.usage_count
    )?;
    expect(
        usage.tale_id == "bremer-stadtmusikanten",
        "it has no count yet",
    )
}
