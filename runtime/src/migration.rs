//! What the macro embeds: the list of migrations.

use crate::schema::Schema;

/// A migrations directory as the compiler read it: a static that `migrations!` generates.
#[derive(Debug, Clone, Copy)]
pub struct Migrations {
    /// In the order of their versions.
    pub list: &'static [Migration],
    /// The schema that the last migration leaves behind.
    pub schema: &'static Schema,
    /// Where the files were when they were compiled in; only in debug builds.
    pub source: Option<SourceDirectory>,
}

/// A migration.
#[derive(Debug, Clone, Copy)]
pub struct Migration {
    /// The number in its file name.
    pub version: i64,
    /// The rest of its file name, without its extension.
    pub name: &'static str,
    /// The path of its up file, relative to the crate, with `/` between its parts.
    pub file: &'static str,
    /// The whole text of its up file.
    pub sql: &'static str,
    /// Its statements, in order.
    pub statements: &'static [Statement],
    /// Hash of its tokens: white space, comments and line endings do not count.
    pub checksum: [u8; 32],
    /// Hash of the chain before it, its version and its checksum: equal chains mean equal histories.
    pub chain: [u8; 32],
    /// False if the file opts out with `-- no-transaction`.
    pub transaction: bool,
    /// Its down file, if it has one.
    pub down: Option<Down>,
}

/// A down file.
#[derive(Debug, Clone, Copy)]
pub struct Down {
    /// The path of the file, relative to the crate, with `/` between its parts.
    pub file: &'static str,
    /// The whole text.
    pub sql: &'static str,
    /// Its statements, in order.
    pub statements: &'static [Statement],
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

/// Where migrations were compiled from.
#[derive(Debug, Clone, Copy)]
pub struct SourceDirectory {
    /// The directory.
    pub path: &'static str,
    /// The files in it that were compiled in, relative to it, with `/` between their parts.
    pub files: &'static [&'static str],
}
