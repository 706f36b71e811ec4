//! The wording of every diagnostic, in one place: a function for each mistake, a file for each topic.

pub(crate) mod config;
pub(crate) mod directives;
pub(crate) mod down_files;
pub(crate) mod files;
pub(crate) mod habits;
pub(crate) mod lints;
pub(crate) mod lock;
#[cfg(feature = "postgres")]
pub(crate) mod postgres;
pub(crate) mod snapshot;
pub(crate) mod sqlite;
