//! The wording of every diagnostic that only PostgreSQL's migrations can have.

pub(crate) mod changes;
pub(crate) mod expressions;
pub(crate) mod grammar;
pub(crate) mod queries;
pub(crate) mod relations;
pub(crate) mod syntax;
pub(crate) mod transactions;
