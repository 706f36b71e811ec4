//! The files that the command writes beside the migrations.

use crate::Verdict;
use crate::failure::Failure;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use tablature_schema::Checked;

/// The path of a file in the directory of the migrations, relative to the current directory.
pub(crate) fn own_file(checked: &Checked, name: &str) -> String {
    match checked.path.as_str() {
        "." => name.to_owned(),
        directory => format!("{}/{name}", directory.trim_end_matches('/')),
    }
}

/// What became of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// There was nothing to write.
    Current,
    /// There is, and it was only to be checked.
    Outdated,
    /// It was written.
    Written,
}

impl Outcome {
    /// What the command says by its exit code.
    pub(crate) fn verdict(self) -> Verdict {
        match self {
            Outcome::Current | Outcome::Written => Verdict::Fine,
            Outcome::Outdated => Verdict::Failed,
        }
    }

    /// The same in JSON.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Outcome::Current | Outcome::Written => "accepted",
            Outcome::Outdated => "rejected",
        }
    }
}

/// Writes a file that holds something else, or only tells that it does.
///
/// # Errors
///
/// When it cannot be written; it is then as it was.
pub(crate) fn bring_up_to_date(
    path: &str,
    present: Option<&str>,
    text: &str,
    only_check: bool,
) -> Result<Outcome, Failure> {
    match present {
        Some(present) if is_same(present, text) => Ok(Outcome::Current),
        Some(_) | None if only_check => Ok(Outcome::Outdated),
        Some(_) | None => {
            write(Path::new(path), text)?;
            Ok(Outcome::Written)
        }
    }
}

/// Whether two texts differ in nothing but their line ends, which git may change, and a byte order mark.
fn is_same(present: &str, text: &str) -> bool {
    let present = present.strip_prefix('\u{feff}').unwrap_or(present);
    present.replace("\r\n", "\n").trim_end() == text.trim_end()
}

/// Writes a file so that at every moment it is the one from before or the whole new one.
fn write(path: &Path, text: &str) -> Result<(), Failure> {
    // A link stays a link.
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    replace(&target, text).map_err(|reason| Failure::Write {
        path: PathBuf::from(path),
        reason,
    })
}

fn replace(path: &Path, text: &str) -> io::Result<()> {
    let directory = match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        Some(_) | None => Path::new("."),
    };
    let mut builder = tempfile::Builder::new();
    builder.prefix(".tablature.");
    let mut file = match fs::metadata(path) {
        Ok(metadata) => builder
            .permissions(metadata.permissions())
            .tempfile_in(directory)?,
        Err(_) => new_file(&mut builder, directory)?,
    };
    file.write_all(text.as_bytes())?;
    file.as_file().sync_all()?;
    file.persist(path)?;
    Ok(())
}

/// A file that others may read as they may read any other: a temporary one is private.
#[cfg(unix)]
fn new_file(
    builder: &mut tempfile::Builder<'_, '_>,
    directory: &Path,
) -> io::Result<tempfile::NamedTempFile> {
    use std::os::unix::fs::PermissionsExt;
    let permissions = fs::Permissions::from_mode(0o666);
    builder.permissions(permissions).tempfile_in(directory)
}

#[cfg(not(unix))]
fn new_file(
    builder: &mut tempfile::Builder<'_, '_>,
    directory: &Path,
) -> io::Result<tempfile::NamedTempFile> {
    builder.tempfile_in(directory)
}
