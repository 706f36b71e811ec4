//! All objects of one kind: by their number, and by their name inside of what holds them.

use crate::catalog::{Map, Provenance};
use crate::postgres::types::Oid;
use std::sync::Arc;

/// What a [`Catalog`](super::Catalog) keeps by number.
pub trait Object: Clone {
    /// Its number.
    fn oid(&self) -> Oid;

    /// What its name is a name in: the schema of most objects, the table of a trigger, nothing for a role.
    fn container(&self) -> Option<Oid>;

    /// Its name, without quotes.
    fn name(&self) -> &str;

    /// Where it came from; nothing for what the engine or an extension brought.
    fn provenance(&self) -> Option<&Provenance>;

    /// What else it is found in by its name: the schema of a constraint.
    fn also_in(&self) -> Option<Oid> {
        None
    }
}

type Name = (Option<Oid>, Arc<str>, Oid);

/// All objects of one kind. Copies share what they have in common.
#[derive(Debug, Clone)]
pub struct Objects<T> {
    objects: Map<Oid, Arc<T>>,
    /// Container, name and number of each: several functions can have one name.
    names: Map<Name, ()>,
}

impl<T: Object> Objects<T> {
    /// The object of a number.
    #[must_use]
    pub fn get(&self, oid: Oid) -> Option<&Arc<T>> {
        self.objects.get(&oid)
    }

    /// The objects of a name, in the order of their numbers.
    #[must_use]
    pub fn all_named(&self, container: Option<Oid>, name: &str) -> Vec<&Arc<T>> {
        self.names
            .skip_to(|(other, text, _)| (*other, &**text) < (container, name))
            .take_while(|((other, text, _), ())| *other == container && **text == *name)
            .filter_map(|((_, _, oid), ())| self.objects.get(oid))
            .collect()
    }

    /// The object of a name, where there can be only one.
    #[must_use]
    pub fn named(&self, container: Option<Oid>, name: &str) -> Option<&Arc<T>> {
        let mut from = self
            .names
            .skip_to(|(other, text, _)| (*other, &**text) < (container, name));
        let ((other, text, oid), ()) = from.next()?;
        (*other == container && **text == *name).then(|| self.objects.get(oid))?
    }

    /// What a schema or table holds, in the order of the names.
    pub fn inside(&self, container: Option<Oid>) -> impl Iterator<Item = &Arc<T>> {
        self.names
            .skip_to(move |(other, _, _)| *other < container)
            .take_while(move |((other, _, _), ())| *other == container)
            .filter_map(|((_, _, oid), ())| self.objects.get(oid))
    }

    /// All objects in the order of their numbers, which is that of their creation.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &Arc<T>> {
        self.objects.values()
    }

    /// Adds an object, or puts it in the place of the one of its number.
    pub fn put(&mut self, object: T) {
        let oid = object.oid();
        self.remove(oid);
        for name in names_of(&object) {
            self.names.insert(name, ());
        }
        self.objects.insert(oid, Arc::new(object));
    }

    /// Changes an object, its name and its schema included; says whether it is there.
    pub fn change(&mut self, oid: Oid, change: impl FnOnce(&mut T)) -> bool {
        let Some(entry) = self.objects.get_mut(&oid) else {
            return false;
        };
        let before: Vec<Name> = names_of(&**entry).collect();
        let object = Arc::make_mut(entry);
        change(object);
        let after: Vec<Name> = names_of(object).collect();
        if before != after {
            for name in &before {
                self.names.remove(name);
            }
            for name in after {
                self.names.insert(name, ());
            }
        }
        true
    }

    /// Takes an object away.
    pub fn remove(&mut self, oid: Oid) -> Option<Arc<T>> {
        let object = self.objects.remove(&oid)?;
        for name in names_of(&*object) {
            self.names.remove(&name);
        }
        Some(object)
    }
}

impl<T> Default for Objects<T> {
    fn default() -> Objects<T> {
        Objects {
            objects: Map::default(),
            names: Map::default(),
        }
    }
}

fn names_of<T: Object>(object: &T) -> impl Iterator<Item = Name> {
    let name: Arc<str> = object.name().into();
    let oid = object.oid();
    let elsewhere = object
        .also_in()
        .map(|it| (Some(it), Arc::clone(&name), oid));
    std::iter::once((object.container(), name, oid)).chain(elsewhere)
}

/// Says of a type with the fields `oid`, `name` and `provenance` that it is an [`Object`], and what holds it.
macro_rules! object {
    ($type:ty) => {
        object!($type, |_| None);
    };
    ($type:ty, $container:expr) => {
        object!($type, $container, |_| None);
    };
    ($type:ty, $container:expr, $also_in:expr) => {
        impl crate::postgres::catalog::Object for $type {
            fn oid(&self) -> crate::postgres::types::Oid {
                self.oid
            }

            fn container(&self) -> Option<crate::postgres::types::Oid> {
                let container: fn(&$type) -> Option<crate::postgres::types::Oid> = $container;
                container(self)
            }

            fn name(&self) -> &str {
                &self.name
            }

            fn provenance(&self) -> Option<&crate::catalog::Provenance> {
                self.provenance.as_ref()
            }

            fn also_in(&self) -> Option<crate::postgres::types::Oid> {
                let also_in: fn(&$type) -> Option<crate::postgres::types::Oid> = $also_in;
                also_in(self)
            }
        }
    };
}

pub(super) use object;

#[cfg(test)]
mod tests {
    use super::super::Namespace;
    use super::*;

    fn namespace(oid: u32, name: &str) -> Namespace {
        Namespace {
            oid: Oid(oid),
            name: name.into(),
            owner: Oid(10),
            provenance: None,
        }
    }

    #[test]
    fn a_renamed_object_is_found_under_its_new_name_only() {
        let mut objects = Objects::default();
        objects.put(namespace(20_000, "old"));
        let before = objects.clone();
        assert!(objects.change(Oid(20_000), |it| it.name = "new".into()));
        assert!(objects.named(None, "old").is_none());
        let found = objects.named(None, "new").map(|it| it.oid);
        assert_eq!(found, Some(Oid(20_000)));
        assert!(before.named(None, "old").is_some());
        assert!(!objects.change(Oid(1), |_| ()));
    }

    #[test]
    fn objects_of_one_name_are_told_apart_by_their_number() {
        let mut objects = Objects::default();
        for oid in [30_000, 20_000, 25_000] {
            objects.put(namespace(oid, "same"));
        }
        let found: Vec<u32> = objects
            .all_named(None, "same")
            .iter()
            .map(|it| it.oid.0)
            .collect();
        assert_eq!(found, [20_000, 25_000, 30_000]);
        objects.remove(Oid(20_000));
        assert_eq!(objects.inside(None).count(), 2);
    }
}
