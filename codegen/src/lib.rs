//! Generates Rust from a checked migrations directory: row structs, enums and the embedded migration list.
//!
//! Reads no SQL and no disk: everything comes from the catalog that `tablature-schema` replayed. The same input gives
//! the same tokens, without an absolute path or a clock in them.

mod documentation;
pub mod embedded;
mod emit;
mod errors;
mod expand;
mod model;
mod module;
mod names;
#[cfg(feature = "postgres")]
mod postgres;
mod rust_type;
mod types;

pub use expand::{compile_error, expand};

use model::Model;
use proc_macro2::TokenStream;
use tablature_schema::Checked;
use tablature_schema::diagnostic::Diagnostic;

/// Returns the items for a migrations directory.
///
/// These are `MIGRATIONS`, a struct for each table and view of the main database, the enums of their columns, and the same
/// in a module `at_7` for the schema that the step of migration 7 finds. Every
/// file that was read is tracked, so that the crate is built again when one changes. If the migrations are rejected,
/// the structs are those of the catalog as far as it got, and `MIGRATIONS` is empty: code that uses them is still
/// checked. The errors are not among the tokens.
#[must_use]
pub fn generate(checked: &Checked) -> TokenStream {
    let mut tokens = if checked.accepted() {
        emit::migrations(checked)
    } else {
        emit::no_migrations(&checked.path)
    };
    tokens.extend(Items::new(checked).tokens);
    tokens.extend(emit::tracking(checked.files.iter().map(String::as_str)));
    tokens
}

/// Returns what is wrong with the parts of the configuration that only generated code uses: types and names.
///
/// A key that no column, type, table or view has is an error, unless the migrations themselves are wrong.
#[must_use]
pub fn diagnostics(checked: &Checked) -> Vec<Diagnostic> {
    Items::new(checked).diagnostics
}

/// What is generated besides the migrations, and what is wrong with the configuration of it.
struct Items {
    tokens: TokenStream,
    diagnostics: Vec<Diagnostic>,
}

impl Items {
    fn new(checked: &Checked) -> Items {
        #[cfg(feature = "postgres")]
        if let Some(catalog) = checked.catalog.postgres() {
            return postgres::items(checked, catalog);
        }
        let model = Model::new(checked);
        let mut tokens = TokenStream::new();
        // Before what uses the types, so that the first error is the one that names the key.
        for found in &model.custom_types {
            tokens.extend(emit::column_type(found));
        }
        for row in &model.rows {
            tokens.extend(emit::row(row, &checked.sources));
        }
        for version in &model.versions {
            let rows = version.rows.iter();
            let rows = rows.map(|row| emit::row(row, &checked.sources)).collect();
            tokens.extend(emit::version(version.number, rows));
        }
        Items {
            tokens,
            diagnostics: model.diagnostics,
        }
    }
}
