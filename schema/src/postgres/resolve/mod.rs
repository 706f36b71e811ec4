//! Syntax trees to query trees: what every name refers to, and what the engine's parse analysis refuses.
//!
//! The rules are those of `parse_expr.c`, `parse_func.c`, `parse_relation.c`, `parse_clause.c`, `parse_agg.c`,
//! `parse_cte.c`, `parse_target.c` and `analyze.c`, and of the rewriter as far as it refuses something. What a mistake
//! leaves unknown is [`Expr::Unknown`], of which nothing more is said.

mod aggregate;
mod assignment;
mod body;
mod call;
mod cast;
mod coerce;

mod common_table;
mod comparison;
mod conditional;
mod conflict;
mod context;
mod doors;
mod expression;
mod from;
mod function_range;
mod indirection;
mod insert;
mod join;
mod literal;
mod merge;
mod names;
mod nullability;
mod operator;
mod order;
mod place;
mod query;
mod relation;
mod resolver;
mod rows;
mod scope;
mod set_operation;
mod shift;
mod star;
mod sublink;
mod suggest;
mod target;
mod target_table;
mod type_name;
mod update;
mod variable_type;
mod variables;
mod volatility;
mod window;
mod written;
mod xml;

pub use body::{BodyResult, FunctionBody, body};
pub use context::Context;
pub use names::{system_column, system_column_name};
pub use nullability::{Nullability, OutputColumn, shown_column};
pub use place::{Place, Rows};
pub use resolver::Environment;
pub use target::index_column_name;
pub use variable_type::{column_type, row_type};
pub use variables::{Conflict, Variable, VariableBlock, Variables};
pub use volatility::volatility;

use crate::diagnostic::Diagnostic;
use crate::postgres::ast::{self, DataStatement};
use crate::postgres::tree::{CoercionForm, Expr, Query};
use crate::postgres::types::{CastContext, Oid, ValueType};
use crate::text::Span;
use resolver::Resolver;

/// What something was resolved to, and the mistakes in it.
#[derive(Debug, Clone, PartialEq)]
pub struct Resolved<T> {
    /// What it was resolved to. With mistakes it may hold [`Expr::Unknown`] and must not be stored.
    pub value: T,
    /// The mistakes.
    pub diagnostics: Vec<Diagnostic>,
}

/// A query or a change of rows with the columns that it returns.
#[derive(Debug, Clone, PartialEq)]
pub struct Statement {
    /// What it was resolved to.
    pub query: Query,
    /// The columns that it returns; nothing where a mistake keeps from knowing them.
    pub columns: Option<Vec<OutputColumn>>,
}

/// Resolves a query or a change of rows that stands alone.
#[must_use]
pub fn statement(environment: Environment<'_>, statement: &DataStatement) -> Resolved<Statement> {
    let mut resolver = Resolver::new(environment);
    resolver.level_mut().planned = true;
    let (query, incomplete) = resolver.data_statement(statement);
    resolver.finished(query, incomplete)
}

/// Resolves a query that is run: that of CREATE TABLE AS, of COPY or of a cursor.
#[must_use]
pub fn planned_query(environment: Environment<'_>, query: &ast::Query) -> Resolved<Statement> {
    let mut resolver = Resolver::new(environment);
    resolver.level_mut().planned = true;
    let (query, incomplete) = resolver.query_in_level(query);
    resolver.finished(query, incomplete)
}

/// Resolves a query that is stored: that of a view.
#[must_use]
pub fn query(environment: Environment<'_>, query: &ast::Query) -> Resolved<Statement> {
    let mut resolver = Resolver::new(environment);
    let (query, incomplete) = resolver.query_in_level(query);
    resolver.finished(query, incomplete)
}

/// Resolves an expression at a place: a default, a CHECK, a policy, WHEN of a trigger. Its type is what it is.
#[must_use]
pub fn expression(
    environment: Environment<'_>,
    place: Place<'_>,
    expression: &ast::Expr,
) -> Resolved<Expr> {
    let mut resolver = Resolver::new(environment);
    resolver.stand_at(&place);
    let value = resolver.in_context(expression, place.context);
    resolver.done(value)
}

/// Resolves a condition, which must be boolean. `construct` is the clause as messages name it.
#[must_use]
pub fn condition(
    environment: Environment<'_>,
    place: Place<'_>,
    construct: &str,
    condition: &ast::Expr,
) -> Resolved<Expr> {
    let mut resolver = Resolver::new(environment);
    resolver.stand_at(&place);
    let value = resolver.condition(condition, place.context, construct);
    resolver.done(value)
}

/// Resolves an expression whose value is stored in a column, or is that of a parameter: a default, a generated column,
/// USING of a change of type. `name` is the column's.
#[must_use]
pub fn stored_expression(
    environment: Environment<'_>,
    place: Place<'_>,
    expression: &ast::Expr,
    typed: ValueType,
    name: &str,
) -> Resolved<Expr> {
    let mut resolver = Resolver::new(environment);
    resolver.stand_at(&place);
    let value = resolver.in_context(expression, place.context);
    let name = std::sync::Arc::from(name);
    let value = resolver.within(place.context, |it| {
        it.assigned_or_mistake(value, typed, Some(&name), expression.span)
    });
    resolver.done(value)
}

/// Resolves the arguments of a call to the procedure that it is of.
#[must_use]
pub fn call(
    environment: Environment<'_>,
    place: Place<'_>,
    call: &ast::FunctionCall,
) -> Resolved<()> {
    let mut resolver = Resolver::new(environment);
    resolver.stand_at(&place);
    resolver.within(place.context, |it| it.procedure_call(call, place.span));
    resolver.done(())
}

/// Resolves the arguments of a call of which the procedure is not there.
#[must_use]
pub fn arguments(
    environment: Environment<'_>,
    place: Place<'_>,
    call: &ast::FunctionCall,
) -> Resolved<()> {
    let mut resolver = Resolver::new(environment);
    resolver.stand_at(&place);
    resolver.within(place.context, |it| {
        it.arguments(&call.arguments);
    });
    resolver.done(())
}

/// Resolves a value for a parameter that is of a type.
#[must_use]
pub fn argument(
    environment: Environment<'_>,
    place: Place<'_>,
    expression: &ast::Expr,
    typed: ValueType,
) -> Resolved<Expr> {
    let mut resolver = Resolver::new(environment);
    resolver.stand_at(&place);
    let value = resolver.in_context(expression, place.context);
    let value = resolver.assigned_or_mistake(value, typed, None, expression.span);
    resolver.done(value)
}

/// A stored expression converted to another type, as by an assignment; nothing if there is no such conversion.
#[must_use]
pub fn converted(
    environment: Environment<'_>,
    value: Expr,
    typed: ValueType,
    span: Span,
) -> Option<Expr> {
    let mut resolver = Resolver::new(environment);
    let (context, form) = (CastContext::Assignment, CoercionForm::Implicit);
    resolver.coerced(value, typed, context, form, span)
}

/// Finds the type that a name stands for, with its modifier; nothing if there is none.
#[must_use]
pub fn type_name(
    environment: Environment<'_>,
    name: &ast::TypeName,
) -> Resolved<Option<ValueType>> {
    let mut resolver = Resolver::new(environment);
    let value = resolver.type_named(name);
    resolver.done(value)
}

/// Finds the collation that a name stands for; nothing if there is none.
#[must_use]
pub fn collation(environment: Environment<'_>, name: &ast::QualifiedName) -> Resolved<Option<Oid>> {
    let mut resolver = Resolver::new(environment);
    let value = resolver.collation_named(name);
    resolver.done(value)
}

impl<'a> Resolver<'a> {
    fn data_statement(&mut self, statement: &'a DataStatement) -> (Query, bool) {
        match statement {
            DataStatement::Query(query) => self.query_in_level(query),
            DataStatement::Insert(insert) => self.insert(insert),
            DataStatement::Update(update) => self.update(update),
            DataStatement::Delete(delete) => self.delete(delete),
            DataStatement::Merge(merge) => self.merge_statement(merge),
        }
    }

    fn finished(self, query: Query, incomplete: bool) -> Resolved<Statement> {
        let columns = (!incomplete).then(|| nullability::output_columns(self.catalog, &query));
        self.done(Statement { query, columns })
    }

    fn done<T>(self, value: T) -> Resolved<T> {
        Resolved {
            value,
            diagnostics: self.diagnostics,
        }
    }
}
