//! What an ALTER drops, and what goes along.

use super::Replay;
use super::relations::Wanted;
use crate::catalog::Provenance;
use crate::errors::postgres::dependents as errors;
use crate::postgres::ast::RelationWord;
use crate::postgres::catalog::{Address, Class};
use crate::text::Span;

impl From<RelationWord> for Wanted {
    fn from(word: RelationWord) -> Wanted {
        match word {
            RelationWord::Table => Wanted::Table,
            RelationWord::View => Wanted::View,
            RelationWord::MaterializedView => Wanted::MaterializedView,
            RelationWord::Index => Wanted::Index,
            RelationWord::Sequence => Wanted::Sequence,
            RelationWord::ForeignTable => Wanted::ForeignTable,
        }
    }
}

impl Replay {
    /// Drops objects and all that goes along; without `cascade` what else depends on them is in the way, and reported.
    /// Says whether they are gone (`performMultipleDeletions`).
    pub fn drop_objects(&mut self, objects: &[Address], cascade: bool, span: Span) -> bool {
        if objects.is_empty() {
            return true;
        }
        let deletion = match self.catalog.deletion(objects) {
            Ok(deletion) => deletion,
            Err(required) => {
                let what = self.catalog.describe(required.object);
                let by = self.catalog.describe(required.by);
                self.report(errors::required(&what, &by, span));
                return false;
            }
        };
        if !cascade && !deletion.dependents.is_empty() {
            let what = match objects {
                [object] => self.catalog.describe(*object),
                _ => "these objects".to_owned(),
            };
            let dependents = deletion.dependents.iter().map(|(object, on)| {
                let text = format!(
                    "{} depends on {}",
                    self.catalog.describe(*object),
                    self.catalog.describe(*on)
                );
                (text, self.declaration(*object))
            });
            let dependents: Vec<_> = dependents.collect();
            self.report(errors::still_used(&what, &dependents, span));
            return false;
        }
        self.catalog.delete(&deletion, objects, span);
        true
    }

    /// Where an object was declared.
    pub fn declaration(&self, object: Address) -> Option<Span> {
        let catalog = &self.catalog;
        let oid = object.oid;
        let made = |provenance: &Option<Provenance>| provenance.as_ref().map(|it| it.created);
        match object.class {
            Class::Relation | Class::Default if object.part != 0 => {
                let relation = catalog.relations.get(oid)?;
                let column = relation.column_at(object.part)?;
                made(&column.provenance).or_else(|| made(&relation.provenance))
            }
            Class::Relation => made(&catalog.relations.get(oid)?.provenance),
            Class::Type => made(&catalog.types.get(oid)?.provenance),
            Class::Routine => made(&catalog.routines.get(oid)?.provenance),
            Class::Constraint => made(&catalog.constraints.get(oid)?.provenance),
            Class::Trigger => made(&catalog.triggers.get(oid)?.provenance),
            Class::Rule => made(&catalog.rules.get(oid)?.provenance),
            Class::Policy => made(&catalog.policies.get(oid)?.provenance),
            Class::Namespace => made(&catalog.namespaces.get(oid)?.provenance),
            Class::Extension => made(&catalog.extensions.get(oid)?.provenance),
            Class::Operator => made(&catalog.operators.get(oid)?.provenance),
            Class::OperatorClass => made(&catalog.operator_classes.get(oid)?.provenance),
            Class::OperatorFamily => made(&catalog.operator_families.get(oid)?.provenance),
            Class::Cast => made(&catalog.casts.get(oid)?.provenance),
            Class::Collation => made(&catalog.collations.get(oid)?.provenance),
            Class::Statistics => made(&catalog.statistics.get(oid)?.provenance),
            Class::Publication => made(&catalog.publications.get(oid)?.provenance),
            Class::Role => made(&catalog.roles.get(oid)?.provenance),
            _ => made(&catalog.plain.get(oid)?.provenance),
        }
    }
}
