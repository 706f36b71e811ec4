//! The expected schema as Rust.

use proc_macro2::TokenStream;
use quote::quote;
use tablature_model::expected;
use tablature_model::schema::Schema;

/// The schema that the last migration leaves behind.
pub(crate) fn schema(schema: &Schema) -> TokenStream {
    let text = expected::write(schema);
    quote!(::tablature::migration::Expected::Sqlite(::tablature::migration::Embedded::Text(#text)))
}
