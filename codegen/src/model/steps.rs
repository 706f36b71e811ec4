//! The functions that migrations name.

use crate::errors;
use crate::rust_type;
use proc_macro2::TokenStream;
use tablature_schema::Checked;
use tablature_schema::diagnostic::Diagnostic;

/// The path of each step's function, with the version of its migration.
pub(crate) fn functions(checked: &Checked) -> impl Iterator<Item = (i64, TokenStream)> {
    checked.migrations.iter().filter_map(|migration| {
        let step = migration.step.as_ref()?;
        Some((migration.version, rust_type::parse_path(&step.path)?))
    })
}

/// The paths that are none in Rust.
pub(crate) fn diagnostics(checked: &Checked) -> Vec<Diagnostic> {
    let steps = checked.migrations.iter();
    let steps = steps.filter_map(|migration| migration.step.as_ref());
    let wrong = steps.filter(|step| rust_type::parse_path(&step.path).is_none());
    wrong.map(errors::not_a_function).collect()
}
