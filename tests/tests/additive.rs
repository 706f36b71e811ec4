//! Migrations of public histories that are said to add only: what a program did that knew the schema before, by the names of
//! tables and columns, it does after them on the engine.

#![expect(clippy::print_stdout, reason = "what a test saw is its output")]

use libtest_mimic::{Arguments, Failed, Trial};
use std::io;
use std::sync::{Arc, Mutex, PoisonError};
use tablature_schema::directory::Directory;
use tablature_schema::{Compatibility, Options, check};
use tablature_tests::case::wants_transaction;
use tablature_tests::corpus::{self, Corpus};
use tablature_tests::engine::{Engine, Numbers, Rows};

/// What was seen.
#[derive(Debug, Clone, Copy, Default)]
struct Counts {
    migrations: usize,
    additive: usize,
    /// Those of them after which something of before could be done.
    tried: usize,
    actions: usize,
    /// Migrations that do more and after which the engine refuses something, or something else comes of it.
    noticed: usize,
}

fn main() -> io::Result<()> {
    let arguments = Arguments::from_args();
    let Some(directory) = corpus::directory() else {
        println!("TABLATURE_CORPUS is not set: no migration was tried");
        return Ok(());
    };
    let all = Arc::new(Mutex::new(Counts::default()));
    let histories = corpus::histories(&directory)?.into_iter();
    let trials = histories
        .map(|history| {
            let all = Arc::clone(&all);
            Trial::test(history.name.clone(), move || {
                let counts = compare(&history)?;
                let mut all = all.lock().unwrap_or_else(PoisonError::into_inner);
                all.migrations += counts.migrations;
                all.additive += counts.additive;
                all.tried += counts.tried;
                all.actions += counts.actions;
                all.noticed += counts.noticed;
                Ok(())
            })
        })
        .collect();
    let conclusion = libtest_mimic::run(&arguments, trials);
    let all = *all.lock().unwrap_or_else(PoisonError::into_inner);
    println!(
        "{} migrations, {} of them add only; {} were tried with {} actions; of the others, {} are noticed",
        all.migrations, all.additive, all.tried, all.actions, all.noticed
    );
    conclusion.exit()
}

fn compare(history: &Corpus) -> Result<Counts, Failed> {
    let files = history.migrations.iter().enumerate();
    let files =
        files.map(|(position, (_, text))| (format!("{}_file.sql", position + 1), text.clone()));
    let mut directory = Directory::from_files("", files);
    directory.config = history.config.clone();
    let checked = check(directory, &Options::default());
    let engine = Engine::open(&history.config, Rows::Compile)?;
    let mut counts = Counts::default();
    let mut mistakes = String::new();
    for ((name, text), migration) in history.migrations.iter().zip(&checked.migrations) {
        counts.migrations += 1;
        let is_additive = migration.compatibility == Compatibility::Additive;
        counts.additive += usize::from(is_additive);
        let fork = engine.fork_with(Rows::Run)?;
        let up = engine.migrate(text, wants_transaction(text));
        up.map_err(|failure| failure.message)?;
        let Some(fork) = fork else {
            continue;
        };
        fork.fill(Numbers::Apart)?;
        let works = |fork: &Engine| -> Result<Vec<_>, Failed> {
            let actions = fork.actions()?.into_iter();
            Ok(actions
                .filter_map(|action| Some((fork.attempt(&action).ok()?, action)))
                .collect())
        };
        let before = works(&fork)?;
        if fork.migrate(text, wants_transaction(text)).is_err() || before.is_empty() {
            // The rows stood in its way.
            continue;
        }
        counts.tried += usize::from(is_additive);
        counts.actions += if is_additive { before.len() } else { 0 };
        let mut is_noticed = false;
        for (outcome, action) in before {
            let after = fork.attempt(&action);
            if after.as_ref() == Ok(&outcome) {
                continue;
            }
            is_noticed = true;
            if is_additive {
                mistakes.push_str(&format!(
                    "{name}: {action:?}: {outcome:?}, and then {after:?}\n"
                ));
            }
        }
        counts.noticed += usize::from(is_noticed && !is_additive);
    }
    match mistakes.is_empty() {
        true => Ok(counts),
        false => Err(mistakes.into()),
    }
}
