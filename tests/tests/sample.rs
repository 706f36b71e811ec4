//! The sample application's migrations on the engine and on the replay.

#![allow(clippy::unwrap_used, reason = "a test fails where a value is missing")]

use std::path::Path;
use tablature_schema::directory::Directory;
use tablature_schema::text::FileId;
use tablature_tests::engine::{Engine, Rows};
use tablature_tests::model::{self, difference};
use tablature_tests::replayed::History;

fn sample() -> Directory {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let directory = Directory::read(&root, "migrations");
    assert!(
        directory.diagnostics.is_empty(),
        "{:?}",
        directory.diagnostics
    );
    assert_eq!(directory.migrations.len(), 19);
    directory
}

#[test]
fn the_replay_and_the_engine_agree_after_every_migration() {
    let sample = sample();
    let engine = Engine::open(&sample.config, Rows::Run).unwrap();
    let mut history = History::new(&sample.config);
    for migration in &sample.migrations {
        let file = sample.sources.file(migration.up);
        let step = history.migrate(&file.path, &file.text, true);
        let errors: Vec<String> = step
            .errors
            .iter()
            .map(|error| history.line(error))
            .collect();
        assert!(errors.is_empty(), "{errors:#?}");
        apply(&engine, &sample, migration.up);
        if let Some(difference) = difference(&engine.schema().unwrap(), &history.schema()) {
            panic!("after {}:\n{difference}", file.path);
        }
        assert_eq!(engine.broken().unwrap(), [""; 0], "after {}", file.path);
    }
    assert!(history.finish().is_empty());
    assert_eq!(engine.orphans().unwrap(), [""; 0]);
}

#[test]
fn every_down_file_restores_the_schema() {
    let sample = sample();
    let engine = Engine::open(&sample.config, Rows::Run).unwrap();
    // Twice, so that what one way leaves behind cannot be in the way of the next.
    for _ in 0..2 {
        let mut before: Vec<model::Schema> = Vec::new();
        for migration in &sample.migrations {
            before.push(schema(&engine));
            apply(&engine, &sample, migration.up);
        }
        for (migration, before) in sample.migrations.iter().zip(before).rev() {
            let down = migration.down.unwrap();
            apply(&engine, &sample, down);
            if let Some(difference) = difference(&before, &schema(&engine)) {
                panic!("after {}:\n{difference}", sample.sources.file(down).path);
            }
        }
    }
}

/// The live schema. `sqlite_sequence` is left out, which the engine never drops.
fn schema(engine: &Engine) -> model::Schema {
    let mut schema = engine.schema().unwrap();
    for database in &mut schema.databases {
        database
            .tables
            .retain(|table| table.name != "sqlite_sequence");
    }
    schema
}

fn apply(engine: &Engine, sample: &Directory, file: FileId) {
    let file = sample.sources.file(file);
    let failure = engine.migrate(&file.text, true).err();
    assert_eq!(failure, None, "{}", file.path);
}
