//! Tokens of rows of PostgreSQL.

mod composite;
mod enumeration;
mod insert;
mod row;

use super::model::Rows;
use proc_macro2::TokenStream;
use quote::quote;

/// The structs of tables and views, and the enums and structs of types.
pub(crate) fn rows(rows: &Rows) -> TokenStream {
    let mut tokens = TokenStream::new();
    for row in &rows.rows {
        tokens.extend(row::row(row));
        for found in row.fields.iter().filter_map(|it| it.enumeration.as_ref()) {
            tokens.extend(enumeration::of_check(found, &row.derives));
        }
    }
    for found in &rows.enums {
        tokens.extend(enumeration::enumeration(found));
    }
    for found in &rows.composites {
        tokens.extend(composite::composite(found));
    }
    tokens
}

/// The condition under which a type of the engine is the one that something was generated for. One in `public` may be in
/// whichever schema the search path says.
fn is_type(schema: &str, name: &str) -> TokenStream {
    match schema {
        "public" => quote!(ty.name() == #name),
        schema => quote!(ty.name() == #name && ty.schema() == #schema),
    }
}

/// A name as SQL that means it whatever its letters.
fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}
