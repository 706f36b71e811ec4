//! Crashes, power losses and failing disks, at every operation on a database's files.
//!
//! [`Disk`] stands between SQLite and the files of one directory. It records what is done to them, operation by operation,
//! and can let one of them fail. From one [`Record`] come all the states in which a crash may leave the files:
//! [`Crash`] is one of them. What the run promises of such a state is what the tests of this package ask; they try a sample
//! that is always the same, and with the environment variable `TABLATURE_FAULTS=all` all of them.
//!
//! What a disk does that lies about a sync, or loses what was durable, is not here. The engine's memory that processes
//! share for its write-ahead log is not either: a connection that is recorded keeps that log for itself, and the tests
//! that kill real programs share it.

#![allow(
    clippy::panic,
    clippy::unwrap_used,
    reason = "helpers of tests fail as tests do"
)]

mod crash;
mod disk;
mod fault;
mod file;
mod files;
mod locks;
mod record;
mod simulated;

pub use crash::{Crash, Crashes, Loss};
pub use disk::{Disk, Watch};
pub use fault::{Failure, Fault};
pub use files::Files;
pub use record::{Operation, Record};
