//! A list that only grows, of which copies cost nothing.
//!
//! The catalog is copied at the start of each migration and for each savepoint, and what it remembers of the past grows
//! with the history: were it copied as well, a history would cost as much as its square.

use std::fmt;
use std::sync::Arc;

/// A list to whose end is added. Copies share all that they have in common.
pub struct Log<T> {
    last: Option<Arc<Entry<T>>>,
}

struct Entry<T> {
    value: T,
    before: Option<Arc<Entry<T>>>,
}

impl<T> Log<T> {
    /// Adds a value.
    pub fn push(&mut self, value: T) {
        let before = self.last.take();
        self.last = Some(Arc::new(Entry { value, before }));
    }

    /// The values, newest first.
    pub fn newest_first(&self) -> impl Iterator<Item = &T> {
        std::iter::successors(self.last.as_deref(), |entry| entry.before.as_deref())
            .map(|entry| &entry.value)
    }

    /// The values, oldest first.
    #[must_use]
    pub fn oldest_first(&self) -> Vec<&T> {
        let mut values: Vec<&T> = self.newest_first().collect();
        values.reverse();
        values
    }

    /// The values that came since an earlier copy was made of it, newest first.
    pub fn since<'a>(&'a self, earlier: &'a Log<T>) -> impl Iterator<Item = &'a T> {
        let end = earlier.last.as_ref().map(Arc::as_ptr);
        let entries = std::iter::successors(self.last.as_ref(), |entry| entry.before.as_ref());
        entries
            .take_while(move |entry| Some(Arc::as_ptr(entry)) != end)
            .map(|entry| &entry.value)
    }
}

impl<T> Default for Log<T> {
    fn default() -> Log<T> {
        Log { last: None }
    }
}

impl<T> Clone for Log<T> {
    fn clone(&self) -> Log<T> {
        Log {
            last: self.last.clone(),
        }
    }
}

impl<T: PartialEq> PartialEq for Log<T> {
    fn eq(&self, other: &Log<T>) -> bool {
        self.newest_first().eq(other.newest_first())
    }
}

impl<T: Eq> Eq for Log<T> {}

impl<T: fmt::Debug> fmt::Debug for Log<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_list().entries(self.oldest_first()).finish()
    }
}

impl<T> FromIterator<T> for Log<T> {
    fn from_iter<I: IntoIterator<Item = T>>(values: I) -> Log<T> {
        let mut log = Log::default();
        for value in values {
            log.push(value);
        }
        log
    }
}

/// One entry after the other: dropped from within each other, those of a long history would overflow the stack.
impl<T> Drop for Entry<T> {
    fn drop(&mut self) {
        let mut next = self.before.take();
        while let Some(entry) = next {
            next = Arc::into_inner(entry).and_then(|mut entry| entry.before.take());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Log;

    #[test]
    fn copies_share_what_came_before_them() {
        let mut log: Log<u32> = (0..3).collect();
        let copy = log.clone();
        log.push(3);
        log.push(4);
        assert_eq!(log.oldest_first(), [&0, &1, &2, &3, &4]);
        assert_eq!(copy.oldest_first(), [&0, &1, &2]);
        assert_eq!(log.since(&copy).collect::<Vec<_>>(), [&4, &3]);
        assert_eq!(copy.since(&copy).count(), 0);
        assert_eq!(copy, (0..3).collect());
        assert_ne!(copy, log);
    }

    #[test]
    fn a_long_one_is_dropped_on_a_small_stack() {
        let log: Log<u32> = (0..1_000_000).collect();
        let copy = log.clone();
        drop(log);
        assert_eq!(copy.newest_first().next(), Some(&999_999));
    }
}
