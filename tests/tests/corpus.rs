//! Public histories: the replay accepts what the engine accepts and has its catalog after every migration.

#![expect(clippy::print_stdout, reason = "what a test saw is its output")]

use libtest_mimic::{Arguments, Trial};
use std::io;
use std::sync::{Arc, Mutex, PoisonError};
use tablature_tests::case::wants_transaction;
use tablature_tests::corpus::{self, Corpus};
use tablature_tests::differential::{Agreement, Pair};
use tablature_tests::engine::{Rows, statements};
use tablature_tests::replayed::on_a_large_stack;

/// A line of the table.
struct Line {
    history: String,
    migrations: usize,
    statements: usize,
    agreed: usize,
}

fn main() -> io::Result<()> {
    let arguments = Arguments::from_args();
    let Some(directory) = corpus::directory() else {
        println!("TABLATURE_CORPUS is not set: no public history was replayed");
        return Ok(());
    };
    let table = Arc::new(Mutex::new(Vec::new()));
    let trials = corpus::histories(&directory)?
        .into_iter()
        .map(|history| {
            let table = Arc::clone(&table);
            Trial::test(history.name.clone(), move || {
                let (line, verdict) = on_a_large_stack(|| replay(&history));
                let mut table = table.lock().unwrap_or_else(PoisonError::into_inner);
                table.push(line);
                Ok(verdict?)
            })
        })
        .collect();
    let conclusion = libtest_mimic::run(&arguments, trials);
    print(&table.lock().unwrap_or_else(PoisonError::into_inner));
    conclusion.exit()
}

fn replay(history: &Corpus) -> (Line, Result<(), String>) {
    let mut line = Line {
        history: history.name.clone(),
        migrations: history.migrations.len(),
        statements: history
            .migrations
            .iter()
            .map(|(_, text)| statements(text).len())
            .sum(),
        agreed: 0,
    };
    let verdict = compare(history, &mut line.agreed);
    (line, verdict)
}

fn compare(history: &Corpus, agreed: &mut usize) -> Result<(), String> {
    let mut pair = Pair::new(&history.config, Rows::Run).map_err(|error| error.to_string())?;
    for (path, text) in &history.migrations {
        match pair.migrate(path, text, wants_transaction(text)) {
            Ok(Agreement::Accepted) => *agreed += 1,
            Ok(Agreement::Rejected) => return Err(format!("{path}: both sides reject it")),
            Ok(Agreement::Left) => {
                return Err(format!("{path}: something is not installed"));
            }
            Ok(Agreement::Stricter) => return Err(format!("{path}: a lint rejects it")),
            Err(disagreement) => return Err(format!("{path}: {disagreement}")),
        }
    }
    match pair.finish() {
        Ok(_) => Ok(()),
        Err(disagreement) => Err(format!("at the end: {disagreement}")),
    }
}

fn print(table: &[Line]) {
    let mut lines: Vec<&Line> = table.iter().collect();
    lines.sort_by(|a, b| a.history.cmp(&b.history));
    println!(
        "{:<24}{:>12}{:>12}{:>10}",
        "history", "migrations", "statements", "agreed"
    );
    for line in &lines {
        println!(
            "{:<24}{:>12}{:>12}{:>10}",
            line.history, line.migrations, line.statements, line.agreed
        );
    }
    let sum = |of: fn(&Line) -> usize| lines.iter().map(|line| of(line)).sum::<usize>();
    println!(
        "{:<24}{:>12}{:>12}{:>10}",
        "all",
        sum(|line| line.migrations),
        sum(|line| line.statements),
        sum(|line| line.agreed)
    );
}
