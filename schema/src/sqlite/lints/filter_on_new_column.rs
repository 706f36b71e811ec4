//! Rows are chosen by a column that holds nothing yet.

use crate::diagnostic::Diagnostic;
use crate::errors::sqlite::lints as errors;
use crate::sqlite::catalog::{Catalog, Table};
use crate::sqlite::resolve::{Clause, Resolution, Target};
use crate::text::Span;
use std::collections::BTreeSet;

/// The columns that choose rows, that the catalog `start`, of before the migration, does not have, and that are not among
/// those `written` since.
pub(crate) fn filters_on_new_columns(
    catalog: &Catalog,
    start: &Catalog,
    resolution: &Resolution,
    written: &BTreeSet<Span>,
) -> Vec<Diagnostic> {
    let filters = resolution.references.iter();
    let filters = filters.filter(|reference| reference.clause != Clause::Other);
    filters
        .filter_map(|reference| match &reference.target {
            Target::Column { relation, column } => {
                let before = super::table_at(start, relation)?;
                let now = super::table_at(catalog, relation)?;
                let column = now.columns.get(*column)?;
                let is_new = is_same_table(before, now)
                    && column.generated.is_none()
                    && !written.contains(&column.provenance.created)
                    && !before
                        .columns
                        .iter()
                        .any(|old| old.provenance.created == column.provenance.created);
                is_new.then(|| errors::filter_on_new_column(reference.span, now, column))
            }
            Target::Relation(_) => None,
        })
        .collect()
}

/// Whether a table is the one of before and not rebuilt under its name.
fn is_same_table(before: &Table, now: &Table) -> bool {
    before.provenance.created == now.provenance.created
}
