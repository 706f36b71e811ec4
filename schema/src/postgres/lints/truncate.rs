//! TRUNCATE … CASCADE that empties tables which it does not name.

use super::Scene;
use crate::diagnostic::Diagnostic;
use crate::errors::postgres::lints as errors;
use crate::postgres::ast::Truncate;
use crate::postgres::types::Oid;

impl Scene<'_> {
    pub(super) fn truncate(&self, truncate: &Truncate) -> Vec<Diagnostic> {
        if !truncate.cascade {
            return Vec::new();
        }
        let named = truncate.tables.iter();
        let named = named.filter_map(|it| self.before.find_relation(&it.name));
        let mut all: Vec<Oid> = named
            .flat_map(|it| self.before.with_descendants(it.oid))
            .collect();
        let mut next = all.len();
        // Which table has led to which: all that reference what goes go as well.
        let mut found: Vec<Diagnostic> = Vec::new();
        let mut position = 0;
        while let Some(table) = all.get(position).copied() {
            position += 1;
            for constraint in self.before.constraints.iter() {
                let (Some(of), Some(key)) = (constraint.on.table(), constraint.kind.foreign_key())
                else {
                    continue;
                };
                if key.table == table && !all.contains(&of) {
                    all.extend(self.before.with_descendants(of));
                }
            }
            all.dedup();
        }
        while let Some(table) = all.get(next).copied() {
            next += 1;
            let table = self.before.relation(table);
            let table = table.filter(|it| self.is_in_use(it) && it.bound.is_none());
            found.extend(table.map(|it| errors::emptied_as_well(&it.name, truncate.span)));
        }
        found
    }
}
