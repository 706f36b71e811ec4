//! What every name in an expression, a query or a change of rows refers to.
//!
//! Views need the columns of their query, renames the places of a name, drops what still uses a column, lints the
//! clause that reads it: all of that is a [`Resolution`].
//!
//! A view's [`columns`](crate::catalog::View::columns) are trusted where they are there; replay takes them away or
//! renews them whenever something changes that the view mentions. The body of a view, a trigger or a table is parsed
//! again from its definition where an error in it shows only when it is used.

mod resolution;

pub use resolution::{Clause, Environment, Reference, Resolution, Target};

use crate::ast::{
    ColumnDefinition, CreateIndex, CreateTrigger, CreateView, Expr, Statement, TableConstraint,
};
use crate::catalog::Table;

/// Resolves a SELECT, INSERT, UPDATE or DELETE that stands alone.
///
/// A statement of any other kind gives nothing.
#[must_use]
pub fn statement(_environment: Environment<'_>, _statement: &Statement) -> Resolution {
    Resolution::default()
}

/// Resolves a view as if it were used: its columns, and everything that its query names.
///
/// `database` is the position of the database that the view is in. The engine accepts CREATE VIEW whatever the query
/// names; only the diagnostics whose code is [`InvalidView`](crate::diagnostic::Code::InvalidView) stop the CREATE
/// VIEW itself, the others are what `broken_view` is about.
#[must_use]
pub fn view(_environment: Environment<'_>, _database: usize, _view: &CreateView) -> Resolution {
    Resolution::default()
}

/// Resolves a trigger as if it fired.
///
/// `database` is the position of the database that the trigger is in. The engine accepts CREATE TRIGGER whatever the
/// body names; only the diagnostics whose code is [`InvalidTrigger`](crate::diagnostic::Code::InvalidTrigger) stop the
/// CREATE TRIGGER itself, the others are what `broken_trigger` is about. That the watched table exists and suits the
/// trigger's time is for replay to say; without it the body is resolved with an unknown NEW and OLD.
#[must_use]
pub fn trigger(
    _environment: Environment<'_>,
    _database: usize,
    _trigger: &CreateTrigger,
) -> Resolution {
    Resolution::default()
}

/// Resolves the expressions of a table's definition: CHECK, DEFAULT, GENERATED, COLLATE.
///
/// `table` is the table as these definitions make it and need not be in the catalog; `database` is the position of
/// the database that it is in. `columns` and `constraints` may be a part of the definition, as those of an ALTER.
#[must_use]
pub fn table_expressions(
    _environment: Environment<'_>,
    _database: usize,
    _table: &Table,
    _columns: &[ColumnDefinition],
    _constraints: &[TableConstraint],
) -> Resolution {
    Resolution::default()
}

/// Resolves the terms and the WHERE of an index on a table, which is in the database at the position `database`.
#[must_use]
pub fn index_expressions(
    _environment: Environment<'_>,
    _database: usize,
    _table: &Table,
    _index: &CreateIndex,
) -> Resolution {
    Resolution::default()
}

/// Resolves an operand of ATTACH, DETACH or VACUUM INTO, where a bare name stands for itself as a string.
#[must_use]
pub fn constant(_environment: Environment<'_>, _expression: &Expr) -> Resolution {
    Resolution::default()
}
