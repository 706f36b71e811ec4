//! Relations and their columns.

use super::{Search, text_of};
use crate::errors::postgres::objects as errors;
use crate::postgres::ast::{Ident, QualifiedName, RelationWord};
use crate::postgres::catalog::{Address, Relation, RelationKind};
use crate::postgres::replay::{Replay, Wanted};
use crate::postgres::types::Oid;

impl Replay {
    /// The relation of a name, whatever it is; nothing if it is missing, which is reported.
    pub(in crate::postgres::replay) fn relation_or_mistake(
        &mut self,
        name: &QualifiedName,
    ) -> Option<Oid> {
        match self.search_any_relation(name) {
            Search::Found(address) => Some(address.oid),
            other => {
                self.settle(other);
                None
            }
        }
    }

    /// Looks for a relation, whatever it is.
    pub(in crate::postgres::replay) fn search_any_relation(&self, name: &QualifiedName) -> Search {
        match self.catalog.find_relation(name) {
            Some(found) => Search::Found(Address::relation(found.oid)),
            None => self.no_relation(Wanted::Table, name),
        }
    }

    /// What is found where there is no relation of a name.
    fn no_relation(&self, wanted: Wanted, name: &QualifiedName) -> Search {
        if self.is_partly_unknown() {
            return Search::Unknown;
        }
        let missing = self.missing_schema(name);
        Search::missing(missing.unwrap_or_else(|| self.missing_relation(wanted, name)))
    }

    pub(super) fn search_relation(&self, word: RelationWord, name: &QualifiedName) -> Search {
        let Some(found) = self.catalog.find_relation(name) else {
            return self.no_relation(word.into(), name);
        };
        let wanted = Wanted::from(word);
        if !wanted.is(&found.kind) {
            let diagnostic = errors::wrong_kind(
                &text_of(name),
                found.kind.noun(),
                wanted.noun(),
                name.span,
                self.declared(Address::relation(found.oid)),
            );
            return Search::failed(diagnostic);
        }
        Search::Found(Address::relation(found.oid))
    }

    pub(super) fn search_column(&self, relation: &QualifiedName, column: &Ident) -> Search {
        let Some(found) = self.catalog.find_relation(relation) else {
            return self.search_any_relation(relation);
        };
        match column_number(found, &column.name) {
            Some(number) => Search::Found(Address::column(found.oid, number)),
            None if found.incomplete => Search::Unknown,
            None => Search::missing(self.unknown_column(found, column)),
        }
    }
}

/// The number of a column, those that every table has included.
pub(in crate::postgres::replay) fn column_number(relation: &Relation, name: &str) -> Option<i16> {
    if let Some(column) = relation.column(name) {
        return Some(column.number);
    }
    let has_system_columns = matches!(
        relation.kind,
        RelationKind::Table
            | RelationKind::Partitioned(_)
            | RelationKind::Foreign(_)
            | RelationKind::MaterializedView(_)
    );
    let numbers = [
        ("ctid", -1),
        ("xmin", -2),
        ("cmin", -3),
        ("xmax", -4),
        ("cmax", -5),
        ("tableoid", -6),
    ];
    let number = numbers.iter().find(|(system, _)| *system == name);
    number
        .filter(|_| has_system_columns)
        .map(|(_, number)| *number)
}
