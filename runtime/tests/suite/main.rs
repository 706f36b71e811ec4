//! What a run promises, on the real engine.

#![allow(
    clippy::panic,
    clippy::unwrap_used,
    reason = "helpers of tests fail as tests do"
)]

mod adopt;
mod apply;
mod backup;
mod connection;
mod differences;
mod errors;
mod events;
mod files;
mod foreign_keys;
mod locking;
mod newer;
mod no_transaction;
mod race;
mod refusals;
mod repair;
mod revert;
mod schema;
mod settings;
mod snapshot;
mod start;
mod status;
mod steps;
mod support;
mod take_over;
#[cfg(feature = "testing")]
mod testing;
mod transactions;
