//! Migrations made by hand, as `migrations!` would make them.

use crate::backend::Backend;
use std::hash::{DefaultHasher, Hash, Hasher};
use tablature::Migrations;
use tablature::migration::{Compatibility, Down, Expected, Migration, Reversal, Statement};
use tablature::schema::Place;
use tablature_lexer::postgres::{Boundary, Symbol, TokenKind, normal_form, tokenize};

/// Makes migrations of files, each given by its name without extension and its text; versions are taken from the names.
///
/// The expected schema is the one that the statements leave behind in a new database.
pub(crate) fn migrations<B: Backend>(files: &[(&str, &str)]) -> Migrations {
    let mut database = B::new().unwrap();
    for (_, sql) in files {
        for statement in statements(sql) {
            database.run(&sql[statement.start..statement.end]);
        }
    }
    expecting(files, database.expected())
}

/// Makes migrations of files that expect the schema of an empty database.
pub(crate) fn failing<B: Backend>(files: &[(&str, &str)]) -> Migrations {
    expecting(files, B::new().unwrap().expected())
}

/// Makes migrations of files that expect a schema.
pub(crate) fn expecting(files: &[(&str, &str)], expected: Expected) -> Migrations {
    Migrations {
        list: list(files).into(),
        expected,
        snapshot: None,
        steps: Vec::new().into(),
        source: None,
    }
}

fn list(files: &[(&str, &str)]) -> Vec<Migration> {
    let mut chain = [0; 32];
    let mut list = Vec::new();
    for (stem, sql) in files {
        let (version, name) = stem.split_once('_').unwrap();
        let checksum = hash(&normal_form(sql));
        let version: i64 = version.parse().unwrap();
        chain = hash(&(chain, version, checksum));
        list.push(Migration {
            version,
            name: name.to_owned().into(),
            file: format!("migrations/{stem}.sql").into(),
            sql: (*sql).to_owned().into(),
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

fn of_version(migrations: &mut Migrations, version: i64) -> &mut Migration {
    let mut list = migrations.list.to_mut().iter_mut();
    list.find(|migration| migration.version == version).unwrap()
}

/// Makes a migration one that does more than add to the schema.
pub(crate) fn breaking(mut migrations: Migrations, version: i64) -> Migrations {
    let migration = of_version(&mut migrations, version);
    migration.compatibility = Compatibility::Breaking {
        reason: "the table `users` is dropped".into(),
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
    sql: &str,
    reversal: Reversal,
) -> Migrations {
    let migration = of_version(&mut migrations, version);
    migration.down = Some(Down {
        file: migration.file.replace(".sql", ".down.sql").into(),
        sql: sql.to_owned().into(),
        statements: statements(sql).into(),
        transaction: !sql.starts_with("-- no-transaction"),
        reversal,
    });
    migrations
}

/// The first migrations of a list, as an older program has them.
pub(crate) fn older<B: Backend>(files: &[(&str, &str)], count: usize) -> Migrations {
    migrations::<B>(&files[..count])
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

/// Where the statements of a text stand.
pub(crate) fn statements(sql: &str) -> Vec<Statement> {
    let mut statements = Vec::new();
    let mut boundary = Boundary::default();
    let (mut first, mut end) = (None, 0);
    for token in tokenize(sql) {
        match token.kind {
            TokenKind::Space | TokenKind::Comment => {}
            TokenKind::Symbol(Symbol::Semicolon) if boundary.ends_at_semicolon() => {
                statements.extend(first.take().map(|start| statement(sql, start, end)));
                boundary = Boundary::default();
            }
            kind => {
                first.get_or_insert(token.start);
                end = token.end;
                boundary.advance(kind);
            }
        }
    }
    statements.extend(first.map(|start| statement(sql, start, end)));
    statements
}

fn statement(sql: &str, start: usize, end: usize) -> Statement {
    let before = &sql[..start];
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    Statement {
        start,
        end,
        line: 1 + u32::try_from(before.matches('\n').count()).unwrap(),
        column: 1 + u32::try_from(before[line_start..].chars().count()).unwrap(),
    }
}
