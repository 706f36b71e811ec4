//! DELETE and RETURNING.

use super::output::Rows;
use super::resolver::Resolver;
use super::scope::Scope;
use super::source::Source;
use super::target::{Change, Target};
use crate::errors::sqlite::queries as errors;
use crate::sqlite::ast::{Delete, ResultColumn};
use crate::sqlite::catalog::TriggerEventKind;

impl<'e> Resolver<'e> {
    /// Resolves DELETE and returns what RETURNING shows.
    pub(super) fn delete(&mut self, delete: &Delete, outer: &Scope<'_>) -> Option<Rows> {
        let mut returned = None;
        self.with(delete.with.as_ref(), outer, |resolver, scope| {
            returned = resolver.delete_rows(delete, scope);
        });
        returned
    }

    fn delete_rows(&mut self, delete: &Delete, scope: &Scope<'_>) -> Option<Rows> {
        let change = Change {
            event: TriggerEventKind::Delete,
            columns: &[],
        };
        let target = self.target(&delete.target, change, !delete.returning.is_empty(), scope);
        let sources = [target.source.clone()];
        let inner = Scope::within(scope, &sources);
        let materialized = target.is_view();
        self.change_filter(delete.filter.as_ref(), &target, materialized, &inner);
        let returned = self.returning(&delete.returning, &target, TriggerEventKind::Delete, scope);
        self.fire(&target, change, delete.target.name.span());
        returned
    }

    /// Resolves RETURNING, which sees the table under its own name and nothing else.
    pub(super) fn returning(
        &mut self,
        columns: &[ResultColumn],
        target: &Target<'e>,
        event: TriggerEventKind,
        scope: &Scope<'_>,
    ) -> Option<Rows> {
        let first = columns.first()?;
        if self.home.rows.is_some() {
            // The parser has refused it.
            return None;
        }
        if target.is_virtual() && event != TriggerEventKind::Insert {
            self.report(errors::returning_on_virtual_table(
                column_span(first),
                &target.source.name,
            ));
        }
        let mut plain = Vec::new();
        for column in columns {
            match column {
                ResultColumn::TableStar(table) => {
                    self.report(errors::returning_table_star(table.span, &table.name));
                }
                ResultColumn::Expr { .. } | ResultColumn::Star(_) => plain.push(column.clone()),
            }
        }
        let sources = [Source {
            alias: None,
            database: None,
            ..target.source.clone()
        }];
        let inner = Scope::within(scope, &sources);
        let columns = self.outputs(&plain, &inner);
        Some(Rows {
            columns,
            ..Rows::default()
        })
    }
}

fn column_span(column: &ResultColumn) -> crate::text::Span {
    match column {
        ResultColumn::Expr { value, .. } => value.span,
        ResultColumn::Star(span) => *span,
        ResultColumn::TableStar(table) => table.span,
    }
}
