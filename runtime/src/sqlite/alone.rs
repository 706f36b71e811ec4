//! A `-- no-transaction` file from its beginning to its end.

use super::affected::Affected;
use super::session::Session;
use super::{files, foreign_keys, progress, stepwise};
use crate::error::Error;
use crate::event::Event;
use crate::migration::Migration;
use std::time::{Duration, Instant};

/// Applies a migration whose statements take effect one by one, and tells how long that took; none if another program has
/// finished it. A transaction must be open in which to begin, and one is open afterwards in which to record it.
pub(super) fn run(
    session: &mut Session<'_>,
    migration: &Migration,
) -> Result<Option<Duration>, Error> {
    let started = Instant::now();
    let migrations = std::slice::from_ref(migration);
    session.events.tell(Event::Planned { migrations });
    session.events.tell(Event::MigrationStarted { migration });
    progress::create(session.connection)?;
    let affected = Affected::by(migrations, session.connection)?;
    if progress::finished(session.connection, migration.version)?.is_none() {
        progress::begin(
            session.connection,
            migration.version,
            files::broken_rows(session, &affected)?.len(),
        )?;
    }
    session.commit()?;
    stepwise::run(session, migration)?;
    session.stop_enforcing()?;
    session.end_file(migration, files::may_set(migration)?)?;
    session.begin_immediate()?;
    if progress::finished(session.connection, migration.version)?.is_none() {
        return Ok(None);
    }
    let violations = files::broken_rows(session, &affected)?;
    if violations.len() > progress::violations(session.connection, migration.version)? {
        return Err(foreign_keys::error_of_kept(violations, &migration.file));
    }
    progress::end(session.connection, migration.version)?;
    Ok(Some(files::finished(session, migration, started)))
}
