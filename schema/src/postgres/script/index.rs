//! Indexes.

use super::Script;
use crate::postgres::catalog::{Relation, ReplicaIdentity};
use crate::postgres::print;
use crate::postgres::types::Oid;

impl Script<'_> {
    /// An index that no constraint keeps.
    pub(super) fn index(&mut self, relation: &Relation) {
        if let Some(definition) = print::index_definition(self.catalog, relation.oid) {
            self.push(definition);
            self.attach_index(relation.oid);
            self.index_marks(relation);
        }
    }

    /// Has the index of a partition be a part of its parent's.
    pub(super) fn attach_index(&mut self, oid: Oid) {
        let parent = self.catalog.relation(oid).and_then(|it| it.parents.first());
        if let Some(parent) = parent {
            let parent = self.relation_name(*parent);
            let name = self.relation_name(oid);
            self.push(format!("ALTER INDEX {parent} ATTACH PARTITION {name}"));
        }
    }

    /// What the definition of a constraint does not say of its index.
    pub(super) fn index_settings(&mut self, oid: Oid) {
        let Some(relation) = self.catalog.relation(oid) else {
            return;
        };
        if !relation.options.is_empty() {
            let options = relation.options.iter().map(|it| self.option(it));
            let options: Vec<String> = options.collect();
            let name = self.relation_name(oid);
            self.push(format!("ALTER INDEX {name} SET ({})", options.join(", ")));
        }
        self.index_marks(relation);
    }

    /// CLUSTER ON and REPLICA IDENTITY.
    fn index_marks(&mut self, relation: &Relation) {
        let Some(index) = relation.index() else {
            return;
        };
        let table = self.relation_name(index.table);
        let name = self.name(&relation.name);
        if index.clustered {
            self.push(format!("ALTER TABLE {table} CLUSTER ON {name}"));
        }
        let of_table = self.catalog.relation(index.table);
        let identity = of_table.map(|it| it.replica_identity);
        if identity == Some(ReplicaIdentity::Index(relation.oid)) {
            self.push(format!(
                "ALTER TABLE {table} REPLICA IDENTITY USING INDEX {name}"
            ));
        }
    }
}
