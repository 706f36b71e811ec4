//! From migrations to the text of a lock.

use super::ShortHash;
use super::name::written;
use crate::{Checked, Migration};
use std::fmt::Write;

const HEADER: &str = "\
# The released migrations: a build refuses to change, remove or renumber them, or to add one before them.
# Written by `cargo tablature lock`. Keep it in version control. To take a release back, remove its line.
";

/// The migrations that a lock lists once all up to a version are released, or all: those, and the ones that are locked
/// already.
///
/// They are meant to be those of an accepted directory: a lock that does not fit it is to be corrected first.
#[must_use]
pub fn released(checked: &Checked, until: Option<i64>) -> Vec<&Migration> {
    let locked = checked.lock.iter().flat_map(|lock| &lock.lines);
    let last = locked.map(|line| line.version).max();
    let is_released =
        |version: i64| until.is_none_or(|until| version <= until) || last >= Some(version);
    checked
        .migrations
        .iter()
        .filter(|migration| is_released(migration.version))
        .collect()
}

/// The text of the lock that lists these migrations.
///
/// ```
/// use tablature_schema::directory::Directory;
/// use tablature_schema::{Options, check, lock};
///
/// let files = [("0001_create_users.sql", "CREATE TABLE users (id INTEGER PRIMARY KEY);")];
/// let checked = check(Directory::from_files("migrations", files), &Options::default());
/// let text = lock::text(lock::released(&checked, None));
/// assert!(text.ends_with("\n1 create_users 10b957bef733b069\n"), "{text}");
/// ```
#[must_use]
pub fn text<'a>(migrations: impl IntoIterator<Item = &'a Migration>) -> String {
    let mut text = HEADER.to_owned();
    for migration in migrations {
        text.push_str(&line(migration));
        text.push('\n');
    }
    text
}

fn line(migration: &Migration) -> String {
    let mut line = format!("{} {}", migration.version, written(&migration.name));
    for checksum in &migration.up.checksums {
        // Writing into a string cannot fail.
        let _ = write!(line, " {}", ShortHash::of(checksum));
    }
    line
}
