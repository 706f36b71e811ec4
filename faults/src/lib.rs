//! Crashes, power losses and failing disks, at every operation on a database's files.
//!
//! [`Disk`] stands between SQLite and the files of one directory. It records what is done to them, operation by operation,
//! and can let one of them fail. From one [`Record`] come all the states in which a crash may leave the files:
//! [`Crash`] is one of them. What the run promises of such a state is what the tests of this package ask.

#![allow(
    clippy::panic,
    clippy::unwrap_used,
    reason = "helpers of tests fail as tests do"
)]

mod crash;
mod disk;
mod file;
mod locks;
mod record;

pub use crash::{Crash, Crashes, Files, Loss};
pub use disk::{Disk, Failure, Fault, Watch};
pub use record::{Operation, Record};
