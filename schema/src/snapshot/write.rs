//! From statements to the text of a snapshot.

use crate::Migration;
use crate::checksum::{self, hex};
use crate::split::Statement;
use crate::sqlite::split::split;
use crate::text::FileId;
use std::fmt::Write;

/// The text of the snapshot that stands for the migrations up to `last`: `statements` leave behind in an empty database what
/// they do.
///
/// ```
/// use tablature_schema::directory::Directory;
/// use tablature_schema::{Options, check, snapshot};
///
/// let users = "CREATE TABLE users (id INTEGER PRIMARY KEY)";
/// let checked = check(
///     Directory::from_files("migrations", [("0001_create_users.sql", users)]),
///     &Options::default(),
/// );
/// let text = snapshot::text(&checked.migrations[0], [users]);
///
/// let files = [("0001_create_users.sql", users), (snapshot::FILE_NAME, &text)];
/// let checked = check(Directory::from_files("migrations", files), &Options::default());
/// assert!(checked.accepted());
/// assert_eq!(checked.snapshot.map(|snapshot| snapshot.version), Some(1));
/// ```
#[must_use]
pub fn text<'a>(last: &Migration, statements: impl IntoIterator<Item = &'a str>) -> String {
    let mut body = String::new();
    for statement in statements {
        body.push('\n');
        body.push_str(statement);
        body.push_str(";\n");
    }
    let checksums: Vec<_> = split(FileId(0), &body)
        .statements
        .iter()
        .map(Statement::checksum)
        .collect();
    let mut text = format!(
        "-- A new database at version {version}, made without replaying the migrations up to it.\n\
         -- Written by `cargo tablature snapshot`, which has proven on the engine that schema and rows are the same.\n\
         -- Do not edit it, write it anew.\n",
        version = last.version
    );
    // Writing into a string cannot fail.
    let _ = writeln!(
        text,
        "-- version {}, migrations {}, statements {}",
        last.version,
        hex(&last.chain),
        hex(&checksum::file(&checksums))
    );
    text.push_str(&body);
    text
}
