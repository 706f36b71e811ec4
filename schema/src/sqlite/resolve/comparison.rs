//! Comparisons: `=` and its kin, BETWEEN, IN, LIKE.

use super::folding::bare;
use super::output::Rows;
use super::resolver::Resolver;
use super::scope::Scope;
use super::value::{Collation, DataTypes, Value, Width};
use crate::diagnostic::nearest;
use crate::errors::sqlite::names;
use crate::errors::sqlite::queries as errors;
use crate::sqlite::ast::{Expr, ExprKind, LikeOperator, QualifiedName, Query};
use crate::sqlite::catalog::{Content, StorageClasses};
use crate::text::Span;

/// The collations that every connection has.
const COLLATIONS: [&str; 3] = ["BINARY", "NOCASE", "RTRIM"];

impl Resolver<'_> {
    /// Resolves a comparison of two values or two rows of one width.
    pub(super) fn compare(
        &mut self,
        expr: &Expr,
        operator: &str,
        left: &Expr,
        right: &Expr,
        scope: &Scope<'_>,
    ) -> Value {
        let known = self.mistakes();
        let left = self.expr(left, scope);
        let middle = self.mistakes();
        let right = self.expr(right, scope);
        self.tell_of_rows_once(known, middle);
        self.check_comparison(expr.span, &left, &right);
        let shape = self.shapes.apply(operator, vec![left.shape, right.shape]);
        Value {
            content: Content::of(StorageClasses::INTEGER),
            finite: true,
            ..Value::number(shape, &[&left, &right]).collated_by(&[&left, &right])
        }
    }

    /// Checks that two values can be compared: their widths, and the collation that decides.
    pub(super) fn check_comparison(&mut self, span: Span, left: &Value, right: &Value) {
        if let (Some(wanted), Some(got)) = (left.width.count(), right.width.count())
            && wanted != got
        {
            self.report(errors::comparison_width(span, wanted, got));
            return;
        }
        if left.parts.is_empty() || right.parts.is_empty() {
            self.need_one_collation(left, right);
        } else {
            for (left, right) in left.parts.iter().zip(&right.parts) {
                self.need_one_collation(left, right);
            }
        }
    }

    fn need_one_collation(&mut self, left: &Value, right: &Value) {
        let deciding = match (left.collated, right.collated) {
            (true, _) => left,
            (false, true) => right,
            (false, false) => return,
        };
        self.need_collation(deciding);
    }

    /// Checks that the collation of a value exists, where the engine needs it to sort or to compare.
    pub(super) fn need_collation(&mut self, value: &Value) {
        for part in &value.parts {
            self.need_collation(part);
        }
        if let Some(Collation {
            name,
            written: Some(span),
        }) = &value.collation
            && !self.home.names_only
        {
            self.check_collation(name, *span);
        }
    }

    /// Checks the collations of the columns of a query that is a table for another one.
    pub(super) fn need_collations(&mut self, rows: &Rows) {
        for output in &rows.columns.outputs {
            self.need_collation(&output.value);
        }
    }

    /// Checks that a collation exists.
    pub(super) fn check_collation(&mut self, name: &str, span: Span) {
        let known = COLLATIONS
            .iter()
            .any(|known| known.eq_ignore_ascii_case(name));
        if !known && !self.environment.rules.is_registered(name) {
            let nearest = nearest(name, COLLATIONS);
            self.report(names::unknown_collation(span, name, nearest));
        }
    }

    pub(super) fn between(
        &mut self,
        expr: &Expr,
        value: &Expr,
        low: &Expr,
        high: &Expr,
        scope: &Scope<'_>,
    ) -> Value {
        let value = self.expr(value, scope);
        let low = self.expr(low, scope);
        let high = self.expr(high, scope);
        let mistakes = self.mistakes();
        self.check_comparison(expr.span, &value, &low);
        if self.mistakes() == mistakes {
            self.check_comparison(expr.span, &value, &high);
        }
        let shapes = vec![value.shape, low.shape, high.shape];
        let shape = self.shapes.apply("between", shapes);
        let all = [&value, &low, &high];
        Value {
            content: Content::of(StorageClasses::INTEGER),
            finite: true,
            ..Value::number(shape, &all).collated_by(&all)
        }
    }

    pub(super) fn in_list(
        &mut self,
        expr: &Expr,
        negated: bool,
        value: &Expr,
        list: &[Expr],
        scope: &Scope<'_>,
    ) -> Value {
        if list.is_empty() {
            self.in_nothing(value, scope);
            let constant = self.leaf(if negated { "true" } else { "false" });
            return Value {
                nullable: false,
                content: Content::of(StorageClasses::INTEGER),
                finite: true,
                data: DataTypes::NUMERIC,
                ..constant
            };
        }
        if let ExprKind::Row(_) = &bare(value).kind {
            return self.in_rows_list(value, list, scope);
        }
        if let [only] = list
            && let ExprKind::Subquery(query) = &bare(only).kind
        {
            return self.in_query(expr, value, query, scope);
        }
        let left = self.scalar(value, scope);
        self.need_collation(&left);
        let mut values = vec![left];
        values.extend(list.iter().map(|item| self.scalar(item, scope)));
        let all: Vec<&Value> = values.iter().collect();
        let shapes = values.iter().map(|value| value.shape).collect();
        let operator = if negated { "not in" } else { "in" };
        let shape = self.shapes.apply(operator, shapes);
        Value {
            content: Content::of(StorageClasses::INTEGER),
            finite: true,
            ..Value::number(shape, &all).collated_by(&all)
        }
    }

    /// `(a, b) IN ((1, 2), (3, 4))`, which the parser makes a VALUES query of.
    fn in_rows_list(&mut self, value: &Expr, list: &[Expr], scope: &Scope<'_>) -> Value {
        let left = self.expr(value, scope);
        self.need_collation(&left);
        for item in list {
            let ExprKind::Row(values) = &bare(item).kind else {
                // The parser has said that it must be a row of the same width.
                self.unchecked(|resolver| resolver.expr(item, scope));
                continue;
            };
            let inner = Scope::within(scope, &[]);
            for value in values {
                self.scalar(value, &inner);
            }
        }
        let value = self.any_value();
        Value {
            data: DataTypes::NUMERIC,
            content: Content::of(StorageClasses::INTEGER),
            finite: true,
            ..value
        }
    }

    pub(super) fn in_query(
        &mut self,
        expr: &Expr,
        value: &Expr,
        query: &Query,
        scope: &Scope<'_>,
    ) -> Value {
        let left = self.expr(value, scope);
        if scope.place.is_definition() {
            self.report(errors::not_allowed(
                query.span,
                "a subquery",
                scope.place.noun(),
            ));
            return self.unknown();
        }
        let rows = self.query(query, scope);
        if let (Some(width), Some(count)) = (left.width.count(), rows.width())
            && width != count
        {
            self.report_use(errors::subquery_width(query.span, count, width));
        }
        let right: Vec<Value> = rows
            .columns
            .outputs
            .iter()
            .map(|output| output.value.clone())
            .collect();
        self.in_result(expr, &left, &right)
    }

    pub(super) fn in_table(
        &mut self,
        expr: &Expr,
        value: &Expr,
        table: &QualifiedName,
        arguments: Option<&[Expr]>,
        scope: &Scope<'_>,
    ) -> Value {
        let left = self.expr(value, scope);
        if scope.place.is_definition() {
            self.report(errors::not_allowed(
                table.span(),
                "a table",
                scope.place.noun(),
            ));
            return self.unknown();
        }
        let rows = self.table_rows(table, arguments, scope);
        if let (Some(width), Some(count)) = (left.width.count(), rows.width())
            && width != count
        {
            self.report_use(errors::in_table_width(
                table.span(),
                &table.name.name,
                count,
                width,
            ));
        }
        let right: Vec<Value> = rows
            .columns
            .outputs
            .iter()
            .map(|output| output.value.clone())
            .collect();
        self.in_result(expr, &left, &right)
    }

    fn in_result(&mut self, _expr: &Expr, left: &Value, right: &[Value]) -> Value {
        match right {
            [right] => self.need_one_collation(left, right),
            _ => self.need_collation(left),
        }
        let nullable = left.nullable || right.iter().any(|value| value.nullable);
        let value = self.any_value();
        Value {
            nullable,
            bare: left.bare,
            content: Content::of(StorageClasses::INTEGER),
            finite: true,
            data: DataTypes::NUMERIC,
            ..value.collated_by(&[left])
        }
    }

    pub(super) fn like(
        &mut self,
        expr: &Expr,
        operator: LikeOperator,
        left: &Expr,
        pattern: &Expr,
        escape: Option<&Expr>,
        scope: &Scope<'_>,
    ) -> Value {
        let name = match operator {
            LikeOperator::Like => "like",
            LikeOperator::Glob => "glob",
            LikeOperator::Regexp => "regexp",
            LikeOperator::Match => "match",
        };
        let mut arguments = vec![pattern, left];
        arguments.extend(escape);
        let value = self.operator_call(expr, name, &arguments, scope);
        Value {
            width: Width::Scalar,
            ..value
        }
    }
}
