//! The expressions of a table's definition.

use super::folding::bare;
use super::relation::table_columns;
use super::resolution::{Environment, Resolution};
use super::resolver::{Home, Resolver};
use super::scope::{Place, Scope};
use super::source::{Join, Source, SourceKind};
use crate::catalog::Key;
use crate::errors::sqlite::queries as errors;
use crate::sqlite::ast::{
    ColumnConstraint, ColumnConstraintKind, ColumnDefinition, Expr, ExprKind, FunctionArguments,
    IndexedTerm, Literal, TableConstraint, TableConstraintKind,
};
use crate::sqlite::catalog::{Catalog, ObjectPath, Table};
use crate::text::{Ident, IdentQuote};

/// Resolves CHECK, DEFAULT, GENERATED and COLLATE.
pub(super) fn table_expressions(
    environment: Environment<'_>,
    database: usize,
    table: &Table,
    columns: &[ColumnDefinition],
    constraints: &[TableConstraint],
) -> Resolution {
    let mut resolver = Resolver::new(environment, definition_home(database));
    let of_columns = columns.iter().flat_map(|column| &column.constraints);
    let names_columns = of_columns.map(|it| &it.kind).any(|kind| {
        matches!(
            kind,
            ColumnConstraintKind::Check(_) | ColumnConstraintKind::Generated { .. }
        )
    });
    let names_columns = names_columns
        || constraints
            .iter()
            .any(|it| matches!(it.kind, TableConstraintKind::Check { .. }));
    // The table's columns are a source only where an expression may name them.
    let sources: &[Source] = match names_columns {
        true => &[resolver.own_source(database, table)],
        false => &[],
    };
    for column in columns {
        for constraint in &column.constraints {
            resolver.column_constraint(column, constraint, sources);
        }
    }
    for constraint in constraints {
        resolver.table_constraint(constraint, sources);
    }
    resolver.finish(None)
}

/// What the expressions of a table or index may do.
pub(super) fn definition_home(database: usize) -> Home {
    Home {
        kept: database != Catalog::TEMP,
        ..Home::default()
    }
}

impl Resolver<'_> {
    /// The source that a table is for the expressions of its own definition; it need not be in the catalog.
    pub(super) fn own_source(&mut self, database: usize, table: &Table) -> Source {
        let path = ObjectPath {
            database,
            key: Key::new(&table.name),
        };
        Source {
            cursor: self.cursor(),
            alias: None,
            name: table.name.clone(),
            database: Some(database),
            columns: table_columns(&path, table, self.environment.rules).into(),
            relation: Some(path),
            rowid: table.has_rowid(),
            rowid_alias: table.rowid_alias(),
            kind: SourceKind::Relation,
            join: Join::default(),
            open: table.incomplete,
            span: None,
        }
    }

    fn column_constraint(
        &mut self,
        column: &ColumnDefinition,
        constraint: &ColumnConstraint,
        sources: &[Source],
    ) {
        match &constraint.kind {
            ColumnConstraintKind::Default {
                value,
                parenthesized,
                ..
            } => {
                // A bare word without parentheses is a string.
                if *parenthesized || !matches!(value.kind, ExprKind::Name(_)) {
                    self.check_default(column, value);
                }
            }
            ColumnConstraintKind::Check(check) => self.check_names(check, sources),
            ColumnConstraintKind::Generated { value, .. } => {
                self.definition_expr(value, Place::Generated, sources);
            }
            ColumnConstraintKind::Collate(collation) => {
                self.check_collation(&collation.name, collation.span);
            }
            ColumnConstraintKind::Null { .. }
            | ColumnConstraintKind::NotNull { .. }
            | ColumnConstraintKind::PrimaryKey { .. }
            | ColumnConstraintKind::Unique { .. }
            | ColumnConstraintKind::References(_)
            | ColumnConstraintKind::Deferrable(_)
            | ColumnConstraintKind::NameOnly => {}
        }
    }

    fn table_constraint(&mut self, constraint: &TableConstraint, sources: &[Source]) {
        match &constraint.kind {
            TableConstraintKind::Check { value, .. } => self.check_names(value, sources),
            TableConstraintKind::PrimaryKey { terms, .. }
            | TableConstraintKind::Unique { terms, .. } => {
                for IndexedTerm { value, .. } in terms {
                    if let ExprKind::Collate { collation, .. } = &bare(value).kind {
                        self.check_collation(&collation.name, collation.span);
                    }
                }
            }
            TableConstraintKind::ForeignKey { .. } | TableConstraintKind::NameOnly => {}
        }
    }

    /// Resolves the names of a CHECK, which is all that the engine does before a row is written.
    fn check_names(&mut self, check: &Expr, sources: &[Source]) {
        self.home.names_only = true;
        self.definition_expr(check, Place::Check, sources);
        self.home.names_only = false;
    }

    /// Resolves an expression about a row of a table.
    pub(super) fn definition_expr(&mut self, expr: &Expr, place: Place, sources: &[Source]) {
        let root = Scope::empty();
        let scope = Scope {
            place,
            ..Scope::within(&root, sources)
        };
        self.scalar(expr, &scope);
    }

    /// Checks that a default is a constant. Which functions it calls is seen only when it is needed.
    fn check_default(&mut self, column: &ColumnDefinition, value: &Expr) {
        if let Some(part) = not_constant(value) {
            self.report(errors::default_not_constant(
                part.span,
                &column.name.name,
                column.name.span,
            ));
        }
    }
}

/// The first part of an expression that is no constant (`sqlite3ExprIsConstantOrFunction`).
pub(super) fn not_constant(expr: &Expr) -> Option<&Expr> {
    match &expr.kind {
        ExprKind::Literal(_) => None,
        ExprKind::Name(name) => {
            let truth = ["true", "false"]
                .iter()
                .any(|truth| truth.eq_ignore_ascii_case(&name.name));
            (!(truth && name.quote == IdentQuote::None)).then_some(expr)
        }
        ExprKind::Variable(_)
        | ExprKind::Qualified { .. }
        | ExprKind::InQuery { .. }
        | ExprKind::InTable { .. }
        | ExprKind::Exists(_)
        | ExprKind::Subquery(_)
        | ExprKind::Raise { .. } => Some(expr),
        ExprKind::Function(call) => {
            if call.over.is_some() || call.filter.is_some() {
                return Some(expr);
            }
            match &call.arguments {
                FunctionArguments::Star => None,
                FunctionArguments::List(arguments) => arguments.iter().find_map(not_constant),
            }
        }
        ExprKind::Parenthesized(_)
        | ExprKind::Unary { .. }
        | ExprKind::Binary { .. }
        | ExprKind::IsNull(_)
        | ExprKind::NotNull(_)
        | ExprKind::Like { .. }
        | ExprKind::Between { .. }
        | ExprKind::InList { .. }
        | ExprKind::Case { .. }
        | ExprKind::Cast { .. }
        | ExprKind::Collate { .. }
        | ExprKind::Row(_) => operands(expr).into_iter().find_map(not_constant),
    }
}

/// The names in an expression that may be columns.
pub(super) fn collect_names<'a>(expr: &'a Expr, names: &mut Vec<&'a Ident>) {
    match &expr.kind {
        ExprKind::Name(name) => names.push(name),
        ExprKind::Literal(Literal::String(_)) => {}
        ExprKind::Function(call) => {
            if let FunctionArguments::List(arguments) = &call.arguments {
                for argument in arguments {
                    collect_names(argument, names);
                }
            }
        }
        _ => {
            for operand in operands(expr) {
                collect_names(operand, names);
            }
        }
    }
}

/// The operands of an operator.
fn operands(expr: &Expr) -> Vec<&Expr> {
    match &expr.kind {
        ExprKind::Literal(_)
        | ExprKind::Variable(_)
        | ExprKind::Name(_)
        | ExprKind::Qualified { .. }
        | ExprKind::Exists(_)
        | ExprKind::Subquery(_)
        | ExprKind::Function(_) => Vec::new(),
        ExprKind::Parenthesized(inner) | ExprKind::IsNull(inner) | ExprKind::NotNull(inner) => {
            vec![&**inner]
        }
        ExprKind::Unary { operand, .. } => vec![&**operand],
        ExprKind::Binary { left, right, .. } => {
            if super::folding::is_folded_and(expr) {
                return Vec::new();
            }
            vec![&**left, &**right]
        }
        ExprKind::Like {
            left,
            pattern,
            escape,
            ..
        } => [Some(left), Some(pattern), escape.as_ref()]
            .into_iter()
            .flatten()
            .map(|part| &**part)
            .collect(),
        ExprKind::Between {
            value, low, high, ..
        } => vec![&**value, &**low, &**high],
        ExprKind::InList { value, list, .. } => {
            if list.is_empty() && !super::folding::calls_function(value) {
                return Vec::new();
            }
            std::iter::once(&**value).chain(list).collect()
        }
        ExprKind::InQuery { value, .. } | ExprKind::InTable { value, .. } => vec![&**value],
        ExprKind::Case {
            operand,
            whens,
            otherwise,
        } => {
            let parts = whens
                .iter()
                .flat_map(|when| [&when.condition, &when.result]);
            operand
                .as_deref()
                .into_iter()
                .chain(parts)
                .chain(otherwise.as_deref())
                .collect()
        }
        ExprKind::Cast { value, .. } | ExprKind::Collate { value, .. } => vec![&**value],
        ExprKind::Row(values) => values.iter().collect(),
        ExprKind::Raise { message, .. } => message.as_deref().into_iter().collect(),
    }
}
