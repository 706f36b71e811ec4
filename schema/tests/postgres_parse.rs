//! What PostgreSQL's grammar takes and refuses, where an error is, versions of the engine, hostile statements.

#![cfg(feature = "postgres")]
#![expect(
    clippy::panic,
    clippy::unwrap_used,
    reason = "the helpers of the tests fail the test"
)]

use tablature_schema::diagnostic::{Code, Diagnostic};
use tablature_schema::postgres::parse;
use tablature_schema::postgres::split::split;
use tablature_schema::text::FileId;

const OLDEST: u32 = 15;

/// What is wrong with a text of one statement.
fn mistakes(sql: &str, version: u32) -> Vec<Diagnostic> {
    let file = split(FileId(0), sql);
    let mut diagnostics = file.diagnostics;
    for statement in &file.statements {
        let parsed = parse::statement(&statement.tokens, version);
        diagnostics.extend(parsed.diagnostics);
    }
    diagnostics
}

/// The text at the only mistake, and its message.
fn error(sql: &str) -> (&str, String) {
    match mistakes(sql, OLDEST).as_slice() {
        [one] => {
            let span = one.primary.span;
            (
                sql.get(span.start as usize..span.end as usize).unwrap(),
                one.message.clone(),
            )
        }
        other => panic!("not one mistake but {other:?}: {sql}"),
    }
}

#[test]
fn every_rule_of_the_grammar_is_read() {
    let text = include_str!("postgres/accepted.sql");
    let file = split(FileId(0), text);
    assert_eq!(file.diagnostics, []);
    assert!(file.statements.len() > 200);
    for version in [15, 18] {
        for statement in &file.statements {
            let span = statement.span;
            let sql = &text[span.start as usize..span.end as usize];
            let parsed = parse::statement(&statement.tokens, version);
            assert_eq!(parsed.diagnostics, [], "{sql}");
            assert_eq!(parsed.statement.unwrap().span, span, "{sql}");
        }
    }
}

#[test]
fn what_the_engine_refuses_is_refused() {
    let text = include_str!("postgres/rejected.sql");
    for line in text.lines().filter(|line| !line.starts_with("--")) {
        assert!(!mistakes(line, OLDEST).is_empty(), "{line}");
    }
}

#[test]
fn an_error_is_where_the_engine_stops() {
    for (sql, at, message) in [
        (
            "CREATE TABLE t (a int AUTO_INCREMENT)",
            "AUTO_INCREMENT",
            "expected `,` or `)`, found `AUTO_INCREMENT`",
        ),
        (
            "CREATE TABLE order (a int)",
            "order",
            "expected a table, found the keyword `order`",
        ),
        (
            "DROP TRIGGER t",
            "",
            "expected `ON`, found the end of the statement",
        ),
        (
            "ALTER TABLE t RENAME TO a.b",
            ".",
            "expected `;`, found `.`",
        ),
    ] {
        assert_eq!(error(sql), (at, message.to_owned()), "{sql}");
    }
}

#[test]
fn newer_features_name_the_version_that_has_them() {
    for (sql, since) in [
        ("SELECT 0x1F", 16),
        ("SELECT 1_000", 16),
        ("CREATE TABLE t (a text STORAGE plain)", 16),
        ("ALTER TABLE t ALTER a SET EXPRESSION AS (1)", 17),
        ("CREATE TABLE t (a int GENERATED ALWAYS AS (1) VIRTUAL)", 18),
        ("CREATE TABLE t (a int, UNIQUE (a WITHOUT OVERLAPS))", 18),
    ] {
        let old = mistakes(sql, since - 1);
        let codes: Vec<Code> = old.iter().map(|one| one.code).collect();
        assert_eq!(codes, [Code::NeedsNewerEngine], "{sql}");
        assert_eq!(mistakes(sql, since), [], "{sql}");
    }
}

#[test]
fn nesting_has_an_end() {
    let deep = 20_000;
    let run = move || {
        for (open, inner, close) in [
            ("EXPLAIN ", "SELECT 1", ""),
            ("CREATE SCHEMA a ", "", ""),
            ("SELECT f(", "1", ")"),
            ("SELECT CASE WHEN ", "1", ""),
            ("SELECT NOT ", "1", ""),
            ("SELECT (", "1", ")"),
        ] {
            let (first, rest) = match open.strip_prefix("SELECT ") {
                Some(rest) => ("SELECT ", rest),
                None => ("", open),
            };
            let sql = format!("{first}{}{inner}{}", rest.repeat(deep), close.repeat(deep));
            let codes: Vec<Code> = mistakes(&sql, OLDEST).iter().map(|one| one.code).collect();
            assert_eq!(codes, [Code::LimitExceeded], "{open}");
        }
    };
    // As large as the stack on which checking runs.
    let thread = std::thread::Builder::new().stack_size(256 << 20);
    thread.spawn(run).unwrap().join().unwrap();
}
