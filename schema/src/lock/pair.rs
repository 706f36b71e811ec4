//! Which migration of a directory is which line of the lock.

use super::name::written;
use super::{Edit, Line, Lock, ShortHash};
use crate::Migration;
use crate::directory::Unread;
use crate::text::FileId;
use std::collections::{BTreeMap, BTreeSet};

/// What is there to compare with.
#[derive(Clone, Copy)]
pub(crate) struct Found<'a> {
    /// In the order of their versions.
    pub(crate) migrations: &'a [Migration],
    /// What is there and is no migration, as something is wrong with it.
    pub(crate) unread: &'a Unread,
    /// Files with bytes that are not UTF-8: their statements are not what was written.
    pub(crate) garbled: &'a BTreeSet<FileId>,
}

/// What became of a released migration.
#[derive(Debug, Clone, Copy)]
pub(super) enum Fate<'a> {
    /// It is as it was released.
    Kept,
    /// Its statements are others.
    Changed(&'a Migration, Edit),
    /// It has another number.
    Renumbered(&'a Migration),
    /// It is not there.
    Missing,
    /// Something else is said of it, or a merge has settled it.
    PassedOver,
}

/// A line of the lock, and what became of its migration.
#[derive(Debug, Clone, Copy)]
pub(super) struct Judged<'a> {
    pub(super) line: &'a Line,
    pub(super) fate: Fate<'a>,
}

/// The lines in the order of their versions, and the positions of the migrations that are none of theirs.
pub(super) fn pair<'a>(lock: &'a Lock, found: Found<'a>) -> (Vec<Judged<'a>>, Vec<&'a Migration>) {
    let mut pairs = Pairs::new(lock, found);
    pairs.keep();
    pairs.with_their_numbers_and_names();
    // A line that cannot be read may be that of any other migration.
    if lock.is_whole {
        pairs.with_other_numbers();
        pairs.with_other_names();
    }
    pairs.finish()
}

struct Pairs<'a> {
    found: Found<'a>,
    /// Of each migration, the hashes of its statements and its name as a line has it.
    present: Vec<(Vec<ShortHash>, String)>,
    /// The migrations that are some line's.
    taken: Vec<bool>,
    lines: Vec<One<'a>>,
}

/// A line on its way to its migration.
struct One<'a> {
    line: &'a Line,
    /// Whether a merge left another line of its version.
    is_one_of_several: bool,
    /// Positions of the migrations of its version: several where files are mistaken.
    present: std::ops::Range<usize>,
    fate: Option<Fate<'a>>,
}

impl<'a> Pairs<'a> {
    fn new(lock: &'a Lock, found: Found<'a>) -> Pairs<'a> {
        let migrations = found.migrations;
        let present = migrations.iter().map(|migration| {
            let hashes = migration.up.checksums.iter().map(ShortHash::of);
            (hashes.collect(), written(&migration.name))
        });
        let mut taken = vec![false; migrations.len()];
        let mut lines = Vec::new();
        for (version, same) in lock.by_version() {
            let start = migrations.partition_point(|migration| migration.version < version);
            let end = migrations.partition_point(|migration| migration.version <= version);
            if lock.unsettled.contains(&version) {
                (start..end).for_each(|at| take(&mut taken, at));
                continue;
            }
            lines.extend(same.iter().map(|line| One {
                line,
                is_one_of_several: same.len() > 1,
                present: start..end,
                fate: None,
            }));
        }
        Pairs {
            found,
            present: present.collect(),
            taken,
            lines,
        }
    }

    /// The same number and the same statements, under whatever name.
    fn keep(&mut self) {
        for one in &mut self.lines {
            let same = |at: &usize| {
                let hashes = self.present.get(*at).map(|(hashes, _)| hashes);
                hashes == Some(&one.line.statements)
            };
            if let Some(at) = one.present.clone().find(same) {
                one.fate = Some(Fate::Kept);
                take(&mut self.taken, at);
            }
        }
    }

    /// The same number and the same name.
    fn with_their_numbers_and_names(&mut self) {
        for one in &mut self.lines {
            if one.fate.is_some() {
                continue;
            }
            if one.present.is_empty() && self.found.unread.versions.contains(&one.line.version) {
                one.fate = Some(Fate::PassedOver);
                continue;
            }
            let mut present = one.present.clone();
            let named = present.find(|at| {
                let name = self.present.get(*at).map(|(_, name)| name);
                name == Some(&one.line.name) && is_free(&self.taken, *at)
            });
            match named {
                Some(at) => {
                    one.fate = changed(self.found, &self.present, one.line, at);
                    take(&mut self.taken, at);
                }
                // That there are several is a mistake that is told, and which is the one is not known.
                None if one.present.len() > 1 => one.fate = Some(Fate::PassedOver),
                None => {}
            }
        }
    }

    /// The same statements, or at least the same name, under another number.
    fn with_other_numbers(&mut self) {
        let mut by_statements: BTreeMap<&[ShortHash], Vec<usize>> = BTreeMap::new();
        let mut by_name: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        // What is added last is taken first.
        for (at, (hashes, name)) in self.present.iter().enumerate().rev() {
            if is_free(&self.taken, at) {
                by_name.entry(name).or_default().push(at);
                // Of a step it is known that it is there, and not what it does.
                if !hashes.iter().all(|hash| hash.is_step()) {
                    by_statements.entry(hashes).or_default().push(at);
                }
            }
        }
        for by_content in [true, false] {
            for one in self.lines.iter_mut().filter(|one| one.fate.is_none()) {
                let candidates = if by_content {
                    by_statements.get_mut(one.line.statements.as_slice())
                } else {
                    by_name.get_mut(one.line.name.as_str())
                };
                let Some(candidates) = candidates else {
                    continue;
                };
                let mut free = std::iter::from_fn(|| candidates.pop());
                let Some(at) = free.find(|at| is_free(&self.taken, *at)) else {
                    continue;
                };
                take(&mut self.taken, at);
                let migration = self.found.migrations.get(at);
                let is_later = migration.is_some_and(|to| to.version > one.line.version);
                one.fate = if one.is_one_of_several && is_later {
                    // Two branches took one number, and one of them gave way.
                    Some(Fate::PassedOver)
                } else {
                    migration.map(Fate::Renumbered)
                };
            }
        }
    }

    /// The same number, and some of the statements.
    fn with_other_names(&mut self) {
        for one in &mut self.lines {
            if one.fate.is_some() {
                continue;
            }
            let shares = |at: &usize| {
                let hashes = self.present.get(*at).map(|(hashes, _)| hashes.iter());
                hashes.is_some_and(|mut hashes| {
                    hashes.any(|hash| !hash.is_step() && one.line.statements.contains(hash))
                })
            };
            let mut free = one.present.clone().filter(|at| is_free(&self.taken, *at));
            one.fate = match free.find(shares) {
                Some(at) => {
                    take(&mut self.taken, at);
                    changed(self.found, &self.present, one.line, at)
                }
                // It may be the file that has lost its number.
                None if self.found.unread.is_some_unnumbered => Some(Fate::PassedOver),
                None => Some(Fate::Missing),
            };
        }
    }

    fn finish(self) -> (Vec<Judged<'a>>, Vec<&'a Migration>) {
        let judged = self.lines.iter().map(|one| Judged {
            line: one.line,
            fate: one.fate.unwrap_or(Fate::PassedOver),
        });
        let free = self.found.migrations.iter().zip(&self.taken);
        let free = free.filter(|(_, taken)| !**taken).map(|(one, _)| one);
        (judged.collect(), free.collect())
    }
}

/// The fate of a line whose migration is known and differs from it.
fn changed<'a>(
    found: Found<'a>,
    present: &[(Vec<ShortHash>, String)],
    line: &Line,
    at: usize,
) -> Option<Fate<'a>> {
    let migration = found.migrations.get(at)?;
    if found.garbled.contains(&migration.up.file) {
        return Some(Fate::PassedOver);
    }
    let (hashes, _) = present.get(at)?;
    let edit = Edit::of(&line.statements, hashes);
    Some(edit.map_or(Fate::Kept, |edit| Fate::Changed(migration, edit)))
}

fn is_free(taken: &[bool], at: usize) -> bool {
    taken.get(at) == Some(&false)
}

fn take(taken: &mut [bool], at: usize) {
    if let Some(taken) = taken.get_mut(at) {
        *taken = true;
    }
}
