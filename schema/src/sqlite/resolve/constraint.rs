//! What a row that is written needs of its table's definition: defaults and CHECK constraints.
//!
//! The engine looks at the names in them when the table is made and at the rest only when a row is written.

use super::resolver::{Home, Resolver};
use super::scope::{Place, Scope};
use super::source::Source;
use super::table::{collect_names, definition_home};
use super::target::Target;
use super::view::first_mistake;
use crate::errors::sqlite::queries as errors;
use crate::sqlite::ast::{
    ColumnConstraintKind, ColumnDefinition, Expr, StatementKind, TableBody, TableConstraint,
    TableConstraintKind,
};
use crate::sqlite::catalog::{Catalog, Table};
use crate::text::Span;
use std::sync::Arc;

/// Marks of the normal form of a CHECK without which it is sound if its names are.
const DOUBTFUL: [&str; 4] = [",", "collate", "raise", "0x"];

impl<'e> Resolver<'e> {
    /// Checks the defaults that a new row needs: those of the columns that are not `given`.
    pub(super) fn check_defaults(
        &mut self,
        target: &Target<'e>,
        span: Span,
        given: impl Fn(&str) -> bool,
    ) {
        let Some(table) = target.table() else { return };
        let needed = table.columns.iter().any(|column| {
            let default = column.default.as_ref();
            default.is_some_and(|default| !default.constant) && !given(&column.name)
        });
        if !needed {
            return;
        }
        let kept = target
            .path
            .as_ref()
            .is_some_and(|path| path.database != Catalog::TEMP);
        let (columns, _) = self.definition(table);
        for column in columns.iter().filter(|column| !given(&column.name.name)) {
            for default in column.constraints.iter().filter_map(|it| match &it.kind {
                ColumnConstraintKind::Default {
                    value,
                    parenthesized: true,
                    ..
                } => Some(value),
                _ => None,
            }) {
                let home = Home {
                    kept,
                    ..Home::default()
                };
                let (_, mistakes) =
                    self.elsewhere(home, |other| other.scalar(default, &Scope::empty()));
                if let Some(reason) = first_mistake(mistakes) {
                    let name = &column.name.name;
                    self.report(errors::broken_default(span, name, &reason));
                }
            }
        }
    }

    /// Checks the CHECK constraints that a row which is written must pass: all of them, or for an UPDATE those that name a
    /// column which is `changed`.
    pub(super) fn check_checks(
        &mut self,
        target: &Target<'e>,
        span: Span,
        changed: Option<&[Arc<str>]>,
    ) {
        let (Some(table), Some(path)) = (target.table(), &target.path) else {
            return;
        };
        let doubtful = |text: &str| DOUBTFUL.iter().any(|mark| text.contains(mark));
        if !table.checks.iter().any(|check| doubtful(&check.expression)) {
            return;
        }
        let (columns, constraints) = self.definition(table);
        let sources = [Source {
            alias: None,
            ..target.source.clone()
        }];
        for check in checks(columns, constraints) {
            if changed.is_some_and(|changed| !names_any(check, changed)) {
                continue;
            }
            let home = definition_home(path.database);
            let ((), mistakes) = self.elsewhere(home, |other| {
                other.definition_expr(check, Place::Check, &sources);
            });
            if let Some(reason) = first_mistake(mistakes) {
                self.report(errors::broken_check(span, &table.name, &reason));
            }
        }
    }

    /// The columns and constraints that a table's definition says; none if it could not be read.
    fn definition<'t>(&self, table: &'t Table) -> (&'t [ColumnDefinition], &'t [TableConstraint]) {
        let parsed = table.definition.statement(self.environment.rules);
        match parsed.map(|parsed| &parsed.kind) {
            Some(StatementKind::CreateTable(created)) => match &created.body {
                TableBody::Columns {
                    columns,
                    constraints,
                    ..
                } => (columns, constraints),
                TableBody::Query(_) => (&[], &[]),
            },
            Some(_) | None => (&[], &[]),
        }
    }
}

fn names_any(check: &Expr, columns: &[Arc<str>]) -> bool {
    let mut names = Vec::new();
    collect_names(check, &mut names);
    names.iter().any(|name| {
        columns
            .iter()
            .any(|column| column.eq_ignore_ascii_case(&name.name))
    })
}

fn checks<'a>(
    columns: &'a [ColumnDefinition],
    constraints: &'a [TableConstraint],
) -> impl Iterator<Item = &'a Expr> {
    let of_columns = columns
        .iter()
        .flat_map(|column| &column.constraints)
        .filter_map(|constraint| match &constraint.kind {
            ColumnConstraintKind::Check(check) => Some(check),
            _ => None,
        });
    let of_table = constraints
        .iter()
        .filter_map(|constraint| match &constraint.kind {
            TableConstraintKind::Check { value, .. } => Some(value),
            _ => None,
        });
    of_columns.chain(of_table)
}
