//! Subqueries in expressions (`transformSubLink`).

use super::operator::Operand;
use super::resolver::{Resolver, is_unknown};
use super::scope::Level;
use crate::errors::postgres::expressions as errors;
use crate::errors::postgres::queries;
use crate::postgres::ast::{self, OperatorName};
use crate::postgres::tree::{Expr, Parameter, ParameterKind, Query, SubLink, SubLinkKind};
use crate::postgres::types::{ValueType, well_known};
use crate::text::Span;
use std::sync::Arc;

impl<'a> Resolver<'a> {
    /// A query in an expression; nothing if it may not stand here.
    fn inner_query(&mut self, query: &'a ast::Query, span: Span) -> (Query, bool, bool) {
        let context = self.context();
        let forbidden = !context.takes_subqueries();
        if forbidden {
            self.report(errors::subquery_here(span, context));
        }
        self.enter(Level {
            in_expression: true,
            ..Level::default()
        });
        let before = self.diagnostics.len();
        let (resolved, incomplete) = self.query_in_level(query);
        self.leave();
        if forbidden {
            // One mistake is enough.
            self.diagnostics.truncate(before);
        }
        (resolved, incomplete, forbidden)
    }

    pub(super) fn exists(&mut self, query: &'a ast::Query, span: Span) -> Expr {
        let (query, ..) = self.inner_query(query, span);
        Expr::SubLink(Box::new(link(SubLinkKind::Exists, query)))
    }

    pub(super) fn scalar_query(&mut self, query: &'a ast::Query, span: Span) -> Expr {
        let (query, incomplete, forbidden) = self.inner_query(query, span);
        let Some(typed) = self.one_column(&query, incomplete || forbidden, span) else {
            return Expr::Unknown;
        };
        Expr::SubLink(Box::new(SubLink {
            typed,
            ..link(SubLinkKind::Scalar, query)
        }))
    }

    pub(super) fn array_query(&mut self, query: &'a ast::Query, span: Span) -> Expr {
        let (query, incomplete, forbidden) = self.inner_query(query, span);
        let Some(element) = self.one_column(&query, incomplete || forbidden, span) else {
            return Expr::Unknown;
        };
        // An array of arrays is one array of more dimensions.
        let oid = match self.element_of(element.oid) {
            Some(_) => Some(element.oid),
            None => self.array_of(element.oid),
        };
        let Some(oid) = oid else {
            let type_name = self.type_name(element.oid);
            return self.mistake(errors::no_array_type(span, &type_name));
        };
        Expr::SubLink(Box::new(SubLink {
            typed: ValueType { oid, ..element },
            ..link(SubLinkKind::Array, query)
        }))
    }

    /// The type of the one column that a query must have.
    fn one_column(&mut self, query: &Query, incomplete: bool, span: Span) -> Option<ValueType> {
        let mut columns = query.targets.iter().filter(|it| !it.junk);
        let first = columns.next();
        if incomplete {
            return None;
        }
        let count = query.targets.iter().filter(|it| !it.junk).count();
        match first {
            Some(first) if count == 1 => {
                let known = !is_unknown(&first.expression);
                known.then(|| first.expression.value_type())
            }
            _ => {
                self.report(queries::one_column(span, count));
                None
            }
        }
    }

    pub(super) fn in_query(
        &mut self,
        negated: bool,
        value: &'a ast::Expr,
        query: &'a ast::Query,
        operator: &'a OperatorName,
        span: Span,
    ) -> Expr {
        // NOT IN is NOT of IN, so that rows are compared for equality.
        let equals = OperatorName {
            name: "=".into(),
            ..operator.clone()
        };
        let test = self.compared_with_query(value, &equals, true, query, span);
        super::comparison::negate(test, negated)
    }

    pub(super) fn row_compared_with_query(
        &mut self,
        row: &'a ast::Expr,
        operator: &'a OperatorName,
        query: &'a ast::Query,
        span: Span,
    ) -> Expr {
        // The engine has a kind of its own for it; of what it refers to nothing differs.
        self.compared_with_query(row, operator, true, query, span)
    }

    pub(super) fn compared_with_query(
        &mut self,
        value: &'a ast::Expr,
        operator: &OperatorName,
        any: bool,
        query: &'a ast::Query,
        span: Span,
    ) -> Expr {
        let left = self.expression(value);
        let (query, incomplete, forbidden) = self.inner_query(query, span);
        if incomplete || forbidden || is_unknown(&left) {
            return Expr::Unknown;
        }
        let operands = match left {
            Expr::Row(row) => Operand::fields(row.fields, value),
            left => vec![Operand::new(left, value.span)],
        };
        let columns = query.targets.iter().filter(|it| !it.junk);
        let columns: Vec<Operand> = columns
            .enumerate()
            .map(|(position, target)| {
                if is_unknown(&target.expression) {
                    return Operand::new(Expr::Unknown, span);
                }
                let parameter = Parameter {
                    kind: ParameterKind::External(u32::try_from(position + 1).unwrap_or(0)),
                    typed: target.expression.value_type(),
                };
                Operand::new(Expr::Parameter(parameter), span)
            })
            .collect();
        if columns.len() != operands.len() {
            let mistake = queries::subquery_width(span, operands.len(), columns.len());
            return self.mistake(mistake);
        }
        let comparison = match (operands.as_slice(), columns.as_slice()) {
            ([left], [right]) => {
                let test = self.operator(operator, Some(left.clone()), right.clone());
                if !is_unknown(&test) && test.value_type().oid != well_known::BOOL {
                    return self.mistake(errors::any_of_no_boolean(operator.span));
                }
                test
            }
            _ => self.row_comparison(operator, operands.clone(), columns),
        };
        if is_unknown(&comparison) {
            return Expr::Unknown;
        }
        let kind = match any {
            true => SubLinkKind::Any,
            false => SubLinkKind::All,
        };
        Expr::SubLink(Box::new(SubLink {
            operands: operands.into_iter().map(Operand::into_value).collect(),
            operators: operators_of(&comparison),
            comparison: Some(Box::new(comparison)),
            operator_name: vec![Arc::clone(&operator.name)],
            ..link(kind, query)
        }))
    }
}

fn operators_of(comparison: &Expr) -> Vec<crate::postgres::types::Oid> {
    match comparison {
        Expr::Operator(call) => vec![call.operator],
        Expr::Boolean(_, tests) => tests.iter().flat_map(operators_of).collect(),
        Expr::RowComparison(row) => row.operators.clone(),
        _ => Vec::new(),
    }
}

/// A subquery with nothing beside it.
pub(super) fn link(kind: SubLinkKind, query: Query) -> SubLink {
    SubLink {
        kind,
        number: 0,
        operands: Vec::new(),
        operators: Vec::new(),
        comparison: None,
        operator_name: Vec::new(),
        query,
        typed: ValueType::plain(well_known::BOOL),
    }
}
