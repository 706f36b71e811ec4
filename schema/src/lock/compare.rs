//! What a lock says of a directory.

use super::name::with_number;
use super::pair::{Fate, Found, Judged, pair};
use super::{Edit, Leftover, Line, Lock};
use crate::Migration;
use crate::diagnostic::Diagnostic;
use crate::errors::lock::{self as errors, Newcomer};
use crate::text::{Sources, Span};
use std::collections::BTreeSet;

/// Says which released migrations were changed, removed or renumbered, and which migrations come before them.
///
/// What something else is already said of is passed over: a file that cannot be read, a line that a merge left twice.
pub(crate) fn compare(
    lock: &Lock,
    found: Found<'_>,
    sources: &Sources,
    path: &str,
) -> Vec<Diagnostic> {
    let mut diagnostics: Vec<Diagnostic> = lock.leftovers.iter().map(leftover).collect();
    let (judged, others) = pair(lock, found);
    let comparison = Comparison {
        lock,
        found,
        others,
        sources,
        path,
    };
    diagnostics.extend(comparison.released(&judged));
    diagnostics.extend(comparison.out_of_order());
    diagnostics
}

fn leftover(leftover: &Leftover) -> Diagnostic {
    match leftover {
        Leftover::Markers { first, rest } => errors::conflict(*first, rest),
        Leftover::Twice {
            version,
            first,
            second,
        } => errors::listed_twice(*version, *first, *second),
    }
}

struct Comparison<'a> {
    lock: &'a Lock,
    found: Found<'a>,
    /// The migrations that no line lists.
    others: Vec<&'a Migration>,
    sources: &'a Sources,
    /// The directory's path.
    path: &'a str,
}

/// Lines that follow each other and have the same to be said of them, so that it is said once.
enum Run<'a> {
    Renumbered(Vec<(&'a Line, &'a Migration)>),
    Missing(Vec<&'a Line>),
}

impl<'a> Comparison<'a> {
    fn released(&self, judged: &[Judged<'a>]) -> Vec<Diagnostic> {
        let mut diagnostics = Vec::new();
        let mut run: Option<Run<'_>> = None;
        for Judged { line, fate } in judged {
            match (fate, &mut run) {
                (Fate::Renumbered(to), Some(Run::Renumbered(run))) => run.push((line, to)),
                (Fate::Missing, Some(Run::Missing(run))) => run.push(line),
                (fate, _) => {
                    diagnostics.extend(run.take().and_then(|run| self.run(&run)));
                    match fate {
                        Fate::Renumbered(to) => run = Some(Run::Renumbered(vec![(line, to)])),
                        Fate::Missing => run = Some(Run::Missing(vec![line])),
                        Fate::Changed(migration, edit) => {
                            diagnostics.push(self.changed(line, migration, *edit));
                        }
                        Fate::Kept | Fate::PassedOver => {}
                    }
                }
            }
        }
        diagnostics.extend(run.and_then(|run| self.run(&run)));
        diagnostics
    }

    fn run(&self, run: &Run<'_>) -> Option<Diagnostic> {
        match run {
            Run::Renumbered(run) => {
                let ((line, to), rest) = run.split_first()?;
                let old = self.with_number(to, line.version);
                let to = (to.version, self.head(to));
                let newcomer = self.newcomer(run.iter().map(|(line, _)| line.version));
                let rest: Vec<(&Line, i64)> =
                    rest.iter().map(|(line, to)| (*line, to.version)).collect();
                Some(errors::renumbered(line, to, &rest, &old, newcomer.as_ref()))
            }
            Run::Missing(run) => {
                let (line, rest) = run.split_first()?;
                let newcomer = self.newcomer(run.iter().map(|line| line.version));
                Some(errors::missing(line, rest, newcomer.as_ref()))
            }
        }
    }

    /// The first migration that has the number of a released one.
    fn newcomer(&self, released: impl IntoIterator<Item = i64>) -> Option<Newcomer> {
        let others = &self.others;
        let at = |version: i64| {
            others
                .binary_search_by_key(&version, |one| one.version)
                .ok()
        };
        let newcomer = others.get(released.into_iter().find_map(at)?)?;
        Some(Newcomer {
            place: self.head(newcomer),
            names: self.with_number(newcomer, newcomer.version),
            free: self.with_number(newcomer, self.free_number(0)?),
        })
    }

    fn changed(&self, line: &Line, migration: &Migration, edit: Edit) -> Diagnostic {
        let (is_at_end, place) = match (edit.at(), &migration.step) {
            (Some(at), _) => (
                at >= migration.up.statements.len(),
                self.statement(migration, at),
            ),
            (None, Some(step)) => (true, step.span),
            (None, None) => (true, self.head(migration)),
        };
        errors::changed(line, edit, is_at_end, place)
    }

    fn out_of_order(&self) -> Vec<Diagnostic> {
        // Which migrations are released is known only from a lock that can be read.
        if !self.lock.is_whole || !self.lock.leftovers.is_empty() {
            return Vec::new();
        }
        let Some(last) = self.lock.lines.iter().max_by_key(|line| line.version) else {
            return Vec::new();
        };
        let released: BTreeSet<i64> = self.lock.lines.iter().map(|line| line.version).collect();
        self.others
            .iter()
            .filter(|one| one.version < last.version && !released.contains(&one.version))
            .enumerate()
            .map(|(position, one)| {
                let free = self.free_number(position);
                let name = free.map(|free| self.with_number(one, free));
                errors::out_of_order(
                    one.version,
                    &one.name,
                    self.head(one),
                    last,
                    name.as_deref(),
                )
            })
            .collect()
    }

    /// The number that is free after all others, or one of those after it.
    fn free_number(&self, position: usize) -> Option<i64> {
        let migrations = self
            .found
            .migrations
            .iter()
            .map(|migration| migration.version);
        let lines = self.lock.lines.iter().map(|line| line.version);
        let last = migrations
            .chain(lines)
            .chain(self.found.unread.versions.iter().copied())
            .max();
        let next = last.map_or(Some(1), |last| last.checked_add(1))?;
        next.checked_add(i64::try_from(position).ok()?)
    }

    /// What the files of a migration, or their directory, are called with another number.
    fn with_number(&self, migration: &Migration, number: i64) -> Vec<String> {
        let up = with_number(self.entry(migration), number);
        let down = up
            .strip_suffix(".up.sql")
            .map(|stem| format!("{stem}.down.sql"));
        let down = down.filter(|_| migration.down.is_some());
        std::iter::once(up).chain(down).collect()
    }

    /// The path of a migration's file, relative to the directory.
    fn entry(&self, migration: &Migration) -> &'a str {
        let path = self.sources.file(migration.up.file).path.as_str();
        path.strip_prefix(self.path)
            .unwrap_or(path)
            .trim_start_matches('/')
    }

    /// The first statement of a migration, where it is as a whole what is wrong.
    fn head(&self, migration: &Migration) -> Span {
        let first = migration.up.statements.first();
        first
            .copied()
            .unwrap_or_else(|| Span::new(migration.up.file, 0..0))
    }

    /// A statement, or where it would stand after the last one.
    fn statement(&self, migration: &Migration, at: usize) -> Span {
        let up = &migration.up;
        if let Some(statement) = up.statements.get(at) {
            return *statement;
        }
        let text = self.sources.file(up.file).text.as_str();
        let Some(last) = up.statements.last() else {
            let end = text.trim_end().len();
            return Span::new(up.file, end..end);
        };
        let end = last.end as usize;
        let rest = text.get(end..).unwrap_or_default();
        let semicolon = rest.len() - rest.trim_start().len();
        let end = match rest.trim_start().starts_with(';') {
            true => end + semicolon + 1,
            false => end,
        };
        Span::new(up.file, end..end)
    }
}
