//! A file system for SQLite: the real files, a record of what is done to them, and an operation that fails.

use crate::fault::{Failure, Fault};
use crate::file::OpenFile;
use crate::files::Files;
use crate::locks::Locks;
use crate::record::{Operation, Record};
use sqlite_vfs::{OpenAccess, OpenKind, OpenOptions, Vfs};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fs;
use std::io::{Error, ErrorKind, Result};
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// The engine's file system of this process. Every connection that is not opened with another one by name uses it.
static DISK: LazyLock<Disk> = LazyLock::new(|| {
    let disk = Disk(Arc::default());
    sqlite_vfs::register("recording", disk.clone(), true).unwrap();
    disk
});

/// One directory is watched at a time.
static TURN: Mutex<()> = Mutex::new(());

/// A file system that records what the engine does to the files of a directory, and can let it fail.
#[derive(Debug, Clone)]
pub struct Disk(pub(crate) Arc<Mutex<State>>);

/// What is known of the directory that is watched.
#[derive(Debug, Default)]
pub(crate) struct State {
    directory: PathBuf,
    record: Record,
    /// The files that the record knows of, to notice what was done without the engine.
    names: BTreeMap<String, u64>,
    fault: Option<Fault>,
    failed: Vec<&'static str>,
    pub(crate) locks: Locks,
    next_holder: usize,
}

/// A directory is watched until this is finished.
pub struct Watch {
    _turn: MutexGuard<'static, ()>,
}

impl Disk {
    /// Watches the files of a directory until the value is finished.
    #[must_use]
    pub fn watch(directory: &Path) -> Watch {
        let turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
        let mut state = DISK.state();
        *state = State {
            directory: directory.to_owned(),
            ..State::default()
        };
        state.record.before = Files::read(directory);
        state.names = names(directory);
        Watch { _turn: turn }
    }

    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Watch {
    /// Records that the run has said something.
    pub fn say(&self, what: &str) {
        let mut state = DISK.state();
        state.notice();
        state.add(Operation::Said(what.to_owned()));
    }

    /// From here on the calls are counted, and one fails.
    pub fn fail(&self, fault: Fault) {
        let mut state = DISK.state();
        state.record.calls = 0;
        state.fault = Some(fault);
    }

    /// The calls that have failed so far.
    #[must_use]
    pub fn failed(&self) -> Vec<&'static str> {
        DISK.state().failed.clone()
    }

    /// How many calls there were since one was told to fail.
    #[must_use]
    pub fn calls(&self) -> usize {
        DISK.state().record.calls
    }

    /// From here on no call fails.
    pub fn mend(&self) {
        DISK.state().fault = None;
    }

    /// Ends the watch; connections to the directory have to be closed.
    #[must_use]
    pub fn finish(self) -> Record {
        let mut state = DISK.state();
        state.notice();
        std::mem::take(&mut *state).record
    }
}

impl State {
    /// The name of a file of the directory, relative to it; none if it is another's.
    pub(crate) fn name(&self, path: &Path) -> Option<String> {
        if self.directory.as_os_str().is_empty() {
            return None;
        }
        let relative = path.strip_prefix(&self.directory).ok()?;
        relative.to_str().map(str::to_owned)
    }

    pub(crate) fn add(&mut self, operation: Operation) {
        match &operation {
            Operation::Delete { file } => {
                self.names.remove(file);
            }
            Operation::Create { file, .. } => {
                let path = self.directory.join(file);
                self.names.insert(file.clone(), identity(&path));
            }
            _ => {}
        }
        self.record.operations.push(operation);
    }

    /// Counts a call, and tells how it fails, if it does.
    pub(crate) fn call(&mut self, what: &'static str) -> Option<Failure> {
        self.notice();
        let number = self.record.calls;
        self.record.calls += 1;
        let fault = self.fault?;
        let is_hit = number == fault.call || (fault.lasts && number > fault.call);
        let is_meant = match fault.failure {
            Failure::Full => what == "write",
            Failure::Denied => what == "open",
            Failure::Error | Failure::Torn => true,
        };
        let failure = (is_hit && is_meant).then_some(fault.failure);
        if failure.is_some() {
            self.failed.push(what);
        }
        failure
    }

    /// Records what was done to the directory without the engine since the last call.
    pub(crate) fn notice(&mut self) {
        if self.directory.as_os_str().is_empty() {
            return;
        }
        let now = names(&self.directory);
        let gone: Vec<(String, u64)> = difference(&self.names, &now);
        let come: Vec<(String, u64)> = difference(&now, &self.names);
        let mut renamed = Vec::new();
        for (file, identity) in come {
            let operation = match gone.iter().find(|(_, other)| *other == identity) {
                Some((from, _)) => {
                    renamed.push(from.clone());
                    let (from, to) = (from.clone(), file);
                    Operation::Rename { from, to }
                }
                None => Operation::Create {
                    file,
                    syncs_directory: false,
                },
            };
            self.record.operations.push(operation);
        }
        for (file, _) in gone {
            if !renamed.contains(&file) {
                self.record.operations.push(Operation::Delete { file });
            }
        }
        self.names = now;
    }
}

/// The entries of one map that another lacks or has otherwise.
fn difference(of: &BTreeMap<String, u64>, other: &BTreeMap<String, u64>) -> Vec<(String, u64)> {
    of.iter()
        .filter(|(name, identity)| other.get(*name) != Some(*identity))
        .map(|(name, identity)| (name.clone(), *identity))
        .collect()
}

/// The names of the files below a directory, with what stays the same when one is renamed.
fn names(directory: &Path) -> BTreeMap<String, u64> {
    let files = Files::paths(directory).into_iter();
    files.map(|(name, path)| (name, identity(&path))).collect()
}

#[cfg(unix)]
fn identity(path: &Path) -> u64 {
    use std::os::unix::fs::MetadataExt;
    fs::metadata(path).map_or(0, |metadata| metadata.ino())
}

#[cfg(not(unix))]
fn identity(path: &Path) -> u64 {
    use std::hash::{DefaultHasher, Hash, Hasher};
    let mut hasher = DefaultHasher::new();
    fs::read(path).unwrap_or_default().hash(&mut hasher);
    hasher.finish()
}

impl Vfs for Disk {
    type Handle = OpenFile;

    fn open(&self, path: &str, options: OpenOptions) -> Result<OpenFile> {
        let path = PathBuf::from(path);
        let mut state = self.state();
        let holder = state.next_holder;
        state.next_holder += 1;
        let is_temporary = match options.kind {
            OpenKind::MainDb | OpenKind::MainJournal | OpenKind::SuperJournal | OpenKind::Wal => {
                false
            }
            OpenKind::TempDb
            | OpenKind::TempJournal
            | OpenKind::TransientDb
            | OpenKind::SubJournal => true,
        };
        if is_temporary {
            return Ok(OpenFile::temporary());
        }
        let name = state.name(&path);
        let is_new = !path.exists();
        let failure = name.as_ref().and_then(|_| state.call("open"));
        match failure {
            Some(Failure::Error | Failure::Torn) => return Err(broken()),
            Some(Failure::Denied) if is_new => return Err(ErrorKind::PermissionDenied.into()),
            Some(Failure::Denied | Failure::Full) | None => {}
        }
        let (writes, creates) = match options.access {
            OpenAccess::Read => (false, false),
            OpenAccess::Write => (true, false),
            OpenAccess::Create | OpenAccess::CreateNew => (true, true),
        };
        let file = fs::OpenOptions::new()
            .read(true)
            .write(writes)
            .create(creates)
            .truncate(false)
            .open(&path)?;
        if let Some(file) = name.clone().filter(|_| is_new) {
            let syncs_directory = options.kind != OpenKind::MainDb;
            state.add(Operation::Create {
                file,
                syncs_directory,
            });
        }
        drop(state);
        let shown = path.to_string_lossy().into_owned();
        Ok(OpenFile::new(self.clone(), file, shown, name, holder))
    }

    fn delete(&self, path: &str) -> Result<()> {
        let path = Path::new(path);
        let mut state = self.state();
        state.notice();
        fs::remove_file(path)?;
        if let Some(file) = state.name(path) {
            state.add(Operation::Delete { file });
        }
        Ok(())
    }

    fn exists(&self, path: &str) -> Result<bool> {
        Ok(Path::new(path).exists())
    }

    fn temporary_name(&self) -> String {
        "temporary".to_owned()
    }

    fn random(&self, buffer: &mut [i8]) {
        buffer.fill_with(|| fastrand::i8(..));
    }

    fn sleep(&self, duration: Duration) -> Duration {
        std::thread::sleep(duration);
        duration
    }

    fn full_pathname<'a>(&self, path: &'a str) -> Result<Cow<'a, str>> {
        let path = std::path::absolute(path)?;
        Ok(path.to_string_lossy().into_owned().into())
    }
}

/// What a failing device reports.
pub(crate) fn broken() -> Error {
    Error::other("the device is broken")
}

/// What a full device reports; the engine's interface knows it by this.
pub(crate) fn full() -> Error {
    ErrorKind::WriteZero.into()
}
