//! TRUNCATE.

use super::Replay;
use super::relations::{Wanted, declared};
use crate::errors::postgres::{alter as errors, relations};
use crate::postgres::ast::Truncate;
use crate::postgres::catalog::RelationKind;
use crate::postgres::types::Oid;

impl Replay {
    /// TRUNCATE (`ExecuteTruncate`): no table may keep rows that reference those that go.
    pub(super) fn truncate(&mut self, truncate: &Truncate) {
        let mut tables: Vec<(Oid, crate::text::Span)> = Vec::new();
        for table in &truncate.tables {
            let Some(relation) = self.relation_named(&table.name, Wanted::Table, false) else {
                continue;
            };
            if !relation.is_table() && !matches!(relation.kind, RelationKind::Foreign(_)) {
                let is = relation.kind.noun();
                let span = table.span;
                let made = declared(&relation);
                self.report(relations::wrong_kind(
                    &relation.name,
                    is,
                    "table",
                    span,
                    made,
                ));
                continue;
            }
            if table.only && relation.partition_key().is_some() {
                let message = "a partitioned table alone has no rows to truncate";
                let refused = errors::refused(message, table.span);
                self.report(refused.with_help("leave out ONLY"));
                continue;
            }
            let all = match table.only {
                true => vec![relation.oid],
                false => self.catalog.with_descendants(relation.oid),
            };
            tables.extend(all.into_iter().map(|oid| (oid, table.span)));
        }
        if truncate.cascade {
            return;
        }
        let constraints: Vec<_> = self.catalog.constraints.iter().cloned().collect();
        for constraint in constraints {
            let (Some(of), Some(key)) = (constraint.on.table(), constraint.kind.foreign_key())
            else {
                continue;
            };
            let truncated = tables.iter().find(|(oid, _)| *oid == key.table);
            let is_there_too = tables.iter().any(|(oid, _)| *oid == of);
            if let (Some((table, span)), false) = (truncated, is_there_too) {
                let name = |oid: Oid| self.catalog.relation(oid).map_or("", |it| &it.name);
                let message = format!(
                    "table `{}` is referenced by the foreign key `{}` of `{}`",
                    name(*table),
                    constraint.name,
                    name(of)
                );
                let diagnostic = errors::refused(message, *span);
                let help = "truncate both in one statement, or write CASCADE";
                let diagnostic = diagnostic.with_help(help);
                let made = constraint.provenance.as_ref().map(|it| it.created);
                return self.report(match made {
                    Some(made) => diagnostic.with_label(made, "the foreign key"),
                    None => diagnostic,
                });
            }
        }
    }
}
