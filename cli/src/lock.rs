//! `cargo tablature lock`

use crate::Verdict;
use crate::arguments::{Format, LockArguments};
use crate::check::{frames, way_to_more};
use crate::failure::Failure;
use crate::json::{self, LockReport, Locked, Renumbered};
use crate::migrations::{is_there, judged, read};
use crate::output;
use crate::summary::{counted, summary};
use clap_cargo::style::{ERROR, WARN};
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::Instant;
use tablature_schema::lock::Line;
use tablature_schema::{Checked, Migration, lock};

/// Lists the migrations that are released in `tablature.lock`, and prints which ones are new there.
///
/// # Errors
///
/// When no verdict can be given, or the lock cannot be written; it is then as it was.
pub(crate) fn run(arguments: &LockArguments) -> Result<Verdict, Failure> {
    let start = Instant::now();
    let mut directory = read(&arguments.migrations.dir)?;
    if let Some(lock) = &mut directory.lock {
        lock.join();
    }
    let checked = judged(directory, &arguments.migrations, None)?;
    let path = path(&checked);
    if !checked.accepted() {
        let text = match arguments.format {
            Format::Human => format!(
                "{}{}\n{}",
                frames(&checked),
                summary(&checked, start.elapsed()),
                way_to_more(&checked)
            ),
            Format::Json => json::text(&LockReport::new(&checked, &path))?,
        };
        output::print(&text)?;
        return Ok(Verdict::Failed);
    }
    if let Some(until) = arguments.until {
        is_there(checked.migrations.iter().map(|found| found.version), until)?;
    }

    let released = lock::released(&checked, arguments.until);
    let text = lock::text(released.iter().copied());
    let outcome = match present(&checked) {
        Some(present) if is_same(present, &text) => Outcome::Current,
        Some(_) | None if arguments.check => Outcome::Outdated,
        Some(_) | None => {
            write(Path::new(&path), &text)?;
            Outcome::Written
        }
    };
    let news = News::new(&checked, &released);
    warn_of_renumbered(&news.renumbered);
    let text = match arguments.format {
        Format::Human => human(&path, outcome, &news, released.len()),
        Format::Json => json::text(&LockReport {
            verdict: match outcome {
                Outcome::Current | Outcome::Written => "accepted",
                Outcome::Outdated => "rejected",
            },
            written: outcome == Outcome::Written,
            added: news.added.into_iter().map(Locked::new).collect(),
            renumbered: news
                .renumbered
                .into_iter()
                .map(|(line, now)| Renumbered::new(line, now))
                .collect(),
            ..LockReport::new(&checked, &path)
        })?,
    };
    output::print(&text)?;
    Ok(match outcome {
        Outcome::Current | Outcome::Written => Verdict::Fine,
        Outcome::Outdated => Verdict::Failed,
    })
}

/// What became of the lock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    /// There was nothing to write.
    Current,
    /// There is, and `--check` was given.
    Outdated,
    /// It was written.
    Written,
}

/// The lock's path, relative to the current directory.
fn path(checked: &Checked) -> String {
    match checked.path.as_str() {
        "." => lock::FILE_NAME.to_owned(),
        directory => format!("{}/{}", directory.trim_end_matches('/'), lock::FILE_NAME),
    }
}

/// What the lock holds.
fn present(checked: &Checked) -> Option<&str> {
    let file = checked.lock.as_ref()?.file;
    Some(&checked.sources.file(file).text)
}

/// Whether two texts differ in nothing but their line ends, which git may change, and a byte order mark.
fn is_same(present: &str, text: &str) -> bool {
    let present = present.strip_prefix('\u{feff}').unwrap_or(present);
    present.replace("\r\n", "\n").trim_end() == text.trim_end()
}

/// What is not in the lock as it is.
struct News<'a> {
    added: Vec<&'a Migration>,
    /// The lines of which only the name is another one now.
    renamed: Vec<(&'a Line, &'a Migration)>,
    /// The lines that give way to another branch's, and their migrations' numbers now.
    renumbered: Vec<(&'a Line, i64)>,
}

impl<'a> News<'a> {
    fn new(checked: &'a Checked, released: &[&'a Migration]) -> News<'a> {
        let lock = checked.lock.as_ref();
        let renamed = lock.map(|lock| lock.renamed(&checked.migrations));
        let renumbered = lock.map(|lock| lock.renumbered(&checked.migrations));
        News {
            added: added(checked, released),
            renamed: renamed.unwrap_or_default(),
            renumbered: renumbered.unwrap_or_default(),
        }
    }
}

/// Says what the lock cannot hold any more: that a migration is released with a number which is another's now.
fn warn_of_renumbered(renumbered: &[(&Line, i64)]) {
    for (Line { version, name, .. }, now) in renumbered {
        output::note(&format!(
            "{WARN}warning{WARN:#}: the released migration {version} `{name}` is {now} now: a database that has \
             applied it as {version} refuses the program"
        ));
    }
}

/// The migrations that the lock does not list yet.
fn added<'a>(checked: &Checked, released: &[&'a Migration]) -> Vec<&'a Migration> {
    let listed = |version: i64| {
        let lock = checked.lock.as_ref();
        lock.is_some_and(|lock| lock.lines.iter().any(|line| line.version == version))
    };
    let released = released.iter().copied();
    released.filter(|one| !listed(one.version)).collect()
}

fn human(path: &str, outcome: Outcome, news: &News<'_>, released: usize) -> String {
    let lines = |locked: &str, renamed: &str| -> String {
        let added = news.added.iter();
        let added = added.map(|one| format!("{locked} {} `{}`\n", one.version, one.name));
        let names = news.renamed.iter().map(|(line, now)| {
            format!(
                "{renamed} {} `{}` to `{}`\n",
                line.version, line.name, now.name
            )
        });
        added.chain(names).collect()
    };
    let total = counted(released, "released migration");
    match outcome {
        Outcome::Current => format!("`{path}` is up to date: {total}\n"),
        Outcome::Written => format!("{}wrote `{path}`: {total}\n", lines("locked", "renamed")),
        Outcome::Outdated => format!(
            "{}{ERROR}error{ERROR:#}: `{path}` is not up to date: run `cargo tablature lock` and commit the file\n",
            lines("not locked:", "not renamed:")
        ),
    }
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
    builder.prefix(".tablature.lock.");
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
