//! A new database from the snapshot instead of from the migrations that it stands for.

use super::session::Session;
use super::{files, history, progress};
use crate::error::Error;
use crate::event::Event;
use crate::migration::{Compatibility, Migration, Snapshot};
use rusqlite::Connection;

/// The migrations that the snapshot can stand for in a run to which these are pending; none if it cannot, because the
/// database holds something already or the run is to end before.
pub(super) fn stands_for<'a>(
    snapshot: &Snapshot,
    pending: &'a [Migration],
    connection: &Connection,
) -> Result<Option<&'a [Migration]>, Error> {
    let of_snapshot = |migration: &Migration| migration.chain == snapshot.chain;
    let Some(last) = pending.iter().position(of_snapshot) else {
        return Ok(None);
    };
    if is_new(connection)? {
        Ok(pending.get(..=last))
    } else {
        Ok(None)
    }
}

/// Whether there is nothing in a database but the library's own empty tables.
fn is_new(connection: &Connection) -> Result<bool, Error> {
    Ok(history::is_alone(connection)?
        && history::newest_version(connection)?.is_none()
        && !progress::is_under_way(connection)?)
}

/// Runs the statements of a snapshot in the transaction that is open.
pub(super) fn run(session: &Session<'_>, snapshot: &Snapshot) -> Result<(), Error> {
    let Snapshot {
        version,
        chain,
        file,
        sql,
        statements,
    } = snapshot.clone();
    let migrations = &[Migration {
        version,
        name: "snapshot".into(),
        file,
        sql,
        statements,
        checksum: [0; 32],
        chain,
        transaction: true,
        step: None,
        compatibility: Compatibility::Additive,
        down: None,
    }];
    session.events.tell(Event::Planned { migrations });
    files::run(session, migrations, None, |_| Ok(()))?;
    Ok(())
}
