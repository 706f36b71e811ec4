//! ALTER COLUMN … SET NOT NULL and DROP NOT NULL.

use super::Altered;
use super::items::{self, Found, Wanted};
use crate::catalog::ChangeKind;
use crate::sqlite::catalog::Definition;
use crate::sqlite::lints;
use crate::sqlite::replay::{Replay, tokens};
use crate::sqlite::split::RawStatement;
use crate::text::Ident;
use std::ops::Range;
use std::sync::Arc;

impl Replay {
    pub(super) fn set_not_null(
        &mut self,
        raw: &RawStatement,
        altered: &Altered,
        column: &Ident,
        range: Range<usize>,
    ) {
        let Some(position) = self.column_of(altered, column) else {
            return;
        };
        let without = without_not_null(&altered.table.definition, position);
        let end = items::end_of_item(&without.tokens, Some(position));
        let mut added = raw.tokens.get(range).unwrap_or_default().to_vec();
        if let Some(first) = added.first_mut() {
            first.before = Arc::from(" ");
        }
        let definition = tokens::splice(&without, end..end, added);
        let finding = self
            .set_not_null_on_rows(&altered.table, position, column.span)
            .or_else(|| {
                lints::set_not_null(
                    &self.start,
                    &altered.path,
                    &altered.table,
                    position,
                    column.span,
                )
            });
        self.diagnostics.extend(finding);
        self.edit_table(raw, altered, definition, Some(position));
    }

    pub(super) fn drop_not_null(&mut self, raw: &RawStatement, altered: &Altered, column: &Ident) {
        let Some(position) = self.column_of(altered, column) else {
            return;
        };
        let definition = without_not_null(&altered.table.definition, position);
        self.edit_table(raw, altered, definition, Some(position));
    }

    /// Puts a table in its place with an edited definition whose columns are where they were: a constraint of the table,
    /// or of the column at a position, has changed.
    pub(super) fn edit_table(
        &mut self,
        raw: &RawStatement,
        altered: &Altered,
        definition: Definition,
        column: Option<usize>,
    ) {
        let path = &altered.path;
        let Some((mut table, refused)) = self.rederived(&altered.table, definition, raw.span, Some)
        else {
            return self.mark_incomplete(path.database, &path.key);
        };
        let failed = !refused.is_empty();
        self.diagnostics.extend(refused);
        if failed {
            return;
        }
        let change = ChangeKind::ConstraintChanged;
        if let Some(column) = column.and_then(|position| table.columns.get_mut(position)) {
            column.provenance = column.provenance.clone().with(raw.span, change.clone());
        }
        table.provenance = table.provenance.with(raw.span, change);
        self.put_table(path.database, table);
    }
}

fn without_not_null(definition: &Definition, column: usize) -> Definition {
    match items::find(&definition.tokens, Wanted::NotNull(column)) {
        Found::At(range) => tokens::splice(definition, range, []),
        Found::Kept(_) | Found::Nothing => definition.clone(),
    }
}
