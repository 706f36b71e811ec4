//! ALTER DOMAIN of a domain that columns of tables in use are of: their rows are read, and nobody can write meanwhile.

use super::Scene;
use crate::diagnostic::Diagnostic;
use crate::errors::postgres::lints as errors;
use crate::postgres::ast::{AlterDomain, AlterDomainAction, DomainConstraintKind};
use crate::postgres::types::{Oid, TypeKind};
use crate::text::Span;

impl Scene<'_> {
    pub(super) fn alter_domain(&self, alter: &AlterDomain, span: Span) -> Vec<Diagnostic> {
        let words = match &alter.action {
            AlterDomainAction::NotNull(true) => "SET NOT NULL",
            AlterDomainAction::Add(constraint) if !constraint.not_valid => match constraint.kind {
                DomainConstraintKind::NotNull => "NOT NULL",
                DomainConstraintKind::Check { .. } => "CHECK",
                DomainConstraintKind::Null
                | DomainConstraintKind::Default(_)
                | DomainConstraintKind::Refused(_) => return Vec::new(),
            },
            AlterDomainAction::Add(_)
            | AlterDomainAction::NotNull(false)
            | AlterDomainAction::Default(_)
            | AlterDomainAction::DropConstraint { .. }
            | AlterDomainAction::Validate(_)
            | AlterDomainAction::RenameConstraint { .. } => return Vec::new(),
        };
        let Some(domain) = self.before.find_type(&alter.name) else {
            return Vec::new();
        };
        let relations = self.before.lasting_relations();
        let read = relations.filter(|table| {
            let mut columns = table.live_columns();
            self.is_in_use(table) && columns.any(|it| self.is_of(it.typed.oid, domain.oid))
        });
        read.map(|table| errors::scan_for_domain(&table.name, &domain.name, words, span))
            .collect()
    }

    /// Whether a type is a domain, or one over it.
    fn is_of(&self, mut oid: Oid, domain: Oid) -> bool {
        loop {
            if oid == domain {
                return true;
            }
            match self.before.type_of(oid).map(|it| it.kind) {
                Some(TypeKind::Domain { base }) => oid = base.oid,
                Some(_) | None => return false,
            }
        }
    }
}
