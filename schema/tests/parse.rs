//! What parsing gives: texts as the engine reports them, limits, versions of the engine, where an error is.

#![expect(
    clippy::panic,
    clippy::unwrap_used,
    reason = "the helpers of the tests fail the test"
)]

use tablature_schema::config::{EngineVersion, Rules};
use tablature_schema::diagnostic::Code;
use tablature_schema::sqlite::ast::{
    ColumnConstraintKind, ExprKind, FromSource, ResultColumn, SelectCore, StatementKind, TableBody,
};
use tablature_schema::sqlite::parse::{self, Parsed};
use tablature_schema::sqlite::split::split;
use tablature_schema::text::FileId;

fn parse_with(sql: &str, rules: &Rules) -> Parsed {
    let file = split(FileId(0), sql);
    assert_eq!(file.statements.len(), 1, "{sql}");
    parse::statement(&file.statements[0].tokens, rules)
}

fn parse(sql: &str) -> Parsed {
    parse_with(sql, &Rules::default())
}

fn valid(sql: &str) -> StatementKind {
    let parsed = parse(sql);
    assert_eq!(parsed.diagnostics, [], "{sql}");
    match parsed.statement {
        Some(statement) => statement.kind,
        None => panic!("no statement and no diagnostic: {sql}"),
    }
}

/// The code, the text at the error, and the message.
fn error(sql: &str) -> (Code, &str, String) {
    let parsed = parse(sql);
    match parsed.diagnostics.as_slice() {
        [one] => {
            let span = one.primary.span;
            let text = &sql[span.start as usize..span.end as usize];
            (one.code, text, one.message.clone())
        }
        other => panic!("not one diagnostic but {other:?}: {sql}"),
    }
}

fn columns(sql: &str) -> Vec<tablature_schema::sqlite::ast::ColumnDefinition> {
    match valid(sql) {
        StatementKind::CreateTable(table) => match table.body {
            TableBody::Columns { columns, .. } => columns,
            TableBody::Query(_) => panic!("{sql}"),
        },
        other => panic!("{other:?}"),
    }
}

fn result_columns(sql: &str) -> Vec<ResultColumn> {
    match valid(sql) {
        StatementKind::Select(query) => match query.arms.into_iter().next().map(|arm| arm.core) {
            Some(SelectCore::Select(select)) => select.columns,
            other => panic!("{other:?}"),
        },
        other => panic!("{other:?}"),
    }
}

// The expected texts of the next three tests are what SQLite 3.54.1 reports.

#[test]
fn types_are_as_the_engine_reports_them() {
    let columns = columns(
        "CREATE TABLE x(a VARCHAR  ( 10 , +2 ), b \"a b\" c, c int generated always as (1), \
         d longlonglong always, e 'x''y' z, f `a``b`, g [q] , h generated always, i a/*c*/b, \
         j x \"y\", k generated  always as (1), l always, m \"aa\" \"bb\", n INT GENERATED/**/ALWAYS)",
    );
    let types: Vec<_> = columns
        .iter()
        .map(|column| column.type_name.as_ref().map(|name| name.text.as_str()))
        .collect();
    assert_eq!(
        types,
        [
            Some("VARCHAR  ( 10 , +2 )"),
            Some("a b"),
            Some("int"),
            Some("longlonglong"),
            Some("x'y"),
            Some("a`b"),
            Some("q"),
            None,
            Some("a/*c*/b"),
            Some("x \"y\""),
            None,
            Some("always"),
            Some("aa"),
            Some("INT GENERATED/**/"),
        ]
    );
}

#[test]
fn defaults_are_as_the_engine_reports_them() {
    let columns = columns(
        "CREATE TABLE x(a DEFAULT  -1, b DEFAULT - /*c*/ 1, c DEFAULT ( /*a*/ 1 + 2 -- b\n ), \
         d DEFAULT 'x''y', e DEFAULT \"q\", f DEFAULT foo, g DEFAULT TRUE, \
         h DEFAULT CURRENT_timestamp, i DEFAULT +1.50, j DEFAULT 1_000, k DEFAULT (1)/*t*/, \
         l DEFAULT [br], m DEFAULT((1)), n DEFAULT indexed NOT NULL)",
    );
    let defaults: Vec<_> = columns
        .iter()
        .filter_map(|column| match &column.constraints.first()?.kind {
            ColumnConstraintKind::Default { text, .. } => Some(text.as_str()),
            _ => None,
        })
        .collect();
    assert_eq!(
        defaults,
        [
            "-1",
            "- /*c*/ 1",
            "/*a*/ 1 + 2 -- b",
            "'x''y'",
            "\"q\"",
            "foo",
            "TRUE",
            "CURRENT_timestamp",
            "+1.50",
            "1_000",
            "1",
            "[br]",
            "(1)",
            "indexed"
        ]
    );
}

#[test]
fn result_columns_are_named_as_the_engine_names_them() {
    let columns = result_columns(
        "SELECT a  + /*x*/ b /*y*/ , c -- z\n , 'a', (a), a /*q*/ AS k, count( * ) /*w*/ FROM t",
    );
    let texts: Vec<_> = columns
        .iter()
        .map(|column| match column {
            ResultColumn::Expr { text, .. } => text.as_str(),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(
        texts,
        [
            "a  + /*x*/ b /*y*/",
            "c -- z",
            "'a'",
            "(a)",
            "a /*q*/",
            "count( * ) /*w*/"
        ]
    );
}

#[test]
fn the_arguments_of_a_module_are_its_own() {
    let arguments = match valid(
        "CREATE VIRTUAL TABLE v USING fts5(a, b /*c*/ UNINDEXED , tokenize = 'x (y', (p, (q)), )",
    ) {
        StatementKind::CreateVirtualTable(table) => table.arguments,
        other => panic!("{other:?}"),
    };
    let texts: Vec<_> = arguments
        .iter()
        .map(|argument| argument.text.as_str())
        .collect();
    assert_eq!(
        texts,
        [
            "a",
            "b /*c*/ UNINDEXED",
            "tokenize = 'x (y'",
            "(p, (q))",
            ""
        ]
    );
}

#[test]
fn window_over_and_filter_are_names_unless_their_neighbours_say_otherwise() {
    for sql in [
        "SELECT 1 over, 2 filter, 3 window",
        "SELECT window, over, filter FROM window",
        "SELECT count(*) FILTER (WHERE a) OVER (PARTITION BY b) FROM t",
        "SELECT sum(a) OVER w FROM t WINDOW w AS (ORDER BY a)",
        "SELECT sum(a) over FROM t window",
        "CREATE TABLE window(over, filter)",
    ] {
        valid(sql);
    }
    assert_eq!(error("SELECT (1) OVER w").1, "OVER");
}

#[test]
fn a_keyword_is_a_name_only_where_it_has_no_meaning_of_its_own() {
    valid("SELECT t.cast, abort, \"order\", like, replace(a, b, c), left FROM t AS desc");
    valid("CREATE TABLE key(action, begin, if, temp, left INT)");
    valid("ALTER TABLE t ADD COLUMN column");
    assert_eq!(error("SELECT cast FROM t").1, "FROM");
    assert_eq!(error("CREATE TABLE if(a)").1, "(");
    assert_eq!(error("CREATE TABLE t(order INT)").1, "order");
    assert_eq!(error("SELECT a left FROM t").1, "left");
    assert_eq!(error("CREATE TABLE t(a left)").1, "left");
}

#[test]
fn an_error_is_at_the_token_that_the_grammar_does_not_want() {
    let (code, text, message) = error("SELECT a b c FROM t");
    assert_eq!((code, text), (Code::SyntaxError, "c"));
    assert_eq!(message, "expected `;`, found `c`");

    let sql = "DROP TABLE";
    let parsed = parse(sql);
    let span = parsed.diagnostics[0].primary.span;
    assert_eq!((span.start, span.end), (10, 10));
    assert!(parsed.statement.is_none());
}

#[test]
fn an_illegal_token_is_reported_by_splitting_alone() {
    let parsed = parse("SELECT 1a");
    assert!(parsed.statement.is_none() && parsed.diagnostics.is_empty());
}

#[test]
fn a_mistake_that_leaves_the_meaning_clear_leaves_the_statement() {
    for (sql, code) in [
        ("SELECT * FROM a LEFT INNER JOIN b", Code::InvalidJoin),
        ("SELECT * FROM a ON 1", Code::InvalidJoin),
        ("UPDATE t SET (a, b) = (1, 2, 3)", Code::WrongValueCount),
        ("SELECT (1, 2) IN ((1, 2), 3)", Code::WrongValueCount),
        (
            "WITH a AS (SELECT 1), A AS (SELECT 2) SELECT 1",
            Code::InvalidCommonTable,
        ),
        (
            "SELECT sum(a) OVER (ROWS 1 FOLLOWING) FROM t",
            Code::MisusedWindow,
        ),
        (
            "SELECT count(DISTINCT a) OVER () FROM t",
            Code::MisusedWindow,
        ),
        (
            "SELECT 1 FROM t WINDOW a AS (), b AS (c)",
            Code::UnknownWindow,
        ),
        ("SELECT ?40000", Code::LimitExceeded),
    ] {
        let parsed = parse(sql);
        assert_eq!(parsed.diagnostics.len(), 1, "{sql}");
        assert_eq!(parsed.diagnostics[0].code, code, "{sql}");
        assert_eq!(
            parsed.statement.is_some(),
            code != Code::LimitExceeded,
            "{sql}"
        );
    }
}

#[test]
fn an_open_trigger_says_so() {
    let (code, text, message) =
        error("CREATE TRIGGER t AFTER INSERT ON a BEGIN SELECT 1; SELECT 2");
    assert_eq!((code, text), (Code::SyntaxError, ""));
    assert_eq!(message, "this trigger is never closed");
}

#[test]
fn what_the_oldest_engine_does_not_know_is_reported_once() {
    let rules = |minor| Rules {
        engine_version: EngineVersion::new(3, minor, 0),
        ..Rules::default()
    };
    for (sql, since) in [
        ("ALTER TABLE t DROP COLUMN a", 35),
        ("ALTER TABLE t RENAME COLUMN a TO b", 25),
        ("ALTER TABLE t ALTER a SET NOT NULL", 53),
        ("CREATE TABLE t(a AS (1), b AS (2))", 31),
        ("CREATE TABLE t(a) STRICT", 37),
        ("INSERT INTO t VALUES (1) ON CONFLICT DO NOTHING", 24),
        ("DELETE FROM t RETURNING a", 35),
        ("UPDATE t SET a = 1 FROM u", 33),
        ("SELECT a -> 'b' -> 'c'", 38),
        ("SELECT * FROM a FULL JOIN b", 39),
        ("SELECT 1_000", 46),
        ("SELECT sum(a) FILTER (WHERE a)", 30),
        ("SELECT sum(a) OVER ()", 25),
        ("SELECT group_concat(a ORDER BY b)", 44),
        ("SELECT a IS NOT DISTINCT FROM b", 39),
    ] {
        let before = parse_with(sql, &rules(since - 1));
        assert!(before.statement.is_some(), "{sql}");
        assert_eq!(before.diagnostics.len(), 1, "{sql}");
        assert_eq!(before.diagnostics[0].code, Code::NeedsNewerEngine);
        assert_eq!(parse_with(sql, &rules(since)).diagnostics, [], "{sql}");
    }
}

#[test]
fn the_bounds_of_between_and_the_joins_of_from_group_as_in_the_engine() {
    match &result_columns("SELECT a BETWEEN b AND c AND d")[0] {
        ResultColumn::Expr { value, .. } => {
            assert!(matches!(value.kind, ExprKind::Binary { .. }));
        }
        other => panic!("{other:?}"),
    }
    match valid("SELECT * FROM a JOIN (b, c) ON 1") {
        StatementKind::Select(query) => match &query.arms[0].core {
            SelectCore::Select(select) => {
                assert!(matches!(select.from[1].source, FromSource::Group(_)));
            }
            other => panic!("{other:?}"),
        },
        other => panic!("{other:?}"),
    }
}

/// Runs on a stack as large as that of checking.
fn on_a_large_stack(test: impl FnOnce() + Send) {
    std::thread::scope(|scope| {
        std::thread::Builder::new()
            .stack_size(64 * 1024 * 1024)
            .spawn_scoped(scope, test)
            .unwrap();
    });
}

#[test]
fn the_engines_limits_are_held() {
    on_a_large_stack(|| {
        let nested = |open: &str, close: &str, times: usize| {
            format!("SELECT {}1{}", open.repeat(times), close.repeat(times))
        };
        // Each pair: the most that SQLite 3.54.1 accepts.
        for (open, close, most) in [
            ("(", ")", 2_493),
            ("NOT ", "", 999),
            ("- ", "", 999),
            ("", " + 1", 999),
            ("", " OR 1", 999),
            ("", " COLLATE nocase", 999),
            ("abs(", ")", 831),
            ("max(1, ", ")", 498),
            ("CASE WHEN 1 THEN 1 ELSE ", " END", 623),
            ("", " UNION ALL SELECT 1", 499),
            ("", ", 1", 1_999),
        ] {
            valid(&nested(open, close, most));
            assert_eq!(error(&nested(open, close, most + 1)).0, Code::LimitExceeded);
        }
    });
}

#[test]
fn hostile_depth_is_an_error_and_quick() {
    on_a_large_stack(|| {
        const TIMES: usize = 100_000;
        for (open, close) in [("(", ")"), ("", " + 1")] {
            let sql = format!("SELECT {}1{}", open.repeat(TIMES), close.repeat(TIMES));
            assert_eq!(error(&sql).0, Code::LimitExceeded);
        }
    });
}

#[test]
fn every_way_to_nest_is_bounded() {
    on_a_large_stack(|| {
        const TIMES: usize = 5_000;
        for (open, close) in [
            ("SELECT (", ")"),
            ("SELECT NOT ", ""),
            ("SELECT 1 + (", ")"),
            ("(", ")"),
            ("CASE WHEN ", " THEN 1 END"),
            ("1 IN (", ")"),
            ("EXISTS (SELECT ", ")"),
            ("", " + 1"),
            ("", " AND 1"),
            ("", " IS NULL"),
            ("", " || 1"),
            ("", " UNION SELECT 1"),
            ("max(1) OVER (ORDER BY ", ")"),
        ] {
            let sql = format!("SELECT {}1{}", open.repeat(TIMES), close.repeat(TIMES));
            let parsed = parse(&sql);
            assert_eq!(parsed.diagnostics.len(), 1, "{open}…{close}");
            assert!(matches!(
                parsed.diagnostics[0].code,
                Code::LimitExceeded | Code::SyntaxError
            ));
        }
        let from = format!("SELECT * FROM {}t{}", "(".repeat(TIMES), ")".repeat(TIMES));
        assert_eq!(parse(&from).diagnostics[0].code, Code::LimitExceeded);
        let joins = format!("SELECT * FROM t{}", ", t".repeat(TIMES));
        assert_eq!(parse(&joins).diagnostics[0].code, Code::LimitExceeded);
        let rows = format!("VALUES (1){}", ", (1)".repeat(TIMES));
        valid(&rows);
    });
}

#[test]
fn a_misspelt_statement_is_recognized() {
    let parsed = parse("CRAETE TABLE t(a)");
    assert_eq!(
        parsed.diagnostics[0].help.as_deref(),
        Some("write `CREATE`")
    );
}
