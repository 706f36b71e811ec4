//! Comparisons and tests: NULL, truth, rows, DISTINCT FROM, BETWEEN.

use super::literal::boolean_constant;
use super::operator::Operand;
use super::resolver::{Resolver, is_unknown};
use crate::errors::postgres::expressions as errors;
use crate::postgres::ast::{self, Constant, ExprKind};
use crate::postgres::tree::{BooleanOperator, BooleanTest, Expr, NullTest, OperatorCall, Truth};
use crate::postgres::types::well_known;
use crate::text::Span;

impl<'a> Resolver<'a> {
    pub(super) fn null_test(&mut self, value: &'a ast::Expr, negated: bool) -> Expr {
        let operand = self.expression(value);
        let row = self.is_row_type(operand.value_type().oid);
        Expr::NullTest(Box::new(NullTest {
            operand,
            negated,
            row,
        }))
    }

    pub(super) fn truth_test(
        &mut self,
        value: &'a ast::Expr,
        test: ast::BooleanTest,
        negated: bool,
    ) -> Expr {
        let (truth, construct) = match (test, negated) {
            (ast::BooleanTest::True, false) => (Truth::True, "IS TRUE"),
            (ast::BooleanTest::True, true) => (Truth::True, "IS NOT TRUE"),
            (ast::BooleanTest::False, false) => (Truth::False, "IS FALSE"),
            (ast::BooleanTest::False, true) => (Truth::False, "IS NOT FALSE"),
            (ast::BooleanTest::Unknown, false) => (Truth::Unknown, "IS UNKNOWN"),
            (ast::BooleanTest::Unknown, true) => (Truth::Unknown, "IS NOT UNKNOWN"),
        };
        let operand = self.boolean_operand(value, construct);
        Expr::BooleanTest(Box::new(BooleanTest {
            operand,
            truth,
            negated,
        }))
    }

    /// An operator between two operands (`transformAExprOp`): rows are compared column by column, and a subquery beside
    /// a row is compared with it.
    pub(super) fn binary(
        &mut self,
        operator: &'a ast::OperatorName,
        left: &'a ast::Expr,
        right: &'a ast::Expr,
    ) -> Expr {
        match (&left.kind, &right.kind) {
            (ExprKind::Row { .. }, ExprKind::Subquery(query)) => {
                self.row_compared_with_query(left, operator, query, right.span)
            }
            (ExprKind::Row { fields: one, .. }, ExprKind::Row { fields: two, .. }) => {
                let one_values = self.expressions(one);
                let two_values = self.expressions(two);
                let one = Operand::fields(one_values, left);
                self.row_comparison(operator, one, Operand::fields(two_values, right))
            }
            _ => {
                let left = Operand::new(self.expression(left), left.span);
                let right = Operand::new(self.expression(right), right.span);
                self.operator(operator, Some(left), right)
            }
        }
    }

    pub(super) fn is_distinct(
        &mut self,
        left: &'a ast::Expr,
        right: &'a ast::Expr,
        negated: bool,
        operator: &'a ast::OperatorName,
    ) -> Expr {
        // Beside a bare NULL it is a test for NULL.
        let is_null = |it: &ast::Expr| matches!(it.kind, ExprKind::Constant(Constant::Null));
        if is_null(right) {
            return self.null_test(left, !negated);
        }
        if is_null(left) {
            return self.null_test(right, !negated);
        }
        let test = match (&left.kind, &right.kind) {
            (ExprKind::Row { fields: one, .. }, ExprKind::Row { fields: two, .. }) => {
                self.rows_distinct(one, two, operator)
            }
            _ => {
                let left = Operand::new(self.expression(left), left.span);
                let right = Operand::new(self.expression(right), right.span);
                self.distinct(operator, left, right)
            }
        };
        negate(test, negated)
    }

    fn rows_distinct(
        &mut self,
        one: &'a [ast::Expr],
        two: &'a [ast::Expr],
        operator: &'a ast::OperatorName,
    ) -> Expr {
        if one.len() != two.len() {
            return self.mistake(errors::rows_of_two_widths(
                operator.span,
                one.len(),
                two.len(),
            ));
        }
        let pairs = one.iter().zip(two);
        let mut tests: Vec<Expr> = pairs
            .map(|(left, right)| {
                let left = Operand::new(self.expression(left), left.span);
                let right = Operand::new(self.expression(right), right.span);
                self.distinct(operator, left, right)
            })
            .collect();
        match tests.len() {
            0 => boolean_constant(false),
            1 => tests.swap_remove(0),
            _ => Expr::Boolean(BooleanOperator::Or, tests),
        }
    }

    pub(super) fn distinct(
        &mut self,
        operator: &ast::OperatorName,
        left: Operand,
        right: Operand,
    ) -> Expr {
        match self.operator(operator, Some(left), right) {
            Expr::Operator(call) if call.typed.oid == well_known::BOOL => Expr::Distinct(call),
            Expr::Operator(call) => {
                let type_name = self.type_name(call.typed.oid);
                self.mistake(errors::not_boolean_equality(
                    operator.span,
                    "IS DISTINCT FROM",
                    &type_name,
                ))
            }
            other => other,
        }
    }

    pub(super) fn null_if(
        &mut self,
        left: &'a ast::Expr,
        right: &'a ast::Expr,
        span: Span,
    ) -> Expr {
        let one = self.expression(left);
        let two = self.expression(right);
        let operator = ast::OperatorName::bare("=", span);
        let one = Operand::new(one, left.span);
        match self.operator(&operator, Some(one), Operand::new(two, right.span)) {
            Expr::Operator(call) if call.typed.oid == well_known::BOOL => {
                // The result is of the first operand's type, as that is converted for the comparison.
                let typed = call.arguments.first().map(Expr::value_type);
                let typed = typed.unwrap_or(call.typed);
                Expr::NullIf(Box::new(OperatorCall { typed, ..*call }))
            }
            Expr::Operator(call) => {
                let type_name = self.type_name(call.typed.oid);
                self.mistake(errors::not_boolean_equality(span, "NULLIF", &type_name))
            }
            other => other,
        }
    }

    pub(super) fn between(
        &mut self,
        negated: bool,
        symmetric: bool,
        value: &'a ast::Expr,
        low: &'a ast::Expr,
        high: &'a ast::Expr,
        keyword: Span,
    ) -> Expr {
        // The engine writes two comparisons of them, in which each operand stands for itself.
        let one = |this: &mut Self, low: &'a ast::Expr, high: &'a ast::Expr| {
            let (lower, upper, operator) = match negated {
                false => (">=", "<=", BooleanOperator::And),
                true => ("<", ">", BooleanOperator::Or),
            };
            let mut sides = Vec::new();
            for (name, bound) in [(lower, low), (upper, high)] {
                let operator = ast::OperatorName::bare(name, keyword);
                let left = this.expression(value);
                let right = this.expression(bound);
                sides.push(this.compared(&operator, left, right, (value, bound)));
            }
            Expr::Boolean(operator, sides)
        };
        let first = one(self, low, high);
        if !symmetric {
            return first;
        }
        let mistakes = self.diagnostics.len();
        let second = one(self, high, low);
        if is_broken(&first) {
            // The same mistakes once more.
            self.diagnostics.truncate(mistakes);
        }
        let operator = match negated {
            false => BooleanOperator::Or,
            true => BooleanOperator::And,
        };
        Expr::Boolean(operator, vec![first, second])
    }

    /// A comparison of two operands, which may be rows.
    pub(super) fn compared(
        &mut self,
        operator: &ast::OperatorName,
        left: Expr,
        right: Expr,
        written: (&ast::Expr, &ast::Expr),
    ) -> Expr {
        let are_rows = matches!(written.0.kind, ExprKind::Row { .. })
            && matches!(written.1.kind, ExprKind::Row { .. });
        match (left, right) {
            (Expr::Row(left), Expr::Row(right)) if are_rows => {
                let left = Operand::fields(left.fields, written.0);
                self.row_comparison(operator, left, Operand::fields(right.fields, written.1))
            }
            (left, right) => {
                let left = Operand::new(left, written.0.span);
                self.operator(operator, Some(left), Operand::new(right, written.1.span))
            }
        }
    }
}

/// NOT, if it is wanted.
pub(super) fn negate(test: Expr, negated: bool) -> Expr {
    match (test, negated) {
        (Expr::Unknown, _) => Expr::Unknown,
        (test, true) => Expr::Boolean(BooleanOperator::Not, vec![test]),
        (test, false) => test,
    }
}

/// Whether a mistake was found in an operand.
fn is_broken(expression: &Expr) -> bool {
    match expression {
        Expr::Boolean(_, operands) => operands.iter().any(is_broken),
        other => is_unknown(other),
    }
}
