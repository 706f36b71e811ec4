//! What DELETE and UPDATE take away from rows that stay in their table, and which values are computed anew.

use super::Replay;
use super::copied::written_columns;
use super::rows::{Identity, identity};
use crate::sqlite::ast::{
    Assignment, BinaryOperator, Delete, Expr, ExprKind, FunctionArguments, Insert, InsertSource,
    Literal, QualifiedName, ResultColumn, Select, SelectCore, Update,
};
use crate::sqlite::catalog::{Catalog, Found, Relation, Table};
use crate::text::{Ident, Span};
use std::sync::Arc;

/// A statement that took rows or values away.
#[derive(Debug, Clone)]
pub(crate) struct Changed {
    /// The table, by the place that created it.
    pub(crate) table: Span,
    pub(crate) kind: ChangedKind,
    /// Whether it took everything away, whatever the rows hold: it has no WHERE, and its value is a constant.
    pub(crate) everything: bool,
    /// The name of the table, or that of the column, in the statement.
    pub(crate) span: Span,
}

/// What was taken away.
#[derive(Debug, Clone)]
pub(crate) enum ChangedKind {
    /// Rows.
    Deleted,
    /// What a column held.
    Overwritten(Identity),
}

impl Replay {
    /// Takes in what DELETE removes. Nobody expects a table in `temp` to last.
    pub(super) fn rows_deleted(&mut self, delete: &Delete) {
        let name = &delete.target.name;
        if let Some(table) = self.lasting_table(name) {
            self.rows.changed.push(Changed {
                table: table.provenance.created,
                kind: ChangedKind::Deleted,
                everything: delete.filter.is_none(),
                span: name.name.span,
            });
        }
    }

    /// Takes in what UPDATE overwrites. A value that takes the place of NULL takes the place of nothing.
    pub(super) fn rows_overwritten(&mut self, update: &Update) {
        let Some(table) = self.lasting_table(&update.target.name) else {
            return;
        };
        let filter = update.filter.as_ref();
        let assigned = update.assignments.iter().flat_map(|assignment| {
            let columns = assignment.columns.iter();
            columns.map(|name| (name, &assignment.value))
        });
        let overwritten = assigned.filter(|(name, value)| {
            !filter.is_some_and(|filter| needs_null(filter, name)) && !keeps(value, name)
        });
        let changed = overwritten.filter_map(|(name, value)| {
            let column = table.columns.get(table.column_index(&name.name)?)?;
            Some(Changed {
                table: table.provenance.created,
                kind: ChangedKind::Overwritten(identity(column)),
                everything: filter.is_none() && is_constant(value),
                span: name.span,
            })
        });
        self.rows.changed.extend(changed);
    }

    /// Takes in the columns into which INSERT puts something else than constants.
    pub(super) fn values_inserted(&mut self, insert: &Insert, target: &Table) {
        let InsertSource::Query(query) = &insert.source else {
            return;
        };
        let columns = written_columns(insert, target);
        for arm in &query.arms {
            let SelectCore::Select(select) = &arm.core else {
                continue;
            };
            let columns = columns.iter().enumerate();
            let computed = columns.filter(|(position, _)| is_computed(select, *position));
            let computed = computed.map(|(_, column)| column.provenance.created);
            self.rows.computed.extend(computed);
        }
    }

    /// Takes in the columns to which UPDATE assigns something else than constants.
    pub(super) fn values_assigned(&mut self, target: &Table, assignments: &[Assignment]) {
        let computed = assignments.iter().filter(|set| !is_constant(&set.value));
        let names = computed.flat_map(|set| &set.columns);
        let positions = names.filter_map(|name| target.column_index(&name.name));
        let columns = positions.filter_map(|position| target.columns.get(position));
        let places = columns.map(|column| column.provenance.created);
        self.rows.computed.extend(places);
    }

    fn lasting_table(&self, name: &QualifiedName) -> Option<Arc<Table>> {
        let Found { path, object } = self.find_relation(name)?;
        match object {
            Relation::Table(table) if path.database != Catalog::TEMP => Some(table),
            Relation::Table(_) | Relation::View(_) => None,
        }
    }
}

/// Whether what a query returns in a position is no constant. What `*` stands for is none.
fn is_computed(select: &Select, position: usize) -> bool {
    let mut columns = select.columns.iter();
    let has_star = columns.any(|column| !matches!(column, ResultColumn::Expr { .. }));
    has_star
        || match select.columns.get(position) {
            Some(ResultColumn::Expr { value, .. }) => !is_constant(value),
            Some(ResultColumn::Star(_) | ResultColumn::TableStar(_)) | None => false,
        }
}

fn is_constant(value: &Expr) -> bool {
    match &value.kind {
        ExprKind::Literal(_) => true,
        ExprKind::Parenthesized(inner) => is_constant(inner),
        ExprKind::Unary { operand, .. } => is_constant(operand),
        ExprKind::Cast { value, .. } => is_constant(value),
        _ => false,
    }
}

/// Whether a condition lets only rows pass that have NULL in a column.
fn needs_null(condition: &Expr, column: &Ident) -> bool {
    match &condition.kind {
        ExprKind::Parenthesized(inner) => needs_null(inner, column),
        ExprKind::IsNull(value) => is_column(value, column),
        ExprKind::Binary {
            operator: BinaryOperator::And,
            left,
            right,
        } => needs_null(left, column) || needs_null(right, column),
        ExprKind::Binary {
            operator: BinaryOperator::Is,
            left,
            right,
        } => {
            let is_null = matches!(right.kind, ExprKind::Literal(Literal::Null));
            is_null && is_column(left, column)
        }
        _ => false,
    }
}

/// Whether a value is that of the column wherever it has one: `coalesce(column, …)`.
fn keeps(value: &Expr, column: &Ident) -> bool {
    match &value.kind {
        ExprKind::Parenthesized(inner) => keeps(inner, column),
        ExprKind::Function(call) => {
            let name = call.name.name.to_ascii_lowercase();
            let FunctionArguments::List(arguments) = &call.arguments else {
                return false;
            };
            let first = arguments.first();
            matches!(name.as_str(), "coalesce" | "ifnull")
                && first.is_some_and(|first| is_column(first, column))
        }
        _ => is_column(value, column),
    }
}

fn is_column(value: &Expr, column: &Ident) -> bool {
    match &value.kind {
        ExprKind::Name(name) => name.name.eq_ignore_ascii_case(&column.name),
        ExprKind::Qualified { column: name, .. } => name.name.eq_ignore_ascii_case(&column.name),
        _ => false,
    }
}
