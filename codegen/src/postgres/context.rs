//! What a column, a table or a type becomes: its type in Rust, whether it can be NULL, what a new row has in its place.

use super::check;
use super::decide::{keys, label};
use super::documentation::{self, sql_type};
use super::model::{CheckEnum, CompositeType, EnumType, Field, InNewRow, RowStruct};
use super::rust_type::{GeneratedTypes, RustType, rust_type};
use crate::model::{Overrides, enum_name, variants_named};
use crate::names::{Identifier, Scope, Taken};
use proc_macro2::TokenStream;
use std::collections::BTreeMap;
use tablature_schema::postgres::catalog::{
    Catalog, Column, Identity, Relation, RelationKind, TypeDetails,
};
use tablature_schema::postgres::resolve::{Nullability, shown_column};
use tablature_schema::postgres::types::{Oid, Type, TypeKind};
use tablature_schema::text::Sources;

/// The types of columns of tables, which views that show them share.
pub(super) type ShownTypes = BTreeMap<(Oid, i16), RustType>;

pub(super) fn is_table(relation: &Relation) -> bool {
    match relation.kind {
        RelationKind::Table | RelationKind::Partitioned(_) | RelationKind::Foreign(_) => true,
        RelationKind::View(_)
        | RelationKind::MaterializedView(_)
        | RelationKind::Sequence(_)
        | RelationKind::Index(_)
        | RelationKind::PartitionedIndex(_)
        | RelationKind::Composite => false,
    }
}

/// What all decisions need.
pub(super) struct Context<'a> {
    pub(super) catalog: &'a Catalog,
    pub(super) generated: &'a GeneratedTypes,
    pub(super) nullability: Nullability<'a>,
    pub(super) sources: &'a Sources,
}

impl Context<'_> {
    /// The struct of a table or view.
    pub(super) fn row(
        &self,
        relation: &Relation,
        name: Identifier,
        overrides: &mut Overrides<'_>,
        taken: &mut Taken,
        shown: &mut ShownTypes,
    ) -> RowStruct {
        let keys = keys(self.catalog, relation.namespace, &relation.name);
        let schema = self.catalog.namespace_name(relation.namespace);
        let mut fields = self.fields(relation, &keys, overrides);
        for (position, (field, column)) in
            fields.iter_mut().zip(relation.live_columns()).enumerate()
        {
            match is_table(relation) {
                true => {
                    if !field.ty.is_custom() {
                        field.enumeration =
                            self.check_enum(relation, column, &name, position, taken, &keys[0]);
                    }
                    if let Some(found) = &field.enumeration {
                        field.ty = RustType::Generated(found.name.clone());
                    }
                    shown.insert((relation.oid, column.number), field.ty.clone());
                }
                false => {
                    let origin = shown_column(relation, column.number);
                    let origin = origin.and_then(|it| shown.get(&(it.relation, it.column)));
                    if let (Some(ty), false) = (origin, field.ty.is_custom()) {
                        field.ty = ty.clone();
                    }
                }
            }
        }
        RowStruct {
            name,
            schema: schema.unwrap_or_default().to_owned(),
            relation: relation.name.to_string(),
            is_table: is_table(relation),
            derives: overrides.derives(&keys[0]),
            documentation: documentation::of_relation(self.catalog, relation, self.sources),
            fields,
            label: keys.into_iter().next().unwrap_or_default(),
            new: None,
        }
    }

    fn check_enum(
        &self,
        relation: &Relation,
        column: &Column,
        of: &Identifier,
        position: usize,
        taken: &mut Taken,
        label: &str,
    ) -> Option<CheckEnum> {
        let allowed = check::allowed(self.catalog, relation, column)?;
        let column = format!("{label}.{}", column.name);
        let documentation = documentation::of_check_enum(&column, allowed.constraint, self.sources);
        let (_, name) = column.rsplit_once('.').unwrap_or_default();
        Some(CheckEnum {
            name: enum_name(of, name, taken, position),
            variants: variants_named(allowed.texts),
            documentation,
        })
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
                enumeration: None,
                in_new_row: self.in_new_row(relation, column),
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

    /// Whether a column is never NULL.
    fn is_not_null(&self, relation: &Relation, column: &Column) -> bool {
        self.nullability.is_never_null(relation, column.number)
            || is_table(relation) && self.is_not_null_type(column.typed.oid)
    }

    /// Whether a type is a domain that refuses NULL, or one over such a domain.
    fn is_not_null_type(&self, mut oid: Oid) -> bool {
        while let Some(TypeKind::Domain { base }) = self.catalog.type_of(oid).map(|it| it.kind) {
            let made = self.catalog.made_type(oid).map(|made| &made.more);
            if matches!(made, Some(TypeDetails::Domain(domain)) if domain.not_null) {
                return true;
            }
            oid = base.oid;
        }
        false
    }

    fn in_new_row(&self, relation: &Relation, column: &Column) -> InNewRow {
        match (column.generated, column.identity, &column.default) {
            (Some(_), _, _) => InNewRow::Absent,
            (None, Some(Identity::Always | Identity::ByDefault), _) => InNewRow::Chosen,
            (None, None, Some(default)) => {
                let sequence = check::sequence_of(self.catalog, default);
                let owner = sequence.and_then(|it| self.catalog.owner_of_sequence(it));
                match owner {
                    // `serial`
                    Some((table, number, _))
                        if (table, number) == (relation.oid, column.number) =>
                    {
                        InNewRow::Chosen
                    }
                    Some(_) | None => InNewRow::Default,
                }
            }
            (None, None, None) => InNewRow::Value,
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

    fn schema(&self, found: &Type) -> String {
        let schema = self.catalog.namespace_name(found.namespace);
        schema.unwrap_or_default().to_owned()
    }

    /// The enum of a type.
    pub(super) fn enum_type(
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
            schema: self.schema(found),
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

    /// The struct of a composite type.
    pub(super) fn composite(
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
            schema: self.schema(found),
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
