//! Tokens of rows of PostgreSQL.

mod composite;
mod enumeration;
mod insert;
mod row;

use super::model::Rows;
use proc_macro2::TokenStream;

/// The structs of tables and views, and the enums and structs of types.
pub(crate) fn rows(rows: &Rows) -> TokenStream {
    let mut tokens = TokenStream::new();
    for row in &rows.rows {
        tokens.extend(row::row(row));
    }
    for found in &rows.enums {
        tokens.extend(enumeration::enumeration(found));
    }
    for found in &rows.composites {
        tokens.extend(composite::composite(found));
    }
    tokens
}

/// A name as SQL that means it whatever its letters.
fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}
