//! Tokens from the model.

mod borrowed;
mod column_type;
mod derive;
mod enumeration;
mod insert;
mod migrations;
mod new_row;
mod reversal;
mod row;
mod schema;
mod tracking;
mod version;

pub(crate) use column_type::column_type;
#[cfg(feature = "postgres")]
pub(crate) use derive::{Derived, derive};
#[cfg(feature = "postgres")]
pub(crate) use enumeration::value_enum;
pub(crate) use migrations::{migrations, no_migrations};
#[cfg(feature = "postgres")]
pub(crate) use row::optional;
pub(crate) use row::row;
pub(crate) use tracking::tracking;
pub(crate) use version::version;

use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// A `#[doc]` attribute of some paragraphs.
pub(crate) fn documentation(paragraphs: &[String]) -> TokenStream {
    // Rustfmt and rustdoc write a space after `///`.
    let text = format!(" {}", paragraphs.join("\n\n "));
    quote!(#[doc = #text])
}

/// What the user's lints may say of items that nobody wrote.
///
/// `missing_docs` is not among them: everything public is documented.
pub(crate) fn allow() -> TokenStream {
    quote! {
        #[allow(
            dead_code,
            missing_copy_implementations,
            non_camel_case_types,
            non_snake_case,
            non_upper_case_globals,
            unreachable_pub,
            unused_qualifications,
            clippy::all,
            clippy::nursery,
            clippy::pedantic
        )]
    }
}

/// The same for the implementation of a trait, whose names are the trait's.
pub(crate) fn allow_in_trait() -> TokenStream {
    quote!(#[allow(unused_qualifications, clippy::all, clippy::nursery, clippy::pedantic)])
}

/// A number without its type, which its place gives.
pub(crate) fn number(number: usize) -> Literal {
    Literal::usize_unsuffixed(number)
}

/// An optional value.
fn option(value: Option<TokenStream>) -> TokenStream {
    match value {
        Some(value) => quote!(::core::option::Option::Some(#value)),
        None => quote!(::core::option::Option::None),
    }
}
