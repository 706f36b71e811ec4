//! The schemas of earlier versions, which are not compiled in: made by applying the migrations to an empty database, in a
//! transaction that is undone, so that it is empty again afterwards.

use super::client::{Client, Script};
use super::nested::refuse_rollbacks;
use super::outcome::is;
use super::repair::Definitions;
use super::session::Session;
use super::{files, introspect, managed, statement};
use crate::error::Error;
use crate::event::Events;
use crate::migration::Migration;
use crate::runner::{Runner, Steps};
use tablature_lexer::postgres::{Keyword, TokenKind, tokenize};
use tablature_model::postgres::Schema;
use tokio_postgres::error::SqlState;

/// The error where an earlier schema is needed and there is no empty database.
pub(super) fn without_scratch(version: i64) -> Error {
    Error::Replay {
        version,
        reason: "none was given: connect to one and name it with `scratch(…)`".to_owned(),
    }
}

/// Applies the migrations up to a version to an empty database one by one, and has its schema looked at after each.
pub(super) async fn each_version<'r, C: Client>(
    runner: &Runner<'r>,
    scratch: &mut C,
    last: i64,
    mut look: impl FnMut(&'r Migration, Schema) + Send,
) -> Result<(), Error> {
    let runner = alone(runner)?;
    let mut session = begin(&runner, scratch, last).await?;
    for migration in up_to(&runner, last) {
        apply(&mut session, migration).await?;
        let schema = introspect::schema(session.client).await?;
        look(migration, schema);
    }
    session.finish().await
}

/// The schema that the migrations up to a version leave in an empty database, and the statements of what a schema as data
/// only names.
pub(super) async fn at<C: Client>(
    runner: &Runner<'_>,
    scratch: &mut C,
    last: i64,
) -> Result<(Schema, Definitions), Error> {
    let runner = alone(runner)?;
    let mut session = begin(&runner, scratch, last).await?;
    for migration in up_to(&runner, last) {
        apply(&mut session, migration).await?;
    }
    let schema = introspect::schema(session.client).await?;
    let definitions = Definitions::read(session.client, &schema).await?;
    session.finish().await?;
    Ok((schema, definitions))
}

/// A runner that nobody listens to, and that leaves steps out.
fn alone<'r>(runner: &Runner<'r>) -> Result<Runner<'r>, Error> {
    refuse_rollbacks(&runner.migrations.list)?;
    let mut runner = runner.clone();
    runner.events = Events::default();
    runner.steps = Steps::LeftOut;
    Ok(runner)
}

fn up_to<'r>(runner: &Runner<'r>, last: i64) -> impl Iterator<Item = &'r Migration> + use<'r> {
    let list: &'r [Migration] = &runner.migrations.list;
    list.iter().take_while(move |it| it.version <= last)
}

fn failed(version: i64, error: &Error) -> Error {
    Error::Replay {
        version,
        reason: error.to_string(),
    }
}

/// Begins a transaction on a database that has to be empty.
async fn begin<'a, 'r, C: Client>(
    runner: &'a Runner<'r>,
    scratch: &'a mut C,
    last: i64,
) -> Result<Session<'a, 'r, C>, Error> {
    let mut session = Session::new(scratch, runner);
    session.remember_settings().await?;
    session.begin_write().await?;
    let mut found = introspect::schema(session.client).await?;
    // `public` alone is no sign of life.
    keep_foreign(&mut found);
    if let Some(table) = found.tables.first() {
        let tables = vec![table.name.name.to_string()];
        return Err(failed(last, &Error::NoHistory { tables }));
    }
    Ok(session)
}

async fn apply<C: Client>(
    session: &mut Session<'_, '_, C>,
    migration: &Migration,
) -> Result<(), Error> {
    let applied = match migration.transaction {
        true => files::execute(session, migration).await,
        false => without_transaction(session, migration).await,
    };
    applied.map_err(|error| failed(migration.version, &error))?;
    session.clean().await
}

fn keep_foreign(found: &mut Schema) {
    let tables = found.tables.to_mut();
    tables.retain(|table| !managed::is_ignored(&table.name, &[]));
}

/// Runs the statements of a `-- no-transaction` file in a transaction: what refuses that is run without CONCURRENTLY, or
/// left out, as what is left changes no schema.
async fn without_transaction<C: Client>(
    session: &mut Session<'_, '_, C>,
    migration: &Migration,
) -> Result<(), Error> {
    for (at, place) in migration.statements.iter().enumerate() {
        let sql = statement::text(migration, &migration.sql, place)?;
        match statement::control(sql) {
            statement::Control::Begin
            | statement::Control::Commit
            | statement::Control::Rollback => continue,
            _ => {}
        }
        session.run("SAVEPOINT _tablature_statement").await?;
        let script = Script {
            text: &migration.sql,
            statements: &[(place.start, place.end)],
        };
        if let Err(failure) = session.client.run(script).await {
            if !is(&failure.error, &SqlState::ACTIVE_SQL_TRANSACTION) {
                return Err(statement::failed(session.client, migration, at, failure).await);
            }
            session.run("ROLLBACK TO _tablature_statement").await?;
            if let Some(sql) = without_concurrently(sql) {
                session.run(&sql).await?;
            }
        }
        session.run("RELEASE _tablature_statement").await?;
    }
    Ok(())
}

/// A statement without its CONCURRENTLY; none if it has none.
fn without_concurrently(sql: &str) -> Option<String> {
    let mut tokens = tokenize(sql).into_iter();
    let word = tokens.find(|token| token.kind == TokenKind::Keyword(Keyword::Concurrently))?;
    let (before, after) = (sql.get(..word.start)?, sql.get(word.end..)?);
    Some(format!("{before}{after}"))
}
