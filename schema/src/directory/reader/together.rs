//! From the files that were found to migrations: one convention, one up file for a version, and its down file.

use super::super::MigrationFiles;
use super::super::convention::{Convention, Direction};
use super::{Found, Reader, mention};
use crate::errors::files as errors;
use crate::lock::with_number;
use crate::text::Span;
use std::collections::BTreeMap;

impl Reader<'_> {
    pub(super) fn mixed_conventions(&mut self) {
        let mut by_convention: BTreeMap<Convention, Vec<&Found>> = BTreeMap::new();
        for found in &self.found {
            if found.direction == Direction::Up || found.convention == Convention::UpDown {
                by_convention
                    .entry(found.convention)
                    .or_default()
                    .push(found);
            }
        }
        if by_convention.len() < 2 {
            return;
        }
        let mut groups: Vec<(Convention, Vec<String>)> = by_convention
            .into_iter()
            .map(|(convention, group)| {
                let paths = group.iter().map(|found| found.path.clone()).collect();
                (convention, paths)
            })
            .collect();
        // The convention of the most files is what the directory keeps to; of two alike, the first in the table.
        groups.sort_by_key(|(_, paths)| std::cmp::Reverse(paths.len()));
        let mut kept = None;
        for (convention, paths) in groups {
            let Some(example) = paths.first().map(|path| self.mention(path)) else {
                continue;
            };
            match kept {
                None => kept = Some((convention, example)),
                Some((kept, other)) => {
                    let pattern = convention.pattern();
                    let error =
                        errors::mixed_conventions(&paths, pattern, kept.pattern(), example, other);
                    self.report(error);
                }
            }
        }
    }

    /// Diesel orders versions as text. Where that is not the order of the numbers, nobody can tell which was meant.
    pub(super) fn misordered_dates(&mut self) {
        let mut dated: Vec<(&str, i64, &str)> = self
            .found
            .iter()
            .filter(|found| found.direction == Direction::Up)
            .filter_map(|found| Some((found.dated.as_deref()?, found.version, found.path.as_str())))
            .collect();
        dated.sort_unstable();
        let misordered: Vec<(String, String)> = dated
            .windows(2)
            .filter_map(|pair| match pair {
                [(_, first, earlier), (_, second, later)] if first > second => {
                    Some(((*earlier).to_owned(), (*later).to_owned()))
                }
                _ => None,
            })
            .collect();
        for (earlier, later) in misordered {
            let span = self.mention(&earlier);
            let other = self.mention(&later);
            self.report(errors::misordered_dates(&earlier, &later, span, other));
        }
    }

    pub(super) fn migrations(&mut self) {
        self.last = self
            .found
            .iter()
            .map(|found| found.version)
            .max()
            .unwrap_or_default();
        let mut by_version: BTreeMap<i64, (Vec<Found>, Vec<Found>)> = BTreeMap::new();
        for found in std::mem::take(&mut self.found) {
            let (ups, downs) = by_version.entry(found.version).or_default();
            match found.direction {
                Direction::Up => ups.push(found),
                Direction::Down => downs.push(found),
            }
        }
        for (version, (ups, downs)) in by_version {
            self.duplicates(version, &ups);
            self.duplicates(version, &downs);
            let down = downs.into_iter().next();
            let mut ups = ups.into_iter();
            match (ups.next(), down) {
                (Some(up), down) => {
                    self.migration(version, &up, down.as_ref());
                    // What comes after them needs all of them.
                    for repeated in ups {
                        self.migration(version, &repeated, None);
                    }
                }
                (None, Some(down)) => {
                    let span = self.mention(&down.path);
                    self.report(errors::missing_up(&down.path, span));
                    self.gap(version);
                }
                (None, None) => {}
            }
        }
    }

    fn duplicates(&mut self, version: i64, same: &[Found]) {
        let [first, rest @ ..] = same else {
            return;
        };
        if rest.is_empty() {
            return;
        }
        if rest
            .iter()
            .any(|found| found.convention != first.convention)
        {
            // The mixture of conventions is the mistake, and it is reported.
            self.gap(version);
            return;
        }
        let first = (first.path.as_str(), self.mention(&first.path));
        let rest: Vec<(&str, Span)> = rest
            .iter()
            .map(|found| {
                (
                    found.path.as_str(),
                    mention(&mut self.directory, &found.path),
                )
            })
            .collect();
        let help = self.renumbering(version, same);
        self.report(errors::duplicate_version(version, first, &rest, help));
    }

    /// Of two migrations with one version, the one that is released, and the other's path with the next free number, if
    /// that can be told.
    fn renumbering(&self, version: i64, same: &[Found]) -> Option<(String, String, String)> {
        let lock = self.directory.lock.as_ref()?;
        let is_released = |found: &&Found| lock.lists(version, &found.name);
        let (released, other) = match same {
            [one, other] if is_released(&one) && !is_released(&other) => (one, other),
            [other, one] if is_released(&one) && !is_released(&other) => (one, other),
            _ => return None,
        };
        let free = self.last.max(lock.last()?).checked_add(1)?;
        let renamed = with_number(&other.path, free);
        Some((released.path.clone(), other.path.clone(), renamed))
    }

    fn migration(&mut self, version: i64, up: &Found, down: Option<&Found>) {
        let Some(up_file) = self.text(&up.path) else {
            self.gap(version);
            return;
        };
        let down = down.and_then(|down| self.text(&down.path));
        self.directory.migrations.push(MigrationFiles {
            version,
            name: up.name.clone(),
            up: up_file,
            down,
        });
    }
}
