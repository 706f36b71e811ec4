//! The replay's catalog, in the model that the engine's is compared in.

mod catalog;
mod history;

pub use catalog::{schema, schema_of};
pub use history::{History, Step, on_a_large_stack};
