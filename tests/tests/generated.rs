//! Statements made from the grammar: the replay gives the engine's verdict on each, and its catalog.

use std::process::ExitCode;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::{env, thread};
use tablature_schema::config::Config;
use tablature_tests::differential::{Agreement, Disagreement, Migration, Pair};
use tablature_tests::engine::Rows;
use tablature_tests::generate::Generator;
use tablature_tests::mutate::Names;
use tablature_tests::random::Random;
use tablature_tests::replayed::on_a_large_stack;
use tablature_tests::tally::{Finding, Tally};

/// Statements that are tried unless `TABLATURE_STATEMENTS` says otherwise.
const STATEMENTS: u64 = 3_000;
/// Statements of a database.
const LENGTH: usize = 30;

fn main() -> ExitCode {
    let statements = number("TABLATURE_STATEMENTS", STATEMENTS);
    let seed = number("TABLATURE_SEED", 1);
    let next = AtomicU64::new(0);
    let tally = Mutex::new(Tally::default());
    let workers = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                on_a_large_stack(|| {
                    loop {
                        let number = next.fetch_add(1, Ordering::Relaxed);
                        if number * (LENGTH as u64) >= statements {
                            break;
                        }
                        let part = database(seed.wrapping_mul(1_000_003).wrapping_add(number));
                        tally
                            .lock()
                            .unwrap_or_else(PoisonError::into_inner)
                            .add(part);
                    }
                });
            });
        }
    });
    let tally = tally.into_inner().unwrap_or_else(PoisonError::into_inner);
    tally.print("statements")
}

fn number(variable: &str, default: u64) -> u64 {
    let value = env::var(variable).ok();
    value
        .and_then(|value| value.parse().ok())
        .unwrap_or(default)
}

/// Grows a database statement by statement. What both sides reject is undone on both.
fn database(seed: u64) -> Tally {
    let mut random = Random::new(seed);
    let mut tally = Tally::default();
    let config = Config::default();
    let Ok(mut pair) = Pair::new(&config, Rows::Compile) else {
        return tally;
    };
    let mut accepted: Vec<Migration> = Vec::new();
    let find = |migrations: Vec<Migration>, disagreement: Disagreement| Finding {
        config: config.clone(),
        origin: format!("seed {seed}"),
        migrations,
        disagreement,
    };
    for _ in 0..LENGTH {
        let Ok(mut schema) = pair.engine().schema() else {
            break;
        };
        // A virtual table whose shadow tables are changed is broken, and only its module knows how.
        for database in &mut schema.databases {
            database.tables.retain(|table| table.kind != "shadow");
        }
        let names = Names::of(&schema);
        let statement = Generator::new(&mut random, &names).statement();
        let migration = Migration {
            path: format!("{:04}.sql", accepted.len() + 1),
            statements: vec![statement],
            transaction: true,
        };
        tally.tried += 1;
        let mut history = accepted.clone();
        history.push(migration.clone());
        match pair.try_migrate(&migration) {
            Ok(Agreement::Accepted) => {
                tally.accepted += 1;
                accepted.push(migration);
            }
            Ok(Agreement::Rejected) => {
                tally.rejected += 1;
                // What a migration leaves behind broken cannot be undone.
                if pair.is_broken() {
                    return tally;
                }
            }
            Err(disagreement) => {
                tally.findings.push(find(history, disagreement));
                return tally;
            }
        }
    }
    if let Err(disagreement) = pair.finish() {
        tally.findings.push(find(accepted, disagreement));
    }
    tally
}
