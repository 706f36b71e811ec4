//! Functions, procedures and aggregates.

mod aggregate;
mod alter;
mod broken;
mod create;
mod find;
mod options;
mod plpgsql;
mod signature;
mod sql;

pub(super) use find::all_types;
