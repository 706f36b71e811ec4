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
}

impl Edit {
    /// The position of the first difference among the statements that are there.
    pub(crate) fn at(self) -> usize {
        match self {
            Edit::Changed { at }
            | Edit::Inserted { at, .. }
            | Edit::Removed { at, .. }
            | Edit::Moved { at, .. } => at,
        }
    }

    /// Compares statements; none if they are the same.
    pub(super) fn of(released: &[ShortHash], present: &[ShortHash]) -> Option<Edit> {
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

#[cfg(test)]
mod tests {
    use super::*;

    fn edit(released: &str, present: &str) -> Option<Edit> {
        let hashes = |letters: &str| -> Vec<ShortHash> {
            letters
                .bytes()
                .map(|letter| ShortHash::of(&[letter; 32]))
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
        ] {
            assert_eq!(edit(released, present), expected, "{released} {present}");
        }
    }
}
