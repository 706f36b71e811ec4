//! How the statements of a migration first differ from those that were released.

use super::ShortHash;

/// The first difference. Positions are counted from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Edit {
    /// The statement `at` is another one.
    Changed { at: usize },
    /// From `at` on stand statements that were not released.
    Inserted { at: usize, count: usize },
    /// Statements that were released are missing before the one that is now at `at`, or at the end.
    Removed { at: usize, count: usize },
    /// The statement `at` was released as the one at `released`.
    Moved { at: usize, released: usize },
    /// A step follows the statements, which are as they were released.
    StepAdded,
    /// A step that followed the statements is missing, and they are as they were released.
    StepRemoved,
}

impl Edit {
    /// The position of the first difference among the statements that are there; none if it is not in them.
    pub(crate) fn at(self) -> Option<usize> {
        match self {
            Edit::Changed { at }
            | Edit::Inserted { at, .. }
            | Edit::Removed { at, .. }
            | Edit::Moved { at, .. } => Some(at),
            Edit::StepAdded | Edit::StepRemoved => None,
        }
    }

    /// Compares statements, and then the step; none if they are the same.
    pub(super) fn of(released: &[ShortHash], present: &[ShortHash]) -> Option<Edit> {
        let (statements, had_step) = without_step(released);
        let (present, has_step) = without_step(present);
        let of_the_step = match (had_step, has_step) {
            (false, true) => Some(Edit::StepAdded),
            (true, false) => Some(Edit::StepRemoved),
            (true, true) | (false, false) => None,
        };
        Edit::of_statements(statements, present).or(of_the_step)
    }

    fn of_statements(released: &[ShortHash], present: &[ShortHash]) -> Option<Edit> {
        let mut pairs = released.iter().zip(present);
        let at = pairs.position(|(old, new)| old != new);
        let at = at.unwrap_or_else(|| released.len().min(present.len()));
        let old = released.get(at..).unwrap_or_default();
        let new = present.get(at..).unwrap_or_default();
        let Some(first_old) = old.first() else {
            return (!new.is_empty()).then_some(Edit::Inserted {
                at,
                count: new.len(),
            });
        };
        let Some(first_new) = new.first() else {
            return Some(Edit::Removed {
                at,
                count: old.len(),
            });
        };
        let inserted = new.iter().position(|statement| statement == first_old);
        let removed = old.iter().position(|statement| statement == first_new);
        Some(match (inserted, removed) {
            (Some(_), Some(removed)) => Edit::Moved {
                at,
                released: at + removed,
            },
            (Some(count), None) => Edit::Inserted { at, count },
            (None, Some(count)) => Edit::Removed { at, count },
            (None, None) => Edit::Changed { at },
        })
    }
}

/// The hashes of the statements, and whether that of a step follows them.
fn without_step(hashes: &[ShortHash]) -> (&[ShortHash], bool) {
    match hashes.split_last() {
        Some((last, statements)) if last.is_step() => (statements, true),
        _ => (hashes, false),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checksum;

    fn edit(released: &str, present: &str) -> Option<Edit> {
        let hashes = |letters: &str| -> Vec<ShortHash> {
            letters
                .bytes()
                .map(|letter| match letter {
                    b'!' => ShortHash::of(&checksum::STEP),
                    letter => ShortHash::of(&[letter; 32]),
                })
                .collect()
        };
        Edit::of(&hashes(released), &hashes(present))
    }

    #[test]
    fn the_first_difference_is_told_by_what_follows() {
        for (released, present, expected) in [
            ("", "", None),
            ("abc", "abc", None),
            ("abc", "axc", Some(Edit::Changed { at: 1 })),
            ("abc", "axyc", Some(Edit::Changed { at: 1 })),
            ("abc", "ax", Some(Edit::Changed { at: 1 })),
            ("abc", "axybc", Some(Edit::Inserted { at: 1, count: 2 })),
            ("abc", "abcd", Some(Edit::Inserted { at: 3, count: 1 })),
            ("", "ab", Some(Edit::Inserted { at: 0, count: 2 })),
            ("abc", "c", Some(Edit::Removed { at: 0, count: 2 })),
            ("abc", "a", Some(Edit::Removed { at: 1, count: 2 })),
            ("abc", "", Some(Edit::Removed { at: 0, count: 3 })),
            ("abc", "acb", Some(Edit::Moved { at: 1, released: 2 })),
            ("abcd", "bad", Some(Edit::Moved { at: 0, released: 1 })),
            ("ab!", "ab!", None),
            ("ab", "ab!", Some(Edit::StepAdded)),
            ("!", "", Some(Edit::StepRemoved)),
            ("ab!", "abc!", Some(Edit::Inserted { at: 2, count: 1 })),
            ("ab!", "a", Some(Edit::Removed { at: 1, count: 1 })),
        ] {
            assert_eq!(edit(released, present), expected, "{released} {present}");
        }
    }
}
