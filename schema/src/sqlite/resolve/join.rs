//! USING and NATURAL.

use super::named::Named;
use super::resolution::Clause;
use super::resolver::Resolver;
use super::source::Source;
use crate::errors::sqlite::queries as errors;
use crate::sqlite::ast::{JoinConstraint, JoinKind};
use crate::text::Ident;
use std::sync::Arc;

impl Resolver<'_> {
    /// Joins a source to those before it (`sqlite3ProcessJoin`).
    pub(super) fn join(
        &mut self,
        sources: &mut [Source],
        position: usize,
        kind: &JoinKind,
        constraint: Option<&JoinConstraint>,
    ) {
        if kind.natural && constraint.is_some() {
            self.report_table(errors::natural_with_constraint(kind.span));
            return;
        }
        let Some((left, [right, ..])) = sources.split_at_mut_checked(position) else {
            return;
        };
        if kind.natural {
            right.join.using = shared_names(left, right);
            let names = right.join.using.clone();
            for name in names.iter() {
                self.check_using(left, right, name, None, kind);
            }
            return;
        }
        let Some(JoinConstraint::Using(names)) = constraint else {
            return;
        };
        right.join.using = names.iter().map(|name| name.name.clone()).collect();
        for name in names {
            self.check_using(left, right, &name.name, Some(name), kind);
        }
    }

    fn check_using(
        &mut self,
        left: &[Source],
        right: &Source,
        name: &str,
        ident: Option<&Ident>,
        kind: &JoinKind,
    ) {
        let column_of = |source: &Source| {
            let column = source.column(name)?;
            let hidden = source
                .columns
                .get(column)
                .is_some_and(|column| column.hidden);
            (!(kind.natural && hidden)).then_some(column)
        };
        let span = ident.map_or(kind.span, |ident| ident.span);
        let first = left.iter().position(|source| column_of(source).is_some());
        let in_right = right.column(name);
        if in_right.is_none() && !right.open
            || first.is_none() && !left.iter().any(|source| source.open)
        {
            let side = if in_right.is_none() { "right" } else { "left" };
            self.report_table(errors::using_column_missing(span, name, side));
            return;
        }
        if let Some(ident) = ident {
            let matched = first.and_then(|position| left.get(position));
            for source in matched.into_iter().chain([right]) {
                let column = column_of(source).and_then(|column| source.columns.get(column));
                if let Some(column) = column {
                    self.refer_to_column(ident, column.named.as_ref(), Clause::Using);
                }
            }
        }
        let right_join = left.first().is_some_and(|source| source.join.before_right);
        if let (Some(first), true) = (first, right_join) {
            let others = left.iter().skip(first + 1);
            for source in others.filter(|source| column_of(source).is_some()) {
                if !source.uses(name) {
                    self.report_table(errors::using_column_ambiguous(span, name));
                    return;
                }
            }
        }
    }
}

/// The columns that both sides of a NATURAL JOIN have.
fn shared_names(left: &[Source], right: &Source) -> Named<Arc<str>> {
    let visible = |source: &Source, name: &str| {
        let column = source
            .column(name)
            .and_then(|column| source.columns.get(column));
        column.is_some_and(|column| !column.hidden)
    };
    right
        .columns
        .iter()
        .filter(|column| !column.hidden)
        .filter(|column| left.iter().any(|source| visible(source, &column.name)))
        .map(|column| column.name.clone())
        .collect()
}
