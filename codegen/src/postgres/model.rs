//! What is generated for a catalog, as data: names, types, nullability.

use super::rust_type::RustType;
use crate::model::{Known, Variant};
use crate::names::Identifier;
use proc_macro2::TokenStream;

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
    /// The enum of the strings that its CHECK lists.
    pub(super) enumeration: Option<CheckEnum>,
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

/// The enum of a column of strings.
pub(super) struct CheckEnum {
    /// The enum's name.
    pub(super) name: Identifier,
    /// The strings.
    pub(super) variants: Vec<Variant>,
    /// What is said of it.
    pub(super) documentation: Vec<String>,
}

/// The enum of a type.
pub(super) struct EnumType {
    /// The enum's name.
    pub(super) name: Identifier,
    /// The schema of the type.
    pub(super) schema: String,
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
    /// The schema of the type.
    pub(super) schema: String,
    /// The name of the type.
    pub(super) sql_name: String,
    /// Its fields.
    pub(super) fields: Vec<Field>,
    /// What is said of it.
    pub(super) documentation: Vec<String>,
    /// The derive macros of everything.
    pub(super) derives: Vec<TokenStream>,
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
