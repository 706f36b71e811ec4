//! Which views and triggers mention which names, so that a change need not look into all of them.

use super::bodies::Body;
use crate::catalog::{Key, Map};
use std::collections::BTreeSet;
use std::sync::Arc;

/// What each view and trigger mentions, and who mentions a name.
#[derive(Debug, Clone, Default)]
pub(super) struct Mentions {
    names: Map<Body, Arc<BTreeSet<Key>>>,
    bodies: Map<(Key, Body), ()>,
}

impl Mentions {
    /// Takes in a body's names in the place of those that it had before.
    pub(super) fn put(&mut self, body: Body, names: BTreeSet<Key>) {
        self.remove(&body);
        for name in &names {
            self.bodies.insert((name.clone(), body.clone()), ());
        }
        self.names.insert(body, Arc::new(names));
    }

    pub(super) fn remove(&mut self, body: &Body) {
        let names = self.names.remove(body);
        for name in names.iter().flat_map(|names| names.iter()) {
            self.bodies.remove(&(name.clone(), body.clone()));
        }
    }

    /// The names that a view or trigger mentions.
    pub(super) fn names(&self, body: &Body) -> Option<&BTreeSet<Key>> {
        self.names.get(body).map(|names| &**names)
    }

    /// Whether a view or trigger mentions a name, be it as a column's.
    pub(super) fn has(&self, body: &Body, name: &Key) -> bool {
        let names = self.names.get(body);
        names.is_some_and(|names| names.contains(name))
    }

    /// Who mentions a name.
    pub(super) fn of(&self, name: &Key) -> impl Iterator<Item = &Body> {
        let from = self.bodies.skip_to(|(other, _)| other < name);
        from.take_while(move |((other, _), ())| other == name)
            .map(|((_, body), ())| body)
    }
}
