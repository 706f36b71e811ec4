//! From the entries of a directory to its migrations.

use super::convention::{Convention, Direction};
use super::decode::{Decoded, decode};
use super::name::{self, Name, NearMiss, Reason, ScriptName};
use super::tree::{EntryKind, Problem, Tree};
use super::{Directory, MigrationFiles, path};
use crate::config::Config;
use crate::diagnostic::{Code, Diagnostic};
use crate::errors::files as errors;
use crate::lock::{FILE_NAME as LOCK, Lock, with_number};
use crate::text::{FileId, Span};
use std::collections::BTreeMap;
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
            _ => {}
        }
        for own in [CONFIGURATION, LOCK] {
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

    fn subdirectory(&mut self, name: String) {
        if [CONFIGURATION, LOCK].contains(&name.as_str()) {
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

    fn mixed_conventions(&mut self) {
        let mut by_convention: BTreeMap<Convention, Vec<&Found>> = BTreeMap::new();
        for found in &self.found {
            if found.direction == Direction::Up || found.convention == Convention::UpDown {
                by_convention
                    .entry(found.convention)
                    .or_default()
                    .push(found);
            }
        }
        if by_convention.len() < 2 {
            return;
        }
        let mut groups: Vec<(Convention, Vec<String>)> = by_convention
            .into_iter()
            .map(|(convention, group)| {
                let paths = group.iter().map(|found| found.path.clone()).collect();
                (convention, paths)
            })
            .collect();
        // The convention of the most files is what the directory keeps to; of two alike, the first in the table.
        groups.sort_by_key(|(_, paths)| std::cmp::Reverse(paths.len()));
        let mut kept = None;
        for (convention, paths) in groups {
            let Some(example) = paths.first().map(|path| self.mention(path)) else {
                continue;
            };
            match kept {
                None => kept = Some((convention, example)),
                Some((kept, other)) => {
                    let pattern = convention.pattern();
                    let error =
                        errors::mixed_conventions(&paths, pattern, kept.pattern(), example, other);
                    self.report(error);
                }
            }
        }
    }

    /// Diesel orders versions as text. Where that is not the order of the numbers, nobody can tell which was meant.
    fn misordered_dates(&mut self) {
        let mut dated: Vec<(&str, i64, &str)> = self
            .found
            .iter()
            .filter(|found| found.direction == Direction::Up)
            .filter_map(|found| Some((found.dated.as_deref()?, found.version, found.path.as_str())))
            .collect();
        dated.sort_unstable();
        let misordered: Vec<(String, String)> = dated
            .windows(2)
            .filter_map(|pair| match pair {
                [(_, first, earlier), (_, second, later)] if first > second => {
                    Some(((*earlier).to_owned(), (*later).to_owned()))
                }
                _ => None,
            })
            .collect();
        for (earlier, later) in misordered {
            let span = self.mention(&earlier);
            let other = self.mention(&later);
            self.report(errors::misordered_dates(&earlier, &later, span, other));
        }
    }

    fn migrations(&mut self) {
        self.last = self
            .found
            .iter()
            .map(|found| found.version)
            .max()
            .unwrap_or_default();
        let mut by_version: BTreeMap<i64, (Vec<Found>, Vec<Found>)> = BTreeMap::new();
        for found in std::mem::take(&mut self.found) {
            let (ups, downs) = by_version.entry(found.version).or_default();
            match found.direction {
                Direction::Up => ups.push(found),
                Direction::Down => downs.push(found),
            }
        }
        for (version, (ups, downs)) in by_version {
            self.duplicates(version, &ups);
            self.duplicates(version, &downs);
            let down = downs.into_iter().next();
            let mut ups = ups.into_iter();
            match (ups.next(), down) {
                (Some(up), down) => {
                    self.migration(version, &up, down.as_ref());
                    // What comes after them needs all of them.
                    for repeated in ups {
                        self.migration(version, &repeated, None);
                    }
                }
                (None, Some(down)) => {
                    let span = self.mention(&down.path);
                    self.report(errors::missing_up(&down.path, span));
                    self.gap(version);
                }
                (None, None) => {}
            }
        }
    }

    fn duplicates(&mut self, version: i64, same: &[Found]) {
        let [first, rest @ ..] = same else {
            return;
        };
        if rest.is_empty() {
            return;
        }
        if rest
            .iter()
            .any(|found| found.convention != first.convention)
        {
            // The mixture of conventions is the mistake, and it is reported.
            self.gap(version);
            return;
        }
        let first = (first.path.as_str(), self.mention(&first.path));
        let rest: Vec<(&str, Span)> = rest
            .iter()
            .map(|found| {
                (
                    found.path.as_str(),
                    mention(&mut self.directory, &found.path),
                )
            })
            .collect();
        let help = self.renumbering(version, same);
        self.report(errors::duplicate_version(version, first, &rest, help));
    }

    /// Of two migrations with one version, the one that is released, and the other's path with the next free number, if
    /// that can be told.
    fn renumbering(&self, version: i64, same: &[Found]) -> Option<(String, String, String)> {
        let lock = self.directory.lock.as_ref()?;
        let is_released = |found: &&Found| lock.lists(version, &found.name);
        let (released, other) = match same {
            [one, other] if is_released(&one) && !is_released(&other) => (one, other),
            [other, one] if is_released(&one) && !is_released(&other) => (one, other),
            _ => return None,
        };
        let free = self.last.max(lock.last()?).checked_add(1)?;
        let renamed = with_number(&other.path, free);
        Some((released.path.clone(), other.path.clone(), renamed))
    }

    fn migration(&mut self, version: i64, up: &Found, down: Option<&Found>) {
        let Some(up_file) = self.text(&up.path) else {
            self.gap(version);
            return;
        };
        let down = down.and_then(|down| self.text(&down.path));
        self.directory.migrations.push(MigrationFiles {
            version,
            name: up.name.clone(),
            up: up_file,
            down,
        });
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
mod tests {
    use crate::config::EngineVersion;
    use crate::diagnostic::Code;
    use crate::directory::Directory;

    fn directory(names: &[&str]) -> Directory {
        Directory::from_files("migrations", names.iter().map(|name| (*name, "SELECT 1;")))
    }

    fn versions(directory: &Directory) -> Vec<(i64, &str, bool)> {
        directory
            .migrations
            .iter()
            .map(|migration| {
                (
                    migration.version,
                    migration.name.as_str(),
                    migration.down.is_some(),
                )
            })
            .collect()
    }

    fn mistakes(directory: &Directory) -> Vec<(Code, &str)> {
        directory
            .diagnostics
            .iter()
            .map(|diagnostic| (diagnostic.code, diagnostic.message.as_str()))
            .collect()
    }

    fn mistake(names: &[&str]) -> (Code, String) {
        let directory = directory(names);
        let mistakes = mistakes(&directory);
        assert_eq!(mistakes.len(), 1, "{mistakes:?}");
        (mistakes[0].0, mistakes[0].1.to_owned())
    }

    #[test]
    fn a_name_that_was_meant_is_one_of_the_directorys_form() {
        for (beside, meant) in [
            ("0001_a.sql", "rename it to `3_b.sql`"),
            ("0001_a.up.sql", "rename it to `3_b.up.sql`"),
        ] {
            let directory = directory(&[beside, "3-b.sql"]);
            let help = directory.diagnostics[0].help.as_deref();
            assert_eq!(help, Some(meant));
        }
    }

    #[test]
    fn versions_are_ordered_as_numbers() {
        let directory = directory(&[
            "1_a.sql",
            "10_c.sql",
            "02_b.sql",
            "README.md",
            ".sqlx/query.json",
        ]);
        assert_eq!(mistakes(&directory), []);
        assert_eq!(
            versions(&directory),
            [(1, "a", false), (2, "b", false), (10, "c", false)]
        );
        assert_eq!(
            directory.files,
            [
                "migrations/1_a.sql",
                "migrations/02_b.sql",
                "migrations/10_c.sql"
            ]
        );
    }

    #[test]
    fn down_files_are_found_beside_their_up_files() {
        let files = directory(&["1_a.up.sql", "1_a.down.sql", "2_b.up.sql"]);
        assert_eq!(mistakes(&files), []);
        assert_eq!(versions(&files), [(1, "a", true), (2, "b", false)]);
        let directories = directory(&[
            "2025-01-03-002434_a/up.sql",
            "2025-01-03-002434_a/down.sql",
            "2025-01-03-002434_a/README.md",
            "2025-01-04-002434_b/up.sql",
        ]);
        assert_eq!(mistakes(&directories), []);
        assert_eq!(
            versions(&directories),
            [
                (20_250_103_002_434, "a", true),
                (20_250_104_002_434, "b", false)
            ]
        );
        let prisma = directory(&["1_a/migration.sql", "1_a/down.sql", "migration_lock.toml"]);
        assert_eq!(mistakes(&prisma), []);
        assert_eq!(versions(&prisma), [(1, "a", true)]);
    }

    #[test]
    fn a_duplicate_version_names_both_files() {
        assert_eq!(
            mistake(&["1_a.sql", "01_b.sql", "2_c.sql"]),
            (
                Code::DuplicateVersion,
                "`01_b.sql` and `1_a.sql` have the same version, 1".to_owned()
            )
        );
        let both = directory(&["1_a.sql", "01_b.sql"]);
        assert_eq!((both.migrations.len(), both.gap), (2, None));
    }

    #[test]
    fn a_mixture_of_conventions_is_one_mistake() {
        let (code, message) = mistake(&["1_a.sql", "2_b.sql", "V3__c.sql"]);
        assert_eq!(code, Code::MixedConventions);
        assert!(message.contains("`<number>_<name>.sql` and `V<number>__<name>.sql`"));
        assert_eq!(
            mistake(&["1_a.sql", "1_a.down.sql"]).0,
            Code::MixedConventions
        );
        assert_eq!(
            mistake(&["1_a/up.sql", "1_a/migration.sql"]).0,
            Code::MixedConventions
        );
    }

    #[test]
    fn a_down_file_needs_its_up_file() {
        assert_eq!(
            mistake(&["1_a.up.sql", "2_b.down.sql"]),
            (
                Code::MissingUp,
                "`2_b.down.sql` has no up file beside it".to_owned()
            )
        );
        assert_eq!(
            mistake(&["1_a/up.sql", "2_b/down.sql"]),
            (
                Code::MissingUp,
                "`2_b/down.sql` has no up file beside it".to_owned()
            )
        );
    }

    #[test]
    fn near_misses_and_strange_directories_are_all_told_in_one_run() {
        let directory = directory(&[
            "1_a.sql",
            "7-x.sql",
            "V6_g.sql",
            "x.sql",
            "8_y.SQL",
            "seeds/1_rows.sql",
            "9_z/undo.sql",
            "5_w/README.md",
            "Tablature.toml",
        ]);
        let codes: Vec<Code> = mistakes(&directory).iter().map(|(code, _)| *code).collect();
        assert_eq!(codes, [Code::MalformedFileName; 8]);
        assert_eq!(versions(&directory), [(1, "a", false)]);
        assert_eq!(directory.gap, Some(5));
    }

    #[test]
    fn nothing_at_all_is_a_mistake() {
        assert_eq!(mistake(&["README.md"]).0, Code::NoMigrations);
        assert_eq!(mistake(&[]).0, Code::NoMigrations);
    }

    #[test]
    fn dates_whose_order_as_text_is_another_are_told() {
        let (code, message) = mistake(&["2023-10-06-10000_a/up.sql", "2023-01-03-161500_b/up.sql"]);
        assert_eq!(code, Code::MalformedFileName);
        assert!(message.contains("as text"), "{message}");
        let suffixed = directory(&[
            "2024-01-02-030405_a/up.sql",
            "2025-01-02-030405-0000_b/up.sql",
        ]);
        assert_eq!(mistakes(&suffixed), []);
    }

    #[test]
    fn bytes_that_are_not_utf8_are_told_with_their_place() {
        let directory = Directory::from_files(
            "migrations",
            [
                ("1_a.sql", b"-- one\nSELECT '\xe9';".to_vec()),
                ("2_b.sql", b"\xff\xfeS\0E\0".to_vec()),
                ("3_c.sql", b"\xef\xbb\xbfSELECT 1;".to_vec()),
            ],
        );
        assert_eq!(
            mistakes(&directory),
            [
                (
                    Code::NotUtf8,
                    "`1_a.sql` is not UTF-8: invalid byte at offset 15, line 2, column 9"
                ),
                (
                    Code::NotUtf8,
                    "`2_b.sql` is not UTF-8: its first bytes say that it is UTF-16"
                ),
            ]
        );
        assert_eq!(versions(&directory), [(1, "a", false), (3, "c", false)]);
        assert_eq!(directory.gap, Some(2));
        let bom = &directory.sources.file(directory.migrations[1].up).text;
        assert!(bom.starts_with('\u{feff}'));
    }

    #[test]
    fn the_configuration_is_read() {
        let directory = Directory::from_files(
            "migrations",
            [
                ("1_a.sql", ""),
                ("tablature.toml", "engine_version = '3.40'\nx = 1"),
            ],
        );
        assert_eq!(
            directory.config.rules.engine_version,
            EngineVersion::new(3, 40, 0)
        );
        assert_eq!(
            mistakes(&directory),
            [(Code::InvalidConfiguration, "unknown key `x`")]
        );
        assert_eq!(
            directory.files,
            ["migrations/tablature.toml", "migrations/1_a.sql"]
        );
    }

    #[test]
    fn diesels_switch_for_transactions_is_told() {
        let directory = Directory::from_files(
            "migrations",
            [
                ("1_a/up.sql", ""),
                ("1_a/metadata.toml", "run_in_transaction = false"),
            ],
        );
        assert_eq!(mistakes(&directory)[0].0, Code::InvalidConfiguration);
    }

    #[test]
    fn a_history_keeps_its_order() {
        let directory = Directory::from_history("m", [(1, "b.sql", "x"), (2, "a.sql", "y")]);
        assert_eq!(
            versions(&directory),
            [(1, "b.sql", false), (2, "a.sql", false)]
        );
        assert_eq!(directory.files, ["m/b.sql", "m/a.sql"]);
    }
}
