//! What applying and starting costs on a PostgreSQL server, beside the same statements sent by hand.

use std::time::{Duration, Instant};
use tablature::Migrations;
use tablature::migration::{Compatibility, Embedded, Expected, Migration, Statement};
use tablature_lexer::postgres::{Boundary, Symbol, TokenKind, tokenize};
use tablature_test_server::{Database, shared};

const ROUNDS: usize = 5;

fn main() {
    let server = shared().expect("a server");
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .unwrap();
    println!(
        "| migrations | by hand, ms | postgres | tokio-postgres | start, by hand, µs | start, ratio |"
    );
    println!("|---|---|---|---|---|---|");
    for count in [10, 100, 1000] {
        let files = files(count);
        let migrations = migrations(&files, &server.database());
        let (mut by_hand, mut blocking, mut asynchronous) = (vec![], vec![], vec![]);
        let (mut select, mut start) = (vec![], vec![]);
        for _ in 0..ROUNDS {
            let raw = raw(&files, &server.database());
            by_hand.push(raw);
            let database = server.database();
            let mut client = database.connect();
            let started = Instant::now();
            migrations.postgres(&mut client).apply().unwrap();
            blocking.push(ratio(started.elapsed(), raw));

            let mut client = database.connect();
            client.simple_query("SELECT 1").unwrap();
            let started = Instant::now();
            client
                .simple_query("SELECT chain FROM _tablature_history ORDER BY version DESC LIMIT 1")
                .unwrap();
            let least = started.elapsed();
            select.push(least);
            let started = Instant::now();
            assert!(
                migrations
                    .postgres(&mut client)
                    .apply()
                    .unwrap()
                    .applied
                    .is_empty()
            );
            start.push(ratio(started.elapsed(), least));

            let database = server.database();
            let config: tokio_postgres::Config = database.url().parse().unwrap();
            let (mut client, connection) = runtime
                .block_on(config.connect(tokio_postgres::NoTls))
                .unwrap();
            runtime.spawn(connection);
            let started = Instant::now();
            runtime
                .block_on(migrations.tokio_postgres(&mut client).apply())
                .unwrap();
            asynchronous.push(ratio(started.elapsed(), raw));
        }
        println!(
            "| {count} | {:.0} | {} | {} | {:.0} | {} |",
            middle(&by_hand).as_secs_f64() * 1e3,
            shown(&mut blocking),
            shown(&mut asynchronous),
            middle(&select).as_secs_f64() * 1e6,
            shown(&mut start),
        );
    }
}

fn ratio(one: Duration, other: Duration) -> f64 {
    one.as_secs_f64() / other.as_secs_f64()
}

fn middle(times: &[Duration]) -> Duration {
    let mut times = times.to_vec();
    times.sort();
    times[times.len() / 2]
}

/// The middle of some ratios, with the least and the greatest.
fn shown(ratios: &mut [f64]) -> String {
    ratios.sort_by(f64::total_cmp);
    let last = ratios.len() - 1;
    format!(
        "{:.2} [{:.2} {:.2}]",
        ratios[last / 2],
        ratios[0],
        ratios[last]
    )
}

/// Tables, columns, indexes, keys and rows.
fn files(count: usize) -> Vec<String> {
    let file = |version: usize| {
        let table = version / 4;
        match version % 4 {
            0 => format!(
                "CREATE TABLE items_{table} (\n  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,\n  name text NOT NULL,\n  status text NOT NULL DEFAULT 'new' CHECK (status IN ('new', 'old')),\n  created_at timestamptz NOT NULL DEFAULT now()\n);\nCREATE INDEX items_{table}_by_name ON items_{table} (name);"
            ),
            1 => format!(
                "ALTER TABLE items_{table} ADD COLUMN usage_count integer NOT NULL DEFAULT 0;"
            ),
            2 => format!(
                "CREATE TABLE item_notes_{table} (id bigint PRIMARY KEY, item bigint NOT NULL REFERENCES items_{table} ON DELETE CASCADE, note text);"
            ),
            _ => format!(
                "INSERT INTO items_{table} (name) VALUES ('one'), ('two');\nUPDATE items_{table} SET usage_count = 1 WHERE name = 'one';"
            ),
        }
    };
    (0..count).map(file).collect()
}

/// A file after the other in one transaction, by hand.
fn raw(files: &[String], database: &Database) -> Duration {
    let mut client = database.connect();
    let started = Instant::now();
    client.batch_execute("BEGIN").unwrap();
    for file in files {
        client.batch_execute(file).unwrap();
    }
    client.batch_execute("COMMIT").unwrap();
    started.elapsed()
}

fn migrations(files: &[String], empty: &Database) -> Migrations {
    let mut client = empty.connect();
    let list = (1..).zip(files).map(|(version, sql)| {
        client.batch_execute(sql).unwrap();
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
    let schema = Migrations::EMPTY.postgres(&mut client).schema().unwrap();
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
