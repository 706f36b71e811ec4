//! Functions, procedures and aggregates.

mod aggregate;
mod alter;
mod create;
mod find;
mod options;
mod signature;
mod text;

pub(super) use find::all_types;
