//! A table whose rows another one stores cannot have its own rows written anew (`ATRewriteTables`).

use crate::errors::postgres::types as errors;
use crate::postgres::ast::{AlterTable, AlterTableActionKind as Kind};
use crate::postgres::catalog::{Column, Relation, RelationKind, TypeDetails};
use crate::postgres::lints::has_checks;
use crate::postgres::replay::Replay;
use crate::postgres::types::Oid;
use crate::text::Span;

impl Replay {
    /// `before` is the relation as it was before the statement. The engine looks when everything else is done, at tables with
    /// rows of their own, whether they hold any or not.
    pub(super) fn check_row_type(&mut self, before: &Relation, alter: &AlterTable) {
        let writes = |kind: &Kind| match kind {
            Kind::SetType { .. } => true,
            Kind::AddColumn { column, .. } => {
                let name = &column.name.name;
                let after = self.relation_of(before.oid);
                let added = after.as_ref().and_then(|it| it.column(name));
                before.column(name).is_none() && added.is_some_and(|it| self.has_values(it))
            }
            _ => false,
        };
        let Some(action) = alter.actions.iter().find(|action| writes(&action.kind)) else {
            return;
        };
        let mut pending = vec![before.oid];
        while let Some(table) = pending.pop() {
            let Some(table) = self.relation_of(table) else {
                continue;
            };
            if matches!(table.kind, RelationKind::Table) && !self.is_apart(&table, action.span) {
                return;
            }
            if !alter.relation.only {
                pending.extend(&table.children);
            }
        }
    }

    /// Whether rows that are there already get something else than NULL, or have it checked.
    fn has_values(&self, column: &Column) -> bool {
        column.default.is_some()
            || column.identity.is_some()
            || has_checks(&self.catalog, column.typed.oid)
            || self.has_default(column.typed.oid)
    }

    fn has_default(&self, domain: Oid) -> bool {
        let made = self.catalog.made_type(domain);
        made.is_some_and(|it| match &it.more {
            TypeDetails::Domain(domain) => domain.default.is_some(),
            TypeDetails::None
            | TypeDetails::Enum(_)
            | TypeDetails::Range(_)
            | TypeDetails::Unknown => false,
        })
    }

    fn is_apart(&mut self, table: &Relation, span: Span) -> bool {
        let Some((place, declared)) = self.stored_in(table) else {
            return true;
        };
        self.report(errors::row_stored(&table.name, &place, span, declared));
        false
    }
}
