//! From the entries of a directory to its migrations.

mod together;

use super::convention::{Convention, Direction};
use super::decode::{Decoded, decode};
use super::name::{self, Name, NearMiss, Reason, ScriptName};
use super::tree::{EntryKind, Problem, Tree};
use super::{Directory, path};
use crate::config::Config;
use crate::diagnostic::{Code, Diagnostic};
use crate::errors::files as errors;
use crate::lock::{FILE_NAME as LOCK, Lock};
use crate::snapshot::FILE_NAME as SNAPSHOT;
use crate::text::{FileId, Span};
use toml::de::DeTable;

const CONFIGURATION: &str = "tablature.toml";

pub(super) fn read(tree: &dyn Tree, path: String) -> Directory {
    let mut reader = Reader {
        tree,
        directory: Directory {
            path,
            ..Directory::default()
        },
        found: Vec::new(),
        in_pairs: false,
        last: 0,
    };
    reader.root();
    reader.mixed_conventions();
    reader.misordered_dates();
    reader.migrations();
    let Reader { mut directory, .. } = reader;
    // Those that a lock lists are missing, and that is said of them.
    let is_locked = directory
        .lock
        .as_ref()
        .is_some_and(|lock| !lock.lines.is_empty());
    if directory.migrations.is_empty() && directory.diagnostics.is_empty() && !is_locked {
        let span = mention(&mut directory, "");
        let error = errors::no_migrations(&directory.path, span);
        directory.diagnostics.push(error);
    }
    directory
}

struct Reader<'a> {
    tree: &'a dyn Tree,
    directory: Directory,
    found: Vec<Found>,
    /// Whether the files beside it end in `.up.sql`, so that this is what a nearly right name should end in.
    in_pairs: bool,
    /// The greatest version that was found.
    last: i64,
}

/// A file that is named like a migration's.
#[derive(Debug, Clone)]
struct Found {
    version: i64,
    name: String,
    convention: Convention,
    direction: Direction,
    /// The digits of a version that is written as a date.
    dated: Option<String>,
    /// Relative to the migrations directory.
    path: String,
}

impl Reader<'_> {
    fn root(&mut self) {
        let mut entries = match self.tree.list("") {
            Ok(entries) => entries,
            Err(problem) => {
                let span = self.mention("");
                let error = errors::unreadable_directory(&self.directory.path, &problem, span);
                self.report(error);
                return;
            }
        };
        entries.sort_by(|one, other| one.name.cmp(&other.name));
        self.in_pairs = entries.iter().any(|entry| match name::file(&entry.name) {
            Name::Known(file) => file.convention == Convention::UpDown,
            Name::NearMiss(_) | Name::Other => false,
        });
        for entry in entries {
            match entry.kind {
                EntryKind::File => self.file(entry.name),
                EntryKind::Directory => self.subdirectory(entry.name),
                EntryKind::Unreadable(problem) => self.unreadable(&entry.name, &problem),
            }
        }
    }

    fn file(&mut self, name: String) {
        match name.as_str() {
            CONFIGURATION => return self.configuration(),
            LOCK => return self.lock(),
            SNAPSHOT => return self.snapshot(),
            _ => {}
        }
        for own in [CONFIGURATION, LOCK, SNAPSHOT] {
            if name.eq_ignore_ascii_case(own) {
                let span = self.mention(&name);
                self.report(errors::near_miss(
                    &name,
                    Reason::LetterCase,
                    Some(own),
                    span,
                ));
                return;
            }
        }
        match name::file(&name) {
            Name::Other => {}
            Name::NearMiss(near) => self.near_miss("", &name, &near),
            Name::Known(file) => self.found.push(Found {
                version: file.version,
                name: file.name,
                convention: file.convention,
                direction: file.direction,
                dated: None,
                path: name,
            }),
        }
    }

    fn configuration(&mut self) {
        if let Some(file) = self.text(CONFIGURATION) {
            let text = &self.directory.sources.file(file).text;
            let (config, diagnostics) = Config::read(file, text);
            self.directory.config = config;
            self.directory.diagnostics.extend(diagnostics);
        }
    }

    fn lock(&mut self) {
        let Some(file) = self.text(LOCK) else {
            return;
        };
        let text = &self.directory.sources.file(file).text;
        let (lock, mistakes) = Lock::read(file, text);
        let is_garbled =
            |one: &Diagnostic| one.code == Code::NotUtf8 && one.primary.span.file == file;
        if self.directory.diagnostics.iter().any(is_garbled) {
            // Its lines are not what was written.
            return;
        }
        self.directory.lock = Some(lock);
        self.directory.diagnostics.extend(mistakes);
    }

    fn snapshot(&mut self) {
        let file = self.text(SNAPSHOT);
        self.directory.snapshot = file;
    }

    fn subdirectory(&mut self, name: String) {
        if [CONFIGURATION, LOCK, SNAPSHOT].contains(&name.as_str()) {
            self.unreadable_file(&name, &Problem::ADirectory);
            return;
        }
        let directory = match name::directory(&name) {
            Name::Other => return,
            Name::NearMiss(near) => {
                self.near_miss("", &name, &near);
                return;
            }
            Name::Known(directory) => directory,
        };
        let mut entries = match self.tree.list(&name) {
            Ok(entries) => entries,
            Err(problem) => {
                self.unreadable(&name, &problem);
                return;
            }
        };
        entries.sort_by(|one, other| one.name.cmp(&other.name));
        let before = (self.found.len(), self.directory.diagnostics.len());
        for entry in entries {
            let path = path::join(&name, &entry.name);
            let script = match (name::script(&entry.name), entry.kind) {
                (Name::Other, _) => continue,
                (Name::NearMiss(near), _) => {
                    self.near_miss(&name, &entry.name, &near);
                    continue;
                }
                (Name::Known(_), EntryKind::Directory) => {
                    self.near_miss(&name, &entry.name, &Reason::OtherDirectory.into());
                    continue;
                }
                (Name::Known(_), EntryKind::Unreadable(problem)) => {
                    self.unreadable_file(&path, &problem);
                    self.gap(directory.version);
                    continue;
                }
                (Name::Known(script), EntryKind::File) => script,
            };
            let (convention, direction) = match script {
                ScriptName::Up => (Convention::UpDirectory, Direction::Up),
                ScriptName::Migration => (Convention::MigrationDirectory, Direction::Up),
                // It belongs to either; which one, the file beside it says.
                ScriptName::Down => (Convention::UpDirectory, Direction::Down),
                ScriptName::Metadata => {
                    self.diesel_metadata(&path);
                    continue;
                }
            };
            self.found.push(Found {
                version: directory.version,
                name: directory.name.clone(),
                convention,
                direction,
                dated: directory.dated.clone(),
                path,
            });
        }
        if before == (self.found.len(), self.directory.diagnostics.len()) {
            let span = self.mention(&name);
            self.report(errors::no_script(&name, span));
        }
        let ups = self.found.iter().skip(before.0);
        if !ups
            .into_iter()
            .any(|found| found.direction == Direction::Up)
        {
            self.gap(directory.version);
        }
    }

    fn diesel_metadata(&mut self, path: &str) {
        let Some(file) = self.text(path) else {
            return;
        };
        let text = &self.directory.sources.file(file).text;
        let (root, _) = DeTable::parse_recoverable(text);
        let switch = root.get_ref().get("run_in_transaction");
        let off = switch.filter(|value| value.get_ref().as_bool() == Some(false));
        if let Some(range) = off.map(|value| value.span()) {
            self.report(errors::diesel_metadata(Span::new(file, range)));
        }
    }

    /// Reports an entry of the migrations directory that cannot be read, if it may be a migration.
    fn unreadable(&mut self, name: &str, problem: &Problem) {
        let version = match name::file(name) {
            Name::Known(file) => Some(file.version),
            Name::NearMiss(near) => near.version,
            Name::Other if [CONFIGURATION, LOCK].contains(&name) => None,
            Name::Other => return,
        };
        self.unreadable_file(name, problem);
        if let Some(version) = version {
            self.gap(version);
        }
    }

    fn unreadable_file(&mut self, path: &str, problem: &Problem) {
        let span = self.mention(path);
        self.report(errors::unreadable_file(path, problem, span));
    }

    fn near_miss(&mut self, directory: &str, name: &str, near: &NearMiss) {
        let path = path::join(directory, name);
        let span = self.mention(&path);
        let meant = near
            .meant
            .as_deref()
            .map(|meant| self.as_its_neighbours(meant));
        let error = errors::near_miss(&path, near.reason, meant.as_deref(), span);
        self.report(error);
        match near.version {
            Some(version) => self.gap(version),
            None => self.directory.unread.is_some_unnumbered = true,
        }
    }

    /// A name that was meant, in the form that the others have.
    fn as_its_neighbours(&self, meant: &str) -> String {
        match (meant.strip_suffix(".sql"), name::file(meant)) {
            (Some(stem), Name::Known(file))
                if self.in_pairs && file.convention == Convention::Plain =>
            {
                format!("{stem}.up.sql")
            }
            _ => meant.to_owned(),
        }
    }

    /// Reads a file; what is wrong with it is reported. A file that is nearly UTF-8 is used all the same, so that one
    /// letter of a comment does not hide its tables from the files that follow.
    fn text(&mut self, path: &str) -> Option<FileId> {
        let shown = path::join(&self.directory.path, path);
        self.directory.files.push(shown.clone());
        let bytes = match self.tree.read(path) {
            Ok(bytes) => bytes,
            Err(problem) => {
                self.unreadable_file(path, &problem);
                return None;
            }
        };
        match decode(bytes) {
            Decoded::Text(text) => Some(self.directory.sources.add(shown, text)),
            Decoded::Nearly { text, offset } => {
                let file = self.directory.sources.add(shown, text);
                let span = Span::new(
                    file,
                    offset..offset + char::REPLACEMENT_CHARACTER.len_utf8(),
                );
                let place = self.directory.sources.start(span);
                self.report(errors::not_utf8(path, offset, place, span));
                Some(file)
            }
            Decoded::Utf16 => {
                let span = self.mention(path);
                self.report(errors::utf16(path, span));
                None
            }
        }
    }

    fn mention(&mut self, path: &str) -> Span {
        mention(&mut self.directory, path)
    }

    fn report(&mut self, diagnostic: Diagnostic) {
        self.directory.diagnostics.push(diagnostic);
    }

    fn gap(&mut self, version: i64) {
        let first = self.directory.gap.map_or(version, |gap| gap.min(version));
        self.directory.gap = Some(first);
        self.directory.unread.versions.insert(version);
    }
}

/// A place for what is wrong with a file as a whole: an empty text under its path.
fn mention(directory: &mut Directory, path: &str) -> Span {
    let shown = match path {
        "" => directory.path.clone(),
        _ => path::join(&directory.path, path),
    };
    Span::new(directory.sources.add(shown, ""), 0..0)
}

#[cfg(test)]
mod tests;
