//! Down files of public histories: whether each restores the schema that its migration found, and the rows, here and on
//! the engine.

#![expect(clippy::print_stdout, reason = "what a test saw is its output")]

use libtest_mimic::{Arguments, Failed, Trial};
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::sync::{Arc, Mutex, PoisonError};
use tablature_schema::directory::Directory;
use tablature_schema::{Cause, Loss, Options, Reversal, Written, check};
use tablature_tests::case::wants_transaction;
use tablature_tests::corpus::{self, Corpus};
use tablature_tests::engine::{Contents, Engine, Numbers, Rows};
use tablature_tests::model::{Schema, difference};

/// What becomes of the schema when a down file is run after its up file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Verdict {
    Restores,
    Differs,
    Fails,
}

/// What becomes of the rows that were there before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Data {
    Kept,
    Lost,
    /// The up file or the down file fails on them.
    Unknown,
    /// Not a case of its own: how many of the others write something again that is not proven to be what was there.
    Unproven,
}

/// How many down files there are of each verdict.
type Table = BTreeMap<String, BTreeMap<(Verdict, Data), usize>>;

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

fn compare(history: &Corpus) -> Result<BTreeMap<(Verdict, Data), usize>, Failed> {
    let ours = proven(history);
    let engine = tried(history)?;
    let mut counts = BTreeMap::new();
    let mut differences = String::new();
    for (file, tried) in &engine {
        *counts.entry((tried.verdict, tried.data)).or_default() += 1;
        let Some(reversal) = ours.get(file) else {
            return Err(format!("{file} was not judged").into());
        };
        let (our, losses) = match reversal {
            Reversal::Restores { losses } => (Verdict::Restores, losses.as_slice()),
            Reversal::Differs { losses, .. } => (Verdict::Differs, losses.as_slice()),
            Reversal::Fails { .. } => (Verdict::Fails, [].as_slice()),
        };
        if our != tried.verdict {
            differences.push_str(&format!(
                "{file}: here {our:?}, on the engine {:?} {}\n",
                tried.verdict, tried.reason
            ));
        }
        let older: Vec<&Loss> = losses
            .iter()
            .filter(|it| it.written == Written::Before)
            .collect();
        let is_certain = older.iter().any(|loss| loss.cause == Cause::Dropped);
        let is_replaced = older.iter().any(|loss| loss.cause == Cause::Replaced);
        if tried.verdict == Verdict::Restores && is_replaced {
            let also = (Verdict::Restores, Data::Unproven);
            *counts.entry(also).or_default() += 1;
        }
        let our = match older.is_empty() {
            true => Data::Kept,
            false => Data::Lost,
        };
        // Whether DELETE and UPDATE find something depends on the rows.
        let agrees = match tried.data {
            Data::Kept => !is_certain,
            Data::Lost => our == Data::Lost,
            Data::Unknown | Data::Unproven => true,
        };
        if tried.verdict == Verdict::Restores && !agrees {
            differences.push_str(&format!(
                "{file}: the rows are {our:?} here {}, {:?} on the engine: {}\n",
                older
                    .iter()
                    .map(|it| it.to_string())
                    .collect::<Vec<_>>()
                    .join("; "),
                tried.data,
                tried.reason
            ));
        }
    }
    match differences.is_empty() {
        true => Ok(counts),
        false => Err(differences.into()),
    }
}

/// What the replay says of each down file.
fn proven(history: &Corpus) -> BTreeMap<String, Reversal> {
    let mut files = Vec::new();
    for (position, (name, text)) in history.migrations.iter().enumerate() {
        let number = position + 1;
        files.push((format!("{number}_file.up.sql"), text.clone()));
        if let Some(down) = history.downs.get(name) {
            files.push((format!("{number}_file.down.sql"), down.clone()));
        }
    }
    let mut directory = Directory::from_files("", files);
    directory.config = history.config.clone();
    let checked = check(directory, &Options::default());
    let names = history.migrations.iter().map(|(name, _)| name.clone());
    let judged = checked.migrations.into_iter().map(|it| it.reversal);
    let judged = names.zip(judged);
    judged
        .filter_map(|(name, reversal)| Some((name, reversal?)))
        .collect()
}

/// What the engine does with a down file.
struct Tried {
    verdict: Verdict,
    data: Data,
    /// Why.
    reason: String,
}

/// What the engine does with each down file.
fn tried(history: &Corpus) -> Result<BTreeMap<String, Tried>, Failed> {
    let engine = Engine::open(&history.config, Rows::Compile)?;
    let mut all = BTreeMap::new();
    for (name, text) in &history.migrations {
        let before = engine.schema()?;
        let forks = [engine.fork_with(Rows::Run)?, engine.fork_with(Rows::Run)?];
        let up = engine.migrate(text, wants_transaction(text));
        up.map_err(|failure| failure.message)?;
        let Some(down) = history.downs.get(name) else {
            continue;
        };
        let (Some(copy), [Some(alike), Some(apart)]) = (engine.fork()?, forks) else {
            return Err("the database cannot be copied".into());
        };
        let tried = match copy.migrate(down, wants_transaction(down)) {
            Err(failure) => Tried {
                verdict: Verdict::Fails,
                data: Data::Unknown,
                reason: failure.message,
            },
            Ok(_) => {
                let (data, lost) = match there_and_back(&alike, Numbers::Alike, text, down)? {
                    (Data::Unknown, _) => there_and_back(&apart, Numbers::Apart, text, down)?,
                    known => known,
                };
                match difference(&meaning(before), &meaning(copy.schema()?)) {
                    None => Tried {
                        verdict: Verdict::Restores,
                        data,
                        reason: lost,
                    },
                    Some(difference) => Tried {
                        verdict: Verdict::Differs,
                        data,
                        reason: format!("\n{difference}"),
                    },
                }
            }
        };
        all.insert(name.clone(), tried);
    }
    Ok(all)
}

/// Goes up and down with rows in every table, and says what is lost.
fn there_and_back(
    engine: &Engine,
    numbers: Numbers,
    up: &str,
    down: &str,
) -> Result<(Data, String), Failed> {
    let before = engine.fill(numbers)?;
    for text in [up, down] {
        if let Err(failure) = engine.migrate(text, wants_transaction(text)) {
            return Ok((Data::Unknown, failure.message));
        }
    }
    let lost = lost(&before, &engine.contents()?);
    match lost.is_empty() {
        true => Ok((Data::Kept, String::new())),
        false => Ok((Data::Lost, format!("{lost:?}"))),
    }
}

/// The columns that have not all the values that they had.
fn lost(before: &Contents, after: &Contents) -> BTreeSet<String> {
    let columns = before.iter().filter(|(place, values)| {
        let mut left = after.get(place).cloned().unwrap_or_default();
        let mut values = values.iter();
        !values.all(|value| {
            let position = left.iter().position(|it| it == value);
            position.is_some_and(|position| {
                left.swap_remove(position);
                true
            })
        })
    });
    columns
        .map(|((table, column), _)| format!("{table}.{column}"))
        .collect()
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
    let columns = [
        ("restores", Verdict::Restores, Data::Kept),
        ("schema only", Verdict::Restores, Data::Lost),
        ("rows unknown", Verdict::Restores, Data::Unknown),
        ("not proven", Verdict::Restores, Data::Unproven),
    ];
    print!("{:<20}", "history");
    for (title, ..) in columns {
        print!(" {title:>12}");
    }
    println!(" {:>12} {:>12}", "differs", "fails");
    let line = |name: &str, counts: &BTreeMap<(Verdict, Data), usize>| {
        let of = |wanted: Verdict| -> usize {
            let counts = counts.iter().filter(|((verdict, _), _)| *verdict == wanted);
            counts.map(|(_, count)| count).sum()
        };
        print!("{name:<20}");
        for (_, verdict, data) in columns {
            print!(
                " {:>12}",
                counts.get(&(verdict, data)).copied().unwrap_or(0)
            );
        }
        println!(" {:>12} {:>12}", of(Verdict::Differs), of(Verdict::Fails));
    };
    let mut all = BTreeMap::new();
    for (name, counts) in table {
        line(name, counts);
        for (verdict, count) in counts {
            *all.entry(*verdict).or_default() += count;
        }
    }
    line("all", &all);
}
