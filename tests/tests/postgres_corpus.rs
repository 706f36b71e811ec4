//! Public PostgreSQL histories: the replay gives the server's catalog after each migration.

#![expect(clippy::print_stdout, reason = "what a test saw is its output")]

use libtest_mimic::{Arguments, Trial};
use std::io;
use std::sync::{Arc, Mutex, PoisonError};
use tablature_test_server::{Server, shared};
use tablature_tests::corpus::directory;
use tablature_tests::differential::{Agreement, Kind};
use tablature_tests::postgres::corpus::{self, Corpus};
use tablature_tests::postgres::pair::{Blocks, Pair};
use tablature_tests::replayed::on_a_large_stack;

/// What became of a history.
#[derive(Debug, Default)]
struct Line {
    history: String,
    migrations: usize,
    statements: usize,
    agreed: usize,
    accepted: usize,
    rejected: usize,
    catalogs: usize,
    blocks: Blocks,
    findings: Vec<String>,
}

fn main() -> io::Result<()> {
    let arguments = Arguments::from_args();
    let Some(directory) = directory() else {
        println!("TABLATURE_CORPUS is not set: no public history was replayed");
        return Ok(());
    };
    let Some(server) = shared() else {
        return Ok(());
    };
    let table: Arc<Mutex<Vec<Line>>> = Arc::default();
    let trials = corpus::histories(&directory)?.into_iter().map(|history| {
        let table = Arc::clone(&table);
        Trial::test(history.name.clone(), move || {
            let line = on_a_large_stack(|| replay(server, &history));
            let verdict = match line.findings.is_empty() {
                true => Ok(()),
                false => Err(line.findings.join("\n").into()),
            };
            let mut table = table.lock().unwrap_or_else(PoisonError::into_inner);
            table.push(line);
            verdict
        })
    });
    let conclusion = libtest_mimic::run(&arguments, trials.collect());
    let mut table = table.lock().unwrap_or_else(PoisonError::into_inner);
    table.sort_by(|a, b| a.history.cmp(&b.history));
    print(&table);
    drop(table);
    conclusion.exit()
}

/// Replays a history to its end, whatever differs on the way.
fn replay(server: &'static Server, history: &Corpus) -> Line {
    let mut line = Line {
        history: history.name.clone(),
        migrations: history.migrations.len(),
        ..Line::default()
    };
    let mut pair = match Pair::new(server, &history.roles) {
        Ok(pair) => pair,
        Err(error) => {
            line.findings.push(error.to_string());
            return line;
        }
    };
    let mut seen = None;
    for migration in &history.migrations {
        line.statements += migration.statements.len();
        let disagreement = match pair.follow(&mut migration.clone()) {
            Ok(Agreement::Accepted | Agreement::Left) => {
                line.agreed += 1;
                continue;
            }
            Ok(agreement) => {
                line.findings
                    .push(format!("{}: {agreement:?}", migration.path));
                continue;
            }
            Err(disagreement) => disagreement,
        };
        match disagreement.kind {
            Kind::FalselyAccepted => line.accepted += 1,
            Kind::FalselyRejected => line.rejected += 1,
            Kind::Catalog => {
                // What differs once differs ever after.
                if seen.as_ref() == Some(&disagreement.detail) {
                    continue;
                }
                line.catalogs += 1;
                seen = Some(disagreement.detail.clone());
            }
        }
        line.findings
            .push(format!("{}: {disagreement}", migration.path));
    }
    line.blocks = pair.blocks();
    line
}

fn print(table: &[Line]) {
    println!(
        "{:<30}{:>12}{:>12}{:>9}{:>18}{:>18}{:>22}{:>11}{:>10}{:>8}",
        "history",
        "migrations",
        "statements",
        "agreed",
        "falsely accepted",
        "falsely rejected",
        "catalog differences",
        "DO blocks",
        "declared",
        "opaque"
    );
    let row = |name: &str, numbers: [usize; 9]| {
        let [
            migrations,
            statements,
            agreed,
            accepted,
            rejected,
            catalogs,
            blocks,
            declared,
            opaque,
        ] = numbers;
        println!(
            "{name:<30}{migrations:>12}{statements:>12}{agreed:>9}{accepted:>18}{rejected:>18}{catalogs:>22}{blocks:>11}{declared:>10}{opaque:>8}"
        );
    };
    let numbers = |line: &Line| {
        [
            line.migrations,
            line.statements,
            line.agreed,
            line.accepted,
            line.rejected,
            line.catalogs,
            line.blocks.all,
            line.blocks.declared,
            line.blocks.opaque,
        ]
    };
    let mut all = [0; 9];
    for line in table {
        let numbers = numbers(line);
        row(&line.history, numbers);
        for (sum, number) in all.iter_mut().zip(numbers) {
            *sum += number;
        }
    }
    row("all", all);
}
