//! Everything that speaks to PostgreSQL.
//!
//! It is written once, for a [`client::Client`] that is asynchronous; the futures of the synchronous one wait for nothing.

mod adopt;
mod alone;
mod apply;
mod client;
mod evidence;
mod files;
mod fingerprint;
mod foreign;
mod history;
mod holders;
mod inspection;
mod introspect;
mod managed;
mod nested;
mod outcome;
mod quote;
mod recorded;
mod repair;
mod replayed;
mod revert;
mod rows;
mod session;
mod settings;
mod start;
mod statement;
mod step;
mod verbs;

pub(crate) use outcome::{fault, message};
#[cfg(feature = "postgres")]
pub use verbs::Postgres;
pub use verbs::TokioPostgres;
