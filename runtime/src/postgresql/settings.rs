//! The settings of a connection: pinned during a run, and afterwards what they were.
//!
//! In a transaction they are set for it alone. What a file sets for the session stays for the files after it unless it is set
//! back, and would stay for the application: it is taken back when the file and when the run is over. Temporary objects and
//! open cursors are as well.

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

/// Who a session acts as, from the outside in: only then may it set back what else was set.
const IDENTITY: [&str; 2] = ["session_authorization", "role"];

/// What a session has set by itself.
#[derive(Debug, Default)]
pub(super) struct Settings(BTreeMap<String, String>);

impl Settings {
    /// Reads what a session has set.
    pub(super) async fn read<C: Client>(client: &mut C) -> Result<Settings, Error> {
        let identity = IDENTITY.map(literal).join(", ");
        let sql = format!(
            "SELECT name, setting FROM pg_catalog.pg_settings WHERE source = 'session'
             UNION ALL SELECT name, pg_catalog.current_setting(name) FROM pg_catalog.unnest(ARRAY[{identity}]) AS name"
        );
        let rows = rows::last(client, &sql).await?;
        let pairs = rows
            .iter()
            .map(|row| (text(row, 0).to_owned(), text(row, 1).to_owned()));
        Ok(Settings(pairs.collect()))
    }

    /// Sets back what was set since.
    pub(super) async fn restore<C: Client>(&self, client: &mut C) -> Result<(), Error> {
        let identity = IDENTITY
            .iter()
            .filter_map(|name| self.0.get_key_value(*name));
        let sql: String = identity.map(|(name, value)| set(name, value)).collect();
        client.query(&sql).await?;
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
                sql.push_str(&set(setting, value));
            }
        }
        if !sql.is_empty() {
            client.query(&sql).await?;
        }
        Ok(())
    }
}

/// The statement that sets something for the session. Unlike SET, it takes a list as one text.
fn set(setting: &str, value: &str) -> String {
    let (setting, value) = (literal(setting), literal(value));
    format!("SELECT pg_catalog.set_config({setting}, {value}, false); ")
}

/// Whether a migration, or its step, may leave something in the session: a setting, a temporary object, an open cursor.
pub(super) fn may_leave(migration: &Migration) -> bool {
    if !migration.transaction || migration.step.is_some() {
        return true;
    }
    const WORDS: [&str; 8] = [
        "set_config",
        "reset",
        "discard",
        "set",
        "temp",
        "temporary",
        "pg_temp",
        "declare",
    ];
    // An UPDATE has one of the words too; then a look is taken in vain.
    has_word(&migration.sql, &WORDS)
}

/// Whether constraints may be checked later than their statement, as far as the migrations have their doing in it.
pub(super) fn may_defer(list: &[Migration]) -> bool {
    list.iter().any(|it| has_word(&it.sql, &["deferred"]))
}

/// Whether a text has one of the words, in lower or upper case.
fn has_word(sql: &str, words: &[&str]) -> bool {
    let is_part = |character: char| character.is_alphanumeric() || character == '_';
    let mut all = sql.split(|character| !is_part(character));
    all.any(|word| words.iter().any(|it| word.eq_ignore_ascii_case(it)))
}
