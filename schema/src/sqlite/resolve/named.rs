//! A list whose items are found by their names.

use std::cell::OnceCell;
use std::collections::HashMap;
use std::ops::Deref;
use std::rc::Rc;
use std::sync::Arc;

/// A list of this length or less is searched from its start.
const SHORT: usize = 16;

/// What has a name.
pub(super) trait HasName {
    fn name(&self) -> &str;
}

impl HasName for Arc<str> {
    fn name(&self) -> &str {
        self
    }
}

/// A list that does not change. Where it is long, as for a wide table that is joined, its names are read once.
#[derive(Debug)]
pub(super) struct Named<T> {
    items: Rc<[T]>,
    positions: Rc<OnceCell<HashMap<String, usize>>>,
}

impl<T: HasName> Named<T> {
    /// The position of the first item of a name, letter case aside.
    pub(super) fn position_of(&self, name: &str) -> Option<usize> {
        let mut names = self.items.iter().map(HasName::name);
        if self.items.len() <= SHORT {
            return names.position(|other| other.eq_ignore_ascii_case(name));
        }
        let positions = self.positions.get_or_init(|| {
            let mut positions = HashMap::with_capacity(names.len());
            for (position, name) in names.enumerate() {
                let first = positions.entry(name.to_ascii_lowercase());
                first.or_insert(position);
            }
            positions
        });
        positions.get(&name.to_ascii_lowercase()).copied()
    }
}

impl<T> Deref for Named<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.items
    }
}

impl<T> Clone for Named<T> {
    fn clone(&self) -> Named<T> {
        Named {
            items: Rc::clone(&self.items),
            positions: Rc::clone(&self.positions),
        }
    }
}

impl<T> Default for Named<T> {
    fn default() -> Named<T> {
        Named::from(Vec::new())
    }
}

impl<T> From<Vec<T>> for Named<T> {
    fn from(items: Vec<T>) -> Named<T> {
        Named {
            items: items.into(),
            positions: Rc::default(),
        }
    }
}

impl<T> FromIterator<T> for Named<T> {
    fn from_iter<Items: IntoIterator<Item = T>>(items: Items) -> Named<T> {
        Named::from(items.into_iter().collect::<Vec<T>>())
    }
}
