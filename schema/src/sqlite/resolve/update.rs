//! UPDATE.

use super::folding::bare;
use super::from::{From, Term, terms};
use super::output::Rows;
use super::resolution::Clause;
use super::resolver::Resolver;
use super::scope::{Phase, Scope};
use super::source::{Source, is_rowid_name};
use super::target::{Change, Target};
use crate::errors::sqlite::names::{self, Missing};
use crate::errors::sqlite::queries as errors;
use crate::sqlite::ast::{Assignment, Expr, ExprKind, FromItem, FromSource, Update};
use crate::sqlite::catalog::TriggerEventKind;
use crate::text::Ident;
use std::cell::Cell;
use std::sync::Arc;

impl<'e> Resolver<'e> {
    /// Resolves UPDATE and returns what RETURNING shows.
    pub(super) fn update(&mut self, update: &Update, outer: &Scope<'_>) -> Option<Rows> {
        let mut returned = None;
        self.with(update.with.as_ref(), outer, |resolver, scope| {
            returned = resolver.update_rows(update, scope);
        });
        returned
    }

    fn update_rows(&mut self, update: &Update, scope: &Scope<'_>) -> Option<Rows> {
        let columns = changed(&update.assignments);
        let change = Change {
            event: TriggerEventKind::Update,
            columns: &columns,
        };
        let target = self.target(&update.target, change, !update.returning.is_empty(), scope);
        let with_from = !update.from.is_empty();
        let from = self.update_from(&update.from, &target, scope);
        let inner = Scope {
            // With FROM the values are the columns of a query.
            aggregates: Cell::new(with_from),
            window_functions: Cell::new(with_from),
            phase: Cell::new(if with_from {
                Phase::Columns
            } else {
                Phase::Rows
            }),
            ..Scope::within(scope, &from.sources)
        };
        self.assignments(&update.assignments, &target, &inner);
        inner.aggregates.set(false);
        inner.window_functions.set(false);
        inner.phase.set(Phase::Rows);
        let materialized = target.is_view() && !with_from;
        self.change_filter(update.filter.as_ref(), &target, materialized, &inner);
        self.conditions(&from, &inner);
        let span = update.target.name.span();
        self.check_checks(&target, span, Some(&columns));
        let returned = self.returning(&update.returning, &target, TriggerEventKind::Update, scope);
        self.fire(&target, change, span);
        returned
    }

    /// Resolves WHERE of UPDATE and DELETE.
    ///
    /// Of a view that is `materialized` the engine first takes the rows that WHERE leaves, under the view's own name, and
    /// then resolves WHERE again under its alias.
    pub(super) fn change_filter(
        &mut self,
        filter: Option<&Expr>,
        target: &Target<'e>,
        materialized: bool,
        scope: &Scope<'_>,
    ) {
        if let (Some(filter), true, Some(_)) = (filter, materialized, &target.source.alias) {
            let sources = [Source {
                alias: None,
                ..target.source.clone()
            }];
            let root = Scope {
                tables: scope.tables,
                ..Scope::empty()
            };
            self.scalar(filter, &Scope::within(&root, &sources));
        }
        if let Some(filter) = filter {
            self.filter(filter, scope);
        }
    }

    /// The table that is changed and, after it, what FROM adds.
    fn update_from<'a>(
        &mut self,
        items: &'a [FromItem],
        target: &Target<'e>,
        scope: &Scope<'_>,
    ) -> From<'a> {
        let terms = terms(items);
        let mut from = match terms.as_slice() {
            [] => From::default(),
            [_] if self.home.rows.is_none() => self.from(items, scope, None),
            _ => From::of(self.group_source(items, scope)),
        };
        let known = self.mistakes();
        self.check_repeated_target(&terms, target);
        // That every name of a table which is there twice is ambiguous is no mistake of its own.
        if self.mistakes() == known {
            from.push_front(target.source.clone());
        }
        from
    }

    /// Checks that FROM does not name the table that is changed, under the same alias.
    fn check_repeated_target(&mut self, terms: &[Term<'_>], target: &Target<'e>) {
        for term in terms {
            match term.source {
                FromSource::Table { name, .. } => {
                    let alias = term.alias().map(|alias| &*alias.name);
                    let same_alias = match (alias, target.source.alias.as_deref()) {
                        (None, None) => true,
                        (Some(alias), Some(other)) => alias.eq_ignore_ascii_case(other),
                        (Some(_), None) | (None, Some(_)) => false,
                    };
                    let path = self
                        .environment
                        .catalog
                        .relation(name)
                        .map(|found| found.path);
                    if same_alias && path.is_some() && path == target.path {
                        self.report(errors::target_in_from(
                            name.span(),
                            target.source.known_as(),
                        ));
                    }
                }
                FromSource::Group(items) => {
                    self.check_repeated_target(&self::terms(items), target);
                }
                FromSource::Function { .. } | FromSource::Query(_) => {}
            }
        }
    }

    /// Resolves SET.
    pub(super) fn assignments(
        &mut self,
        assignments: &[Assignment],
        target: &Target<'e>,
        scope: &Scope<'_>,
    ) {
        for (position, assignment) in assignments.iter().enumerate() {
            let later = assignments.get(position + 1..).unwrap_or_default();
            let used = self.home.names_only;
            // Of two values for one column the engine computes the last.
            self.home.names_only |= is_overwritten(assignment, later);
            if assignment.parenthesized {
                self.assigned_row(assignment, scope);
            } else {
                self.scalar(&assignment.value, scope);
            }
            self.home.names_only = used;
            for column in &assignment.columns {
                self.assigned_column(column, target);
            }
        }
    }

    fn assigned_row(&mut self, assignment: &Assignment, scope: &Scope<'_>) {
        let wanted = assignment.columns.len();
        match &bare(&assignment.value).kind {
            ExprKind::Subquery(_) => {
                let value = self.expr(&assignment.value, scope);
                if let Some(count) = value.width.count()
                    && count != wanted
                {
                    let span = assignment.value.span;
                    self.report(errors::assigned_width(span, wanted, count));
                }
            }
            // The parser has compared the widths.
            ExprKind::Row(_) => {
                self.expr(&assignment.value, scope);
            }
            _ => {
                self.scalar(&assignment.value, scope);
            }
        }
    }

    fn assigned_column(&mut self, column: &Ident, target: &Target<'e>) {
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

    /// The mistake that the table which is changed has no such column.
    pub(super) fn missing_target_column(&mut self, column: &Ident, target: &Target<'e>) {
        if target.source.open {
            return;
        }
        let columns = target.source.columns.iter().map(|column| &*column.name);
        let near = crate::diagnostic::nearest(&column.name, columns);
        let near = near.and_then(|name| {
            let position = target.source.column(name)?;
            target.source.columns.get(position)
        });
        let missing = Missing {
            column: &column.name,
            owner: Some(self.owner(&target.source)),
            nearest: near.map(super::suggest::declared),
            fate: self.fate_of_column(target.path.as_ref(), &column.name),
        };
        let mistake = names::unknown_column(column.span, &missing);
        self.report(mistake);
    }
}

/// Whether later assignments set every column of an assignment.
fn is_overwritten(assignment: &Assignment, later: &[Assignment]) -> bool {
    let later: Vec<&Ident> = later.iter().flat_map(|it| &it.columns).collect();
    assignment.columns.iter().all(|column| {
        later
            .iter()
            .any(|other| other.name.eq_ignore_ascii_case(&column.name))
    })
}

/// The columns that SET names.
pub(super) fn changed(assignments: &[Assignment]) -> Vec<Arc<str>> {
    assignments
        .iter()
        .flat_map(|assignment| &assignment.columns)
        .map(|column| column.name.clone())
        .collect()
}
