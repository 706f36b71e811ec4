//! Writes objects into the catalog, with what they depend on, as the engine's `heap.c`, `index.c` and their like do.
//!
//! Nothing is checked here: that is what the statements do before.

mod constraint;
mod delete;
mod expression;
mod index;
mod inheritance;
mod relation;
mod types;

pub use index::NewIndex;
pub use relation::{NewRelation, note_change};
pub use types::NewType;
