//! The derive macros of structs and enums.

use proc_macro2::TokenStream;
use quote::quote;

/// `#[derive(…)]` with the macros that everything of a kind has and those that the configuration adds.
///
/// `own` are names of the standard library's. One that the configuration names again is derived once.
pub(crate) fn derive(own: &[Derived], more: &[TokenStream]) -> TokenStream {
    let names: Vec<&str> = own.iter().map(|derived| derived.name()).collect();
    let more = more.iter().filter(|path| {
        let standard = standard_name(path);
        standard.is_none_or(|name| !names.contains(&name.as_str()))
    });
    let own = own.iter().map(|derived| derived.path());
    let paths = own.chain(more.cloned());
    quote!(#[derive(#(#paths),*)])
}

/// Whether a path is that of one of serde's derive macros.
pub(crate) fn is_serde(path: &TokenStream) -> bool {
    let text = path.to_string().replace(' ', "");
    let path = text.trim_start_matches("::");
    matches!(path, "serde::Serialize" | "serde::Deserialize")
}

/// A derive macro of the standard library.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Derived {
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    Default,
}

impl Derived {
    fn name(self) -> &'static str {
        match self {
            Derived::Debug => "Debug",
            Derived::Clone => "Clone",
            Derived::Copy => "Copy",
            Derived::PartialEq => "PartialEq",
            Derived::Eq => "Eq",
            Derived::Hash => "Hash",
            Derived::Default => "Default",
        }
    }

    fn path(self) -> TokenStream {
        match self {
            Derived::Debug => quote!(::core::fmt::Debug),
            Derived::Clone => quote!(::core::clone::Clone),
            Derived::Copy => quote!(::core::marker::Copy),
            Derived::PartialEq => quote!(::core::cmp::PartialEq),
            Derived::Eq => quote!(::core::cmp::Eq),
            Derived::Hash => quote!(::core::hash::Hash),
            Derived::Default => quote!(::core::default::Default),
        }
    }
}

/// The last name of a path that is one name or begins at the standard library.
fn standard_name(path: &TokenStream) -> Option<String> {
    let text = path.to_string().replace(' ', "");
    let mut segments = text.trim_start_matches("::").split("::");
    let first = segments.next()?;
    match (first, segments.last()) {
        (only, None) => Some(only.to_owned()),
        ("core" | "std", Some(last)) => Some(last.to_owned()),
        (_, Some(_)) => None,
    }
}
