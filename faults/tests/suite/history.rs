//! The states that a database may be in, and what it then holds.
//!
//! What it holds comes from the engine alone: the statements of the files, run one after the other without the runner.

use std::collections::BTreeMap;
use std::sync::{LazyLock, Mutex};
use tablature::Migrations;
use tablature::rusqlite::Connection;

mod schema {
    tablature::migrations!("migrations");
}

/// The migrations, one after the other.
pub(crate) static MIGRATIONS: LazyLock<Migrations> = LazyLock::new(|| Migrations {
    snapshot: None,
    ..WITH_SNAPSHOT.clone()
});

/// The same, which make a new database from the snapshot.
pub(crate) use schema::MIGRATIONS as WITH_SNAPSHOT;

/// The `-- no-transaction` file.
pub(crate) const ALONE: i64 = 4;
pub(crate) const HEAD: i64 = 5;

/// How many of the statements of [`ALONE`] may have taken effect when it stops: those from BEGIN to COMMIT do together.
pub(crate) const DONE: [usize; 7] = [0, 1, 2, 3, 7, 8, 9];

/// A state of a database.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct State {
    /// The version that its tables and rows are of.
    pub(crate) contents: i64,
    /// The version from which it was brought back to that one, or the same.
    pub(crate) from: i64,
    /// The version that its history says; 0 if it says none.
    pub(crate) history: i64,
    /// How many statements of the next file have taken effect, if that one has begun.
    pub(crate) done: Option<usize>,
}

/// The state at a version.
pub(crate) fn at(version: i64) -> State {
    State {
        contents: version,
        from: version,
        history: version,
        done: None,
    }
}

/// The state at a version after another one.
pub(crate) fn back_at(version: i64, from: i64) -> State {
    State {
        from,
        ..at(version)
    }
}

/// The state before or within [`ALONE`].
pub(crate) fn within(done: usize) -> State {
    State {
        done: Some(done),
        ..at(ALONE - 1)
    }
}

/// What a database with the history of a state holds, but for the runner's own tables.
pub(crate) fn expected(state: State, others: &str) -> Vec<String> {
    static KNOWN: Mutex<BTreeMap<(State, String), Vec<String>>> = Mutex::new(BTreeMap::new());
    let mut known = KNOWN.lock().unwrap();
    let lines = known.entry((state, others.to_owned())).or_insert_with(|| {
        let connection = Connection::open_in_memory().unwrap();
        run(&connection, state);
        connection.execute_batch(others).unwrap();
        contents(&connection)
    });
    lines.clone()
}

/// Runs the files up to a state as the engine does by itself.
pub(crate) fn run(connection: &Connection, state: State) {
    connection
        .execute_batch("PRAGMA foreign_keys = OFF")
        .unwrap();
    for migration in MIGRATIONS.list.iter() {
        let statements = match state.done {
            Some(done) if migration.version == state.contents + 1 => done,
            _ if migration.version <= state.from => migration.statements.len(),
            _ => 0,
        };
        for statement in migration.statements.iter().take(statements) {
            let sql = &migration.sql[statement.start..statement.end];
            connection.execute_batch(sql).unwrap();
        }
    }
    for migration in MIGRATIONS.list.iter().rev() {
        if migration.version > state.contents && migration.version <= state.from {
            let down = migration.down.as_ref().unwrap();
            connection.execute_batch(&down.sql).unwrap();
        }
    }
}

/// All that a database holds but for the runner's own tables, a line for each object and each row.
pub(crate) fn contents(connection: &Connection) -> Vec<String> {
    let objects = lines(
        connection,
        "SELECT type, name, sql FROM sqlite_schema WHERE tbl_name NOT LIKE '\\_tablature\\_%' ESCAPE '\\' ORDER BY type, name",
    );
    let mut all = objects;
    let tables: Vec<String> = connection
        .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE '\\_tablature\\_%' ESCAPE '\\' ORDER BY name")
        .unwrap()
        .query_map([], |row| row.get(0))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    for table in tables {
        let mut rows = lines(connection, &format!("SELECT * FROM \"{table}\""));
        rows.sort();
        all.extend(rows.into_iter().map(|row| format!("{table}: {row}")));
    }
    all
}

fn lines(connection: &Connection, sql: &str) -> Vec<String> {
    let mut select = connection.prepare(sql).unwrap();
    let count = select.column_count();
    let rows = select.query_map([], |row| {
        let values = (0..count).map(|column| Ok(format!("{:?}", row.get_ref(column)?)));
        Ok(values
            .collect::<tablature::rusqlite::Result<Vec<_>>>()?
            .join(", "))
    });
    rows.unwrap().map(Result::unwrap).collect()
}
