//! `cargo tablature lock`

use crate::Verdict;
use crate::arguments::{Format, LockArguments};
use crate::check::told;
use crate::failure::Failure;
use crate::file::{Outcome, bring_up_to_date, own_file};
use crate::json::{self, LockReport, Locked, Renumbered};
use crate::migrations::{is_there, judged, read};
use crate::output;
use crate::summary::counted;
use clap_cargo::style::{ERROR, WARN};
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
    let path = own_file(&checked, lock::FILE_NAME);
    if !checked.accepted() {
        let text = match arguments.format {
            Format::Human => told(&checked, start.elapsed()),
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
    let outcome = bring_up_to_date(&path, present(&checked), &text, arguments.check)?;
    let news = News::new(&checked, &released);
    warn_of_renumbered(&news.renumbered);
    let text = match arguments.format {
        Format::Human => human(&path, outcome, &news, released.len()),
        Format::Json => json::text(&LockReport {
            verdict: outcome.word(),
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
    Ok(outcome.verdict())
}

/// What the lock holds.
fn present(checked: &Checked) -> Option<&str> {
    let file = checked.lock.as_ref()?.file;
    Some(&checked.sources.file(file).text)
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
