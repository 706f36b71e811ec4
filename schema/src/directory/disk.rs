//! A migrations directory on the disk.

use super::MAX_FILE_SIZE;
use super::tree::{Entry, EntryKind, Problem, Tree};
use crate::diagnostic::nearest;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

pub(super) struct Disk {
    pub(super) root: PathBuf,
}

impl Tree for Disk {
    fn list(&self, path: &str) -> Result<Vec<Entry>, Problem> {
        let directory = self.at(path);
        let metadata = fs::metadata(&directory).map_err(|error| problem(&directory, &error))?;
        if !metadata.is_dir() {
            return Err(Problem::NotADirectory);
        }
        let mut entries = Vec::new();
        for entry in fs::read_dir(&directory).map_err(|error| problem(&directory, &error))? {
            let entry = entry.map_err(|error| problem(&directory, &error))?;
            entries.push(Entry {
                name: entry.file_name().to_string_lossy().into_owned(),
                kind: kind(&entry.path()),
            });
        }
        Ok(entries)
    }

    fn read(&self, path: &str) -> Result<Vec<u8>, Problem> {
        let path = self.at(path);
        let read = || -> io::Result<Vec<u8>> {
            let mut bytes = Vec::new();
            // A file can grow while it is read.
            File::open(&path)?
                .take(MAX_FILE_SIZE + 1)
                .read_to_end(&mut bytes)?;
            Ok(bytes)
        };
        let bytes = read().map_err(|error| problem(&path, &error))?;
        if bytes.len() as u64 > MAX_FILE_SIZE {
            return Err(Problem::TooLarge);
        }
        Ok(bytes)
    }
}

impl Disk {
    fn at(&self, path: &str) -> PathBuf {
        match path {
            // Joining the empty path adds a slash, and a link that leads nowhere is no longer taken for a link.
            "" => self.root.clone(),
            _ => self.root.join(path),
        }
    }
}

/// What a path leads to. Nothing is opened, as opening a pipe waits for its writer.
fn kind(path: &Path) -> EntryKind {
    match fs::metadata(path) {
        Ok(metadata) if metadata.is_dir() => EntryKind::Directory,
        Ok(metadata) if metadata.is_file() => EntryKind::File,
        Ok(_) => EntryKind::Unreadable(Problem::NotAFile),
        Err(error) => EntryKind::Unreadable(problem(path, &error)),
    }
}

fn problem(path: &Path, error: &io::Error) -> Problem {
    if error.kind() != io::ErrorKind::NotFound {
        return Problem::System(message(error));
    }
    if fs::symlink_metadata(path).is_ok() {
        return Problem::DanglingLink;
    }
    Problem::Missing {
        nearest: nearest_directory(path),
    }
}

/// What the system says, in the manner of the other messages: lower case, without the number.
fn message(error: &io::Error) -> String {
    let text = error.to_string();
    let text = text.split(" (os error").next().unwrap_or(&text);
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_lowercase().chain(letters).collect()
    })
}

fn nearest_directory(path: &Path) -> Option<String> {
    let name = path.file_name()?.to_str()?;
    let mut siblings: Vec<String> = fs::read_dir(path.parent()?)
        .ok()?
        .filter_map(|entry| {
            let entry = entry.ok()?;
            entry
                .path()
                .is_dir()
                .then(|| entry.file_name())?
                .into_string()
                .ok()
        })
        .collect();
    siblings.sort();
    nearest(name, siblings.iter().map(String::as_str)).map(str::to_owned)
}
