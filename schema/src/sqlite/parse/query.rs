//! SELECT, VALUES, compound queries, ORDER BY and LIMIT.

use super::cursor::{Parser, Syntax};
use super::expr::tallest;
use super::features::Feature;
use super::from::height_of;
use super::window;
use crate::errors::sqlite as errors;
use crate::sqlite::ast::{
    CompoundOperator, Expr, Limit, NullsOrder, OrderTerm, Query, QueryArm, ResultColumn, Select,
    SelectCore, SortOrder, With,
};
use crate::text::Span;
use tablature_lexer::{Keyword, Symbol, TokenKind};

/// An arm of a compound query with the clauses that only the last arm may have.
struct Arm {
    core: SelectCore,
    order_by: Vec<OrderTerm>,
    limit: Option<Limit>,
    /// The first word of ORDER BY or LIMIT.
    trailing: Option<Span>,
}

impl Parser<'_> {
    /// `[WITH …] arm [UNION arm …]`
    pub(super) fn query(&mut self) -> Syntax<Query> {
        let start = self.position();
        let with = self.with()?;
        let entries = if with.is_some() { 2 } else { 0 };
        self.nested(entries, |parser| parser.query_after_with(start, with))
    }

    /// A query the WITH of which has been taken.
    pub(super) fn query_after_with(&mut self, start: usize, with: Option<With>) -> Syntax<Query> {
        let mut arms = Vec::new();
        let mut operator = None;
        let (order_by, limit) = loop {
            let arm_start = self.position();
            let entries = if arms.is_empty() { 0 } else { 2 };
            let arm = self.nested(entries, Self::arm)?;
            arms.push(QueryArm {
                operator: operator.take(),
                core: arm.core,
                span: self.span_from(arm_start),
            });
            operator = self.compound_operator();
            let Some((_, operator_span)) = operator else {
                break (arm.order_by, arm.limit);
            };
            if let Some(span) = arm.trailing {
                return Err(Box::new(errors::syntax::clause_before_compound(
                    span,
                    operator_span,
                )));
            }
        };
        self.check_compound(&arms);
        let mut query = Query {
            with,
            arms,
            order_by,
            limit,
            span: self.span_from(start),
            height: 0,
        };
        query.height = height(&query);
        Ok(query)
    }

    /// The engine counts the arms only if the last is a SELECT.
    fn check_compound(&mut self, arms: &[QueryArm]) {
        if let Some(last) = arms.last()
            && matches!(last.core, SelectCore::Select(_))
        {
            self.check_arms(arms.len(), last.span);
        }
    }

    fn compound_operator(&mut self) -> Option<(CompoundOperator, Span)> {
        let start = self.position();
        let operator = match self.peek() {
            Some(TokenKind::Keyword(Keyword::Union)) => {
                self.advance();
                if self.accept(Keyword::All) {
                    CompoundOperator::UnionAll
                } else {
                    CompoundOperator::Union
                }
            }
            Some(TokenKind::Keyword(Keyword::Except)) => {
                self.advance();
                CompoundOperator::Except
            }
            Some(TokenKind::Keyword(Keyword::Intersect)) => {
                self.advance();
                CompoundOperator::Intersect
            }
            _ => return None,
        };
        Some((operator, self.span_from(start)))
    }

    fn arm(&mut self) -> Syntax<Arm> {
        if self.accept(Keyword::Values) {
            let rows = self.list(Self::values_row)?;
            return Ok(Arm {
                core: SelectCore::Values(rows),
                order_by: Vec::new(),
                limit: None,
                trailing: None,
            });
        }
        if !self.accept(Keyword::Select) {
            return Err(self.expected("`SELECT` or `VALUES`"));
        }
        let select = self.select()?;
        let is_trailing = self.is_at_any(&[Keyword::Order, Keyword::Limit]);
        let trailing = is_trailing.then(|| self.span());
        let order_by = self.order_by()?;
        let limit = self.limit()?;
        Ok(Arm {
            core: SelectCore::Select(Box::new(select)),
            order_by,
            limit,
            trailing,
        })
    }

    fn values_row(&mut self) -> Syntax<(Vec<Expr>, Span)> {
        let start = self.position();
        self.expect(Symbol::LeftParen)?;
        let mut row = vec![self.nested(2, Self::expr)?];
        while self.accept(Symbol::Comma) {
            row.push(self.nested(4, Self::expr)?);
        }
        self.expect(Symbol::RightParen)?;
        let span = self.span_from(start);
        self.check_columns(row.len(), span, "values of a row");
        Ok((row, span))
    }

    /// SELECT without ORDER BY and LIMIT, the first word of which has been taken.
    fn select(&mut self) -> Syntax<Select> {
        let distinct = self.accept(Keyword::Distinct);
        if !distinct {
            self.accept(Keyword::All);
        }
        let columns = self.result_columns()?;
        let from = self.optional_from()?;
        let filter = self.filter()?;
        let group_by = self.group_by()?;
        let having = if self.accept(Keyword::Having) {
            Some(self.nested(7, Self::expr)?)
        } else {
            None
        };
        let windows = self.window_clause()?;
        Ok(Select {
            distinct,
            columns,
            from,
            filter,
            group_by,
            having,
            windows,
        })
    }

    /// `WHERE expr`, or nothing.
    pub(super) fn filter(&mut self) -> Syntax<Option<Expr>> {
        if self.accept(Keyword::Where) {
            self.nested(6, Self::expr).map(Some)
        } else {
            Ok(None)
        }
    }

    fn group_by(&mut self) -> Syntax<Vec<Expr>> {
        let start = self.position();
        if !self.accept_phrase(Keyword::Group, &[Keyword::By])? {
            return Ok(Vec::new());
        }
        let terms = self.nested(7, |parser| parser.list(Self::expr))?;
        self.check_columns(terms.len(), self.span_from(start), "terms of GROUP BY");
        Ok(terms)
    }

    /// What SELECT or RETURNING gives.
    pub(super) fn result_columns(&mut self) -> Syntax<Vec<ResultColumn>> {
        let start = self.position();
        let columns = self.list(Self::result_column)?;
        self.check_columns(columns.len(), self.span_from(start), "columns of a result");
        Ok(columns)
    }

    fn result_column(&mut self) -> Syntax<ResultColumn> {
        if self.is_at(Symbol::Star) {
            let span = self.span();
            self.advance();
            return Ok(ResultColumn::Star(span));
        }
        if self.is_at_table_star() {
            let table = self.name("a table name")?;
            self.advance();
            self.advance();
            return Ok(ResultColumn::TableStar(table));
        }
        let start = self.position();
        let value = self.nested(4, Self::expr)?;
        let text = self.source_text(start);
        let alias = self.alias()?;
        Ok(ResultColumn::Expr { value, alias, text })
    }

    /// `ORDER BY …`, or nothing.
    pub(super) fn order_by(&mut self) -> Syntax<Vec<OrderTerm>> {
        if self.accept_phrase(Keyword::Order, &[Keyword::By])? {
            self.nested(9, Self::order_terms)
        } else {
            Ok(Vec::new())
        }
    }

    pub(super) fn order_terms(&mut self) -> Syntax<Vec<OrderTerm>> {
        let start = self.position();
        let terms = self.list(Self::order_term)?;
        self.check_columns(terms.len(), self.span_from(start), "terms of ORDER BY");
        Ok(terms)
    }

    /// `expr [ASC | DESC] [NULLS FIRST | NULLS LAST]`
    pub(super) fn order_term(&mut self) -> Syntax<OrderTerm> {
        let value = self.expr()?;
        let order = self.sort_order();
        let nulls = self.nulls_order()?;
        Ok(OrderTerm {
            value,
            order,
            nulls,
        })
    }

    pub(super) fn sort_order(&mut self) -> Option<SortOrder> {
        if self.accept(Keyword::Asc) {
            Some(SortOrder::Ascending)
        } else if self.accept(Keyword::Desc) {
            Some(SortOrder::Descending)
        } else {
            None
        }
    }

    fn nulls_order(&mut self) -> Syntax<Option<(NullsOrder, Span)>> {
        let start = self.position();
        if !self.accept(Keyword::Nulls) {
            return Ok(None);
        }
        let order = if self.accept(Keyword::First) {
            NullsOrder::First
        } else if self.accept(Keyword::Last) {
            NullsOrder::Last
        } else {
            return Err(self.expected("`FIRST` or `LAST`"));
        };
        let span = self.span_from(start);
        self.needs(Feature::NullsOrder, span);
        Ok(Some((order, span)))
    }

    fn limit(&mut self) -> Syntax<Option<Limit>> {
        if !self.accept(Keyword::Limit) {
            return Ok(None);
        }
        let first = self.nested(9, Self::expr)?;
        let limit = if self.accept(Keyword::Offset) {
            Limit {
                count: first,
                offset: Some(self.nested(11, Self::expr)?),
            }
        } else if self.accept(Symbol::Comma) {
            Limit {
                count: self.nested(11, Self::expr)?,
                offset: Some(first),
            }
        } else {
            Limit {
                count: first,
                offset: None,
            }
        };
        Ok(Some(limit))
    }
}

/// The greatest height of the query's expressions, those of subqueries in FROM and WITH included.
fn height(query: &Query) -> u32 {
    let mut height = 0;
    for table in query.with.iter().flat_map(|with| &with.tables) {
        height = height.max(table.query.height);
    }
    for arm in &query.arms {
        height = height.max(match &arm.core {
            SelectCore::Select(select) => height_of_select(select),
            SelectCore::Values(rows) => rows.iter().map(|(row, _)| tallest(row)).max().unwrap_or(0),
        });
    }
    for term in &query.order_by {
        height = height.max(term.value.height);
    }
    if let Some(limit) = &query.limit {
        let offset = limit.offset.as_ref().map_or(0, |offset| offset.height);
        height = height.max(limit.count.height + 1).max(offset + 1);
    }
    height
}

fn height_of_select(select: &Select) -> u32 {
    let columns = select.columns.iter().map(|column| match column {
        ResultColumn::Expr { value, .. } => value.height,
        ResultColumn::Star(_) => 1,
        ResultColumn::TableStar(_) => 2,
    });
    let clauses = select.filter.iter().chain(&select.having);
    let windows = select.windows.iter();
    columns
        .chain(clauses.map(|clause| clause.height))
        .chain(windows.map(|named| window::height_of(&named.window)))
        .chain([tallest(&select.group_by), height_of(&select.from)])
        .max()
        .unwrap_or(0)
}
