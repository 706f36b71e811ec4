//! ALTER TABLE of a table that is in use.

use super::Scene;
use super::rewrite::rewrites;
use crate::diagnostic::Diagnostic;
use crate::errors::postgres::lints as errors;
use crate::postgres::ast::{
    AlterTable, AlterTableAction, AlterTableActionKind as Kind, Expr, ExprKind, Ident,
    QualifiedName, TableConstraint, TableConstraintKind,
};
use crate::postgres::catalog::{ConstraintKind, ConstraintOn, Generated, Persistence, Relation};
use crate::postgres::print;
use crate::postgres::types::CastContext;
use crate::text::Span;

impl Scene<'_> {
    pub(super) fn alter_table(&self, alter: &AlterTable) -> Vec<Diagnostic> {
        let table = self.in_use(&alter.relation.name);
        let mut found = Vec::new();
        for action in &alter.actions {
            match (&action.kind, table) {
                (Kind::AttachPartition { partition, .. }, _) => {
                    found.extend(self.attach_partition(partition, action.span));
                }
                (Kind::AddColumn { column, .. }, Some(table)) => {
                    found.extend(self.add_column(table, column, action.span));
                }
                (_, Some(table)) => found.extend(self.action(table, action)),
                (_, None) => {}
            }
        }
        found
    }

    fn action(&self, table: &Relation, action: &AlterTableAction) -> Option<Diagnostic> {
        let span = action.span;
        let after = self.after.relation(table.oid)?;
        match &action.kind {
            Kind::SetType { column, using, .. } => {
                self.set_type(table, after, column, using.as_ref(), span)
            }
            Kind::SetNotNull { column } => self.set_not_null(table, column, span),
            Kind::AddConstraint(constraint) => self.add_constraint(table, constraint, span),
            Kind::ValidateConstraint { name } => self.validate(table, name, span),
            Kind::SetLogged | Kind::SetUnlogged => {
                let is_changed = table.persistence != after.persistence;
                let words = match after.persistence {
                    Persistence::Unlogged => "SET UNLOGGED",
                    Persistence::Permanent | Persistence::Temporary => "SET LOGGED",
                };
                is_changed.then(|| errors::rewritten_by(words, Some(&table.name), span))
            }
            Kind::SetAccessMethod(_) => (table.access_method != after.access_method)
                .then(|| errors::rewritten_by("SET ACCESS METHOD", Some(&table.name), span)),
            Kind::SetTablespace(_) => (table.tablespace != after.tablespace)
                .then(|| errors::rewritten_by("SET TABLESPACE", Some(&table.name), span)),
            Kind::SetExpression { column, .. } => {
                let generated = table.column(&column.name)?.generated?;
                let is_stored = generated == Generated::Stored;
                is_stored.then(|| errors::rewritten_by("SET EXPRESSION", Some(&table.name), span))
            }
            // The others change what is known of the table, and look at no row.
            _ => None,
        }
    }

    fn set_type(
        &self,
        table: &Relation,
        after: &Relation,
        name: &Ident,
        using: Option<&Expr>,
        span: Span,
    ) -> Option<Diagnostic> {
        let from = table.column(&name.name)?.typed;
        let to = after.column(&name.name)?.typed;
        let is_rewritten = match using.map(|it| is_column(it, &name.name)) {
            None => rewrites(self.after, from, to, CastContext::Assignment),
            Some(true) => rewrites(self.after, from, to, CastContext::Explicit),
            Some(false) => true,
        };
        let typing = crate::postgres::types::Typing::new(self.after);
        let words =
            |typed: crate::postgres::types::ValueType| typing.format(typed.oid, typed.typmod);
        is_rewritten
            .then(|| errors::type_rewrites(&table.name, &name.name, &words(from), &words(to), span))
    }

    fn set_not_null(&self, table: &Relation, name: &Ident, span: Span) -> Option<Diagnostic> {
        let column = table.column(&name.name)?;
        // A CHECK that is known to hold says it already, and the engine looks at it.
        let proof = format!("CHECK (({} IS NOT NULL))", self.before.quoted(&name.name));
        let constraints = self.before.constraints.inside(Some(table.oid));
        let mut checks = constraints.filter(|it| it.validated && it.enforced);
        let is_proven = checks.any(|it| {
            print::constraint_definition(self.before, it).is_some_and(|text| text == proof)
        });
        let is_to_do = !column.not_null && !is_proven;
        is_to_do.then(|| errors::scan_for_not_null(&table.name, &column.name, span))
    }

    fn add_constraint(
        &self,
        table: &Relation,
        constraint: &TableConstraint,
        span: Span,
    ) -> Option<Diagnostic> {
        let is_partitioned = table.partition_key().is_some();
        let attributes = &constraint.attributes;
        let is_checked = !attributes.not_valid && !attributes.not_enforced;
        match &constraint.kind {
            TableConstraintKind::Check { .. } => {
                is_checked.then(|| errors::scan_for_constraint(&table.name, "CHECK", span))
            }
            // Of a partitioned table it could not be NOT VALID before version 18.
            TableConstraintKind::ForeignKey { .. } => (is_checked
                && !(is_partitioned && self.after.version < 18))
                .then(|| errors::scan_for_constraint(&table.name, "FOREIGN KEY", span)),
            TableConstraintKind::NotNull { column, .. } => self
                .set_not_null(table, column, span)
                .filter(|_| is_checked),
            TableConstraintKind::Unique { .. } => {
                Some(errors::index_of_constraint(&table.name, "UNIQUE", span))
            }
            TableConstraintKind::PrimaryKey { .. } => Some(errors::index_of_constraint(
                &table.name,
                "PRIMARY KEY",
                span,
            )),
            TableConstraintKind::Exclude { .. } => {
                Some(errors::index_of_constraint(&table.name, "EXCLUDE", span))
            }
            TableConstraintKind::UniqueIndex(_) | TableConstraintKind::PrimaryKeyIndex(_) => None,
        }
    }

    /// ATTACH PARTITION of a table in use: its rows are read unless a CHECK says that all of them belong there, and without
    /// any it does not.
    fn attach_partition(&self, name: &QualifiedName, span: Span) -> Option<Diagnostic> {
        let table = self.in_use(name)?;
        let mut constraints = self.before.constraints.inside(Some(table.oid));
        let has_check =
            constraints.any(|it| it.validated && matches!(it.kind, ConstraintKind::Check { .. }));
        (!has_check).then(|| errors::scan_for_bound(&table.name, span))
    }

    /// VALIDATE CONSTRAINT in the transaction that has added it: what was to be apart is not.
    fn validate(&self, table: &Relation, name: &Ident, span: Span) -> Option<Diagnostic> {
        let constraint = self.before.constraint_of(table.oid, &name.name)?;
        let is_validated = match (&constraint.kind, constraint.on) {
            (
                ConstraintKind::Check { .. }
                | ConstraintKind::ForeignKey(_)
                | ConstraintKind::NotNull { .. },
                ConstraintOn::Table(_),
            ) => !constraint.validated,
            _ => false,
        };
        let is_new = self.start.constraints.get(constraint.oid).is_none();
        let added = constraint.provenance.as_ref().map(|it| it.created);
        (self.transaction && is_validated && is_new)
            .then(|| errors::validated_at_once(&table.name, &constraint.name, added, span))
    }
}

/// Whether an expression is a column alone, perhaps converted.
fn is_column(expression: &Expr, name: &str) -> bool {
    match &expression.kind {
        ExprKind::Column { parts, star: None } => {
            matches!(parts.as_slice(), [part] if &*part.name == name)
        }
        ExprKind::Cast { value, .. } => is_column(value, name),
        _ => false,
    }
}
