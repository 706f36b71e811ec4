//! Expressions that are one of several values: CASE, COALESCE, GREATEST.

use super::literal::null;
use super::resolver::{Resolver, is_unknown, is_untyped};
use crate::errors::postgres::expressions as errors;
use crate::postgres::ast;
use crate::postgres::tree::{Case, CaseBranch, Coalesce, Expr, MinMax};
use crate::postgres::types::{ValueType, well_known};
use crate::text::Span;

impl<'a> Resolver<'a> {
    pub(super) fn case(
        &mut self,
        operand: Option<&'a ast::Expr>,
        whens: &'a [ast::WhenClause],
        otherwise: Option<&'a ast::Expr>,
    ) -> Expr {
        let sets = self.level().sets;
        let operand = operand.map(|it| {
            let value = self.expression(it);
            // A string of which nothing says the type is a text.
            match is_untyped(&value) {
                true => {
                    let text = ValueType::plain(well_known::TEXT);
                    self.coerced_or_mistake(value, text, it.span)
                }
                false => value,
            }
        });
        let placeholder = operand.as_ref().map(Expr::value_type);
        let mut conditions = Vec::new();
        let mut results = Vec::new();
        let mut spans = Vec::new();
        for when in whens {
            let condition = self.expression(&when.condition);
            let condition = match placeholder {
                Some(typed) => {
                    let left = match operand.as_ref().is_some_and(is_unknown) {
                        true => Expr::Unknown,
                        false => Expr::CaseTest(typed),
                    };
                    self.operator_on("=", &left, Some(&condition), when.condition.span)
                }
                None => condition,
            };
            conditions.push(self.boolean_value(condition, "CASE/WHEN", when.condition.span));
            results.push(self.expression(&when.result));
            spans.push(when.result.span);
        }
        let last = match otherwise {
            Some(it) => self.expression(it),
            None => null(),
        };
        // The engine judges ELSE first.
        let otherwise_span = otherwise.map_or(spans.first().copied(), |it| Some(it.span));
        let mut all = vec![last];
        all.append(&mut results);
        let mut all_spans: Vec<Span> = otherwise_span.into_iter().collect();
        all_spans.append(&mut spans);
        let typed = self.common_type(&all, &all_spans, "CASE");
        self.no_sets_since(sets, "CASE", &all_spans);
        let Some(typed) = typed else {
            return Expr::Unknown;
        };
        let mut values = all.into_iter().zip(all_spans);
        let mut converted = values
            .by_ref()
            .map(|(value, span)| self.coerced_or_mistake(value, typed, span));
        let otherwise = converted.next().unwrap_or(Expr::Unknown);
        let results: Vec<Expr> = converted.collect();
        let branches = conditions.into_iter().zip(results);
        let typed = self.collected(typed, &[]);
        Expr::Case(Box::new(Case {
            operand,
            branches: branches
                .map(|(condition, result)| CaseBranch { condition, result })
                .collect(),
            otherwise,
            typed,
        }))
    }

    pub(super) fn coalesce(&mut self, arguments: &'a [ast::Expr]) -> Expr {
        let sets = self.level().sets;
        let (arguments, typed) = self.alike(arguments, "COALESCE");
        let spans: Vec<Span> = Vec::new();
        self.no_sets_since(sets, "COALESCE", &spans);
        match typed {
            Some(typed) => Expr::Coalesce(Box::new(Coalesce { arguments, typed })),
            None => Expr::Unknown,
        }
    }

    pub(super) fn min_max(&mut self, function: ast::MinMax, arguments: &'a [ast::Expr]) -> Expr {
        let (greatest, construct) = match function {
            ast::MinMax::Greatest => (true, "GREATEST"),
            ast::MinMax::Least => (false, "LEAST"),
        };
        let span = arguments.first().map(|it| it.span);
        let (arguments, typed) = self.alike(arguments, construct);
        let Some(typed) = typed else {
            return Expr::Unknown;
        };
        if let Some(span) = span
            && self.orderings(typed.oid).is_none()
        {
            let type_name = self.type_name(typed.oid);
            return self.mistake(errors::no_ordering(span, &type_name));
        }
        Expr::MinMax(Box::new(MinMax {
            greatest,
            arguments,
            typed,
        }))
    }

    /// Values that are converted to the type that they have in common.
    fn alike(
        &mut self,
        values: &'a [ast::Expr],
        construct: &str,
    ) -> (Vec<Expr>, Option<ValueType>) {
        let spans: Vec<Span> = values.iter().map(|it| it.span).collect();
        let values = self.expressions(values);
        let Some(typed) = self.common_type(&values, &spans, construct) else {
            return (values, None);
        };
        let values: Vec<Expr> = values
            .into_iter()
            .zip(&spans)
            .map(|(value, span)| self.coerced_or_mistake(value, typed, *span))
            .collect();
        let typed = self.collected(typed, &values);
        (values, Some(typed))
    }

    /// Functions that return sets cannot stand in what may not be computed.
    fn no_sets_since(&mut self, before: usize, construct: &str, spans: &[Span]) {
        if self.level().sets > before
            && let Some(span) = spans.first()
        {
            self.report(errors::set_within(*span, construct));
        }
    }
}
