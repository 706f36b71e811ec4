//! Expressions (`transformExpr`).

use super::context::Context;
use super::resolver::{Resolver, is_unknown, is_untyped};
use crate::errors::postgres::expressions as errors;
use crate::postgres::ast::{self, Constant, ExprKind, Indirection};
use crate::postgres::tree;
use crate::postgres::tree::{
    ArrayConstructor, BooleanOperator, BooleanTest, Case, CaseBranch, Coalesce, CoercionForm,
    Collate, Expr, MinMax, NullTest, OperatorCall, RowConstructor, SqlValue, SqlValueKind, Truth,
    Value,
};
use crate::postgres::types::{CastContext, Input, Oid, Typmod, ValueType, well_known};
use crate::text::Span;
use std::sync::Arc;

impl<'a> Resolver<'a> {
    /// An expression in a clause.
    pub(super) fn in_context(&mut self, expression: &'a ast::Expr, context: Context) -> Expr {
        self.within(context, |it| it.expression(expression))
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
                let operand = self.expression(operand);
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
                let value = self.expression(value);
                let pattern = self.expression(pattern);
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

    fn boolean_operand(&mut self, operand: &'a ast::Expr, construct: &str) -> Expr {
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

    fn null_test(&mut self, value: &'a ast::Expr, negated: bool) -> Expr {
        let operand = self.expression(value);
        let row = self.is_row_type(operand.value_type().oid);
        Expr::NullTest(Box::new(NullTest {
            operand,
            negated,
            row,
        }))
    }

    fn truth_test(&mut self, value: &'a ast::Expr, test: ast::BooleanTest, negated: bool) -> Expr {
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
    fn binary(
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
                self.row_comparison(operator, one_values, two_values)
            }
            _ => {
                let left = self.expression(left);
                let right = self.expression(right);
                self.operator(operator, Some(left), right)
            }
        }
    }

    fn is_distinct(
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
                let left = self.expression(left);
                let right = self.expression(right);
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
                let left = self.expression(left);
                let right = self.expression(right);
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
        left: Expr,
        right: Expr,
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

    fn null_if(&mut self, left: &'a ast::Expr, right: &'a ast::Expr, span: Span) -> Expr {
        let one = self.expression(left);
        let two = self.expression(right);
        match self.operator_on("=", &one, Some(&two), span) {
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

    fn between(
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
                self.row_comparison(operator, left.fields, right.fields)
            }
            (left, right) => self.operator(operator, Some(left), right),
        }
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

    fn case(
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

    fn coalesce(&mut self, arguments: &'a [ast::Expr]) -> Expr {
        let sets = self.level().sets;
        let (arguments, typed) = self.alike(arguments, "COALESCE");
        let spans: Vec<Span> = Vec::new();
        self.no_sets_since(sets, "COALESCE", &spans);
        match typed {
            Some(typed) => Expr::Coalesce(Box::new(Coalesce { arguments, typed })),
            None => Expr::Unknown,
        }
    }

    fn min_max(&mut self, function: ast::MinMax, arguments: &'a [ast::Expr]) -> Expr {
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

    /// `ARRAY[…]` (`transformArrayExpr`). `wanted` is the array type of a cast around it.
    fn array(&mut self, elements: &'a [ast::Expr], wanted: Option<ValueType>, span: Span) -> Expr {
        let element_wanted = wanted.and_then(|it| self.element_of(it.oid));
        let mut nested = false;
        let mut values = Vec::new();
        let mut spans = Vec::new();
        for element in elements {
            let value = match &element.kind {
                ExprKind::Array(inner) => {
                    nested = true;
                    self.array(inner, wanted, element.span)
                }
                _ => {
                    let value = self.expression(element);
                    // An array of arrays has more dimensions.
                    nested |= self.element_of(value.value_type().oid).is_some()
                        && value.value_type().oid != well_known::INT2VECTOR;
                    value
                }
            };
            values.push(value);
            spans.push(element.span);
        }
        if values.iter().any(is_unknown) {
            return Expr::Unknown;
        }
        let (array_type, element_type, explicit) = match (wanted, element_wanted) {
            (Some(array), Some(element)) => (array.oid, element, true),
            _ => {
                if values.is_empty() {
                    return self.mistake(errors::empty_array(span));
                }
                let Some(common) = self.common_type(&values, &spans, "ARRAY") else {
                    return Expr::Unknown;
                };
                if nested {
                    let Some(element) = self.element_of(common.oid) else {
                        let type_name = self.type_name(common.oid);
                        return self.mistake(errors::no_element_type(span, &type_name));
                    };
                    (common.oid, element, false)
                } else {
                    let Some(array) = self.array_of(common.oid) else {
                        let type_name = self.type_name(common.oid);
                        return self.mistake(errors::no_array_type(span, &type_name));
                    };
                    (array, common.oid, false)
                }
            }
        };
        let wanted = ValueType::plain(if nested { array_type } else { element_type });
        let modifier = wanted.typmod;
        let elements: Vec<Expr> = values
            .into_iter()
            .zip(&spans)
            .map(|(value, span)| {
                let typed = ValueType {
                    typmod: modifier,
                    ..wanted
                };
                match explicit {
                    true => self.cast_to(value, typed, CoercionForm::Explicit, *span),
                    false => self.coerced_or_mistake(value, typed, *span),
                }
            })
            .collect();
        let typed = self.collected(ValueType::plain(array_type), &elements);
        Expr::Array(Box::new(ArrayConstructor {
            elements,
            element_type,
            nested,
            typed,
        }))
    }

    /// A cast (`transformTypeCast`).
    fn cast(
        &mut self,
        value: &'a ast::Expr,
        type_name: &'a ast::TypeName,
        _syntax: ast::CastSyntax,
        span: Span,
    ) -> Expr {
        let Some(typed) = self.type_named(type_name) else {
            // What is cast may hold mistakes of its own.
            let _ = self.expression(value);
            return Expr::Unknown;
        };
        let operand = match &value.kind {
            ExprKind::Array(elements) => {
                // ARRAY[] is of the type that it is cast to.
                let base = self.base_of(typed);
                match self.element_of(base.oid) {
                    Some(_) => self.array(elements, Some(base), value.span),
                    None => self.expression(value),
                }
            }
            _ => self.expression(value),
        };
        let place = match self.is_literal(&operand) {
            true => value.span,
            false => span,
        };
        self.cast_to(operand, typed, CoercionForm::Explicit, place)
    }

    fn is_literal(&self, operand: &Expr) -> bool {
        is_untyped(operand)
    }

    /// Converts as a cast that is written does.
    pub(super) fn cast_to(
        &mut self,
        value: Expr,
        typed: ValueType,
        form: CoercionForm,
        span: Span,
    ) -> Expr {
        if is_unknown(&value) {
            return Expr::Unknown;
        }
        let source = value.value_type().oid;
        match self.coerced(value, typed, CastContext::Explicit, form, span) {
            Some(value) => value,
            None => {
                let (source, target) = (self.type_name(source), self.type_name(typed.oid));
                self.mistake(errors::no_cast(span, &source, &target))
            }
        }
    }

    fn collate(&mut self, value: &'a ast::Expr, collation: &'a ast::QualifiedName) -> Expr {
        let operand = self.expression(value);
        let found = self.collation_named(collation);
        let typed = operand.value_type();
        if is_unknown(&operand) {
            return Expr::Unknown;
        }
        if !self.is_collatable(typed.oid) && !is_untyped(&operand) {
            let type_name = self.type_name(typed.oid);
            return self.mistake(errors::no_collations(collation.span, &type_name));
        }
        match found {
            Some(collation) => Expr::Collate(Box::new(Collate { operand, collation })),
            None => Expr::Unknown,
        }
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

    /// A literal, a number as its type prints it.
    fn constant(&self, value: &Constant) -> Expr {
        let literal = constant(value);
        let numeric = ValueType::plain(well_known::NUMERIC);
        match &literal {
            Expr::Constant(tree::Constant {
                typed,
                value: Some(Value::Text(text)),
            }) if *typed == numeric => match self.typing().input(numeric, text, self.version) {
                Ok(Input::Value(value)) => Expr::Constant(tree::Constant {
                    typed: numeric,
                    value: Some(value),
                }),
                Ok(Input::Unsure(_)) | Err(_) => literal,
            },
            _ => literal,
        }
    }

    /// All of some conditions.
    pub(super) fn all_of(mut conditions: Vec<Expr>) -> Option<Expr> {
        match conditions.len() {
            0 => None,
            1 => Some(conditions.swap_remove(0)),
            _ => Some(Expr::Boolean(BooleanOperator::And, conditions)),
        }
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

/// A literal.
fn constant(value: &Constant) -> Expr {
    let (oid, value): (Oid, Option<Arc<str>>) = match value {
        Constant::Null => (well_known::UNKNOWN, None),
        Constant::Boolean(value) => {
            return boolean_constant(*value);
        }
        Constant::Integer(value) => (well_known::INT4, Some(value.to_string().into())),
        Constant::Number(text) => match text.parse::<i64>() {
            Ok(value) if !text.starts_with('+') => {
                (well_known::INT8, Some(value.to_string().into()))
            }
            _ => (well_known::NUMERIC, Some(Arc::from(&**text))),
        },
        Constant::String(text) => (well_known::UNKNOWN, Some(Arc::from(&**text))),
        Constant::Bits(digits) => (well_known::BIT, Some(bits(digits).into())),
    };
    Expr::Constant(tree::Constant {
        typed: ValueType {
            oid,
            typmod: Typmod::NONE,
            collation: None,
        },
        value: value.map(Value::Text),
    })
}

/// The bits of `b1010` or `x1F`.
fn bits(digits: &str) -> String {
    match digits.split_at_checked(1) {
        Some(("x", digits)) => digits
            .chars()
            .filter_map(|digit| digit.to_digit(16))
            .map(|digit| format!("{digit:04b}"))
            .collect(),
        Some((_, digits)) => digits.to_owned(),
        None => String::new(),
    }
}

/// NULL of which nothing says the type.
pub(super) fn null() -> Expr {
    constant(&Constant::Null)
}

/// TRUE or FALSE.
pub(super) fn boolean_constant(value: bool) -> Expr {
    Expr::Constant(tree::Constant {
        typed: ValueType::plain(well_known::BOOL),
        value: Some(Value::Text(if value { "t" } else { "f" }.into())),
    })
}

/// An integer.
pub(super) fn integer_constant(value: i32) -> Expr {
    constant(&Constant::Integer(value))
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

fn sql_value(value: ast::SqlValue, precision: Option<i32>) -> SqlValue {
    use ast::SqlValue as Written;
    let name = ValueType::plain(well_known::NAME);
    let name = name.collated(Some(well_known::C_COLLATION));
    let (kind, typed) = match value {
        Written::CurrentDate => (
            SqlValueKind::CurrentDate,
            ValueType::plain(well_known::DATE),
        ),
        Written::CurrentTime => (
            SqlValueKind::CurrentTime,
            ValueType::plain(well_known::TIMETZ),
        ),
        Written::CurrentTimestamp => (
            SqlValueKind::CurrentTimestamp,
            ValueType::plain(well_known::TIMESTAMPTZ),
        ),
        Written::LocalTime => (SqlValueKind::LocalTime, ValueType::plain(well_known::TIME)),
        Written::LocalTimestamp => (
            SqlValueKind::LocalTimestamp,
            ValueType::plain(well_known::TIMESTAMP),
        ),
        Written::CurrentRole => (SqlValueKind::CurrentRole, name),
        Written::CurrentUser => (SqlValueKind::CurrentUser, name),
        Written::SessionUser => (SqlValueKind::SessionUser, name),
        Written::User => (SqlValueKind::User, name),
        Written::CurrentCatalog => (SqlValueKind::CurrentCatalog, name),
        Written::CurrentSchema => (SqlValueKind::CurrentSchema, name),
    };
    // The engine takes six digits at most, with a warning for more.
    let typmod = precision.map_or(Typmod::NONE, |it| Typmod(it.min(6)));
    SqlValue {
        kind,
        typed: typed.modified(typmod),
    }
}
