//! Takes away what a DROP was found to take away.

use crate::postgres::catalog::{
    Address, Catalog, Class, Deletion, Departed, Departure, Object as _,
};
use crate::postgres::types::Oid;
use crate::text::Span;
use std::sync::Arc;

impl Catalog {
    /// Takes away all of a deletion. `named` are those that the statement at `span` names; the others go with the first
    /// of them.
    pub fn delete(&mut self, deletion: &Deletion, named: &[Address], span: Span) {
        let with: Option<Arc<str>> = named.first().map(|it| self.describe(*it).into());
        for object in &deletion.objects {
            let departure = match (&with, named.contains(object)) {
                (Some(with), false) => Departure::DroppedWith(Arc::clone(with)),
                (_, true) | (None, false) => Departure::Dropped,
            };
            self.depart(*object, departure, span);
            self.delete_object(*object);
        }
    }

    /// Remembers that something is no longer there under its name.
    pub fn depart(&mut self, object: Address, departure: Departure, span: Span) {
        if let Some((container, name, is_column)) = self.place_of(object) {
            self.departed.push(Departed {
                class: object.class,
                oid: object.oid,
                container,
                name,
                is_column,
                departure,
                span,
            });
        }
    }

    /// What the name of an object is a name in, its name, and whether it is a column.
    fn place_of(&self, object: Address) -> Option<(Option<Oid>, Arc<str>, bool)> {
        let oid = object.oid;
        let whole = |container: Option<Oid>, name: &str| Some((container, name.into(), false));
        match object.class {
            Class::Relation if object.part != 0 => {
                let relation = self.relations.get(oid)?;
                let column = relation.column_at(object.part)?;
                Some((Some(oid), Arc::clone(&column.name), true))
            }
            Class::Relation => {
                let found = self.relations.get(oid)?;
                whole(found.container(), &found.name)
            }
            Class::Type => {
                let found = self.types.get(oid)?;
                // The types of arrays and of rows come and go with another object.
                let is_own = !found.object.is_array && self.owner_of_rows(oid).is_none();
                is_own.then(|| whole(found.container(), found.name()))?
            }
            Class::Namespace => whole(None, &self.namespaces.get(oid)?.name),
            Class::Routine => {
                let found = self.routines.get(oid)?;
                whole(found.container(), found.name())
            }
            Class::Constraint => {
                let found = self.constraints.get(oid)?;
                whole(found.container(), &found.name)
            }
            Class::Trigger => {
                let found = self.triggers.get(oid)?;
                whole(found.container(), &found.name)
            }
            Class::Rule => {
                let found = self.rules.get(oid)?;
                whole(found.container(), &found.name)
            }
            Class::Policy => {
                let found = self.policies.get(oid)?;
                whole(found.container(), &found.name)
            }
            Class::Extension => whole(None, &self.extensions.get(oid)?.name),
            Class::Role => whole(None, &self.roles.get(oid)?.name),
            Class::Publication => whole(None, &self.publications.get(oid)?.name),
            Class::Statistics => {
                let found = self.statistics.get(oid)?;
                whole(found.container(), &found.name)
            }
            _ => {
                let found = self.plain.get(oid)?;
                whole(found.container, &found.name)
            }
        }
    }

    /// The table that a type is the type of the rows of.
    fn owner_of_rows(&self, oid: Oid) -> Option<Oid> {
        use crate::postgres::catalog::RelationKind;
        use crate::postgres::types::TypeKind;
        match self.type_of(oid)?.kind {
            TypeKind::Composite { relation } => {
                let found = self.relation(relation)?;
                (!matches!(found.kind, RelationKind::Composite)).then_some(relation)
            }
            _ => None,
        }
    }

    /// Takes away one object or column, whatever depends on it, with what is said of it.
    pub fn delete_object(&mut self, object: Address) {
        let oid = object.oid;
        match object.class {
            Class::Relation if object.part != 0 => self.delete_column(oid, object.part),
            Class::Relation => self.delete_relation(oid),
            Class::Default => self.remove_default(oid, object.part),
            Class::Type => drop(self.types.remove(oid)),
            Class::Namespace => {
                self.namespaces.remove(oid);
                self.renew_search_path();
            }
            Class::Routine => drop(self.routines.remove(oid)),
            Class::Constraint => drop(self.constraints.remove(oid)),
            Class::Trigger => drop(self.triggers.remove(oid)),
            Class::Rule => drop(self.rules.remove(oid)),
            Class::Policy => drop(self.policies.remove(oid)),
            Class::Operator => drop(self.operators.remove(oid)),
            Class::OperatorClass => drop(self.operator_classes.remove(oid)),
            Class::OperatorFamily => drop(self.operator_families.remove(oid)),
            Class::Cast => drop(self.casts.remove(oid)),
            Class::Collation => drop(self.collations.remove(oid)),
            Class::Language => drop(self.languages.remove(oid)),
            Class::AccessMethod => drop(self.access_methods.remove(oid)),
            Class::Extension => drop(self.extensions.remove(oid)),
            Class::Statistics => drop(self.statistics.remove(oid)),
            Class::Publication => drop(self.publications.remove(oid)),
            Class::Role => drop(self.roles.remove(oid)),
            Class::PublicationRelation => self.unpublish(oid),
            // Parts of what goes, or of what stays and lists them.
            Class::OperatorOfFamily | Class::FunctionOfFamily | Class::PublicationNamespace => {}
            Class::Transform
            | Class::Conversion
            | Class::TextSearchParser
            | Class::TextSearchDictionary
            | Class::TextSearchTemplate
            | Class::TextSearchConfiguration
            | Class::ForeignDataWrapper
            | Class::ForeignServer
            | Class::UserMapping
            | Class::Subscription
            | Class::EventTrigger
            | Class::DefaultPrivileges
            | Class::Tablespace
            | Class::Database
            | Class::LargeObject => drop(self.plain.remove(oid)),
        }
        self.dependencies.forget(object);
        self.forget_notes(object);
    }

    /// Takes a table out of the publication that has it at a place of that number.
    fn unpublish(&mut self, place: Oid) {
        let found = self.publication_with(place).map(|(it, _)| it.oid);
        if let Some(publication) = found {
            self.publications.change(publication, |it| {
                it.tables.retain(|table| table.oid != place);
            });
        }
    }

    /// Forgets comments and grants.
    fn forget_notes(&mut self, object: Address) {
        let is_of_it = |other: &Address| *other == object || other.whole() == object;
        let comments = self.comments.skip_to(|other| *other < object);
        let comments: Vec<Address> = comments
            .map(|(other, _)| *other)
            .take_while(is_of_it)
            .collect();
        for comment in comments {
            self.comments.remove(&comment);
        }
        let grants = self.grants.skip_to(|grant| grant.on < object);
        let grants: Vec<_> = grants
            .map(|(grant, _)| *grant)
            .take_while(|grant| is_of_it(&grant.on))
            .collect();
        for grant in grants {
            self.grants.remove(&grant);
        }
    }

    fn delete_column(&mut self, relation: Oid, number: i16) {
        self.relations.change(relation, |it| {
            if let Some(column) = it.column_at_mut(number) {
                column.dropped = true;
                column.name = format!("........pg.dropped.{number}........").into();
                column.not_null = false;
                column.default = None;
                column.generated = None;
                column.identity = None;
                column.inherited = 0;
                column.local = true;
            }
        });
        self.dependencies.forget(Address::default(relation, number));
    }

    fn delete_relation(&mut self, oid: Oid) {
        let Some(relation) = self.relations.get(oid).cloned() else {
            return;
        };
        for parent in &relation.parents {
            self.disinherit(oid, *parent);
        }
        if let Some(index) = relation.index() {
            self.relations.change(index.table, |it| {
                it.indexes.retain(|other| *other != oid);
            });
        }
        self.relations.remove(oid);
    }
}
