//! Expressions (`transformExpr`).

use super::comparison::negate;
use super::context::Context;
use super::literal::sql_value;
use super::operator::Operand;
use super::resolver::Resolver;
use crate::errors::postgres::expressions as errors;
use crate::postgres::ast::{self, ExprKind, Indirection};
use crate::postgres::tree::{BooleanOperator, CoercionForm, Expr, RowConstructor};
use crate::postgres::types::well_known;
use std::sync::Arc;

impl<'a> Resolver<'a> {
    /// An expression in a clause.
    pub(super) fn in_context(&mut self, expression: &'a ast::Expr, context: Context) -> Expr {
        let before = self.diagnostics.len();
        let value = self.within(context, |it| it.expression(expression));
        match self.diagnostics.len() == before {
            true => self.computed(value, context, expression.span),
            false => value,
        }
    }

    /// An expression where the innermost query's context says.
    pub(super) fn expression(&mut self, expression: &'a ast::Expr) -> Expr {
        let span = expression.span;
        match &expression.kind {
            ExprKind::Constant(value) => self.constant(value),
            ExprKind::Parameter(number) => self.parameter(*number, span),
            ExprKind::Column { parts, star: None } => self.column(parts, span),
            ExprKind::Column {
                parts,
                star: Some(_),
            } => {
                if parts.is_empty() {
                    return self.mistake(errors::star_here(span));
                }
                self.whole_row_named(parts, span)
            }
            ExprKind::Indirection { value, steps } => self.indirection(value, steps),
            ExprKind::Unary { operator, operand } => {
                let operand = Operand::new(self.expression(operand), operand.span);
                self.operator(operator, None, operand)
            }
            ExprKind::Binary {
                operator,
                left,
                right,
            } => self.binary(operator, left, right),
            ExprKind::Boolean { operator, operands } => self.boolean(*operator, operands),
            ExprKind::Not(operand) => {
                let operand = self.boolean_operand(operand, "NOT");
                Expr::Boolean(BooleanOperator::Not, vec![operand])
            }
            ExprKind::IsNull { value, negated } => self.null_test(value, *negated),
            ExprKind::IsTruth {
                value,
                test,
                negated,
            } => self.truth_test(value, *test, *negated),
            ExprKind::IsDistinct {
                left,
                right,
                negated,
                operator,
            } => self.is_distinct(left, right, *negated, operator),
            ExprKind::IsDocument { value, negated } => {
                let test = self.is_document(value);
                negate(test, *negated)
            }
            ExprKind::Like {
                operator,
                value,
                pattern,
                ..
            } => {
                let value = Operand::new(self.expression(value), value.span);
                let pattern = Operand::new(self.expression(pattern), pattern.span);
                self.operator(operator, Some(value), pattern)
            }
            ExprKind::Between {
                negated,
                symmetric,
                value,
                low,
                high,
                keyword,
            } => self.between(*negated, *symmetric, value, low, high, *keyword),
            ExprKind::In {
                negated,
                value,
                list,
                operator,
            } => self.in_list(*negated, value, list, operator, span),
            ExprKind::InQuery {
                negated,
                value,
                query,
                operator,
            } => self.in_query(*negated, value, query, operator, span),
            ExprKind::Quantified {
                value,
                operator,
                quantifier,
                operand,
            } => self.quantified(value, operator, *quantifier, operand, span),
            ExprKind::Exists(query) => self.exists(query, span),
            ExprKind::Subquery(query) => self.scalar_query(query, span),
            ExprKind::ArrayQuery(query) => self.array_query(query, span),
            ExprKind::Array(elements) => self.array(elements, None, span),
            ExprKind::Row { fields, explicit } => self.row(fields, *explicit),
            ExprKind::Case {
                operand,
                whens,
                otherwise,
            } => self.case(operand.as_deref(), whens, otherwise.as_deref()),
            ExprKind::Coalesce(arguments) => self.coalesce(arguments),
            ExprKind::NullIf(left, right) => self.null_if(left, right, span),
            ExprKind::MinMax {
                function,
                arguments,
            } => self.min_max(*function, arguments),
            ExprKind::Cast {
                value,
                type_name,
                syntax,
            } => self.cast(value, type_name, *syntax, span),
            ExprKind::Collate { value, collation } => self.collate(value, collation),
            ExprKind::Function(call) => self.call(call, span),
            ExprKind::SqlValue { value, precision } => {
                Expr::SqlValue(sql_value(*value, *precision))
            }
            ExprKind::Grouping(arguments) => self.grouping(arguments, span),
            ExprKind::XmlConcat(_)
            | ExprKind::XmlElement { .. }
            | ExprKind::XmlForest(_)
            | ExprKind::XmlParse { .. }
            | ExprKind::XmlInstruction { .. }
            | ExprKind::XmlRoot { .. }
            | ExprKind::XmlSerialize { .. } => self.xml(expression),
            ExprKind::Default => self.mistake(errors::default_here(span)),
            ExprKind::CurrentOf(cursor) => Expr::CurrentOf(Arc::clone(&cursor.name)),
        }
    }

    pub(super) fn expressions(&mut self, expressions: &'a [ast::Expr]) -> Vec<Expr> {
        expressions.iter().map(|it| self.expression(it)).collect()
    }

    /// A condition, which is boolean (`transformWhereClause`).
    pub(super) fn condition(
        &mut self,
        condition: &'a ast::Expr,
        context: Context,
        construct: &str,
    ) -> Expr {
        let value = self.in_context(condition, context);
        self.boolean_value(value, construct, condition.span)
    }

    pub(super) fn boolean_operand(&mut self, operand: &'a ast::Expr, construct: &str) -> Expr {
        let value = self.expression(operand);
        self.boolean_value(value, construct, operand.span)
    }

    fn boolean(&mut self, operator: ast::BooleanOperator, operands: &'a [ast::Expr]) -> Expr {
        let (operator, construct) = match operator {
            ast::BooleanOperator::And => (BooleanOperator::And, "AND"),
            ast::BooleanOperator::Or => (BooleanOperator::Or, "OR"),
        };
        let operands = operands.iter();
        let operands = operands.map(|it| self.boolean_operand(it, construct));
        Expr::Boolean(operator, operands.collect())
    }

    pub(super) fn row(&mut self, fields: &'a [ast::Expr], explicit: bool) -> Expr {
        let fields = self.expression_list(fields);
        if fields.len() > 1664 {
            // The engine's limit of entries of a row (`MaxTupleAttributeNumber`) is met by no migration.
            return Expr::Unknown;
        }
        let names = (1..=fields.len()).map(|it| format!("f{it}").into());
        Expr::Row(Box::new(RowConstructor {
            names: names.collect(),
            fields,
            row_type: well_known::RECORD,
            form: match explicit {
                true => CoercionForm::Call,
                false => CoercionForm::Implicit,
            },
        }))
    }

    /// A list of expressions in which `t.*` stands for the columns of `t` (`transformExpressionList`).
    pub(super) fn expression_list(&mut self, expressions: &'a [ast::Expr]) -> Vec<Expr> {
        let mut list = Vec::with_capacity(expressions.len());
        for expression in expressions {
            match &expression.kind {
                ExprKind::Column {
                    parts,
                    star: Some(_),
                } => {
                    let columns = self.star(parts, expression.span).unwrap_or_default();
                    list.extend(columns.into_iter().map(|(_, value)| value));
                }
                ExprKind::Indirection { value, steps }
                    if matches!(steps.last(), Some(Indirection::Star(_))) =>
                {
                    let columns = self.star_of_value(value, steps, expression.span);
                    list.extend(columns.into_iter().map(|(_, value)| value));
                }
                _ => list.push(self.expression(expression)),
            }
        }
        list
    }

    /// All of some conditions.
    pub(super) fn all_of(mut conditions: Vec<Expr>) -> Option<Expr> {
        match conditions.len() {
            0 => None,
            1 => Some(conditions.swap_remove(0)),
            _ => Some(Expr::Boolean(BooleanOperator::And, conditions)),
        }
    }
}
