//! Shared parts of the tests: the engine as the oracle, the replay beside it, and one model of a schema to compare
//! them in.

pub mod case;
pub mod corpus;
pub mod differential;
pub mod drift;
pub mod engine;
pub mod fuzzing;
pub mod generate;
pub mod grammar;
pub mod growth;
pub mod model;
pub mod mutate;
pub mod postgres;
pub mod random;
pub mod replayed;
pub mod shrink;
pub mod tally;
