//! The expected schema as Rust.

use proc_macro2::TokenStream;
use quote::quote;
use tablature_model::{Expected, expected};

/// The schema that the last migration leaves behind.
pub(crate) fn schema(schema: &Expected) -> TokenStream {
    let (engine, text) = match schema {
        Expected::Sqlite(schema) => (quote!(Sqlite), expected::write(&*schema.value())),
        Expected::Postgres(schema) => (quote!(Postgres), expected::write(&*schema.value())),
    };
    quote!(::tablature::migration::Expected::#engine(::tablature::migration::Embedded::Text(#text)))
}
