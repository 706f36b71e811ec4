//! The files of a directory, as they are at one moment.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The contents of files, by their names relative to a directory.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Files(pub BTreeMap<String, Vec<u8>>);

impl Files {
    /// Reads all files below a directory.
    #[must_use]
    pub fn read(directory: &Path) -> Files {
        let paths = Self::paths(directory).into_iter();
        Files(
            paths
                .map(|(name, path)| (name, fs::read(path).unwrap()))
                .collect(),
        )
    }

    /// Writes the files into a directory that has none.
    pub fn write(&self, directory: &Path) {
        for (name, content) in &self.0 {
            let path = directory.join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, content).unwrap();
        }
    }

    /// The files below a directory: their names relative to it, and their paths.
    pub(crate) fn paths(directory: &Path) -> Vec<(String, PathBuf)> {
        let mut paths = Vec::new();
        let mut folders = vec![directory.to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(&folder).into_iter().flatten() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    let name = path.strip_prefix(directory).unwrap();
                    paths.push((name.to_str().unwrap().to_owned(), path));
                }
            }
        }
        paths
    }
}
