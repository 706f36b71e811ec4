//! A disk that forgets what was not synced.
//!
//! A write that was not synced may be lost, or some of its sectors. What is done to names, and what cuts files, becomes
//! durable in its order, as file systems with a journal have it. The engine syncs the directory when it first syncs one
//! of its journals.

use crate::crash::Loss;
use crate::file::put;
use crate::files::Files;
use crate::record::Operation;
use std::collections::BTreeMap;

/// What a disk writes at once, or not at all.
const SECTOR: usize = 512;

/// How often the dice are thrown for what is lost at a moment.
const DICE: u64 = 6;

/// A disk that knows what would be left of it after a power loss.
pub(crate) struct Simulated {
    files: Vec<File>,
    names: BTreeMap<String, usize>,
    durable_names: BTreeMap<String, usize>,
    /// What has made the names of the durable ones, in its order, and what has cut files.
    name_changes: Vec<NameChange>,
    /// What was written to files and is not durable, in its order.
    writes: Vec<(usize, Change)>,
}

/// A file, whatever its name.
struct File {
    durable: Vec<u8>,
    syncs_directory: bool,
}

#[derive(Clone)]
enum Change {
    Write {
        offset: usize,
        bytes: Vec<u8>,
    },
    /// Its place is among the changes of names; none once it is durable.
    Truncate {
        length: usize,
        place: Option<usize>,
    },
}

#[derive(Clone)]
enum NameChange {
    Cut,
    Made(String, usize),
    Deleted(String),
    Renamed(String, String),
}

impl Simulated {
    pub(crate) fn new(before: &Files) -> Simulated {
        let contents = before.0.values().cloned();
        let files = contents.map(|durable| File {
            durable,
            syncs_directory: false,
        });
        let names: BTreeMap<String, usize> = before.0.keys().cloned().zip(0..).collect();
        Simulated {
            files: files.collect(),
            durable_names: names.clone(),
            names,
            name_changes: Vec::new(),
            writes: Vec::new(),
        }
    }

    pub(crate) fn perform(&mut self, operation: &Operation) {
        match operation {
            Operation::Create {
                file,
                syncs_directory,
            } => {
                let number = self.files.len();
                self.files.push(File {
                    durable: Vec::new(),
                    syncs_directory: *syncs_directory,
                });
                self.rename(NameChange::Made(file.clone(), number));
            }
            Operation::Write {
                file,
                offset,
                bytes,
            } => self.write(
                file,
                Change::Write {
                    offset: *offset,
                    bytes: bytes.clone(),
                },
            ),
            Operation::Truncate { file, length } => {
                let place = Some(self.name_changes.len());
                self.name_changes.push(NameChange::Cut);
                self.write(
                    file,
                    Change::Truncate {
                        length: *length,
                        place,
                    },
                );
            }
            Operation::Sync { file } => self.sync(file),
            Operation::Delete { file } => self.rename(NameChange::Deleted(file.clone())),
            Operation::Rename { from, to } => {
                self.rename(NameChange::Renamed(from.clone(), to.clone()));
            }
            Operation::Said(_) => {}
        }
    }

    fn write(&mut self, file: &str, change: Change) {
        // What is written to a file that was deleted is of no interest.
        if let Some(number) = self.names.get(file) {
            self.writes.push((*number, change));
        }
    }

    fn sync(&mut self, file: &str) {
        let Some(number) = self.names.get(file).copied() else {
            return;
        };
        let own = &mut self.files[number];
        let mut durable_changes = 0;
        for (of, change) in &self.writes {
            if *of == number {
                change.perform(&mut own.durable);
                if let Change::Truncate {
                    place: Some(place), ..
                } = change
                {
                    durable_changes = place + 1;
                }
            }
        }
        self.writes.retain(|(of, _)| *of != number);
        if std::mem::take(&mut own.syncs_directory) {
            durable_changes = self.name_changes.len();
        }
        self.keep(durable_changes);
    }

    /// Makes the first changes of names and lengths durable.
    fn keep(&mut self, count: usize) {
        for change in self.name_changes.drain(..count) {
            change.perform(&mut self.durable_names);
        }
        for (_, change) in &mut self.writes {
            if let Change::Truncate { place, .. } = change {
                *place = place.and_then(|place| place.checked_sub(count));
            }
        }
    }

    fn rename(&mut self, change: NameChange) {
        change.perform(&mut self.names);
        self.name_changes.push(change);
    }

    /// What a crash before an operation may lose.
    pub(crate) fn losses(&self, next: Option<&Operation>) -> Vec<Loss> {
        let mut losses = vec![Loss::Nothing];
        let (writes, names) = (self.writes.len(), self.name_changes.len());
        if writes + names == 0 {
            return losses;
        }
        losses.push(Loss::All);
        losses.extend((0..names).map(|kept| Loss::Names { kept }));
        let seed = (writes * 31 + names) as u64;
        losses.extend((0..DICE).map(|more| Loss::Some {
            seed: seed * DICE + more,
        }));
        // Just before a sync most can be lost. Earlier only the newest write is one that was not looked at before.
        let first = match next {
            Some(Operation::Sync { .. }) | None => 0,
            _ => writes.saturating_sub(1),
        };
        for write in first..writes {
            losses.extend([Loss::One(write), Loss::AllBut(write), Loss::From(write)]);
        }
        losses
    }

    pub(crate) fn files(&self, loss: Loss) -> Files {
        let mut dice = fastrand::Rng::with_seed(match loss {
            Loss::Some { seed } => seed,
            _ => 0,
        });
        let kept_names = match loss {
            Loss::Nothing | Loss::One(_) | Loss::AllBut(_) | Loss::From(_) => {
                self.name_changes.len()
            }
            Loss::All => 0,
            Loss::Names { kept } => kept,
            Loss::Some { .. } => dice.usize(..=self.name_changes.len()),
        };
        let mut names = self.durable_names.clone();
        for change in self.name_changes.iter().take(kept_names) {
            change.perform(&mut names);
        }
        let mut contents: Vec<Vec<u8>> =
            self.files.iter().map(|file| file.durable.clone()).collect();
        for (number, (file, change)) in self.writes.iter().enumerate() {
            let content = &mut contents[*file];
            let sectors = change.sectors();
            match (change, loss) {
                (Change::Truncate { place, .. }, _) => {
                    if place.is_none_or(|place| place < kept_names) {
                        change.perform(content);
                    }
                }
                (Change::Write { .. }, Loss::Nothing | Loss::Names { .. }) => {
                    change.perform(content);
                }
                (Change::Write { .. }, Loss::All) => {}
                (Change::Write { .. }, Loss::One(lost)) => {
                    change.perform_sectors(content, |_| number != lost);
                }
                (Change::Write { .. }, Loss::AllBut(kept)) => {
                    change.perform_sectors(content, |_| number == kept);
                }
                (Change::Write { .. }, Loss::From(torn)) => {
                    change.perform_sectors(content, |sector| {
                        number < torn || (number == torn && sector < sectors.div_ceil(2))
                    });
                }
                (Change::Write { .. }, Loss::Some { .. }) => {
                    change.perform_sectors(content, |_| dice.bool());
                }
            }
        }
        let files = names.into_iter();
        Files(
            files
                .map(|(name, number)| (name, contents[number].clone()))
                .collect(),
        )
    }
}

impl Change {
    fn perform(&self, content: &mut Vec<u8>) {
        self.perform_sectors(content, |_| true);
    }

    /// How many sectors it touches.
    fn sectors(&self) -> usize {
        match self {
            Change::Write { offset, bytes } => {
                (offset + bytes.len()).div_ceil(SECTOR) - offset / SECTOR
            }
            Change::Truncate { .. } => 1,
        }
    }

    /// Does it to some of the sectors that it touches.
    fn perform_sectors(&self, content: &mut Vec<u8>, mut is_kept: impl FnMut(usize) -> bool) {
        match self {
            Change::Write { offset, bytes } => {
                let first = offset / SECTOR;
                for sector in 0..self.sectors() {
                    let start = ((first + sector) * SECTOR).max(*offset);
                    let end = ((first + sector + 1) * SECTOR).min(offset + bytes.len());
                    if is_kept(sector) {
                        put(content, start, &bytes[start - offset..end - offset]);
                    }
                }
            }
            Change::Truncate { length, .. } => {
                if is_kept(0) {
                    content.resize(*length, 0);
                }
            }
        }
    }
}

impl NameChange {
    fn perform(&self, names: &mut BTreeMap<String, usize>) {
        match self {
            NameChange::Cut => {}
            NameChange::Made(name, file) => {
                names.insert(name.clone(), *file);
            }
            NameChange::Deleted(name) => {
                names.remove(name);
            }
            NameChange::Renamed(from, to) => {
                if let Some(file) = names.remove(from) {
                    names.insert(to.clone(), file);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn write(file: &str, offset: usize, bytes: &[u8]) -> Operation {
        Operation::Write {
            file: file.to_owned(),
            offset,
            bytes: bytes.to_vec(),
        }
    }

    fn sync(file: &str) -> Operation {
        Operation::Sync {
            file: file.to_owned(),
        }
    }

    fn create(file: &str, syncs_directory: bool) -> Operation {
        Operation::Create {
            file: file.to_owned(),
            syncs_directory,
        }
    }

    /// The files that are left of one called `old`, which holds `old`, after some operations and a loss.
    fn left(operations: &[Operation], loss: Loss) -> BTreeMap<String, Vec<u8>> {
        let before = BTreeMap::from([("old".to_owned(), b"old".to_vec())]);
        let mut disk = Simulated::new(&Files(before));
        for operation in operations {
            disk.perform(operation);
        }
        disk.files(loss).0
    }

    #[test]
    fn what_was_synced_is_not_lost() {
        let operations = [write("old", 0, b"new"), sync("old"), write("old", 3, b"er")];
        assert_eq!(left(&operations, Loss::Nothing)["old"], b"newer");
        assert_eq!(left(&operations, Loss::All)["old"], b"new");
    }

    #[test]
    fn writes_are_lost_alone_and_by_sectors() {
        let operations = [write("old", 0, &[1; 2 * SECTOR]), write("old", 0, b"x")];
        assert_eq!(left(&operations, Loss::One(0))["old"], b"xld");
        assert_eq!(left(&operations, Loss::AllBut(0))["old"], [1; 2 * SECTOR]);
        assert_eq!(left(&operations, Loss::From(0))["old"], [1; SECTOR]);
    }

    #[test]
    fn names_become_durable_in_their_order_and_with_a_journal() {
        let delete = Operation::Delete {
            file: "old".to_owned(),
        };
        let operations = [create("a", false), delete, create("b", true)];
        let names = |operations: &[Operation], kept| {
            let files = left(operations, Loss::Names { kept });
            files.into_keys().collect::<Vec<_>>().join(" ")
        };
        assert_eq!(names(&operations, 0), "old");
        assert_eq!(names(&operations, 1), "a old");
        assert_eq!(names(&operations, 2), "a");
        let synced = [&operations[..], &[sync("b")]].concat();
        assert_eq!(names(&synced, 0), "a b");
    }

    #[test]
    fn a_file_that_was_cut_is_not_before_what_was_renamed_earlier() {
        let rename = Operation::Rename {
            from: "old".to_owned(),
            to: "new".to_owned(),
        };
        let cut = Operation::Truncate {
            file: "new".to_owned(),
            length: 1,
        };
        let operations = [rename, cut];
        assert_eq!(left(&operations, Loss::All)["old"], b"old");
        assert_eq!(left(&operations, Loss::Names { kept: 1 })["new"], b"old");
        assert_eq!(left(&operations, Loss::Names { kept: 2 })["new"], b"o");
        let synced = [&operations[..], &[sync("new")]].concat();
        assert_eq!(left(&synced, Loss::All)["new"], b"o");
    }
}
