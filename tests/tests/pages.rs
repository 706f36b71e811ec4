//! Every code has a page; its first example gives that code, its second does not, and the engine agrees with both. A lint's
//! finding is allowed, warned of and denied as its level says.

use libtest_mimic::{Arguments, Failed, Trial};
use std::fs;
use std::path::Path;
use tablature_schema::diagnostic::{Code, Diagnostic, Severity};
use tablature_schema::directory::Directory;
use tablature_schema::lints::{self, Lint};
use tablature_schema::render::{Style, report};
use tablature_schema::{Checked, Options, check};
use tablature_tests::case::Case;

fn main() {
    let pages = Code::ALL.iter().flat_map(|code| {
        [("reported", true), ("instead", false)].map(|(example, is_reported)| {
            Trial::test(format!("{}/{example}", code.name()), move || {
                Ok(run(*code, is_reported)?)
            })
        })
    });
    let cases = Code::ALL
        .iter()
        .filter(|code| !is_about_files(**code))
        .map(|code| Trial::test(format!("{}/case", code.name()), || has_a_case(*code)));
    let levels = lints::ALL.iter().flat_map(|lint| {
        [
            ("allow", None),
            ("warn", Some(Severity::Warning)),
            ("deny", Some(Severity::Error)),
        ]
        .map(|(level, wanted)| {
            Trial::test(format!("{}/{level}", lint.name()), move || {
                Ok(at_level(lint, level, wanted)?)
            })
        })
    });
    let trials = pages.chain(cases).chain(levels);
    libtest_mimic::run(&Arguments::from_args(), trials.collect()).exit()
}

fn run(code: Code, is_reported: bool) -> Result<(), String> {
    let checked = match on_disk(code, is_reported)? {
        Some(checked) => checked,
        None => example(code, is_reported)?,
    };
    let found: Vec<&Diagnostic> = checked.diagnostics.iter().collect();
    let is_right = match (found.as_slice(), is_reported) {
        // One mistake, one diagnostic.
        ([one], true) => one.code == code && one.severity == severity(code),
        (found, false) => found.is_empty(),
        (_, true) => false,
    };
    if is_right {
        return Ok(());
    }
    Err(report(&checked.sources, &checked.diagnostics, Style::Plain))
}

/// What becomes of a lint's finding at each level.
fn at_level(lint: &Lint, level: &str, wanted: Option<Severity>) -> Result<(), String> {
    let blocks = sql_blocks(lint.code.page());
    let wrong = blocks.first().copied().unwrap_or_default();
    let text = format!(
        "-- tablature.toml: lints.{} = \"{level}\"\n{wrong}",
        lint.name()
    );
    let checked = Case::new(Path::new("example.sql"), &text).check();
    let found = checked.diagnostics.iter();
    let found: Vec<_> = found.map(|one| (one.code, one.severity)).collect();
    let wanted: Vec<_> = wanted.map(|it| (lint.code, it)).into_iter().collect();
    if found == wanted {
        return Ok(());
    }
    Err(report(&checked.sources, &checked.diagnostics, Style::Plain))
}

/// An example of the page, with the engine's consent.
fn example(code: Code, is_reported: bool) -> Result<Checked, String> {
    let blocks = sql_blocks(code.page());
    let [wrong, right] = blocks.as_slice() else {
        return Err(format!(
            "the page has {} blocks of SQL instead of 2",
            blocks.len()
        ));
    };
    let text = if is_reported { wrong } else { right };
    let case = Case::new(Path::new("example.sql"), text);
    if is_about_files(code) {
        return Ok(case.check());
    }
    case.judge()
}

/// What the page can only tell, as no SQL shows it.
fn on_disk(code: Code, is_reported: bool) -> Result<Option<Checked>, String> {
    let said = |error: std::io::Error| error.to_string();
    let root = tempfile::tempdir().map_err(said)?;
    let migrations = root.path().join("migrations");
    let file = migrations.join("0001_create_users.sql");
    let users = "CREATE TABLE users (id INTEGER PRIMARY KEY);";
    match (code, is_reported) {
        (Code::UnreadableDirectory, true) => {}
        (Code::UnreadableFile | Code::NotUtf8 | Code::NoMigrations, true) => {
            fs::create_dir(&migrations).map_err(said)?;
            match code {
                Code::UnreadableFile => link_to_nothing(&file).map_err(said)?,
                Code::NotUtf8 => {
                    fs::write(&file, [users.as_bytes(), b" -- caf\xe9"].concat()).map_err(said)?
                }
                _ => {}
            }
        }
        (
            Code::UnreadableDirectory | Code::UnreadableFile | Code::NotUtf8 | Code::NoMigrations,
            false,
        ) => {
            fs::create_dir(&migrations).map_err(said)?;
            fs::write(&file, users).map_err(said)?;
        }
        _ => return Ok(None),
    }
    let directory = Directory::read(root.path(), "migrations");
    Ok(Some(check(directory, &Options::default())))
}

#[cfg(unix)]
fn link_to_nothing(path: &Path) -> std::io::Result<()> {
    std::os::unix::fs::symlink("nothing", path)
}

#[cfg(windows)]
fn link_to_nothing(path: &Path) -> std::io::Result<()> {
    std::os::windows::fs::symlink_file("nothing", path)
}

/// Whether it is about the directory and what lies in it, of which the engine knows nothing.
fn is_about_files(code: Code) -> bool {
    code.number() < "T0100"
}

fn severity(code: Code) -> Severity {
    use tablature_schema::config::Level;
    match Lint::of(code).map(|lint| lint.default) {
        Some(Level::Allow | Level::Warn) => Severity::Warning,
        Some(Level::Deny) | None => Severity::Error,
    }
}

/// The blocks between lines of three backticks that begin with the word `sql`.
fn sql_blocks(page: &str) -> Vec<&str> {
    let parts = page.split("```sql\n").skip(1);
    parts
        .filter_map(|part| part.split_once("```").map(|(block, _)| block))
        .collect()
}

/// Some case's outcome must show the code.
fn has_a_case(code: Code) -> Result<(), Failed> {
    let mark = format!("[{}]", code.number());
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("cases");
    if mentions(&root, &mark)? {
        return Ok(());
    }
    Err("no outcome under `cases` shows it".into())
}

fn mentions(directory: &Path, mark: &str) -> std::io::Result<bool> {
    for entry in fs::read_dir(directory)? {
        let path = entry?.path();
        let is_outcome = path
            .extension()
            .is_some_and(|extension| extension == "stderr" || extension == "schema");
        let is_found = match path.is_dir() {
            true => mentions(&path, mark)?,
            false => is_outcome && fs::read_to_string(&path)?.contains(mark),
        };
        if is_found {
            return Ok(true);
        }
    }
    Ok(false)
}
