//! A map of which copies are cheap.
//!
//! The replay keeps the catalog as it was at the start of a migration, before a savepoint, before a down file. With a
//! plain map each of these would cost as much as the whole schema, and a history as much as its square.

use std::fmt;
use std::sync::Arc;

/// As many entries as a change has to copy where a copy of the map shares them.
const RUN: usize = 64;

/// A sorted map whose copies share what they have in common.
///
/// It is a list of sorted runs. A copy of the map costs a pointer for each run; a change of one copy costs a copy of the
/// run that it changes.
#[derive(Clone)]
pub struct Map<K, V> {
    /// None is empty, and all keys of one are less than those of the next.
    runs: Vec<Arc<Vec<(K, V)>>>,
}

impl<K: Ord + Clone, V: Clone> Map<K, V> {
    /// The value of a key.
    #[must_use]
    pub fn get(&self, key: &K) -> Option<&V> {
        let run = self.runs.get(self.run_of(key))?;
        let position = position(run, key).ok()?;
        run.get(position).map(|(_, value)| value)
    }

    /// The value of a key, to be changed.
    pub fn get_mut(&mut self, key: &K) -> Option<&mut V> {
        let run = self.run_of(key);
        let run = self.runs.get_mut(run)?;
        let position = position(run, key).ok()?;
        let entry = Arc::make_mut(run).get_mut(position);
        entry.map(|(_, value)| value)
    }

    /// Whether there is a value for a key.
    #[must_use]
    pub fn contains_key(&self, key: &K) -> bool {
        self.get(key).is_some()
    }

    /// Sets the value of a key, and returns the one that it replaces.
    pub fn insert(&mut self, key: K, value: V) -> Option<V> {
        // A key after all others goes to the last run.
        let last = self.runs.len().saturating_sub(1);
        let place = self.run_of(&key).min(last);
        let Some(run) = self.runs.get_mut(place) else {
            self.runs.push(Arc::new(vec![(key, value)]));
            return None;
        };
        let run = Arc::make_mut(run);
        match position(run, &key) {
            Ok(position) => {
                let entry = run.get_mut(position)?;
                Some(std::mem::replace(&mut entry.1, value))
            }
            Err(position) => {
                run.insert(position, (key, value));
                if run.len() > RUN {
                    let rest = run.split_off(RUN / 2);
                    self.runs.insert(place + 1, Arc::new(rest));
                }
                None
            }
        }
    }

    /// Removes a key, and returns its value.
    pub fn remove(&mut self, key: &K) -> Option<V> {
        let place = self.run_of(key);
        let run = self.runs.get_mut(place)?;
        let position = position(run, key).ok()?;
        let run = Arc::make_mut(run);
        let (_, value) = run.remove(position);
        if run.is_empty() {
            self.runs.remove(place);
        }
        Some(value)
    }

    /// The first run whose last key is not less than a key.
    fn run_of(&self, key: &K) -> usize {
        self.runs
            .partition_point(|run| run.last().is_some_and(|(last, _)| last < key))
    }
}

impl<K, V> Map<K, V> {
    /// The entries in the order of their keys.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (&K, &V)> {
        let entries = self.runs.iter().flat_map(|run| run.iter());
        entries.map(|(key, value)| (key, value))
    }

    /// The entries from the first on whose key `is_before` is false of; it must be true of all keys before that one.
    pub fn skip_to(&self, is_before: impl Fn(&K) -> bool) -> impl Iterator<Item = (&K, &V)> {
        let is_run_before =
            |run: &Arc<Vec<(K, V)>>| run.last().is_some_and(|(last, _)| is_before(last));
        let first = self.runs.partition_point(is_run_before);
        let runs = self.runs.get(first..).unwrap_or_default();
        let start = runs.first();
        let start = start.map_or(0, |run| run.partition_point(|(key, _)| is_before(key)));
        let entries = runs.iter().flat_map(|run| run.iter());
        entries.skip(start).map(|(key, value)| (key, value))
    }

    /// The keys in order.
    pub fn keys(&self) -> impl DoubleEndedIterator<Item = &K> {
        self.iter().map(|(key, _)| key)
    }

    /// The values in the order of their keys.
    pub fn values(&self) -> impl DoubleEndedIterator<Item = &V> {
        self.iter().map(|(_, value)| value)
    }

    /// Whether it has no entries.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.runs.is_empty()
    }
}

fn position<K: Ord, V>(run: &[(K, V)], key: &K) -> Result<usize, usize> {
    run.binary_search_by(|(other, _)| other.cmp(key))
}

impl<K, V> Default for Map<K, V> {
    fn default() -> Map<K, V> {
        Map { runs: Vec::new() }
    }
}

impl<K: Ord + Clone, V: Clone> FromIterator<(K, V)> for Map<K, V> {
    fn from_iter<Entries: IntoIterator<Item = (K, V)>>(entries: Entries) -> Map<K, V> {
        let mut map = Map::default();
        for (key, value) in entries {
            map.insert(key, value);
        }
        map
    }
}

impl<K: PartialEq, V: PartialEq> PartialEq for Map<K, V> {
    fn eq(&self, other: &Map<K, V>) -> bool {
        self.iter().eq(other.iter())
    }
}

impl<K: fmt::Debug, V: fmt::Debug> fmt::Debug for Map<K, V> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_map().entries(self.iter()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::{Map, RUN};
    use std::collections::BTreeMap;

    /// Numbers that jump about, the same in every run.
    fn numbers(count: usize) -> impl Iterator<Item = usize> {
        (0..count).map(|number| number * 7_919 % 1_009)
    }

    #[test]
    fn it_holds_what_a_plain_map_holds() {
        let mut map = Map::default();
        let mut plain = BTreeMap::new();
        for (round, key) in numbers(5 * RUN * RUN).enumerate() {
            match round % 3 {
                0 | 1 => assert_eq!(map.insert(key, round), plain.insert(key, round)),
                _ => assert_eq!(map.remove(&key), plain.remove(&key)),
            }
            assert_eq!(map.get(&key), plain.get(&key));
        }
        assert!(plain.len() > RUN);
        assert!(map.iter().eq(plain.iter()));
        assert!(map.skip_to(|key| *key < 300).eq(plain.range(300..)));
    }

    #[test]
    fn a_copy_stays_as_it_was() {
        let mut map: Map<usize, usize> = numbers(1_000).map(|key| (key, key)).collect();
        let before = map.clone();
        let entries: Vec<(usize, usize)> = map.iter().map(|(key, value)| (*key, *value)).collect();
        for key in numbers(1_000) {
            if let Some(value) = map.get_mut(&key) {
                *value += 1;
            }
            map.remove(&(key / 2));
        }
        assert_ne!(map, before);
        assert!(before.iter().map(|(key, value)| (*key, *value)).eq(entries));
    }

    #[test]
    fn an_emptied_map_is_empty() {
        let mut map: Map<usize, ()> = numbers(300).map(|key| (key, ())).collect();
        for key in numbers(300) {
            map.remove(&key);
        }
        assert!(map.is_empty());
        assert_eq!(map, Map::default());
    }
}
