//! The command as scripts, editors and people run it.

#![allow(clippy::unwrap_used, reason = "a test fails where a value is missing")]

mod adopt;
mod check;
mod database;
mod explain;
mod lock;
mod merge;
mod new;
mod repair;
mod run;
mod schema;
mod schema_postgres;
mod server;
mod snapshot;
mod snapshot_postgres;
mod stories;
