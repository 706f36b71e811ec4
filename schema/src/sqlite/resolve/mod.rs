//! What every name in an expression, a query or a change of rows refers to.
//!
//! Views need the columns of their query, renames the places of a name, drops what still uses a column, lints the
//! clause that reads it: all of that is a [`Resolution`].
//!
//! A view's [`columns`](crate::sqlite::catalog::View::columns) are trusted where they are there; replay takes them away or
//! renews them whenever something changes that the view mentions. The body of a view, a trigger or a table is parsed
//! again from its definition where an error in it shows only when it is used.
//!
//! The rules are those of SQLite's `resolve.c`, `select.c`, `expr.c`, `window.c`, `insert.c`, `update.c`, `delete.c`,
//! `upsert.c` and `trigger.c`, with double-quoted strings turned off. Mistakes that the engine finds only where it
//! generates code are reported even where it happens to generate none.

mod affinity;
mod aggregate;
mod common_table;
mod comparison;
mod constraint;
mod delete;
mod expr;
mod fire;
mod folding;
mod from;
mod function_call;
mod functions;
mod index;
mod insert;
mod join;
mod named;
mod names;
mod order;
mod output;
mod query;
mod relation;
mod resolution;
mod resolver;
mod scope;
mod search;
mod shape;
mod source;
mod star;
mod suggest;
mod table;
mod target;
mod trigger;
mod update;
mod upsert;
mod value;
mod view;
mod virtual_tables;
mod window;

pub use resolution::{Clause, Environment, Reference, Resolution, Target};

use crate::sqlite::ast::{
    ColumnDefinition, CreateIndex, CreateTrigger, CreateView, Expr, ExprKind, Query, Statement,
    TableConstraint,
};
use crate::sqlite::catalog::Table;
use resolver::{Home, Resolver};

pub(crate) use functions::{function_classes, is_aggregate};
pub(crate) use resolver::DefinitionKind;
use scope::Scope;

/// Resolves a SELECT, INSERT, UPDATE or DELETE that stands alone.
///
/// A statement of any other kind gives nothing.
#[must_use]
pub fn statement(environment: Environment<'_>, statement: &Statement) -> Resolution {
    let home = Home {
        fires: true,
        ..Home::default()
    };
    let mut resolver = Resolver::new(environment, home);
    let rows = resolver.step(statement, &Scope::empty());
    // What EXPLAIN returns is not what the statement does.
    let rows = rows.filter(|_| statement.explain.is_none());
    let columns = rows.and_then(|rows| rows.statement_columns());
    resolver.finish(columns)
}

/// Resolves a view as if it were used: its columns, and everything that its query names.
///
/// `database` is the position of the database that the view is in. The engine accepts CREATE VIEW whatever the query
/// names; only the diagnostics whose code is [`InvalidView`](crate::diagnostic::Code::InvalidView) stop the CREATE
/// VIEW itself, the others are what `broken_view` is about.
#[must_use]
pub fn view(environment: Environment<'_>, database: usize, view: &CreateView) -> Resolution {
    view::view(environment, database, view)
}

/// Resolves the query of CREATE TABLE … AS: the columns of the table, and everything that the query names.
#[must_use]
pub fn created_table(environment: Environment<'_>, query: &Query) -> Resolution {
    view::created_table(environment, query)
}

/// Resolves a trigger as if it fired.
///
/// `database` is the position of the database that the trigger is in. The engine accepts CREATE TRIGGER whatever the
/// body names; only the diagnostics whose code is [`InvalidTrigger`](crate::diagnostic::Code::InvalidTrigger) stop the
/// CREATE TRIGGER itself, the others are what `broken_trigger` is about. That the watched table exists and suits the
/// trigger's time is for replay to say; without it the body is resolved with an unknown NEW and OLD.
#[must_use]
pub fn trigger(
    environment: Environment<'_>,
    database: usize,
    trigger: &CreateTrigger,
) -> Resolution {
    trigger::trigger(environment, database, trigger, false)
}

/// Resolves a trigger as ALTER TABLE does when it checks the schema.
#[must_use]
pub fn altered_trigger(
    environment: Environment<'_>,
    database: usize,
    trigger: &CreateTrigger,
) -> Resolution {
    trigger::trigger(environment, database, trigger, true)
}

/// Resolves the expressions of a table's definition: CHECK, DEFAULT, GENERATED, COLLATE.
///
/// `table` is the table as these definitions make it and need not be in the catalog; `database` is the position of
/// the database that it is in. `columns` and `constraints` may be a part of the definition, as those of an ALTER.
#[must_use]
pub fn table_expressions(
    environment: Environment<'_>,
    database: usize,
    table: &Table,
    columns: &[ColumnDefinition],
    constraints: &[TableConstraint],
) -> Resolution {
    table::table_expressions(environment, database, table, columns, constraints)
}

/// Resolves the terms and the WHERE of an index on a table, which is in the database at the position `database`.
#[must_use]
pub fn index_expressions(
    environment: Environment<'_>,
    database: usize,
    table: &Table,
    index: &CreateIndex,
) -> Resolution {
    index::index_expressions(environment, database, table, index)
}

/// Resolves an operand of ATTACH, DETACH or VACUUM INTO, where a bare name stands for itself as a string.
#[must_use]
pub fn constant(environment: Environment<'_>, expression: &Expr) -> Resolution {
    let mut resolver = Resolver::new(environment, Home::default());
    if !matches!(folding::bare(expression).kind, ExprKind::Name(_)) {
        resolver.scalar(expression, &Scope::empty());
    }
    resolver.finish(None)
}
