//! The terms of ORDER BY and GROUP BY.

use super::folding::{bare, integer, unhinted};
use super::output::{Columns, Output};
use super::query::Arm;
use super::resolver::Resolver;
use super::scope::{Phase, Scope};
use super::value::Width;
use crate::errors::sqlite::queries as errors;
use crate::sqlite::ast::{Expr, ExprKind, OrderTerm};
use std::cell::Cell;

impl Resolver<'_> {
    /// Resolves ORDER BY of a query that is not compound: aliases and positions, else expressions.
    pub(super) fn order_terms(
        &mut self,
        terms: &[OrderTerm],
        columns: &Columns,
        scope: &Scope<'_>,
    ) {
        for term in terms {
            let plain = unhinted(&term.value);
            if let Some(output) = named_output(plain, columns) {
                self.check_written_collation(&term.value, output);
                continue;
            }
            if let Some(position) = integer(plain) {
                if let Some(output) = self.positional(&term.value, position, columns, "ORDER BY") {
                    self.check_written_collation(&term.value, output);
                }
                continue;
            }
            let value = self.scalar(&term.value, scope);
            self.need_collation(&value);
        }
    }

    /// Resolves GROUP BY: positions, else expressions, where a column goes before an alias.
    pub(super) fn group_terms(&mut self, terms: &[Expr], columns: &Columns, scope: &Scope<'_>) {
        for term in terms {
            if let Some(position) = integer(unhinted(term)) {
                if let Some(output) = self.positional(term, position, columns, "GROUP BY") {
                    let (aggregate, window) = (output.aggregate, output.window);
                    self.check_written_collation(term, output);
                    if aggregate {
                        self.report(errors::aggregate_in_group_by(term.span));
                    } else if window {
                        self.report(errors::window_in_group_by(term.span));
                    }
                }
                continue;
            }
            let mistakes = self.mistakes();
            let (value, _, aggregate, _) =
                self.noting(scope, |resolver| resolver.scalar(term, scope));
            if aggregate && self.mistakes() == mistakes {
                self.report(errors::aggregate_in_group_by(term.span));
            }
            self.need_collation(&value);
        }
    }

    /// Resolves ORDER BY of a compound query, each term of which is a column of one of its arms.
    pub(super) fn compound_order(&mut self, terms: &[OrderTerm], arms: &[&Arm], outer: &Scope<'_>) {
        if arms.iter().any(|arm| !arm.columns.complete) {
            return;
        }
        for (number, term) in terms.iter().enumerate() {
            let plain = unhinted(&term.value);
            if let Some(position) = integer(plain) {
                let columns = arms.first().map(|arm| &arm.columns);
                if let Some(columns) = columns {
                    self.positional(&term.value, position, columns, "ORDER BY");
                }
                continue;
            }
            let found = arms.iter().any(|arm| {
                named_output(plain, &arm.columns).is_some() || self.is_output(plain, arm, outer)
            });
            if !found {
                self.unchecked(|resolver| resolver.expr(&term.value, &Scope::empty()));
                self.report(errors::order_term_matches_nothing(
                    term.value.span,
                    number + 1,
                ));
            }
        }
    }

    /// Whether an expression is one of the columns of an arm.
    fn is_output(&mut self, term: &Expr, arm: &Arm, outer: &Scope<'_>) -> bool {
        let root = Scope {
            tables: outer.tables,
            ..Scope::empty()
        };
        let scope = Scope {
            outputs: &arm.columns.outputs,
            aggregates: Cell::new(true),
            phase: Cell::new(Phase::Columns),
            ..Scope::within(&root, &arm.sources)
        };
        let (value, failed) = self.attempt(|resolver| resolver.expr(term, &scope));
        if failed {
            return false;
        }
        let found = arm.columns.outputs.iter().any(|output| {
            self.shapes
                .same_but_for_collation(output.value.shape, value.shape)
        });
        if found {
            self.unchecked(|resolver| resolver.expr(term, &scope));
        }
        found
    }

    fn positional<'c>(
        &mut self,
        term: &Expr,
        position: i64,
        columns: &'c Columns,
        clause: &str,
    ) -> Option<&'c Output> {
        let index = usize::try_from(position)
            .ok()
            .and_then(|position| position.checked_sub(1));
        let output = index.and_then(|index| columns.outputs.get(index));
        if output.is_none() && (columns.complete || index.is_none()) {
            let count = columns.outputs.len();
            self.report(errors::order_position(term.span, position, count, clause));
        }
        if let Some(output) = output
            && let Width::Row(_) = output.value.width
        {
            self.report(errors::row_value(term.span));
        }
        output
    }

    /// Checks the collation that a term which stands for a column is sorted with.
    fn check_written_collation(&mut self, term: &Expr, output: &Output) {
        if let ExprKind::Collate { collation, .. } = &bare(term).kind {
            self.check_collation(&collation.name, collation.span);
        } else {
            self.need_collation(&output.value);
        }
    }
}

/// The column whose alias a term consists of.
fn named_output<'c>(term: &Expr, columns: &'c Columns) -> Option<&'c Output> {
    let ExprKind::Name(name) = &term.kind else {
        return None;
    };
    columns.outputs.iter().find(|output| {
        let alias = output.name.as_ref();
        alias.is_some_and(|alias| alias.eq_ignore_ascii_case(&name.name))
    })
}
