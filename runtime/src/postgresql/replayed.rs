//! The schemas of earlier versions, which are not compiled in: made by applying the migrations to an empty database, in a
//! transaction that is undone, so that it is empty again afterwards.
//!
//! Before version 17 the server wants a commit between a file that adds a value to an enum and one that uses it. There is one
//! where the database is to be dropped afterwards, and only there and then: what is committed may be more than the database,
//! such as a role, and is not made by looking.

use super::client::{Client, Script};
use super::nested::refuse_rollbacks;
use super::outcome::{is, uses_new_value};
use super::repair::Definitions;
use super::rows::{self, flag};
use super::session::Session;
use super::statement::Control;
use super::{files, introspect, managed, statement};
use crate::error::Error;
use crate::event::Events;
use crate::migration::Migration;
use crate::runner::{Runner, Steps};
use tablature_lexer::postgres::{Keyword, TokenKind, tokenize};
use tablature_model::postgres::Schema;
use tokio_postgres::error::SqlState;

/// A connection to an empty database, on which earlier schemas are found out.
#[derive(Debug)]
pub(super) struct Scratch<'a, C> {
    pub(super) client: &'a mut C,
    pub(super) afterwards: Afterwards,
}

/// What becomes of an empty database.
#[derive(Debug, Clone, Copy)]
pub(super) enum Afterwards {
    /// It is empty again.
    Empty,
    /// Nobody uses it.
    Dropped,
}

/// The error where an earlier schema is needed and there is no empty database.
pub(super) fn without_scratch(version: i64) -> Error {
    Error::Replay {
        version,
        reason: "none was given".to_owned(),
        way_out: "connect to one and name it with `scratch(…)`, \
                  or let `cargo tablature` do it as a role that may create databases",
    }
}

/// Applies the migrations up to a version to an empty database one by one, and has its schema looked at after each.
pub(super) async fn each_version<'r, C: Client>(
    runner: &Runner<'r>,
    scratch: &mut Scratch<'_, C>,
    last: i64,
    mut look: impl FnMut(&'r Migration, Schema) + Send,
) -> Result<(), Error> {
    let runner = alone(runner)?;
    let mut replay = Replay::begin(&runner, scratch, last).await?;
    for migration in up_to(&runner, last) {
        replay.apply(migration).await?;
        let schema = introspect::schema(replay.session.client).await?;
        look(migration, schema);
    }
    replay.session.finish().await
}

/// The schema that the migrations up to a version leave in an empty database, and the statements of what a schema as data
/// only names.
pub(super) async fn at<C: Client>(
    runner: &Runner<'_>,
    scratch: &mut Scratch<'_, C>,
    last: i64,
) -> Result<(Schema, Definitions), Error> {
    let runner = alone(runner)?;
    let mut replay = Replay::begin(&runner, scratch, last).await?;
    for migration in up_to(&runner, last) {
        replay.apply(migration).await?;
    }
    let mut session = replay.session;
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
        reason: match error {
            // That its transaction was undone is no news there.
            Error::Statement(failed) => {
                let (file, line, column) = (&failed.file, failed.line, failed.column);
                format!("{file}:{line}:{column}: {}", failed.reason)
            }
            error => error.to_string(),
        },
        way_out: "name one on a server that has the roles and extensions which the migrations need; \
                  at the last version a database can be adopted, and gone back over, without one",
    }
}

/// The error where the server wants a commit and there is to be none.
fn wants_commit(migration: &Migration, afterwards: Afterwards) -> Error {
    Error::Replay {
        version: migration.version,
        reason: format!(
            "`{}` uses a value that is added to an enum before, and a server before version 17 wants a commit between the two, \
             which {}",
            migration.file,
            match afterwards {
                Afterwards::Empty => "would leave something in that database",
                Afterwards::Dropped =>
                    "would leave something on the server, as migrations change what all its databases share, such as roles",
            }
        ),
        way_out: match afterwards {
            Afterwards::Empty => {
                "run `cargo tablature`, which makes and drops a database of its own, as a role that may, name one that is \
                 dropped with `scratch_to_drop(…)`, or adopt and go back at the last version without one"
            }
            Afterwards::Dropped => {
                "do this on a server from version 17 on, or adopt and go back at the last version without an empty database, \
                 as a role that may not create one"
            }
        },
    }
}

/// What is under way in a transaction on a database that was empty.
struct Replay<'a, 'r, C: Client> {
    session: Session<'a, 'r, C>,
    afterwards: Afterwards,
}

impl<'a, 'r, C: Client> Replay<'a, 'r, C> {
    /// Begins on a database that has to be empty.
    async fn begin(
        runner: &'a Runner<'r>,
        scratch: &'a mut Scratch<'_, C>,
        last: i64,
    ) -> Result<Self, Error> {
        let mut session = Session::new(scratch.client, runner);
        session.remember_settings().await?;
        session.begin_write().await?;
        let mut found = introspect::schema(session.client).await?;
        // `public` alone is no sign of life.
        keep_foreign(&mut found);
        if let Some(table) = found.tables.first() {
            let tables = vec![table.name.name.to_string()];
            return Err(failed(last, &Error::NoHistory { tables }));
        }
        let afterwards = scratch.afterwards;
        Ok(Replay {
            session,
            afterwards,
        })
    }

    async fn apply(&mut self, migration: &Migration) -> Result<(), Error> {
        match migration.transaction {
            true => {
                self.session.run("SAVEPOINT _tablature_replayed").await?;
                let mut applied = files::execute(&mut self.session, migration).await;
                if applied.as_ref().is_err_and(uses_new_value) {
                    self.commit(migration).await?;
                    applied = files::execute(&mut self.session, migration).await;
                }
                applied.map_err(|error| failed(migration.version, &error))?;
                self.session.run("RELEASE _tablature_replayed").await?;
            }
            false => self.without_transaction(migration).await?,
        }
        self.session.clean().await
    }

    /// Commits what stands before the savepoint, where that is allowed.
    async fn commit(&mut self, migration: &Migration) -> Result<(), Error> {
        self.session.run("ROLLBACK TO _tablature_replayed").await?;
        let rows = rows::last(self.session.client, CHANGES_SERVER).await?;
        let changes_server = rows.first().is_none_or(|row| flag(row, 0));
        match self.afterwards {
            Afterwards::Dropped if !changes_server => {}
            afterwards => return Err(wants_commit(migration, afterwards)),
        }
        self.session.commit("").await?;
        self.session.begin_write().await?;
        self.session.run("SAVEPOINT _tablature_replayed").await
    }

    /// Runs the statements of a `-- no-transaction` file in a transaction: what refuses that is run without CONCURRENTLY,
    /// or left out, as what is left changes no schema.
    async fn without_transaction(&mut self, migration: &Migration) -> Result<(), Error> {
        for (at, place) in migration.statements.iter().enumerate() {
            let sql = statement::text(migration, &migration.sql, place)?;
            match statement::control(sql) {
                Control::Begin | Control::Commit | Control::Rollback => continue,
                Control::Savepoint | Control::Session | Control::None => {}
            }
            self.session.run("SAVEPOINT _tablature_replayed").await?;
            let script = Script {
                text: &migration.sql,
                statements: &[(place.start, place.end)],
            };
            let mut ran = self.session.client.run(script).await;
            if let Err(failure) = &ran
                && is(&failure.error, &SqlState::UNSAFE_NEW_ENUM_VALUE_USAGE)
            {
                self.commit(migration).await?;
                ran = self.session.client.run(script).await;
            }
            if let Err(failure) = ran {
                if !is(&failure.error, &SqlState::ACTIVE_SQL_TRANSACTION) {
                    let client = &mut *self.session.client;
                    let error = statement::failed(client, migration, at, failure).await;
                    return Err(failed(migration.version, &error));
                }
                self.session.run("ROLLBACK TO _tablature_replayed").await?;
                if let Some(sql) = without_concurrently(sql) {
                    self.session.run(&sql).await?;
                }
            }
            self.session.run("RELEASE _tablature_replayed").await?;
        }
        Ok(())
    }
}

/// Whether the transaction has changed what all databases share. Of roles, memberships, settings and comments the server keeps
/// the lock until the end; the row of a database, with its privileges, is as new as the transaction.
const CHANGES_SERVER: &str = "SELECT EXISTS (
        SELECT FROM pg_catalog.pg_locks WHERE pid = pg_catalog.pg_backend_pid() AND locktype = 'relation'
        AND database = 0 AND mode IN ('RowExclusiveLock', 'ShareRowExclusiveLock', 'AccessExclusiveLock'))
    OR EXISTS (SELECT FROM pg_catalog.pg_database WHERE pg_catalog.age(xmin) <= 0)";

fn keep_foreign(found: &mut Schema) {
    let tables = found.tables.to_mut();
    tables.retain(|table| !managed::is_ignored(&table.name, &[]));
}

/// A statement without its CONCURRENTLY; none if it has none.
fn without_concurrently(sql: &str) -> Option<String> {
    let mut tokens = tokenize(sql).into_iter();
    let word = tokens.find(|token| token.kind == TokenKind::Keyword(Keyword::Concurrently))?;
    let (before, after) = (sql.get(..word.start)?, sql.get(word.end..)?);
    Some(format!("{before}{after}"))
}
