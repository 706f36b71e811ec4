//! What was done to the files of a directory, in its order.

use crate::files::Files;

/// What was done to the files of a directory during a run.
#[derive(Debug, Clone, Default)]
pub struct Record {
    /// The files as they were before.
    pub before: Files,
    /// What was done, in its order.
    pub operations: Vec<Operation>,
    /// How many calls the engine has made that could have failed, those that change nothing included.
    pub calls: usize,
}

/// Something that was done to a file, which is named relative to the directory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Operation {
    /// A file was made, empty.
    Create {
        /// Its name.
        file: String,
        /// Whether the engine makes its name durable when it first syncs the file: it does so for its journals.
        syncs_directory: bool,
    },
    /// Bytes were written.
    Write {
        /// The file.
        file: String,
        /// Where.
        offset: usize,
        /// The bytes.
        bytes: Vec<u8>,
    },
    /// A file was cut, or made longer with zeros.
    Truncate {
        /// The file.
        file: String,
        /// Its length afterwards.
        length: usize,
    },
    /// What was written to a file before is durable from here on.
    Sync {
        /// The file.
        file: String,
    },
    /// A file was deleted.
    Delete {
        /// Its name.
        file: String,
    },
    /// A file was given another name, which the engine was not asked for.
    Rename {
        /// Its name before.
        from: String,
        /// Its name afterwards.
        to: String,
    },
    /// The run has said something.
    Said(String),
}
