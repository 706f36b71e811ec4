//! Rows are chosen by a column that holds nothing yet.

use super::Scene;
use super::destructive::Lost;
use crate::diagnostic::Diagnostic;
use crate::errors::postgres::lints as errors;
use crate::postgres::resolve::volatility;
use crate::postgres::split::Token;
use crate::postgres::tree::{
    Expr, FromItem, Origin, Query, RangeKind, Visitor, walk_expression, walk_query,
};
use crate::postgres::types::{Oid, Volatility};
use crate::text::Span;
use tablature_lexer::postgres::{Keyword, TokenKind, name_value};

/// The columns by which a query or a change of rows, or a query in it, chooses rows: those in WHERE, ON and HAVING.
pub(crate) fn filters(query: &Query) -> Vec<Origin> {
    let mut filters = Filters {
        levels: Vec::new(),
        is_filter: false,
        found: Vec::new(),
    };
    filters.query(query);
    filters.found
}

struct Filters {
    /// What the entries of the range tables around are.
    levels: Vec<Vec<Option<Oid>>>,
    is_filter: bool,
    found: Vec<Origin>,
}

impl Filters {
    fn condition(&mut self, condition: Option<&Expr>) {
        self.is_filter = true;
        if let Some(condition) = condition {
            self.expression(condition);
        }
        self.is_filter = false;
    }

    fn conditions_of(&mut self, item: &FromItem) {
        if let FromItem::Join(join) = item {
            self.conditions_of(&join.left);
            self.conditions_of(&join.right);
            self.condition(join.condition.as_ref());
        }
    }
}

impl Visitor for Filters {
    fn expression(&mut self, expression: &Expr) {
        if let (true, Expr::Column(column)) = (self.is_filter, expression) {
            let level = self.levels.iter().rev().nth(column.levels_up);
            let relation = level.and_then(|level| level.get(column.entry).copied().flatten());
            let origin = relation.map(|relation| Origin {
                relation,
                column: column.number,
            });
            self.found.extend(origin);
        }
        walk_expression(self, expression);
    }

    fn query(&mut self, query: &Query) {
        // The queries in a condition are looked at with the others.
        if self.is_filter {
            return;
        }
        let relations = query.range_table.iter().map(|entry| match entry.kind {
            RangeKind::Relation { relation, .. } => Some(relation),
            RangeKind::Subquery { .. }
            | RangeKind::Join(_)
            | RangeKind::Function { .. }
            | RangeKind::TableFunction(_)
            | RangeKind::Values { .. }
            | RangeKind::CommonTable { .. }
            | RangeKind::TransitionTable { .. }
            | RangeKind::Unknown => None,
        });
        self.levels.push(relations.collect());
        self.condition(query.filter.as_ref());
        self.condition(query.having.as_ref());
        for item in &query.from {
            self.conditions_of(item);
        }
        walk_query(self, query);
        self.levels.pop();
    }
}

impl Scene<'_> {
    /// The first of the columns that choose rows which the migration has added, and which nothing has written since.
    pub(crate) fn filter_on_new_column(
        &self,
        filters: &[Origin],
        lost: &Lost,
        tokens: &[Token],
    ) -> Option<Diagnostic> {
        filters.iter().find_map(|origin| {
            let old = self.start.relations.get(origin.relation)?;
            let table = self.before.relations.get(origin.relation)?;
            let column = table.column_at(origin.column)?;
            let differs = |it| volatility(self.before, it) == Volatility::Volatile;
            let is_new = old.column_at(origin.column).is_none()
                && column.generated.is_none()
                && column.identity.is_none()
                && !column.default.as_deref().is_some_and(differs)
                && !lost.mentions(&table.name, Some(&column.name));
            let added = column.provenance.as_ref().map(|it| it.created);
            let span = place_of(tokens, &column.name)?;
            is_new.then(|| errors::filter_on_new_column(&table.name, &column.name, added, span))
        })
    }
}

/// Where a name stands behind the first word that begins a condition.
fn place_of(tokens: &[Token], name: &str) -> Option<Span> {
    let conditions = [Keyword::Where, Keyword::On, Keyword::Having];
    let begins =
        |it: &&Token| matches!(it.kind, TokenKind::Keyword(word) if conditions.contains(&word));
    let is_it = |it: &&Token| name_value(it.kind, &it.text, '\\').is_ok_and(|it| it == name);
    let mut rest = tokens.iter().skip_while(|it| !begins(it));
    let found = rest.find(is_it).or_else(|| tokens.first());
    found.map(|it| it.span)
}
