//! Rows that are written in the history itself.
//!
//! What a row of VALUES holds is known before any database is there, and so is what its table demands of it: a row that
//! breaks a constraint fails on every database, an empty one included. So does what a row repeats that the history has
//! inserted before, and an ALTER or an UPDATE that such rows stop.

mod change;
mod demands;
mod given;
mod insert;
mod later;
mod store;
mod unique;

pub(super) use store::Seeds;
