//! Who holds what a run waits for.

use super::client::Client;
use super::quote::literal;
use super::rows::{self, text};
use crate::holder::Holder;
use tokio_postgres::Error;

/// What is told of a session; `a` is its row of `pg_stat_activity`.
const TOLD: &str = "a.pid, a.application_name, a.usename, a.state, a.query,
  to_char(coalesce(a.xact_start, a.query_start, a.backend_start) AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')";

/// The sessions that hold an advisory lock.
pub(super) async fn of_lock<C: Client>(client: &mut C, key: i64) -> Result<Vec<Holder>, Error> {
    // The halves of a key, as numbers without a sign.
    let (high, low) = ((key >> 32) & 0xffff_ffff, key & 0xffff_ffff);
    let sql = format!(
        "SELECT {TOLD}
         FROM pg_catalog.pg_locks l JOIN pg_catalog.pg_stat_activity a ON a.pid = l.pid
         WHERE l.locktype = 'advisory' AND l.objsubid = 1 AND l.granted AND l.classid = {high} AND l.objid = {low}
           AND l.database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database())
         ORDER BY a.xact_start"
    );
    holders(client, &sql).await
}

/// The sessions that hold tables whose names stand in a statement, those that have held them for longest first.
///
/// The engine does not say for which table a statement has waited in vain.
pub(super) async fn of_tables<C: Client>(
    client: &mut C,
    statement: &str,
) -> Result<Vec<Holder>, Error> {
    let statement = literal(&statement.to_lowercase());
    let sql = format!(
        "SELECT {TOLD}
         FROM pg_catalog.pg_stat_activity a
         WHERE a.pid <> pg_backend_pid() AND a.pid IN (
           SELECT l.pid FROM pg_catalog.pg_locks l JOIN pg_catalog.pg_class c ON c.oid = l.relation
           WHERE l.granted AND c.relkind IN ('r', 'p', 'm', 'f', 'v')
             AND l.database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database())
             AND position(lower(c.relname) IN {statement}) > 0)
         ORDER BY a.xact_start LIMIT 5"
    );
    holders(client, &sql).await
}

async fn holders<C: Client>(client: &mut C, sql: &str) -> Result<Vec<Holder>, Error> {
    let rows = rows::last(client, sql).await?;
    let holders = rows.iter().map(|row| Holder {
        pid: text(row, 0).parse().unwrap_or_default(),
        application: text(row, 1).to_owned(),
        user: text(row, 2).to_owned(),
        state: text(row, 3).to_owned(),
        query: text(row, 4).to_owned(),
        since: text(row, 5).to_owned(),
    });
    Ok(holders.collect())
}
