//! PostgreSQL: a server as the oracle, the replay beside it, and one description of a schema to compare them in.

pub mod boundaries;
pub mod corpus;
pub mod describe;
pub mod engine;
pub mod generate;
pub mod globals;
pub mod history;
pub mod mutate;
pub mod pair;
pub mod replayed;
pub mod tokens;
