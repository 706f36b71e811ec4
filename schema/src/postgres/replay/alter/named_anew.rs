//! The indexes of partitions when the type of a column changes: the engine drops that of the partitioned table, and those of
//! its partitions with it, and chooses the names of these again (`ATPostAlterTypeCleanup`, `DefineIndex`).

use crate::postgres::ast::Ident;
use crate::postgres::catalog::Relation;
use crate::postgres::catalog::identifier::{IndexLabel, index_columns};
use crate::postgres::replay::Replay;
use crate::postgres::types::Oid;
use crate::text::Span;
use std::sync::Arc;

impl Replay {
    /// Names those of the rebuilt indexes anew that belong to another one of them.
    pub(super) fn name_indexes_anew(&mut self, rebuilt: &[Oid], span: Span) {
        let relations = rebuilt.iter().filter_map(|oid| self.relation_of(*oid));
        let parts: Vec<Arc<Relation>> = relations
            .filter(|index| index.parents.iter().any(|it| rebuilt.contains(it)))
            .collect();
        // All are gone before the first is made.
        for part in &parts {
            self.set_index_name(
                part,
                &format!("........pg.dropped.{}........", part.oid).into(),
            );
        }
        for part in &parts {
            let Some(chosen) = self.index_name_anew(part) else {
                continue;
            };
            self.set_index_name(part, &part.name);
            if *chosen == *part.name {
                continue;
            }
            let name = Ident {
                name: chosen,
                quoted: false,
                span,
            };
            if let Some(constraint) = part.index().and_then(|it| it.constraint) {
                self.name_constraint(constraint, &name);
            }
            self.catalog.rename_relation(part.oid, &name.name, span);
        }
    }

    /// Names an index and the constraint that it keeps.
    fn set_index_name(&mut self, part: &Relation, name: &Arc<str>) {
        let relations = &mut self.catalog.relations;
        relations.change(part.oid, |it| it.name = Arc::clone(name));
        if let Some(constraint) = part.index().and_then(|it| it.constraint) {
            let constraints = &mut self.catalog.constraints;
            constraints.change(constraint, |it| it.name = Arc::clone(name));
        }
    }

    fn index_name_anew(&self, part: &Relation) -> Option<Arc<str>> {
        let index = part.index()?;
        let table = self.catalog.relation(index.table)?;
        let column = |number: i16| table.column_at(number).map(|it| &*it.name);
        let keys = index.keys.iter().zip(&part.columns);
        let keys = keys.map(|(key, named)| match key.term.column() {
            Some(number) => column(number),
            None => Some(&*named.name),
        });
        let included = index.included.iter().map(|number| column(*number));
        let columns = index_columns(keys.chain(included));
        let label = match (index.constraint, index.primary, index.exclusion) {
            (None, ..) => IndexLabel::Index,
            (Some(_), true, _) => IndexLabel::PrimaryKey,
            (Some(_), false, true) => IndexLabel::Exclude,
            (Some(_), false, false) => IndexLabel::Unique,
        };
        let chosen = self
            .catalog
            .choose_index_name(&table.name, &columns, label, table.namespace);
        Some(chosen.into())
    }
}
