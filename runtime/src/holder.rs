//! Who stands in the way.

use std::fmt;

/// A session of a server that holds what a run has waited for.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Holder {
    /// The number of its process on the server, which `pg_terminate_backend` takes.
    pub pid: i32,
    /// What it calls itself, `application_name`; empty if it does not.
    pub application: String,
    /// Its role; empty if it may not be seen.
    pub user: String,
    /// What it does: `active`, `idle in transaction`; empty if it may not be seen.
    pub state: String,
    /// The last statement that it was sent; empty if it may not be seen.
    pub query: String,
    /// Since when it is in its transaction, in UTC: `2026-11-20T10:11:12Z`; empty if it may not be seen.
    pub since: String,
}

impl fmt::Display for Holder {
    /// One line: ``process 4711 (`worker`, role `app`), idle in transaction since 2026-11-20T10:11:12Z, last `SELECT 1` ``.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const LONGEST: usize = 80;
        let Holder {
            pid,
            application,
            user,
            state,
            query,
            since,
        } = self;
        write!(f, "process {pid}")?;
        match (application.is_empty(), user.is_empty()) {
            (false, false) => write!(f, " (`{application}`, role `{user}`)")?,
            (false, true) => write!(f, " (`{application}`)")?,
            (true, false) => write!(f, " (role `{user}`)")?,
            (true, true) => {}
        }
        if !state.is_empty() {
            write!(f, ", {state}")?;
        }
        if !since.is_empty() {
            write!(f, " since {since}")?;
        }
        if query.is_empty() {
            return Ok(());
        }
        let line = query.split_whitespace().collect::<Vec<_>>().join(" ");
        match line.char_indices().nth(LONGEST) {
            Some((end, _)) => write!(f, ", last `{}…`", line.get(..end).unwrap_or(&line)),
            None => write!(f, ", last `{line}`"),
        }
    }
}
