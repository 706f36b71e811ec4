//! PostgreSQL: a server as the oracle, the replay beside it, and one description of a schema to compare them in.

pub mod boundaries;
pub mod describe;
pub mod engine;
