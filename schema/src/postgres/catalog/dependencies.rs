//! Which object cannot be without which: the engine's `pg_depend`.

use super::Address;
use crate::catalog::Map;

/// What becomes of the dependent object when the one that it refers to is dropped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Dependency {
    /// It is in the way, unless CASCADE takes it along.
    Normal,
    /// It goes along.
    Auto,
    /// It is a part of the other's implementation: it goes along, and cannot go alone.
    Internal,
    /// It belongs to a partition, whose parent holds the same.
    PartitionPrimary,
    /// As the one before, for what it has besides its parent: the table that it is on.
    PartitionSecondary,
    /// It is a member of the extension.
    Extension,
    /// It goes along with the extension, but is no member.
    AutoExtension,
}

/// The edges, found from both ends. Copies share what they have in common.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Dependencies {
    forward: Map<(Address, Address, Dependency), ()>,
    backward: Map<(Address, Address, Dependency), ()>,
}

impl Dependencies {
    /// Records that `dependent` cannot be without `referenced`. What the engine itself brings needs no edge: it stays.
    pub fn add(&mut self, dependent: Address, referenced: Address, kind: Dependency) {
        if referenced.oid.is_builtin() {
            return;
        }
        self.forward.insert((dependent, referenced, kind), ());
        self.backward.insert((referenced, dependent, kind), ());
    }

    /// Forgets an edge.
    pub fn remove(&mut self, dependent: Address, referenced: Address, kind: Dependency) {
        self.forward.remove(&(dependent, referenced, kind));
        self.backward.remove(&(referenced, dependent, kind));
    }

    /// What an object or column cannot be without; of a whole relation, also what its columns cannot.
    pub fn of(&self, dependent: Address) -> impl Iterator<Item = (Address, Address, Dependency)> {
        edges(&self.forward, dependent)
    }

    /// What cannot be without an object or column: the dependent one, what of the object it refers to, and how.
    ///
    /// Of a whole relation these are also those that refer to one of its columns.
    pub fn on(&self, referenced: Address) -> impl Iterator<Item = (Address, Address, Dependency)> {
        edges(&self.backward, referenced)
            .map(|(referenced, dependent, kind)| (dependent, referenced, kind))
    }

    /// Forgets all that an object or column cannot be without, before it is dropped or read anew.
    pub fn forget(&mut self, dependent: Address) {
        let edges: Vec<_> = self.of(dependent).collect();
        for (dependent, referenced, kind) in edges {
            self.remove(dependent, referenced, kind);
        }
    }

    /// Forgets the edges of one kind that begin at an object.
    pub fn forget_kind(&mut self, dependent: Address, kind: Dependency) {
        let edges: Vec<_> = self.of(dependent).collect();
        for (dependent, referenced, found) in edges {
            if found == kind {
                self.remove(dependent, referenced, kind);
            }
        }
    }
}

/// The edges that begin at an object, or at any part of it.
fn edges(
    map: &Map<(Address, Address, Dependency), ()>,
    from: Address,
) -> impl Iterator<Item = (Address, Address, Dependency)> {
    let is_of_it = move |other: &Address| {
        let whole = from.part == 0 && from.class == other.class && from.oid == other.oid;
        whole || *other == from
    };
    map.skip_to(move |(other, _, _)| *other < from && !is_of_it(other))
        .map(|(edge, ())| *edge)
        .take_while(move |(other, _, _)| is_of_it(other))
}
