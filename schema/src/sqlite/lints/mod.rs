//! What SQLite accepts and nobody wants: a file for each rule. Which lints there are, [`crate::lints`] says.

mod bound_parameter;
mod broken_foreign_key;
mod connection_state;
mod destructive;
mod fails_on_rows;
mod filter_on_new_column;
mod incomplete_rebuild;
mod inert_type_word;
pub(crate) mod irreversible;
pub(crate) mod losses;
mod nullable_primary_key;
mod pragma_in_transaction;
mod tightened;
mod trail;
mod unclosed_comment;
mod unproven;

use crate::catalog::{ChangeKind, Key};
use crate::diagnostic::Diagnostic;
use crate::sqlite::catalog::{Catalog, ObjectPath, Table};

pub(crate) use bound_parameter::bound_parameter;
pub(crate) use broken_foreign_key::unusable_foreign_key;
pub(crate) use connection_state::{attached, temporary_objects};
pub(crate) use destructive::lost_rows;
pub(crate) use fails_on_rows::{
    Copied, added_check, added_column, copied_nulls, set_not_null, unique_index_on_rows,
};
pub(crate) use filter_on_new_column::filters_on_new_columns;
pub(crate) use incomplete_rebuild::gone_with_table;
pub(crate) use inert_type_word::inert_type_word;
pub(crate) use pragma_in_transaction::pragma_in_transaction;
pub(crate) use tightened::{Moved, tightened};
pub(crate) use unclosed_comment::unclosed_comment;

/// What is found when the last migration is done.
pub(crate) fn judge_head(catalog: &Catalog) -> Vec<Diagnostic> {
    let mut findings = broken_foreign_key::judge(catalog);
    findings.extend(nullable_primary_key::judge(catalog));
    findings
}

fn table_at<'a>(catalog: &'a Catalog, path: &ObjectPath) -> Option<&'a Table> {
    let database = catalog.databases.get(path.database)?;
    database.relations.get(&path.key)?.table()
}

/// A table as an earlier catalog has it, perhaps under one of its earlier names.
fn existing<'a>(catalog: &'a Catalog, table: &Table) -> Option<&'a Table> {
    let changes = table.provenance.changes.newest_first();
    let earlier = changes.filter_map(|change| match &change.kind {
        ChangeKind::RenamedFrom(name) => Some(name),
        ChangeKind::ColumnAdded(_)
        | ChangeKind::ColumnDropped(_)
        | ChangeKind::ColumnRenamed { .. }
        | ChangeKind::ConstraintChanged
        | ChangeKind::Rewritten
        | ChangeKind::CreatedAgain => None,
    });
    let mut names = std::iter::once(&table.name).chain(earlier);
    names.find_map(|name| {
        let key = Key::new(name);
        let databases = catalog.databases.iter();
        let mut namesakes = databases.filter_map(|it| it.relations.get(&key)?.table());
        namesakes.find(|old| old.provenance.created == table.provenance.created)
    })
}

/// Whether a table was there in an earlier catalog, under whatever name.
pub(crate) fn existed(catalog: &Catalog, table: &Table) -> bool {
    existing(catalog, table).is_some()
}
