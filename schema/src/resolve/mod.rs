//! What every name in an expression, a query or a change of rows refers to.
//!
//! Views need the columns of their query, renames the places of a name, drops what still uses a column, lints the
//! clause that reads it: all of that is a [`Resolution`].

mod resolution;

pub use resolution::{Clause, Environment, Reference, Resolution, Target};
