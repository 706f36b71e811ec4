//! `cargo tablature new`

use crate::Verdict;
use crate::arguments::NewArguments;
use crate::failure::Failure;
use crate::migrations::{find, read};
use crate::naming::{Naming, NewFile};
use crate::output;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::SystemTime;
use tablature_schema::diagnostic::Code;
use tablature_schema::directory::Directory;

/// Writes the files of a new migration and prints their paths, one a line.
///
/// # Errors
///
/// When no number or name can be found for it, or a file cannot be written; nothing is left behind then.
pub(crate) fn run(arguments: &NewArguments) -> Result<Verdict, Failure> {
    let name = file_name(&arguments.name).ok_or_else(|| Failure::NoName(arguments.name.clone()))?;
    let root = Path::new(&arguments.dir);
    fs::create_dir_all(root).map_err(|reason| failed(root, reason))?;
    let (naming, last) = convention(&read(&arguments.dir)?)?;
    let number = naming
        .next(last, SystemTime::now())
        .ok_or(Failure::NoNumber(last.unwrap_or(i64::MAX)))?;

    let files = naming.files(&number, &name);
    let mut written: Vec<PathBuf> = Vec::new();
    for file in &files {
        let path = root.join(&file.path);
        if let Err(reason) = write(&path, &text(file, &files, &name)) {
            // Half a migration would be in the way of the next attempt.
            for path in &written {
                let _ = fs::remove_file(path);
            }
            return Err(failed(&path, reason));
        }
        written.push(path);
    }
    let paths = files
        .iter()
        .map(|file| format!("{}/{}\n", arguments.dir.trim_end_matches('/'), file.path));
    output::print(&paths.collect::<String>())?;
    Ok(Verdict::Fine)
}

/// How the directory names its files, and the last version that it has or that its lock lists.
fn convention(directory: &Directory) -> Result<(Naming, Option<i64>), Failure> {
    // A name that is nearly a migration's may well be that of the last one.
    for code in [Code::MixedConventions, Code::MalformedFileName] {
        if let Some(found) = find(&directory.diagnostics, code) {
            return Err(Failure::NoConvention(found.message.clone()));
        }
    }
    // A number that a database may know is not given twice, even if its file is gone.
    let lines = directory.lock.iter().flat_map(|lock| &lock.lines);
    let released = lines.map(|line| line.version).max();
    let Some(last) = directory
        .migrations
        .iter()
        .max_by_key(|migration| migration.version)
    else {
        return Ok((Naming::default(), released));
    };
    let path = &directory.sources.file(last.up).path;
    let naming = path
        .strip_prefix(directory.path.trim_end_matches('/'))
        .and_then(|path| Naming::of(path.trim_start_matches('/'), last.down.is_some()))
        .unwrap_or_default();
    Ok((naming, released.max(Some(last.version))))
}

/// Returns what can be in a file name on every system: lower-case letters and digits, and `_` for all between them.
fn file_name(name: &str) -> Option<String> {
    let words: Vec<String> = name
        .split(|character: char| !character.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_ascii_lowercase)
        .collect();
    (!words.is_empty()).then(|| words.join("_"))
}

/// What a new file starts with.
fn text(file: &NewFile, files: &[NewFile], name: &str) -> String {
    let up = files.iter().find(|file| !file.down);
    match up {
        Some(up) if file.down => format!("-- Undo {}\n", up.path),
        _ => format!("-- {}\n", name.replace('_', " ")),
    }
}

/// Writes a file that is not there yet.
fn write(path: &Path, text: &str) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    File::create_new(path)?.write_all(text.as_bytes())
}

fn failed(path: &Path, reason: io::Error) -> Failure {
    Failure::Write {
        path: path.to_owned(),
        reason,
    }
}

#[cfg(test)]
mod tests {
    use super::file_name;

    #[test]
    fn a_name_keeps_its_letters_and_digits() {
        let name = |text| file_name(text);
        assert_eq!(name("Add usage-count!").as_deref(), Some("add_usage_count"));
        assert_eq!(name("../../etc/passwd").as_deref(), Some("etc_passwd"));
        assert_eq!(name("2fa").as_deref(), Some("2fa"));
        assert_eq!(name("__"), None);
        assert_eq!(name(""), None);
    }
}
