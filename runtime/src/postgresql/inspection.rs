//! A look at a database that changes nothing: what is pending, and whether the schema is as expected.

use super::client::Client;
use super::history::{self, History};
use super::outcome::is;
use super::repair::Target;
use super::replayed::Scratch;
use super::rows::{self, bytes, flag, text};
use super::session::Session;
use super::{adopt, introspect, managed};
use crate::difference::{Difference, is_postgres_addition, postgres_differences, shown};
use crate::error::Error;
use crate::migration::Migration;
use crate::plan::Plan;
use crate::runner::Runner;
use crate::status::{Halfway, NewerMigration, State, Status};
use std::borrow::Cow;
use tablature_model::postgres::{QualifiedName, Schema};
use tokio_postgres::error::SqlState;

/// The tables that are neither the engine's nor an extension's.
const TABLES: &str = "SELECT n.nspname, c.relname
    FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p', 'f') AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
      AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d
                      WHERE d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objid = c.oid AND d.deptype = 'e')
    ORDER BY n.nspname, c.relname";

/// The temporary objects of the connection.
const TEMPORARY: &str = "SELECT relname FROM pg_catalog.pg_class
    WHERE relnamespace = pg_catalog.pg_my_temp_schema() AND relkind NOT IN ('i', 'I') ORDER BY relname";

/// What the migrations of a runner leave behind.
pub(super) fn expected<'a>(runner: &'a Runner<'_>) -> Result<Cow<'a, Schema>, Error> {
    let migrations = runner.migrations;
    match migrations.expected.postgres() {
        Some(schema) => Ok(schema),
        // Nothing is for no engine.
        None if migrations.list.is_empty() => Ok(Cow::Owned(Schema::EMPTY)),
        None => Err(Error::OtherEngine {
            migrations: "SQLite",
            connection: "PostgreSQL",
        }),
    }
}

/// Whether the newest row of the history says that the list was applied and the schema verified, and the schema has not
/// changed since. It is one round trip.
pub(super) async fn is_up_to_date<C: Client>(
    client: &mut C,
    runner: &Runner<'_>,
) -> Result<bool, Error> {
    let Some(newest) = runner.migrations.list.last() else {
        return Ok(false);
    };
    match rows::last(client, &history::head(runner)).await {
        Ok(rows) => match rows.first() {
            Some(row) if flag(row, 2) => Err(Error::InTransaction),
            Some(row) => Ok(flag(row, 1) && bytes(row, 0) == newest.chain),
            None => Ok(false),
        },
        // A closer look finds out what is wrong.
        Err(error)
            if is(&error, &SqlState::UNDEFINED_TABLE)
                || is(&error, &SqlState::UNDEFINED_COLUMN) =>
        {
            Ok(false)
        }
        Err(error) => Err(error.into()),
    }
}

/// A database at one moment, and the migrations that it is looked at for.
pub(super) struct Inspection<'a, 'r> {
    pub(super) runner: &'a Runner<'r>,
    pub(super) history: History,
    /// The names of its tables that are not named as belonging to others; looked at only if it has no history.
    pub(super) tables: Vec<String>,
    pub(super) is_standby: bool,
    /// The names of the temporary objects of the connection, which names in the migrations could mean.
    temporary: Vec<String>,
}

impl<'a, 'r> Inspection<'a, 'r> {
    /// Looks at a database in the transaction that is open.
    pub(super) async fn read<C: Client>(
        session: &mut Session<'_, 'r, C>,
        runner: &'a Runner<'r>,
    ) -> Result<Self, Error> {
        let sql = format!(
            "{TEMPORARY}; SELECT {}, pg_catalog.pg_is_in_recovery()",
            history::is_there(runner)
        );
        let mut answer = rows::each(session.client, &sql).await?.into_iter();
        let temporary = answer.next().unwrap_or_default();
        let rows = answer.next().unwrap_or_default();
        let row = rows.first();
        let mut inspection = Inspection {
            runner,
            history: History::default(),
            tables: Vec::new(),
            is_standby: row.is_some_and(|row| flag(row, 1)),
            temporary: temporary
                .iter()
                .map(|row| text(row, 0).to_owned())
                .collect(),
        };
        if row.is_some_and(|row| flag(row, 0)) {
            inspection.history = history::read(session.client, runner).await?;
        }
        if inspection.history.recorded.is_empty() {
            inspection.read_tables(session).await?;
        }
        Ok(inspection)
    }

    async fn read_tables<C: Client>(
        &mut self,
        session: &mut Session<'_, '_, C>,
    ) -> Result<(), Error> {
        let rows = rows::last(session.client, TABLES).await?;
        let tables = rows.iter().map(|row| QualifiedName {
            schema: text(row, 0).to_owned().into(),
            name: text(row, 1).to_owned().into(),
        });
        let tables: Vec<QualifiedName> = tables.collect();
        if tables.is_empty() {
            return Ok(());
        }
        let expected = expected(self.runner)?;
        // In which the migrations would make theirs, if not in others.
        let own = history::schema(self.runner);
        let schemas = managed::schemas(&[&*expected]);
        // One of the migrations' own names is in the way, whoever it belongs to.
        let is_known = |name: &QualifiedName| expected.tables.iter().any(|it| it.name == *name);
        let is_managed = |name: &QualifiedName| {
            (schemas.contains(&*name.schema) || *name.schema == *own)
                && (is_known(name) || !managed::is_ignored(name, &self.runner.ignored_tables))
        };
        self.tables = tables
            .iter()
            .filter(|name| is_managed(name))
            .map(shown)
            .collect();
        Ok(())
    }

    /// Refuses to run files where their names could mean something else, or nothing can be written.
    pub(super) fn refuse_to_run(&self) -> Result<(), Error> {
        if self.is_standby {
            return Err(Error::Standby);
        }
        match self.temporary.as_slice() {
            [] => Ok(()),
            temporary => Err(Error::NotAlone {
                databases: Vec::new(),
                temporary: temporary.to_vec(),
            }),
        }
    }

    /// The migrations that are to be applied.
    pub(super) fn pending(&self) -> Result<&'r [Migration], Error> {
        self.runner.refuse_unknown_target()?;
        let pending = self.runner.pending_after(&self.history.recorded)?;
        let (wanted, _) = self.runner.wanted();
        let rest = self.runner.migrations.list.len() - wanted.len();
        let pending = pending
            .get(..pending.len().saturating_sub(rest))
            .unwrap_or_default();
        let is_fresh = self.history.recorded.is_empty() && self.history.progress.is_none();
        if !pending.is_empty() && is_fresh && !self.tables.is_empty() {
            return Err(Error::NoHistory {
                tables: self.tables.clone(),
            });
        }
        Ok(pending)
    }

    /// Tells what a run would apply.
    pub(super) fn plan(&self) -> Result<Plan, Error> {
        let pending = self.pending()?;
        let newest = self.history.recorded.last();
        Plan::new(
            newest.map(|newest| newest.version),
            pending,
            self.halfway(pending),
        )
    }

    /// Checks that nothing is pending and that the schema is as expected.
    pub(super) async fn verify<C: Client>(
        &self,
        session: &mut Session<'_, 'r, C>,
    ) -> Result<(), Error> {
        if let pending @ [first, ..] = self.pending()? {
            return Err(Error::Pending {
                count: pending.len(),
                version: first.version,
                name: first.name.to_string(),
                is_changed: self.is_changed(),
            });
        }
        self.refuse_differences(session, "").await.map(drop)
    }

    /// Tells how the database stands to the migrations.
    pub(super) async fn status<C: Client>(
        &self,
        session: &mut Session<'_, 'r, C>,
        scratch: Option<&mut Scratch<'_, C>>,
    ) -> Result<Status, Error> {
        let head = self.runner.migrations.list.last();
        let history = &self.history;
        let mut status = Status {
            state: State::Current,
            version: history.applied.last().map(|newest| newest.version),
            head: head.map(|migration| migration.version),
            pending: Vec::new(),
            applied: history.applied.clone(),
        };
        if history.is_verified && head.is_some_and(|head| history.chain == head.chain) {
            return Ok(status);
        }
        status.state = match self.pending() {
            Ok([]) => {
                let (_, is_all) = self.runner.wanted();
                let migrations = self.newer();
                match self.differences(session, "").await?.1 {
                    differences if is_all && !differences.is_empty() => {
                        State::Drifted { differences }
                    }
                    _ if migrations.is_empty() => State::Current,
                    _ => State::Ahead { migrations },
                }
            }
            Ok(pending) => {
                status.pending = pending.iter().map(Into::into).collect();
                let mut is_changed = self.is_changed();
                let mut differences = Vec::new();
                if let (true, Some(_)) = (is_changed, &scratch) {
                    let read = introspect::schema(session.client);
                    let found = read.await?;
                    // Where that cannot be found out, it is not: the status is for what is known.
                    if let Ok(target) = Target::at(self.runner, scratch, status.version).await {
                        differences = target.differences(self.runner, found);
                        is_changed = !differences.is_empty();
                    }
                }
                State::Pending {
                    is_changed,
                    differences,
                    halfway: self.halfway(pending),
                }
            }
            Err(error @ Error::Newer { .. }) => State::Newer {
                reason: error.to_string(),
                migrations: self.newer(),
            },
            Err(
                error @ (Error::Changed { .. } | Error::Missing { .. } | Error::OutOfOrder { .. }),
            ) => State::Unknown {
                reason: error.to_string(),
            },
            Err(Error::NoHistory { .. }) => adopt::state(self.runner, session, scratch).await?,
            Err(error) => return Err(error),
        };
        Ok(status)
    }

    /// Whether something else than a run has changed the schema since it was last verified: a `-- no-transaction` file that
    /// has stopped has changed it too.
    pub(super) fn is_changed(&self) -> bool {
        self.history.is_changed && self.history.progress.is_none()
    }

    /// The migrations in the history that a newer program has applied.
    fn newer(&self) -> Vec<NewerMigration> {
        let head = self.runner.migrations.list.last();
        let head = head.map(|migration| migration.version);
        let recorded = self.history.recorded.iter();
        let newer = recorded.filter(|row| Some(row.version) > head);
        newer.map(NewerMigration::from).collect()
    }

    /// Whether a newer program has migrated the database further.
    pub(super) fn is_ahead(&self) -> bool {
        !self.newer().is_empty()
    }

    /// The `-- no-transaction` file that stopped half way.
    fn halfway(&self, pending: &[Migration]) -> Option<Halfway> {
        let first = pending.first()?;
        let progress = self.history.progress.as_ref()?;
        (progress.version == first.version).then(|| Halfway {
            version: first.version,
            finished: progress.finished(),
            statements: first.statements.len(),
        })
    }

    /// Compares the schema with the one that was compiled in, and gives the fingerprint by which it is known to be the same
    /// later; none if that is of a later version, or only a part of it. What is to be run before is sent in the same round
    /// trip.
    pub(super) async fn refuse_differences<C: Client>(
        &self,
        session: &mut Session<'_, '_, C>,
        before: &str,
    ) -> Result<Option<String>, Error> {
        let (_, is_all) = self.runner.wanted();
        if !is_all {
            if !before.is_empty() {
                session.run(before).await?;
            }
            return Ok(None);
        }
        let (fingerprint, differences) = self.differences(session, before).await?;
        if differences.is_empty() {
            Ok((!self.is_ahead()).then_some(fingerprint))
        } else {
            Err(Error::SchemaMismatch { differences })
        }
    }

    /// What the migrations define and the database does not have, or has otherwise.
    pub(super) async fn missing<C: Client>(
        &self,
        session: &mut Session<'_, '_, C>,
    ) -> Result<Vec<Difference>, Error> {
        let (_, mut missing) = self.differences(session, "").await?;
        missing.retain(|difference| match difference {
            Difference::Missing { .. } | Difference::Changed { .. } => true,
            Difference::Unexpected { .. } => false,
        });
        Ok(missing)
    }

    async fn differences<C: Client>(
        &self,
        session: &mut Session<'_, '_, C>,
        before: &str,
    ) -> Result<(String, Vec<Difference>), Error> {
        let read = introspect::with_fingerprint(session.client, self.runner, before);
        let (fingerprint, mut found) = read.await?;
        let expected = expected(self.runner)?;
        managed::leave_out(&mut found, &[&*expected], &self.runner.ignored_tables);
        let mut differences = postgres_differences(&expected, &found);
        if self.is_ahead() {
            // Unless this is accepted, nothing is compared.
            differences.retain(|difference| !is_postgres_addition(difference, &found));
        }
        Ok((fingerprint, differences))
    }
}
