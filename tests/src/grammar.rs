//! Lists of statements with a known verdict, from the directory that `TABLATURE_GRAMMAR` names.

use std::path::{Path, PathBuf};
use std::{env, fs, io};
use tablature_schema::catalog::Key;
use tablature_schema::config::{Config, Level};
use tablature_schema::diagnostic::Code;

/// A list.
#[derive(Debug, Clone)]
pub struct List {
    /// Statements that run before each of the blocks, on a fresh database.
    pub setup: String,
    /// The blocks.
    pub blocks: Vec<Block>,
}

/// A statement of a list.
#[derive(Debug, Clone)]
pub struct Block {
    /// Statements that run before it, after the list's own.
    pub setup: String,
    /// The statement.
    pub statement: String,
}

/// The directory that `TABLATURE_GRAMMAR` names.
#[must_use]
pub fn directory() -> Option<PathBuf> {
    env::var_os("TABLATURE_GRAMMAR").map(PathBuf::from)
}

/// What the lists were judged with, one function of the application, and without lints whose help would lead elsewhere.
#[must_use]
pub fn config() -> Config {
    let mut config = Config::default();
    for lint in [
        Code::DoubleQuotedString,
        Code::ConnectionState,
        Code::BoundParameter,
        Code::UnclosedComment,
    ] {
        config.lints.insert(lint, Level::Allow);
    }
    config.rules.registered.insert(Key::new("regexp"));
    config
}

/// The same as a `tablature.toml`.
pub const TOML: &str = "functions = [\"regexp\"]\nlints.double_quoted_string = \"allow\"\nlints.connection_state = \"allow\"\nlints.bound_parameter = \"allow\"\nlints.unclosed_comment = \"allow\"\n";

/// Reads a list.
///
/// # Errors
///
/// If the file cannot be read.
pub fn list(path: &Path) -> io::Result<List> {
    let text = fs::read_to_string(path)?;
    let mut parts = text.split("-- @@\n");
    // What is attached lasts until the end of its file, and is wanted in that of the statement.
    let lines = parts.next().unwrap_or_default().split_inclusive('\n');
    let (attach, setup): (Vec<&str>, Vec<&str>) = lines.partition(|it| it.starts_with("ATTACH"));
    let (attach, setup) = (attach.concat(), setup.concat());
    let blocks = parts.map(|part| {
        let (mut setup, mut statement) = (attach.clone(), String::new());
        for line in part.split_inclusive('\n') {
            match line.strip_prefix("-- setup: ") {
                Some(sql) => setup.push_str(&format!("{};\n", sql.trim().trim_end_matches(';'))),
                None => statement.push_str(line),
            }
        }
        Block { setup, statement }
    });
    Ok(List {
        setup,
        blocks: blocks.collect(),
    })
}
