//! The `migrations!` macro: finds the directory, has it checked, and emits what is generated from it.

use proc_macro2::{Span, TokenStream};
use std::path::{Path, PathBuf};
use syn::LitStr;
use tablature_codegen::{compile_error, expand};
use tablature_schema::directory::Directory;
use tablature_schema::{Options, check};

/// Checks a directory of SQL migrations and brings it into the program.
///
/// The argument is the path of the directory, relative to the directory of the crate's `Cargo.toml`.
///
/// ```text
/// tablature::migrations!("migrations");
/// ```
///
/// The macro stands where items stand, once in a module, and leaves behind
/// - `MIGRATIONS`, which applies the migrations to a database;
/// - a struct for each table and view, which reads and writes its rows;
/// - an enum for each column that `CHECK (column IN ('a', …))` limits to some strings.
///
/// # Errors
///
/// A migration that the engine would refuse is a compile error that shows its line. What else is worth a word is a
/// warning; `tablature.toml`, or `-- tablature: allow(…)` in the SQL, sets its level, and `#![allow(deprecated)]`
/// silences all of them.
#[proc_macro]
pub fn migrations(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    // A panic would be a mistake of this crate; the editor then still has a message to show.
    let expanded = std::panic::catch_unwind(|| expand_migrations(input));
    let tokens = expanded.unwrap_or_else(|_| {
        let message = "`migrations!` failed; this is a mistake of tablature, please report it";
        compile_error(message, Span::call_site())
    });
    tokens.into()
}

fn expand_migrations(input: proc_macro::TokenStream) -> TokenStream {
    let path = match syn::parse::<LitStr>(input) {
        Ok(path) => path,
        Err(error) => {
            let message = "`migrations!` wants the path of the directory as a string: `migrations!(\"migrations\")`";
            return compile_error(message, error.span());
        }
    };
    let span = path.span();
    let path = path.value();
    if let Some(message) = refusal(&path) {
        return compile_error(&message, span);
    }
    let Some(base) = std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from) else {
        let message = "`CARGO_MANIFEST_DIR` is not set, so that the crate's directory is unknown; \
                       build with cargo, or set it";
        return compile_error(message, span);
    };
    let directory = Directory::read(&base, &path);
    expand(check(directory, &Options::default()), span)
}

/// Why a path is none that the generated code can name.
fn refusal(path: &str) -> Option<String> {
    if path.trim().is_empty() {
        return Some("the path of the migrations directory is empty".to_owned());
    }
    // Paths in what is generated are relative to the crate, so that the same sources give the same program anywhere.
    let is_absolute = Path::new(path).is_absolute() || path.starts_with('/');
    is_absolute.then(|| {
        format!("`{path}` is an absolute path; write one that is relative to the crate's directory")
    })
}
