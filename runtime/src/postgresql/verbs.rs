//! The verbs of a runner on a connection to a server, for each of the clients.

use super::client::Client;
use super::inspection::{Inspection, expected};
use super::replayed::{Afterwards, Scratch};
use super::session::Session;
use super::{adopt, apply, introspect, managed, repair, revert, start};
use crate::adopt::{AdoptPlan, Adopted};
use crate::error::Error;
use crate::migration::Migrations;
use crate::plan::Plan;
use crate::repair::Repair;
use crate::report::Report;
use crate::revert::{RevertPlan, Reverted};
use crate::runner::Runner;
use crate::source;
use crate::start::Start;
use crate::status::Status;
use tablature_model::postgres::Schema;

/// Migrations on a connection of the asynchronous client, [`tokio_postgres::Client`]: made by [`Runner::tokio_postgres`].
///
/// A future that is dropped before it is done rolls back what it has begun, as soon as the connection's task goes on.
#[derive(Debug)]
#[must_use = "nothing happens until a verb is called"]
pub struct TokioPostgres<'a>(On<'a, tokio_postgres::Client>);

/// Migrations on a connection of the synchronous client, [`postgres::Client`]: made by [`Runner::postgres`].
#[cfg(feature = "postgres")]
#[must_use = "nothing happens until a verb is called"]
pub struct Postgres<'a>(On<'a, postgres::Client>);

#[cfg(feature = "postgres")]
impl std::fmt::Debug for Postgres<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Postgres").field(&self.0.runner).finish()
    }
}

impl Migrations {
    /// Takes a connection of the asynchronous client, with the usual options.
    pub fn tokio_postgres<'a>(
        &'a self,
        client: &'a mut tokio_postgres::Client,
    ) -> TokioPostgres<'a> {
        self.runner().tokio_postgres(client)
    }

    /// Takes a connection of the synchronous client, with the usual options.
    #[cfg(feature = "postgres")]
    pub fn postgres<'a>(&'a self, client: &'a mut postgres::Client) -> Postgres<'a> {
        self.runner().postgres(client)
    }
}

impl<'a> Runner<'a> {
    /// Takes a connection of the asynchronous client.
    ///
    /// ```no_run
    /// # static MIGRATIONS: tablature::Migrations = tablature::Migrations::EMPTY;
    /// # async fn start() -> Result<(), Box<dyn std::error::Error>> {
    /// use tablature::tokio_postgres::{NoTls, connect};
    ///
    /// let (mut client, connection) = connect("host=localhost user=app", NoTls).await?;
    /// # /*
    /// tokio::spawn(connection);
    /// # */
    /// # drop(connection);
    /// println!("{}", MIGRATIONS.tokio_postgres(&mut client).apply().await?);
    /// # Ok(())
    /// # }
    /// ```
    pub fn tokio_postgres(self, client: &'a mut tokio_postgres::Client) -> TokioPostgres<'a> {
        TokioPostgres(On {
            runner: self,
            client,
            scratch: None,
        })
    }

    /// Takes a connection of the synchronous client.
    ///
    /// ```no_run
    /// # static MIGRATIONS: tablature::Migrations = tablature::Migrations::EMPTY;
    /// use tablature::postgres::{Client, NoTls};
    ///
    /// let mut client = Client::connect("host=localhost user=app", NoTls)?;
    /// println!("{}", MIGRATIONS.postgres(&mut client).apply()?);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// How the connection is encrypted is between the application and the client: in the place of `NoTls` stands the
    /// connector of a crate such as `postgres-native-tls` or `tokio-postgres-rustls`. Behind a proxy that hands out
    /// connections by the transaction, ordinary files are applied as on the server itself; a `-- no-transaction` file needs
    /// a connection to the server, as it keeps a lock of the session.
    #[cfg(feature = "postgres")]
    pub fn postgres(self, client: &'a mut postgres::Client) -> Postgres<'a> {
        Postgres(On {
            runner: self,
            client,
            scratch: None,
        })
    }
}

/// Migrations, how they are to be applied, and a connection.
#[derive(Debug)]
struct On<'a, C> {
    runner: Runner<'a>,
    client: &'a mut C,
    scratch: Option<Scratch<'a, C>>,
}

impl<C: Client> On<'_, C> {
    async fn apply(&mut self) -> Result<Report, Error> {
        if let Some(source) = &self.runner.migrations.source {
            source::check(source)?;
        }
        apply::apply(self.client, &self.runner).await
    }

    async fn start(&mut self) -> Start {
        start::may_write(self.client).await;
        match self.apply().await {
            Ok(report) => Start::Ready(report),
            Err(error) => {
                let status = self.status().await.ok();
                let degraded = start::degraded(self.client, &self.runner, error, status).await;
                Start::Degraded(Box::new(degraded))
            }
        }
    }

    async fn verify(&mut self) -> Result<(), Error> {
        expected(&self.runner)?;
        let mut session = Session::new(self.client, &self.runner);
        session.begin_read().await?;
        let seen = Inspection::read(&mut session, &self.runner).await?;
        seen.verify(&mut session).await?;
        session.rollback().await
    }

    async fn schema(&mut self) -> Result<Schema, Error> {
        let mut session = Session::new(self.client, &self.runner);
        session.begin_read().await?;
        let mut schema = introspect::schema(session.client).await?;
        session.rollback().await?;
        managed::leave_out_own(&mut schema);
        Ok(schema)
    }

    async fn status(&mut self) -> Result<Status, Error> {
        expected(&self.runner)?;
        let mut session = Session::new(self.client, &self.runner);
        session.begin_read().await?;
        let seen = Inspection::read(&mut session, &self.runner).await?;
        let status = seen.status(&mut session, self.scratch.as_mut()).await?;
        session.rollback().await?;
        Ok(status)
    }

    async fn plan(&mut self) -> Result<Plan, Error> {
        expected(&self.runner)?;
        let mut session = Session::new(self.client, &self.runner);
        session.begin_read().await?;
        let seen = Inspection::read(&mut session, &self.runner).await?;
        let plan = seen.plan()?;
        if plan.is_empty() {
            // As a run would, which has nothing else to do.
            seen.refuse_differences(&mut session, "").await?;
        }
        session.rollback().await?;
        Ok(plan)
    }

    async fn adopt(&mut self, version: Option<i64>) -> Result<Adopted, Error> {
        expected(&self.runner)?;
        let scratch = self.scratch.as_mut();
        adopt::adopt(self.client, &self.runner, scratch, version).await
    }

    async fn plan_adopt(&mut self, version: Option<i64>) -> Result<AdoptPlan, Error> {
        expected(&self.runner)?;
        let scratch = self.scratch.as_mut();
        adopt::plan_adopt(self.client, &self.runner, scratch, version).await
    }

    async fn repair(&mut self) -> Result<Repair, Error> {
        let scratch = self.scratch.as_mut();
        repair::repair(self.client, &self.runner, scratch).await
    }

    async fn revert_to(&mut self, version: i64) -> Result<Reverted, Error> {
        let scratch = self.scratch.as_mut();
        revert::revert(self.client, &self.runner, scratch, version).await
    }

    async fn plan_revert(&mut self, version: i64) -> Result<RevertPlan, Error> {
        revert::plan_revert(self.client, &self.runner, version).await
    }
}

/// The verbs of a client, each with its documentation: `now` gives the value of a future, or the future itself.
macro_rules! verbs {
    ($on:ident, $client:ty, [$($asynchronous:tt)?], $now:ident) => {
        impl<'a> $on<'a> {
            /// Names a connection to an empty database, on the same version of the engine.
            ///
            /// The schemas of earlier versions, which adopting, going back and repairing compare with, are not compiled in. They are
            /// found out by applying the migrations there, in a transaction that is undone: the database is empty again
            /// afterwards. Without one, a database can be adopted at the last version, and gone back over from there.
            pub fn scratch(mut self, client: &'a mut $client) -> Self {
                let afterwards = Afterwards::Empty;
                self.0.scratch = Some(Scratch { client, afterwards });
                self
            }

            /// Names a connection to an empty database that nobody uses afterwards, on the same server: it can be dropped then.
            ///
            /// It takes the place of [`scratch`](Self::scratch), and is for one verb. Where the server wants a commit between
            /// two of the migrations, as before version 17 between one that adds a value to an enum and one that uses it, there
            /// is one; unless they have changed what all databases of the server share, such as roles.
            pub fn scratch_to_drop(mut self, client: &'a mut $client) -> Self {
                let afterwards = Afterwards::Dropped;
                self.0.scratch = Some(Scratch { client, afterwards });
                self
            }

            /// Applies every pending migration, or none: all in one transaction, under a lock that lets one program migrate
            /// at a time. The schema of the database is compared with the one that the migrations define before that
            /// transaction is committed.
            ///
            /// A start that finds nothing to do is one round trip. A `-- no-transaction` file takes effect statement by
            /// statement, and a run that follows one that failed goes on where it stopped; what stands before it is
            /// committed before. So is what stands before a file that uses a value which an earlier one has added to an
            /// enum, up to that one: the engine wants a commit between the two.
            ///
            /// During the run `search_path` is as the runner says, whatever the connection has; afterwards every setting of
            /// the connection is what it was.
            ///
            /// # Errors
            ///
            /// Each variant of [`Error`] is a decision that a program can take. Unless it says otherwise, the database is
            /// as it was before, but for what has been committed as said above.
            pub $($asynchronous)? fn apply(&mut self) -> Result<Report, Error> {
                $now!(self.0.apply())
            }

            /// Applies every pending migration. Where that fails, whatever the reason, the program can go on without writing:
            /// what is wrong and what is missing is told, and the connection only reads.
            ///
            /// That is done by `default_transaction_read_only`, a setting of the session, so that nothing is written by
            /// accident to a database which is not the one that the program was compiled for; other connections of a pool are
            /// the program's to set. A later call with the same connection tries again, and where it succeeds the setting is
            /// what it was. Behind a proxy that hands out connections by the transaction there is no session to set
            /// something for: call [`apply`](Self::apply) there, and look at [`status`](Self::status).
            ///
            /// ```no_run
            /// # static MIGRATIONS: tablature::Migrations = tablature::Migrations::EMPTY;
            /// # #[cfg(feature = "postgres")]
            /// # fn start(client: &mut tablature::postgres::Client) {
            /// use tablature::Start;
            ///
            /// match MIGRATIONS.postgres(client).start() {
            ///     Start::Ready(report) => println!("{report}"),
            ///     // `degraded.can_read_rows::<Story>()` tells what can be shown all the same.
            ///     Start::Degraded(degraded) => eprintln!("{degraded}"),
            /// }
            /// # }
            /// ```
            pub $($asynchronous)? fn start(&mut self) -> Start {
                $now!(self.0.start())
            }

            /// Checks, without changing anything, that every migration is applied and that the schema of the database is
            /// what they define.
            ///
            /// # Errors
            ///
            /// [`Error::Pending`], [`Error::SchemaMismatch`], and what is in the way of finding out.
            pub $($asynchronous)? fn verify(&mut self) -> Result<(), Error> {
                $now!(self.0.verify())
            }

            /// Reads the schema of the database, without the tables in which the library remembers what was applied.
            ///
            /// # Errors
            ///
            /// What is in the way of reading it.
            pub $($asynchronous)? fn schema(&mut self) -> Result<Schema, Error> {
                $now!(self.0.schema())
            }

            /// Tells, without changing anything, how the database stands to the migrations.
            ///
            /// # Errors
            ///
            /// What is in the way of finding out.
            pub $($asynchronous)? fn status(&mut self) -> Result<Status, Error> {
                $now!(self.0.status())
            }

            /// Tells, without changing anything, what would be applied.
            ///
            /// # Errors
            ///
            /// What a run would be refused for, and what is in the way of finding out.
            pub $($asynchronous)? fn plan(&mut self) -> Result<Plan, Error> {
                $now!(self.0.plan())
            }

            /// Gives a history to a database that something else has made, by its schema and what the history of another
            /// tool says: sqlx, diesel, refinery, goose, dbmate, Alembic, Flyway, Prisma. Which versions it is compared
            /// with depends on [`scratch`](Self::scratch).
            ///
            /// # Errors
            ///
            /// [`Error::Ambiguous`], [`Error::NotAdoptable`], [`Error::ForeignHistory`], and what is in the way of finding
            /// out.
            pub $($asynchronous)? fn adopt(&mut self) -> Result<Adopted, Error> {
                $now!(self.0.adopt(None))
            }

            /// Gives a history to a database that something else has made, at a version, if it has its schema.
            ///
            /// # Errors
            ///
            /// Those of [`adopt`](Self::adopt).
            pub $($asynchronous)? fn adopt_at(&mut self, version: i64) -> Result<Adopted, Error> {
                $now!(self.0.adopt(Some(version)))
            }

            /// Tells, without changing anything, what [`adopt`](Self::adopt) would record.
            ///
            /// # Errors
            ///
            /// Those of [`adopt`](Self::adopt).
            pub $($asynchronous)? fn plan_adopt(&mut self) -> Result<AdoptPlan, Error> {
                $now!(self.0.plan_adopt(None))
            }

            /// Tells, without changing anything, what [`adopt_at`](Self::adopt_at) would record.
            ///
            /// # Errors
            ///
            /// Those of [`adopt`](Self::adopt).
            pub $($asynchronous)? fn plan_adopt_at(&mut self, version: i64) -> Result<AdoptPlan, Error> {
                $now!(self.0.plan_adopt(Some(version)))
            }

            /// Writes the script that brings a drifted database back to what the migrations up to its version define, and
            /// changes nothing.
            ///
            /// The statements are tried on the database itself, in a transaction and under the lock of a run; the schema is
            /// compared with what it is to be, and all of it is undone. That takes the locks which the script will take, and
            /// where a table has to be written anew or checked, its time. What a view, a function or a rule is made by is told
            /// by [`scratch`](Self::scratch), as is a version other than the last.
            ///
            /// What can be changed in place is. Where a view, a foreign key or the like stands in the way, it is dropped and
            /// made again, with its owner, privileges and comment. Tables and columns that no migration defines are kept unless
            /// [`drop_unexpected`](Runner::drop_unexpected) names them; values stay what they are.
            ///
            /// # Errors
            ///
            /// [`Error::NotRepairable`] if rows do not fit, with which these are, or if something else stands against it; those
            /// of a history that does not fit; [`Error::Pending`] if nothing is to be mended and migrations are pending.
            pub $($asynchronous)? fn repair(&mut self) -> Result<Repair, Error> {
                $now!(self.0.repair())
            }

            /// Goes back to a version by the down files of the migrations above it, in one transaction; one below the first
            /// is before it. Down files that are not proven to restore schema and data are refused unless they are named
            /// with [`accept_losses_of`](Runner::accept_losses_of).
            ///
            /// # Errors
            ///
            /// [`Error::Irreversible`], [`Error::NotRestored`], [`Error::NotApplied`], and those of a statement that fails.
            pub $($asynchronous)? fn revert_to(&mut self, version: i64) -> Result<Reverted, Error> {
                $now!(self.0.revert_to(version))
            }

            /// Tells, without changing anything, what [`revert_to`](Self::revert_to) would do.
            ///
            /// # Errors
            ///
            /// What a run would be refused for, and what is in the way of finding out.
            pub $($asynchronous)? fn plan_revert(&mut self, version: i64) -> Result<RevertPlan, Error> {
                $now!(self.0.plan_revert(version))
            }
        }
    };
}

macro_rules! awaited {
    ($future:expr) => {
        $future.await
    };
}

verbs!(TokioPostgres, tokio_postgres::Client, [async], awaited);

#[cfg(feature = "postgres")]
macro_rules! at_once {
    ($future:expr) => {
        super::client::now($future)
    };
}

#[cfg(feature = "postgres")]
verbs!(Postgres, postgres::Client, [], at_once);
