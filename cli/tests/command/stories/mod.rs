//! The post-mortems that this project exists to make impossible, each as it would go with it, through the command alone:
//! the directory as it was, the mistake, and what the verbs say and do.

mod alembic_stamp;
mod generations;
mod migration_109;
mod production_runbook;
mod usage_count;

use crate::run::{Project, Run};
use rusqlite::types::FromSql;
use rusqlite::{Connection, Error};

/// The project's database, as another program sees it.
fn database(project: &Project) -> Connection {
    Connection::open(project.path("app.db")).unwrap()
}

fn execute(project: &Project, sql: &str) -> Result<(), Error> {
    database(project).execute_batch(sql)
}

/// The value of the first column of the first row.
fn value<T: FromSql>(project: &Project, sql: &str) -> T {
    database(project)
        .query_row(sql, [], |row| row.get(0))
        .unwrap()
}

fn write(project: &Project, path: &str, text: &str) {
    std::fs::write(project.path(path), text).unwrap();
}

/// Runs a verb over the database.
fn on_database(project: &Project, verb: &str) -> Run {
    project.run(&format!("{verb} --database app.db"))
}

/// Runs a verb that has to end with an exit code, and returns what it prints and says.
fn said(project: &Project, verb: &str, code: i32) -> String {
    let run = on_database(project, verb);
    assert_eq!(run.code, Some(code), "{verb}: {run:?}");
    run.stdout + &run.stderr
}

/// Asserts that a text has some parts, in their order.
pub(crate) fn assert_has(text: &str, parts: &[&str]) {
    let mut rest = text;
    for part in parts {
        let at = rest.find(part);
        assert!(at.is_some(), "`{part}` is not (there) in\n{text}");
        rest = &rest[at.unwrap_or_default() + part.len()..];
    }
}
