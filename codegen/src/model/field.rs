//! The fields of a row struct.

use super::enumeration::{self, Enumeration};
use super::overrides::Overrides;
use super::{ColumnTypes, Taken};
use crate::module::ModuleColumn;
use crate::names::{Identifier, Scope};
use crate::types::Plain;
use proc_macro2::TokenStream;
use tablature_schema::catalog::Key;
use tablature_schema::sqlite::catalog::{
    Catalog, Column, Content, Nullability, Table, View, ViewColumn,
};

/// A field.
pub(crate) struct Field<'a> {
    /// The field's name.
    pub(crate) name: Identifier,
    /// The name of the constant that holds the column's name.
    pub(crate) constant: Identifier,
    /// The column's name.
    pub(crate) column: &'a str,
    /// The column's declared type; empty if it has none.
    pub(crate) declared_type: &'a str,
    /// Its type where it is not NULL.
    pub(crate) ty: FieldType,
    /// Whether it can be NULL.
    pub(crate) optional: bool,
    /// What it shows.
    pub(crate) origin: Origin<'a>,
    /// The enum that is generated for it.
    pub(crate) enumeration: Option<Enumeration>,
}

/// What a field shows.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Origin<'a> {
    /// A column of the struct's table.
    Table(&'a Table, &'a Column),
    /// A column of the struct's view, and the column of a table that it shows unchanged.
    View(Option<(&'a Table, &'a Column)>),
}

/// The type of a field.
#[derive(Debug, Clone)]
pub(crate) enum FieldType {
    /// What the declared type says.
    Plain(Plain),
    /// An enum that is generated.
    Enum(Identifier),
    /// What the configuration says.
    Custom(TokenStream),
}

/// What a new row has in the place of a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum InNewRow<'a> {
    /// Nothing: the engine computes the column, or chooses it as the key.
    Absent,
    /// A value, or none for the default of this expression.
    Default(&'a str),
    /// A value.
    Value,
}

impl<'a> Field<'a> {
    /// Whether a row that is inserted as it is has a value for it.
    pub(crate) fn is_written(&self) -> bool {
        match self.origin {
            Origin::Table(_, column) => column.generated.is_none(),
            Origin::View(_) => false,
        }
    }

    /// Whether its value can lie in the memory of the statement that it is read from.
    pub(crate) fn is_borrowed(&self) -> bool {
        match self.ty {
            FieldType::Plain(Plain::Text | Plain::Bytes | Plain::Value) => true,
            FieldType::Plain(
                Plain::Integer | Plain::Boolean | Plain::Real | Plain::Single | Plain::Small,
            )
            | FieldType::Enum(_)
            | FieldType::Custom(_) => false,
        }
    }

    /// Whether it is the rowid.
    pub(crate) fn is_key(&self) -> bool {
        match self.origin {
            Origin::Table(table, column) => {
                let key = table.rowid_alias().and_then(|key| table.columns.get(key));
                key.is_some_and(|key| std::ptr::eq(key, column))
            }
            Origin::View(_) => false,
        }
    }

    /// What a new row has in its place.
    pub(crate) fn in_new_row(&self) -> InNewRow<'a> {
        let column = match self.origin {
            Origin::Table(_, column) if self.is_written() && !self.is_key() => column,
            Origin::Table(..) | Origin::View(_) => return InNewRow::Absent,
        };
        match &column.default {
            Some(default) if !default.null => InNewRow::Default(&default.expression),
            Some(_) | None => InNewRow::Value,
        }
    }
}

/// The fields of a table's rows.
pub(super) fn of_table<'a>(
    table: &'a Table,
    struct_name: &Identifier,
    overrides: &mut Overrides<'_>,
    taken: &mut Taken,
    types: &mut ColumnTypes,
) -> Vec<Field<'a>> {
    let key = Key::new(&table.name);
    let mut scope = Scope::new();
    let mut fields = Vec::with_capacity(table.columns.len());
    for (position, column) in table.columns.iter().enumerate() {
        if column.hidden {
            continue;
        }
        let (name, constant) = scope.names(&column.name, fields.len());
        // Both are asked, so that a key which another one overrides does not pass for a mistake.
        let by_type = overrides.by_type(&column.declared_type);
        let custom = overrides.by_column(&table.name, &column.name).or(by_type);
        let mut enumeration = None;
        let ty = if let Some(tokens) = custom {
            FieldType::Custom(tokens)
        } else if let Some((variants, check)) = enumeration::variants(table, position) {
            let enum_name = enum_name(struct_name, &column.name, taken, position);
            enumeration = Some(Enumeration {
                name: enum_name.clone(),
                variants,
                check,
            });
            FieldType::Enum(enum_name)
        } else {
            FieldType::Plain(Plain::of_column(table, position))
        };
        types.insert((key.clone(), position), ty.clone());
        fields.push(Field {
            name,
            constant,
            column: &column.name,
            declared_type: &column.declared_type,
            ty,
            optional: match ModuleColumn::of(table, position) {
                Some(kept) => kept.is_optional(),
                None => !column.not_null && table.rowid_alias() != Some(position),
            },
            origin: Origin::Table(table, column),
            enumeration,
        });
    }
    fields
}

/// The fields of a view's rows.
pub(super) fn of_view<'a>(
    view: &'a View,
    catalog: &'a Catalog,
    overrides: &mut Overrides<'_>,
    types: &ColumnTypes,
) -> Vec<Field<'a>> {
    let mut scope = Scope::new();
    let columns = view.columns.as_deref().unwrap_or_default();
    let mut fields = Vec::with_capacity(columns.len());
    for column in columns {
        let (name, constant) = scope.names(&column.name, fields.len());
        let origin = origin(column, catalog);
        let ty = match overrides.by_column(&view.name, &column.name) {
            Some(tokens) => FieldType::Custom(tokens),
            None => view_type(&column.content, overrides, types),
        };
        fields.push(Field {
            name,
            constant,
            column: &column.name,
            declared_type: &column.declared_type,
            ty,
            optional: column.nullability == Nullability::Nullable,
            origin: Origin::View(origin),
            enumeration: None,
        });
    }
    fields
}

/// The column of a table that a view's column shows unchanged.
fn origin<'a>(column: &ViewColumn, catalog: &'a Catalog) -> Option<(&'a Table, &'a Column)> {
    let (database, key, position) = column.origin.as_ref()?;
    let table = catalog
        .databases
        .get(*database)?
        .relations
        .get(key)?
        .table()?;
    Some((table, table.columns.get(*position)?))
}

fn view_type(content: &Content, overrides: &mut Overrides<'_>, types: &ColumnTypes) -> FieldType {
    let shared = content
        .column
        .as_ref()
        .and_then(|(database, key, position)| {
            let main = *database == Catalog::MAIN;
            main.then(|| types.get(&(key.clone(), *position)))?
        });
    if let Some(shared) = shared {
        return shared.clone();
    }
    let declared = content.declared_type.as_deref().unwrap_or_default();
    match overrides.by_type(declared) {
        Some(tokens) => FieldType::Custom(tokens),
        None => FieldType::Plain(Plain::of_content(content)),
    }
}

/// The name of the enum of a column.
pub(crate) fn enum_name(
    struct_name: &Identifier,
    column: &str,
    taken: &mut Taken,
    position: usize,
) -> Identifier {
    let fallback = Identifier::numbered("Column", position + 1);
    let column = Identifier::camel(column).unwrap_or(fallback);
    let name = struct_name.with_suffix(column.as_str().trim_start_matches('_'));
    let other = name.with_suffix("Value");
    taken.unique([Some(name.clone()), Some(other)], name, "")
}
