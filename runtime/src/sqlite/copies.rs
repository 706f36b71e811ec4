//! The files of copies: their names, and which of them are deleted.

use super::outcome::is_busy;
use rusqlite::Connection;
use std::ffi::OsString;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// What the name of an unfinished copy ends with.
const PARTIAL: &str = ".partial";

/// The path of a copy, and the one that it has until it is finished.
pub(super) fn paths(directory: &Path, stem: &str, version: i64, time: &str) -> (PathBuf, PathBuf) {
    let name = format!("{stem}-v{version}-{time}.db");
    let path = directory.join(&name);
    (path, directory.join(name + PARTIAL))
}

/// The beginning of the names of a database's copies: that of its file's name.
pub(super) fn stem(connection: &Connection) -> String {
    let path = connection.path().unwrap_or_default();
    let stem = Path::new(path).file_stem();
    stem.map_or_else(
        || "memory".to_owned(),
        |stem| stem.to_string_lossy().into_owned(),
    )
}

/// Deletes the copies of a database but for the newest ones, of which the one that was just taken is one whatever the
/// clock says.
pub(super) fn prune(directory: &Path, stem: &str, keep: usize, taken: &Path) -> io::Result<()> {
    let mut copies = sorted(directory, stem)?;
    copies.retain(|(_, name)| taken.file_name() != Some(name));
    copies.truncate((copies.len() + 1).saturating_sub(keep));
    for (_, name) in copies {
        fs::remove_file(directory.join(name))?;
    }
    Ok(())
}

/// The newest copy of a database, if an unfinished one has the same content.
pub(super) fn newest_if_same(
    directory: &Path,
    stem: &str,
    partial: &Path,
) -> io::Result<Option<PathBuf>> {
    let newest = sorted(directory, stem)?.pop();
    let Some(newest) = newest.map(|(_, name)| directory.join(name)) else {
        return Ok(None);
    };
    let is_same = is_same(&newest, partial)?;
    Ok(is_same.then_some(newest))
}

/// The copies of a database with their times, the oldest first.
fn sorted(directory: &Path, stem: &str) -> io::Result<Vec<(String, OsString)>> {
    let mut copies = Vec::new();
    for entry in fs::read_dir(directory)? {
        let name = entry?.file_name();
        copies.extend(time_of(&name, stem).map(|time| (time, name)));
    }
    copies.sort();
    Ok(copies)
}

/// Whether two files have the same content.
fn is_same(one: &Path, other: &Path) -> io::Result<bool> {
    const AT_ONCE: u64 = 1 << 16;
    let (mut one, mut other) = (fs::File::open(one)?, fs::File::open(other)?);
    let length = one.metadata()?.len();
    if other.metadata()?.len() != length {
        return Ok(false);
    }
    let (mut bytes, mut others) = (Vec::new(), Vec::new());
    for _ in 0..length.div_ceil(AT_ONCE) {
        bytes.clear();
        others.clear();
        (&mut one).take(AT_ONCE).read_to_end(&mut bytes)?;
        (&mut other).take(AT_ONCE).read_to_end(&mut others)?;
        if bytes != others {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Locks an unfinished copy for a connection until that is closed, so that nobody takes it for abandoned.
pub(super) fn lock(copy: &Connection) -> rusqlite::Result<()> {
    copy.pragma_update(None, "locking_mode", "EXCLUSIVE")?;
    copy.execute_batch("BEGIN EXCLUSIVE; COMMIT")
}

/// Deletes the unfinished copies of programs that were killed. One that is killed at each start would fill the disk.
pub(super) fn delete_abandoned(directory: &Path, stem: &str) -> io::Result<()> {
    /// Longer than a program needs to lock the file that it has made.
    const YOUNG: Duration = Duration::from_secs(10);
    for entry in fs::read_dir(directory)? {
        let entry = entry?;
        let name = entry.file_name().into_string().unwrap_or_default();
        let is_partial = name
            .strip_suffix(PARTIAL)
            .is_some_and(|name| time_of(&name.into(), stem).is_some());
        // Another program may have finished or deleted it meanwhile.
        let Ok(modified) = entry.metadata().and_then(|metadata| metadata.modified()) else {
            continue;
        };
        if is_partial && modified.elapsed().is_ok_and(|age| age > YOUNG) && is_free(&entry.path()) {
            delete_partial(&entry.path())?;
        }
    }
    Ok(())
}

/// Whether no program writes a copy. One that is damaged was being written by none that is alive.
fn is_free(partial: &Path) -> bool {
    match Connection::open(partial).and_then(|copy| {
        copy.busy_timeout(Duration::ZERO)?;
        lock(&copy)
    }) {
        Ok(()) => true,
        Err(error) => !is_busy(&error),
    }
}

/// Deletes an unfinished copy and what the engine keeps beside it.
pub(super) fn delete_partial(partial: &Path) -> io::Result<()> {
    for suffix in ["-journal", "-wal", "-shm", ""] {
        let mut path = partial.as_os_str().to_owned();
        path.push(suffix);
        match fs::remove_file(path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    Ok(())
}

/// Has the file system write down which names there are, where it offers that.
pub(super) fn make_names_durable(directory: &Path) {
    #[cfg(unix)]
    {
        // The engine does the same for its journals, and passes over a file system that cannot.
        let _ = fs::File::open(directory).and_then(|directory| directory.sync_all());
    }
    #[cfg(not(unix))]
    let _ = directory;
}

/// The time in the name of a copy, which sorts as the times do; none if it is the name of anything else.
fn time_of(name: &OsString, stem: &str) -> Option<String> {
    let rest = name.to_str()?.strip_prefix(stem)?.strip_prefix("-v")?;
    let (version, time) = rest.strip_suffix("Z.db")?.rsplit_once('-')?;
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let (date, clock) = time.split_once('T')?;
    let version = version.strip_prefix('-').unwrap_or(version);
    (digits(version) && digits(date) && digits(clock) && date.len() == 8 && clock.len() == 9)
        .then(|| time.to_owned())
}

#[cfg(test)]
mod tests {
    use super::time_of;

    #[test]
    fn only_copies_of_the_same_database_have_a_time() {
        let time = |name: &str| time_of(&name.into(), "app");
        let expected = Some("20261120T101112345".to_owned());
        assert_eq!(time("app-v18-20261120T101112345Z.db"), expected);
        assert_eq!(time("app-v-2-20261120T101112345Z.db"), expected);
        for other in [
            "app.db",
            "app-v18-20261120T101112345Z.db.partial",
            "app-v18-20261120T101112345Z.db-journal",
            "application-v18-20261120T101112345Z.db",
            "app-v-20261120T101112345Z.db",
            "app-vx-20261120T101112345Z.db",
            "app-v18-2026T1Z.db",
            "app-two-v18-20261120T101112345Z.db",
        ] {
            assert_eq!(time(other), None, "{other}");
        }
    }
}
