//! Operators and comparisons (`parse_oper.c`, `make_op`, `transformAExprIn`, `make_row_comparison_op`).

use super::resolver::{Resolver, is_unknown};
use crate::errors::postgres::{expressions as errors, operators};
use crate::postgres::ast::{self, OperatorName, QuantifiedOperand, Quantifier};
use crate::postgres::tree::{
    ArrayComparison, BooleanOperator, Expr, OperatorCall, RowComparison, RowComparisonKind,
};
use crate::postgres::types::{Objects as _, Oid, ValueType, well_known};
use crate::text::Span;

/// An operand, and where it is written.
#[derive(Debug, Clone)]
pub(super) struct Operand {
    value: Expr,
    span: Span,
}

impl Operand {
    pub(super) fn new(value: Expr, span: Span) -> Operand {
        Operand { value, span }
    }

    pub(super) fn into_value(self) -> Expr {
        self.value
    }

    /// The fields of a row, at their places if it is written as one.
    pub(super) fn fields(values: Vec<Expr>, written: &ast::Expr) -> Vec<Operand> {
        let spans: Vec<Span> = match &written.kind {
            ast::ExprKind::Row { fields, .. } => fields.iter().map(|it| it.span).collect(),
            _ => Vec::new(),
        };
        let spans = spans.into_iter().chain(std::iter::repeat(written.span));
        values
            .into_iter()
            .zip(spans)
            .map(|(value, span)| Operand { value, span })
            .collect()
    }
}

impl<'a> Resolver<'a> {
    /// An operator without a schema.
    pub(super) fn operator_on(
        &mut self,
        name: &str,
        left: &Expr,
        right: Option<&Expr>,
        span: Span,
    ) -> Expr {
        let operator = OperatorName::bare(name, span);
        let left = Operand::new(left.clone(), span);
        match right {
            Some(right) => {
                let right = Operand::new(right.clone(), span);
                self.operator(&operator, Some(left), right)
            }
            None => self.operator(&operator, None, left),
        }
    }

    /// An operator with its operands (`make_op`).
    pub(super) fn operator(
        &mut self,
        name: &OperatorName,
        left: Option<Operand>,
        right: Operand,
    ) -> Expr {
        let operands: Vec<Operand> = left.into_iter().chain([right]).collect();
        if operands.iter().any(|it| is_unknown(&it.value)) {
            return Expr::Unknown;
        }
        let types: Vec<Oid> = operands
            .iter()
            .map(|it| it.value.value_type().oid)
            .collect();
        let (left_type, right_type) = match types.as_slice() {
            [left, right] => (Some(*left), *right),
            [right] => (None, *right),
            _ => return Expr::Unknown,
        };
        let Some(operator) = self.operator_named(name, left_type, right_type) else {
            return Expr::Unknown;
        };
        self.operator_call(operator, operands, name.span)
    }

    /// The call of an operator that was chosen.
    fn operator_call(&mut self, operator: Oid, operands: Vec<Operand>, span: Span) -> Expr {
        let (mut arguments, spans): (Vec<Expr>, Vec<Span>) =
            operands.into_iter().map(|it| (it.value, it.span)).unzip();
        let Some(found) = self.catalog.operator(operator) else {
            return Expr::Unknown;
        };
        let declared: Vec<Oid> = found.left.into_iter().chain([found.right]).collect();
        let (function, result) = (found.function, found.result);
        let (Some(function), Some(result)) = (function, result) else {
            let name = found.name.to_string();
            return self.mistake(operators::operator_only_announced(span, &name));
        };
        let returns_set = self
            .catalog
            .function(function)
            .is_some_and(|it| it.returns_set);
        let actual: Vec<Oid> = arguments.iter().map(|it| it.value_type().oid).collect();
        let Some((declared, result)) = self.made_concrete(&actual, &declared, result, span) else {
            return Expr::Unknown;
        };
        if !self.convert_arguments(&mut arguments, &declared, &spans) {
            return Expr::Unknown;
        }
        if returns_set {
            self.note_set(span, "operator");
        }
        let typed = self.collected(ValueType::plain(result), &arguments);
        Expr::Operator(Box::new(OperatorCall {
            operator,
            arguments,
            returns_set,
            typed,
        }))
    }

    /// `value IN (a, b)` (`transformAExprIn`).
    pub(super) fn in_list(
        &mut self,
        negated: bool,
        value: &'a ast::Expr,
        list: &'a [ast::Expr],
        operator: &'a OperatorName,
        span: Span,
    ) -> Expr {
        let left = self.expression(value);
        let mut with_columns = Vec::new();
        let mut without = Vec::new();
        for item in list {
            let expression = self.expression(item);
            match has_columns(&expression) {
                true => with_columns.push((item, expression)),
                false => without.push((item, expression)),
            }
        }
        let mut tests = Vec::new();
        // Several values without columns make one array, if they have a type in common.
        let left_row = matches!(left, Expr::Row(_));
        let plain = !left_row && without.iter().all(|(_, it)| !matches!(it, Expr::Row(_)));
        let mut array_made = false;
        if without.len() > 1
            && plain
            && let Some(test) = self.in_array(negated, value, &left, &without, operator, span)
        {
            tests.push(test);
            array_made = true;
        }
        if !array_made {
            let mut all = without;
            all.append(&mut with_columns);
            // In the order in which they are written.
            all.sort_by_key(|(item, _)| item.span.start);
            with_columns = all;
        }
        for (item, right) in with_columns {
            let test = match (&left, right) {
                (Expr::Row(left), Expr::Row(right)) => {
                    let left = Operand::fields(left.fields.clone(), value);
                    self.row_comparison(operator, left, Operand::fields(right.fields, item))
                }
                (left, right) => {
                    let mut name = operator.clone();
                    name.span = item.span;
                    let left = Operand::new(left.clone(), value.span);
                    self.operator(&name, Some(left), Operand::new(right, item.span))
                }
            };
            tests.push(self.boolean_value(test, "IN", item.span));
        }
        match tests.len() {
            0 => Expr::Unknown,
            1 => tests.swap_remove(0),
            _ if negated => Expr::Boolean(BooleanOperator::And, tests),
            _ => Expr::Boolean(BooleanOperator::Or, tests),
        }
    }

    fn in_array(
        &mut self,
        negated: bool,
        value: &ast::Expr,
        left: &Expr,
        list: &[(&ast::Expr, Expr)],
        operator: &OperatorName,
        span: Span,
    ) -> Option<Expr> {
        let all = std::iter::once(left).chain(list.iter().map(|(_, it)| it));
        let all: Vec<Expr> = all.cloned().collect();
        if all.iter().any(is_unknown) {
            return Some(Expr::Unknown);
        }
        let common = self.common_type_or_nothing(&all)?;
        if common == well_known::RECORD {
            return None;
        }
        let array = self.array_of(common)?;
        let wanted = ValueType::plain(common);
        let elements: Vec<Expr> = list
            .iter()
            .map(|(item, value)| self.coerced_or_mistake(value.clone(), wanted, item.span))
            .collect();
        let elements_type = self.collected(ValueType::plain(array), &elements);
        let array = Expr::Array(Box::new(crate::postgres::tree::ArrayConstructor {
            elements,
            element_type: common,
            nested: false,
            typed: elements_type,
        }));
        let left = Operand::new(left.clone(), value.span);
        Some(self.array_comparison(operator, !negated, left, Operand::new(array, span)))
    }

    /// `value operator ANY (array)` (`make_scalar_array_op`).
    fn array_comparison(
        &mut self,
        operator: &OperatorName,
        any: bool,
        value: Operand,
        array: Operand,
    ) -> Expr {
        let spans = [value.span, array.span];
        let span = array.span;
        let (value, array) = (value.value, array.value);
        if is_unknown(&value) || is_unknown(&array) {
            return Expr::Unknown;
        }
        let left = value.value_type().oid;
        let array_type = array.value_type();
        let right = match array_type.oid {
            well_known::UNKNOWN => well_known::UNKNOWN,
            oid => {
                let base = self.base_of(array_type).oid;
                match self.element_of(base) {
                    Some(element) => element,
                    None => {
                        let type_name = self.type_name(oid);
                        return self.mistake(errors::any_of_no_array(span, &type_name));
                    }
                }
            }
        };
        let Some(found) = self.operator_named(operator, Some(left), right) else {
            return Expr::Unknown;
        };
        let Some(chosen) = self.catalog.operator(found) else {
            return Expr::Unknown;
        };
        let declared: Vec<Oid> = chosen.left.into_iter().chain([chosen.right]).collect();
        let Some(result) = chosen.result else {
            return Expr::Unknown;
        };
        let Some((declared, result)) = self.made_concrete(&[left, right], &declared, result, span)
        else {
            return Expr::Unknown;
        };
        if result != well_known::BOOL {
            return self.mistake(errors::any_of_no_boolean(operator.span));
        }
        let [left_declared, right_declared] = declared.as_slice() else {
            return Expr::Unknown;
        };
        // The array is of what the operator takes on its right.
        let array_declared = match *right_declared {
            well_known::ANYELEMENT => self.base_of(array_type).oid,
            declared => match self.array_of(declared) {
                Some(array) => array,
                None => {
                    let type_name = self.type_name(declared);
                    return self.mistake(errors::no_array_type(span, &type_name));
                }
            },
        };
        let declared = [*left_declared, array_declared];
        let mut arguments = vec![value, array];
        if !self.convert_arguments(&mut arguments, &declared, &spans) {
            return Expr::Unknown;
        }
        let mut arguments = arguments.into_iter();
        match (arguments.next(), arguments.next()) {
            (Some(value), Some(array)) => Expr::ArrayComparison(Box::new(ArrayComparison {
                operator: found,
                any,
                value,
                array,
            })),
            _ => Expr::Unknown,
        }
    }

    /// `value operator ANY (…)`.
    pub(super) fn quantified(
        &mut self,
        value: &'a ast::Expr,
        operator: &'a OperatorName,
        quantifier: Quantifier,
        operand: &'a QuantifiedOperand,
        span: Span,
    ) -> Expr {
        let any = quantifier == Quantifier::Any;
        match operand {
            QuantifiedOperand::Query(query) => {
                self.compared_with_query(value, operator, any, query, span)
            }
            QuantifiedOperand::Expr(array) => {
                let value = Operand::new(self.expression(value), value.span);
                let array = Operand::new(self.expression(array), array.span);
                self.array_comparison(operator, any, value, array)
            }
        }
    }

    /// A comparison of rows (`make_row_comparison_op`).
    pub(super) fn row_comparison(
        &mut self,
        operator: &OperatorName,
        left: Vec<Operand>,
        right: Vec<Operand>,
    ) -> Expr {
        let span = operator.span;
        if left.len() != right.len() {
            return self.mistake(errors::rows_of_two_widths(span, left.len(), right.len()));
        }
        if left.is_empty() {
            return self.mistake(errors::empty_rows(span));
        }
        let mut tests = Vec::new();
        for (left, right) in left.into_iter().zip(right) {
            let test = self.operator(operator, Some(left), right);
            let typed = test.value_type();
            if !is_unknown(&test) && typed.oid != well_known::BOOL {
                let type_name = self.type_name(typed.oid);
                return self.mistake(errors::row_comparison_not_boolean(span, &type_name));
            }
            tests.push(test);
        }
        if tests.iter().any(is_unknown) {
            return Expr::Unknown;
        }
        if tests.len() == 1 {
            return tests.swap_remove(0);
        }
        let calls: Vec<OperatorCall> = tests
            .iter()
            .filter_map(|test| match test {
                Expr::Operator(call) => Some((**call).clone()),
                _ => None,
            })
            .collect();
        let operators: Vec<Oid> = calls.iter().map(|call| call.operator).collect();
        let Some((strategy, families)) = self.row_strategy(&operators) else {
            return self.mistake(errors::no_row_ordering(span, &operator.name));
        };
        let kind = match strategy {
            1 => RowComparisonKind::Less,
            2 => RowComparisonKind::LessOrEqual,
            4 => RowComparisonKind::GreaterOrEqual,
            5 => RowComparisonKind::Greater,
            3 => return Expr::Boolean(BooleanOperator::And, tests),
            _ => return Expr::Boolean(BooleanOperator::Or, tests),
        };
        let mut row = RowComparison {
            kind,
            operators,
            families,
            left: Vec::new(),
            right: Vec::new(),
        };
        for call in calls {
            let mut arguments = call.arguments.into_iter();
            row.left.extend(arguments.next());
            row.right.extend(arguments.next());
        }
        Expr::RowComparison(Box::new(row))
    }
}

/// Whether there is a column of the query itself (`contain_vars_of_level`).
fn has_columns(expression: &Expr) -> bool {
    use crate::postgres::tree::{Query, Visitor, walk_expression, walk_query};

    struct Search {
        depth: usize,
        found: bool,
    }

    impl Visitor for Search {
        fn expression(&mut self, expression: &Expr) {
            if let Expr::Column(column) = expression {
                self.found |= column.levels_up == self.depth;
            }
            walk_expression(self, expression);
        }

        fn query(&mut self, query: &Query) {
            self.depth += 1;
            walk_query(self, query);
            self.depth -= 1;
        }
    }

    let mut search = Search {
        depth: 0,
        found: false,
    };
    search.expression(expression);
    search.found
}
