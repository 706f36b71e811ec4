//! Expressions over values that are known.

use super::compare::{self, Side};
use super::{Queries, Value, call, of_literal};
use crate::config::Rules;
use crate::sqlite::ast::{
    BinaryOperator, Expr, ExprKind, Literal, Query, ResultColumn, SelectCore, UnaryOperator,
};
use crate::sqlite::catalog::Table;
use crate::text::Ident;
use std::cmp::Ordering;
use std::sync::Arc;

/// What the names in an expression stand for.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Names<'a> {
    /// No column can be named.
    Nothing,
    /// No column can be named, but functions and queries.
    Database {
        rules: &'a Rules,
        queries: Option<&'a dyn Queries>,
    },
    /// The columns of a row.
    Row {
        table: &'a Table,
        /// By position; none where it is not certain.
        values: &'a [Option<Value>],
        rules: &'a Rules,
        /// None where there can be no queries, or nothing is known of them.
        queries: Option<&'a dyn Queries>,
        /// The only name that can stand before a column; none if there is no other table to name.
        alias: Option<&'a str>,
    },
}

/// What a condition is: none for NULL.
type Truth = Option<bool>;

impl Names<'_> {
    /// The value of an expression, if it is certain.
    pub(crate) fn value(self, expr: &Expr) -> Option<Value> {
        match &expr.kind {
            ExprKind::Literal(literal) => of_literal(literal),
            ExprKind::Parenthesized(inner) => self.value(inner),
            ExprKind::Collate { value, .. } => self.value(value),
            ExprKind::Name(name) => self.named(name),
            ExprKind::Qualified {
                database,
                table,
                column,
            } => {
                let is_own = match self {
                    Names::Row {
                        alias: Some(alias), ..
                    } => database.is_none() && table.name.eq_ignore_ascii_case(alias),
                    Names::Row { alias: None, .. } | Names::Nothing | Names::Database { .. } => {
                        true
                    }
                };
                self.column(column).filter(|_| is_own)?
            }
            ExprKind::Unary { operator, operand } => match operator {
                UnaryOperator::Plus => self.value(operand),
                UnaryOperator::Minus => self.negative(operand),
                UnaryOperator::Not => {
                    let truth = self.truth(operand)?;
                    Some(of_truth(truth.map(|truth| !truth)))
                }
                UnaryOperator::BitNot => None,
            },
            ExprKind::Binary {
                operator,
                left,
                right,
            } => self.binary(*operator, left, right),
            ExprKind::IsNull(operand) => Some(of_bool(self.value(operand)? == Value::Null)),
            ExprKind::NotNull(operand) => Some(of_bool(self.value(operand)? != Value::Null)),
            ExprKind::Between {
                negated,
                value,
                low,
                high,
            } => {
                let above = self.comparison(BinaryOperator::GreaterOrEqual, value, low);
                let below = self.comparison(BinaryOperator::LessOrEqual, value, high);
                let truth = and(above, below)?;
                Some(of_truth(truth.map(|truth| truth != *negated)))
            }
            ExprKind::InList {
                negated,
                value,
                list,
            } => {
                let truth = self.listed(value, list)?;
                Some(of_truth(truth.map(|truth| truth != *negated)))
            }
            ExprKind::Function(call) => self.call(call),
            ExprKind::Exists(query) => self.queries()?.exists(query).map(of_bool),
            ExprKind::Subquery(query) => self.queries()?.scalar(query),
            ExprKind::Case {
                operand: None,
                whens,
                otherwise,
            } => {
                for when in whens {
                    if self.truth(&when.condition)? == Some(true) {
                        return self.value(&when.result);
                    }
                }
                let otherwise = otherwise.as_ref();
                otherwise.map_or(Some(Value::Null), |value| self.value(value))
            }
            _ => None,
        }
    }

    /// Whether a condition holds, if that is certain.
    pub(crate) fn truth(self, expr: &Expr) -> Option<Truth> {
        match self.value(expr)? {
            Value::Null => Some(None),
            Value::Integer(number) => Some(Some(number != 0)),
            Value::Real(number) => Some(Some(number != 0.0)),
            Value::Text(_) | Value::Blob(_) => None,
        }
    }

    fn queries(&self) -> Option<&dyn Queries> {
        match self {
            Names::Nothing => None,
            Names::Database { queries, .. } | Names::Row { queries, .. } => *queries,
        }
    }

    fn named(self, name: &Ident) -> Option<Value> {
        if let Some(value) = self.column(name) {
            return value;
        }
        let is = |word: &str| !name.is_quoted() && name.name.eq_ignore_ascii_case(word);
        match (is("true"), is("false")) {
            (true, _) => Some(Value::Integer(1)),
            (_, true) => Some(Value::Integer(0)),
            (false, false) => None,
        }
    }

    /// The value of a column of this name, if there is one.
    #[expect(
        clippy::option_option,
        reason = "a column whose value is not certain is a column"
    )]
    fn column(self, name: &Ident) -> Option<Option<Value>> {
        match self {
            Names::Nothing | Names::Database { .. } => None,
            Names::Row { table, values, .. } => {
                let position = table.column_index(&name.name)?;
                Some(values.get(position).cloned().flatten())
            }
        }
    }

    /// The value of a column, if it is certain.
    pub(crate) fn value_of(self, name: &str) -> Option<Value> {
        match self {
            Names::Nothing | Names::Database { .. } => None,
            Names::Row { table, values, .. } => values.get(table.column_index(name)?).cloned()?,
        }
    }

    fn negative(self, operand: &Expr) -> Option<Value> {
        // The smallest integer is written as the negative of one that is too big.
        if let ExprKind::Literal(Literal::Integer(text)) = &operand.kind
            && let Ok(smallest @ i64::MIN) = format!("-{text}").parse()
        {
            return Some(Value::Integer(smallest));
        }
        match self.value(operand)? {
            Value::Null => Some(Value::Null),
            Value::Integer(number) => number.checked_neg().map(Value::Integer),
            Value::Real(number) => Some(Value::Real(-number)),
            Value::Text(_) | Value::Blob(_) => None,
        }
    }

    fn binary(self, operator: BinaryOperator, left: &Expr, right: &Expr) -> Option<Value> {
        match operator {
            BinaryOperator::And => and(self.truth(left), self.truth(right)).map(of_truth),
            BinaryOperator::Or => {
                let not = |truth: Option<Truth>| truth.map(|truth| truth.map(|truth| !truth));
                let neither = and(not(self.truth(left)), not(self.truth(right)));
                not(neither).map(of_truth)
            }
            BinaryOperator::Equal
            | BinaryOperator::NotEqual
            | BinaryOperator::Less
            | BinaryOperator::LessOrEqual
            | BinaryOperator::Greater
            | BinaryOperator::GreaterOrEqual => {
                self.comparison(operator, left, right).map(of_truth)
            }
            BinaryOperator::Is => self.is(left, right).map(of_bool),
            BinaryOperator::IsNot => self.is(left, right).map(|same| of_bool(!same)),
            BinaryOperator::Add | BinaryOperator::Subtract | BinaryOperator::Multiply => {
                match (self.value(left)?, self.value(right)?) {
                    (Value::Null, _) | (_, Value::Null) => Some(Value::Null),
                    (Value::Integer(left), Value::Integer(right)) => match operator {
                        BinaryOperator::Add => left.checked_add(right),
                        BinaryOperator::Subtract => left.checked_sub(right),
                        _ => left.checked_mul(right),
                    }
                    .map(Value::Integer),
                    _ => None,
                }
            }
            BinaryOperator::Concat => match (self.value(left)?, self.value(right)?) {
                (Value::Null, _) | (_, Value::Null) => Some(Value::Null),
                (Value::Text(left), Value::Text(right)) => {
                    Some(Value::Text(Arc::from(format!("{left}{right}"))))
                }
                _ => None,
            },
            BinaryOperator::Divide | BinaryOperator::Remainder => {
                match (self.value(left)?, self.value(right)?) {
                    (Value::Null, _) | (_, Value::Null | Value::Integer(0)) => Some(Value::Null),
                    (Value::Integer(left), Value::Integer(right)) => match operator {
                        BinaryOperator::Divide => left.checked_div(right),
                        _ => left.checked_rem(right),
                    }
                    .map(Value::Integer),
                    _ => None,
                }
            }
            BinaryOperator::BitAnd
            | BinaryOperator::BitOr
            | BinaryOperator::ShiftLeft
            | BinaryOperator::ShiftRight
            | BinaryOperator::Arrow
            | BinaryOperator::LongArrow => None,
        }
    }

    fn comparison(self, operator: BinaryOperator, left: &Expr, right: &Expr) -> Option<Truth> {
        let (left, right) = (self.side(left)?, self.side(right)?);
        if left.value == Value::Null || right.value == Value::Null {
            return Some(None);
        }
        let order = compare::order(&left, &right)?;
        Some(Some(match operator {
            BinaryOperator::Equal => order == Ordering::Equal,
            BinaryOperator::NotEqual => order != Ordering::Equal,
            BinaryOperator::Less => order == Ordering::Less,
            BinaryOperator::LessOrEqual => order != Ordering::Greater,
            BinaryOperator::Greater => order == Ordering::Greater,
            BinaryOperator::GreaterOrEqual => order != Ordering::Less,
            _ => return None,
        }))
    }

    fn is(self, left: &Expr, right: &Expr) -> Option<bool> {
        // `x IS TRUE` asks for the truth of x.
        if let ExprKind::Name(name) = &right.kind
            && self.column(name).is_none()
        {
            return None;
        }
        let (left, right) = (self.side(left)?, self.side(right)?);
        match (&left.value, &right.value) {
            (Value::Null, Value::Null) => Some(true),
            (Value::Null, _) | (_, Value::Null) => Some(false),
            _ => Some(compare::order(&left, &right)? == Ordering::Equal),
        }
    }

    /// IN compares with the affinity and the collation of its left side.
    fn listed(self, value: &Expr, list: &[Expr]) -> Option<Truth> {
        if list.is_empty() {
            return Some(Some(false));
        }
        let left = self.side(value)?;
        if left.value == Value::Null {
            return Some(None);
        }
        let mut truth = Some(Some(false));
        for item in list {
            let equal = Names::Nothing.value(item).and_then(|value| match value {
                Value::Null => Some(None),
                value => {
                    let right = Side::of_value(value);
                    Some(Some(compare::order(&left, &right)? == Ordering::Equal))
                }
            });
            match equal {
                Some(Some(true)) => return Some(Some(true)),
                Some(Some(false)) => {}
                Some(None) if truth.is_some() => truth = Some(None),
                Some(None) => {}
                None => truth = None,
            }
        }
        truth
    }

    fn side(self, expr: &Expr) -> Option<Side> {
        let value = self.value(expr)?;
        let mut side = Side::of_value(value);
        let mut inner = expr;
        loop {
            match &inner.kind {
                ExprKind::Parenthesized(next) => inner = next,
                ExprKind::Collate { value, collation } => {
                    side.written.get_or_insert_with(|| collation.name.clone());
                    inner = value;
                }
                ExprKind::Name(name) | ExprKind::Qualified { column: name, .. } => {
                    if let Names::Row { table, .. } = self
                        && let Some(position) = table.column_index(&name.name)
                        && let Some(column) = table.columns.get(position)
                    {
                        side.affinity = Some(column.affinity);
                        let own = column.collation.clone();
                        side.own = Some(own.unwrap_or_else(|| Arc::from("BINARY")));
                    }
                    return Some(side);
                }
                ExprKind::Literal(_) => return Some(side),
                // A COLLATE or a column somewhere in it may decide.
                ExprKind::Function(call) if call::is_compared_plainly(call) => return Some(side),
                // It has the affinity of what it selects: what a function gives has none.
                ExprKind::Subquery(query) => {
                    let is_plain = matches!(side.value, Value::Null | Value::Integer(_))
                        && is_of_function(query);
                    return is_plain.then_some(side);
                }
                ExprKind::Unary { .. }
                | ExprKind::Binary { .. }
                | ExprKind::Case { .. }
                | ExprKind::Function(_) => {
                    return matches!(side.value, Value::Null | Value::Integer(_) | Value::Real(_))
                        .then_some(side);
                }
                _ => return Some(side),
            }
        }
    }
}

/// Whether a query selects what one function gives.
fn is_of_function(query: &Query) -> bool {
    let [arm] = query.arms.as_slice() else {
        return false;
    };
    let SelectCore::Select(select) = &arm.core else {
        return false;
    };
    let [ResultColumn::Expr { value, .. }] = select.columns.as_slice() else {
        return false;
    };
    matches!(value.kind, ExprKind::Function(_))
}

/// AND of two conditions, either of which may not be certain.
fn and(left: Option<Truth>, right: Option<Truth>) -> Option<Truth> {
    match (left, right) {
        (Some(Some(false)), _) | (_, Some(Some(false))) => Some(Some(false)),
        (None, _) | (_, None) => None,
        (Some(None), Some(_)) | (Some(_), Some(None)) => Some(None),
        (Some(Some(true)), Some(Some(true))) => Some(Some(true)),
    }
}

fn of_truth(truth: Truth) -> Value {
    truth.map_or(Value::Null, of_bool)
}

fn of_bool(truth: bool) -> Value {
    Value::Integer(i64::from(truth))
}
