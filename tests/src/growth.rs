//! Databases that grow by generated statements, on both sides.

use crate::differential::{Agreement, Disagreement, Kind, Migration, OnSqlite, Pair};
use crate::engine::Rows;
use crate::generate::Generator;
use crate::mutate::Names;
use crate::random::Random;
use crate::replayed::on_a_large_stack;
use crate::tally::{Finding, Tally};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::{env, thread};
use tablature_schema::config::{Config, Level};
use tablature_schema::diagnostic::Code;

/// Statements of a database.
const LENGTH: usize = 30;

/// What a database grows by.
#[derive(Debug, Clone, Copy)]
pub struct Growth {
    /// Makes a statement over the names of the catalog as it is.
    pub statement: fn(&mut Generator<'_>) -> String,
    /// Whether its rows are there. What only they show is then counted and no disagreement: the replay knows some rows.
    pub rows: Rows,
}

/// Makes as many statements as `TABLATURE_STATEMENTS` says, or `statements`, from the seed `TABLATURE_SEED`.
#[must_use]
pub fn grow(growth: Growth, statements: u64) -> Tally {
    let statements = number("TABLATURE_STATEMENTS", statements);
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
                        let part =
                            database(growth, seed.wrapping_mul(1_000_003).wrapping_add(number));
                        tally
                            .lock()
                            .unwrap_or_else(PoisonError::into_inner)
                            .add(part);
                    }
                });
            });
        }
    });
    tally.into_inner().unwrap_or_else(PoisonError::into_inner)
}

fn number(variable: &str, default: u64) -> u64 {
    let value = env::var(variable).ok();
    value
        .and_then(|value| value.parse().ok())
        .unwrap_or(default)
}

/// Grows a database statement by statement. What both sides reject is undone on both.
fn database(growth: Growth, seed: u64) -> Tally {
    let mut random = Random::new(seed);
    let mut tally = Tally::default();
    let mut config = Config::default();
    // Parameters are a part of the grammar.
    config.lints.insert(Code::BoundParameter, Level::Allow);
    let Ok(mut pair) = Pair::new(&config, growth.rows) else {
        return tally;
    };
    let mut accepted: Vec<Migration> = Vec::new();
    let find = |migrations: Vec<Migration>, disagreement: Disagreement| Finding {
        judge: Arc::new(OnSqlite {
            config: config.clone(),
            rows: growth.rows,
        }),
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
        let statement = (growth.statement)(&mut Generator::new(&mut random, &names));
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
            // The engine has what the replay refuses, and they part here.
            Ok(Agreement::Stricter | Agreement::Left) => {
                tally.rejected += 1;
                return tally;
            }
            Ok(Agreement::Rejected) => {
                tally.rejected += 1;
                // What a migration leaves behind broken cannot be undone.
                if pair.is_broken() {
                    return tally;
                }
            }
            Err(disagreement) if disagreement.ran && disagreement.kind == Kind::FalselyAccepted => {
                tally.left += 1;
                return tally;
            }
            Err(disagreement) => {
                tally.findings.push(find(history, disagreement));
                return tally;
            }
        }
    }
    // What is temporary goes on both sides, as at the start of any migration.
    let last = Migration {
        path: format!("{:04}.sql", accepted.len() + 1),
        statements: Vec::new(),
        transaction: true,
    };
    let finished = pair.try_migrate(&last).and_then(|_| pair.finish());
    accepted.push(last);
    if let Err(disagreement) = finished {
        tally.findings.push(find(accepted, disagreement));
    }
    tally
}
