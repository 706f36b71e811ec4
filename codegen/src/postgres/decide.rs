//! Decides what is generated for a catalog: which tables, views and types have something, and what it is called.

use super::context::{Context, ShownTypes, is_table};
use super::model::{Field, InNewRow, RowStruct, Rows};
use super::rust_type::GeneratedTypes;
use crate::model::Overrides;
use crate::names::{self, Identifier, Taken};
use tablature_schema::postgres::catalog::{Catalog, Persistence, Relation, RelationKind};
use tablature_schema::postgres::resolve::Nullability;
use tablature_schema::postgres::types::{Oid, Type, TypeKind};
use tablature_schema::text::Sources;

/// Decides what is generated for a catalog.
pub(crate) fn rows(catalog: &Catalog, overrides: &mut Overrides<'_>, sources: &Sources) -> Rows {
    let mut taken = Taken::default();
    overrides.take_names(&mut taken);
    let relations: Vec<&Relation> = catalog
        .relations
        .iter()
        .map(AsRef::as_ref)
        .filter(|relation| has_rows(catalog, relation))
        .collect();
    // All structs of tables are named before any type, so that a type never renames one.
    let names: Vec<Identifier> = relations
        .iter()
        .map(|relation| {
            let keys = keys(catalog, relation.namespace, &relation.name);
            let chosen = keys.iter().find_map(|key| overrides.struct_name(key));
            chosen.unwrap_or_else(|| {
                if let Some(own) = names::struct_name(&relation.name) {
                    overrides.is_name_of(&keys[0], &own);
                }
                unique(catalog, relation.namespace, &relation.name, &mut taken)
            })
        })
        .collect();
    let mut generated = GeneratedTypes::new();
    let types: Vec<&Type> = catalog
        .types
        .iter()
        .filter(|made| made.provenance.is_some() && is_own_type(catalog, &made.object))
        .map(|made| &made.object)
        .collect();
    for found in &types {
        let name = unique(catalog, found.namespace, &found.name, &mut taken);
        generated.insert(found.oid, name);
    }
    let context = Context {
        catalog,
        generated: &generated,
        nullability: Nullability::new(catalog),
        sources,
    };
    let mut shown = ShownTypes::new();
    let mut rows: Vec<(usize, RowStruct)> = Vec::with_capacity(relations.len());
    // A view shows columns of tables, whatever was created first.
    let (tables, views): (Vec<_>, Vec<_>) = relations
        .iter()
        .zip(names)
        .enumerate()
        .partition(|(_, (relation, _))| is_table(relation));
    for (place, (relation, name)) in tables.into_iter().chain(views) {
        let row = context.row(relation, name, overrides, &mut taken, &mut shown);
        rows.push((place, row));
    }
    rows.sort_by_key(|(place, _)| *place);
    let mut rows: Vec<RowStruct> = rows.into_iter().map(|(_, row)| row).collect();
    for row in &mut rows {
        let is_less = |field: &Field| field.in_new_row != InNewRow::Value;
        if row.is_table && row.fields.iter().any(is_less) {
            let name = row.name.with_prefix("New");
            let other = name.with_suffix("Row");
            row.new = Some(taken.unique([Some(name.clone()), Some(other)], name, ""));
        }
    }
    let mut enums = Vec::new();
    let mut composites = Vec::new();
    for found in types {
        let Some(name) = generated.get(&found.oid) else {
            continue;
        };
        match found.kind {
            TypeKind::Enum => enums.extend(context.enum_type(found, name, overrides)),
            TypeKind::Composite { relation } => {
                composites.extend(context.composite(found, relation, name, overrides));
            }
            _ => {}
        }
    }
    Rows {
        rows,
        enums,
        composites,
    }
}

/// What the configuration can call an object: with its schema, or without where that is in no doubt.
pub(super) fn keys(catalog: &Catalog, namespace: Oid, name: &str) -> [String; 2] {
    let label = label(catalog, namespace, name);
    let relations = catalog.relations.iter();
    let mut others = relations.filter(|it| it.namespace != namespace && *it.name == *name);
    let plain = match others.next() {
        Some(_) => label.clone(),
        None => name.to_owned(),
    };
    [label, plain]
}

/// A name with its schema, unless that is `public`.
pub(super) fn label(catalog: &Catalog, namespace: Oid, name: &str) -> String {
    match catalog.namespace_name(namespace) {
        Some("public") | None => name.to_owned(),
        Some(schema) => format!("{schema}.{name}"),
    }
}

/// A struct's name from that of its table or type: with the schema where another has it.
fn unique(catalog: &Catalog, namespace: Oid, name: &str, taken: &mut Taken) -> Identifier {
    let schema = catalog.namespace_name(namespace).unwrap_or_default();
    let candidates = [
        names::struct_name(name),
        names::struct_name(&format!("{schema}_{name}")),
        names::plural_struct_name(name),
    ];
    taken.unique(candidates, Identifier::numbered("Row", 1), "")
}

/// Whether a relation's rows are the application's: a partition's are its table's.
fn has_rows(catalog: &Catalog, relation: &Relation) -> bool {
    let is_kind = match relation.kind {
        RelationKind::Table
        | RelationKind::Partitioned(_)
        | RelationKind::Foreign(_)
        | RelationKind::View(_)
        | RelationKind::MaterializedView(_) => true,
        RelationKind::Sequence(_)
        | RelationKind::Index(_)
        | RelationKind::PartitionedIndex(_)
        | RelationKind::Composite => false,
    };
    is_kind
        && relation.provenance.is_some()
        && relation.persistence != Persistence::Temporary
        && relation.bound.is_none()
        && catalog.namespace_name(relation.namespace).is_some()
}

/// Whether a type has an enum or a struct of its own: the rows of tables have theirs already.
fn is_own_type(catalog: &Catalog, found: &Type) -> bool {
    match found.kind {
        TypeKind::Enum => true,
        TypeKind::Composite { relation } => catalog
            .relation(relation)
            .is_some_and(|it| matches!(it.kind, RelationKind::Composite)),
        TypeKind::Base
        | TypeKind::Domain { .. }
        | TypeKind::Pseudo
        | TypeKind::Range { .. }
        | TypeKind::Multirange { .. }
        | TypeKind::Shell => false,
    }
}
