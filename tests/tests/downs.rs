//! Down files of public histories: whether each restores the schema that its migration found, here and on the engine.

#![expect(clippy::print_stdout, reason = "what a test saw is its output")]

use libtest_mimic::{Arguments, Failed, Trial};
use std::collections::BTreeMap;
use std::io;
use std::sync::{Arc, Mutex, PoisonError};
use tablature_schema::diagnostic::Code;
use tablature_schema::directory::Directory;
use tablature_schema::{Options, check};
use tablature_tests::case::wants_transaction;
use tablature_tests::corpus::{self, Corpus};
use tablature_tests::engine::{Engine, Rows};
use tablature_tests::model::{Schema, difference};

/// What becomes of the schema when a down file is run after its up file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Verdict {
    Restores,
    Differs,
    Fails,
}

/// How many down files there are of each verdict.
type Table = BTreeMap<String, BTreeMap<Verdict, usize>>;

fn main() -> io::Result<()> {
    let arguments = Arguments::from_args();
    let Some(directory) = corpus::directory() else {
        println!("TABLATURE_CORPUS is not set: no down file was proven");
        return Ok(());
    };
    let table = Arc::new(Mutex::new(Table::new()));
    let histories = corpus::histories(&directory)?.into_iter();
    let trials = histories
        .filter(|history| !history.downs.is_empty())
        .map(|history| {
            let table = Arc::clone(&table);
            Trial::test(history.name.clone(), move || {
                let counts = compare(&history)?;
                let mut table = table.lock().unwrap_or_else(PoisonError::into_inner);
                table.insert(history.name.clone(), counts);
                Ok(())
            })
        })
        .collect();
    let conclusion = libtest_mimic::run(&arguments, trials);
    print(&table.lock().unwrap_or_else(PoisonError::into_inner));
    conclusion.exit()
}

fn compare(history: &Corpus) -> Result<BTreeMap<Verdict, usize>, Failed> {
    let ours = proven(history);
    let engine = tried(history)?;
    let mut counts = BTreeMap::new();
    let mut differences = String::new();
    for (file, (verdict, reason)) in &engine {
        *counts.entry(*verdict).or_default() += 1;
        let our = ours.get(file).copied().unwrap_or(Verdict::Restores);
        if our != *verdict {
            differences.push_str(&format!(
                "{file}: here {our:?}, on the engine {verdict:?} {reason}\n"
            ));
        }
    }
    match differences.is_empty() {
        true => Ok(counts),
        false => Err(differences.into()),
    }
}

/// What the replay says of each down file that does not restore the schema.
fn proven(history: &Corpus) -> BTreeMap<String, Verdict> {
    let mut files = Vec::new();
    let mut names = BTreeMap::new();
    for (position, (name, text)) in history.migrations.iter().enumerate() {
        let number = position + 1;
        files.push((format!("{number}_file.up.sql"), text.clone()));
        if let Some(down) = history.downs.get(name) {
            let file = format!("{number}_file.down.sql");
            names.insert(file.clone(), name.clone());
            files.push((file, down.clone()));
        }
    }
    let mut directory = Directory::from_files("", files);
    directory.config = history.config.clone();
    let checked = check(directory, &Options::default());
    let mut verdicts = BTreeMap::new();
    for diagnostic in &checked.diagnostics {
        let file = &checked.sources.file(diagnostic.primary.span.file).path;
        if let (Code::Irreversible, Some(name)) = (diagnostic.code, names.get(file)) {
            let verdict = match diagnostic.message.starts_with("the down file fails") {
                true => Verdict::Fails,
                false => Verdict::Differs,
            };
            verdicts.insert(name.clone(), verdict);
        }
    }
    verdicts
}

/// What the engine does with each down file, and why.
fn tried(history: &Corpus) -> Result<BTreeMap<String, (Verdict, String)>, Failed> {
    let engine = Engine::open(&history.config, Rows::Compile)?;
    let mut verdicts = BTreeMap::new();
    for (name, text) in &history.migrations {
        let before = engine.schema()?;
        let up = engine.migrate(text, wants_transaction(text));
        up.map_err(|failure| failure.message)?;
        let Some(down) = history.downs.get(name) else {
            continue;
        };
        let Some(copy) = engine.fork()? else {
            return Err("the database cannot be copied".into());
        };
        let verdict = match copy.migrate(down, wants_transaction(down)) {
            Err(failure) => (Verdict::Fails, failure.message),
            Ok(_) => match difference(&meaning(before), &meaning(copy.schema()?)) {
                None => (Verdict::Restores, String::new()),
                Some(difference) => (Verdict::Differs, format!("\n{difference}")),
            },
        };
        verdicts.insert(name.clone(), verdict);
    }
    Ok(verdicts)
}

/// A schema without what no statement can undo or what says nothing: the engine's own tables, and the action of a foreign
/// key that it has anyway.
fn meaning(mut schema: Schema) -> Schema {
    for database in &mut schema.databases {
        database
            .tables
            .retain(|table| !table.name.starts_with("sqlite_"));
        for sql in database.tables.iter_mut().filter_map(|it| it.sql.as_mut()) {
            for default in [" on delete no action", " on update no action"] {
                *sql = sql.replace(default, "");
            }
        }
    }
    schema
}

fn print(table: &Table) {
    println!(
        "{:<20} {:>9} {:>9} {:>9}",
        "history", "restores", "differs", "fails"
    );
    let line = |name: &str, counts: &BTreeMap<Verdict, usize>| {
        let count = |verdict| counts.get(&verdict).copied().unwrap_or(0);
        println!(
            "{name:<20} {:>9} {:>9} {:>9}",
            count(Verdict::Restores),
            count(Verdict::Differs),
            count(Verdict::Fails)
        );
    };
    let mut all: BTreeMap<Verdict, usize> = BTreeMap::new();
    for (name, counts) in table {
        line(name, counts);
        for (verdict, count) in counts {
            *all.entry(*verdict).or_default() += count;
        }
    }
    line("all", &all);
}
