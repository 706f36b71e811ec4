//! The sample application: stories, the calls of a language model that write them, and a community around them.
//!
//! Its migrations retell five true stories of migrations that went wrong, in a directory for each engine: `migrations/` for
//! SQLite and `migrations-postgres/` for PostgreSQL. What the application does is written once, in [`generation`]; how a
//! database does it stands in [`sqlite`] and `postgres`. `cargo run --example stories` applies the one, and
//! `cargo run --features postgres --example stories-postgres` the other.

pub mod generation;
#[cfg(feature = "postgres")]
pub mod postgres;
pub mod sqlite;
