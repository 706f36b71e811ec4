//! Migrations that are said to add only, of public histories and generated ones: what a program did that knew the schema
//! before, by the names of tables and columns, it does after them on the engine.

#![expect(clippy::print_stdout, reason = "what a test saw is its output")]

use libtest_mimic::{Arguments, Failed, Trial};
use std::sync::{Arc, Mutex, PoisonError};
use std::{env, io};
use tablature_schema::config::{Config, Level};
use tablature_schema::diagnostic::Code;
use tablature_schema::directory::Directory;
use tablature_schema::{Compatibility, Options, check};
use tablature_tests::case::wants_transaction;
use tablature_tests::corpus::{self, Corpus};
use tablature_tests::engine::{Action, Engine, Numbers, Outcome, Rows};
use tablature_tests::generate::Generator;
use tablature_tests::mutate::Names;
use tablature_tests::random::Random;

/// How many databases grow by generated statements, unless `TABLATURE_DATABASES` says otherwise.
const DATABASES: u64 = 40;

/// Statements of such a database.
const LENGTH: usize = 30;

/// Functions that depend on what was done before, on the time, or on nothing.
const FICKLE: &[&str] = &[
    "random",
    "changes",
    "last_insert_rowid",
    "current_",
    "'now'",
];

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

impl Counts {
    /// Counts a migration that was tried.
    fn count(&mut self, is_additive: bool, actions: usize, noticed: &[String]) {
        if is_additive {
            self.tried += 1;
            self.actions += actions;
        } else {
            self.noticed += usize::from(!noticed.is_empty());
        }
    }

    fn add(&mut self, other: Counts) {
        self.migrations += other.migrations;
        self.additive += other.additive;
        self.tried += other.tried;
        self.actions += other.actions;
        self.noticed += other.noticed;
    }
}

fn main() -> io::Result<()> {
    let arguments = Arguments::from_args();
    let all = Arc::new(Mutex::new(Counts::default()));
    let trial = |name: String, run: Box<dyn FnOnce() -> Result<Counts, Failed> + Send>| {
        let all = Arc::clone(&all);
        Trial::test(name, move || {
            let counts = run()?;
            all.lock()
                .unwrap_or_else(PoisonError::into_inner)
                .add(counts);
            Ok(())
        })
    };
    let mut trials = Vec::new();
    match corpus::directory() {
        Some(directory) => {
            for history in corpus::histories(&directory)? {
                let name = history.name.clone();
                trials.push(trial(name, Box::new(move || compare(&history))));
            }
        }
        None => println!("TABLATURE_CORPUS is not set: no public history was tried"),
    }
    let number = |variable: &str| env::var(variable).ok().and_then(|it| it.parse().ok());
    let seed: u64 = number("TABLATURE_SEED").unwrap_or(1);
    for database in 0..number("TABLATURE_DATABASES").unwrap_or(DATABASES) {
        let seed = seed.wrapping_mul(1_000_003).wrapping_add(database);
        trials.push(trial(
            format!("generated_{database}"),
            Box::new(move || grow(seed)),
        ));
    }
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
        let before = works(&fork)?;
        if fork.migrate(text, wants_transaction(text)).is_err() || before.is_empty() {
            // The rows stood in its way.
            continue;
        }
        let noticed = noticed(&fork, &before);
        counts.count(is_additive, before.len(), &noticed);
        if is_additive {
            mistakes.extend(noticed.into_iter().map(|it| format!("{name}: {it}\n")));
        }
    }
    match mistakes.is_empty() {
        true => Ok(counts),
        false => Err(mistakes.into()),
    }
}

/// What a program can do now, and what comes of it.
fn works(engine: &Engine) -> Result<Vec<(Outcome, Action)>, Failed> {
    let actions = engine.actions()?.into_iter();
    Ok(actions
        .filter_map(|action| Some((engine.attempt(&action).ok()?, action)))
        .collect())
}

/// What does not come of it any more, in words.
fn noticed(engine: &Engine, before: &[(Outcome, Action)]) -> Vec<String> {
    let noticed = before.iter().filter_map(|(outcome, action)| {
        let after = engine.attempt(action);
        let is_same = after.as_ref() == Ok(outcome);
        (!is_same).then(|| format!("{action:?}: {outcome:?}, and then {after:?}"))
    });
    noticed.collect()
}

/// Grows a database by generated statements, each a migration, and tries each that both sides accept.
fn grow(seed: u64) -> Result<Counts, Failed> {
    let mut config = Config::default();
    // Parameters are a part of the grammar.
    config.lints.insert(Code::BoundParameter, Level::Allow);
    let mut random = Random::new(seed);
    let engine = Engine::open(&config, Rows::Run)?;
    let mut counts = Counts::default();
    let mut files: Vec<(String, String)> = Vec::new();
    for _ in 0..LENGTH {
        let mut schema = engine.schema()?;
        // A virtual table whose shadow tables are changed is broken, and only its module knows how.
        for database in &mut schema.databases {
            database.tables.retain(|table| table.kind != "shadow");
        }
        let names = Names::of(&schema);
        let statement = Generator::new(&mut random, &names).statement();
        // What gives another value each time tells nothing.
        let folded = statement.to_ascii_lowercase();
        if FICKLE.iter().any(|word| folded.contains(word)) {
            continue;
        }
        files.push((
            format!("{}_it.sql", files.len() + 1),
            format!("{statement};"),
        ));
        let mut directory = Directory::from_files("", files.clone());
        directory.config = config.clone();
        let checked = check(directory, &Options::default());
        let migration = checked.migrations.last();
        let Some(migration) = migration.filter(|_| checked.accepted()) else {
            files.pop();
            continue;
        };
        // A table may be hidden by a temporary one, and then its columns cannot be listed.
        let Ok(_) = engine.fill(Numbers::Apart) else {
            break;
        };
        let before = works(&engine)?;
        if engine
            .migrate(&statement, migration.up.transaction)
            .is_err()
        {
            files.pop();
            continue;
        }
        counts.migrations += 1;
        let is_additive = migration.compatibility == Compatibility::Additive;
        counts.additive += usize::from(is_additive);
        let noticed = noticed(&engine, &before);
        counts.count(is_additive, before.len(), &noticed);
        if is_additive && !noticed.is_empty() {
            let history: Vec<&str> = files.iter().map(|(_, text)| text.as_str()).collect();
            return Err(format!("{}\n{}", history.join("\n"), noticed.join("\n")).into());
        }
    }
    Ok(counts)
}
