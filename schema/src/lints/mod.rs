//! What the engine accepts and nobody wants: each lint has a file with its rule, and a page as every code has.

mod bound_parameter;
mod broken_foreign_key;
mod broken_trigger;
mod broken_view;
mod connection_state;
mod destructive;
mod double_quoted_string;
mod empty_migration;
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
mod unbalanced_transaction;
mod unclosed_comment;
mod unproven;
mod unused_allow;

use crate::catalog::{Catalog, ChangeKind, Key, ObjectPath, Table};
use crate::config::Level;
use crate::diagnostic::{Code, Diagnostic};

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

/// A lint. Its name is that of its code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lint {
    /// The code of its findings.
    pub code: Code,
    /// What becomes of its findings where nothing else is said.
    pub default: Level,
}

/// Every lint, in the order of the codes.
pub const ALL: &[&Lint] = &[
    &double_quoted_string::LINT,
    &broken_view::LINT,
    &broken_trigger::LINT,
    &broken_foreign_key::LINT,
    &pragma_in_transaction::LINT,
    &fails_on_rows::LINT,
    &filter_on_new_column::LINT,
    &nullable_primary_key::LINT,
    &irreversible::LINT,
    &destructive::LINT,
    &unused_allow::LINT,
    &inert_type_word::LINT,
    &unbalanced_transaction::LINT,
    &empty_migration::LINT,
    &connection_state::LINT,
    &incomplete_rebuild::LINT,
    &bound_parameter::LINT,
    &unclosed_comment::LINT,
];

impl Lint {
    /// The lint that a code belongs to; none if the code is an error, whose level nothing changes.
    #[must_use]
    pub fn of(code: Code) -> Option<&'static Lint> {
        ALL.iter().copied().find(|lint| lint.code == code)
    }

    /// The lint of a name, as directives, configuration and the command line write it.
    #[must_use]
    pub fn named(name: &str) -> Option<&'static Lint> {
        ALL.iter().copied().find(|lint| lint.name() == name)
    }

    /// Its name, `broken_view`.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.code.name()
    }
}

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_above_t1000_has_a_lint_and_no_other_has() {
        let lints: Vec<Code> = ALL.iter().map(|lint| lint.code).collect();
        let codes: Vec<Code> = Code::ALL
            .iter()
            .copied()
            .filter(|code| code.number() > "T1000")
            .collect();
        assert_eq!(lints, codes);
    }

    #[test]
    fn a_lint_is_found_by_its_name() {
        assert_eq!(
            Lint::named("broken_view").map(|lint| lint.code),
            Some(Code::BrokenView)
        );
        assert_eq!(Lint::named("unknown_column"), None);
    }
}
