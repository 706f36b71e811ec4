//! Expressions.

use super::affinity::{self, ValueAffinity};
use super::folding::{bare, calls_function, is_dropped_and, parse_integer};
use super::names::{Name, data_of};
use super::resolver::Resolver;
use super::scope::Scope;
use super::shape::Node;
use super::value::{Collation, DataTypes, Value, Width};
use crate::errors::sqlite::queries as errors;
use crate::sqlite::ast::{
    BinaryOperator, Expr, ExprKind, Literal, TypeName, UnaryOperator, WhenClause,
};
use crate::sqlite::catalog::{Affinity, Content, StorageClasses};
use crate::text::Ident;

impl Resolver<'_> {
    /// Resolves an expression that must have one value.
    pub(super) fn scalar(&mut self, expr: &Expr, scope: &Scope<'_>) -> Value {
        let value = self.expr(expr, scope);
        match value.width {
            Width::Scalar | Width::Subquery(1) | Width::Unknown => {}
            Width::Row(_) => self.report_use(errors::row_value(expr.span)),
            Width::Subquery(count) => {
                self.report_use(errors::subquery_width(expr.span, count, 1));
            }
        }
        value
    }

    /// Resolves an expression, which may be a row of values.
    pub(super) fn expr(&mut self, expr: &Expr, scope: &Scope<'_>) -> Value {
        match &expr.kind {
            ExprKind::Literal(literal) => self.literal(expr, literal, scope),
            ExprKind::Variable(name) => self.variable(expr, name, scope),
            ExprKind::Name(ident) => self.name(Name::simple(ident), scope),
            ExprKind::Qualified {
                database,
                table,
                column,
            } => self.qualified_name(expr, database.as_ref(), table, column, scope),
            ExprKind::Parenthesized(inner) => self.expr(inner, scope),
            ExprKind::Unary { operator, operand } => self.unary(expr, *operator, operand, scope),
            ExprKind::Binary {
                operator,
                left,
                right,
            } => self.binary(expr, *operator, left, right, scope),
            ExprKind::IsNull(operand) => self.null_test("isnull", operand, scope),
            ExprKind::NotNull(operand) => self.null_test("notnull", operand, scope),
            ExprKind::Like {
                operator,
                negated,
                left,
                pattern,
                escape,
            } => {
                let value = self.like(expr, *operator, left, pattern, escape.as_deref(), scope);
                self.negated(*negated, value)
            }
            ExprKind::Between {
                negated,
                value,
                low,
                high,
            } => {
                let value = self.between(expr, value, low, high, scope);
                self.negated(*negated, value)
            }
            ExprKind::InList {
                negated,
                value,
                list,
            } => self.in_list(expr, *negated, value, list, scope),
            ExprKind::InQuery { value, query, .. } => self.in_query(expr, value, query, scope),
            ExprKind::InTable {
                value,
                table,
                arguments,
                ..
            } => self.in_table(expr, value, table, arguments.as_deref(), scope),
            ExprKind::Exists(query) => self.exists(expr, query, scope),
            ExprKind::Subquery(query) => self.subquery(expr, query, scope),
            ExprKind::Case {
                operand,
                whens,
                otherwise,
            } => self.case(operand.as_deref(), whens, otherwise.as_deref(), scope),
            ExprKind::Cast { value, type_name } => self.cast(value, type_name.as_ref(), scope),
            ExprKind::Collate { value, collation } => self.collate(value, collation, scope),
            ExprKind::Function(call) => self.function(call, scope),
            ExprKind::Row(values) => self.row(values, scope),
            ExprKind::Raise { message, .. } => self.raise(expr, message.as_deref(), scope),
        }
    }

    fn literal(&mut self, expr: &Expr, literal: &Literal, scope: &Scope<'_>) -> Value {
        let (text, data, classes) = match literal {
            Literal::Null => ("null".to_owned(), DataTypes::NONE, StorageClasses::NONE),
            Literal::Integer(text) => {
                let value = parse_integer(text);
                let hexadecimal = text.get(..2).is_some_and(|x| x.eq_ignore_ascii_case("0x"));
                if value.is_none() && hexadecimal {
                    self.report_use(errors::hexadecimal_too_big(expr.span));
                }
                let text = match value.filter(|value| *value <= i64::from(i32::MAX)) {
                    Some(value) => value.to_string(),
                    None => text.to_string(),
                };
                // What does not fit becomes a real.
                let classes = match value {
                    Some(_) => StorageClasses::INTEGER,
                    None => StorageClasses::REAL,
                };
                (text, DataTypes::NUMERIC, classes)
            }
            Literal::Float(text) => (text.to_string(), DataTypes::NUMERIC, StorageClasses::REAL),
            Literal::String(text) => (format!("'{text}"), DataTypes::TEXT, StorageClasses::TEXT),
            Literal::Blob(text) => (text.to_string(), DataTypes::BLOB, StorageClasses::BLOB),
            Literal::CurrentDate => return self.clock(expr, "current_date()", scope),
            Literal::CurrentTime => return self.clock(expr, "current_time()", scope),
            Literal::CurrentTimestamp => return self.clock(expr, "current_timestamp()", scope),
        };
        let value = self.leaf(text);
        Value {
            nullable: matches!(literal, Literal::Null),
            content: Content::of(classes),
            finite: matches!(literal, Literal::Integer(_)),
            data,
            ..value
        }
    }

    /// CURRENT_TIME and its kin, which are calls of functions.
    fn clock(&mut self, expr: &Expr, call: &str, scope: &Scope<'_>) -> Value {
        if scope.place.is_deterministic() {
            let name = call.trim_end_matches("()").to_ascii_uppercase();
            self.report(errors::not_deterministic(
                expr.span,
                &name,
                scope.place.noun(),
            ));
        }
        let value = self.leaf(call);
        Value {
            nullable: false,
            content: Content::of(StorageClasses::TEXT),
            ..value
        }
    }

    fn variable(&mut self, expr: &Expr, name: &str, scope: &Scope<'_>) -> Value {
        if scope.place.is_definition() {
            let noun = scope.place.noun();
            self.report(errors::not_allowed(expr.span, "a parameter", noun));
        }
        self.report_parameter(expr.span);
        // Each `?` is another parameter.
        if name == "?" {
            return self.any_value();
        }
        self.leaf(name)
    }

    fn qualified_name(
        &mut self,
        expr: &Expr,
        database: Option<&Ident>,
        table: &Ident,
        column: &Ident,
        scope: &Scope<'_>,
    ) -> Value {
        if scope.place.is_unqualified() {
            let noun = scope.place.noun();
            self.report(errors::qualified_name(expr.span, &column.name, noun));
            return self.unknown();
        }
        let name = Name {
            database: database.map(|database| &*database.name),
            table: Some(&table.name),
            column: &column.name,
            table_ident: Some(table),
            column_ident: Some(column),
            span: expr.span,
        };
        self.name(name, scope)
    }

    fn unary(
        &mut self,
        expr: &Expr,
        operator: UnaryOperator,
        operand: &Expr,
        scope: &Scope<'_>,
    ) -> Value {
        // The parser lets a sign take the place of a plus.
        let mut operand = operand;
        let signed = matches!(operator, UnaryOperator::Plus | UnaryOperator::Minus);
        while let ExprKind::Unary {
            operator: UnaryOperator::Plus,
            operand: inner,
        } = &bare(operand).kind
            && signed
        {
            operand = inner;
        }
        if let (UnaryOperator::Minus, ExprKind::Literal(Literal::Integer(text))) =
            (operator, &bare(operand).kind)
            && text.get(..2).is_some_and(|x| x.eq_ignore_ascii_case("0x"))
            && parse_integer(text) == Some(i64::MIN)
        {
            self.report_use(errors::hexadecimal_too_big(expr.span));
        }
        let value = self.scalar(operand, scope);
        let (text, finite) = match operator {
            UnaryOperator::Not => ("not", true),
            UnaryOperator::BitNot => ("~", true),
            UnaryOperator::Plus => ("+", value.finite),
            UnaryOperator::Minus => ("-", value.finite),
        };
        let shape = self.shapes.apply(text, vec![value.shape]);
        let plus = matches!(operator, UnaryOperator::Plus);
        let content = match operator {
            UnaryOperator::Plus => value.content.clone(),
            UnaryOperator::Minus => Content::of(negative(operand, value.content.classes)),
            UnaryOperator::Not | UnaryOperator::BitNot => Content::of(StorageClasses::INTEGER),
        };
        Value {
            content,
            finite,
            data: if plus { value.data } else { DataTypes::NUMERIC },
            collation: value.collation.clone().filter(|_| plus || value.collated),
            collated: value.collated,
            ..Value::number(shape, &[&value])
        }
    }

    fn binary(
        &mut self,
        expr: &Expr,
        operator: BinaryOperator,
        left: &Expr,
        right: &Expr,
        scope: &Scope<'_>,
    ) -> Value {
        match operator {
            BinaryOperator::And if is_dropped_and(left, right) => {
                self.thrown_away(|resolver| {
                    resolver.expr(left, scope);
                    resolver.expr(right, scope);
                });
                let value = self.leaf("0");
                Value {
                    nullable: false,
                    content: Content::of(StorageClasses::INTEGER),
                    finite: true,
                    data: DataTypes::NUMERIC,
                    ..value
                }
            }
            BinaryOperator::And => self.arithmetic("and", left, right, scope),
            BinaryOperator::Or => self.arithmetic("or", left, right, scope),
            BinaryOperator::Is | BinaryOperator::IsNot => {
                let is = matches!(operator, BinaryOperator::Is);
                if let ExprKind::Literal(Literal::Null) = bare(right).kind {
                    let test = if is { "isnull" } else { "notnull" };
                    return self.null_test(test, left, scope);
                }
                let text = if is { "is" } else { "isnot" };
                let value = self.compare(expr, text, left, right, scope);
                Value {
                    nullable: false,
                    ..value
                }
            }
            BinaryOperator::Equal => self.compare(expr, "=", left, right, scope),
            BinaryOperator::NotEqual => self.compare(expr, "<>", left, right, scope),
            BinaryOperator::Less => self.compare(expr, "<", left, right, scope),
            BinaryOperator::LessOrEqual => self.compare(expr, "<=", left, right, scope),
            BinaryOperator::Greater => self.compare(expr, ">", left, right, scope),
            BinaryOperator::GreaterOrEqual => self.compare(expr, ">=", left, right, scope),
            BinaryOperator::BitAnd => self.arithmetic("&", left, right, scope),
            BinaryOperator::BitOr => self.arithmetic("|", left, right, scope),
            BinaryOperator::ShiftLeft => self.arithmetic("<<", left, right, scope),
            BinaryOperator::ShiftRight => self.arithmetic(">>", left, right, scope),
            BinaryOperator::Add => self.arithmetic("+", left, right, scope),
            BinaryOperator::Subtract => self.arithmetic("-", left, right, scope),
            BinaryOperator::Multiply => self.arithmetic("*", left, right, scope),
            BinaryOperator::Divide => self.arithmetic("/", left, right, scope),
            BinaryOperator::Remainder => self.arithmetic("%", left, right, scope),
            BinaryOperator::Concat => {
                let value = self.arithmetic("||", left, right, scope);
                Value {
                    content: Content::of(StorageClasses::TEXT),
                    data: DataTypes::TEXT.or(DataTypes::BLOB),
                    ..value
                }
            }
            BinaryOperator::Arrow => self.operator_call(expr, "->", &[left, right], scope),
            BinaryOperator::LongArrow => self.operator_call(expr, "->>", &[left, right], scope),
        }
    }

    fn arithmetic(
        &mut self,
        operator: &str,
        left: &Expr,
        right: &Expr,
        scope: &Scope<'_>,
    ) -> Value {
        let left = self.scalar(left, scope);
        let right = self.scalar(right, scope);
        let shape = self.shapes.apply(operator, vec![left.shape, right.shape]);
        // Infinity minus infinity and infinity times zero are NULL.
        let undefined = match operator {
            "/" | "%" => true,
            "+" | "-" => !left.finite && !right.finite,
            "*" => !left.finite || !right.finite,
            _ => false,
        };
        let classes = match operator {
            "and" | "or" | "&" | "|" | "<<" | ">>" => StorageClasses::INTEGER,
            _ => calculated(operator, left.content.classes, right.content.classes),
        };
        let value = Value::number(shape, &[&left, &right]);
        Value {
            content: Content::of(classes),
            nullable: value.nullable || undefined,
            finite: matches!(operator, "and" | "or" | "&" | "|" | "<<" | ">>"),
            ..value.collated_by(&[&left, &right])
        }
    }

    /// The value of an operator with or without NOT before it.
    fn negated(&mut self, negated: bool, value: Value) -> Value {
        if !negated {
            return value;
        }
        let shape = self.shapes.apply("not", vec![value.shape]);
        Value {
            content: Content::of(StorageClasses::INTEGER),
            data: DataTypes::NUMERIC,
            shape,
            ..value
        }
    }

    fn null_test(&mut self, test: &str, operand: &Expr, scope: &Scope<'_>) -> Value {
        let value = self.scalar(operand, scope);
        let shape = self.shapes.apply(test, vec![value.shape]);
        Value {
            nullable: false,
            content: Content::of(StorageClasses::INTEGER),
            finite: true,
            ..Value::number(shape, &[&value]).collated_by(&[&value])
        }
    }

    fn case(
        &mut self,
        operand: Option<&Expr>,
        whens: &[WhenClause],
        otherwise: Option<&Expr>,
        scope: &Scope<'_>,
    ) -> Value {
        let operand = operand.map(|operand| self.expr(operand, scope));
        let mut parts: Vec<Value> = Vec::new();
        let mut results: Vec<Value> = Vec::new();
        for when in whens {
            let condition = match &operand {
                Some(operand) => {
                    let condition = self.expr(&when.condition, scope);
                    self.check_comparison(when.condition.span, operand, &condition);
                    condition
                }
                None => self.scalar(&when.condition, scope),
            };
            parts.push(condition);
            results.push(self.scalar(&when.result, scope));
        }
        let complete = otherwise.is_some();
        results.extend(otherwise.map(|otherwise| self.scalar(otherwise, scope)));
        let all: Vec<&Value> = operand.iter().chain(&parts).chain(&results).collect();
        let shapes = all.iter().map(|value| value.shape).collect();
        let shape = self.shapes.apply("case", shapes);
        let data = results
            .iter()
            .fold(DataTypes::NONE, |data, result| data.or(result.data));
        Value {
            nullable: !complete || results.iter().any(|result| result.nullable),
            content: Content::any_of(results.iter().map(|result| &result.content)),
            finite: results.iter().all(|result| result.finite),
            data,
            ..Value::number(shape, &all).collated_by(&all)
        }
    }

    fn cast(&mut self, operand: &Expr, type_name: Option<&TypeName>, scope: &Scope<'_>) -> Value {
        let value = self.scalar(operand, scope);
        let type_name = type_name.map_or("", |type_name| type_name.text.as_str());
        // Without a type CAST makes a number, as an empty declared type of a column does not.
        let affinity = affinity::of_type(type_name);
        let shape = format!("cast {}", type_name.to_ascii_lowercase());
        let shape = self.shapes.apply(shape, vec![value.shape]);
        Value {
            affinity: Some(ValueAffinity::Column(affinity)),
            content: Content::of(converted(affinity)),
            data: data_of(Some(ValueAffinity::Column(affinity))),
            finite: affinity == Affinity::Integer || value.finite,
            collation: value.collation.clone(),
            collated: value.collated,
            cast: true,
            ..Value::number(shape, &[&value])
        }
    }

    fn collate(&mut self, operand: &Expr, collation: &Ident, scope: &Scope<'_>) -> Value {
        let value = self.scalar(operand, scope);
        let folded = collation.name.to_ascii_lowercase();
        let shape = self.shapes.of(Node::Collate(folded, value.shape));
        Value {
            collation: Some(Collation {
                name: collation.name.clone(),
                written: Some(collation.span),
            }),
            collated: true,
            declared_type: None,
            column: None,
            shape,
            ..value
        }
    }

    fn row(&mut self, values: &[Expr], scope: &Scope<'_>) -> Value {
        let parts: Vec<Value> = values
            .iter()
            .map(|value| self.scalar(value, scope))
            .collect();
        let shapes = parts.iter().map(|part| part.shape).collect();
        let shape = self.shapes.apply("row", shapes);
        let all: Vec<&Value> = parts.iter().collect();
        let value = Value::number(shape, &all).collated_by(&all);
        Value {
            width: Width::Row(values.len()),
            affinity: parts.first().and_then(|part| part.affinity),
            parts,
            ..value
        }
    }

    fn raise(&mut self, expr: &Expr, message: Option<&Expr>, scope: &Scope<'_>) -> Value {
        if let Some(message) = message {
            self.scalar(message, scope);
        }
        if self.home.rows.is_none() {
            self.report_use(errors::raise_outside_trigger(expr.span));
        }
        self.any_value()
    }

    /// Resolves the operand of `IN ()`, which the engine throws away if it calls no function.
    pub(super) fn in_nothing(&mut self, operand: &Expr, scope: &Scope<'_>) {
        if calls_function(operand) {
            self.scalar(operand, scope);
        } else {
            self.thrown_away(|resolver| resolver.expr(operand, scope));
        }
    }
}

/// What CAST makes.
fn converted(affinity: Affinity) -> StorageClasses {
    match affinity {
        Affinity::Blob => StorageClasses::BLOB,
        Affinity::Text => StorageClasses::TEXT,
        Affinity::Numeric => StorageClasses::NUMBER,
        Affinity::Integer => StorageClasses::INTEGER,
        Affinity::Real => StorageClasses::REAL,
    }
}

/// What `+ - * / %` make. A real makes a real of everything; integers become one when the result is too large, which
/// `%` never makes of two.
fn calculated(operator: &str, left: StorageClasses, right: StorageClasses) -> StorageClasses {
    let both = |classes: StorageClasses| classes.contains(left) && classes.contains(right);
    if left == StorageClasses::REAL || right == StorageClasses::REAL {
        StorageClasses::REAL
    } else if operator == "%" && both(StorageClasses::INTEGER) {
        StorageClasses::INTEGER
    } else {
        StorageClasses::NUMBER
    }
}

/// What a minus makes: of the least integer a real, and of a literal that is too large by one the least integer.
fn negative(operand: &Expr, classes: StorageClasses) -> StorageClasses {
    let kept = match &bare(operand).kind {
        ExprKind::Literal(Literal::Integer(_)) => StorageClasses::INTEGER,
        _ => StorageClasses::REAL,
    };
    if classes == kept {
        kept
    } else {
        StorageClasses::NUMBER
    }
}
