//! Functions, procedures and aggregates.

mod aggregate;
mod alter;
mod create;
mod find;
mod options;
mod plpgsql;
mod signature;
mod text;

pub(super) use find::all_types;
