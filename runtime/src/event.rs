//! What happens during a run, as it happens.

use crate::migration::{Migration, Step};
use crate::report::Applied;
use std::fmt;
use std::path::Path;
use std::time::Duration;

/// What a run tells of itself: to the function that [`Runner::on_event`](crate::Runner::on_event) names, and with the
/// feature `tracing` as events of that crate with the target `tablature`.
///
/// What it tells of is not committed before [`Event::Committed`]: a later failure takes it back.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub enum Event<'e> {
    /// Another connection stands in the way; told when waiting begins, and then about every second.
    Waiting {
        /// For how long so far.
        elapsed: Duration,
        /// For how long at most.
        timeout: Duration,
    },
    /// A copy of the database was taken.
    BackedUp {
        /// The copy.
        path: &'e Path,
    },
    /// No other connection can write now, and these are what is going to be applied next.
    Planned {
        /// In their order.
        migrations: &'e [Migration],
    },
    /// A migration begins.
    MigrationStarted {
        /// The migration.
        migration: &'e Migration,
    },
    /// A statement of a migration begins.
    StatementStarted {
        /// The migration.
        migration: &'e Migration,
        /// The number of the statement in its file, from 1.
        number: usize,
        /// Its text.
        sql: &'e str,
    },
    /// A statement of a migration has run.
    StatementFinished {
        /// The migration.
        migration: &'e Migration,
        /// The number of the statement in its file, from 1.
        number: usize,
        /// How long it took.
        duration: Duration,
    },
    /// The step of a migration begins, after its statements.
    StepStarted {
        /// The migration.
        migration: &'e Migration,
        /// Its step.
        step: &'e Step,
    },
    /// The step of a migration has run.
    StepFinished {
        /// The migration.
        migration: &'e Migration,
        /// Its step.
        step: &'e Step,
        /// How long it took.
        duration: Duration,
    },
    /// All statements of a migration have run, and its step.
    MigrationFinished(&'e Applied),
    /// The schema of the database is going to be compared with what the migrations define.
    Verifying,
    /// What was told of is in the database for good. With a rollback journal a power loss at this very moment can still
    /// take it back as a whole, unless the application has set the engine to `PRAGMA synchronous = EXTRA`.
    Committed,
}

impl fmt::Display for Event<'_> {
    /// One line: `migration 7 add_usage_count: statement 2`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let of =
            |migration: &Migration| format!("migration {} {}", migration.version, migration.name);
        match self {
            Event::Waiting { elapsed, timeout } => write!(
                f,
                "waiting for another connection, {:.1} of {:.1} s",
                elapsed.as_secs_f64(),
                timeout.as_secs_f64()
            ),
            Event::BackedUp { path } => write!(f, "backed up to {}", path.display()),
            Event::Planned { migrations } => write!(f, "{} to apply", migrations.len()),
            Event::MigrationStarted { migration } => f.write_str(&of(migration)),
            Event::StatementStarted {
                migration, number, ..
            } => write!(f, "{}: statement {number}", of(migration)),
            Event::StatementFinished {
                migration,
                number,
                duration,
            } => write!(f, "{}: statement {number} took {duration:?}", of(migration)),
            Event::StepStarted { migration, step } => {
                write!(f, "{}: step {}", of(migration), step.path)
            }
            Event::StepFinished {
                migration,
                step,
                duration,
            } => write!(f, "{}: step {} took {duration:?}", of(migration), step.path),
            Event::MigrationFinished(applied) => write!(f, "migration {applied}"),
            Event::Verifying => f.write_str("verifying the schema"),
            Event::Committed => f.write_str("committed"),
        }
    }
}

impl fmt::Debug for Event<'_> {
    /// As `Display` does: a migration holds its whole text.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Who is told.
#[derive(Clone, Copy, Default)]
pub(crate) struct Events<'a>(pub(crate) Option<&'a (dyn Fn(Event<'_>) + Sync)>);

impl fmt::Debug for Events<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Events")
    }
}

#[cfg(any(feature = "sqlite", feature = "tokio-postgres"))]
impl Events<'_> {
    /// Whether anybody wants to know of every statement.
    #[cfg(feature = "tokio-postgres")]
    pub(crate) fn are_heard(self) -> bool {
        #[cfg(feature = "tracing")]
        if tracing::enabled!(target: "tablature", tracing::Level::DEBUG) {
            return true;
        }
        self.0.is_some()
    }

    pub(crate) fn tell(self, event: Event<'_>) {
        #[cfg(feature = "tracing")]
        trace(&event);
        if let Some(listener) = self.0 {
            listener(event);
        }
    }
}

/// What an operator wants to see is `INFO`, what somebody looking for a slow statement does `DEBUG`.
#[cfg(all(
    feature = "tracing",
    any(feature = "sqlite", feature = "tokio-postgres")
))]
fn trace(event: &Event<'_>) {
    use tracing::{debug, info, warn};
    match event {
        Event::Waiting { elapsed, timeout } => {
            warn!(target: "tablature", ?elapsed, ?timeout, "waiting for another connection");
        }
        Event::BackedUp { path } => {
            info!(target: "tablature", path = %path.display(), "backed up");
        }
        Event::Planned { migrations } => {
            info!(target: "tablature", count = migrations.len(), "applying migrations");
        }
        Event::MigrationStarted { migration } => {
            let Migration { version, name, .. } = migration;
            debug!(target: "tablature", version, %name, "migration started");
        }
        Event::StatementStarted {
            migration,
            number,
            sql,
        } => {
            let version = migration.version;
            debug!(target: "tablature", version, number, sql, "statement started");
        }
        Event::StatementFinished {
            migration,
            number,
            duration,
        } => {
            let version = migration.version;
            debug!(target: "tablature", version, number, ?duration, "statement finished");
        }
        Event::StepStarted { migration, step } => {
            let version = migration.version;
            debug!(target: "tablature", version, step = %step.path, "step started");
        }
        Event::StepFinished {
            migration,
            step,
            duration,
        } => {
            let version = migration.version;
            debug!(target: "tablature", version, step = %step.path, ?duration, "step finished");
        }
        Event::MigrationFinished(applied) => {
            let Applied {
                version,
                name,
                duration,
                ..
            } = applied;
            info!(target: "tablature", version, %name, ?duration, "migration finished");
        }
        Event::Verifying => debug!(target: "tablature", "verifying the schema"),
        Event::Committed => info!(target: "tablature", "committed"),
    }
}
