//! What is generated for a catalog: names, types, nullability.

use super::documentation::{self, sql_type};
use super::rust_type::{GeneratedTypes, RustType, rust_type};
use crate::model::{Known, Overrides, Variant, variants_named};
use crate::names::{self, Identifier, Scope, Taken};
use proc_macro2::TokenStream;
use tablature_schema::postgres::catalog::{
    Catalog, Column, Identity, Persistence, Relation, RelationKind, TypeDetails,
};
use tablature_schema::postgres::types::{Oid, Type, TypeKind};
use tablature_schema::text::Sources;

/// What is generated for a catalog.
pub(crate) struct Rows {
    /// The structs of tables and views, in the order of their creation.
    pub(super) rows: Vec<RowStruct>,
    /// The enums of types.
    pub(super) enums: Vec<EnumType>,
    /// The structs of composite types.
    pub(super) composites: Vec<CompositeType>,
}

/// The struct of a table's or a view's rows.
pub(super) struct RowStruct {
    /// The struct's name.
    pub(super) name: Identifier,
    /// The schema.
    pub(super) schema: String,
    /// The table or view.
    pub(super) relation: String,
    /// As the configuration and messages call it: with its schema, unless that is `public`.
    pub(super) label: String,
    /// Whether rows can be inserted.
    pub(super) is_table: bool,
    /// The derive macros that the configuration adds.
    pub(super) derives: Vec<TokenStream>,
    /// What is said of it.
    pub(super) documentation: Vec<String>,
    /// The columns.
    pub(super) fields: Vec<Field>,
    /// The name of the struct of its new rows, if such a row is not all of it.
    pub(super) new: Option<Identifier>,
}

/// The field of a column, or of a field of a composite type.
pub(super) struct Field {
    /// The field's name.
    pub(super) name: Identifier,
    /// The name of the constant that holds the column's name.
    pub(super) constant: Identifier,
    /// The column's name.
    pub(super) column: String,
    /// The column's type, as the engine prints it.
    pub(super) sql_type: String,
    /// Its type where it is not NULL.
    pub(super) ty: RustType,
    /// Whether it can be NULL.
    pub(super) optional: bool,
    /// What stands behind its parameter, so that the client sends what a domain is over: `::text`.
    pub(super) cast: String,
    /// What a new row has in its place.
    pub(super) in_new_row: InNewRow,
    /// What is said of it.
    pub(super) documentation: Vec<String>,
}

/// What a new row has in the place of a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum InNewRow {
    /// Nothing: the engine computes the column.
    Absent,
    /// Nothing: the engine chooses the value, but takes one where that is wanted.
    Chosen,
    /// A value, or none for what the engine puts there.
    Default,
    /// A value.
    Value,
}

/// The enum of a type.
pub(super) struct EnumType {
    /// The enum's name.
    pub(super) name: Identifier,
    /// The name of the type.
    pub(super) sql_name: String,
    /// Its labels.
    pub(super) variants: Vec<Variant>,
    /// What is said of it.
    pub(super) documentation: Vec<String>,
    /// The derive macros of everything.
    pub(super) derives: Vec<TokenStream>,
}

/// The struct of a composite type.
pub(super) struct CompositeType {
    /// The struct's name.
    pub(super) name: Identifier,
    /// The name of the type.
    pub(super) sql_name: String,
    /// Its fields.
    pub(super) fields: Vec<Field>,
    /// What is said of it.
    pub(super) documentation: Vec<String>,
    /// The derive macros of everything.
    pub(super) derives: Vec<TokenStream>,
}

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
        sources,
    };
    let mut rows: Vec<RowStruct> = Vec::with_capacity(relations.len());
    for (relation, name) in relations.iter().zip(names) {
        rows.push(context.row(relation, name, overrides));
    }
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

impl Rows {
    /// The types and names that keys of the configuration could have meant.
    pub(crate) fn known(&self) -> Known {
        let mut known = Known::default();
        for row in &self.rows {
            known.relations.push(row.label.clone());
            for field in &row.fields {
                known
                    .columns
                    .push(format!("{}.{}", row.label, field.column));
                known.types.push(field.sql_type.to_ascii_uppercase());
            }
        }
        known
    }
}

/// What the configuration can call an object: with its schema, or without where that is in no doubt.
fn keys(catalog: &Catalog, namespace: Oid, name: &str) -> [String; 2] {
    [label(catalog, namespace, name), name.to_owned()]
}

/// A name with its schema, unless that is `public`.
fn label(catalog: &Catalog, namespace: Oid, name: &str) -> String {
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

struct Context<'a> {
    catalog: &'a Catalog,
    generated: &'a GeneratedTypes,
    sources: &'a Sources,
}

impl Context<'_> {
    fn row(
        &self,
        relation: &Relation,
        name: Identifier,
        overrides: &mut Overrides<'_>,
    ) -> RowStruct {
        let keys = keys(self.catalog, relation.namespace, &relation.name);
        let is_table = match relation.kind {
            RelationKind::Table | RelationKind::Partitioned(_) | RelationKind::Foreign(_) => true,
            RelationKind::View(_)
            | RelationKind::MaterializedView(_)
            | RelationKind::Sequence(_)
            | RelationKind::Index(_)
            | RelationKind::PartitionedIndex(_)
            | RelationKind::Composite => false,
        };
        let schema = self.catalog.namespace_name(relation.namespace);
        RowStruct {
            name,
            schema: schema.unwrap_or_default().to_owned(),
            relation: relation.name.to_string(),
            is_table,
            derives: overrides.derives(&keys[0]),
            documentation: documentation::of_relation(self.catalog, relation, self.sources),
            fields: self.fields(relation, &keys, overrides),
            label: keys.into_iter().next().unwrap_or_default(),
            new: None,
        }
    }

    fn fields(
        &self,
        relation: &Relation,
        keys: &[String; 2],
        overrides: &mut Overrides<'_>,
    ) -> Vec<Field> {
        let mut scope = Scope::new();
        let mut fields = Vec::new();
        for column in relation.live_columns() {
            let (name, constant) = scope.names(&column.name, fields.len());
            let by_column = keys
                .iter()
                .find_map(|key| overrides.by_column(key, &column.name));
            let ty = self.ty(column, by_column, overrides);
            fields.push(Field {
                name,
                constant,
                column: column.name.to_string(),
                sql_type: sql_type(self.catalog, column.typed),
                ty,
                optional: !self.is_not_null(relation, column),
                cast: self.cast(column),
                in_new_row: in_new_row(column),
                documentation: documentation::of_column(
                    self.catalog,
                    relation,
                    column,
                    self.sources,
                ),
            });
        }
        fields
    }

    fn ty(
        &self,
        column: &Column,
        by_column: Option<TokenStream>,
        overrides: &mut Overrides<'_>,
    ) -> RustType {
        // All are asked, so that a key which another one overrides does not pass for a mistake.
        let text = sql_type(self.catalog, column.typed);
        let by_text = overrides.by_type(&text);
        let found = self.catalog.type_of(column.typed.oid);
        let by_name = found.and_then(|found| overrides.by_type(&found.name));
        match by_column.or(by_text).or(by_name) {
            Some(tokens) => RustType::Custom(tokens),
            None => rust_type(self.catalog, column.typed.oid, self.generated),
        }
    }

    /// Whether a column is never NULL. What a view computes may be, whatever it is made of: a join can miss a row.
    fn is_not_null(&self, relation: &Relation, column: &Column) -> bool {
        let mut oid = column.typed.oid;
        let mut not_null = column.not_null;
        while let Some(found) = self.catalog.type_of(oid) {
            let TypeKind::Domain { base } = found.kind else {
                break;
            };
            let made = self.catalog.made_type(oid);
            not_null |= made.is_some_and(
                |made| matches!(&made.more, TypeDetails::Domain(domain) if domain.not_null),
            );
            oid = base.oid;
        }
        match relation.kind {
            RelationKind::View(_) | RelationKind::MaterializedView(_) => column.not_null,
            _ => not_null,
        }
    }

    /// A domain's parameter is sent as what the domain is over, as the clients know nothing of domains.
    fn cast(&self, column: &Column) -> String {
        let mut oid = column.typed.oid;
        let mut base = None;
        while let Some(TypeKind::Domain { base: inner }) =
            self.catalog.type_of(oid).map(|it| it.kind)
        {
            oid = inner.oid;
            base = Some(inner);
        }
        match base {
            Some(base) => format!("::{}", sql_type(self.catalog, base)),
            None => String::new(),
        }
    }

    fn enum_type(
        &self,
        found: &Type,
        name: &Identifier,
        overrides: &mut Overrides<'_>,
    ) -> Option<EnumType> {
        let made = self.catalog.made_type(found.oid)?;
        let TypeDetails::Enum(labels) = &made.more else {
            return None;
        };
        let labels = labels.iter().map(|label| label.label.to_string());
        Some(EnumType {
            name: name.clone(),
            sql_name: found.name.to_string(),
            variants: variants_named(labels.collect()),
            documentation: documentation::of_type(
                self.catalog,
                found,
                "values of the enum",
                self.sources,
            ),
            derives: overrides.derives(&label(self.catalog, found.namespace, &found.name)),
        })
    }

    fn composite(
        &self,
        found: &Type,
        relation: Oid,
        name: &Identifier,
        overrides: &mut Overrides<'_>,
    ) -> Option<CompositeType> {
        let relation = self.catalog.relation(relation)?;
        let keys = keys(self.catalog, found.namespace, &found.name);
        Some(CompositeType {
            name: name.clone(),
            sql_name: found.name.to_string(),
            fields: self.fields(relation, &keys, overrides),
            documentation: documentation::of_type(
                self.catalog,
                found,
                "a value of the composite type",
                self.sources,
            ),
            derives: overrides.derives(&keys[0]),
        })
    }
}

fn in_new_row(column: &Column) -> InNewRow {
    match (column.generated, column.identity, &column.default) {
        (Some(_), _, _) => InNewRow::Absent,
        (None, Some(Identity::Always), _) => InNewRow::Chosen,
        (None, Some(Identity::ByDefault), _) | (None, None, Some(_)) => InNewRow::Default,
        (None, None, None) => InNewRow::Value,
    }
}
