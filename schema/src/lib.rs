//! Replays SQL migrations into a catalog, with diagnostics that point into the `.sql` files.

pub mod catalog;
pub mod checksum;
pub mod config;
pub mod diagnostic;
mod directives;
pub mod directory;
mod errors;
pub mod lints;
pub mod lock;
mod missed;
#[cfg(feature = "postgres")]
pub mod postgres;
mod recovery;
pub mod render;
mod replay;
pub mod snapshot;
pub mod split;
pub mod sqlite;
pub mod text;

mod check;

pub use check::{
    Cause, Checked, Compatibility, Loss, Migration, Options, Reversal, Script, Step, Written,
    check, on_a_large_stack,
};
