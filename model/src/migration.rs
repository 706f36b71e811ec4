//! A migration: its texts, where its statements stand in them, and the hashes that tell whether it was changed.

use crate::compatibility::Compatibility;
use crate::reversal::Reversal;
use std::borrow::Cow;

/// A migration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Migration {
    /// The number in its file name.
    pub version: i64,
    /// The rest of its file name, without its extension.
    pub name: Cow<'static, str>,
    /// The path of its up file, relative to the crate, with `/` between its parts.
    pub file: Cow<'static, str>,
    /// The whole text of its up file.
    pub sql: Cow<'static, str>,
    /// Its statements, in order.
    pub statements: Cow<'static, [Statement]>,
    /// Hash of its tokens, and of whether it has a step: white space, comments and line endings do not count, and neither
    /// does the name of the step.
    pub checksum: [u8; 32],
    /// Hash of the chain before it, its version and its checksum: equal chains mean equal histories.
    pub chain: [u8; 32],
    /// False if the file opts out with `-- no-transaction`.
    pub transaction: bool,
    /// The function of the application that runs after its statements, if it names one with `-- tablature: step`.
    pub step: Option<Step>,
    /// What it is to an older program, which does not have it.
    pub compatibility: Compatibility,
    /// Its down file, if it has one.
    pub down: Option<Down>,
}

/// A function of the application that runs after the statements of a migration, in the same transaction.
///
/// It is only named here, as not everything that reads migrations has the application's functions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Its path in Rust, as the file writes it.
    pub path: Cow<'static, str>,
    /// 1-based line of the path in the up file.
    pub line: u32,
    /// 1-based column of the path in the up file, in characters.
    pub column: u32,
}

/// A down file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Down {
    /// The path of the file, relative to the crate, with `/` between its parts.
    pub file: Cow<'static, str>,
    /// The whole text.
    pub sql: Cow<'static, str>,
    /// Its statements, in order.
    pub statements: Cow<'static, [Statement]>,
    /// False if the file opts out with `-- no-transaction`.
    pub transaction: bool,
    /// What it does.
    pub reversal: Reversal,
}

/// Where a statement stands in its file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Statement {
    /// First byte in the file's text.
    pub start: usize,
    /// One past the last byte, its semicolon left out.
    pub end: usize,
    /// 1-based line of the first byte.
    pub line: u32,
    /// 1-based column of the first byte, in characters.
    pub column: u32,
}
