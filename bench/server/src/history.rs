//! The histories that are applied.

use tablature::Migrations;
use tablature::migration::{Compatibility, Embedded, Expected, Migration, Statement};
use tablature_lexer::postgres::{Boundary, Symbol, TokenKind, tokenize};

/// The text of a migration by its number, from 0: of four, a table with an index, a column, a table with a key, and rows.
fn file(number: usize) -> String {
    let table = number / 4;
    match number % 4 {
        0 => format!(
            "CREATE TABLE items_{table} (\n  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,\n  name text NOT NULL,\n  status text NOT NULL DEFAULT 'new' CHECK (status IN ('new', 'old')),\n  created_at timestamptz NOT NULL DEFAULT now()\n);\nCREATE INDEX items_{table}_by_name ON items_{table} (name);\n"
        ),
        1 => format!(
            "ALTER TABLE items_{table} ADD COLUMN usage_count integer NOT NULL DEFAULT 0;\n"
        ),
        2 => format!(
            "CREATE TABLE item_notes_{table} (id bigint PRIMARY KEY, item bigint NOT NULL REFERENCES items_{table} ON DELETE CASCADE, note text);\n"
        ),
        _ => format!(
            "INSERT INTO items_{table} (name) VALUES ('one'), ('two');\nUPDATE items_{table} SET usage_count = 1 WHERE name = 'one';\n"
        ),
    }
}

/// The texts of a history of a size.
pub(crate) fn files(size: usize) -> Vec<String> {
    (0..size).map(file).collect()
}

/// What the macro would compile in, with the schema of a database that has all of it.
pub(crate) fn migrations(files: &[String], made: &mut postgres::Client) -> Migrations {
    let list = (1..).zip(files).map(|(version, sql)| {
        let mut checksum = [0; 32];
        checksum[..8].copy_from_slice(&i64::to_le_bytes(version));
        Migration {
            version,
            name: "step".into(),
            file: format!("migrations/{version}_step.sql").into(),
            sql: sql.clone().into(),
            statements: statements(sql).into(),
            checksum,
            chain: checksum,
            transaction: true,
            step: None,
            compatibility: Compatibility::Additive,
            down: None,
        }
    });
    let list: Vec<Migration> = list.collect();
    let schema = Migrations::EMPTY.postgres(made).schema().unwrap();
    Migrations {
        list: list.into(),
        expected: Expected::Postgres(Embedded::Value(schema)),
        ..Migrations::EMPTY
    }
}

fn statements(sql: &str) -> Vec<Statement> {
    let mut statements = Vec::new();
    let mut boundary = Boundary::default();
    let (mut first, mut end) = (None, 0);
    for token in tokenize(sql) {
        match token.kind {
            TokenKind::Space | TokenKind::Comment => {}
            TokenKind::Symbol(Symbol::Semicolon) if boundary.ends_at_semicolon() => {
                statements.extend(first.take().map(|start| statement(start, end)));
                boundary = Boundary::default();
            }
            kind => {
                first.get_or_insert(token.start);
                end = token.end;
                boundary.advance(kind);
            }
        }
    }
    statements.extend(first.map(|start| statement(start, end)));
    statements
}

fn statement(start: usize, end: usize) -> Statement {
    Statement {
        start,
        end,
        line: 1,
        column: 1,
    }
}
