//! What types of the configuration have to be.

use crate::model::CustomType;
use crate::names::Identifier;
use proc_macro2::TokenStream;
use quote::quote;

/// A use of the type that compiles only if it can be a column's. The error names the function, and so the key.
pub(crate) fn column_type(found: &CustomType) -> TokenStream {
    let name = Identifier::snake(&format!("types {}", found.key));
    let Some(name) = name.map(|name| name.token()) else {
        return TokenStream::new();
    };
    let ty = &found.tokens;
    quote! {
        const _: () = {
            const fn #name<T: ::tablature::row::ColumnType>() {}
            #name::<#ty>();
        };
    }
}
