//! Migrations made by hand, as `migrations!` would make them, and a look at all that a database holds.

use std::hash::{DefaultHasher, Hash, Hasher};
use tablature::Migrations;
use tablature::migration::{
    Compatibility, Down, Embedded, Expected, Migration, Reversal, Statement, Step,
};
use tablature::rusqlite::Connection;
use tablature::schema::{Place, Schema};
use tablature::step::{StepError, StepFunction};
use tablature_lexer::{Keyword, Symbol, Token, TokenKind, normal_form, tokenize};

/// Makes migrations of files, each given by its name without extension and its text; versions are taken from the names.
///
/// The expected schema is the one that the statements leave behind in a new database.
pub(crate) fn migrations(files: &[(&'static str, &'static str)]) -> Migrations {
    let list = list(files);
    let connection = Connection::open_in_memory().unwrap();
    connection
        .pragma_update(None, "foreign_keys", false)
        .unwrap();
    for migration in &list {
        connection.execute_batch(&migration.sql).unwrap();
        if !connection.is_autocommit() {
            connection.execute_batch("COMMIT").unwrap();
        }
    }
    with_schema(list, tablature::schema::read(&connection).unwrap())
}

/// Makes migrations of files that expect the schema of the statements in `expected`.
pub(crate) fn migrations_expecting(
    files: &[(&'static str, &'static str)],
    expected: &str,
) -> Migrations {
    let connection = Connection::open_in_memory().unwrap();
    connection.execute_batch(expected).unwrap();
    with_schema(list(files), tablature::schema::read(&connection).unwrap())
}

/// Makes migrations of files that cannot all run; their schema is never compared.
pub(crate) fn failing(files: &[(&'static str, &'static str)]) -> Migrations {
    with_schema(list(files), Schema::EMPTY)
}

fn with_schema(list: Vec<Migration>, mut schema: Schema) -> Migrations {
    // A compiler knows where each table comes from.
    for (table, line) in schema.tables.to_mut().iter_mut().zip(1..) {
        let file = list.first().map(|migration| migration.file.clone());
        table.place = file.map(|file| Place { file, line });
    }
    Migrations {
        list: list.into(),
        expected: Expected::Sqlite(Embedded::Value(schema)),
        snapshot: None,
        steps: Vec::new().into(),
        source: None,
    }
}

fn list(files: &[(&'static str, &'static str)]) -> Vec<Migration> {
    let mut chain = [0; 32];
    let mut list = Vec::new();
    for (stem, sql) in files {
        let (version, name) = stem.split_once('_').unwrap();
        let checksum = hash(&normal_form(sql));
        let version: i64 = version.parse().unwrap();
        chain = hash(&(chain, version, checksum));
        list.push(Migration {
            version,
            name: name.into(),
            file: format!("migrations/{stem}.sql").into(),
            sql: (*sql).into(),
            statements: statements(sql).into(),
            checksum,
            chain,
            transaction: !sql.starts_with("-- no-transaction"),
            step: None,
            compatibility: Compatibility::Additive,
            down: None,
        });
    }
    list
}

/// Gives a migration a step.
pub(crate) fn with_step(
    mut migrations: Migrations,
    version: i64,
    run: fn(&Connection) -> Result<(), StepError>,
) -> Migrations {
    let list = migrations.list.to_mut();
    let migration = list
        .iter_mut()
        .find(|migration| migration.version == version);
    migration.unwrap().step = Some(Step {
        path: "crate::steps::run".into(),
        line: 1,
        column: 20,
    });
    migrations
        .steps
        .to_mut()
        .push(StepFunction::Sqlite { version, run });
    migrations
}

/// Makes a migration one that does more than add to the schema.
pub(crate) fn breaking(
    mut migrations: Migrations,
    version: i64,
    reason: &'static str,
) -> Migrations {
    let list = migrations.list.to_mut();
    let migration = list
        .iter_mut()
        .find(|migration| migration.version == version);
    let migration = migration.unwrap();
    migration.compatibility = Compatibility::Breaking {
        reason: reason.into(),
        place: Place {
            file: migration.file.clone(),
            line: 1,
        },
    };
    migrations
}

/// Gives a migration a down file, and what is known of it.
pub(crate) fn with_down(
    mut migrations: Migrations,
    version: i64,
    sql: &'static str,
    reversal: Reversal,
) -> Migrations {
    let list = migrations.list.to_mut();
    let migration = list
        .iter_mut()
        .find(|migration| migration.version == version);
    let migration = migration.unwrap();
    migration.down = Some(Down {
        file: migration.file.replace(".sql", ".down.sql").into(),
        sql: sql.into(),
        statements: statements(sql).into(),
        transaction: !sql.starts_with("-- no-transaction"),
        reversal,
    });
    migrations
}

fn hash(value: &impl Hash) -> [u8; 32] {
    let mut bytes = [0; 32];
    for (part, chunk) in bytes.chunks_mut(8).enumerate() {
        let mut hasher = DefaultHasher::new();
        (part, value).hash(&mut hasher);
        chunk.copy_from_slice(&hasher.finish().to_le_bytes());
    }
    bytes
}

pub(crate) fn statements(sql: &str) -> Vec<Statement> {
    let mut tokens = tokenize(sql);
    tokens.retain(|token| !matches!(token.kind, TokenKind::Space | TokenKind::Comment));
    let mut statements = Vec::new();
    let mut first = 0;
    for (at, token) in tokens.iter().enumerate() {
        let is = |keyword| move |token: &Token| token.kind == TokenKind::Keyword(keyword);
        let start = &tokens[first..at];
        let in_trigger = start.first().is_some_and(is(Keyword::Create))
            && start.iter().take(3).any(is(Keyword::Trigger));
        let after_end = at > 0 && tokens[at - 1].kind == TokenKind::Keyword(Keyword::End);
        let semicolon = token.kind == TokenKind::Symbol(Symbol::Semicolon);
        if semicolon && first < at && (!in_trigger || after_end) {
            statements.push(statement(sql, tokens[first].start, tokens[at - 1].end));
        }
        if semicolon && (!in_trigger || after_end) {
            first = at + 1;
        }
    }
    if let (Some(start), Some(end)) = (tokens.get(first), tokens.last()) {
        statements.push(statement(sql, start.start, end.end));
    }
    statements
}

/// The place of a statement in a text.
pub(crate) fn statement(sql: &str, start: usize, end: usize) -> Statement {
    let before = &sql[..start];
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    Statement {
        start,
        end,
        line: 1 + u32::try_from(before.matches('\n').count()).unwrap(),
        column: 1 + u32::try_from(before[line_start..].chars().count()).unwrap(),
    }
}

/// All that a database holds: the text of its schema, the rows of its tables, and its header's application values.
pub(crate) fn dump(connection: &Connection) -> Vec<String> {
    let mut lines = Vec::new();
    let mut tables = Vec::new();
    let mut select = connection
        .prepare("SELECT type, name, sql FROM main.sqlite_schema ORDER BY type, name")
        .unwrap();
    let mut rows = select.query([]).unwrap();
    while let Some(row) = rows.next().unwrap() {
        let (kind, name): (String, String) = (row.get(0).unwrap(), row.get(1).unwrap());
        let sql: Option<String> = row.get(2).unwrap();
        lines.push(format!("{kind} {name}: {}", sql.unwrap_or_default()));
        if kind == "table" {
            tables.push(name);
        }
    }
    for table in tables {
        let mut select = connection
            .prepare(&format!(
                "SELECT * FROM main.\"{}\"",
                table.replace('"', "\"\"")
            ))
            .unwrap();
        let count = select.column_count();
        let mut rows = select.query([]).unwrap();
        while let Some(row) = rows.next().unwrap() {
            let values: Vec<String> = (0..count)
                .map(|column| format!("{:?}", row.get_ref(column).unwrap()))
                .collect();
            lines.push(format!("{table}: {}", values.join(", ")));
        }
    }
    for pragma in ["user_version", "application_id"] {
        let value: i64 = connection
            .pragma_query_value(None, pragma, |row| row.get(0))
            .unwrap();
        lines.push(format!("{pragma}: {value}"));
    }
    lines
}

/// Whether the connection enforces foreign keys.
pub(crate) fn enforces(connection: &Connection) -> bool {
    connection
        .pragma_query_value(None, "foreign_keys", |row| row.get(0))
        .unwrap()
}

/// The value of the first column of the first row.
pub(crate) fn value<T: tablature::rusqlite::types::FromSql>(
    connection: &Connection,
    sql: &str,
) -> T {
    connection.query_row(sql, [], |row| row.get(0)).unwrap()
}
