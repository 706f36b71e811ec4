//! Where the server's programs are installed.

use std::path::{Path, PathBuf};
use std::{env, fs};

/// Directories that packages install to, each of which holds a directory per version or is that directory; the `*` is
/// the version.
const PLACES: &[&str] = &[
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/usr/local/pgsql/bin",
    "/opt/homebrew/opt/postgresql@*/bin",
    "/usr/local/opt/postgresql@*/bin",
];

/// The directory of `initdb` and `postgres`: that of the `initdb` on the path, else the newest one installed.
pub(crate) fn directory() -> Option<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&path)
        .filter_map(|directory| fs::canonicalize(directory.join("initdb")).ok())
        .filter_map(|initdb| initdb.parent().map(Path::to_owned))
        .find(|directory| is_complete(directory))
        .or_else(|| PLACES.iter().find_map(|place| newest(place)))
}

fn is_complete(directory: &Path) -> bool {
    ["initdb", "postgres"]
        .iter()
        .all(|program| directory.join(program).is_file())
}

fn newest(place: &str) -> Option<PathBuf> {
    let Some((before, after)) = place.split_once('*') else {
        return Some(PathBuf::from(place)).filter(|directory| is_complete(directory));
    };
    let (parent, prefix) = before.rsplit_once('/')?;
    let version = |entry: fs::DirEntry| {
        let name = entry.file_name().into_string().ok()?;
        name.strip_prefix(prefix)?.parse::<u32>().ok()
    };
    fs::read_dir(parent)
        .ok()?
        .filter_map(|entry| version(entry.ok()?))
        .map(|version| (version, PathBuf::from(format!("{before}{version}{after}"))))
        .filter(|(_, directory)| is_complete(directory))
        .max()
        .map(|(_, directory)| directory)
}
