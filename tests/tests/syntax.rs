//! The grammar: statements with one or two wrong tokens have a syntax error here where they have one in the engine.
//!
//! The engine is asked on an empty database, so that most statements fail on a missing table there; only a syntax error
//! on one side and none on the other counts, in the direction that such a failure cannot hide.

#![expect(clippy::print_stdout, reason = "what a test saw is its output")]
#![expect(clippy::unwrap_used, reason = "what is set up here must be there")]

use rusqlite::config::DbConfig;
use rusqlite::{Connection, Error};
use std::path::{Path, PathBuf};
use std::{env, fs};
use tablature_schema::config::Rules;
use tablature_schema::sqlite::split::split;
use tablature_schema::text::FileId;
use tablature_tests::engine::statements;
use tablature_tests::mutate::tokens;
use tablature_tests::random::Random;
use tablature_tests::replayed::on_a_large_stack;
use tablature_tests::{corpus, grammar};

#[test]
fn a_wrong_token_is_a_syntax_error_where_it_is_one_in_the_engine() {
    let mut disagreements = on_a_large_stack(disagreements);
    disagreements.sort_by_key(String::len);
    disagreements.truncate(20);
    assert!(disagreements.is_empty(), "{}", disagreements.join("\n"));
}

fn disagreements() -> Vec<String> {
    let count = number("TABLATURE_MUTANTS", 5_000);
    let mut random = Random::new(u64::try_from(number("TABLATURE_SEED", 1)).unwrap_or(1));
    let pool = pool();
    let words: Vec<String> = pool.iter().flat_map(|sql| tokens(sql)).collect();
    let engine = Connection::open_in_memory().unwrap();
    engine
        .set_db_config(DbConfig::SQLITE_DBCONFIG_DQS_DML, true)
        .unwrap();
    let mut disagreements = Vec::new();
    for position in 0..pool.len() + count {
        let sql = match pool.get(position) {
            Some(sql) => sql.clone(),
            None => mutant(&mut random, &pool, &words),
        };
        if !matches!(statements(&sql).as_slice(), [one] if *one == (0..sql.len())) {
            continue;
        }
        let said = engine.prepare(&sql).map(drop).map_err(|error| match error {
            Error::SqlInputError { msg, .. } => msg,
            error => error.to_string(),
        });
        let replay = rejection(&sql);
        let agree = match &said {
            Ok(()) => replay.is_none(),
            Err(message) if is_syntax_error(message) => replay.is_some(),
            Err(_) => true,
        };
        if !agree {
            disagreements.push(format!("{sql}\n  engine: {said:?}\n  replay: {replay:?}"));
        }
    }
    println!("{} statements, {count} mutants", pool.len());
    disagreements
}

fn is_syntax_error(message: &str) -> bool {
    message.contains("syntax error")
        || message.contains("incomplete input")
        || message.contains("unrecognized token")
}

fn rejection(sql: &str) -> Option<String> {
    let pieces = split(FileId(0), sql);
    let parsed = pieces.statements.iter().flat_map(|statement| {
        tablature_schema::sqlite::parse::statement(&statement.tokens, &Rules::default()).diagnostics
    });
    let mut all = pieces.diagnostics.iter().cloned().chain(parsed);
    all.next().map(|diagnostic| diagnostic.message)
}

fn mutant(random: &mut Random, pool: &[String], words: &[String]) -> String {
    let mut tokens = tokens(random.pick(pool).unwrap());
    for _ in 0..=random.below(2) {
        let at = random.below(tokens.len());
        let other = random.below(tokens.len());
        let word = random.pick(words).unwrap().clone();
        match random.below(5) {
            _ if tokens.is_empty() => tokens.push(word),
            0 => drop(tokens.remove(at)),
            1 => tokens.insert(other, tokens[at].clone()),
            2 => tokens.swap(at, other),
            3 => tokens[at] = word,
            _ => tokens.insert(at, word),
        }
    }
    tokens.join(" ")
}

/// The statements of the cases, and of the lists and histories where they are there.
fn pool() -> Vec<String> {
    let mut texts = Vec::new();
    let mut directories = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("cases")];
    while let Some(directory) = directories.pop() {
        let mut paths: Vec<PathBuf> = fs::read_dir(directory)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .collect();
        paths.sort();
        for path in paths {
            if path.is_dir() {
                directories.push(path);
            } else if path.extension().is_some_and(|extension| extension == "sql") {
                texts.push(fs::read_to_string(path).unwrap());
            }
        }
    }
    if let Some(directory) = grammar::directory() {
        for file in ["sqlite_valid.sql", "sqlite_invalid.sql"] {
            let list = grammar::list(&directory.join(file)).unwrap();
            texts.extend(list.blocks.into_iter().map(|block| block.statement));
        }
    }
    if let Some(directory) = corpus::directory() {
        for history in corpus::histories(&directory).unwrap() {
            texts.extend(history.migrations.into_iter().map(|(_, text)| text));
        }
    }
    let pieces = texts
        .iter()
        .flat_map(|text| statements(text).into_iter().map(|it| text[it].to_owned()));
    // The long ones are those of limits.
    pieces.filter(|sql| sql.len() < 3_000).collect()
}

fn number(variable: &str, default: usize) -> usize {
    let value = env::var(variable).ok();
    value
        .and_then(|value| value.parse().ok())
        .unwrap_or(default)
}
