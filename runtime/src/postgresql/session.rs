//! A connection while migrations run on it: its transaction, and the lock under which one run is at a time.
//!
//! The lock is an advisory one, of the transaction, so that it goes with it, and that a proxy which hands out connections by
//! the transaction is no obstacle. It is asked for again and again instead of being waited for in the server: who waits there
//! has a snapshot, for which a concurrent build of an index by the holder would wait in its turn.

use super::client::Client;
use super::history;
use super::holders;
use super::outcome::{environment, is, is_lost};
use super::rows::{self, Rows, flag, text};
use super::settings::{self, Settings};
use crate::error::{DatabaseError, Error};
use crate::event::Event;
use crate::runner::Runner;
use std::time::{Duration, Instant};
use tokio_postgres::error::SqlState;

/// The names of the constraints whose check can wait, and whether it does unless something else is said. Those whose name
/// another constraint of their schema has, which cannot wait, cannot be named.
const DEFERRABLE: &str = "SELECT pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(c.conname), pg_catalog.bool_or(c.condeferred)
    FROM pg_catalog.pg_constraint c JOIN pg_catalog.pg_namespace n ON n.oid = c.connamespace
    GROUP BY n.nspname, c.conname HAVING pg_catalog.bool_and(c.condeferrable)";

/// Whether the session is set to write nothing, `on` or `off`; what a start has set so itself counts as it was before.
const ONLY_READS: &str =
    "coalesce(nullif(pg_catalog.current_setting('tablature.read_only_before', true), ''),
    pg_catalog.current_setting('default_transaction_read_only'))";

/// A connection that a run has to itself; when it is dropped, also by a panic or as its future is, what it has begun is
/// rolled back.
pub(super) struct Session<'a, 'r, C: Client> {
    pub(super) client: &'a mut C,
    pub(super) runner: &'a Runner<'r>,
    in_transaction: bool,
    /// Whether the session itself holds the lock, beyond its transactions.
    has_lock: bool,
    /// What the session had set before a file that may set something ran.
    settings: Option<Settings>,
}

impl<C: Client> Drop for Session<'_, '_, C> {
    fn drop(&mut self) {
        if self.client.is_closed() {
            return;
        }
        if self.has_lock {
            let key = history::key(self.runner);
            let unlock = format!("ROLLBACK; SELECT pg_catalog.pg_advisory_unlock({key})");
            self.client.abandon(&unlock);
        } else if self.in_transaction {
            self.client.abandon("ROLLBACK");
        }
    }
}

impl<'a, 'r, C: Client> Session<'a, 'r, C> {
    pub(super) fn new(client: &'a mut C, runner: &'a Runner<'r>) -> Self {
        Session {
            client,
            runner,
            in_transaction: false,
            has_lock: false,
            settings: None,
        }
    }

    /// Sends a message.
    pub(super) async fn run(&mut self, sql: &str) -> Result<(), Error> {
        self.client.query(sql).await?;
        Ok(())
    }

    /// Begins a transaction that only looks, at one state of the database.
    pub(super) async fn begin_read(&mut self) -> Result<(), Error> {
        self.begin("ISOLATION LEVEL REPEATABLE READ, READ ONLY", "")
            .await?;
        Ok(())
    }

    async fn begin(&mut self, mode: &str, after: &str) -> Result<Rows, Error> {
        let pinned = settings::pinned(self.runner, "LOCAL");
        let sql = format!("BEGIN TRANSACTION {mode}; {pinned}{after}");
        self.in_transaction = true;
        rows::last(self.client, &sql).await.map_err(|error| {
            // What a standby says to READ WRITE.
            match is(&error, &SqlState::FEATURE_NOT_SUPPORTED) {
                true => Error::Standby,
                false => error.into(),
            }
        })
    }

    /// Begins a transaction that nobody else can migrate in, when the others are done.
    pub(super) async fn begin_write(&mut self) -> Result<(), Error> {
        let key = history::key(self.runner);
        let ask = format!("; SELECT pg_catalog.pg_try_advisory_xact_lock({key}), {ONLY_READS}");
        let mut turn = Turn::new(self.runner);
        loop {
            let rows = self
                .begin("ISOLATION LEVEL READ COMMITTED, READ WRITE", &ask)
                .await?;
            if rows.first().is_some_and(|row| text(row, 1) == "on") {
                self.rollback().await?;
                return Err(Error::ReadOnlySession);
            }
            if rows.first().is_some_and(|row| flag(row, 0)) {
                return Ok(());
            }
            turn.wait(self, key).await?;
        }
    }

    /// Takes the lock for the session, for statements that run in no transaction.
    pub(super) async fn lock_session(&mut self) -> Result<(), Error> {
        let key = history::key(self.runner);
        let ask = format!("SELECT pg_catalog.pg_try_advisory_lock({key})");
        let mut turn = Turn::new(self.runner);
        loop {
            let rows = rows::last(self.client, &ask).await?;
            if rows.first().is_some_and(|row| flag(row, 0)) {
                self.has_lock = true;
                return Ok(());
            }
            turn.wait(self, key).await?;
        }
    }

    /// Undoes the transaction that may be open, and gives back the lock of the session.
    pub(super) async fn unlock_session(&mut self) -> Result<(), Error> {
        if self.client.is_closed() {
            // The server gives it back.
            return Ok(());
        }
        let key = history::key(self.runner);
        let unlock = format!("SELECT pg_catalog.pg_advisory_unlock({key})");
        let unlocked = match self.end().await {
            Ok(()) => self.run(&unlock).await,
            failed => failed,
        };
        self.has_lock = unlocked.is_err();
        unless_lost(unlocked)
    }

    /// Runs what is left of a transaction, and commits it, in one message.
    pub(super) async fn commit(&mut self, sql: &str) -> Result<(), Error> {
        let sql = match sql {
            "" => "COMMIT".to_owned(),
            sql => format!("{sql}; COMMIT"),
        };
        match self.client.query(&sql).await {
            Ok(_) => {
                self.in_transaction = false;
                Ok(())
            }
            Err(error) if is_lost(&error) => Err(Error::CommitUnknown {
                reason: DatabaseError::Postgres(error),
            }),
            Err(error) => Err(error.into()),
        }
    }

    /// Undoes the transaction.
    pub(super) async fn rollback(&mut self) -> Result<(), Error> {
        self.run("ROLLBACK").await?;
        self.in_transaction = false;
        Ok(())
    }

    /// Undoes the transaction that may be open.
    async fn end(&mut self) -> Result<(), Error> {
        match self.in_transaction {
            true => self.rollback().await,
            false => Ok(()),
        }
    }

    /// Tells that a transaction is open which was begun otherwise, or is over.
    pub(super) fn set_in_transaction(&mut self, in_transaction: bool) {
        self.in_transaction = in_transaction;
    }

    /// Ends what is open, also after a failure, and takes back what files have left in the session.
    pub(super) async fn finish(&mut self) -> Result<(), Error> {
        if self.client.is_closed() {
            return Ok(());
        }
        unless_lost(match self.end().await {
            Ok(()) => self.restore_settings().await,
            failed => failed,
        })
    }

    /// Keeps in mind what the session has set, before files that may set something; in a transaction that would be what the
    /// run has pinned.
    pub(super) async fn remember_settings(&mut self) -> Result<(), Error> {
        if self.settings.is_none() {
            self.settings = Some(Settings::read(self.client).await?);
        }
        Ok(())
    }

    /// Takes back what a file has left in the session, so that the next file finds it as the first did.
    pub(super) async fn clean(&mut self) -> Result<(), Error> {
        self.run("CLOSE ALL; DISCARD TEMP").await?;
        if let Some(settings) = &self.settings {
            settings.restore(self.client).await?;
        }
        self.run(&settings::pinned(self.runner, "LOCAL")).await
    }

    /// Checks all constraints whose check can wait until the end of the transaction.
    pub(super) async fn check_deferred(&mut self) -> Result<(), Error> {
        self.check_now("ALL").await
    }

    /// Does at the end of a file what the end of a transaction would do: checks what has waited for it, and lets wait again
    /// what waits from the beginning. By their names, as what is said of ALL would hold for the constraints of later files.
    pub(super) async fn check_deferred_of_file(&mut self) -> Result<(), Error> {
        let rows = rows::last(self.client, DEFERRABLE).await?;
        let all: Vec<&str> = rows.iter().map(|row| text(row, 0)).collect();
        let waiting = rows.iter().filter(|row| flag(row, 1));
        let waiting: Vec<&str> = waiting.map(|row| text(row, 0)).collect();
        if !all.is_empty() {
            self.check_now(&all.join(", ")).await?;
        }
        if !waiting.is_empty() {
            let waiting = waiting.join(", ");
            self.run(&format!("SET CONSTRAINTS {waiting} DEFERRED"))
                .await?;
        }
        Ok(())
    }

    async fn check_now(&mut self, constraints: &str) -> Result<(), Error> {
        let sql = format!("SET CONSTRAINTS {constraints} IMMEDIATE");
        let Err(error) = self.client.query(&sql).await else {
            return Ok(());
        };
        let error = environment(error);
        Err(error.unwrap_or_else(|error| Error::Deferred {
            reason: DatabaseError::Postgres(error),
        }))
    }

    /// Takes back what files have left in the session.
    async fn restore_settings(&mut self) -> Result<(), Error> {
        match self.settings.take() {
            Some(settings) => {
                self.run("CLOSE ALL; DISCARD TEMP").await?;
                settings.restore(self.client).await
            }
            None => Ok(()),
        }
    }

    /// Tells who listens.
    pub(super) fn tell(&self, event: Event<'_>) {
        self.runner.events.tell(event);
    }
}

/// Nothing is left to be taken back of a connection that is gone: the server has done it.
fn unless_lost(done: Result<(), Error>) -> Result<(), Error> {
    match done {
        Err(Error::Disconnected { .. }) => Ok(()),
        done => done,
    }
}

/// Waiting for one's turn.
struct Turn {
    started: Instant,
    timeout: Duration,
    /// How long to sleep before asking again.
    pause: Duration,
    /// When it was told last that this run waits.
    told: Option<Instant>,
}

impl Turn {
    fn new(runner: &Runner<'_>) -> Turn {
        Turn {
            started: Instant::now(),
            timeout: runner.busy_timeout,
            pause: Duration::from_millis(5),
            told: None,
        }
    }

    /// Sleeps in the server, in no transaction, or gives up.
    async fn wait<C: Client>(
        &mut self,
        session: &mut Session<'_, '_, C>,
        key: i64,
    ) -> Result<(), Error> {
        const LONGEST: Duration = Duration::from_millis(100);
        const TELLING: Duration = Duration::from_secs(1);
        let elapsed = self.started.elapsed();
        if session.in_transaction {
            session.rollback().await?;
        }
        if elapsed >= self.timeout {
            // Who it was may be gone by now.
            let holders = holders::of_lock(session.client, key).await?;
            return Err(Error::Locked { holders });
        }
        if self.told.is_none_or(|told| told.elapsed() >= TELLING) {
            self.told = Some(Instant::now());
            session.tell(Event::Waiting {
                elapsed,
                timeout: self.timeout,
            });
        }
        let pause = self.pause.min(self.timeout - elapsed).as_secs_f64();
        session
            .run(&format!("SELECT pg_catalog.pg_sleep({pause:.4})"))
            .await?;
        self.pause = LONGEST.min(self.pause * 2);
        Ok(())
    }
}
