//! Files whose content a build depends on.

use proc_macro2::TokenStream;
use quote::quote;

/// The content of every file, as bytes that nobody uses: rustc then knows that it must run again when one changes.
///
/// Paths are relative to the crate. A file that is not UTF-8 can be tracked too.
pub(crate) fn tracking<'a>(files: impl IntoIterator<Item = &'a str>) -> TokenStream {
    files
        .into_iter()
        .map(|file| {
            let path = absolute(file);
            quote!(
                const _: &[::core::primitive::u8] = ::core::include_bytes!(#path);
            )
        })
        .collect()
}

/// The absolute path of a file of the crate, which only the crate's own build knows.
pub(super) fn absolute(file: &str) -> TokenStream {
    quote!(::core::concat!(::core::env!("CARGO_MANIFEST_DIR"), "/", #file))
}
