//! INSERT.

use super::output::Rows;
use super::resolution::Clause;
use super::resolver::Resolver;
use super::scope::Scope;
use super::source::is_rowid_name;
use super::target::{Change, Target};
use super::upsert::Inserted;
use crate::errors::sqlite::queries as errors;
use crate::sqlite::ast::{Expr, Insert, InsertSource, Query, QueryArm, SelectCore};
use crate::sqlite::catalog::TriggerEventKind;
use crate::text::{Ident, Span};

impl<'e> Resolver<'e> {
    /// Resolves INSERT and returns what RETURNING shows.
    pub(super) fn insert(&mut self, insert: &Insert, outer: &Scope<'_>) -> Option<Rows> {
        let mut returned = None;
        self.with(insert.with.as_ref(), outer, |resolver, scope| {
            returned = resolver.insert_rows(insert, scope);
        });
        returned
    }

    fn insert_rows(&mut self, insert: &Insert, scope: &Scope<'_>) -> Option<Rows> {
        let change = Change {
            event: TriggerEventKind::Insert,
            columns: &[],
        };
        let target = self.target(&insert.target, change, !insert.returning.is_empty(), scope);
        for column in &insert.columns {
            self.insert_column(column, &target);
        }
        let count = self.inserted_values(insert, scope);
        if let Some(count) = count {
            self.check_value_count(insert, &target, count);
        }
        let span = insert.target.name.span();
        self.check_defaults(&target, span, |name| is_given(insert, name));
        self.check_checks(&target, span, None);
        let key = target.source.rowid_alias;
        let names_rowid = |column: &Ident| {
            let position = target.source.column(&column.name);
            position.map_or_else(|| is_rowid_name(&column.name), |found| Some(found) == key)
        };
        let inserted = Inserted {
            // Only a rowid that is given can be there already.
            rowid: if insert.columns.is_empty() {
                key.is_some() && count != Some(0)
            } else {
                target.has_rowid() && insert.columns.iter().any(names_rowid)
            },
        };
        self.upserts(insert, &target, inserted, scope);
        let returned = self.returning(&insert.returning, &target, TriggerEventKind::Insert, scope);
        self.fire(&target, change, insert.target.name.span());
        returned
    }

    fn insert_column(&mut self, column: &Ident, target: &Target<'e>) {
        let source = &target.source;
        let found = source
            .column(&column.name)
            .and_then(|position| source.columns.get(position));
        match found {
            Some(found) => {
                self.refer_to_column(column, found.named.as_ref(), Clause::Other);
                if found.generated {
                    self.report(errors::generated_column_written(
                        column.span,
                        &found.name,
                        found.span,
                    ));
                }
            }
            None if target.has_rowid() && is_rowid_name(&column.name) => {}
            None => self.missing_target_column(column, target),
        }
    }

    /// Resolves what is inserted, and returns the number of values of a row if it is known.
    fn inserted_values(&mut self, insert: &Insert, scope: &Scope<'_>) -> Option<usize> {
        let query = match &insert.source {
            InsertSource::DefaultValues => return Some(0),
            InsertSource::Query(query) => query,
        };
        let Some((values, _)) = single_row(query) else {
            return self.query(query, scope).width();
        };
        // A single row of VALUES is no query: there are no aggregate functions in it, and the tables of a WITH that
        // belongs to it are forgotten.
        let row = Scope {
            tables: scope.tables,
            ..Scope::empty()
        };
        for (position, value) in values.iter().enumerate() {
            let used = self.home.names_only;
            // Of two values for one column the engine computes the first.
            self.home.names_only |= is_listed_before(&insert.columns, position);
            self.scalar(value, &row);
            self.home.names_only = used;
        }
        if query.with.is_some() {
            self.unchecked(|resolver| resolver.query(query, scope));
        }
        Some(values.len())
    }

    fn check_value_count(&mut self, insert: &Insert, target: &Target<'e>, count: usize) {
        let span = match &insert.source {
            InsertSource::Query(query) => values_span(query),
            InsertSource::DefaultValues => insert.target.name.span(),
        };
        if !insert.columns.is_empty() {
            if count != insert.columns.len() {
                self.report(errors::value_count(span, count, insert.columns.len()));
            }
            return;
        }
        let open = target.source.open || target.object.is_none();
        let columns = target.source.columns.iter();
        let writable = columns
            .filter(|column| !column.hidden && !column.generated)
            .count();
        if count > 0 && count != writable && !open {
            let declared = target.object.map(|object| object.provenance().created);
            self.report(errors::table_value_count(
                span,
                &target.source.name,
                writable,
                count,
                declared,
            ));
        }
    }
}

/// Whether an INSERT gives a value for a column.
fn is_given(insert: &Insert, name: &str) -> bool {
    match (&insert.source, insert.columns.as_slice()) {
        (InsertSource::Query(_), []) => true,
        (InsertSource::DefaultValues, []) => false,
        (InsertSource::Query(_) | InsertSource::DefaultValues, columns) => columns
            .iter()
            .any(|column| column.name.eq_ignore_ascii_case(name)),
    }
}

/// Whether the column at a position was listed before it.
fn is_listed_before(columns: &[Ident], position: usize) -> bool {
    let before = columns.get(..position).unwrap_or_default();
    columns.get(position).is_some_and(|column| {
        let mut before = before.iter();
        before.any(|other| other.name.eq_ignore_ascii_case(&column.name))
    })
}

/// The only row of a query that is nothing but VALUES.
fn single_row(query: &Query) -> Option<&(Vec<Expr>, Span)> {
    match query.arms.as_slice() {
        [
            QueryArm {
                core: SelectCore::Values(rows),
                ..
            },
        ] => match rows.as_slice() {
            [row] => Some(row),
            _ => None,
        },
        _ => None,
    }
}

/// Where a wrong number of values is shown: the first row of VALUES, else the query.
fn values_span(query: &Query) -> Span {
    match query.arms.first().map(|arm| &arm.core) {
        Some(SelectCore::Values(rows)) => rows.first().map_or(query.span, |(_, span)| *span),
        Some(SelectCore::Select(_)) | None => query.span,
    }
}
