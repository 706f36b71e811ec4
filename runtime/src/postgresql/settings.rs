//! The settings of a connection: pinned during a run, and afterwards what they were.
//!
//! In a transaction they are set for it alone. What a file sets for the session stays for the files after it unless it is set
//! back, and would stay for the application: it is taken back when the file and when the run is over.

use super::client::Client;
use super::quote::{literal, name};
use super::rows::{self, text};
use crate::error::Error;
use crate::migration::Migration;
use crate::runner::Runner;
use std::collections::BTreeMap;
use std::time::Duration;

/// The statements that set what a run depends on; `scope` is `LOCAL` or `SESSION`.
pub(super) fn pinned(runner: &Runner<'_>, scope: &str) -> String {
    let path: Vec<String> = runner
        .server
        .search_path
        .iter()
        .map(|it| name(it))
        .collect();
    let path = match path.as_slice() {
        [] => "''".to_owned(),
        path => path.join(", "),
    };
    let lock = runner.server.lock_timeout.unwrap_or(runner.busy_timeout);
    // Zero would be no time-out at all.
    let lock = milliseconds(lock).max(1);
    let mut sql = format!("SET {scope} search_path TO {path}; SET {scope} lock_timeout TO {lock}");
    if let Some(timeout) = runner.server.statement_timeout {
        let timeout = milliseconds(timeout).max(1);
        sql.push_str(&format!("; SET {scope} statement_timeout TO {timeout}"));
    }
    sql
}

fn milliseconds(duration: Duration) -> u64 {
    // What the setting takes at most.
    const MOST: u64 = 0x7fff_ffff;
    u64::try_from(duration.as_millis()).map_or(MOST, |it| it.min(MOST))
}

/// What a session has set by itself.
#[derive(Debug, Default)]
pub(super) struct Settings(BTreeMap<String, String>);

impl Settings {
    /// Reads what a session has set.
    pub(super) async fn read<C: Client>(client: &mut C) -> Result<Settings, Error> {
        let rows = rows::last(
            client,
            "SELECT name, setting FROM pg_catalog.pg_settings WHERE source = 'session'
             UNION ALL SELECT 'role', pg_catalog.current_setting('role')",
        );
        let rows = rows.await?;
        let pairs = rows
            .iter()
            .map(|row| (text(row, 0).to_owned(), text(row, 1).to_owned()));
        Ok(Settings(pairs.collect()))
    }

    /// The statement that gives a transaction the role that the session had.
    pub(super) fn role(&self) -> String {
        let role = self.0.get("role").map_or("none", String::as_str);
        format!(
            "SELECT pg_catalog.set_config('role', {}, true)",
            literal(role)
        )
    }

    /// Sets back what was set since.
    pub(super) async fn restore<C: Client>(self, client: &mut C) -> Result<(), Error> {
        let now = Settings::read(client).await?;
        let mut sql = String::new();
        for setting in now
            .0
            .keys()
            .filter(|setting| !self.0.contains_key(*setting))
        {
            sql.push_str(&format!("RESET {}; ", name(setting)));
        }
        for (setting, value) in &self.0 {
            if now.0.get(setting) != Some(value) {
                // Unlike SET, it takes a list as one text.
                let (setting, value) = (literal(setting), literal(value));
                sql.push_str(&format!(
                    "SELECT pg_catalog.set_config({setting}, {value}, false); "
                ));
            }
        }
        if !sql.is_empty() {
            client.query(&sql).await?;
        }
        Ok(())
    }
}

/// Whether a migration may set something for the session.
pub(super) fn may_set(migration: &Migration) -> bool {
    const WORDS: [&str; 4] = ["set_config", "reset", "discard", "set"];
    let is_part = |character: char| character.is_alphanumeric() || character == '_';
    let mut words = migration.sql.split(|character| !is_part(character));
    // An UPDATE has the word too; then a look is taken in vain.
    words.any(|word| WORDS.iter().any(|set| word.eq_ignore_ascii_case(set)))
}
