//! Mutants of the public PostgreSQL histories: the replay gives the server's verdict on each, and its catalog.

#![expect(clippy::print_stdout, reason = "what a test saw is its output")]

use std::process::ExitCode;
use std::sync::{Arc, Mutex, PoisonError};
use std::{env, io, thread};
use tablature_test_server::{Server, shared};
use tablature_tests::corpus::directory;
use tablature_tests::differential::{Agreement, Kind};
use tablature_tests::postgres::corpus::{self, Corpus};
use tablature_tests::postgres::mutate::{Names, mutate};
use tablature_tests::postgres::pair::{OnPostgres, Pair};
use tablature_tests::random::Random;
use tablature_tests::replayed::on_a_large_stack;
use tablature_tests::tally::{Finding, Tally};

/// How many migrations after the change are applied too.
const TAIL: usize = 3;

fn main() -> io::Result<ExitCode> {
    let Some(directory) = directory() else {
        println!("TABLATURE_CORPUS is not set: no public history was changed");
        return Ok(ExitCode::SUCCESS);
    };
    let Some(server) = shared() else {
        return Ok(ExitCode::SUCCESS);
    };
    let mut histories = corpus::histories(&directory)?;
    if let Ok(only) = env::var("TABLATURE_HISTORY") {
        histories.retain(|history| history.name == only);
    }
    let count = number("TABLATURE_MUTANTS", 300);
    let mut random = Random::new(number("TABLATURE_SEED", 1));
    let mut plan: Vec<Vec<Vec<u64>>> = histories
        .iter()
        .map(|history| vec![Vec::new(); history.migrations.len()])
        .collect();
    for _ in 0..count {
        let history = random.below(plan.len());
        let seed = random.number();
        let sites = plan.get_mut(history);
        let site = sites.and_then(|sites| {
            let at = random.below(sites.len());
            sites.get_mut(at)
        });
        if let Some(seeds) = site {
            seeds.push(seed);
        }
    }
    let queue = Mutex::new(histories.iter().zip(&plan).collect::<Vec<_>>());
    let tally = Mutex::new(Tally::default());
    let workers = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                on_a_large_stack(|| {
                    loop {
                        let next = queue.lock().unwrap_or_else(PoisonError::into_inner).pop();
                        let Some((history, plan)) = next else { break };
                        let part = run(server, history, plan);
                        let mut tally = tally.lock().unwrap_or_else(PoisonError::into_inner);
                        tally.add(part);
                    }
                });
            });
        }
    });
    let tally = tally.into_inner().unwrap_or_default();
    Ok(tally.print("mutants"))
}

fn number(variable: &str, default: u64) -> u64 {
    let value = env::var(variable).ok();
    value
        .and_then(|value| value.parse().ok())
        .unwrap_or(default)
}

/// Walks through a history and runs its mutants from where they start.
fn run(server: &Server, history: &Corpus, plan: &[Vec<u64>]) -> Tally {
    let mut tally = Tally::default();
    let Ok(mut pair) = Pair::new(server, &history.roles) else {
        return tally;
    };
    let last = plan.iter().rposition(|seeds| !seeds.is_empty());
    let judge = Arc::new(OnPostgres {
        roles: history.roles.clone(),
    });
    for (at, seeds) in plan
        .iter()
        .enumerate()
        .take(last.map_or(0, |last| last + 1))
    {
        let end = history.migrations.len().min(at + TAIL);
        let tail = history.migrations.get(at..end).unwrap_or_default();
        let names = match (seeds.is_empty(), pair.engine().describe()) {
            (true, _) | (_, Err(_)) => Names::default(),
            (false, Ok(schema)) => Names::of(&schema),
        };
        for seed in seeds {
            let mut tail = tail.to_vec();
            let mut random = Random::new(*seed);
            let change = (0..20).find_map(|_| mutate(&mut random, &mut tail, &names));
            let Some(what) = change else {
                continue;
            };
            tally.tried += 1;
            match pair.trial(&tail) {
                Ok(Agreement::Accepted) => tally.accepted += 1,
                Ok(Agreement::Rejected | Agreement::Stricter) => tally.rejected += 1,
                Ok(Agreement::Left) => tally.left += 1,
                Err(disagreement)
                    if disagreement.ran && disagreement.kind == Kind::FalselyAccepted =>
                {
                    tally.left += 1;
                }
                Err(disagreement) => {
                    let mut migrations = history.migrations.get(..at).unwrap_or_default().to_vec();
                    migrations.append(&mut tail);
                    tally.findings.push(Finding {
                        judge: Arc::clone(&judge) as _,
                        origin: format!("{}: {what}", history.name),
                        migrations,
                        disagreement,
                    });
                }
            }
        }
        let Some(migration) = history.migrations.get(at) else {
            break;
        };
        match pair.follow(&mut migration.clone()) {
            Ok(Agreement::Accepted | Agreement::Left) => {}
            _ => {
                println!("{}: not replayed beyond {}", history.name, migration.path);
                break;
            }
        }
    }
    tally
}
