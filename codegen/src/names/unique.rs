//! Names that are taken.

use super::Identifier;
use std::collections::{BTreeMap, BTreeSet};

/// The names of one scope, each given once.
#[derive(Debug, Clone, Default)]
pub(crate) struct Taken {
    names: BTreeSet<Identifier>,
    /// The last number that was put behind a name.
    numbers: BTreeMap<Identifier, usize>,
}

impl Taken {
    /// Takes a name, unless it is taken.
    pub(crate) fn take(&mut self, name: &Identifier) -> bool {
        self.names.insert(name.clone())
    }

    /// Takes the first free name of some, else the last of them with `between` and the first free number from 2.
    pub(crate) fn unique<const N: usize>(
        &mut self,
        candidates: [Option<Identifier>; N],
        fallback: Identifier,
        between: &str,
    ) -> Identifier {
        let mut base = fallback;
        let mut named = false;
        for candidate in candidates.into_iter().flatten() {
            if self.take(&candidate) {
                return candidate;
            }
            base = candidate;
            named = true;
        }
        if !named && self.take(&base) {
            return base;
        }
        let mut number = self.numbers.get(&base).copied().unwrap_or(1);
        loop {
            number = number.saturating_add(1);
            let candidate = base.with_suffix(&format!("{between}{number}"));
            if self.take(&candidate) {
                self.numbers.insert(base, number);
                return candidate;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::Identifier;
    use super::Taken;

    #[test]
    fn a_taken_name_gets_a_number() {
        let mut taken = Taken::default();
        let mut unique = |text: &str| {
            let fallback = Identifier::snake("column_1").unwrap();
            let name = taken.unique([Identifier::snake(text)], fallback, "_");
            name.as_str().to_owned()
        };
        assert_eq!(unique("a b"), "a_b");
        assert_eq!(unique("aB"), "a_b_2");
        assert_eq!(unique("a_b_3"), "a_b_3");
        assert_eq!(unique("A-B"), "a_b_4");
        assert_eq!(unique("🦀"), "column_1");
        assert_eq!(unique("🦞"), "column_1_2");
    }
}
