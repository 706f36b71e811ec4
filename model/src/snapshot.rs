//! A snapshot: what the migrations up to a version leave behind in a new database.

use crate::Statement;
use std::borrow::Cow;

/// Statements that make of an empty database what the migrations up to a version make of it, rows included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snapshot {
    /// The last migration that it stands for.
    pub version: i64,
    /// Hash of the chain of migrations that it stands for.
    pub chain: [u8; 32],
    /// The path of its file, relative to the crate, with `/` between its parts.
    pub file: Cow<'static, str>,
    /// The whole text.
    pub sql: Cow<'static, str>,
    /// Its statements, in order.
    pub statements: Cow<'static, [Statement]>,
}
