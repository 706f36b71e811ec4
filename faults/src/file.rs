//! An open file: a real one of which the record is kept, or one of the engine's own that no crash outlasts.

use crate::disk::{Disk, broken, full};
use crate::fault::Failure;
use crate::record::Operation;
use sqlite_vfs::{DatabaseHandle, LockKind, WalDisabled};
use std::fs::File;
use std::io::{ErrorKind, Read, Result, Seek, SeekFrom, Write};

/// A file that the engine has opened.
pub struct OpenFile(Kind);

enum Kind {
    Real(Real),
    /// A temporary file, in memory.
    Temporary(Vec<u8>),
}

struct Real {
    disk: Disk,
    file: File,
    /// Its path, for locks.
    path: String,
    /// Its name in the record; none outside the directory that is watched.
    name: Option<String>,
    holder: usize,
}

impl OpenFile {
    pub(crate) fn new(
        disk: Disk,
        file: File,
        path: String,
        name: Option<String>,
        holder: usize,
    ) -> OpenFile {
        OpenFile(Kind::Real(Real {
            disk,
            file,
            path,
            name,
            holder,
        }))
    }

    pub(crate) fn temporary() -> OpenFile {
        OpenFile(Kind::Temporary(Vec::new()))
    }
}

impl Real {
    /// Counts a call, and tells how it fails, if it does.
    fn call(&self, what: &'static str) -> Option<Failure> {
        self.name.as_ref()?;
        self.disk.state().call(what)
    }

    fn add(&self, operation: impl FnOnce(String) -> Operation) {
        if let Some(name) = &self.name {
            self.disk.state().add(operation(name.clone()));
        }
    }

    fn write(&mut self, bytes: &[u8], offset: u64) -> Result<()> {
        self.file.seek(SeekFrom::Start(offset))?;
        self.file.write_all(bytes)?;
        let (bytes, offset) = (bytes.to_vec(), usize::try_from(offset).unwrap());
        self.add(|file| Operation::Write {
            file,
            offset,
            bytes,
        });
        Ok(())
    }

    fn lock(&self, lock: LockKind) -> bool {
        let mut state = self.disk.state();
        state.locks.take(&self.path, self.holder, lock)
    }
}

impl Drop for Real {
    fn drop(&mut self) {
        self.disk.state().locks.forget(&self.path, self.holder);
    }
}

impl DatabaseHandle for OpenFile {
    type WalIndex = WalDisabled;

    fn size(&self) -> Result<u64> {
        match &self.0 {
            Kind::Real(real) => Ok(real.file.metadata()?.len()),
            Kind::Temporary(bytes) => Ok(bytes.len() as u64),
        }
    }

    fn read_exact_at(&mut self, buffer: &mut [u8], offset: u64) -> Result<()> {
        let mut read = 0;
        match &mut self.0 {
            Kind::Real(real) => {
                if is_broken(real.call("read")) {
                    return Err(broken());
                }
                real.file.seek(SeekFrom::Start(offset))?;
                while let count @ 1.. = real.file.read(&mut buffer[read..])? {
                    read += count;
                }
            }
            Kind::Temporary(bytes) => {
                let rest = bytes
                    .get(usize::try_from(offset).unwrap()..)
                    .unwrap_or_default();
                read = rest.len().min(buffer.len());
                buffer[..read].copy_from_slice(&rest[..read]);
            }
        }
        if read == buffer.len() {
            return Ok(());
        }
        // The engine relies on it.
        buffer[read..].fill(0);
        Err(ErrorKind::UnexpectedEof.into())
    }

    fn write_all_at(&mut self, bytes: &[u8], offset: u64) -> Result<()> {
        match &mut self.0 {
            Kind::Real(real) => match real.call("write") {
                None | Some(Failure::Denied) => real.write(bytes, offset),
                Some(Failure::Full) => Err(full()),
                Some(Failure::Error) => Err(broken()),
                Some(Failure::Torn) => {
                    real.write(&bytes[..bytes.len() / 2], offset)?;
                    Err(broken())
                }
            },
            Kind::Temporary(own) => {
                let offset = usize::try_from(offset).unwrap();
                put(own, offset, bytes);
                Ok(())
            }
        }
    }

    fn sync(&mut self, _: bool) -> Result<()> {
        if let Kind::Real(real) = &mut self.0 {
            if is_broken(real.call("sync")) {
                return Err(broken());
            }
            // The record says what a power loss would leave; the disk of this machine need not.
            real.add(|file| Operation::Sync { file });
        }
        Ok(())
    }

    fn set_len(&mut self, length: u64) -> Result<()> {
        let shorter = usize::try_from(length).unwrap();
        match &mut self.0 {
            Kind::Real(real) => {
                if is_broken(real.call("truncate")) {
                    return Err(broken());
                }
                real.file.set_len(length)?;
                real.add(|file| Operation::Truncate {
                    file,
                    length: shorter,
                });
            }
            Kind::Temporary(bytes) => bytes.resize(shorter, 0),
        }
        Ok(())
    }

    fn lock(&mut self, lock: LockKind) -> Result<bool> {
        match &self.0 {
            Kind::Real(real) => Ok(real.lock(lock)),
            Kind::Temporary(_) => Ok(true),
        }
    }

    fn reserved(&mut self) -> Result<bool> {
        match &self.0 {
            Kind::Real(real) => Ok(real.disk.state().locks.is_reserved(&real.path)),
            Kind::Temporary(_) => Ok(false),
        }
    }

    fn current_lock(&self) -> Result<LockKind> {
        match &self.0 {
            Kind::Real(real) => Ok(real.disk.state().locks.of(&real.path, real.holder)),
            Kind::Temporary(_) => Ok(LockKind::None),
        }
    }

    fn wal_index(&self, _: bool) -> Result<WalDisabled> {
        // A connection that locks the database for itself keeps the index in its own memory.
        Err(ErrorKind::Unsupported.into())
    }
}

/// Whether a call that writes nothing fails.
fn is_broken(failure: Option<Failure>) -> bool {
    match failure {
        Some(Failure::Error | Failure::Torn) => true,
        Some(Failure::Full | Failure::Denied) | None => false,
    }
}

/// Writes into bytes as into a file: what lies between is zero.
pub(crate) fn put(own: &mut Vec<u8>, offset: usize, bytes: &[u8]) {
    let end = offset + bytes.len();
    if own.len() < end {
        own.resize(end, 0);
    }
    own[offset..end].copy_from_slice(bytes);
}
