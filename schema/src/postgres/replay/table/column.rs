//! A column as it is written (`transformColumnDefinition`).

use super::parts::{NewIdentity, NewKeyKind};
use super::{ColumnParts, NewCheck, NewColumn, NewDefault, NewForeignKey, NewKey};
use crate::catalog::Provenance;
use crate::diagnostic::Code;
use crate::errors::postgres::tables as errors;
use crate::postgres::ast::{
    ColumnConstraint, ColumnConstraintKind, ColumnDefinition, ConstraintAttributes, Ident,
    QualifiedName, TypeName, TypeNameKind,
};
use crate::postgres::catalog::{Column, Generated, Identity};
use crate::postgres::replay::Replay;
use crate::postgres::tree;
use crate::postgres::types::{Objects as _, Oid, TypeKind, ValueType, well_known};
use crate::text::Span;
use std::sync::Arc;

/// The table that a column is for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ColumnHome {
    /// A foreign table has no keys.
    pub foreign: bool,
    /// A table of a composite type, or a partition.
    pub typed: Option<&'static str>,
}

/// The clauses of a column that may be there once.
#[derive(Debug, Default)]
struct Seen {
    /// NULL or NOT NULL.
    null: Option<bool>,
    default: Option<Span>,
    identity: Option<Span>,
    generated: Option<Span>,
}

impl Replay {
    /// Reads a column definition: its type, and what its constraints say.
    pub(crate) fn column_definition<'a>(
        &mut self,
        definition: &'a ColumnDefinition,
        home: ColumnHome,
    ) -> ColumnParts<'a> {
        let serial = serial_type(&definition.type_name);
        if let (Some(_), Some(_)) = (serial, definition.type_name.dimensions.first()) {
            let message = "there are no arrays of `serial`";
            let span = definition.type_name.span;
            self.report(errors::refused(Code::InvalidType, message, span));
        }
        let typed = match serial {
            Some(oid) => ValueType::plain(oid),
            None => self.column_type(
                &definition.name,
                &definition.type_name,
                definition.collation.as_ref(),
            ),
        };
        let compression = definition.compression.as_ref();
        if let Some(method) = compression {
            self.can_be_compressed(typed.oid, method);
        }
        let name = Arc::clone(&definition.name.name);
        let dimensions = i16::try_from(definition.type_name.dimensions.len()).unwrap_or(i16::MAX);
        let column = Column {
            dimensions,
            provenance: Some(Provenance::new(definition.name.span)),
            compression: compression.map(|it| Arc::clone(&it.name)),
            ..Column::new(0, name, typed)
        };
        let mut parts = ColumnParts {
            column: NewColumn {
                column,
                default: None,
                identity: None,
                span: definition.name.span,
            },
            checks: Vec::new(),
            keys: Vec::new(),
            foreign_keys: Vec::new(),
        };
        let serial = serial.map(|oid| (oid, definition.type_name.span));
        self.column_constraints(
            &mut parts,
            &definition.name,
            &definition.constraints,
            serial,
            home,
        );
        parts
    }

    /// Reads the constraints of a column.
    pub(crate) fn column_constraints<'a>(
        &mut self,
        parts: &mut ColumnParts<'a>,
        name: &Ident,
        constraints: &'a [ColumnConstraint],
        serial: Option<(Oid, Span)>,
        home: ColumnHome,
    ) {
        let mut seen = Seen::default();
        for constraint in constraints {
            self.column_constraint(parts, &mut seen, name, constraint, home);
        }
        if let Some((oid, span)) = serial {
            self.one_default(&mut seen.default, &name.name, "several defaults", span);
            parts.column.default = Some(NewDefault::Serial(oid));
            self.not_null(parts, &mut seen, &name.name, span);
        }
        let pairs = [
            (seen.default, seen.identity, "a default and an identity"),
            (seen.default, seen.generated, "a default and an expression"),
            (
                seen.identity,
                seen.generated,
                "an identity and an expression",
            ),
        ];
        for (first, second, what) in pairs {
            if let (Some(first), Some(second)) = (first, second) {
                self.report(errors::both(&name.name, what, second, first));
            }
        }
    }

    fn column_constraint<'a>(
        &mut self,
        parts: &mut ColumnParts<'a>,
        seen: &mut Seen,
        name: &Ident,
        constraint: &'a ColumnConstraint,
        home: ColumnHome,
    ) {
        let span = constraint.span;
        let attributes = constraint.attributes;
        let only_of_keys = || vec![name.clone()];
        match &constraint.kind {
            ColumnConstraintKind::Null => {
                if seen.null == Some(false) {
                    self.report(errors::null_and_not_null(&name.name, span));
                }
                seen.null = Some(true);
                self.no_attributes(attributes, span);
            }
            ColumnConstraintKind::NotNull { .. } => {
                self.not_null(parts, seen, &name.name, span);
                self.no_attributes(attributes, span);
            }
            ColumnConstraintKind::Default(value) => {
                self.one_default(&mut seen.default, &name.name, "several defaults", span);
                parts.column.default = Some(NewDefault::Written(value));
                self.no_attributes(attributes, span);
            }
            ColumnConstraintKind::Check {
                expression,
                no_inherit,
            } => {
                self.no_attributes(attributes, span);
                parts.checks.push(NewCheck {
                    name: constraint.name.as_ref(),
                    expression,
                    no_inherit: *no_inherit,
                    attributes,
                    span,
                });
            }
            ColumnConstraintKind::Unique {
                nulls_not_distinct,
                index,
            } => {
                if home.foreign {
                    self.report(errors::of_foreign_table("a unique key", span));
                    return;
                }
                parts.keys.push(NewKey {
                    name: constraint.name.as_ref(),
                    kind: NewKeyKind::Unique(only_of_keys(), *nulls_not_distinct),
                    index,
                    attributes,
                    span,
                });
            }
            ColumnConstraintKind::PrimaryKey { index } => {
                if home.foreign {
                    self.report(errors::of_foreign_table("a primary key", span));
                    return;
                }
                parts.keys.push(NewKey {
                    name: constraint.name.as_ref(),
                    kind: NewKeyKind::Primary(only_of_keys()),
                    index,
                    attributes,
                    span,
                });
            }
            ColumnConstraintKind::References(reference) => {
                if home.foreign {
                    self.report(errors::of_foreign_table("a foreign key", span));
                    return;
                }
                parts.foreign_keys.push(NewForeignKey {
                    name: constraint.name.as_ref(),
                    columns: only_of_keys(),
                    reference,
                    attributes,
                    span,
                });
            }
            ColumnConstraintKind::Identity { always, options } => {
                if let Some(of) = home.typed.filter(|_| self.catalog.version < 17) {
                    let message = format!("{of} cannot have an identity column of its own");
                    self.report(errors::refused(Code::InvalidDefault, message, span));
                    return;
                }
                let what = "several identities";
                self.one_default(&mut seen.identity, &name.name, what, span);
                if seen.null == Some(true) {
                    self.report(errors::null_and_not_null(&name.name, span));
                }
                seen.null = Some(false);
                let column = &mut parts.column.column;
                column.not_null = true;
                column.identity = Some(match always {
                    true => Identity::Always,
                    false => Identity::ByDefault,
                });
                parts.column.identity = Some((NewIdentity::Written(options), span));
            }
            ColumnConstraintKind::Generated {
                expression,
                is_virtual,
            } => {
                if let Some(of) = home.typed.filter(|_| self.catalog.version < 17) {
                    let message = format!("{of} cannot have a generated column of its own");
                    self.report(errors::refused(Code::InvalidGeneratedColumn, message, span));
                    return;
                }
                let what = "several expressions";
                self.one_default(&mut seen.generated, &name.name, what, span);
                let kind = match is_virtual {
                    true => Generated::Virtual,
                    false => Generated::Stored,
                };
                parts.column.column.generated = Some(kind);
                parts.column.default = Some(NewDefault::Generated(expression, kind));
            }
        }
    }

    fn not_null(&mut self, parts: &mut ColumnParts<'_>, seen: &mut Seen, name: &str, span: Span) {
        if seen.null == Some(true) {
            self.report(errors::null_and_not_null(name, span));
        }
        seen.null = Some(false);
        parts.column.column.not_null = true;
    }

    fn one_default(&mut self, seen: &mut Option<Span>, name: &str, what: &str, span: Span) {
        match seen {
            Some(first) => {
                let first = *first;
                self.report(errors::both(name, what, span, first));
            }
            None => *seen = Some(span),
        }
    }

    fn no_attributes(&mut self, attributes: ConstraintAttributes, span: Span) {
        if attributes.deferrable || attributes.initially_deferred {
            self.report(errors::misplaced_attribute("DEFERRABLE", span));
        }
    }

    /// The type of a column, unknown after a mistake.
    pub(crate) fn column_type(
        &mut self,
        name: &Ident,
        written: &TypeName,
        collation: Option<&QualifiedName>,
    ) -> ValueType {
        let Some(typed) = self.type_named(written) else {
            return tree::UNKNOWN;
        };
        let typed = match collation {
            Some(collation) => self.with_collation(typed, collation),
            None => typed,
        };
        match self.check_column_type(&name.name, typed.oid, written.span) {
            true => typed,
            false => tree::UNKNOWN,
        }
    }

    /// A type with another collation.
    pub(crate) fn with_collation(
        &mut self,
        typed: ValueType,
        collation: &QualifiedName,
    ) -> ValueType {
        let takes = self
            .catalog
            .type_of(typed.oid)
            .is_some_and(|it| it.collation.is_some());
        let found = self.collation_named(collation);
        if !takes {
            let type_name = self.catalog.type_text(typed.oid);
            self.report(errors::no_collations(&type_name, collation.span));
            return typed;
        }
        match found {
            Some(_) => typed.collated(found),
            None => typed,
        }
    }

    /// Whether a column can be of a type; reports if not (`CheckAttributeType`).
    pub(crate) fn check_column_type(&mut self, name: &str, oid: Oid, span: Span) -> bool {
        let kind = self.catalog.type_by_oid(oid).map(|it| it.kind);
        if matches!(kind, Some(TypeKind::Pseudo)) {
            let type_name = self.catalog.type_text(oid);
            self.report(errors::pseudo_type(name, &type_name, span));
            return false;
        }
        true
    }
}

/// Whether a column of a type is numbered by a sequence.
pub(in crate::postgres::replay) fn is_serial(name: &TypeName) -> bool {
    serial_type(name).is_some()
}

/// The type of the values of a `serial`, if it is one.
fn serial_type(name: &TypeName) -> Option<Oid> {
    let TypeNameKind::Named { name, modifiers } = &name.kind else {
        return None;
    };
    if name.schema.is_some() || !modifiers.is_empty() {
        return None;
    }
    match &*name.name.name {
        "smallserial" | "serial2" => Some(well_known::INT2),
        "serial" | "serial4" => Some(well_known::INT4),
        "bigserial" | "serial8" => Some(well_known::INT8),
        _ => None,
    }
}
