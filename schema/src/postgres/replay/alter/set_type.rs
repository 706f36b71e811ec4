//! ALTER COLUMN … TYPE (`ATExecAlterColumnType`).

use super::Target;
use crate::catalog::ChangeKind;
use crate::errors::postgres::{alter as errors, sequences};
use crate::postgres::ast::{
    AlterTableAction, AlterTableActionKind as Kind, Expr, Ident, QualifiedName, TypeName,
};
use crate::postgres::catalog::{Address, Class, Column, Relation};
use crate::postgres::replay::Replay;
use crate::postgres::replay::store::note_change;
use crate::postgres::resolve;
use crate::postgres::tree::{self, UNKNOWN};
use crate::postgres::types::{CastContext, Oid, Typing, ValueType, well_known};
use crate::text::Span;
use std::sync::Arc;

impl Replay {
    pub(super) fn set_type(
        &mut self,
        relation: &Relation,
        target: Target,
        name: &Ident,
        (type_name, collation): (&TypeName, Option<&QualifiedName>),
        using: Option<&Expr>,
    ) {
        if relation.of_type.is_some() {
            let message = format!(
                "`{}` is a table of a type: its columns are the type's",
                relation.name
            );
            return self.report(errors::refused(message, target.span));
        }
        let Some(number) = self.altered_column(relation, name) else {
            return;
        };
        let Some(column) = relation.column_at(number).cloned() else {
            return;
        };
        if column.inherited > 0 {
            return self.report(errors::inherited("column", &name.name, name.span));
        }
        if self.is_in_partition_key(relation, number, name) {
            return;
        }
        if target.only && !relation.children.is_empty() {
            return self.report(errors::needs_children(target.span));
        }
        let typed = self.column_type(name, type_name, collation);
        if typed == UNKNOWN {
            // What it is from now on is not known.
            return self.catalog.change_column(relation.oid, number, |it| {
                it.typed = UNKNOWN;
            });
        }
        if let Some(using) = using {
            if column.generated.is_some() {
                let message = format!("column `{}` is generated and takes no USING", name.name);
                return self.report(errors::refused(message, using.span));
            }
            if self
                .using_expression(relation, using, typed, &name.name)
                .is_none()
            {
                return;
            }
        } else if !self.converts(&column, typed) {
            let from = self.catalog.type_text(column.typed.oid);
            let to = self.catalog.type_text(typed.oid);
            let span = type_name.span;
            return self.report(errors::no_conversion(&name.name, &from, &to, span));
        }
        if column.identity.is_some()
            && !matches!(
                typed.oid,
                well_known::INT2 | well_known::INT4 | well_known::INT8
            )
        {
            return self.report(sequences::wrong_type("an identity column", type_name.span));
        }
        let dimensions = i16::try_from(type_name.dimensions.len()).unwrap_or(i16::MAX);
        for (oid, number) in self.same_column(relation, number, target.only) {
            if !self.set_type_of(oid, number, typed, dimensions, type_name.span) {
                return;
            }
        }
    }

    /// Reports a column whose type one statement changes twice.
    pub(super) fn check_types_once(&mut self, actions: &[&AlterTableAction]) {
        let mut changed: Vec<&Ident> = Vec::new();
        for action in actions {
            let Kind::SetType { column, .. } = &action.kind else {
                continue;
            };
            if changed.iter().any(|other| other.name == column.name) {
                let message = format!("the type of column `{}` changes twice", column.name);
                self.report(errors::refused(message, column.span));
            }
            changed.push(column);
        }
    }

    fn converts(&self, column: &Column, typed: ValueType) -> bool {
        let from = column.typed.oid;
        if column.typed == UNKNOWN {
            return true;
        }
        Typing::new(&self.catalog).can_coerce(from, typed.oid, CastContext::Assignment)
    }

    /// Changes the type of a column of one table, with what depends on it; says whether it could.
    fn set_type_of(
        &mut self,
        table: Oid,
        number: i16,
        typed: ValueType,
        dimensions: i16,
        span: Span,
    ) -> bool {
        let Some(relation) = self.relation_of(table) else {
            return false;
        };
        let Some(column) = relation.column_at(number).cloned() else {
            return false;
        };
        if let Some((by, declared)) = self.reader_of_type(table, number) {
            let diagnostic = errors::type_is_used(&column.name, &by, span, declared);
            self.report(diagnostic);
            return false;
        }
        let default = match &column.default {
            Some(default) => match self.converted_default(default, typed, span) {
                Some(default) => Some(default),
                None => {
                    let to = self.catalog.type_text(typed.oid);
                    let made = column.provenance.as_ref().map(|it| it.created);
                    let name = &column.name;
                    self.report(errors::default_does_not_convert(name, &to, span, made));
                    return false;
                }
            },
            None => None,
        };
        let address = Address::column(table, number);
        for edge in self.catalog.dependencies.of(address).collect::<Vec<_>>() {
            let (dependent, referenced, kind) = edge;
            if matches!(referenced.class, Class::Type | Class::Collation) {
                self.catalog
                    .dependencies
                    .remove(dependent, referenced, kind);
            }
        }
        let changed = Column {
            typed,
            dimensions,
            ..column.clone()
        };
        self.catalog.depend_on_type(table, &changed);
        self.catalog.change_column(table, number, |it| {
            it.typed = typed;
            it.dimensions = dimensions;
            note_change(&mut it.provenance, span, ChangeKind::ConstraintChanged);
        });
        if let Some(default) = default {
            self.catalog
                .store_default(table, number, Arc::new(default), column.generated);
        }
        if column.identity.is_some()
            && let Some(sequence) = self.catalog.identity_sequence(table, number)
        {
            self.retype_sequence(sequence, column.typed.oid, typed.oid);
        }
        true
    }

    /// The first of what reads a column and cannot be made anew by the engine, and where it was declared.
    fn reader_of_type(&self, table: Oid, number: i16) -> Option<(String, Option<Span>)> {
        let edges = self.catalog.dependencies.on(Address::column(table, number));
        let mut readers: Vec<Address> = Vec::new();
        for (dependent, _, _) in edges {
            let is_reader = match dependent.class {
                Class::Relation if dependent.part == 0 => {
                    let relation = self.catalog.relation(dependent.oid);
                    relation.is_some_and(|it| it.view().is_some())
                }
                Class::Rule
                | Class::Trigger
                | Class::Policy
                | Class::Routine
                | Class::PublicationRelation => true,
                // A generated column that is made of this one.
                Class::Default => dependent.oid != table || dependent.part != number,
                _ => false,
            };
            if is_reader {
                readers.push(dependent);
            }
        }
        let reader = readers.into_iter().min()?;
        let what = match reader.class {
            Class::Default => self
                .catalog
                .describe(Address::column(reader.oid, reader.part)),
            _ => self.catalog.describe(reader),
        };
        Some((what, self.declared(reader)))
    }

    /// A default as one of another type, without the conversions that nobody wrote.
    fn converted_default(
        &mut self,
        default: &tree::Expr,
        typed: ValueType,
        span: Span,
    ) -> Option<tree::Expr> {
        let plain = without_conversions(default);
        resolve::converted(self.environment(), plain, typed, span)
    }

    /// The sequence of an identity column counts in the column's type.
    fn retype_sequence(&mut self, sequence: Oid, from: Oid, to: Oid) {
        let limits = |oid: Oid| match oid {
            well_known::INT2 => (i64::from(i16::MIN), i64::from(i16::MAX)),
            well_known::INT4 => (i64::from(i32::MIN), i64::from(i32::MAX)),
            _ => (i64::MIN, i64::MAX),
        };
        let (before, after) = (limits(from), limits(to));
        self.catalog.relations.change(sequence, |it| {
            if let crate::postgres::catalog::RelationKind::Sequence(sequence) = &mut it.kind {
                sequence.type_oid = to;
                if sequence.maximum == before.1 {
                    sequence.maximum = after.1;
                }
                if sequence.minimum == before.0 {
                    sequence.minimum = after.0;
                }
            }
        });
    }
}

/// An expression without the conversions around it that nobody wrote (`strip_implicit_coercions`).
fn without_conversions(expression: &tree::Expr) -> tree::Expr {
    use tree::{CoercionForm, Expr};
    match expression {
        Expr::Function(call) if call.form == CoercionForm::Implicit => match call.arguments.first()
        {
            Some(operand) => without_conversions(operand),
            None => expression.clone(),
        },
        Expr::Relabel(it) | Expr::Io(it) | Expr::ConvertRow(it) | Expr::ToDomain(it)
            if it.form == CoercionForm::Implicit =>
        {
            without_conversions(&it.operand)
        }
        Expr::ArrayCoercion(it) if it.form == CoercionForm::Implicit => {
            without_conversions(&it.operand)
        }
        _ => expression.clone(),
    }
}
