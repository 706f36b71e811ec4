//! Public migration histories, from the directory that `TABLATURE_CORPUS` names.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{env, fs, io};
use tablature_schema::config::{Config, Level};
use tablature_schema::diagnostic::Code;

/// A history.
#[derive(Debug, Clone)]
pub struct Corpus {
    /// The name of its directory.
    pub name: String,
    /// What the application that it belongs to would configure.
    pub config: Config,
    /// Paths and texts: `prelude.sql` if there is one, then the up files in the order in which they are applied.
    pub migrations: Vec<(String, String)>,
    /// The texts of down files by the paths of their up files.
    pub downs: BTreeMap<String, String>,
}

/// The directory that `TABLATURE_CORPUS` names.
#[must_use]
pub fn directory() -> Option<PathBuf> {
    env::var_os("TABLATURE_CORPUS").map(PathBuf::from)
}

/// Reads the SQLite histories of a corpus, in the order of their names.
///
/// # Errors
///
/// If a file cannot be read.
pub fn histories(directory: &Path) -> io::Result<Vec<Corpus>> {
    let mut paths: Vec<PathBuf> = fs::read_dir(directory.join("sqlite"))?
        .map(|entry| Ok(entry?.path()))
        .collect::<io::Result<_>>()?;
    paths.retain(|path| path.join("order.txt").is_file());
    paths.sort();
    paths.iter().map(|path| history(path)).collect()
}

fn history(path: &Path) -> io::Result<Corpus> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let order = fs::read_to_string(path.join("order.txt"))?;
    let prelude = Some("prelude.sql").filter(|prelude| path.join(prelude).is_file());
    let migrations = prelude
        .into_iter()
        .chain(order.lines().filter(|line| !line.is_empty()))
        .map(|file| Ok((file.to_owned(), fs::read_to_string(path.join(file))?)))
        .collect::<io::Result<Vec<_>>>()?;
    let downs = migrations
        .iter()
        .filter_map(|(up, _): &(String, String)| {
            let down = down_of(up).map(|down| path.join(down))?;
            down.is_file()
                .then(|| Ok((up.clone(), fs::read_to_string(down)?)))
        })
        .collect::<io::Result<_>>()?;
    let mut config = Config::default();
    if writes_strings_in_double_quotes(path)? {
        config.lints.insert(Code::DoubleQuotedString, Level::Allow);
    }
    Ok(Corpus {
        name: name.into_owned(),
        config,
        migrations,
        downs,
    })
}

/// What the down file of an up file is called.
fn down_of(up: &str) -> Option<String> {
    let stem = up.strip_suffix("up.sql")?;
    Some(format!("{stem}down.sql"))
}

/// Whether the history needs double-quoted strings: `meta.json` tells what the engine says without them.
fn writes_strings_in_double_quotes(path: &Path) -> io::Result<bool> {
    let meta = fs::read_to_string(path.join("meta.json"))?;
    Ok(meta.lines().any(|line| {
        line.contains("\"without_double_quoted_strings\"") && line.contains("no such column")
    }))
}
