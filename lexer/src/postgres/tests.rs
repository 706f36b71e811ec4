//! Tokens as the engine's scanner reads them.

use super::{Boundary, Fault, Keyword, Symbol, TokenKind, tokenize};

fn kinds(sql: &str) -> Vec<(TokenKind, &str)> {
    let tokens = tokenize(sql);
    let mut end = 0;
    for token in &tokens {
        assert_eq!(token.start, end, "tokens of {sql:?} leave a gap");
        end = token.end;
    }
    assert_eq!(end, sql.len());
    tokens
        .iter()
        .filter(|token| token.kind != TokenKind::Space)
        .map(|token| (token.kind, &sql[token.start..token.end]))
        .collect()
}

fn only(sql: &str) -> TokenKind {
    match kinds(sql).as_slice() {
        [(kind, text)] => {
            assert_eq!(*text, sql);
            *kind
        }
        several => panic!("{sql:?} is {several:?}"),
    }
}

#[test]
fn words_and_names() {
    assert_eq!(only("Table"), TokenKind::Keyword(Keyword::Table));
    assert_eq!(only("a$1é"), TokenKind::Word);
    assert_eq!(only("a$$b$$"), TokenKind::Word);
    assert_eq!(only("\"a\"\"b\""), TokenKind::QuotedName);
    assert_eq!(only("U&\"a\""), TokenKind::UnicodeName);
    assert_eq!(only("\"\""), TokenKind::Illegal(Fault::EmptyName));
    assert_eq!(only("\"a"), TokenKind::Illegal(Fault::OpenName));
    assert!(kinds("\u{feff}").is_empty());
    assert_eq!(
        kinds("a \u{feff}b"),
        [(TokenKind::Word, "a"), (TokenKind::Word, "\u{feff}b")]
    );
}

#[test]
fn literals() {
    for (sql, kind) in [
        ("'a''b'", TokenKind::String),
        ("'a\\'", TokenKind::String),
        ("'a'\n'b'", TokenKind::String),
        ("'a' --x\n\t'b'", TokenKind::String),
        ("e'a\\'b'", TokenKind::EscapeString),
        ("u&'a'", TokenKind::UnicodeString),
        ("N'a'", TokenKind::NationalString),
        ("b'01'\n'1'", TokenKind::BitString),
        ("X'0f'", TokenKind::HexString),
        ("$$a$b$$", TokenKind::DollarString),
        ("$é1$a$$ $é2$ $é1$", TokenKind::DollarString),
        ("$1", TokenKind::Parameter),
        ("'a", TokenKind::Illegal(Fault::OpenString)),
        ("E'a\\'", TokenKind::Illegal(Fault::OpenString)),
        ("$$a", TokenKind::Illegal(Fault::OpenDollarString)),
        ("$1a", TokenKind::Illegal(Fault::JunkAfterParameter)),
        (
            "$99999999999",
            TokenKind::Illegal(Fault::JunkAfterParameter),
        ),
    ] {
        assert_eq!(only(sql), kind, "{sql}");
    }
    assert_eq!(kinds("'a' 'b'").len(), 2);
    assert_eq!(kinds("'a'/*\n*/'b'").len(), 3);
    assert_eq!(
        kinds("$a b").first().map(|first| first.0),
        Some(TokenKind::Illegal(Fault::Character))
    );
}

#[test]
fn numbers() {
    for (sql, kind) in [
        ("1", TokenKind::Integer),
        ("2147483647", TokenKind::Integer),
        ("2147483648", TokenKind::Numeric),
        ("0x7FFFFFFF", TokenKind::Integer),
        ("0b1_0", TokenKind::Integer),
        ("0o_17", TokenKind::Integer),
        ("1_000", TokenKind::Integer),
        ("1.", TokenKind::Numeric),
        (".5", TokenKind::Numeric),
        ("1e-3", TokenKind::Numeric),
        ("1.5E+3", TokenKind::Numeric),
    ] {
        assert_eq!(only(sql), kind, "{sql}");
    }
    for sql in [
        "1a", "1_", "1__0", "0x", "0b2", "1e", "1e+", "1.5x", "1._5", "1é", "0x1g",
    ] {
        let (kind, _) = kinds(sql)[0];
        assert_eq!(kind, TokenKind::Illegal(Fault::JunkAfterNumber), "{sql}");
    }
    assert_eq!(
        kinds("1..2"),
        [
            (TokenKind::Integer, "1"),
            (TokenKind::Symbol(Symbol::DotDot), ".."),
            (TokenKind::Integer, "2")
        ]
    );
}

#[test]
fn operators() {
    for (sql, parts) in [
        ("a=-1", vec!["a", "=", "-", "1"]),
        ("a<>-1", vec!["a", "<>", "-", "1"]),
        ("a@-1", vec!["a", "@-", "1"]),
        ("a@+1", vec!["a", "@+", "1"]),
        ("a*-+1", vec!["a", "*", "-", "+", "1"]),
        ("a||b", vec!["a", "||", "b"]),
        ("a->>'b'", vec!["a", "->>", "'b'"]),
        ("a=>1", vec!["a", "=>", "1"]),
        ("a:=1", vec!["a", ":=", "1"]),
        ("a::b", vec!["a", "::", "b"]),
        ("a+--b", vec!["a", "+", "--b"]),
        ("a@/*b*/@", vec!["a", "@", "/*b*/", "@"]),
        ("a/ *b", vec!["a", "/", "*", "b"]),
        ("a!=b", vec!["a", "!=", "b"]),
        ("a<=>b", vec!["a", "<=>", "b"]),
        ("a[1:2]", vec!["a", "[", "1", ":", "2", "]"]),
    ] {
        let texts: Vec<&str> = kinds(sql).into_iter().map(|(_, text)| text).collect();
        assert_eq!(texts, parts);
    }
    assert_eq!(only("!="), TokenKind::Symbol(Symbol::NotEqual));
    assert_eq!(only("~"), TokenKind::Operator);
    assert_eq!(
        only(&"~".repeat(64)),
        TokenKind::Illegal(Fault::LongOperator)
    );
}

#[test]
fn comments_nest() {
    assert_eq!(only("/* a /* b */ c */"), TokenKind::Comment);
    assert_eq!(only("/* a /* b */"), TokenKind::Illegal(Fault::OpenComment));
    assert_eq!(only("-- a"), TokenKind::Comment);
    assert_eq!(kinds("--a\rb").len(), 2);
}

#[test]
fn characters_that_begin_nothing() {
    assert_eq!(only("\\connect x"), TokenKind::Illegal(Fault::MetaCommand));
    for sql in ["{", "\0", "$", "\x0b", "\x7f"] {
        assert_eq!(only(sql), TokenKind::Illegal(Fault::Character), "{sql:?}");
    }
}

/// Whether the last semicolon of a text ends its first statement.
fn ends_at_the_last(sql: &str) -> bool {
    let mut boundary = Boundary::default();
    let tokens = tokenize(sql).into_iter();
    let mut semicolons = Vec::new();
    for token in tokens.filter(|token| token.kind != TokenKind::Space) {
        if token.kind == TokenKind::Symbol(Symbol::Semicolon) {
            semicolons.push(boundary.ends_at_semicolon());
        }
        boundary.advance(token.kind);
    }
    semicolons.pop() == Some(true) && !semicolons.contains(&true)
}

#[test]
fn a_statement_ends_at_a_semicolon_outside_of_bodies() {
    for sql in [
        "SELECT 1;",
        "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT CASE WHEN true THEN 1 END; SELECT 2; END;",
        "CREATE OR REPLACE PROCEDURE p() BEGIN ATOMIC INSERT INTO t VALUES (1); END;",
        "CREATE RULE r AS ON INSERT TO t DO (SELECT 1; SELECT 2);",
        "CREATE FUNCTION begin() RETURNS int LANGUAGE sql AS 'SELECT 1';",
        "CREATE TABLE t (a int;",
    ] {
        assert!(ends_at_the_last(sql), "{sql}");
    }
    assert!(!ends_at_the_last("BEGIN; SELECT 1; END;"));
    assert!(!ends_at_the_last("CREATE TABLE t (a int; SELECT 1;"));
}
