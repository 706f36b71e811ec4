//! Statements made from PostgreSQL's grammar over the names of a growing database, verdict and catalog.

use std::process::ExitCode;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::{env, thread};
use tablature_test_server::{Server, shared};
use tablature_tests::differential::{Agreement, Kind, Migration};
use tablature_tests::postgres::generate::Generator;
use tablature_tests::postgres::mutate::Names;
use tablature_tests::postgres::pair::{OnPostgres, Pair};
use tablature_tests::random::Random;
use tablature_tests::replayed::on_a_large_stack;
use tablature_tests::tally::{Finding, Tally};

/// Statements of a database.
const LENGTH: u64 = 40;

fn main() -> ExitCode {
    let Some(server) = shared() else {
        return ExitCode::SUCCESS;
    };
    let seed = number("TABLATURE_SEED", 1);
    let databases = number("TABLATURE_STATEMENTS", 800).div_ceil(LENGTH);
    let next = AtomicU64::new(0);
    let tally = Mutex::new(Tally::default());
    let workers = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                on_a_large_stack(|| {
                    loop {
                        let number = next.fetch_add(1, Ordering::Relaxed);
                        if number >= databases {
                            break;
                        }
                        let part = grow(server, seed.wrapping_mul(1_000_003).wrapping_add(number));
                        let mut tally = tally.lock().unwrap_or_else(PoisonError::into_inner);
                        tally.add(part);
                    }
                });
            });
        }
    });
    let tally = tally.into_inner().unwrap_or_default();
    tally.print("statements")
}

fn number(variable: &str, default: u64) -> u64 {
    let value = env::var(variable).ok();
    value
        .and_then(|value| value.parse().ok())
        .unwrap_or(default)
}

/// Grows a database statement by statement. What both sides reject is undone on both.
fn grow(server: &Server, seed: u64) -> Tally {
    let mut tally = Tally::default();
    let mut random = Random::new(seed);
    let Ok(mut pair) = Pair::new(server, &[]) else {
        return tally;
    };
    let mut accepted: Vec<Migration> = Vec::new();
    for _ in 0..LENGTH {
        let Ok(schema) = pair.engine().describe() else {
            break;
        };
        let names = Names::of(&schema);
        let migration = Migration {
            path: format!("{:04}.sql", accepted.len() + 1),
            statements: vec![Generator::new(&mut random, &names).statement()],
            transaction: true,
        };
        tally.tried += 1;
        match pair.try_migrate(&migration) {
            Ok(Agreement::Accepted) => {
                tally.accepted += 1;
                accepted.push(migration);
            }
            Ok(Agreement::Rejected | Agreement::Stricter) => tally.rejected += 1,
            Ok(Agreement::Left) => tally.left += 1,
            Err(disagreement) if disagreement.ran && disagreement.kind == Kind::FalselyAccepted => {
                tally.left += 1;
            }
            Err(disagreement) => {
                let mut migrations = accepted.clone();
                migrations.push(migration);
                let parted = disagreement.kind == Kind::Catalog;
                tally.findings.push(Finding {
                    judge: Arc::new(OnPostgres { roles: Vec::new() }),
                    origin: format!("seed {seed}"),
                    migrations,
                    disagreement,
                });
                // Of a statement on which only the verdicts differ, nothing stays on either side.
                if parted {
                    break;
                }
            }
        }
    }
    tally
}
