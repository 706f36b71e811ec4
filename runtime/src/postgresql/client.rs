//! The two clients behind one trait.
//!
//! Everything is sent as a simple query: a message with as many statements as belong together is one round trip, no prepared
//! statement is left behind, and a proxy that hands out connections by the transaction has nothing to go wrong with.

use super::step::Function;
use crate::step::{ServerClient, StepError};
use std::future::Future;
use tokio_postgres::{Error, SimpleQueryMessage};

/// A connection to a server.
pub(crate) trait Client: Send {
    /// Which client it is.
    const NAME: ServerClient;

    /// Sends a message of statements, and gives the rows of all of them.
    fn query(
        &mut self,
        sql: &str,
    ) -> impl Future<Output = Result<Vec<SimpleQueryMessage>, Error>> + Send;

    /// Runs the statements of a script, one after the other until one fails.
    fn run(&mut self, script: Script<'_>) -> impl Future<Output = Result<(), Failure>> + Send;

    /// Runs a function of the application in the transaction that is open, and gives what it returns.
    fn step(
        &mut self,
        run: Function,
    ) -> impl Future<Output = Result<Result<(), StepError>, Error>> + Send;

    /// Sends what undoes the run without waiting for the answer, as it is being given up.
    fn abandon(&mut self, sql: &str);

    /// Whether the connection is gone.
    fn is_closed(&self) -> bool;
}

/// Statements, and where they stand in their text.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Script<'a> {
    pub(crate) text: &'a str,
    /// The first and one past the last byte of each.
    pub(crate) statements: &'a [(usize, usize)],
}

/// A statement of a script that failed.
#[derive(Debug)]
pub(crate) struct Failure {
    pub(crate) error: Error,
    /// How many statements before it have run.
    pub(crate) completed: usize,
    /// Where what was sent begins in the text; the positions in the error count from there.
    pub(crate) offset: usize,
}

impl<'a> Script<'a> {
    /// The text of the statements from one to the last, with what is between them; none if there are no such statements.
    #[cfg(feature = "tokio-postgres")]
    fn whole(&self) -> Option<(usize, &'a str)> {
        let (first, _) = self.statements.first()?;
        let (_, end) = self.statements.last()?;
        Some((*first, self.text.get(*first..*end)?))
    }
}

#[cfg(feature = "postgres")]
mod synchronous {
    use super::{
        Client, Error, Failure, Function, Script, ServerClient, SimpleQueryMessage, StepError,
    };
    use crate::step::OnServer;
    use std::future::{Future, ready};
    use std::mem::ManuallyDrop;
    use std::pin::pin;
    use std::task::{Context, Poll, Waker};

    impl Client for postgres::Client {
        const NAME: ServerClient = ServerClient::Postgres;

        fn query(
            &mut self,
            sql: &str,
        ) -> impl Future<Output = Result<Vec<SimpleQueryMessage>, Error>> + Send {
            ready(self.simple_query(sql))
        }

        /// Statement by statement: of a message that fails, this client does not tell how far it came.
        fn run(&mut self, script: Script<'_>) -> impl Future<Output = Result<(), Failure>> + Send {
            let mut run = || {
                for (completed, (start, end)) in script.statements.iter().enumerate() {
                    let statement = script.text.get(*start..*end).unwrap_or_default();
                    self.batch_execute(statement).map_err(|error| Failure {
                        error,
                        completed,
                        offset: *start,
                    })?;
                }
                Ok(())
            };
            ready(run())
        }

        /// What the client takes for a transaction of its own is the one that is open already: the server only warns of its
        /// BEGIN, and as it is never dropped, nothing ends it.
        fn step(
            &mut self,
            run: Function,
        ) -> impl Future<Output = Result<Result<(), StepError>, Error>> + Send {
            ready(self.transaction().map(|transaction| {
                let mut transaction = ManuallyDrop::new(transaction);
                now(run(OnServer::Postgres(&mut transaction)))
            }))
        }

        fn abandon(&mut self, sql: &str) {
            // Where it fails the connection is gone, and with it what it has begun.
            let _ = self.batch_execute(sql);
        }

        fn is_closed(&self) -> bool {
            postgres::Client::is_closed(self)
        }
    }

    /// The value of a future that waits for nothing, as all of those over this client.
    pub(crate) fn now<F: Future>(future: F) -> F::Output {
        let mut future = pin!(future);
        let mut context = Context::from_waker(Waker::noop());
        loop {
            if let Poll::Ready(value) = future.as_mut().poll(&mut context) {
                return value;
            }
        }
    }
}

#[cfg(feature = "postgres")]
pub(crate) use synchronous::now;

mod asynchronous {
    use super::{
        Client, Error, Failure, Function, Script, ServerClient, SimpleQueryMessage, StepError,
    };
    use crate::step::OnServer;
    use futures_core::Stream;
    use std::future::{Future, poll_fn};
    use std::mem::ManuallyDrop;
    use std::pin::pin;
    use std::task::{Context, Waker};

    impl Client for tokio_postgres::Client {
        const NAME: ServerClient = ServerClient::TokioPostgres;

        fn query(
            &mut self,
            sql: &str,
        ) -> impl Future<Output = Result<Vec<SimpleQueryMessage>, Error>> + Send {
            self.simple_query(sql)
        }

        /// All statements in one message.
        async fn run(&mut self, script: Script<'_>) -> Result<(), Failure> {
            let Some((offset, text)) = script.whole() else {
                return Ok(());
            };
            let mut completed = 0;
            let failed = |error, completed| Failure {
                error,
                completed,
                offset,
            };
            let stream = self.simple_query_raw(text).await;
            let mut stream = pin!(stream.map_err(|error| failed(error, completed))?);
            while let Some(message) = poll_fn(|context| stream.as_mut().poll_next(context)).await {
                if let SimpleQueryMessage::CommandComplete(_) =
                    message.map_err(|error| failed(error, completed))?
                {
                    completed += 1;
                }
            }
            Ok(())
        }

        /// As over the synchronous client.
        async fn step(&mut self, run: Function) -> Result<Result<(), StepError>, Error> {
            let transaction = ManuallyDrop::new(self.transaction().await?);
            Ok(run(OnServer::TokioPostgres(&transaction)).await)
        }

        fn abandon(&mut self, sql: &str) {
            // A message is on its way as soon as its future is polled for the first time.
            let rollback = pin!(self.batch_execute(sql));
            let _ = rollback.poll(&mut Context::from_waker(Waker::noop()));
        }

        fn is_closed(&self) -> bool {
            tokio_postgres::Client::is_closed(self)
        }
    }
}
