//! Where a migrations directory is read from: the disk, or memory.

/// Files and directories under a migrations directory. Paths are relative to it, with `/` between their parts; the empty
/// path is the directory itself.
pub(super) trait Tree {
    /// What is in a directory, in any order.
    fn list(&self, path: &str) -> Result<Vec<Entry>, Problem>;

    /// The bytes of a file.
    fn read(&self, path: &str) -> Result<Vec<u8>, Problem>;
}

/// Something in a directory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) name: String,
    pub(super) kind: EntryKind,
}

/// What it is, symbolic links followed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum EntryKind {
    File,
    Directory,
    Unreadable(Problem),
}

/// Why something cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Problem {
    /// It is not there; `nearest` is the name of a directory beside the place that is like it.
    Missing { nearest: Option<String> },
    /// A symbolic link to what is not there.
    DanglingLink,
    /// Something else than a directory.
    NotADirectory,
    /// A directory where a file is wanted.
    ADirectory,
    /// Neither a file nor a directory: reading it might never end.
    NotAFile,
    /// More bytes than one text may have.
    TooLarge,
    /// What the system says.
    System(String),
}
