//! ADD CHECK and DROP CONSTRAINT.

use super::Altered;
use super::items::{self, Found, Wanted};
use crate::catalog::Key;
use crate::errors::sqlite::alter as errors;
use crate::sqlite::ast::{Expr, TableConstraint, TableConstraintKind};
use crate::sqlite::lints;
use crate::sqlite::replay::{Replay, tokens};
use crate::sqlite::resolve;
use crate::sqlite::split::RawStatement;
use crate::text::{Ident, Span};
use std::ops::Range;
use std::sync::Arc;

impl Replay {
    pub(super) fn add_check(
        &mut self,
        raw: &RawStatement,
        altered: &Altered,
        name: Option<&Ident>,
        check: &Expr,
        clause: Span,
        range: Range<usize>,
    ) {
        let Altered { path, table } = altered;
        let (Some(first), Some(end)) = (token_index(range.start), token_index(range.end)) else {
            return;
        };
        let constraint = TableConstraint {
            name: name.cloned(),
            kind: TableConstraintKind::Check {
                value: check.clone(),
                conflict: None,
            },
            span: clause,
            first,
            end,
        };
        let known = self.diagnostics.len();
        let resolution = resolve::table_expressions(
            self.environment(),
            path.database,
            table,
            &[],
            std::slice::from_ref(&constraint),
        );
        self.diagnostics.extend(resolution.diagnostics);
        if let Some(name) = name
            && items::has_name(&table.definition.tokens, &Key::new(&name.name))
        {
            self.report(errors::constraint_exists(name, table));
        }
        if self.failed_since(known) {
            return;
        }
        let at = items::end_of_item(&table.definition.tokens, None);
        let mut added = raw.tokens.get(range).unwrap_or_default().to_vec();
        let Some(start) = added.first_mut() else {
            return;
        };
        start.before = Arc::from(" ");
        let comma = tokens::comma(start.span);
        let added = std::iter::once(comma).chain(added);
        let definition = tokens::splice(&table.definition, at..at, added);
        let finding = self
            .added_check_on_rows(table, check, clause)
            .or_else(|| lints::added_check(&self.start, path, table, clause));
        self.diagnostics.extend(finding);
        self.edit_table(raw, altered, definition, None);
    }

    pub(super) fn drop_constraint(&mut self, raw: &RawStatement, altered: &Altered, name: &Ident) {
        let Altered { path: _, table } = altered;
        let key = Key::new(&name.name);
        match items::find(&table.definition.tokens, Wanted::Named(&key)) {
            Found::At(range) => {
                let definition = tokens::splice(&table.definition, range, []);
                self.edit_table(raw, altered, definition, None);
            }
            Found::Kept(at) => {
                let place = table.definition.tokens.get(at).map(|token| token.span);
                self.report(errors::undroppable_constraint(name, place));
            }
            Found::Nothing if table.incomplete => {}
            Found::Nothing => self.report(errors::unknown_constraint(name, table)),
        }
    }
}

fn token_index(position: usize) -> Option<crate::text::TokenIndex> {
    Some(crate::text::TokenIndex(u32::try_from(position).ok()?))
}
