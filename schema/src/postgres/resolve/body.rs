//! Bodies of functions in SQL (`fmgr_sql_validator`, `check_sql_fn_retval`).

use super::Resolved;
use super::resolver::{Environment, Resolver, is_untyped};
use super::variables::Variables;
use crate::diagnostic::Diagnostic;
use crate::errors::postgres::changes as errors;
use crate::postgres::ast::DataStatement;
use crate::postgres::tree::{Command, Query, Target, UNKNOWN};
use crate::postgres::types::{CastContext, Objects as _, Oid, ValueType, well_known};
use crate::text::Span;
use std::sync::Arc;

/// A function in SQL as far as its body is judged by it.
#[derive(Debug, Clone)]
pub struct FunctionBody<'a> {
    /// Its statements; none stands for one that changes no rows, such as CREATE TABLE, which is only parsed.
    pub statements: Vec<Option<&'a DataStatement>>,
    /// Its parameters.
    pub parameters: &'a Variables,
    /// What it returns.
    pub result: BodyResult,
    /// Where the type of the result is written, or the name of the function.
    pub span: Span,
}

/// What a function is declared to return.
#[derive(Debug, Clone, PartialEq)]
pub enum BodyResult {
    /// Nothing that is looked at: `void`, and a procedure without outputs.
    Nothing,
    /// A value.
    Value(ValueType),
    /// Rows of output parameters or of RETURNS TABLE.
    Columns(Vec<(Arc<str>, ValueType)>),
    /// Rows of which the call says what they are.
    Record,
}

/// Resolves the body of a function in SQL, and checks that it returns what is declared.
#[must_use]
pub fn body(environment: Environment<'_>, function: &FunctionBody<'_>) -> Resolved<Vec<Query>> {
    let mut diagnostics: Vec<Diagnostic> = Vec::new();
    let mut queries = Vec::new();
    let mut last: Option<(Query, bool, Span)> = None;
    for statement in &function.statements {
        let Some(statement) = statement else {
            last = None;
            continue;
        };
        let mut resolver = Resolver::new(Environment {
            variables: Some(function.parameters),
            ..environment
        });
        resolver.plans = false;
        let (query, incomplete) = resolver.data_statement(statement);
        diagnostics.append(&mut resolver.diagnostics);
        last = Some((query.clone(), incomplete, statement.span()));
        queries.push(query);
    }
    let mut resolver = Resolver::new(environment);
    if diagnostics.is_empty() {
        resolver.check_result(function, last);
    }
    diagnostics.append(&mut resolver.diagnostics);
    Resolved {
        value: queries,
        diagnostics,
    }
}

impl Resolver<'_> {
    fn check_result(&mut self, function: &FunctionBody<'_>, last: Option<(Query, bool, Span)>) {
        if function.result == BodyResult::Nothing {
            return;
        }
        let wanted = self.result_words(&function.result);
        let Some((query, incomplete, span)) = last else {
            self.report(errors::body_without_result(function.span, &wanted));
            return;
        };
        let targets: Vec<&Target> = match query.command {
            Command::Select => query.targets.iter().filter(|it| !it.junk).collect(),
            Command::Insert | Command::Update | Command::Delete | Command::Merge => {
                if query.returning.is_empty() {
                    self.report(errors::body_without_result(function.span, &wanted));
                    return;
                }
                query.returning.iter().collect()
            }
        };
        if incomplete {
            return;
        }
        match &function.result {
            BodyResult::Nothing | BodyResult::Record => {}
            BodyResult::Value(typed) => match self.row_relation(typed.oid) {
                Some(relation) => self.check_row(&targets, *typed, relation, span, &wanted),
                None => match targets.as_slice() {
                    [target] => self.check_value(target, *typed, span, &wanted),
                    _ => self.report(errors::body_width(span, &wanted, 1, targets.len())),
                },
            },
            BodyResult::Columns(columns) => {
                let typed: Vec<ValueType> = columns.iter().map(|it| it.1).collect();
                self.check_columns(&targets, &typed, span, &wanted);
            }
        }
    }

    fn result_words(&self, result: &BodyResult) -> String {
        match result {
            BodyResult::Nothing => "void".to_owned(),
            BodyResult::Value(typed) => self.type_name(typed.oid),
            BodyResult::Columns(_) | BodyResult::Record => "record".to_owned(),
        }
    }

    fn check_row(
        &mut self,
        targets: &[&Target],
        typed: ValueType,
        relation: Oid,
        span: Span,
        wanted: &str,
    ) {
        // The row as one value.
        if let [target] = targets {
            let source = target.expression.value_type().oid;
            if source == typed.oid || source == UNKNOWN.oid {
                return;
            }
            if self.is_row_type(source)
                && self.can_coerce(source, typed.oid, CastContext::Assignment)
            {
                return;
            }
        }
        let columns = self.catalog.attributes(relation);
        let typed: Vec<ValueType> = columns.iter().map(|it| it.value).collect();
        self.check_columns(targets, &typed, span, wanted);
    }

    fn check_columns(
        &mut self,
        targets: &[&Target],
        columns: &[ValueType],
        span: Span,
        wanted: &str,
    ) {
        if let [target] = targets
            && columns.len() != 1
            && target.expression.value_type().oid == well_known::RECORD
        {
            return;
        }
        if targets.len() != columns.len() {
            self.report(errors::body_width(
                span,
                wanted,
                columns.len(),
                targets.len(),
            ));
            return;
        }
        for (target, typed) in targets.iter().zip(columns) {
            self.check_value(target, *typed, span, wanted);
        }
    }

    fn check_value(&mut self, target: &Target, typed: ValueType, span: Span, wanted: &str) {
        let source = target.expression.value_type().oid;
        if source == UNKNOWN.oid || typed.oid == UNKNOWN.oid {
            return;
        }
        if crate::postgres::types::is_polymorphic(typed.oid) {
            return;
        }
        let literal = is_untyped(&target.expression);
        if !literal && !self.can_coerce(source, typed.oid, CastContext::Assignment) {
            let (source, target_type) = (self.type_name(source), self.type_name(typed.oid));
            let name = target.name.as_deref().unwrap_or_default();
            self.report(errors::body_type(span, wanted, name, &source, &target_type));
        }
    }
}
