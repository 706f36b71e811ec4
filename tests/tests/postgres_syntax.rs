//! PostgreSQL's grammar: statements with one or two wrong tokens have a syntax error here where they have one in the server.
//!
//! The server is asked on an empty database, so that most statements fail on a missing table there. Its parser runs first,
//! so that whatever it says of names tells that the statement was read.

#![expect(clippy::print_stdout, reason = "what a test saw is its output")]
#![expect(clippy::unwrap_used, reason = "what is set up here must be there")]

use std::collections::BTreeMap;
use std::env;
use tablature_schema::postgres::parse;
use tablature_schema::postgres::split::split;
use tablature_schema::text::FileId;
use tablature_test_server::shared;
use tablature_tests::differential::Migration;
use tablature_tests::postgres::boundaries::statements;
use tablature_tests::postgres::corpus as histories;
use tablature_tests::postgres::engine::{Engine, Failure};
use tablature_tests::postgres::globals::Globals;
use tablature_tests::postgres::mutate::{Names, mutate};
use tablature_tests::postgres::tokens::tokens;
use tablature_tests::random::Random;
use tablature_tests::replayed::on_a_large_stack;
use tablature_tests::{corpus, grammar};

/// The major version of the rules.
const VERSION: u32 = 15;

/// What the server says of names, types and rows only after it has read the whole statement.
const AFTER_PARSING: &[&str] = &[
    "42P01", "42703", "42704", "42883", "3F000", "42P07", "42710", "42701", "42804", "42846",
    "25001", "2BP01", "42P16", "23505", "23502", "42723", "42712",
];

#[test]
fn a_wrong_token_is_a_syntax_error_where_it_is_one_in_the_server() {
    let Some(server) = shared() else { return };
    let _globals = Globals::keep(server).unwrap();
    let mut engine = Engine::new(server, &[]).unwrap();
    let mut disagreements = on_a_large_stack(|| disagreements(&mut engine));
    disagreements.sort_by_key(String::len);
    let mut kinds: BTreeMap<String, (usize, String)> = BTreeMap::new();
    for disagreement in disagreements {
        // The words without the names.
        let kind: Vec<&str> = disagreement.lines().rev().take(2).collect();
        let kind: Vec<&str> = kind
            .iter()
            .flat_map(|line| line.split(['"', '`']).step_by(2))
            .collect();
        let entry = kinds.entry(kind.join(" _ ")).or_insert((0, disagreement));
        entry.0 += 1;
    }
    let mut kinds: Vec<(usize, String)> = kinds.into_values().collect();
    kinds.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
    kinds.truncate(30);
    let kinds: Vec<String> = kinds
        .into_iter()
        .map(|(count, text)| format!("=== {count} × {text}"))
        .collect();
    assert!(kinds.is_empty(), "{}", kinds.join("\n"));
}

fn disagreements(engine: &mut Engine) -> Vec<String> {
    let count = number("TABLATURE_MUTANTS", 2_000);
    let mut random = Random::new(number("TABLATURE_SEED", 1));
    let pool = pool();
    let words: Vec<String> = pool.iter().flat_map(|sql| tokens(sql)).collect();
    let all = if count > 10_000 { pool.len() } else { 0 };
    let mut disagreements = Vec::new();
    for position in 0..all + usize::try_from(count).unwrap() {
        let sql = match pool.get(position).filter(|_| position < all) {
            Some(sql) => sql.clone(),
            None => mutant(&mut random, &pool, &words),
        };
        // The body of a DO block is read by its language.
        let is_block = sql
            .get(..2)
            .is_some_and(|word| word.eq_ignore_ascii_case("do"));
        if is_block || !matches!(statements(&sql).as_slice(), [one] if *one == (0..sql.len())) {
            continue;
        }
        let Ok(said) = engine.trial(|engine| engine.migrate(&sql, true)) else {
            continue;
        };
        let replay = rejection(&sql);
        let agree = match &said {
            Ok(_) => replay.is_none(),
            Err(failure) if is_syntax_error(failure) => replay.is_some(),
            Err(failure) => replay.is_none() || !AFTER_PARSING.contains(&failure.code.as_str()),
        };
        if !agree {
            let said = said.map_or_else(
                |failure| format!("{} {}", failure.code, failure.message),
                |_| "accepts".to_owned(),
            );
            disagreements.push(format!("{sql}\n  engine: {said}\n  replay: {replay:?}"));
        }
    }
    println!("{} statements and mutants of them", pool.len());
    disagreements
}

fn is_syntax_error(failure: &Failure) -> bool {
    // One without a place in the statement is in the body of a block or function.
    failure.code == "42601"
        && failure.position.is_some()
        && failure.message.starts_with("syntax error")
}

fn rejection(sql: &str) -> Option<String> {
    let split = split(FileId(0), sql);
    let mut diagnostics = split.diagnostics;
    for statement in &split.statements {
        diagnostics.extend(parse::statement(&statement.tokens, VERSION).diagnostics);
    }
    diagnostics.into_iter().next().map(|it| it.message)
}

/// Statements to begin with.
fn pool() -> Vec<String> {
    let mut pool: Vec<String> = Vec::new();
    if let Some(directory) = grammar::directory() {
        for file in ["postgres_valid.sql", "postgres_invalid.sql"] {
            let list = grammar::list(&directory.join(file)).unwrap();
            pool.extend(list.blocks.into_iter().map(|block| block.statement));
        }
    }
    if let Some(directory) = corpus::directory() {
        for history in histories::histories(&directory).unwrap() {
            let statements = history.migrations.into_iter().flat_map(|it| it.statements);
            pool.extend(statements.filter(|it| it.len() < 3_000));
        }
    }
    if pool.is_empty() {
        pool.extend(
            [
                "CREATE TABLE t (a int DEFAULT 1 CHECK (a > 0))",
                "SELECT a, b FROM t WHERE a IN (1, 2)",
            ]
            .map(str::to_owned),
        );
    }
    pool
}

fn mutant(random: &mut Random, pool: &[String], words: &[String]) -> String {
    let sql = random.pick(pool).cloned().unwrap_or_default();
    if random.once_in(3) {
        let mut migrations = [Migration {
            path: String::new(),
            statements: vec![sql.clone()],
            transaction: true,
        }];
        let mut names = Names::default();
        names
            .shared
            .tables
            .push(("t".to_owned(), vec!["a".to_owned(), "b".to_owned()]));
        mutate(random, &mut migrations, &names);
        let [migration] = migrations;
        return migration.statements.into_iter().next().unwrap_or(sql);
    }
    let mut tokens = tokens(&sql);
    for _ in 0..1 + random.below(2) {
        let at = random.below(tokens.len());
        let word = random.pick(words).cloned().unwrap_or_default();
        match random.below(4) {
            0 if tokens.len() > 1 => {
                tokens.remove(at);
            }
            1 => tokens.insert(at, word),
            2 => {
                let other = random.below(tokens.len());
                tokens.swap(at, other);
            }
            _ => {
                if let Some(token) = tokens.get_mut(at) {
                    *token = word;
                }
            }
        }
    }
    tokens.join(" ")
}

fn number(variable: &str, default: u64) -> u64 {
    let value = env::var(variable).ok();
    value
        .and_then(|value| value.parse().ok())
        .unwrap_or(default)
}
