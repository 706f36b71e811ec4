//! The crashes of a run: when everything stops, and what is lost.

use crate::files::Files;
use crate::record::{Operation, Record};
use crate::simulated::Simulated;

/// A moment at which everything stops, and what of the writes before is lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Crash {
    /// How many operations of the record were done.
    pub after: usize,
    /// What is lost.
    pub loss: Loss,
}

/// What is lost in a crash. Only what was not synced can be; such writes are numbered in their order, from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Loss {
    /// Nothing: the process was killed, and the machine goes on.
    Nothing,
    /// All of it: the power failed.
    All,
    /// Names and lengths of files that were changed, but for the first ones; what was written is there. File systems
    /// make them durable in their order.
    Names {
        /// How many of the changes are kept.
        kept: usize,
    },
    /// One write.
    One(usize),
    /// All writes but one.
    AllBut(usize),
    /// The second half of a write and all that come later.
    From(usize),
    /// Some sectors of each write and some names, as the dice fall.
    Some {
        /// With which the dice begin.
        seed: u64,
    },
}

impl Loss {
    /// Whether the machine goes on.
    #[must_use]
    pub fn is_of_process(self) -> bool {
        self == Loss::Nothing
    }
}

/// All crashes of a run.
#[derive(Debug)]
pub struct Crashes<'r> {
    record: &'r Record,
}

impl<'r> Crashes<'r> {
    /// Those of a run.
    #[must_use]
    pub fn of(record: &'r Record) -> Crashes<'r> {
        Crashes { record }
    }

    /// How many there are.
    #[must_use]
    pub fn count(&self) -> usize {
        let mut count = 0;
        self.walk(|disk, _, next| count += disk.losses(next).len());
        count
    }

    /// Shows each crash, in the order of their moments, and how to make the files that it leaves. Several may leave the same.
    pub fn each(&self, mut look: impl FnMut(Crash, &dyn Fn() -> Files)) {
        self.walk(|disk, after, next| {
            for loss in disk.losses(next) {
                look(Crash { after, loss }, &|| disk.files(loss));
            }
        });
    }

    fn walk(&self, mut look: impl FnMut(&Simulated, usize, Option<&Operation>)) {
        let mut disk = Simulated::new(&self.record.before);
        let operations = &self.record.operations;
        for after in 0..=operations.len() {
            let next = operations.get(after);
            look(&disk, after, next);
            if let Some(operation) = next {
                disk.perform(operation);
            }
        }
    }
}
