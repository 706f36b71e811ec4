//! What a run promises of the database when it does not come to its end.
//!
//! Of the many crashes each test tries a sample that is always the same; with `TABLATURE_FAULTS=all` it tries all.

#![allow(
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "helpers of tests fail as tests do"
)]

mod backup;
mod cancelled;
mod crash;
mod database;
mod disturbed;
mod failure;
mod history;
mod kill;
mod negligence;
mod runs;
