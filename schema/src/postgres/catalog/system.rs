//! The tables and views that every database has, as relations of the catalog.

use super::{
    Catalog, Column, Persistence, Relation, RelationKind, ReplicaIdentity, RowSecurity, View,
};
use crate::postgres::builtin::{Builtin, FIRST_VERSION, LAST_VERSION, SystemRelation};
use crate::postgres::types::{Attribute, Oid};
use std::collections::HashMap;
use std::sync::OnceLock;

/// Those of a version, each made when it is first asked for.
type Relations = HashMap<Oid, OnceLock<Relation>>;

/// The system's relations of every version that is known.
static RELATIONS: [OnceLock<Relations>; VERSIONS] = [const { OnceLock::new() }; VERSIONS];
const VERSIONS: usize = (LAST_VERSION - FIRST_VERSION) as usize + 1;

impl Catalog {
    /// Puts a table or view into the catalog that an extension brings, with its number.
    pub fn put_system_relation(&mut self, row: &SystemRelation) {
        self.relations.put(relation_of(self.builtin(), row));
    }

    /// A table or view of the system.
    pub(super) fn system_relation(&self, oid: Oid) -> Option<&'static Relation> {
        let row = self.builtin().relations().get(oid)?;
        let version = self.version.clamp(FIRST_VERSION, LAST_VERSION) - FIRST_VERSION;
        let of_version = RELATIONS.get(usize::from(version))?;
        let relations = of_version.get_or_init(|| {
            let all = self.builtin().relations().all().iter();
            all.map(|row| (row.oid, OnceLock::new())).collect()
        });
        let relation = relations.get(&oid)?;
        Some(relation.get_or_init(|| relation_of(self.builtin(), row)))
    }
}

fn relation_of(builtin: &Builtin, row: &SystemRelation) -> Relation {
    let kind = match row.kind {
        'v' => RelationKind::View(View::default()),
        'c' => RelationKind::Composite,
        _ => RelationKind::Table,
    };
    Relation {
        oid: row.oid,
        name: row.name.as_ref().into(),
        namespace: row.namespace,
        owner: Catalog::OWNER,
        kind,
        persistence: Persistence::Permanent,
        row_type: row.row_type,
        columns: row.columns().map(|it| column_of(builtin, &it)).collect(),
        options: Vec::new(),
        tablespace: None,
        access_method: None,
        of_type: None,
        parents: Vec::new(),
        children: Vec::new(),
        bound: None,
        indexes: Vec::new(),
        row_security: RowSecurity::default(),
        replica_identity: ReplicaIdentity::default(),
        incomplete: false,
        provenance: None,
    }
}

fn column_of(builtin: &Builtin, attribute: &Attribute) -> Column {
    let of_type = builtin.types().get(attribute.value.oid);
    let of_type = of_type.and_then(|found| found.collation);
    let collation = attribute.value.collation.or(of_type);
    let typed = attribute.value.collated(collation);
    Column {
        not_null: attribute.not_null,
        ..Column::new(attribute.number, attribute.name.as_ref().into(), typed)
    }
}
