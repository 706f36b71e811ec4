//! What a table demands of its rows, read from its definition.

use crate::sqlite::ast::{
    ColumnConstraintKind, ColumnDefinition, ConflictResolution, Expr, ExprKind, FunctionArguments,
    Statement, TableConstraintKind,
};
use crate::sqlite::catalog::Table;
use crate::sqlite::constant::{self, Value};
use crate::sqlite::replay::table::Parts;
use crate::text::{Ident, Span};

/// What a table demands of its rows.
#[derive(Debug)]
pub(super) struct Demands<'a> {
    /// By position.
    pub(super) columns: Vec<Demand>,
    /// CHECK, with the places where they are written.
    pub(super) checks: Vec<(&'a Expr, Span)>,
}

/// What a table demands of a column.
#[derive(Debug)]
pub(super) struct Demand {
    /// NOT NULL, written or implied.
    pub(super) required: Option<Required>,
    /// What the column holds where nothing is given, before its affinity; none if that is not certain.
    pub(super) default: Option<Value>,
    pub(super) has_default: bool,
}

/// NOT NULL.
#[derive(Debug, Clone, Copy)]
pub(super) struct Required {
    pub(super) conflict: Option<ConflictResolution>,
    /// Where it is written, or what implies it.
    pub(super) span: Span,
}

impl<'a> Demands<'a> {
    /// Reads the demands of a table from its parsed definition.
    pub(super) fn of(table: &'a Table, definition: &'a Statement) -> Option<Demands<'a>> {
        let parts = Parts::of(definition, &table.definition.tokens)?;
        if parts.columns.len() != table.columns.len() {
            return None;
        }
        let columns = (0..).zip(parts.columns);
        let columns = columns.map(|(position, column)| Demand::of(table, position, column));
        let own = parts.columns.iter().flat_map(|column| &column.constraints);
        let own = own.filter_map(|constraint| match &constraint.kind {
            ColumnConstraintKind::Check(value) => Some((value, constraint.span)),
            _ => None,
        });
        let checks = parts.constraints.iter();
        let checks = checks.filter_map(|constraint| match &constraint.kind {
            TableConstraintKind::Check { value, .. } => Some((value, constraint.span)),
            _ => None,
        });
        Some(Demands {
            columns: columns.collect(),
            checks: own.chain(checks).collect(),
        })
    }
}

impl Demand {
    /// What a table demands of the column at a position.
    pub(super) fn of(table: &Table, position: usize, definition: &ColumnDefinition) -> Demand {
        let mut demand = Demand {
            required: implied(table, position),
            default: Some(Value::Null),
            has_default: false,
        };
        for constraint in &definition.constraints {
            match &constraint.kind {
                ColumnConstraintKind::NotNull { conflict } => {
                    demand.required = Some(Required {
                        conflict: *conflict,
                        span: constraint.span,
                    });
                }
                ColumnConstraintKind::Default { value, .. } => {
                    demand.default = default(value);
                    demand.has_default = demand.default != Some(Value::Null);
                }
                ColumnConstraintKind::Generated { .. } => demand.default = None,
                ColumnConstraintKind::Null { .. }
                | ColumnConstraintKind::PrimaryKey { .. }
                | ColumnConstraintKind::Unique { .. }
                | ColumnConstraintKind::Check(_)
                | ColumnConstraintKind::References(_)
                | ColumnConstraintKind::Deferrable(_)
                | ColumnConstraintKind::Collate(_)
                | ColumnConstraintKind::NameOnly => {}
            }
        }
        // NULL there asks the engine for the next rowid.
        if table.rowid_alias() == Some(position) {
            demand.required = None;
        }
        demand
    }
}

/// The key of a WITHOUT ROWID or STRICT table is NOT NULL.
fn implied(table: &Table, position: usize) -> Option<Required> {
    let column = table.columns.get(position)?;
    let key = table.primary_key.as_ref()?;
    let implied = column.not_null && key.columns.contains(&position);
    implied.then_some(Required {
        conflict: None,
        span: key.span,
    })
}

fn default(value: &Expr) -> Option<Value> {
    match &value.kind {
        // A bare word is a string, other than TRUE and FALSE.
        ExprKind::Name(name) => {
            let truth = constant::value(value);
            truth.or_else(|| Some(Value::Text(name.name.clone())))
        }
        _ => constant::value(value),
    }
}

/// The bare names in the comparisons of a condition, from left to right.
pub(super) fn names(condition: &Expr) -> Vec<&Ident> {
    let mut names = Vec::new();
    let mut rest = vec![condition];
    while let Some(expr) = rest.pop() {
        match &expr.kind {
            ExprKind::Name(name) | ExprKind::Qualified { column: name, .. } => names.push(name),
            ExprKind::Parenthesized(inner)
            | ExprKind::IsNull(inner)
            | ExprKind::NotNull(inner)
            | ExprKind::Unary { operand: inner, .. }
            | ExprKind::Collate { value: inner, .. }
            | ExprKind::InList { value: inner, .. }
            | ExprKind::Between { value: inner, .. } => rest.push(inner),
            ExprKind::Binary { left, right, .. } => rest.extend([right.as_ref(), left.as_ref()]),
            ExprKind::Function(call) => match &call.arguments {
                FunctionArguments::List(arguments) => rest.extend(arguments.iter().rev()),
                FunctionArguments::Star => {}
            },
            _ => {}
        }
    }
    names
}
