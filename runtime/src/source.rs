//! Whether the program was compiled from the migrations that lie in its source tree now.

use crate::error::Error;
use crate::migration::SourceDirectory;
use std::collections::BTreeSet;
use std::path::Path;

/// Refuses a program that was compiled before a migration was added, renamed or removed.
///
/// A directory that is not there, or cannot be read, is that of a deployed program: nothing to compare with.
pub(crate) fn check(source: &SourceDirectory) -> Result<(), Error> {
    let Some(present) = migration_files(Path::new(source.path)) else {
        return Ok(());
    };
    let compiled: BTreeSet<&str> = source.files.iter().copied().collect();
    let added: Vec<String> = present
        .into_iter()
        .filter(|file| !compiled.contains(file.as_str()))
        .collect();
    let removed: Vec<String> = source
        .files
        .iter()
        .filter(|file| !Path::new(source.path).join(file).exists())
        .map(|file| (*file).to_owned())
        .collect();
    if added.is_empty() && removed.is_empty() {
        return Ok(());
    }
    Err(Error::StaleBuild {
        directory: source.path.to_owned(),
        added,
        removed,
    })
}

/// The SQL files where migrations may be: `*.sql` in the directory, and the files of `<number>_<name>/`.
fn migration_files(directory: &Path) -> Option<BTreeSet<String>> {
    let mut files = BTreeSet::new();
    for (name, path) in entries(directory)? {
        if path.is_file() {
            if is_sql(&name) {
                files.insert(name);
            }
        } else if name.starts_with(|first: char| first.is_ascii_digit()) {
            for (file, path) in entries(&path).unwrap_or_default() {
                if is_sql(&file) && path.is_file() {
                    files.insert(format!("{name}/{file}"));
                }
            }
        }
    }
    Some(files)
}

fn is_sql(name: &str) -> bool {
    name.len() > 4 && !name.starts_with('.') && name.to_ascii_lowercase().ends_with(".sql")
}

fn entries(directory: &Path) -> Option<Vec<(String, std::path::PathBuf)>> {
    let entries = std::fs::read_dir(directory).ok()?;
    Some(
        entries
            .filter_map(Result::ok)
            .filter_map(|entry| Some((entry.file_name().into_string().ok()?, entry.path())))
            .collect(),
    )
}
