//! Everything that speaks to SQLite.

mod adopt;
mod affected;
mod alone;
mod apply;
mod backup;
mod company;
mod copies;
mod evidence;
mod files;
mod foreign;
mod foreign_keys;
mod history;
mod inspection;
mod introspect;
mod nested;
mod others;
mod outcome;
mod progress;
mod recorded;
mod repair;
mod replayed;
mod revert;
mod session;
mod settings;
mod shadow;
mod statement;
mod step;
mod stepwise;

pub(crate) use adopt::{adopt, plan_adopt};
pub(crate) use apply::apply;
pub(crate) use backup::backup;
pub(crate) use inspection::{plan, status, verify};
pub(crate) use introspect::schema;
pub(crate) use outcome::message;
pub(crate) use repair::repair;
pub(crate) use revert::{plan_revert, revert};
