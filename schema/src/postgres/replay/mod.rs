//! Statements applied to the catalog, in order: a file for each kind of statement, its checks and its effect together.

pub mod store;
