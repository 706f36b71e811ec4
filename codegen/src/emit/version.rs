//! The structs of the schema that a step finds, in a module of their own.

use super::{allow, documentation};
use proc_macro2::{Group, TokenStream, TokenTree};
use quote::{format_ident, quote};

/// `pub mod at_7 { … }`.
pub(crate) fn version(number: i64, rows: TokenStream) -> TokenStream {
    let name = format_ident!("at_{}", number.to_string().replace('-', "minus_"));
    let docs = documentation(&[format!(
        "The rows of the schema that the step of migration {number} finds."
    )]);
    let allow = allow();
    let rows = one_deeper(rows);
    quote! {
        #docs
        #allow
        #[allow(unused_imports)]
        pub mod #name {
            // The types that the configuration names are written as they are called outside.
            use super::*;
            #rows
        }
    }
}

/// Items that mean the same one module further in: types of the configuration may begin with `self` and `super`.
fn one_deeper(items: TokenStream) -> TokenStream {
    let tokens: Vec<TokenTree> = items.into_iter().collect();
    let is_colon = |at: Option<usize>| {
        let token = at.and_then(|at| tokens.get(at));
        matches!(token, Some(TokenTree::Punct(mark)) if mark.as_char() == ':')
    };
    let is_separator = |at: Option<usize>| is_colon(at) && is_colon(at.map(|at| at + 1));
    let mut moved = TokenStream::new();
    for (at, token) in tokens.iter().enumerate() {
        let begins_path = !is_separator(at.checked_sub(2));
        moved.extend(match token {
            TokenTree::Group(group) => {
                let inner = one_deeper(group.stream());
                quote_group(group, inner)
            }
            TokenTree::Ident(word) if begins_path && word == "super" => quote!(super::super),
            TokenTree::Ident(word) if word == "self" && is_separator(Some(at + 1)) => quote!(super),
            other => other.clone().into(),
        });
    }
    moved
}

fn quote_group(group: &Group, inner: TokenStream) -> TokenStream {
    let mut moved = Group::new(group.delimiter(), inner);
    moved.set_span(group.span());
    TokenTree::Group(moved).into()
}

#[cfg(test)]
mod tests {
    use super::one_deeper;
    use quote::quote;

    #[test]
    fn paths_mean_what_they_meant_outside() {
        let outside = quote! {
            pub struct Self_ { a: super::A, b: self::b::B, c: Vec<super::super::C>, d: crate::D, e: ::std::E }
            impl X { fn x(&self) { self.a.x() } }
        };
        let inside = quote! {
            pub struct Self_ { a: super::super::A, b: super::b::B, c: Vec<super::super::super::C>, d: crate::D, e: ::std::E }
            impl X { fn x(&self) { self.a.x() } }
        };
        assert_eq!(one_deeper(outside).to_string(), inside.to_string());
    }
}
