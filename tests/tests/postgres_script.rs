//! Public PostgreSQL histories: what `cargo tablature schema` prints makes the same schema in an empty database.

#![expect(clippy::print_stdout, reason = "what a test saw is its output")]

use libtest_mimic::{Arguments, Trial};
use std::io;
use tablature_test_server::{Server, shared};
use tablature_tests::corpus::directory;
use tablature_tests::postgres::corpus::{self, Corpus};
use tablature_tests::postgres::engine::Engine;
use tablature_tests::postgres::history::History;
use tablature_tests::replayed::on_a_large_stack;

fn main() -> io::Result<()> {
    let arguments = Arguments::from_args();
    let Some(directory) = directory() else {
        println!("TABLATURE_CORPUS is not set: no public history was printed");
        return Ok(());
    };
    let Some(server) = shared() else {
        return Ok(());
    };
    let trials = corpus::histories(&directory)?.into_iter().map(|history| {
        Trial::test(history.name.clone(), move || {
            Ok(on_a_large_stack(|| round_trip(server, &history))?)
        })
    });
    libtest_mimic::run(&arguments, trials.collect()).exit()
}

/// Replays a history, runs what its schema is printed as, and compares what that makes with the replay.
fn round_trip(server: &'static Server, history: &Corpus) -> Result<(), String> {
    let mut replay = History::new(&history.roles);
    for migration in &history.migrations {
        // Whatever is wrong with it: what is printed is the schema as far as it is known.
        replay.migrate(&migration.path, &migration.text(), migration.transaction);
    }
    let roles = replay.catalog().roles.iter().map(|it| it.name.to_string());
    let roles: Vec<String> = roles.filter(|it| !it.starts_with("pg_")).collect();
    let mut engine = Engine::new(server, &roles).map_err(|error| error.to_string())?;
    let mut script = String::new();
    for statement in replay.script() {
        script.push_str(&statement);
        script.push_str(";\n\n");
    }
    if let Err(failure) = engine.migrate(&script, true) {
        let statement = script.get(failure.span.clone()).unwrap_or_default();
        return Err(format!(
            "{}: {}\n{statement}",
            failure.code, failure.message
        ));
    }
    let made = engine.describe().map_err(|error| error.to_string())?;
    let difference = made
        .renumbered()
        .difference(&replay.describe().renumbered());
    difference.map_or(Ok(()), Err)
}
