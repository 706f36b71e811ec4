//! A migrations directory in memory.

use super::tree::{Entry, EntryKind, Problem, Tree};
use std::collections::BTreeMap;

/// The bytes of files by their paths.
pub(super) struct Memory {
    pub(super) files: BTreeMap<String, Vec<u8>>,
}

impl Tree for Memory {
    fn list(&self, path: &str) -> Result<Vec<Entry>, Problem> {
        let mut entries: BTreeMap<&str, EntryKind> = BTreeMap::new();
        for file in self.files.keys() {
            let inside = match path {
                "" => Some(file.as_str()),
                _ => file
                    .strip_prefix(path)
                    .and_then(|rest| rest.strip_prefix('/')),
            };
            match inside.map(|inside| inside.split_once('/')) {
                Some(Some((directory, _))) => {
                    entries.insert(directory, EntryKind::Directory);
                }
                Some(None) => {
                    entries.insert(inside.unwrap_or_default(), EntryKind::File);
                }
                None => {}
            }
        }
        Ok(entries
            .into_iter()
            .map(|(name, kind)| Entry {
                name: name.to_owned(),
                kind,
            })
            .collect())
    }

    fn read(&self, path: &str) -> Result<Vec<u8>, Problem> {
        self.files
            .get(path)
            .cloned()
            .ok_or(Problem::Missing { nearest: None })
    }
}
