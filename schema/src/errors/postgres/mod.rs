//! The wording of every diagnostic that only PostgreSQL's migrations can have.

pub(crate) mod syntax;
