//! Who holds which lock on which file, as SQLite defines its five kinds.

use sqlite_vfs::LockKind;
use std::collections::BTreeMap;

/// The locks that the open files hold, by file and by who has opened it.
#[derive(Debug, Default)]
pub(crate) struct Locks(BTreeMap<String, BTreeMap<usize, LockKind>>);

impl Locks {
    /// Takes a lock, or gives one back; false if another stands in the way.
    pub(crate) fn take(&mut self, file: &str, holder: usize, wanted: LockKind) -> bool {
        let holders = self.0.entry(file.to_owned()).or_default();
        let own = holders.get(&holder).copied().unwrap_or(LockKind::None);
        if wanted <= own {
            holders.insert(holder, wanted);
            return true;
        }
        let others = holders.iter().filter(|(other, _)| **other != holder);
        let strongest = others
            .map(|(_, kind)| *kind)
            .fold(LockKind::None, |strongest, kind| {
                if kind > strongest { kind } else { strongest }
            });
        let (is_free, instead) = match wanted {
            LockKind::None => (true, LockKind::None),
            LockKind::Shared => (strongest < LockKind::Pending, own),
            LockKind::Reserved | LockKind::Pending => (strongest < LockKind::Reserved, own),
            // Nobody new reads while it waits for those who do.
            LockKind::Exclusive if strongest < LockKind::Reserved => {
                (strongest == LockKind::None, LockKind::Pending)
            }
            LockKind::Exclusive => (false, own),
        };
        holders.insert(holder, if is_free { wanted } else { instead });
        is_free
    }

    /// The lock that somebody holds.
    pub(crate) fn of(&self, file: &str, holder: usize) -> LockKind {
        let holders = self.0.get(file);
        let own = holders.and_then(|holders| holders.get(&holder));
        own.copied().unwrap_or(LockKind::None)
    }

    /// Whether anybody is about to write.
    pub(crate) fn is_reserved(&self, file: &str) -> bool {
        let holders = self.0.get(file).into_iter().flatten();
        holders
            .into_iter()
            .any(|(_, kind)| *kind >= LockKind::Reserved)
    }

    /// Forgets somebody who has closed the file.
    pub(crate) fn forget(&mut self, file: &str, holder: usize) {
        if let Some(holders) = self.0.get_mut(file) {
            holders.remove(&holder);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_writer_waits_for_readers_and_new_readers_for_it() {
        let mut locks = Locks::default();
        assert!(locks.take("db", 1, LockKind::Shared));
        assert!(locks.take("db", 2, LockKind::Shared));
        assert!(locks.take("db", 1, LockKind::Reserved));
        assert!(!locks.take("db", 2, LockKind::Reserved));
        assert!(locks.take("db", 3, LockKind::Shared));
        assert!(!locks.take("db", 1, LockKind::Exclusive));
        assert!(!locks.take("db", 4, LockKind::Shared));
        assert!(locks.take("db", 2, LockKind::None));
        locks.forget("db", 3);
        assert!(locks.take("db", 1, LockKind::Exclusive));
        assert!(locks.is_reserved("db"));
        assert!(locks.take("other", 4, LockKind::Exclusive));
    }
}
