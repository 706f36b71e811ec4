//! What belongs to the migrations' own schema: neither the engine's, nor temporary, nor an extension's.

use super::{Address, Catalog, Dependency, Persistence, Relation};
use crate::postgres::types::Oid;

impl Catalog {
    /// Whether a schema is neither the engine's nor that of temporary objects.
    #[must_use]
    pub fn is_lasting(&self, namespace: Oid) -> bool {
        let name = self.namespace_name(namespace);
        name.is_some_and(|name| !name.starts_with("pg_") && name != "information_schema")
    }

    /// The extension that brought an object.
    #[must_use]
    pub fn extension_of(&self, object: Address) -> Option<Oid> {
        let mut edges = self.dependencies.of(object);
        let found = edges.find(|(_, _, kind)| *kind == Dependency::Extension);
        found.map(|(_, extension, _)| extension.oid)
    }

    /// The relations that migrations made and that outlive the connection, in the order of their creation.
    pub fn lasting_relations(&self) -> impl Iterator<Item = &Relation> {
        let all = self.relations.iter().map(AsRef::as_ref);
        all.filter(|it: &&Relation| {
            it.persistence != Persistence::Temporary
                && self.is_lasting(it.namespace)
                && self.extension_of(Address::relation(it.oid)).is_none()
        })
    }
}
