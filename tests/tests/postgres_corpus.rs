//! Public PostgreSQL histories.

#![expect(clippy::print_stdout, reason = "what a test saw is its output")]

use libtest_mimic::{Arguments, Trial};
use std::io;
use tablature_test_server::{Server, shared};
use tablature_tests::corpus::directory;
use tablature_tests::postgres::corpus::{self, Corpus};
use tablature_tests::postgres::engine::{Engine, Failure, WANTS_NO_TRANSACTION};

fn main() -> io::Result<()> {
    let arguments = Arguments::from_args();
    let Some(directory) = directory() else {
        println!("TABLATURE_CORPUS is not set: no public history was replayed");
        return Ok(());
    };
    let Some(server) = shared() else {
        return Ok(());
    };
    let trials = corpus::histories(&directory)?
        .into_iter()
        .map(|history| Trial::test(history.name.clone(), move || Ok(run(server, &history)?)));
    libtest_mimic::run(&arguments, trials.collect()).exit()
}

fn run(server: &Server, history: &Corpus) -> Result<(), String> {
    let said = |error: postgres::Error| error.to_string();
    let mut engine = Engine::new(server, &history.roles).map_err(said)?;
    for migration in &history.migrations {
        let text = migration.text();
        let result = engine.migrate(&text, migration.transaction);
        let wants_none = |failure: &Failure| WANTS_NO_TRANSACTION.contains(&failure.code.as_str());
        let result = match result {
            Err(failure) if wants_none(&failure) => engine.migrate(&text, false),
            other => other,
        };
        if let Err(failure) =
            result
                .map(drop)
                .or_else(|failure| match failure.is_of_the_installation() {
                    true => Ok(()),
                    false => Err(failure),
                })
        {
            return Err(format!(
                "{}: {} {}\n{}",
                migration.path, failure.code, failure.message, &text[failure.span]
            ));
        }
        engine.describe().map_err(said)?;
    }
    Ok(())
}
