//! What the compiler promises and the runtime checks, as data: migrations, and the schema that they leave behind.
//!
//! The compiler makes these values from the migrations and prints them as Rust, which is what an application embeds; a
//! program that reads a directory when it runs makes the same values and uses them as they are. Whatever a value holds
//! is borrowed for ever in the one case and owned in the other.

mod compatibility;
pub mod expected;
mod migration;
pub mod postgres;
mod reversal;
pub mod schema;
mod snapshot;

pub use compatibility::Compatibility;
pub use expected::{Embedded, Expected};
pub use migration::{Down, Migration, Statement, Step};
pub use reversal::{Cause, Loss, Reversal, Written};
pub use snapshot::Snapshot;
