//! Steps on a server: what a function is given, and how one of either client is told from one of the other.

use super::StepError;
use std::fmt;
use std::future::Future;
use std::pin::Pin;

/// The transaction of a run, over the client that it has.
#[non_exhaustive]
pub enum OnServer<'a> {
    /// The synchronous one.
    #[cfg(feature = "postgres")]
    Postgres(&'a mut postgres::Transaction<'a>),
    /// The asynchronous one.
    TokioPostgres(&'a tokio_postgres::Transaction<'a>),
    /// None: the function is only asked which client it is for, before anything runs.
    Asked(&'a mut Option<ServerClient>),
}

/// A client of a server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ServerClient {
    /// The synchronous one, `postgres`.
    Postgres,
    /// The asynchronous one, `tokio-postgres`.
    TokioPostgres,
}

impl fmt::Display for ServerClient {
    /// The name of its crate.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            ServerClient::Postgres => "postgres",
            ServerClient::TokioPostgres => "tokio-postgres",
        })
    }
}

impl fmt::Debug for OnServer<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            #[cfg(feature = "postgres")]
            OnServer::Postgres(_) => "Postgres",
            OnServer::TokioPostgres(_) => "TokioPostgres",
            OnServer::Asked(_) => "Asked",
        })
    }
}

/// A step that runs.
pub type Running<'a> = Pin<Box<dyn Future<Output = Result<(), StepError>> + Send + 'a>>;

/// A function that can be the step of a migration of PostgreSQL, for a client:
/// `fn(&mut postgres::Transaction<'_>) -> Result<(), StepError>` or
/// `async fn(&tokio_postgres::Transaction<'_>) -> Result<(), StepError>`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be the step of a migration",
    label = "named by a migration of this directory",
    note = "for the client `postgres` write `fn step(transaction: &mut Transaction<'_>) -> Result<(), StepError>`",
    note = "for `tokio-postgres` write `async fn step(transaction: &Transaction<'_>) -> Result<(), StepError>`"
)]
pub trait ServerStep<Client> {
    /// Runs it in the transaction of a run.
    fn run(self, on: OnServer<'_>) -> Running<'_>;
}

#[cfg(feature = "postgres")]
impl<F> ServerStep<postgres::Client> for F
where
    F: FnOnce(&mut postgres::Transaction<'_>) -> Result<(), StepError>,
{
    fn run(self, on: OnServer<'_>) -> Running<'_> {
        let returned = match on {
            OnServer::Postgres(transaction) => self(transaction),
            OnServer::TokioPostgres(_) => Err(
                "it is a function for the client `postgres`, and the run is over `tokio-postgres`"
                    .into(),
            ),
            OnServer::Asked(client) => {
                *client = Some(ServerClient::Postgres);
                Ok(())
            }
        };
        Box::pin(std::future::ready(returned))
    }
}

/// An asynchronous function of a transaction.
pub trait TransactionFuture<'a>:
    FnOnce(&'a tokio_postgres::Transaction<'a>) -> Self::Returned
{
    /// What it returns.
    type Returned: Future<Output = Result<(), StepError>> + Send + 'a;
}

impl<'a, F, R> TransactionFuture<'a> for F
where
    F: FnOnce(&'a tokio_postgres::Transaction<'a>) -> R,
    R: Future<Output = Result<(), StepError>> + Send + 'a,
{
    type Returned = R;
}

impl<F> ServerStep<tokio_postgres::Client> for F
where
    F: for<'a> TransactionFuture<'a>,
{
    fn run(self, on: OnServer<'_>) -> Running<'_> {
        match on {
            OnServer::TokioPostgres(transaction) => Box::pin(self(transaction)),
            #[cfg(feature = "postgres")]
            OnServer::Postgres(_) => Box::pin(std::future::ready(Err(
                "it is a function for the client `tokio-postgres`, and the run is over `postgres`"
                    .into(),
            ))),
            OnServer::Asked(client) => {
                *client = Some(ServerClient::TokioPostgres);
                Box::pin(std::future::ready(Ok(())))
            }
        }
    }
}

/// Runs a function in the transaction of a run: what `migrations!` writes for the function that a migration names.
pub fn run_on_server<Client, F: ServerStep<Client>>(function: F, on: OnServer<'_>) -> Running<'_> {
    function.run(on)
}
