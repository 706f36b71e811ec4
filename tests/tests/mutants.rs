//! Mutants of the public histories: the replay gives the engine's verdict on each, and its catalog.

#![expect(clippy::print_stdout, reason = "what a test saw is its output")]

use std::collections::BTreeMap;
use std::process::ExitCode;
use std::sync::{Arc, Mutex};
use std::{env, io, thread};
use tablature_tests::case::wants_transaction;
use tablature_tests::corpus::{self, Corpus};
use tablature_tests::differential::{Agreement, Migration, OnSqlite, Pair};
use tablature_tests::engine::{Rows, statements};
use tablature_tests::mutate::{Names, mutate};
use tablature_tests::random::Random;
use tablature_tests::replayed::on_a_large_stack;
use tablature_tests::tally::{Finding, Tally};

/// How many migrations after the change are applied too.
const TAIL: usize = 6;

fn main() -> io::Result<ExitCode> {
    let Some(directory) = corpus::directory() else {
        println!("TABLATURE_CORPUS is not set: no public history was changed");
        return Ok(ExitCode::SUCCESS);
    };
    let histories = corpus::histories(&directory)?;
    let count = number("TABLATURE_MUTANTS", 1_500);
    let seed = number("TABLATURE_SEED", 1);
    let plan = plan(&histories, count, seed);
    let queue = Mutex::new((0..histories.len()).collect::<Vec<_>>());
    let tally = Mutex::new(Tally::default());
    let workers = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                on_a_large_stack(|| {
                    loop {
                        // The lock is not held while the history runs.
                        let next = lock(&queue).pop();
                        let Some(next) = next else { break };
                        let part = run(&histories[next], &plan[next]);
                        lock(&tally).add(part);
                    }
                });
            });
        }
    });
    let tally = tally.into_inner().unwrap_or_default();
    Ok(tally.print("mutants"))
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex
        .lock()
        .unwrap_or_else(std::sync::PoisonError::into_inner)
}

fn number(variable: &str, default: u64) -> u64 {
    let value = env::var(variable).ok();
    value
        .and_then(|value| value.parse().ok())
        .unwrap_or(default)
}

/// Per history, seeds by the migration that they change. Half of the mutants are spread over the histories, and half
/// over the migrations.
fn plan(histories: &[Corpus], count: u64, seed: u64) -> Vec<BTreeMap<usize, Vec<u64>>> {
    let mut random = Random::new(seed);
    let mut plan = vec![BTreeMap::<usize, Vec<u64>>::new(); histories.len()];
    let sites: Vec<(usize, usize)> = histories
        .iter()
        .enumerate()
        .flat_map(|(history, it)| (0..it.migrations.len()).map(move |at| (history, at)))
        .collect();
    for _ in 0..count {
        let spread = random.pick(&sites).copied().unwrap_or_default();
        let (history, migration) = if random.once_in(2) {
            spread
        } else {
            let history = random.below(histories.len());
            (history, random.below(histories[history].migrations.len()))
        };
        plan[history]
            .entry(migration)
            .or_default()
            .push(random.number());
    }
    plan
}

/// Walks through a history and runs its mutants from where they start.
fn run(corpus: &Corpus, plan: &BTreeMap<usize, Vec<u64>>) -> Tally {
    let mut tally = Tally::default();
    let migrations: Vec<Migration> = corpus
        .migrations
        .iter()
        .map(|(path, text)| Migration {
            path: path.clone(),
            statements: statements(text)
                .into_iter()
                .map(|it| text[it].to_owned())
                .collect(),
            transaction: wants_transaction(text),
        })
        .collect();
    let Ok(mut pair) = Pair::new(&corpus.config, Rows::asked()) else {
        return tally;
    };
    for (at, migration) in migrations.iter().enumerate() {
        for seed in plan.get(&at).into_iter().flatten() {
            let end = migrations.len().min(at + TAIL);
            let mut tail = migrations[at..end].to_vec();
            let (Ok(Some(fork)), Ok(schema)) = (pair.fork(), pair.engine().schema()) else {
                continue;
            };
            let mut names = Names::of(&schema);
            if names.tables.is_empty() {
                names.tables.push(("t".to_owned(), vec!["a".to_owned()]));
            }
            let mut random = Random::new(*seed);
            let change = (0..20).find_map(|_| mutate(&mut random, &mut tail, &names));
            let Some(what) = change else {
                continue;
            };
            tally.tried += 1;
            match fork.run(&tail) {
                Ok(Agreement::Accepted) => tally.accepted += 1,
                Ok(Agreement::Rejected | Agreement::Stricter | Agreement::Left) => {
                    tally.rejected += 1;
                }
                Err(disagreement) => {
                    let mut all = migrations[..at].to_vec();
                    all.append(&mut tail);
                    tally.findings.push(Finding {
                        judge: Arc::new(OnSqlite {
                            config: corpus.config.clone(),
                            rows: Rows::asked(),
                        }),
                        origin: format!("{}: {what}", corpus.name),
                        migrations: all,
                        disagreement,
                    });
                }
            }
        }
        let text = migration.text();
        if pair.migrate(&migration.path, &text, migration.transaction) != Ok(Agreement::Accepted) {
            println!("{}: not replayed beyond {}", corpus.name, migration.path);
            break;
        }
    }
    tally
}
