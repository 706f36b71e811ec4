//! STRICT and WITHOUT ROWID.

use super::types;
use crate::diagnostic::Diagnostic;
use crate::errors::sqlite::definitions as errors;
use crate::sqlite::ast::TableOption;
use crate::sqlite::catalog::{Affinity, Table};
use crate::text::{IdentQuote, Span};

/// Applies the options to a table whose columns and primary key are known. Returns whether STRICT is among them.
pub(super) fn apply(
    table: &mut Table,
    options: &[TableOption],
    autoincrement: Option<Span>,
    diagnostics: &mut Vec<Diagnostic>,
) -> bool {
    for option in options.iter().filter(|option| is_known(option)) {
        let word = &option.name.name;
        match (option.without, word.to_ascii_lowercase().as_str()) {
            (true, "rowid") if !table.without_rowid => {
                without_rowid(table, option.name.span, autoincrement, diagnostics);
            }
            (true, "rowid") => {}
            (false, "strict") => table.strict = true,
            (true | false, _) => {}
        }
    }
    table.strict
}

/// The options that there are not, of which the engine complains before it looks whether the table is there.
pub(super) fn unknown(options: &[TableOption]) -> Vec<Diagnostic> {
    let unknown = options.iter().filter(|option| !is_known(option));
    unknown.map(errors::unknown_table_option).collect()
}

/// Whether an option is one, which it is not in quotes.
fn is_known(option: &TableOption) -> bool {
    let name = &option.name;
    let expected = if option.without { "rowid" } else { "strict" };
    name.quote == IdentQuote::None && name.name.eq_ignore_ascii_case(expected)
}

fn without_rowid(
    table: &mut Table,
    span: Span,
    autoincrement: Option<Span>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    table.without_rowid = true;
    let Some(key) = &mut table.primary_key else {
        diagnostics.push(errors::without_rowid_needs_key(&table.name, span));
        return;
    };
    if key.autoincrement {
        diagnostics.push(errors::autoincrement_without_rowid(
            autoincrement.unwrap_or(span),
            span,
        ));
    }
    key.autoincrement = false;
    for position in &key.columns {
        if let Some(column) = table.columns.get_mut(*position) {
            column.not_null = true;
        }
    }
}

/// Judges the columns of a STRICT table and makes its primary key NOT NULL.
pub(super) fn enforce_strict_types(table: &mut Table, diagnostics: &mut Vec<Diagnostic>) {
    for column in &mut table.columns {
        if column.declared_type.is_empty() {
            diagnostics.push(errors::missing_strict_type(&table.name, column));
        } else if !types::is_strict(&column.declared_type) {
            diagnostics.push(errors::unknown_strict_type(&table.name, column));
        } else if &*column.declared_type == "ANY" {
            column.affinity = Affinity::Blob;
        }
    }
    let key = table.primary_key.as_ref().filter(|key| !key.rowid_alias);
    for position in key.map(|key| key.columns.as_slice()).unwrap_or_default() {
        if let Some(column) = table.columns.get_mut(*position) {
            column.not_null = true;
        }
    }
}
